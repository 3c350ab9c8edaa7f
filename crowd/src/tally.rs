//! What arrived, counted: updates, bytes by what they were for, ages, and everything that was wrong.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::cell::{Contents, FrameError, Kind, Rate, contents};

use crate::ages::Ages;

/// Counts of one rate.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RateTally {
    /// Times that someone was told of a visitor's move, by all visitors.
    pub updates: u64,
    /// What those took, with their share of frame, message and WebSocket headers.
    pub update_bytes: f64,
    /// Visitors that became part of a stream.
    pub binds: u64,
    /// What those took.
    pub bind_bytes: f64,
    /// Visitors in key frames.
    pub keyed: u64,
    /// What key frames took.
    pub key_bytes: f64,
    /// Ages of updates, as checkers saw them.
    pub ages: Ages,
    /// Those of them that were older than the rate's period and a tick: at the near rate of 15 Hz, two ticks.
    pub late: u64,
    /// Changes that nobody was told of because the next came first, beyond those that the period leaves out.
    pub superseded: u64,
}

/// Counts of the time in which figures are taken.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// By rate, the finest first.
    pub rates: [RateTally; 3],
    /// What heartbeats and ends of streams took.
    pub quiet_bytes: f64,
    /// What all other messages took: names, counts, tickets.
    pub other_bytes: u64,
    /// Everything that was received.
    pub bytes: u64,
    /// Messages of frames.
    pub messages: u64,
    /// Moves that were sent.
    pub moves: u64,
    /// How late they were sent: the crowd's own fault.
    pub lag: Ages,
    /// Processor time of the crowd.
    pub cpu_s: f64,
}

/// What was wrong, in the whole rehearsal.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Faults {
    /// Streams with a gap.
    pub gaps: u64,
    /// Times that a visitor had to begin all streams anew.
    pub anew: u64,
    /// Updates of what nobody did.
    pub strange: u64,
    /// Moves that a relay refused.
    pub corrected: u64,
    /// Connections that a relay ended, by reason.
    pub closed: BTreeMap<String, u64>,
    /// Connections that failed, by cause.
    pub errors: BTreeMap<String, u64>,
}

/// What checkers found at the end, when all stood still.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// How many checkers looked around.
    pub checkers: u64,
    /// How many people they were to see, all together.
    pub expected: u64,
    /// Who was expected, and not seen.
    pub missing: u64,
    /// Who was seen, and had gone or never come.
    pub ghosts: u64,
    /// Who was seen where nobody stood.
    pub misplaced: u64,
    /// Whose name was not told.
    pub nameless: u64,
    /// People who are not of this crowd.
    pub others: u64,
}

impl Tally {
    /// Counts a message of frames with the bytes around them, and shows each frame to `look`.
    pub fn count(
        &mut self,
        frames: &[u8],
        around: usize,
        mut look: impl FnMut(&Contents),
    ) -> Result<u64, FrameError> {
        self.messages += 1;
        let mut moved = 0;
        let share = 1.0 + around as f64 / frames.len().max(1) as f64;
        let mut rest = frames;
        while !rest.is_empty() {
            let contents = contents(rest)?;
            rest = rest.get(contents.length..).unwrap_or_default();
            moved += u64::from(contents.moved);
            self.note(&contents, contents.length as f64 * share);
            look(&contents);
        }
        Ok(moved)
    }

    fn note(&mut self, contents: &Contents, bytes: f64) {
        let rate = self.rate(contents.header.stream.rate);
        match contents.header.kind {
            Kind::Heartbeat | Kind::Close => self.quiet_bytes += bytes,
            Kind::Key => {
                rate.keyed += u64::from(contents.bound);
                rate.key_bytes += bytes;
            }
            Kind::Delta => {
                let binds = if contents.moved == 0 && contents.bound > 0 {
                    bytes
                } else {
                    contents.bound_bits as f64 / 8.0
                };
                rate.binds += u64::from(contents.bound);
                rate.bind_bytes += binds;
                rate.updates += u64::from(contents.moved);
                rate.update_bytes += bytes - binds;
            }
        }
    }

