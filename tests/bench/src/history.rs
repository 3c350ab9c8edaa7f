//! What each walker did and when it was due, so that an update can be told by its content: no server has to carry a
//! stamp, and what arrives must be exactly what was sent.

use std::time::{Duration, Instant};

use ::crowd::seeded::Seeded;
use shared::protocol::TICK_HZ;

use crate::trace::{Move, Walker};

/// Moves that are remembered: four seconds, longer than any update counts.
const REMEMBERED: usize = 64;

/// Time between two moves of a walker.
pub const TICK: Duration = Duration::from_nanos(1_000_000_000 / TICK_HZ as u64);

/// One walker's moves. They are numbered from 1; 0 is no move.
pub struct Way {
    walker: Walker,
    /// When move 0 would have been due: each walker has its own beat.
    begin: Instant,
    moves: [Move; REMEMBERED],
    made: u32,
}

/// What an update turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The first news of this move, that was due then.
    New {
        /// Number of the move.
        number: u32,
        /// When it was due.
        due: Instant,
    },
    /// What was known before.
    Known,
    /// Nothing that the walker has done.
    Strange,
}

impl Way {
    /// A walker whose beat lies at a seeded instant of the tick that begins at `begin`.
    pub fn new(seed: u64, side_cm: u16, begin: Instant) -> Self {
        let beat = TICK.mul_f32(Seeded::new(!seed).fraction());
        Self {
            walker: Walker::new(seed, side_cm),
            begin: begin + beat,
            moves: [Move::default(); REMEMBERED],
            made: 0,
        }
    }

    /// When a move is due.
    pub fn due(&self, number: u32) -> Instant {
        self.begin + TICK * number
    }

    /// When the next move is due.
    pub fn next_due(&self) -> Instant {
        self.due(self.made + 1)
    }

    /// Makes the next move.
    pub fn make(&mut self) -> Move {
        let made = self.walker.step();
        self.made += 1;
        if let Some(place) = self.moves.get_mut(self.made as usize % REMEMBERED) {
            *place = made;
        }
        made
    }

    /// Which move an update tells of, to someone who was last told of move `last`.
    pub fn told(&self, at: Move, last: u32) -> Told {
        let is = |number: u32| self.moves.get(number as usize % REMEMBERED) == Some(&at);
        let oldest = (self.made + 1).saturating_sub(REMEMBERED as u32).max(1);
        let news = (oldest.max(last + 1)..=self.made)
            .rev()
            .find(|number| is(*number));
        match news {
            Some(number) => Told::New {
                number,
                due: self.due(number),
            },
            None if (oldest..=last).any(is) => Told::Known,
            None => Told::Strange,
        }
    }

    /// How many moves were due in a span of time.
    pub fn count_due(&self, from: Instant, to: Instant) -> u64 {
        let before = |time: Instant| {
            let ticks = time.saturating_duration_since(self.begin).as_nanos() / TICK.as_nanos();
            ticks as u64
        };
        before(to) - before(from)
    }
}

/// Ages of updates, in steps of a tenth of a millisecond.
pub struct Ages {
    /// How many of each age; the last stands for all that are older.
    counts: Vec<u64>,
}

impl Ages {
    const STEP: Duration = Duration::from_micros(100);
    const STEPS: usize = 20_000;

    /// None yet.
    pub fn new() -> Self {
        Self {
            counts: vec![0; Self::STEPS],
        }
    }

    /// Notes one.
    pub fn add(&mut self, age: Duration) {
        let step = (age.as_nanos() / Self::STEP.as_nanos()) as usize;
        if let Some(count) = self.counts.get_mut(step.min(Self::STEPS - 1)) {
            *count += 1;
        }
    }

    /// How many were at most so old.
    pub fn within(&self, age: Duration) -> u64 {
        let steps = (age.as_nanos() / Self::STEP.as_nanos()) as usize;
        self.counts.iter().take(steps).sum()
    }

    /// The age in milliseconds that a part of all does not exceed.
    pub fn quantile_ms(&self, part: f64) -> f64 {
        let all: u64 = self.counts.iter().sum();
        let wanted = (all as f64 * part).ceil() as u64;
        let mut sum = 0;
        let step = self.counts.iter().position(|count| {
            sum += count;
            sum >= wanted
        });
        step.map_or(0.0, |step| (step + 1) as f64 * Self::STEP.as_secs_f64() * 1_000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_is_told_by_its_content() {
        let mut way = Way::new(3, 2_400, Instant::now());
        let moves: Vec<Move> = (0..100).map(|_| way.make()).collect();
        let (newest, one_before) = (moves[99], moves[98]);
        let new = |number| Told::New {
            number,
            due: way.due(number),
        };
        assert_eq!(way.told(newest, 0), new(100));
        assert_eq!(way.told(one_before, 98), new(99));
        assert_eq!(way.told(one_before, 99), Told::Known);
        let off_by_a_centimetre = Move {
            x: newest.x + 1,
            ..newest
        };
        assert_eq!(way.told(off_by_a_centimetre, 0), Told::Strange);
        assert_eq!(way.told(moves[0], 0), Told::Strange, "long forgotten");
    }

    #[test]
    fn every_move_due_is_counted_once() {
        let begin = Instant::now();
        let way = Way::new(9, 2_400, begin);
        let at = |ms| begin + Duration::from_millis(ms);
        let parts = way.count_due(at(500), at(777)) + way.count_due(at(777), at(1_500));
        assert_eq!(parts, way.count_due(at(500), at(1_500)));
        assert_eq!(parts, 15);
    }

    #[test]
    fn quantiles_are_exact_to_a_step() {
        let mut ages = Ages::new();
        for ms in 1..=100 {
            ages.add(Duration::from_millis(ms));
        }
        assert!((ages.quantile_ms(0.5) - 50.1).abs() < 1e-6);
        assert!((ages.quantile_ms(0.99) - 99.1).abs() < 1e-6);
        assert_eq!(ages.within(Duration::from_millis(20)), 19);
    }
}
