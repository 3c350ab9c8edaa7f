//! The sending end of a stream.

use super::{HEARTBEAT_TICKS, Header, Kind, StreamId, frame, state::Slots};
use crate::protocol::{Stance, VisitorId};

/// Turns what is in a cell at each due tick into a frame.
#[derive(Clone, Debug)]
pub struct Encoder {
    stream: StreamId,
    slots: Slots,
    /// Number and tick of the last frame; none before the first, which is a key frame.
    last: Option<(u8, u32)>,
}

impl Encoder {
    /// A stream that has not begun.
    pub fn new(stream: StreamId) -> Self {
        Self {
            stream,
            slots: Slots::new(stream),
            last: None,
        }
    }

    /// The frame of a due tick; none when nothing changed.
    ///
    /// `inside` is everyone in the cell now, sorted by visitor, each once, all within the cell's square. Past
    /// [`super::MAX_SLOTS`] the last ones wait outside until a slot is free.
    pub fn frame(&mut self, tick: u32, inside: &[(VisitorId, Stance)]) -> Option<Vec<u8>> {
        let change = self.slots.advance(inside)?;
        let Some((number, _)) = self.last else {
            self.last = Some((0, tick));
            return Some(self.key_frame());
        };
        Some(self.next(Kind::Delta, number, tick, &change))
    }

    /// The heartbeat of a tick, for ticks a [`HEARTBEAT_TICKS`] apart; none when nobody is in the cell, or a frame was sent
    /// not long ago.
    pub fn heartbeat(&mut self, tick: u32) -> Option<Vec<u8>> {
        let (number, before) = self.last?;
        (!self.slots.is_empty() && tick.wrapping_sub(before) > HEARTBEAT_TICKS / 2)
            .then(|| self.next(Kind::Heartbeat, number, tick, &[]))
    }

    /// The stream as it stands, for a reader who begins after its last frame.
    pub fn key_frame(&self) -> Vec<u8> {
        let (sequence, tick) = self.last.unwrap_or_default();
        let header = Header {
            stream: self.stream,
            kind: Kind::Key,
            sequence,
            tick: tick as u16,
        };
        frame::seal(header, &self.slots.write_key())
    }

    /// Whether the first frame has been made.
    pub fn has_begun(&self) -> bool {
        self.last.is_some()
    }

    /// Whether nobody is in the cell, as of the last frame.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// How many are in the cell, as of the last frame.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    fn next(&mut self, kind: Kind, number: u8, tick: u32, body: &[u8]) -> Vec<u8> {
        let sequence = number.wrapping_add(1);
        self.last = Some((sequence, tick));
        let header = Header {
            stream: self.stream,
            kind,
            sequence,
            tick: if kind == Kind::Delta { tick as u16 } else { 0 },
        };
        frame::seal(header, body)
    }
}
