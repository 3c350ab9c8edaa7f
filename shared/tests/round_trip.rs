//! Every message arrives as it was sent, whatever is in it; bytes that are no message do no harm.

mod wire;

use std::fmt::Debug;

use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use serde::{Serialize, de::DeserializeOwned};
use shared::{
    help::{HelpAct, HelpNews},
    look::Look,
    moderation::{Announcement, ChatRule, Lever, MAX_BLOCKED, MAX_INVITATION_CHARS, Role},
    motion::Motion,
    protocol::{
        ClientMessage, Destination, Hello, MAX_TICKET_BYTES, Notice, Periods, Reach, RelayMessage, Ride,
        Said, Stance, Utterance, VisitorId, Welcome, Who,
    },
    space::{Heading, LIMIT_CM, Point, Position},
    text::{LINE_CHARS, NAME_CHARS},
};

/// Longest language tag and id of a place or spot tried here.
const SHORT_CHARS: usize = 40;

/// Samples of a strategy in which every variant turns up: of eighteen alike, each is missed once in 10^12.
const SAMPLES: usize = 500;

/// Any characters, those that a relay would clean away included.
fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..=most).prop_map(String::from_iter)
}

fn visitor() -> impl Strategy<Value = VisitorId> {
    any::<u64>().prop_map(VisitorId)
}

fn look() -> impl Strategy<Value = Look> {
    any::<[u8; 12]>().prop_map(Look::from_bytes)
}

fn motion() -> impl Strategy<Value = Motion> {
    prop::sample::select(&Motion::ALL[..])
}

/// Anywhere that a place can hold.
fn stance() -> impl Strategy<Value = Stance> {
    let along = || -LIMIT_CM..=LIMIT_CM;
    (along(), along(), any::<i8>(), any::<u8>(), motion()).prop_map(|(x, z, level, heading, motion)| Stance {
        position: Position {
            point: Point::new(x, z),
            level,
        },
        heading: Heading(heading),
        motion,
    })
}

fn reach() -> impl Strategy<Value = Reach> {
    prop_oneof![Just(Reach::Near), Just(Reach::Place)]
}

fn utterance() -> impl Strategy<Value = Utterance> {
    prop_oneof![
        (text(LINE_CHARS), text(SHORT_CHARS)).prop_map(|(text, language)| Utterance::Line { text, language }),
        any::<u16>().prop_map(Utterance::Phrase),
    ]
}

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![
        Just(Role::Visitor),
        Just(Role::Helper),
        Just(Role::Host),
        Just(Role::Official),
    ]
}

fn chat_rule() -> impl Strategy<Value = ChatRule> {
    prop_oneof![Just(ChatRule::Open), Just(ChatRule::Slow), Just(ChatRule::Closed),]
}

fn lever() -> impl Strategy<Value = Lever> {
    prop_oneof![
        (text(LINE_CHARS), text(SHORT_CHARS)).prop_map(|(text, language)| Lever::Announce { text, language }),
        (visitor(), any::<u32>()).prop_map(|(visitor, minutes)| Lever::Mute { visitor, minutes }),
        visitor().prop_map(|visitor| Lever::Remove { visitor }),
        (visitor(), any::<u32>(), any::<u32>()).prop_map(|(visitor, minutes, address_minutes)| Lever::Ban {
            visitor,
            minutes,
            address_minutes,
        }),
        chat_rule().prop_map(Lever::Chat),
    ]
}

fn notice() -> impl Strategy<Value = Notice> {
    prop_oneof![
        Just(Notice::Alone),
        Just(Notice::Together),
        Just(Notice::Slower),
        Just(Notice::Unsayable),
        Just(Notice::NoSuchSpot),
        Just(Notice::OtherChannel),
        Just(Notice::Done),
        Just(Notice::NotAHost),
        Just(Notice::Protected),
        Just(Notice::NotHere),
        any::<u32>().prop_map(|minutes| Notice::Muted { minutes }),
        Just(Notice::Unmuted),
        Just(Notice::ChatSlow),
        Just(Notice::ChatClosed),
        Just(Notice::InvitationInvalid),
        Just(Notice::InvitationOver),
        Just(Notice::InvitationElsewhere),
        Just(Notice::BlockedEnough),
        Just(Notice::PlaceFull),
        Just(Notice::Reported),
        Just(Notice::NotReported),
        Just(Notice::ReportedEnough),
        Just(Notice::NameRefused),
        Just(Notice::LineRefused),
        Just(Notice::VehicleFull),
        Just(Notice::VehicleGone),
    ]
}

