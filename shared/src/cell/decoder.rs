//! The receiving end of all streams.

use std::collections::BTreeMap;

use super::{FrameError, Header, Kind, frame, state::Slots};
use crate::{
    protocol::{Source, Stance, VisitorId},
    space::Cell,
};

/// Most streams a decoder holds: a reader watches fewer, so more are a fault or an attack.
const MAX_STREAMS: usize = 16_384;

/// After this many frames without the key frame, [`Event::Gap`] is told again.
const ASK_AGAIN_FRAMES: u32 = 30;

/// What the frames told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A visitor is here, doing this: first seen, moved, or changed.
    At {
        /// Who.
        visitor: VisitorId,
        /// What the avatar does.
        stance: Stance,
        /// Tick of the frame, of which only the low 16 bits are sure: see [`super::tick_ms`].
        tick: u32,
    },
    /// A visitor is in no stream any more.
    Left {
        /// Who.
        visitor: VisitorId,
        /// Tick of the last frame, as above.
        tick: u32,
    },
    /// A stream has a gap and is silent until its key frame: ask for it.
    Gap {
        /// Whose stream.
        source: Source,
        /// Which cell's.
        cell: Cell,
    },
}

/// Frames in, who is where out. A visitor seen through two streams is one visitor: bound by id, newest tick wins.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    streams: BTreeMap<(Source, Cell), Stream>,
    /// Through how many streams each visitor is seen, and the newest tick told.
    seen: BTreeMap<VisitorId, (u32, u32)>,
    latest: u32,
}

#[derive(Clone, Debug)]
struct Stream {
    /// As last told. Those of a broken stream stay in view until the key frame: most likely they are still there.
    slots: Slots,
    progress: Progress,
}

#[derive(Clone, Copy, Debug)]
enum Progress {
    /// In step with the sender, up to this frame.
    InStep(u8),
    /// Waiting for the key frame; how many frames passed meanwhile.
    Broken(u32),
}

impl Decoder {
    /// Reads frames, one after the other, and appends what they tell. On an error the frames before the damaged one
    /// have been read, the rest has not.
    pub fn read(&mut self, frames: &[u8], events: &mut Vec<Event>) -> Result<(), FrameError> {
        let mut left = Vec::new();
        let mut rest = frames;
        let mut result = Ok(());
        while !rest.is_empty() {
            let outcome = frame::take(rest).and_then(|taken| {
                rest = taken.rest;
                self.read_one(taken.header, taken.body, events, &mut left)
            });
            if outcome.is_err() {
                result = outcome;
                break;
            }
        }
        self.tell_left(left, events);
        result
    }

    /// Ends a stream, as when its cell is no longer watched.
    pub fn forget(&mut self, source: Source, cell: Cell, events: &mut Vec<Event>) {
        let mut left = Vec::new();
        self.close((source, cell), &mut left);
        self.tell_left(left, events);
    }

    /// A stream as it stands, as a key frame; none when it is unknown or waits for one itself.
    pub fn key_frame(&self, source: Source, cell: Cell) -> Option<Vec<u8>> {
        let stream = self.streams.get(&(source, cell))?;
        let Progress::InStep(sequence) = stream.progress else {
            return None;
        };
        let header = Header {
            source,
            cell,
            kind: Kind::Key,
            sequence,
            tick: self.latest as u16,
        };
        Some(frame::seal(header, &stream.slots.write_key(cell)))
    }

    /// Whether a stream shows nobody; one that is unknown does not either.
    pub fn is_empty(&self, source: Source, cell: Cell) -> bool {
        self.streams
            .get(&(source, cell))
            .is_none_or(|stream| stream.slots.is_empty())
    }

