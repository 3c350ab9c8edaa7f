//! Cells against a plain reference: whatever joins, moves, leaves and gaps come, a reader who has had a key frame
//! sees exactly what the sender sees.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use shared::{
    cell::{Decoder, Encoder, Event, MAX_SLOTS, Rate, StreamId, close_frame, header, tick_at, tick_ms},
    motion::Motion,
    protocol::{Source, Stance, VisitorId},
    space::{Cell, Heading, Point, Position},
};

/// Side of the cells used here.
const CELL_CM: i32 = 3_200;

const SOURCE: Source = Source {
    relay: 1,
    epoch: 9_000,
};

fn stream(x: i16, rate: Rate) -> StreamId {
    StreamId {
        source: SOURCE,
        rate,
        cell: Cell { depth: 2, x, z: 0 },
    }
}

#[derive(Clone, Debug)]
enum Step {
    Put(u8, i32, i32, i8, u8, u8),
    Walk(u8, i8, i8),
    Leave(u8),
    Quiet,
    /// The reader misses this tick's frames.
    Miss,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        2 => (0u8..12, 0..2 * CELL_CM, 0..CELL_CM, -2i8..3, any::<u8>(), 0u8..7)
            .prop_map(|(who, x, z, level, heading, motion)| Step::Put(who, x, z, level, heading, motion)),
        6 => (0u8..12, any::<i8>(), any::<i8>()).prop_map(|(who, dx, dz)| Step::Walk(who, dx, dz)),
        1 => (0u8..12).prop_map(Step::Leave),
        1 => Just(Step::Quiet),
        1 => Just(Step::Miss),
    ];
    prop::collection::vec(step, 1..80)
}

/// Two neighbouring cells, their encoders and everyone's true stance.
#[derive(Default)]
struct Sender {
    truth: BTreeMap<VisitorId, Stance>,
    encoders: BTreeMap<StreamId, Encoder>,
    rate: Rate,
    tick: u32,
}

impl Sender {
    fn apply(&mut self, step: &Step) {
        match *step {
            Step::Put(who, x, z, level, heading, motion) => {
                let stance = Stance {
                    position: Position {
                        point: Point::new(x, z),
                        level,
                    },
                    heading: Heading(heading),
                    motion: Motion::from_index(motion).unwrap(),
                };
                self.truth.insert(VisitorId(u64::from(who)), stance);
            }
            Step::Walk(who, dx, dz) => {
                if let Some(stance) = self.truth.get_mut(&VisitorId(u64::from(who))) {
                    let point = &mut stance.position.point;
                    point.x = (point.x + i32::from(dx)).clamp(0, 2 * CELL_CM - 1);
                    point.z = (point.z + i32::from(dz)).clamp(0, CELL_CM - 1);
                }
            }
            Step::Leave(who) => {
                self.truth.remove(&VisitorId(u64::from(who)));
            }
            Step::Quiet | Step::Miss => {}
        }
    }

    fn frames(&mut self) -> Vec<u8> {
        self.tick += 1;
        let mut out = Vec::new();
        for x in 0..2 {
            let stream = stream(x, self.rate);
            let inside: Vec<_> = self
                .truth
                .iter()
                .filter(|(_, s)| Cell::at(s.position.point, 2) == stream.cell)
                .map(|(v, s)| (*v, *s))
                .collect();
            let encoder = self
                .encoders
                .entry(stream)
                .or_insert_with(|| Encoder::new(stream));
            let heartbeat = self.tick.is_multiple_of(15);
            let frame = encoder.frame(self.tick, &inside);
            out.extend(
                frame
                    .or_else(|| {
                        if heartbeat {
                            encoder.heartbeat(self.tick)
                        } else {
                            None
                        }
                    })
                    .unwrap_or_default(),
            );
        }
        out
    }

    fn key_frames(&self) -> Vec<u8> {
        self.encoders.values().flat_map(Encoder::key_frame).collect()
    }
}

/// What a reader makes of the events alone.
#[derive(Default)]
struct Reader {
    decoder: Decoder,
    seen: BTreeMap<VisitorId, Stance>,
    gaps: usize,
}

