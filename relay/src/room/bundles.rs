//! The streams of the other relays: all of a relay in a group at a rate are a bundle.
//!
//! Their frames are decoded once here, to hold what newcomers need, and forwarded unchanged. The parcels of each bundle
//! are numbered: when one is missing, the bundle's key frames are asked for, and nothing of it is forwarded until they
//! come. It knows nothing of who the visitors are.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use shared::{
    cell::{self, Decoder, Kind, Rate, StreamId},
    protocol::{Source, Stance, VisitorId},
    space::Cell,
};

use super::{local::Frame, peers::ASK_AGAIN_MS};
use crate::backplane::Topic;

/// The bundles of a room.
#[derive(Default)]
pub(super) struct Bundles {
    decoder: Decoder,
    known: BTreeMap<BundleId, Bundle>,
    /// Topics whose parcels arrive.
    open: BTreeSet<(Cell, Rate)>,
    /// Frames to forward at the next tick, in order.
    arrived: Vec<Frame>,
    topology: u64,
}

/// All streams of a relay in a group at a rate.
type BundleId = (Cell, Rate, Source);

/// What is known of a bundle.
#[derive(Default)]
struct Bundle {
    progress: Progress,
    /// The number that the last sign of life told: by the next one it must have come.
    told: u32,
    cells: BTreeSet<Cell>,
}

#[derive(Clone, Copy)]
enum Progress {
    /// All parcels up to this number have been read.
    InStep(u32),
    /// The key frames are needed, and were last asked for then.
    Waiting(Option<u64>),
}

impl Default for Progress {
    fn default() -> Self {
        Self::Waiting(None)
    }
}

impl Bundles {
    /// Parcels of a group and rate arrive from now on; these relays have streams there.
    pub(super) fn opened(&mut self, group: Cell, rate: Rate, there: impl Iterator<Item = Source>) {
        self.open.insert((group, rate));
        for source in there {
            // What was known of it is old by now.
            self.known.entry((group, rate, source)).or_default().progress = Progress::default();
        }
    }

    /// Parcels arrive for these topics only.
    pub(super) fn follow_only(&mut self, topics: &BTreeSet<Topic>) {
        let followed = |group: Cell, rate: Rate| topics.contains(&Topic::Frames(group, rate));
        self.open.retain(|(group, rate)| followed(*group, *rate));
        self.forget_if(|(group, rate, _)| !followed(*group, *rate));
    }

    /// Which key frames must be asked for now, and of whom.
    pub(super) fn seeds_to_ask(&mut self, now_ms: u64) -> BTreeMap<Source, Vec<(Cell, Rate)>> {
        let mut asks: BTreeMap<Source, Vec<(Cell, Rate)>> = BTreeMap::new();
        for ((group, rate, source), bundle) in &mut self.known {
            let Progress::Waiting(asked_ms) = &mut bundle.progress else {
                continue;
            };
            if self.open.contains(&(*group, *rate))
                && asked_ms.is_none_or(|asked| now_ms.saturating_sub(asked) >= ASK_AGAIN_MS)
            {
                *asked_ms = Some(now_ms);
                asks.entry(*source).or_default().push((*group, *rate));
            }
        }
        asks
    }

    /// The clock was set back: nothing was asked later than now.
    pub(super) fn rewind(&mut self) {
        for bundle in self.known.values_mut() {
            if let Progress::Waiting(asked_ms) = &mut bundle.progress {
                *asked_ms = None;
            }
        }
    }

    /// A relay has gone, and its streams with it.
    pub(super) fn forget_all_of(&mut self, source: Source) {
        self.forget_if(|(_, _, of)| *of == source);
    }

    /// The frames to forward since the last call, in order.
    pub(super) fn take_arrived(&mut self) -> Vec<Frame> {
        std::mem::take(&mut self.arrived)
    }

    /// Changes whenever a stream begins or ends.
    pub(super) fn topology(&self) -> u64 {
        self.topology
    }

    /// The leaves of a group: whose they are, and how many people are in each.
    pub(super) fn leaves(&self, group: Cell) -> impl Iterator<Item = (Source, Cell, usize)> {
        self.streams(group, Rate::Near)
            .map(|stream| (stream.source, stream.cell, self.decoder.len(stream)))
    }

    /// The far streams, and how many people are in each.
    pub(super) fn far(&self) -> impl Iterator<Item = (StreamId, usize)> {
        let far = self
            .known
            .iter()
            .filter(|((_, rate, _), bundle)| *rate == Rate::Far && !bundle.cells.is_empty());
        far.map(|((cell, rate, source), _)| {
            let stream = StreamId {
                source: *source,
                rate: *rate,
                cell: *cell,
            };
            (stream, self.decoder.len(stream))
        })
    }

    /// A stream as it stands; none when it is unknown or broken.
    pub(super) fn key_frame(&self, stream: StreamId) -> Option<Vec<u8>> {
        self.decoder.key_frame(stream)
    }

    /// Everyone seen from afar, and how they stand.
    pub(super) fn seen(&self) -> BTreeMap<VisitorId, Stance> {
        self.far()
            .flat_map(|(stream, _)| self.decoder.inside(stream))
            .collect()
    }

