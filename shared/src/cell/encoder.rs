//! The sending end of a stream.

use super::{HEARTBEAT_TICKS, Header, Kind, frame, state::Slots};
use crate::{
    protocol::{Source, Stance, VisitorId},
    space::Cell,
};

/// Turns what is in a cell at each tick into a frame.
#[derive(Clone, Debug)]
pub struct Encoder {
    source: Source,
    cell: Cell,
    slots: Slots,
    /// Number and tick of the last frame; none before the first, which is a key frame.
    last: Option<(u8, u32)>,
}

impl Encoder {
    /// A stream that has not begun.
    pub fn new(source: Source, cell: Cell) -> Self {
        Self {
            source,
            cell,
            slots: Slots::default(),
            last: None,
        }
    }

    /// The frame of a tick; none when nothing changed and no heartbeat is due.
    ///
    /// `inside` is everyone in the cell now, sorted by visitor, each once, all within the cell's square. Past
    /// [`super::MAX_SLOTS`] the last ones wait outside until a slot is free.
    pub fn frame(&mut self, tick: u32, inside: &[(VisitorId, Stance)]) -> Option<Vec<u8>> {
        let change = self.slots.advance(self.cell, inside);
        let Some((number, before)) = self.last else {
            change?;
            self.last = Some((0, tick));
            return Some(self.key_frame(tick));
        };
        let kind = match change {
            Some(_) => Kind::Delta,
            None if !self.slots.is_empty() && tick.wrapping_sub(before) >= HEARTBEAT_TICKS => Kind::Heartbeat,
            None => return None,
        };
        let sequence = number.wrapping_add(1);
        self.last = Some((sequence, tick));
        let header = Header {
            source: self.source,
            cell: self.cell,
            kind,
            sequence,
            tick: tick as u16,
        };
        Some(frame::seal(header, &change.unwrap_or_default()))
    }

    /// The stream as it stands, for a reader who begins after its last frame.
    pub fn key_frame(&self, tick: u32) -> Vec<u8> {
        let sequence = self.last.map_or(0, |(number, _)| number);
        let header = Header {
            source: self.source,
            cell: self.cell,
            kind: Kind::Key,
            sequence,
            tick: tick as u16,
        };
        frame::seal(header, &self.slots.write_key(self.cell))
    }

    /// Whether nobody is in the cell: the stream can be ended once its last frame is sent.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }
}
