//! Which frames go to which client: the cells around its avatar, and key frames of those it did not watch before.
//!
//! Clients whose avatars stand in the same cell and have watched it before get the very same bytes.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use shared::{
    cell::close_frame,
    protocol::{RelayMessage, Source},
    space::Cell,
};

use super::{WATCH_CELLS, local::LocalStreams, peers::Peers};

/// Whether a client in `center` is shown `cell`.
pub(super) fn watches(center: Cell, cell: Cell) -> bool {
    let apart = |a: i16, b: i16| (i32::from(a) - i32::from(b)).abs();
    apart(center.x, cell.x).max(apart(center.z, cell.z)) <= i32::from(WATCH_CELLS)
}

/// All frames of a tick, and the streams they belong to.
pub(super) struct Scene<'a> {
    ours: Source,
    tick: u32,
    local: &'a LocalStreams,
    peers: &'a Peers,
    /// This tick's frames by cell, in order for each stream.
    frames: BTreeMap<Cell, Vec<(Source, Bytes)>>,
    /// Every stream by cell.
    streams: BTreeMap<Cell, Vec<Source>>,
    steady: HashMap<Cell, Option<Bytes>>,
    key_frames: HashMap<(Cell, Source), Bytes>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        ours: Source,
        tick: u32,
        local: &'a LocalStreams,
        peers: &'a Peers,
        arrived: impl IntoIterator<Item = (Cell, Source, Bytes)>,
    ) -> Self {
        let mut frames: BTreeMap<Cell, Vec<(Source, Bytes)>> = BTreeMap::new();
        for (cell, source, frame) in arrived {
            frames.entry(cell).or_default().push((source, frame));
        }
        let mut streams: BTreeMap<Cell, Vec<Source>> = BTreeMap::new();
        for (cell, source) in local.cells().map(|cell| (cell, ours)).chain(peers.streams()) {
            streams.entry(cell).or_default().push(source);
        }
        Self {
            ours,
            tick,
            local,
            peers,
            frames,
            streams,
            steady: HashMap::new(),
            key_frames: HashMap::new(),
        }
    }

    /// The message for clients that go on watching around `center`; none when nothing there has changed.
    pub(super) fn steady(&mut self, center: Cell) -> Option<Bytes> {
        let frames = &self.frames;
        self.steady
            .entry(center)
            .or_insert_with(|| {
                let bytes: Vec<u8> = around(frames, center)
                    .flat_map(|(_, (_, frame))| frame)
                    .copied()
                    .collect();
                message(bytes)
            })
            .clone()
    }

    /// The message for one client that watched around `before` and now watches around `center`.
    ///
    /// It gets key frames of what is new to it (of everything, when it has `missed` frames), the end of what it no
    /// longer watches, and otherwise this tick's frames. Last come the key frames it asked for (`reseeds`), or the end
    /// of those streams that are no more.
    pub(super) fn changed(
        &mut self,
        before: Option<Cell>,
        center: Cell,
        missed: bool,
        reseeds: &[(Source, Cell)],
    ) -> Option<Bytes> {
        let known = before.filter(|_| !missed);
        let mut bytes = Vec::new();
        if let Some(before) = before {
            for (cell, source) in around(&self.streams, before).filter(|(cell, _)| !watches(center, *cell)) {
                bytes.extend(close_frame(*source, cell));
            }
        }
        let streams: Vec<(Cell, Source)> = around(&self.streams, center)
            .map(|(cell, source)| (cell, *source))
            .collect();
        for (cell, source) in streams {
            if known.is_some_and(|known| watches(known, cell)) {
                let frames = self
                    .frames
                    .get(&cell)
                    .into_iter()
                    .flatten()
                    .filter(|(of, _)| *of == source);
                frames.for_each(|(_, frame)| bytes.extend(frame));
            } else {
                bytes.extend(self.key_frame(source, cell).unwrap_or_default());
            }
        }
        // Ends of streams that were forgotten this tick.
        for (cell, (source, frame)) in around(&self.frames, center) {
            if self
                .streams
                .get(&cell)
                .is_none_or(|sources| !sources.contains(source))
            {
                bytes.extend(frame);
            }
        }
        for (source, cell) in reseeds {
            bytes.extend(
                self.key_frame(*source, *cell)
                    .unwrap_or_else(|| close_frame(*source, *cell).into()),
            );
        }
        message(bytes)
    }

    fn key_frame(&mut self, source: Source, cell: Cell) -> Option<Bytes> {
        if let Some(made) = self.key_frames.get(&(cell, source)) {
            return Some(made.clone());
        }
        let made: Bytes = if source == self.ours {
            self.local.key_frame(cell, self.tick)?.into()
        } else {
            self.peers.key_frame(source, cell)?.into()
        };
        self.key_frames.insert((cell, source), made.clone());
        Some(made)
    }
}

/// What a map holds for the cells watched around a centre.
fn around<T>(map: &BTreeMap<Cell, Vec<T>>, center: Cell) -> impl Iterator<Item = (Cell, &T)> {
    (-WATCH_CELLS..=WATCH_CELLS)
        .flat_map(move |dx| {
            let x = center.x.saturating_add(dx);
            let from = Cell {
                x,
                z: center.z.saturating_sub(WATCH_CELLS),
            };
            let to = Cell {
                x,
                z: center.z.saturating_add(WATCH_CELLS),
            };
            map.range(from..=to)
        })
        .flat_map(|(cell, all)| all.iter().map(|one| (*cell, one)))
}

fn message(frames: Vec<u8>) -> Option<Bytes> {
    (!frames.is_empty()).then(|| RelayMessage::Frames(frames).encode().into())
}