    /// Compares what is known of a relay's streams with what it tells of them.
    pub(super) fn compare(
        &mut self,
        source: Source,
        groups: &BTreeSet<Cell>,
        told: &[(Cell, [u32; Rate::ALL.len()])],
    ) {
        self.forget_if(|(group, _, of)| *of == source && !groups.contains(group));
        for (group, numbers) in told {
            for (rate, number) in Rate::ALL.into_iter().zip(numbers) {
                if !self.open.contains(&(*group, rate)) {
                    continue;
                }
                let bundle = self.known.entry((*group, rate, source)).or_default();
                // Signs of life and frames may overtake one another, but not by half a second.
                let missed = |last: u32| (bundle.told.wrapping_sub(last) as i32) > 0;
                if matches!(bundle.progress, Progress::InStep(last) if missed(last)) {
                    bundle.progress = Progress::default();
                }
                bundle.told = *number;
            }
        }
    }

    /// Reads the next parcel of a bundle; what is out of order waits for the key frames.
    pub(super) fn read(&mut self, group: Cell, rate: Rate, source: Source, number: u32, frames: Bytes) {
        let id = (group, rate, source);
        let bundle = self.known.entry(id).or_insert_with(|| Bundle {
            // The first parcel of all needs nothing before it.
            progress: if number == 1 {
                Progress::InStep(0)
            } else {
                Progress::default()
            },
            ..Bundle::default()
        });
        match bundle.progress {
            Progress::InStep(last) if number == last.wrapping_add(1) => {
                bundle.progress = Progress::InStep(number);
                if self.take(id, frames).is_none()
                    && let Some(bundle) = self.known.get_mut(&id)
                {
                    bundle.progress = Progress::default();
                }
            }
            Progress::InStep(last) if (number.wrapping_sub(last) as i32) <= 0 => {}
            Progress::InStep(_) => bundle.progress = Progress::default(),
            Progress::Waiting(_) => {}
        }
    }

    /// Begins all streams of a bundle anew.
    pub(super) fn seed(&mut self, group: Cell, rate: Rate, source: Source, number: u32, key_frames: Bytes) {
        let id = (group, rate, source);
        let bundle = self.known.entry(id).or_default();
        if matches!(bundle.progress, Progress::InStep(last) if (number.wrapping_sub(last) as i32) <= 0) {
            return;
        }
        bundle.progress = Progress::InStep(number);
        let before = std::mem::take(&mut bundle.cells);
        if self.take(id, key_frames).is_none()
            && let Some(bundle) = self.known.get_mut(&id)
        {
            bundle.progress = Progress::default();
        }
        let now = self
            .known
            .get(&id)
            .map(|bundle| bundle.cells.clone())
            .unwrap_or_default();
        for cell in before.difference(&now) {
            self.end(StreamId {
                source,
                rate,
                cell: *cell,
            });
        }
    }

    /// Reads frames of a bundle and keeps them for forwarding; none when they are damaged.
    fn take(&mut self, id: BundleId, mut frames: Bytes) -> Option<()> {
        let (group, rate, source) = id;
        while !frames.is_empty() {
            let (header, length) = cell::header(&frames).ok()?;
            let frame = frames.split_to(length);
            let stream = header.stream;
            if stream.source != source || stream.rate != rate || stream.cell.group() != group {
                return None;
            }
            let mut events = Vec::new();
            self.decoder.read(&frame, &mut events).ok()?;
            if events
                .iter()
                .any(|event| matches!(event, cell::Event::Gap { .. }))
            {
                return None;
            }
            let bundle = self.known.entry(id).or_default();
            let changed = if header.kind == Kind::Close {
                bundle.cells.remove(&stream.cell)
            } else {
                bundle.cells.insert(stream.cell)
            };
            self.topology += u64::from(changed);
            self.arrived.push((stream, frame));
        }
        Some(())
    }

    /// Ends all streams of a bundle here and for the clients.
    fn forget(&mut self, id: BundleId) {
        let (_, rate, source) = id;
        if let Some(bundle) = self.known.remove(&id) {
            for cell in bundle.cells {
                self.end(StreamId { source, rate, cell });
            }
        }
    }

    fn end(&mut self, stream: StreamId) {
        // The clients are told by the frame; what this relay knows of visitors is in their cards.
        self.decoder.forget(stream, &mut Vec::new());
        self.arrived.push((stream, cell::close_frame(stream).into()));
        self.topology += 1;
    }

    fn forget_if(&mut self, ended: impl Fn(&BundleId) -> bool) {
        let ended: Vec<BundleId> = self.known.keys().filter(|id| ended(id)).copied().collect();
        for id in ended {
            self.forget(id);
        }
    }

    fn streams(&self, group: Cell, rate: Rate) -> impl Iterator<Item = StreamId> {
        let all = (group, rate, Source::default())..=(group, rate, LAST);
        self.known.range(all).flat_map(move |((_, _, source), bundle)| {
            let source = *source;
            bundle.cells.iter().map(move |cell| StreamId {
                source,
                rate,
                cell: *cell,
            })
        })
    }
}

/// Not before any other relay.
const LAST: Source = Source {
    relay: u16::MAX,
    epoch: u16::MAX,
};