    /// The counts of a rate.
    pub fn rate(&mut self, rate: Rate) -> &mut RateTally {
        let [near, middle, far] = &mut self.rates;
        match rate {
            Rate::Near => near,
            Rate::Middle => middle,
            Rate::Far => far,
        }
    }

    /// Adds another process's counts.
    pub fn merge(&mut self, other: &Self) {
        for (rate, more) in self.rates.iter_mut().zip(&other.rates) {
            rate.updates += more.updates;
            rate.update_bytes += more.update_bytes;
            rate.binds += more.binds;
            rate.bind_bytes += more.bind_bytes;
            rate.keyed += more.keyed;
            rate.key_bytes += more.key_bytes;
            rate.ages.merge(&more.ages);
            rate.late += more.late;
            rate.superseded += more.superseded;
        }
        self.quiet_bytes += other.quiet_bytes;
        self.other_bytes += other.other_bytes;
        self.bytes += other.bytes;
        self.messages += other.messages;
        self.moves += other.moves;
        self.lag.merge(&other.lag);
        self.cpu_s += other.cpu_s;
    }
}

impl Faults {
    /// Adds another process's faults.
    pub fn merge(&mut self, other: &Self) {
        self.gaps += other.gaps;
        self.anew += other.anew;
        self.strange += other.strange;
        self.corrected += other.corrected;
        for (sum, more) in [
            (&mut self.closed, &other.closed),
            (&mut self.errors, &other.errors),
        ] {
            for (name, count) in more {
                *sum.entry(name.clone()).or_default() += count;
            }
        }
    }

    /// Whether there is none that the relay or the network must answer for.
    pub fn is_none(&self) -> bool {
        self.gaps + self.strange + self.corrected == 0 && self.closed.is_empty() && self.errors.is_empty()
    }
}

impl Findings {
    /// Adds another checker's findings.
    pub fn merge(&mut self, other: &Self) {
        self.checkers += other.checkers;
        self.expected += other.expected;
        self.missing += other.missing;
        self.ghosts += other.ghosts;
        self.misplaced += other.misplaced;
        self.nameless += other.nameless;
        self.others += other.others;
    }

    /// Whether every checker saw everyone, where they stood, and nobody else.
    pub fn is_exact(&self) -> bool {
        self.missing + self.ghosts + self.misplaced + self.nameless == 0
    }
}

#[cfg(test)]
mod tests {
    use shared::{
        cell::{Encoder, StreamId},
        protocol::{Stance, VisitorId},
        space::{Cell, Point},
    };

    use super::*;

    #[test]
    fn every_byte_is_counted_once() {
        let stream = StreamId {
            cell: Cell::at(Point::new(0, 0), 2),
            ..StreamId::default()
        };
        let mut encoder = Encoder::new(stream);
        let all = |tick: i32, count| {
            let mut stance = Stance::default();
            stance.position.point = Point::new(10 * tick, 50);
            (1..=count).map(|id| (VisitorId(id), stance)).collect::<Vec<_>>()
        };
        let mut tally = Tally::default();
        let mut sent = 0;
        for (tick, count) in [(1, 10), (2, 10), (3, 12), (4, 12), (5, 3)] {
            let mut frames = encoder.frame(tick, &all(tick as i32, count)).unwrap();
            frames.extend(shared::cell::close_frame(StreamId::default()));
            tally.count(&frames, 5, |_| {}).unwrap();
            sent += frames.len() + 5;
        }
        let near = &tally.rates[0];
        assert_eq!((near.keyed, near.binds, near.updates), (10, 2, 10 + 10 + 12 + 3));
        let counted = near.key_bytes + near.bind_bytes + near.update_bytes + tally.quiet_bytes;
        assert!((counted - sent as f64).abs() < 1e-6);
    }
}
