//! The streams of this relay's own visitors: one encoder for each cell.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use shared::{
    cell::Encoder,
    protocol::{Source, Stance, TICK_HZ, VisitorId},
    space::Cell,
};

/// How long the stream of an empty cell is kept, so that a client that was behind is told of its emptiness too.
const KEEP_EMPTY_TICKS: u32 = 60 * TICK_HZ;

/// The encoders of one place.
pub(super) struct LocalStreams {
    source: Source,
    cells: BTreeMap<Cell, (Encoder, u32)>,
}

impl LocalStreams {
    pub(super) fn new(source: Source) -> Self {
        Self {
            source,
            cells: BTreeMap::new(),
        }
    }

    /// The frames of a tick. Visitors come sorted.
    pub(super) fn encode(
        &mut self,
        tick: u32,
        visitors: impl Iterator<Item = (VisitorId, Stance)>,
    ) -> Vec<(Cell, Bytes)> {
        let mut inside: BTreeMap<Cell, Vec<(VisitorId, Stance)>> = BTreeMap::new();
        for (visitor, stance) in visitors {
            inside
                .entry(stance.position.cell())
                .or_default()
                .push((visitor, stance));
        }
        for cell in inside.keys() {
            self.cells
                .entry(*cell)
                .or_insert_with(|| (Encoder::new(self.source, *cell), tick));
        }
        let mut frames = Vec::new();
        self.cells.retain(|cell, (encoder, occupied)| {
            let inside = inside.get(cell).map_or(&[][..], Vec::as_slice);
            frames.extend(
                encoder
                    .frame(tick, inside)
                    .map(|frame| (*cell, Bytes::from(frame))),
            );
            if !encoder.is_empty() {
                *occupied = tick;
            }
            tick.wrapping_sub(*occupied) < KEEP_EMPTY_TICKS
        });
        frames
    }

    /// Every cell with a stream, empty or not.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cell> {
        self.cells.keys().copied()
    }

    /// Cells with visitors in them.
    pub(super) fn occupied(&self) -> BTreeSet<Cell> {
        self.cells
            .iter()
            .filter(|(_, (encoder, _))| !encoder.is_empty())
            .map(|(cell, _)| *cell)
            .collect()
    }

    /// A stream as it stands; none when there is no such stream.
    pub(super) fn key_frame(&self, cell: Cell, tick: u32) -> Option<Vec<u8>> {
        self.cells.get(&cell).map(|(encoder, _)| encoder.key_frame(tick))
    }
}
