//! The streams of this relay's own visitors.
//!
//! The square of every group is quartered where it is crowded: the parts that are not quartered further are its leaves.
//! Each leaf has a stream at the near rate and one at the middle rate, each group one at the far rate. In: everyone's
//! stance at a tick. Out: the frames of the streams that are due.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use shared::{
    cell::{Encoder, HEARTBEAT_TICKS, Rate, StreamId, close_frame},
    protocol::{Periods, Source, Stance, TICK_HZ, VisitorId},
    space::{Cell, Point},
};

use super::tick::Ticks;

/// When leaves are too crowded, and when too quiet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crowding {
    /// A leaf with more people is quartered.
    pub(super) split_above: usize,
    /// Four leaves with no more people together become one.
    pub(super) merge_up_to: usize,
}

impl Default for Crowding {
    fn default() -> Self {
        Self {
            split_above: 128,
            merge_up_to: 48,
        }
    }
}

/// How long the streams of an empty leaf are kept: most are entered again soon.
const KEEP_EMPTY_TICKS: u32 = 10 * TICK_HZ;

/// A frame and its stream.
pub(super) type Frame = (StreamId, Bytes);

/// The streams of one room.
pub(super) struct LocalStreams {
    source: Source,
    periods: Periods,
    groups: BTreeMap<Cell, Group>,
    topology: u64,
    pub(super) crowding: Crowding,
}

struct Group {
    quartered: BTreeSet<Cell>,
    leaves: BTreeMap<Cell, Leaf>,
    far: Encoder,
}

struct Leaf {
    near: Encoder,
    middle: Encoder,
    people: usize,
    /// The last tick with someone inside.
    occupied: u32,
}

/// Everyone in a group and in its leaves, sorted by visitor.
#[derive(Default)]
struct Inside {
    all: Vec<(VisitorId, Stance)>,
    leaves: BTreeMap<Cell, Vec<(VisitorId, Stance)>>,
}

impl LocalStreams {
    pub(super) fn new(source: Source, periods: Periods) -> Self {
        Self {
            source,
            periods,
            groups: BTreeMap::new(),
            topology: 0,
            crowding: Crowding::default(),
        }
    }

    /// The frames of a tick. Visitors come sorted.
    pub(super) fn encode(
        &mut self,
        ticks: Ticks,
        visitors: impl IntoIterator<Item = (VisitorId, Stance)>,
    ) -> Vec<Frame> {
        let tick = ticks.now;
        let mut frames = Vec::new();
        self.reshape(&mut frames);
        let mut groups: BTreeMap<Cell, Inside> = BTreeMap::new();
        for (visitor, stance) in visitors {
            let point = stance.position.point;
            let group = Cell::at(point, 0);
            let leaf = self
                .groups
                .get(&group)
                .map_or(group, |here| here.leaf(group, point));
            let inside = groups.entry(group).or_default();
            inside.all.push((visitor, stance));
            inside.leaves.entry(leaf).or_default().push((visitor, stance));
        }
        for (group, inside) in &groups {
            let here = self.groups.entry(*group).or_insert_with(|| {
                self.topology += 1;
                Group {
                    quartered: BTreeSet::new(),
                    leaves: BTreeMap::new(),
                    far: Encoder::new(id(self.source, Rate::Far, *group)),
                }
            });
            for leaf in inside.leaves.keys() {
                here.leaves.entry(*leaf).or_insert_with(|| {
                    self.topology += 1;
                    Leaf {
                        near: Encoder::new(id(self.source, Rate::Near, *leaf)),
                        middle: Encoder::new(id(self.source, Rate::Middle, *leaf)),
                        people: 0,
                        occupied: tick,
                    }
                });
            }
        }
        let due = Due::at(ticks, self.periods);
        let nobody = Inside::default();
        for (group, here) in &mut self.groups {
            let inside = groups.get(group).unwrap_or(&nobody);
            for (cell, leaf) in &mut here.leaves {
                let inside = inside.leaves.get(cell).map_or(&[][..], Vec::as_slice);
                leaf.people = inside.len();
                if leaf.people > 0 {
                    leaf.occupied = tick;
                }
                let mut add = |rate, frame: Option<Vec<u8>>| {
                    frames.extend(frame.map(|frame| (id(self.source, rate, *cell), frame.into())));
                };
                add(Rate::Near, due.frame(Rate::Near, 0, &mut leaf.near, inside));
                add(Rate::Middle, due.frame(Rate::Middle, 0, &mut leaf.middle, inside));
            }
            let turn = turn(self.periods, self.source, *group);
            let far = due.frame(Rate::Far, turn, &mut here.far, &inside.all);
            frames.extend(far.map(|frame| (id(self.source, Rate::Far, *group), frame.into())));
        }
        self.drop_empty(tick, &mut frames);
        frames
    }

    /// Changes whenever a stream begins or ends.
    pub(super) fn topology(&self) -> u64 {
        self.topology
    }

    /// The leaves of a group, and how many people are in each.
    pub(super) fn leaves(&self, group: Cell) -> impl Iterator<Item = (Cell, usize)> {
        let leaves = self.groups.get(&group).map(|here| here.leaves.iter());
        leaves
            .into_iter()
            .flatten()
            .map(|(cell, leaf)| (*cell, leaf.people))
    }

    /// The groups that have streams, and how many people are in each.
    pub(super) fn groups(&self) -> impl Iterator<Item = (Cell, usize)> {
        self.groups.iter().map(|(group, here)| (*group, here.far.len()))
    }