impl Reader {
    fn read(&mut self, frames: &[u8]) {
        let mut events = Vec::new();
        self.decoder.read(frames, &mut events).unwrap();
        for event in events {
            match event {
                Event::At { visitor, stance, .. } => {
                    self.seen.insert(visitor, stance);
                }
                Event::Left { visitor, .. } => {
                    self.seen.remove(&visitor);
                }
                Event::Gap { .. } => self.gaps += 1,
            }
        }
    }
}

proptest! {
    #[test]
    fn a_reader_in_step_sees_the_truth(steps in steps()) {
        let (mut sender, mut reader) = (Sender::default(), Reader::default());
        let mut missed = false;
        for step in &steps {
            sender.apply(step);
            let frames = sender.frames();
            if matches!(step, Step::Miss) {
                missed |= !frames.is_empty();
                continue;
            }
            reader.read(&frames);
            if missed {
                reader.read(&sender.key_frames());
                missed = false;
            }
            prop_assert_eq!(&reader.seen, &sender.truth);
            // Frames that come twice change nothing.
            reader.read(&frames);
            prop_assert_eq!(&reader.seen, &sender.truth);
        }
    }

    #[test]
    fn a_late_reader_needs_only_the_key_frames(steps in steps(), more in steps()) {
        let (mut sender, mut late) = (Sender::default(), Reader::default());
        for step in &steps {
            sender.apply(step);
            sender.frames();
        }
        late.read(&sender.key_frames());
        for step in &more {
            sender.apply(step);
            late.read(&sender.frames());
        }
        prop_assert_eq!(&late.seen, &sender.truth);
        prop_assert_eq!(late.gaps, 0);
    }

    #[test]
    fn another_relay_can_make_the_key_frame(steps in steps(), more in steps()) {
        let (mut sender, mut between, mut late) = (Sender::default(), Reader::default(), Reader::default());
        for step in &steps {
            sender.apply(step);
            between.read(&sender.frames());
        }
        for x in 0..2 {
            late.read(&between.decoder.key_frame(stream(x, Rate::Near)).unwrap_or_default());
        }
        for step in &more {
            sender.apply(step);
            late.read(&sender.frames());
        }
        prop_assert_eq!(&late.seen, &sender.truth);
    }

    #[test]
    fn no_bytes_make_reading_panic(chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..8)) {
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        for chunk in &chunks {
            let _ = decoder.read(chunk, &mut events);
            let _ = header(chunk);
        }
    }

    #[test]
    fn no_flipped_bit_makes_reading_panic(steps in steps(), flips in prop::collection::vec(any::<(u16, u8)>(), 1..6)) {
        let (mut sender, mut decoder, mut events) = (Sender::default(), Decoder::default(), Vec::new());
        for step in &steps {
            sender.apply(step);
            let mut frames = sender.frames();
            for (at, bit) in &flips {
                let length = frames.len().max(1);
                if let Some(byte) = frames.get_mut(usize::from(*at) % length) {
                    *byte ^= 1 << (bit % 8);
                }
            }
            let _ = decoder.read(&frames, &mut events);
        }
    }
}

#[test]
fn a_gap_is_told_once_and_shows_nobody_twice() {
    let (mut sender, mut reader) = (Sender::default(), Reader::default());
    sender.apply(&Step::Put(1, 100, 100, 0, 0, 0));
    reader.read(&sender.frames());
    sender.apply(&Step::Walk(1, 10, 0));
    sender.frames();
    for _ in 0..5 {
        sender.apply(&Step::Walk(1, 10, 0));
        reader.read(&sender.frames());
    }
    assert_eq!(reader.gaps, 1);
    assert_eq!(
        reader.seen.len(),
        1,
        "still in view while the key frame is on its way"
    );
    reader.read(&sender.key_frames());
    assert_eq!(reader.seen, sender.truth);
}

#[test]
fn a_quiet_stream_costs_at_most_eight_bytes_a_second() {
    let mut sender = Sender::default();
    sender.apply(&Step::Put(1, 100, 100, 0, 0, 0));
    sender.frames();
    let bytes: usize = (0..150).map(|_| sender.frames().len()).sum();
    assert!((1..=80).contains(&bytes), "{bytes} bytes in ten seconds");
}

