//! The bytes of protocol v1: a change here breaks every page that is open while a relay is upgraded.

use proptest::prelude::*;
use shared::{
    cell::{Encoder, Rate, StreamId},
    look::Look,
    moderation::{Announcement, ChatRule, Lever, Role},
    motion::Motion,
    protocol::{
        ClientMessage, CloseReason, Destination, Hello, MAX_CLIENT_BYTES, MessageError, Notice, Periods,
        Reach, RelayMessage, Said, Source, Stance, Utterance, VisitorId, Welcome, Who,
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
            "000301020306eca780ebafbc0102030205060100026b6f08646f776e746f776e01076c696272617279010201ab02d224014001ac02026162010901",
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
            "03024a6f0102030205060100",
        ),
        (ClientMessage::Ping { client_ms: 1_000 }, "04e807"),
        (ClientMessage::Teleport { spot: "a".to_owned() }, "050161"),
        (ClientMessage::Light(true), "0901"),
        (ClientMessage::Reseed, "06"),
    ];
    for (message, bytes) in cases {
        assert_eq!(hex(&message.encode()), bytes.replace(' ', ""), "{message:?}");
        assert_eq!(ClientMessage::decode(&message.encode()), Ok(message));
    }
}

#[test]
fn levers_and_blocks_keep_their_bytes() {
    let cases = [
        (
            ClientMessage::Lever(Lever::Announce {
                text: "hi".to_owned(),
                language: "en".to_owned(),
            }),
            "0700026869 02656e",
        ),
        (
            ClientMessage::Lever(Lever::Mute {
                visitor: VisitorId(7),
                minutes: 5,
            }),
            "07010705",
        ),
        (
            ClientMessage::Lever(Lever::Remove {
                visitor: VisitorId(7),
            }),
            "070207",
        ),
        (
            ClientMessage::Lever(Lever::Ban {
                visitor: VisitorId(7),
                minutes: 300,
                address_minutes: 60,
            }),
            "070307ac023c",
        ),
        (ClientMessage::Lever(Lever::Chat(ChatRule::Closed)), "070402"),
        (
            ClientMessage::Block {
                visitor: VisitorId(7),
                blocked: true,
            },
            "080701",
        ),
    ];
    for (message, bytes) in cases {
        assert_eq!(hex(&message.encode()), bytes.replace(' ', ""), "{message:?}");
        assert_eq!(ClientMessage::decode(&message.encode()), Ok(message));
    }
}

#[test]
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
            "00070109024a6f010203020506010008646f776e746f776e01ab02d22401400100e807020101030f",
        ),
        (RelayMessage::Frames(vec![1, 2]), "01020102"),
        (
            RelayMessage::Who(vec![who.clone()]),
            "020107024a6f010203020506010002",
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
        (RelayMessage::Notice(Notice::Muted { minutes: 300 }), "080aac02"),
        (RelayMessage::Notice(Notice::BlockedEnough), "0811"),
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
    ];
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
fn close_codes_stay() {
    for (index, reason) in CloseReason::ALL.into_iter().enumerate() {
        assert_eq!(usize::from(reason.code()), 4_000 + index);
        assert_eq!(CloseReason::from_code(reason.code()), Some(reason));
    }
    assert_eq!(CloseReason::from_code(1_006), None);
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

proptest! {
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

    #[test]
    fn every_claim_survives(sequence: u32, x in -2_000_000i32..=2_000_000, z in -2_000_000i32..=2_000_000, level: i8, heading: u8, motion in 0u8..7) {
        let motion = Motion::from_index(motion).unwrap_or_default();
        let stance = Stance { position: Position { point: Point::new(x, z), level }, heading: Heading(heading), motion };
        let message = ClientMessage::Move { sequence, stance };
        prop_assert_eq!(ClientMessage::decode(&message.encode()), Ok(message));
    }

    #[test]
    fn every_line_survives(text in any::<String>(), language in "[a-z]{2}", line: u64, at_ms: u64) {
        prop_assume!(text.len() < 3_000);
        let utterance = Utterance::Line { text, language };
        let say = ClientMessage::Say { reach: Reach::Near, utterance: utterance.clone() };
        prop_assert_eq!(ClientMessage::decode(&say.encode()), Ok(say));
        let said = RelayMessage::Said(Said {
            line, visitor: VisitorId(line), name: "n".to_owned(), reach: Reach::Near, utterance, at_ms,
        });
        prop_assert_eq!(RelayMessage::decode(&said.encode()), Ok(said));
    }
}