    /// A stream as it stands; none when there is no such stream.
    pub(super) fn key_frame(&self, stream: StreamId) -> Option<Vec<u8>> {
        let here = self.groups.get(&stream.cell.group())?;
        match stream.rate {
            Rate::Near => here.leaves.get(&stream.cell).map(|leaf| leaf.near.key_frame()),
            Rate::Middle => here.leaves.get(&stream.cell).map(|leaf| leaf.middle.key_frame()),
            Rate::Far => (stream.cell.depth == 0).then(|| here.far.key_frame()),
        }
    }

    /// The key frames of all streams of a group at a rate.
    pub(super) fn key_frames(&self, group: Cell, rate: Rate) -> Vec<u8> {
        let cells: Vec<Cell> = match rate {
            Rate::Near | Rate::Middle => self.leaves(group).map(|(cell, _)| cell).collect(),
            Rate::Far => vec![group],
        };
        let key_frame = |cell| self.key_frame(id(self.source, rate, cell));
        cells.into_iter().filter_map(key_frame).flatten().collect()
    }

    /// Quarters one crowded leaf, or makes four quiet ones into one: one step at a time, so that not everyone must begin
    /// streams anew in the same instant.
    fn reshape(&mut self, frames: &mut Vec<Frame>) {
        for here in self.groups.values_mut() {
            if let Some((cell, replaced)) = here.step(self.crowding) {
                self.topology += 1;
                for cell in replaced {
                    here.leaves.remove(&cell);
                    for rate in [Rate::Near, Rate::Middle] {
                        let stream = id(self.source, rate, cell);
                        frames.push((stream, close_frame(stream).into()));
                    }
                }
                tracing::debug!(
                    ?cell,
                    quartered = here.quartered.contains(&cell),
                    "cells reshaped"
                );
                return;
            }
        }
    }

    fn drop_empty(&mut self, tick: u32, frames: &mut Vec<Frame>) {
        let mut close = |rate, cell| {
            let stream = id(self.source, rate, cell);
            frames.push((stream, close_frame(stream).into()));
            self.topology += 1;
        };
        self.groups.retain(|group, here| {
            here.leaves.retain(|cell, leaf| {
                let keep = tick.wrapping_sub(leaf.occupied) < KEEP_EMPTY_TICKS;
                if !keep {
                    close(Rate::Near, *cell);
                    close(Rate::Middle, *cell);
                }
                keep
            });
            let keep = !here.leaves.is_empty();
            if !keep {
                close(Rate::Far, *group);
            }
            keep
        });
    }
}

impl Group {
    /// The leaf that holds a point of the group.
    fn leaf(&self, group: Cell, point: Point) -> Cell {
        let mut cell = group;
        while self.quartered.contains(&cell) {
            cell = Cell::at(point, cell.depth + 1);
        }
        cell
    }

    /// The cell that is quartered or made whole now, and the leaves that this replaces.
    fn step(&mut self, crowding: Crowding) -> Option<(Cell, Vec<Cell>)> {
        let crowded = self
            .leaves
            .iter()
            .find(|(cell, leaf)| leaf.people > crowding.split_above && cell.quarters().is_some());
        if let Some((cell, _)) = crowded {
            let cell = *cell;
            self.quartered.insert(cell);
            return Some((cell, vec![cell]));
        }
        let quiet = self.quartered.iter().copied().find(|cell| {
            let quarters = cell.quarters().unwrap_or_default();
            let people = |quarter: &Cell| self.leaves.get(quarter).map_or(0, |leaf| leaf.people);
            quarters.iter().all(|quarter| !self.quartered.contains(quarter))
                && quarters.iter().map(people).sum::<usize>() <= crowding.merge_up_to
        })?;
        self.quartered.remove(&quiet);
        let quarters = quiet.quarters().unwrap_or_default();
        let leaves = quarters
            .into_iter()
            .filter(|quarter| self.leaves.contains_key(quarter));
        Some((quiet, leaves.collect()))
    }
}

/// What is due at a tick.
struct Due {
    ticks: Ticks,
    periods: Periods,
    heartbeats: bool,
}

impl Due {
    fn at(ticks: Ticks, periods: Periods) -> Self {
        Self {
            ticks,
            periods,
            // All at the same tick, so that a quiet client gets one message a second.
            heartbeats: ticks.are_due(HEARTBEAT_TICKS, 0),
        }
    }

    /// What a stream has to tell, if it is its turn: `turn` ticks before those that the rate's period divides.
    fn frame(
        &self,
        rate: Rate,
        turn: u32,
        encoder: &mut Encoder,
        inside: &[(VisitorId, Stance)],
    ) -> Option<Vec<u8>> {
        // Whoever is in a new leaf was in another before, and is not to be missed until that rate is due.
        let due = self.ticks.are_due(self.periods.of(rate), turn) || !encoder.has_begun();
        let frame = if due {
            encoder.frame(self.ticks.now, inside)
        } else {
            None
        };
        frame.or_else(|| {
            if self.heartbeats {
                encoder.heartbeat(self.ticks.now)
            } else {
                None
            }
        })
    }
}

/// When a group's far stream has its turn. Groups and relays take theirs one after the other, at ticks at which near
/// streams are due as well: nobody gets more messages for it, and the whole of a crowd is never told in one tick.
fn turn(periods: Periods, source: Source, group: Cell) -> u32 {
    let (near, far) = (periods.of(Rate::Near), periods.of(Rate::Far));
    // Neighbours have different turns, and so have the relays that tell of one group.
    let order = i64::from(group.x) + 4 * i64::from(group.z) + 7 * i64::from(source.relay);
    let turns = i64::from((far / near).max(1));
    near * order.rem_euclid(turns) as u32
}

fn id(source: Source, rate: Rate, cell: Cell) -> StreamId {
    StreamId { source, rate, cell }
}
