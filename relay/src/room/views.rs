//! Which streams a client is shown, by where its avatar stands.
//!
//! Near leaves come at the near rate, those around them at the middle rate, everyone in the place at the far rate. The
//! choice is made once for all clients within a square of 16 m, so that they get the very same bytes, and by how many
//! people there are, so that what comes of it never exceeds a client's budget: given to near before far.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use shared::{
    cell::{Rate, StreamId},
    protocol::{Periods, Source, TICK_HZ},
    space::Cell,
};

use super::{local::LocalStreams, peers::Peers};
use crate::backplane::Topic;

/// Depth of the squares within which clients see the same.
pub(super) const VIEW_DEPTH: u8 = 3;

/// Leaves no farther off than this are near, if there is room for them.
const NEAR_CM: i32 = 3_200;

/// Leaves no farther off than this are seen at the middle rate, if there is room for them.
const MIDDLE_CM: i32 = 16_000;

/// Groups farther off in each direction hold no such leaves.
const GROUPS_AROUND: i16 = 2;

/// Bytes that an avatar's update takes in a crowd, at most on average.
const UPDATE_BYTES: usize = 2;

/// Which part of a budget is kept for names, key frames and chat: one in so many.
const KEPT_FREE: usize = 6;

/// A choice is looked over again after so many ticks, since people come and go.
const LOOK_AGAIN_TICKS: u32 = TICK_HZ;

/// A choice that no client has made for so long is forgotten.
const FORGET_TICKS: u32 = 10 * TICK_HZ;

/// How many bytes a client is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Budget {
    /// In a second, over some seconds.
    pub(super) bytes_a_second: usize,
    /// At once, on arrival.
    pub(super) at_once: usize,
}

/// What a visitor is given.
pub(super) const FULL: Budget = Budget {
    bytes_a_second: 48 << 10,
    at_once: 320 << 10,
};

/// What one is given who roams.
pub(super) const LIGHT: Budget = Budget {
    bytes_a_second: 8 << 10,
    at_once: 24 << 10,
};

/// A choice of streams.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Selection {
    /// Near ones first; without the far ones when all of those are chosen.
    pub(super) streams: Vec<StreamId>,
    /// Whether every far stream there is belongs to it.
    pub(super) all_far: bool,
}

/// The choices in use.
#[derive(Default)]
pub(super) struct Views {
    chosen: HashMap<(Cell, bool), Chosen>,
}

struct Chosen {
    selection: Arc<Selection>,
    topology: u64,
    made: u32,
    used: u32,
}

/// Everything there is to choose from.
pub(super) struct Streams<'a> {
    pub(super) source: Source,
    pub(super) periods: Periods,
    pub(super) local: &'a LocalStreams,
    pub(super) peers: &'a Peers,
}

impl Views {
    /// The streams for clients within a square of [`VIEW_DEPTH`].
    pub(super) fn choose(
        &mut self,
        streams: &Streams<'_>,
        view: Cell,
        light: bool,
        tick: u32,
    ) -> Arc<Selection> {
        let topology = streams
            .local
            .topology()
            .wrapping_add(streams.peers.bundles.topology());
        let before = self.chosen.get_mut(&(view, light));
        if let Some(chosen) = before
            && chosen.topology == topology
            && tick.wrapping_sub(chosen.made) < LOOK_AGAIN_TICKS
        {
            chosen.used = tick;
            return chosen.selection.clone();
        }
        let new = streams.select(view, if light { LIGHT } else { FULL }, light);
        let same = self
            .chosen
            .get(&(view, light))
            .filter(|chosen| *chosen.selection == new);
        let selection = same.map_or_else(|| Arc::new(new), |chosen| chosen.selection.clone());
        let chosen = Chosen {
            selection: selection.clone(),
            topology,
            made: tick,
            used: tick,
        };
        self.chosen.insert((view, light), chosen);
        selection
    }

    /// Forgets what nobody chooses any more.
    pub(super) fn tidy(&mut self, tick: u32) {
        self.chosen
            .retain(|_, chosen| tick.wrapping_sub(chosen.used) < FORGET_TICKS);
    }

    /// What must be heard of other relays: the groups around every view in use, and from afar every group there is.
    pub(super) fn topics(&self, peers: &Peers) -> BTreeSet<Topic> {
        let views: BTreeSet<Cell> = self.chosen.keys().map(|(view, _)| *view).collect();
        let around: BTreeSet<Cell> = views.iter().flat_map(|view| groups_around(*view)).collect();
        let close = around
            .into_iter()
            .flat_map(|group| [Rate::Near, Rate::Middle].map(|rate| (group, rate)));
        let far = peers.groups().into_iter().map(|group| (group, Rate::Far));
        close
            .chain(far)
            .map(|(group, rate)| Topic::Frames(group, rate))
            .collect()
    }
}