fn ticket() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..=MAX_TICKET_BYTES)
}

fn destination() -> impl Strategy<Value = Destination> {
    let spot = prop::option::of(text(SHORT_CHARS));
    let beside = prop::option::of(visitor());
    (text(SHORT_CHARS), spot, any::<Option<u16>>(), beside).prop_map(|(place, spot, channel, beside)| {
        Destination {
            place,
            spot,
            channel,
            beside,
        }
    })
}

fn hello() -> impl Strategy<Value = Hello> {
    let who = (ticket(), text(NAME_CHARS), look(), text(SHORT_CHARS));
    let to = (destination(), prop::option::of(stance()), any::<u64>());
    let blocked = prop::collection::vec(visitor(), 0..=MAX_BLOCKED);
    let further = (text(MAX_INVITATION_CHARS), blocked, any::<bool>());
    (who, to, further).prop_map(
        |((ticket, name, look, language), (destination, stance, last_line), (invitation, blocked, light))| {
            Hello {
                ticket,
                name,
                look,
                language,
                destination,
                stance,
                last_line,
                invitation,
                blocked,
                light,
            }
        },
    )
}

fn client_message() -> impl Strategy<Value = ClientMessage> {
    prop_oneof![
        hello().prop_map(ClientMessage::Hello),
        (any::<u32>(), stance()).prop_map(|(sequence, stance)| ClientMessage::Move { sequence, stance }),
        (reach(), utterance()).prop_map(|(reach, utterance)| ClientMessage::Say { reach, utterance }),
        (text(NAME_CHARS), look()).prop_map(|(name, look)| ClientMessage::Appear { name, look }),
        any::<u64>().prop_map(|client_ms| ClientMessage::Ping { client_ms }),
        text(SHORT_CHARS).prop_map(|spot| ClientMessage::Teleport { spot }),
        Just(ClientMessage::Reseed),
        lever().prop_map(ClientMessage::Lever),
        (visitor(), any::<bool>()).prop_map(|(visitor, blocked)| ClientMessage::Block { visitor, blocked }),
        any::<bool>().prop_map(ClientMessage::Light),
        visitor().prop_map(|visitor| ClientMessage::Report { visitor }),
        prop_oneof![Just(HelpAct::Call), Just(HelpAct::Over),].prop_map(ClientMessage::Help),
        (any::<u8>(), any::<u8>()).prop_map(|(line, vehicle)| ClientMessage::Board { line, vehicle }),
        Just(ClientMessage::Alight),
    ]
}

fn who() -> impl Strategy<Value = Who> {
    (visitor(), text(NAME_CHARS), look(), role()).prop_map(|(visitor, name, look, role)| Who {
        visitor,
        name,
        look,
        role,
    })
}

fn said() -> impl Strategy<Value = Said> {
    let speaker = (any::<u64>(), visitor(), text(NAME_CHARS));
    (speaker, reach(), utterance(), any::<u64>()).prop_map(
        |((line, visitor, name), reach, utterance, at_ms)| Said {
            line,
            visitor,
            name,
            reach,
            utterance,
            at_ms,
        },
    )
}

fn announcement() -> impl Strategy<Value = Announcement> {
    let told = (text(LINE_CHARS), text(SHORT_CHARS));
    (text(NAME_CHARS), role(), told, any::<u64>()).prop_map(|(name, role, (text, language), at_ms)| {
        Announcement {
            name,
            role,
            text,
            language,
            at_ms,
        }
    })
}

fn welcome() -> impl Strategy<Value = Welcome> {
    let periods = any::<[u8; 3]>().prop_map(|[near, middle, far]| Periods { near, middle, far });
    let who = (visitor(), ticket(), text(NAME_CHARS), look(), role());
    let at = (text(SHORT_CHARS), any::<u16>(), stance());
    let further = (any::<bool>(), any::<u64>(), any::<u32>(), periods);
    (who, at, further).prop_map(
        |(
            (visitor, ticket, name, look, role),
            (place, channel, stance),
            (resumed, relay_ms, people, periods),
        )| Welcome {
            visitor,
            ticket,
            name,
            look,
            place,
            channel,
            stance,
            resumed,
            relay_ms,
            people,
            role,
            periods,
        },
    )
}

