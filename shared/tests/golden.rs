//! The bytes of protocol v1: a change here breaks every page that is open while a relay is upgraded.

mod wire;

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};
use shared::{
    cell::{Encoder, HEARTBEAT_TICKS, Rate, StreamId, close_frame},
    help::{HelpAct, HelpNews},
    look::Look,
    moderation::{Announcement, ChatRule, Lever, Role},
    motion::Motion,
    phrases::{self, PHRASES},
    protocol::{
        ClientMessage, CloseReason, Destination, Hello, MAX_CLIENT_BYTES, MessageError, Notice, Periods,
        Reach, RelayMessage, Ride, Said, Source, Stance, Utterance, VisitorId, Welcome, Who,
    },
    space::{Cell, Heading, Point, Position},
};

fn stance() -> Stance {
    Stance {
        position: Position {
            point: Point::new(-150, 2_345),
            level: 1,
        },
        heading: Heading(64),
        motion: Motion::Walk,
    }
}

fn look() -> Look {
    Look {
        skin: 1,
        hair: 2,
        hair_colour: 3,
        outfit: 2,
        upper: 5,
        lower: 6,
        build: 1,
        aid: 0,
        age: 3,
        head: 4,
        head_colour: 7,
        face: 1,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |out, byte| out + &format!("{byte:02x}"))
}

#[test]
fn client_messages_keep_their_bytes() {
    let hello = Hello {
        ticket: vec![1, 2, 3],
        name: "지민".to_owned(),
        look: look(),
        language: "ko".to_owned(),
        destination: Destination {
            place: "downtown".to_owned(),
            spot: Some("library".to_owned()),
            channel: Some(2),
            beside: Some(VisitorId(7)),
        },
        stance: Some(stance()),
        last_line: 300,
        invitation: "ab".to_owned(),
        blocked: vec![VisitorId(9)],
        light: true,
    };
    let cases = [
        (
            ClientMessage::Hello(hello),
            "000301020306eca780ebafbc010203020506010003040701026b6f08646f776e746f776e01076c6962726172790102010701ab02d224014001ac02026162010901",
        ),
        (
            ClientMessage::Move {
                sequence: 300,
                stance: stance(),
            },
            "01ac02ab02d224014001",
        ),
        (
            ClientMessage::Say {
                reach: Reach::Place,
                utterance: Utterance::Line {
                    text: "hi".to_owned(),
                    language: "en".to_owned(),
                },
            },
            "0201000268690265 6e",
        ),
        (
            ClientMessage::Say {
                reach: Reach::Near,
                utterance: Utterance::Phrase(3),
            },
            "02000103",
        ),
        (
            ClientMessage::Appear {
                name: "Jo".to_owned(),
                look: look(),
            },
            "03024a6f010203020506010003040701",
        ),
        (ClientMessage::Ping { client_ms: 1_000 }, "04e807"),
        (ClientMessage::Teleport { spot: "a".to_owned() }, "050161"),
        (ClientMessage::Reseed, "06"),
        (ClientMessage::Lever(Lever::Chat(ChatRule::Closed)), "070402"),
        (
            ClientMessage::Block {
                visitor: VisitorId(7),
                blocked: true,
            },
            "080701",
        ),
        (ClientMessage::Light(true), "0901"),
        (
            ClientMessage::Report {
                visitor: VisitorId(300),
            },
            "0aac02",
        ),
        (ClientMessage::Board { line: 1, vehicle: 2 }, "0c0102"),
        (ClientMessage::Alight, "0d"),
        (ClientMessage::Help(HelpAct::Call), "0b00"),
        (ClientMessage::Help(HelpAct::Over), "0b01"),
    ];
    stay(&cases);
    for (message, bytes) in cases {
        assert_eq!(hex(&message.encode()), bytes.replace(' ', ""), "{message:?}");
        assert_eq!(ClientMessage::decode(&message.encode()), Ok(message));
    }
}