impl Streams<'_> {
    fn select(&self, view: Cell, budget: Budget, light: bool) -> Selection {
        let mut leaves: Vec<(i32, Source, Cell, usize)> = Vec::new();
        for group in groups_around(view) {
            let ours = self
                .local
                .leaves(group)
                .map(|(cell, people)| (self.source, cell, people));
            let all = ours.chain(self.peers.bundles.leaves(group));
            leaves.extend(all.map(|(source, cell, people)| (view.gap_cm(cell), source, cell, people)));
        }
        leaves.retain(|(gap_cm, ..)| *gap_cm <= MIDDLE_CM);
        leaves.sort_unstable();
        let mut far: Vec<(i32, StreamId, usize)> = self
            .far()
            .map(|(id, people)| (view.gap_cm(id.cell), id, people))
            .collect();
        far.sort_unstable();

        let cost =
            |rate, people: usize| people * UPDATE_BYTES * TICK_HZ as usize / self.periods.of(rate) as usize;
        let everyone: usize = far.iter().map(|(_, _, people)| cost(Rate::Far, *people)).sum();
        let mut left = budget.bytes_a_second - budget.bytes_a_second / KEPT_FREE;
        let all_far = !light;
        if all_far {
            left = left.saturating_sub(everyone);
        }
        let mut streams = Vec::new();
        let mut take = |rate, source, cell, people| {
            let fits = cost(rate, people) <= left;
            if fits {
                left -= cost(rate, people);
                streams.push(StreamId { source, rate, cell });
            }
            fits
        };
        let mut is_near = !light;
        for (gap_cm, source, cell, people) in leaves {
            is_near &= gap_cm <= NEAR_CM && take(Rate::Near, source, cell, people);
            // What is not seen at this rate is seen from afar.
            let _ = is_near || take(Rate::Middle, source, cell, people);
        }
        for (_, stream, people) in far.into_iter().filter(|_| !all_far) {
            if !take(Rate::Far, stream.source, stream.cell, people) {
                break;
            }
        }
        Selection { streams, all_far }
    }

    /// Every far stream, and how many people are in it.
    pub(super) fn far(&self) -> impl Iterator<Item = (StreamId, usize)> {
        let ours = self.local.groups().map(|(cell, people)| {
            let stream = StreamId {
                source: self.source,
                rate: Rate::Far,
                cell,
            };
            (stream, people)
        });
        ours.chain(self.peers.bundles.far())
    }

    /// A stream as it stands; none when it waits for its key frame itself.
    pub(super) fn key_frame(&self, stream: StreamId) -> Option<Vec<u8>> {
        if stream.source == self.source {
            self.local.key_frame(stream)
        } else {
            self.peers.bundles.key_frame(stream)
        }
    }
}

/// The groups that may hold leaves within [`MIDDLE_CM`] of a view.
fn groups_around(view: Cell) -> impl Iterator<Item = Cell> {
    let center = view.group();
    let around = -GROUPS_AROUND..=GROUPS_AROUND;
    around
        .clone()
        .flat_map(move |dx| around.clone().map(move |dz| (dx, dz)))
        .map(move |(dx, dz)| Cell {
            depth: 0,
            x: center.x.saturating_add(dx),
            z: center.z.saturating_add(dz),
        })
}

/// This tick's frames, by stream.
pub(super) struct Frames {
    by_stream: BTreeMap<StreamId, Vec<u8>>,
    far: Vec<u8>,
}

impl Frames {
    pub(super) fn new(all: impl IntoIterator<Item = super::local::Frame>) -> Self {
        let mut frames = Self {
            by_stream: BTreeMap::new(),
            far: Vec::new(),
        };
        for (stream, frame) in all {
            if stream.rate == Rate::Far {
                frames.far.extend(&frame);
            }
            frames.by_stream.entry(stream).or_default().extend(&frame);
        }
        frames
    }

    /// What a client gets that goes on with a choice.
    pub(super) fn of(&self, selection: &Selection) -> Vec<u8> {
        let mut bytes: Vec<u8> = Vec::new();
        for frame in selection
            .streams
            .iter()
            .filter_map(|stream| self.by_stream.get(stream))
        {
            bytes.extend(frame);
        }
        if selection.all_far {
            bytes.extend(&self.far);
        }
        bytes
    }

    /// What a client gets of one stream that it goes on with.
    pub(super) fn of_stream(&self, stream: StreamId) -> &[u8] {
        self.by_stream.get(&stream).map_or(&[], Vec::as_slice)
    }

    /// What a client gets that goes on with all far streams.
    pub(super) fn far(&self) -> &[u8] {
        &self.far
    }
}
