//! The receiving end of all streams.

use litemap::LiteMap;

use super::{FrameError, Header, Kind, Rate, StreamId, frame, state::Slots};
use crate::protocol::{Stance, VisitorId};

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
        /// How closely the visitor is followed now.
        rate: Rate,
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
        /// Which.
        stream: StreamId,
    },
}

/// Frames in, who is where out. A visitor seen through several streams is one visitor, bound by id: the finest rate
/// counts, and of several streams at that rate the newest tick.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    streams: LiteMap<StreamId, Stream>,
    seen: LiteMap<VisitorId, Seen>,
    /// Of whom a stream must tell again with its next frame: a finer one, which knew better, has let go of them.
    to_retell: LiteMap<StreamId, Vec<VisitorId>>,
    latest: u32,
}

/// How a visitor is seen.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// Through which streams.
    streams: Vec<StreamId>,
    /// The newest tick told.
    newest: u32,
}

impl Seen {
    /// A stream of the finest rate.
    fn finest(&self) -> Option<StreamId> {
        self.streams.iter().copied().min_by_key(|stream| stream.rate)
    }
}

#[derive(Clone, Debug)]
struct Stream {
    /// As last told. Those of a broken stream stay in view until the key frame: most likely they are still there.
    slots: Slots,
    progress: Progress,
    /// Low bits of the last delta's or key frame's tick.
    tick: u16,
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
    pub fn forget(&mut self, stream: StreamId, events: &mut Vec<Event>) {
        let mut left = Vec::new();
        self.close(stream, &mut left);
        self.tell_left(left, events);
    }

    /// A stream as it stands, as a key frame; none when it is unknown or waits for one itself.
    pub fn key_frame(&self, stream: StreamId) -> Option<Vec<u8>> {
        let held = self.streams.get(&stream)?;
        let Progress::InStep(sequence) = held.progress else {
            return None;
        };
        let header = Header {
            stream,
            kind: Kind::Key,
            sequence,
            tick: held.tick,
        };
        Some(frame::seal(header, &held.slots.write_key()))
    }

    /// Who is in a stream, and where.
    pub fn inside(&self, stream: StreamId) -> impl Iterator<Item = (VisitorId, Stance)> {
        let slots = self.streams.get(&stream).map(|held| held.slots.iter());
        slots
            .into_iter()
            .flatten()
            .map(|slot| (slot.visitor, slot.stance))
    }

    /// How many are in a stream; nobody is in one that is unknown.
    pub fn len(&self, stream: StreamId) -> usize {
        self.streams.get(&stream).map_or(0, |held| held.slots.len())
    }

    fn read_one(
        &mut self,
        header: Header,
        body: &[u8],
        events: &mut Vec<Event>,
        left: &mut Vec<VisitorId>,
    ) -> Result<(), FrameError> {
        let key = header.stream;
        match header.kind {
            Kind::Close => {
                self.close(key, left);
                return Ok(());
            }
            Kind::Key => {
                let slots = Slots::read_key(key, body)?;
                let tick = self.tick(header.tick);
                self.close(key, left);
                let seen: Vec<_> = slots.iter().map(|slot| (slot.visitor, slot.stance)).collect();
                self.open(
                    key,
                    Stream {
                        slots,
                        progress: Progress::InStep(header.sequence),
                        tick: header.tick,
                    },
                )?;
                for (visitor, stance) in seen {
                    self.see(visitor, stance, tick, key, events);
                }
                return Ok(());
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
            let tick = stream.tick;
            self.retell(key, tick, events);
            return Ok(());
        }
        stream.tick = header.tick;
        let (mut seen, mut gone) = (Vec::new(), Vec::new());
        let outcome = stream.slots.apply(body, &mut seen, &mut gone);
        let tick = self.tick(header.tick);
        for (visitor, stance) in seen {
            self.see(visitor, stance, tick, key, events);
        }
        for visitor in gone {
            self.release(visitor, key, left);
        }
        self.retell(key, header.tick, events);
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

    fn see(
        &mut self,
        visitor: VisitorId,
        stance: Stance,
        tick: u32,
        stream: StreamId,
        events: &mut Vec<Event>,
    ) {
        let seen = self.seen.entry(visitor).or_default();
        if !seen.streams.contains(&stream) {
            seen.streams.push(stream);
        }
        if seen.finest().is_some_and(|finest| finest.rate < stream.rate) {
            return;
        }
        // Only streams that show the same visitor at once can contradict one another; a single one is in order, also
        // after a quiet so long that the low bits of its ticks have wrapped.
        let alone = seen
            .streams
            .iter()
            .filter(|other| other.rate == stream.rate)
            .count()
            < 2;
        if alone || (tick.wrapping_sub(seen.newest) as i32) >= 0 {
            seen.newest = tick;
            events.push(Event::At {
                visitor,
                stance,
                tick,
                rate: stream.rate,
            });
        }
    }

    fn release(&mut self, visitor: VisitorId, stream: StreamId, left: &mut Vec<VisitorId>) {
        if let Some(seen) = self.seen.get_mut(&visitor) {
            seen.streams.retain(|other| *other != stream);
            match seen.finest() {
                // What it told last may have been ignored.
                Some(other) => self.to_retell.entry(other).or_default().push(visitor),
                None => left.push(visitor),
            }
        }
    }

    /// Tells again where those are of whom this stream knows best since a while.
    fn retell(&mut self, key: StreamId, tick: u16, events: &mut Vec<Event>) {
        let Some(visitors) = self.to_retell.remove(&key) else {
            return;
        };
        let tick = self.tick(tick);
        for (visitor, stance) in self
            .inside(key)
            .filter(|(visitor, _)| visitors.contains(visitor))
            .collect::<Vec<_>>()
        {
            if let Some(seen) = self.seen.get_mut(&visitor)
                && seen.finest().is_some_and(|finest| finest.rate == key.rate)
            {
                seen.newest = tick;
                events.push(Event::At {
                    visitor,
                    stance,
                    tick,
                    rate: key.rate,
                });
            }
        }
    }

    /// Tells of those who are in no stream even after the whole message: whoever crossed a border is in another by now.
    fn tell_left(&mut self, left: Vec<VisitorId>, events: &mut Vec<Event>) {
        for visitor in left {
            if self
                .seen
                .get(&visitor)
                .is_some_and(|seen| seen.finest().is_none())
            {
                self.seen.remove(&visitor);
                events.push(Event::Left {
                    visitor,
                    tick: self.latest,
                });
            }
        }
    }

    fn open(&mut self, key: StreamId, stream: Stream) -> Result<(), FrameError> {
        if self.streams.len() >= MAX_STREAMS && !self.streams.contains_key(&key) {
            return Err(FrameError);
        }
        self.streams.insert(key, stream);
        Ok(())
    }

    fn close(&mut self, key: StreamId, left: &mut Vec<VisitorId>) {
        self.to_retell.remove(&key);
        if let Some(stream) = self.streams.remove(&key) {
            for slot in stream.slots.iter() {
                self.release(slot.visitor, key, left);
            }
        }
    }

    /// Notes a gap, or one more frame that passed since.
    fn break_off(&mut self, key: StreamId, events: &mut Vec<Event>) -> Result<(), FrameError> {
        if !self.streams.contains_key(&key) {
            self.open(
                key,
                Stream {
                    slots: Slots::new(key),
                    progress: Progress::Broken(0),
                    tick: 0,
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
            events.push(Event::Gap { stream: key });
        }
        stream.progress = Progress::Broken(frames + 1);
        Ok(())
    }
}