fn ride() -> impl Strategy<Value = Ride> {
    (any::<u8>(), any::<u8>(), any::<u16>(), any::<bool>()).prop_map(|(line, vehicle, seat, alights)| Ride {
        line,
        vehicle,
        seat,
        alights,
    })
}

fn help_news() -> impl Strategy<Value = HelpNews> {
    prop_oneof![
        any::<u32>().prop_map(|helpers| HelpNews::Told { helpers }),
        (visitor(), text(NAME_CHARS)).prop_map(|(helper, name)| HelpNews::Comes { helper, name }),
        (visitor(), text(NAME_CHARS), text(SHORT_CHARS))
            .prop_map(|(visitor, name, place)| HelpNews::Called { visitor, name, place }),
        visitor().prop_map(|visitor| HelpNews::Over { visitor }),
    ]
}

fn relay_message() -> impl Strategy<Value = RelayMessage> {
    let bytes = prop::collection::vec(any::<u8>(), 0..2_000);
    let lines = prop::collection::vec(said(), 0..10);
    prop_oneof![
        welcome().prop_map(RelayMessage::Welcome),
        bytes.prop_map(RelayMessage::Frames),
        prop::collection::vec(who(), 0..20).prop_map(RelayMessage::Who),
        said().prop_map(RelayMessage::Said),
        (any::<u32>(), stance()).prop_map(|(sequence, stance)| RelayMessage::Correct { sequence, stance }),
        any::<(u64, u64)>().prop_map(|(client_ms, relay_ms)| RelayMessage::Pong { client_ms, relay_ms }),
        any::<u32>().prop_map(RelayMessage::Count),
        ticket().prop_map(RelayMessage::Ticket),
        notice().prop_map(RelayMessage::Notice),
        prop::collection::vec(visitor(), 0..200).prop_map(RelayMessage::Gone),
        (lines, any::<bool>()).prop_map(|(lines, gap)| RelayMessage::Missed { lines, gap }),
        announcement().prop_map(RelayMessage::Announced),
        chat_rule().prop_map(RelayMessage::Chat),
        Just(RelayMessage::Anew),
        help_news().prop_map(RelayMessage::Help),
        prop::option::of(ride()).prop_map(RelayMessage::Riding),
    ]
}

/// A strategy that lacks a variant would leave it untried without a word.
#[test]
fn the_strategies_make_every_variant() {
    fn check<T: Serialize + DeserializeOwned + Debug>(strategy: &impl Strategy<Value = T>) {
        let mut runner = TestRunner::deterministic();
        let trees = (0..SAMPLES).filter_map(|_| strategy.new_tree(&mut runner).ok());
        wire::assert_every_variant::<T>(trees.map(|tree| tree.current()));
    }
    check(&client_message());
    check(&relay_message());
    check(&motion());
    check(&reach());
    check(&utterance());
    check(&role());
    check(&chat_rule());
    check(&lever());
    check(&notice());
}

proptest! {
    #[test]
    fn every_client_message_survives(message in client_message()) {
        prop_assert_eq!(ClientMessage::decode(&message.encode()), Ok(message));
    }

    #[test]
    fn every_relay_message_survives(message in relay_message()) {
        prop_assert_eq!(RelayMessage::decode(&message.encode()), Ok(message));
    }

    #[test]
    fn who_some_are_can_be_joined_of_parts(all in prop::collection::vec(who(), 0..200)) {
        let parts: Vec<_> = all.iter().map(Who::encode).collect();
        let joined = RelayMessage::encode_who(parts.iter().map(Vec::as_slice));
        prop_assert_eq!(joined, RelayMessage::Who(all).encode());
    }

    #[test]
    fn no_bytes_make_decoding_panic_or_swell(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        // What decodes at all re-encodes to no more than came in: lengths inside cannot promise more than is there.
        if let Ok(message) = ClientMessage::decode(&bytes) {
            prop_assert!(message.encode().len() <= bytes.len());
        }
        if let Ok(message) = RelayMessage::decode(&bytes) {
            prop_assert!(message.encode().len() <= bytes.len());
        }
    }
}