#[test]
fn a_closed_stream_leaves_nobody_behind() {
    let (mut sender, mut reader) = (Sender::default(), Reader::default());
    sender.apply(&Step::Put(1, 100, 100, 0, 0, 0));
    reader.read(&sender.frames());
    reader.read(&close_frame(stream(0, Rate::Near)));
    assert_eq!(reader.seen.len(), 0);
}

#[test]
fn ticks_and_times_agree_across_the_wrap() {
    for ms in [0, 1_795_333_333_333_u64, 4_369_000, 4_369_067 * 1_000] {
        let began = tick_ms(tick_at(ms), ms + 5_000);
        assert!(began <= ms && ms - began < 67, "{ms} {began}");
        assert_eq!(tick_at(began), tick_at(ms));
    }
}

#[test]
fn frames_take_memory_for_who_is_in_them_and_no_more() {
    // One avatar in the highest slot there is: the shortest frame that promises the most.
    let mut sender = Encoder::new(stream(0, Rate::Near));
    let most = MAX_SLOTS as u64;
    let crowd: Vec<(VisitorId, Stance)> = (1..=most).map(|id| (VisitorId(id), Stance::default())).collect();
    sender.frame(0, &crowd);
    sender.frame(1, crowd.get(MAX_SLOTS - 1..).unwrap());
    let frame = sender.key_frame();
    assert!(frame.len() < 40, "{}", frame.len());
    let mut decoder = Decoder::default();
    decoder.read(&frame, &mut Vec::new()).unwrap();
    let told = format!("{decoder:?}").len();
    assert!(told < 2_000, "{told} characters tell all that is held");
}

#[test]
fn someone_who_stood_for_an_hour_is_seen_to_move() {
    let (mut sender, mut reader) = (Sender::default(), Reader::default());
    sender.apply(&Step::Put(1, 100, 100, 0, 0, 0));
    reader.read(&sender.frames());
    // Heartbeats carry no tick: the reader's reckoning of the low 16 bits stands still meanwhile.
    for _ in 0..40_000 {
        reader.read(&sender.frames());
    }
    sender.apply(&Step::Walk(1, 10, 0));
    reader.read(&sender.frames());
    assert_eq!(reader.seen, sender.truth);
}

/// A stance in the first of the cells.
fn at(x: i32, z: i32) -> Stance {
    Stance {
        position: Position {
            point: Point::new(x, z),
            level: 0,
        },
        ..Stance::default()
    }
}

proptest! {
    #[test]
    fn from_afar_everyone_is_seen_to_within_ten_centimetres(steps in steps()) {
        let (mut sender, mut reader) = (Sender { rate: Rate::Far, ..Sender::default() }, Reader::default());
        for step in &steps {
            sender.apply(step);
            reader.read(&sender.frames());
        }
        prop_assert_eq!(reader.seen.len(), sender.truth.len());
        for (visitor, stance) in &sender.truth {
            let seen = reader.seen.get(visitor).unwrap();
            prop_assert!(seen.position.point.distance_cm(stance.position.point) < 8.0);
            prop_assert_eq!((seen.heading, seen.motion, seen.position.level), (stance.heading, stance.motion, stance.position.level));
        }
    }
}

#[test]
fn the_finest_stream_that_shows_someone_is_believed() {
    let who = VisitorId(1);
    let mut near = Encoder::new(stream(0, Rate::Near));
    let mut far = Encoder::new(StreamId {
        cell: Cell::default(),
        ..stream(0, Rate::Far)
    });
    let mut reader = Reader::default();
    reader.read(&far.frame(1, &[(who, at(104, 104))]).unwrap());
    assert_eq!(reader.seen.get(&who), Some(&at(105, 105)));
    reader.read(&near.frame(2, &[(who, at(104, 104))]).unwrap());
    reader.read(&far.frame(3, &[(who, at(204, 204))]).unwrap());
    assert_eq!(
        reader.seen.get(&who),
        Some(&at(104, 104)),
        "the near stream has not told of a move"
    );
    reader.read(&close_frame(stream(0, Rate::Near)));
    assert_eq!(reader.seen.len(), 1, "still seen from afar");
    reader.read(&far.frame(4, &[(who, at(304, 304))]).unwrap());
    assert_eq!(reader.seen.get(&who), Some(&at(305, 305)));
}