#[test]
fn levers_keep_their_bytes() {
    stay(&[
        (
            Lever::Announce {
                text: "hi".to_owned(),
                language: "en".to_owned(),
            },
            "00026869 02656e",
        ),
        (
            Lever::Mute {
                visitor: VisitorId(7),
                minutes: 5,
            },
            "010705",
        ),
        (
            Lever::Remove {
                visitor: VisitorId(7),
            },
            "0207",
        ),
        (
            Lever::Ban {
                visitor: VisitorId(7),
                minutes: 300,
                address_minutes: 60,
            },
            "0307ac023c",
        ),
        (Lever::Chat(ChatRule::Closed), "0402"),
    ]);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of every message")]
fn relay_messages_keep_their_bytes() {
    let welcome = Welcome {
        visitor: VisitorId(7),
        ticket: vec![9],
        name: "Jo".to_owned(),
        look: look(),
        place: "downtown".to_owned(),
        channel: 1,
        stance: stance(),
        resumed: false,
        relay_ms: 1_000,
        people: 2,
        role: Role::Helper,
        periods: Periods::default(),
    };
    let who = Who {
        visitor: VisitorId(7),
        name: "Jo".to_owned(),
        look: look(),
        role: Role::Host,
    };
    let said = Said {
        line: 5,
        visitor: VisitorId(7),
        name: "Jo".to_owned(),
        reach: Reach::Near,
        utterance: Utterance::Phrase(0),
        at_ms: 1_000,
    };
    let cases = [
        (
            RelayMessage::Welcome(welcome),
            "00070109024a6f01020302050601000304070108646f776e746f776e01ab02d22401400100e807020101030f",
        ),
        (RelayMessage::Frames(vec![1, 2]), "01020102"),
        (
            RelayMessage::Who(vec![who.clone()]),
            "020107024a6f01020302050601000304070102",
        ),
        (RelayMessage::Said(said.clone()), "030507024a6f000100e807"),
        (
            RelayMessage::Correct {
                sequence: 1,
                stance: stance(),
            },
            "0401ab02d224014001",
        ),
        (
            RelayMessage::Pong {
                client_ms: 1,
                relay_ms: 1_000,
            },
            "0501e807",
        ),
        (RelayMessage::Count(300), "06ac02"),
        (RelayMessage::Ticket(vec![9]), "070109"),
        (RelayMessage::Notice(Notice::Slower), "0802"),
        (RelayMessage::Gone(vec![VisitorId(7)]), "090107"),
        (
            RelayMessage::Missed {
                lines: vec![said],
                gap: true,
            },
            "0a01050702 4a6f000100e80701",
        ),
        (
            RelayMessage::Announced(Announcement {
                name: "Jo".to_owned(),
                role: Role::Official,
                text: "hi".to_owned(),
                language: "en".to_owned(),
                at_ms: 1_000,
            }),
            "0b024a6f0302686902656ee807",
        ),
        (RelayMessage::Chat(ChatRule::Slow), "0c01"),
        (RelayMessage::Anew, "0d"),
        (RelayMessage::Riding(None), "0f00"),
        (
            RelayMessage::Riding(Some(Ride {
                line: 1,
                vehicle: 2,
                seat: 3,
                alights: true,
            })),
            "0f0101020301",
        ),
        (RelayMessage::Help(HelpNews::Told { helpers: 2 }), "0e0002"),
        (
            RelayMessage::Help(HelpNews::Comes {
                helper: VisitorId(7),
                name: "Jo".to_owned(),
            }),
            "0e0107024a6f",
        ),
        (
            RelayMessage::Help(HelpNews::Called {
                visitor: VisitorId(7),
                name: "Jo".to_owned(),
                place: "yard".to_owned(),
            }),
            "0e0207024a6f 0479617264",
        ),
        (
            RelayMessage::Help(HelpNews::Over {
                visitor: VisitorId(7),
            }),
            "0e0307",
        ),
    ];
    stay(&cases);
    for (message, bytes) in cases {
        assert_eq!(hex(&message.encode()), bytes.replace(' ', ""), "{message:?}");
        assert_eq!(RelayMessage::decode(&message.encode()), Ok(message));
    }
    let parts = [who.encode(), who.encode()];
    let joined = RelayMessage::encode_who(parts.iter().map(Vec::as_slice));
    assert_eq!(
        RelayMessage::decode(&joined),
        Ok(RelayMessage::Who(vec![who.clone(), who]))
    );
}

#[test]
fn cell_frames_keep_their_bytes() {
    let mut encoder = Encoder::new(StreamId {
        source: Source { relay: 1, epoch: 300 },
        rate: Rate::Middle,
        cell: Cell {
            depth: 2,
            x: -1,
            z: 0,
        },
    });
    let mut now = stance();
    let frames: Vec<String> = (0..3)
        .map(|tick| {
            now.position.point.x += 13;
            hex(&encoder
                .frame(70_000 + tick, &[(VisitorId(7), now)])
                .unwrap_or_default())
        })
        .collect();
    assert_eq!(frames, GOLDEN_FRAMES);
}

const GOLDEN_FRAMES: [&str; 3] = [
    "2501ac020100050070110f8c000000000000001efde4a5a00680",
    "2401ac0201000501711103ec7200",
    "2401ac0201000502721102ee80",
];

#[test]
fn every_kind_and_rate_of_frame_keeps_its_bytes() {
    let stream = |rate| StreamId {
        source: Source { relay: 1, epoch: 2 },
        rate,
        cell: Cell {
            depth: 0,
            x: -1,
            z: 0,
        },
    };
    let frames = |rate| {
        let mut encoder = Encoder::new(stream(rate));
        let mut now = stance();
        let key = encoder.frame(258, &[(VisitorId(7), now)]);
        now.position.point.x += 100;
        let delta = encoder.frame(259, &[(VisitorId(7), now)]);
        let beat = encoder.heartbeat(259 + HEARTBEAT_TICKS);
        let all = [key, delta, beat, Some(close_frame(stream(rate)))];
        all.map(|frame| hex(&frame.unwrap_or_default()))
    };
    assert_eq!(frames(Rate::Near), NEAR_FRAMES);
    assert_eq!(frames(Rate::Middle), MIDDLE_FRAMES);
    assert_eq!(frames(Rate::Far), FAR_FRAMES);
}

const NEAR_FRAMES: [&str; 4] = [
    "01010201000002010f8c000000000000001f16a24a5a0068",
    "000102010001030103ec0ca8",
    "020102010002",
    "030102010000",
];

const MIDDLE_FRAMES: [&str; 4] = [
    "05010201000002010f8c000000000000001f16a24a5a0068",
    "040102010001030103ec0ca8",
    "060102010002",
    "070102010000",
];
const FAR_FRAMES: [&str; 4] = [
    "09010201000002010e8c000000000000001e788ea6801a",
    "080102010001030103ec5a00",
    "0a0102010002",
    "0b0102010000",
];

#[test]
fn close_codes_stay() {
    let pinned = [
        (4_000, "version", CloseReason::Version),
        (4_001, "full", CloseReason::Full),
        (4_002, "banned", CloseReason::Banned),
        (4_003, "draining", CloseReason::Draining),
        (4_004, "malformed", CloseReason::Malformed),
        (4_005, "too-large", CloseReason::TooLarge),
        (4_006, "too-fast", CloseReason::TooFast),
        (4_007, "too-slow", CloseReason::TooSlow),
        (4_008, "superseded", CloseReason::Superseded),
        (4_009, "silent", CloseReason::Silent),
        (4_010, "origin", CloseReason::Origin),
        (4_011, "too-many", CloseReason::TooMany),
        (4_012, "removed", CloseReason::Removed),
    ];
    for (code, name, reason) in pinned {
        assert_eq!((reason.code(), reason.name()), (code, name));
        assert_eq!(CloseReason::from_code(code), Some(reason));
    }
    assert_eq!(CloseReason::ALL, pinned.map(|(_, _, reason)| reason));
    assert_eq!(CloseReason::from_code(1_006), None);
}

#[test]
fn phrases_stay() {
    // By wire index.
    let pinned = "hello welcome thanks sorry yes no please-wait follow-me where-is-this beautiful take-photo need-help \
        i-help slowly-is-fine see-you congratulations nice-to-meet good-morning good-evening how-are-you \
        fine-thanks first-time your-name good-day new-year you-are-welcome no-problem of-course maybe-later \
        i-understand not-understand say-again speak-slowly my-language excuse-me where-toilet where-subway \
        where-bus how-far go-straight turn-left turn-right go-back it-is-near it-is-far stairs-here \
        where-lift step-free i-am-lost take-bus take-subway take-taxi which-line where-get-off when-next \
        last-train transport-card rent-bike on-foot hungry thirsty where-eat what-is-good menu-please \
        water-please not-spicy vegetarian allergy delicious coffee eat-together bill-please how-much \
        expensive take-this just-looking card-ok receipt is-it-open when-closes what-can-i-do help-desk \
        read-to-me cannot-see cannot-hear write-down use-wheelchair push-me charge-phone wifi lost-something \
        found-something call-119 call-112 call-doctor i-am-hurt feel-ill hospital pharmacy fire danger \
        lost-child lost-passport this-way-out stay-calm when-begins where-stage line-here watch-together \
        see-lanterns hear-drums wear-hanbok well-done fun sit-here walk-together meet-here where-are-you \
        i-am-coming my-family my-friend rest-a-little have-to-go later tomorrow it-is-cold it-is-hot \
        it-rains";
    let pinned: Vec<&str> = pinned.split(' ').collect();
    assert_eq!(PHRASES.as_slice(), pinned);
    assert_eq!(phrases::key(4), Some("yes"));
    assert_eq!(phrases::key(PHRASES.len() as u16), None);
}

#[test]
fn every_notice_keeps_its_bytes() {
    let pinned = [
        (Notice::Alone, "00"),
        (Notice::Together, "01"),
        (Notice::Slower, "02"),
        (Notice::Unsayable, "03"),
        (Notice::NoSuchSpot, "04"),
        (Notice::OtherChannel, "05"),
        (Notice::Done, "06"),
        (Notice::NotAHost, "07"),
        (Notice::Protected, "08"),
        (Notice::NotHere, "09"),
        (Notice::Muted { minutes: 300 }, "0aac02"),
        (Notice::Unmuted, "0b"),
        (Notice::ChatSlow, "0c"),
        (Notice::ChatClosed, "0d"),
        (Notice::InvitationInvalid, "0e"),
        (Notice::InvitationOver, "0f"),
        (Notice::InvitationElsewhere, "10"),
        (Notice::BlockedEnough, "11"),
        (Notice::PlaceFull, "12"),
        (Notice::Reported, "13"),
        (Notice::NotReported, "14"),
        (Notice::ReportedEnough, "15"),
        (Notice::NameRefused, "16"),
        (Notice::LineRefused, "17"),
        (Notice::VehicleFull, "18"),
        (Notice::VehicleGone, "19"),
    ];
    stay(&pinned);
}

#[test]
fn small_enums_keep_their_bytes() {
    stay(&[(Reach::Near, "00"), (Reach::Place, "01")]);
    let line = Utterance::Line {
        text: "hi".to_owned(),
        language: "en".to_owned(),
    };
    stay(&[(line, "0002686902656e"), (Utterance::Phrase(300), "01ac02")]);
    stay(&[
        (ChatRule::Open, "00"),
        (ChatRule::Slow, "01"),
        (ChatRule::Closed, "02"),
    ]);
    stay(&[
        (Role::Visitor, "00"),
        (Role::Helper, "01"),
        (Role::Host, "02"),
        (Role::Official, "03"),
    ]);
    stay(&[
        (Motion::Stand, "00"),
        (Motion::Walk, "01"),
        (Motion::Run, "02"),
        (Motion::Sit, "03"),
        (Motion::Wave, "04"),
        (Motion::Bow, "05"),
        (Motion::Clap, "06"),
        (Motion::DeepBow, "07"),
        (Motion::Heart, "08"),
        (Motion::Cheer, "09"),
        (Motion::Nod, "0a"),
        (Motion::Point, "0b"),
        (Motion::Laugh, "0c"),
        (Motion::Drum, "0d"),
        (Motion::MaskDance, "0e"),
        (Motion::Pose, "0f"),
        (Motion::Ride, "10"),
        (Motion::LineDance, "11"),
        (Motion::Cycle, "12"),
        (Motion::Astride, "13"),
    ]);
}

/// The vectors hold, and no variant is without one.
fn stay<T: Serialize + DeserializeOwned + PartialEq + Debug>(pinned: &[(T, &str)]) {
    for (value, bytes) in pinned {
        let written = postcard::to_allocvec(value).unwrap_or_default();
        assert_eq!(hex(&written), bytes.replace(' ', ""), "{value:?}");
        assert_eq!(postcard::from_bytes::<T>(&written).as_ref(), Ok(value));
    }
    wire::assert_every_variant::<T>(pinned.iter().map(|(value, _)| value));
}

#[test]
fn rubbish_after_a_message_is_refused() {
    let mut bytes = ClientMessage::Ping { client_ms: 1 }.encode();
    bytes.push(0);
    assert_eq!(ClientMessage::decode(&bytes), Err(MessageError::Trailing(1)));
    assert_eq!(
        ClientMessage::decode(&vec![0; MAX_CLIENT_BYTES + 1]),
        Err(MessageError::TooLarge(MAX_CLIENT_BYTES + 1))
    );
    assert_eq!(ClientMessage::decode(&[]), Err(MessageError::Malformed));
    let outside = Stance {
        position: Position {
            point: Point::new(i32::MAX, 0),
            level: 0,
        },
        ..Stance::default()
    };
    let claim = ClientMessage::Move {
        sequence: 0,
        stance: outside,
    };
    assert_eq!(
        ClientMessage::decode(&claim.encode()),
        Err(MessageError::Position)
    );
}