    fn read_one(
        &mut self,
        header: Header,
        body: &[u8],
        events: &mut Vec<Event>,
        left: &mut Vec<VisitorId>,
    ) -> Result<(), FrameError> {
        let key = (header.source, header.cell);
        match header.kind {
            Kind::Close => {
                self.close(key, left);
                return Ok(());
            }
            Kind::Key => {
                let slots = Slots::read_key(header.cell, body)?;
                let tick = self.tick(header.tick);
                for slot in slots.iter() {
                    self.see(slot.visitor, slot.stance, tick, true, events);
                }
                self.close(key, left);
                return self.open(
                    key,
                    Stream {
                        slots,
                        progress: Progress::InStep(header.sequence),
                    },
                );
            }
            Kind::Delta | Kind::Heartbeat => {}
        }
        let Some(stream) = self.streams.get_mut(&key) else {
            return self.break_off(key, events);
        };
        match stream.progress {
            Progress::InStep(last) if header.sequence == last.wrapping_add(1) => {
                stream.progress = Progress::InStep(header.sequence);
            }
            // A frame that was delivered again, or is older than the key frame, tells nothing new.
            Progress::InStep(last) if (header.sequence.wrapping_sub(last) as i8) <= 0 => return Ok(()),
            Progress::InStep(_) | Progress::Broken(_) => return self.break_off(key, events),
        }
        if header.kind == Kind::Heartbeat {
            return Ok(());
        }
        let (mut seen, mut gone) = (Vec::new(), Vec::new());
        let outcome = stream.slots.apply(header.cell, body, &mut seen, &mut gone);
        let tick = self.tick(header.tick);
        for (visitor, stance, newly) in seen {
            self.see(visitor, stance, tick, newly, events);
        }
        for visitor in gone {
            self.release(visitor, left);
        }
        if outcome.is_err() {
            // Half-applied: only a key frame can be trusted again.
            self.break_off(key, events)?;
        }
        outcome
    }

    /// The full tick nearest to the latest one.
    fn tick(&mut self, low: u16) -> u32 {
        let ahead = low.wrapping_sub(self.latest as u16) as i16;
        let tick = self.latest.wrapping_add_signed(i32::from(ahead));
        if ahead > 0 {
            self.latest = tick;
        }
        tick
    }

    fn see(&mut self, visitor: VisitorId, stance: Stance, tick: u32, newly: bool, events: &mut Vec<Event>) {
        let (streams, newest) = self.seen.entry(visitor).or_insert((0, tick));
        *streams += u32::from(newly);
        // Only streams that show the same visitor at once can contradict one another; a single one is in order, also
        // after a quiet so long that the low bits of its ticks have wrapped.
        if *streams < 2 || (tick.wrapping_sub(*newest) as i32) >= 0 {
            *newest = tick;
            events.push(Event::At {
                visitor,
                stance,
                tick,
            });
        }
    }

    fn release(&mut self, visitor: VisitorId, left: &mut Vec<VisitorId>) {
        if let Some((streams, _)) = self.seen.get_mut(&visitor) {
            *streams = streams.saturating_sub(1);
            if *streams == 0 {
                left.push(visitor);
            }
        }
    }

    /// Tells of those who are in no stream even after the whole message: whoever crossed a border is in another by now.
    fn tell_left(&mut self, left: Vec<VisitorId>, events: &mut Vec<Event>) {
        for visitor in left {
            if self.seen.get(&visitor).is_some_and(|(streams, _)| *streams == 0) {
                self.seen.remove(&visitor);
                events.push(Event::Left {
                    visitor,
                    tick: self.latest,
                });
            }
        }
    }

    fn open(&mut self, key: (Source, Cell), stream: Stream) -> Result<(), FrameError> {
        if self.streams.len() >= MAX_STREAMS && !self.streams.contains_key(&key) {
            return Err(FrameError);
        }
        self.streams.insert(key, stream);
        Ok(())
    }

    fn close(&mut self, key: (Source, Cell), left: &mut Vec<VisitorId>) {
        if let Some(stream) = self.streams.remove(&key) {
            for slot in stream.slots.iter() {
                self.release(slot.visitor, left);
            }
        }
    }

    /// Notes a gap, or one more frame that passed since.
    fn break_off(&mut self, key: (Source, Cell), events: &mut Vec<Event>) -> Result<(), FrameError> {
        if !self.streams.contains_key(&key) {
            self.open(
                key,
                Stream {
                    slots: Slots::default(),
                    progress: Progress::Broken(0),
                },
            )?;
        }
        let Some(stream) = self.streams.get_mut(&key) else {
            return Ok(());
        };
        let frames = match stream.progress {
            Progress::Broken(frames) => frames,
            Progress::InStep(_) => 0,
        };
        if frames.is_multiple_of(ASK_AGAIN_FRAMES) {
            events.push(Event::Gap {
                source: key.0,
                cell: key.1,
            });
        }
        stream.progress = Progress::Broken(frames + 1);
        Ok(())
    }
}
