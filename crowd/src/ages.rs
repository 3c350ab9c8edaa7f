//! How long things took: a histogram to two per cent, from microseconds to an hour, and the longest.

use serde::{Deserialize, Serialize};

/// Steps to a doubling.
const STEPS: u32 = 64;

/// Times in microseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Sparse", into = "Sparse")]
pub struct Ages {
    counts: Vec<u64>,
    longest_us: u32,
}

/// The form between processes: only what is not zero.
#[derive(Serialize, Deserialize)]
struct Sparse {
    counts: Vec<(u16, u64)>,
    longest_us: u32,
}

impl Ages {
    /// Notes one.
    pub fn add(&mut self, us: i64) {
        let us = us.clamp(0, i64::from(u32::MAX)) as u32;
        let step = step(us);
        if self.counts.len() <= step {
            self.counts.resize(step + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(step) {
            *count += 1;
        }
        self.longest_us = self.longest_us.max(us);
    }

    /// Adds all of another's.
    pub fn merge(&mut self, other: &Self) {
        if self.counts.len() < other.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.longest_us = self.longest_us.max(other.longest_us);
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Milliseconds that a part of all does not exceed.
    pub fn quantile_ms(&self, part: f64) -> f64 {
        let wanted = (self.count() as f64 * part).ceil() as u64;
        let mut sum = 0;
        let step = self.counts.iter().position(|count| {
            sum += count;
            sum >= wanted
        });
        step.map_or(0.0, |step| {
            f64::from(most(step as u32).min(self.longest_us)) / 1_000.0
        })
    }

    /// The longest, in milliseconds.
    pub fn longest_ms(&self) -> f64 {
        f64::from(self.longest_us) / 1_000.0
    }
}

fn step(us: u32) -> usize {
    if us < STEPS {
        return us as usize;
    }
    let doublings = us.ilog2() - STEPS.ilog2();
    ((doublings + 1) * STEPS + (us >> doublings) % STEPS) as usize
}

/// The largest of a step.
fn most(step: u32) -> u32 {
    if step < STEPS {
        return step;
    }
    let doublings = step / STEPS - 1;
    let next = u64::from(STEPS + step % STEPS + 1) << doublings;
    u32::try_from(next - 1).unwrap_or(u32::MAX)
}

impl From<Sparse> for Ages {
    fn from(sparse: Sparse) -> Self {
        let length = sparse.counts.iter().map(|(step, _)| usize::from(*step) + 1).max();
        let mut counts = vec![0; length.unwrap_or(0)];
        for (step, count) in sparse.counts {
            if let Some(place) = counts.get_mut(usize::from(step)) {
                *place = count;
            }
        }
        Self {
            counts,
            longest_us: sparse.longest_us,
        }
    }
}

impl From<Ages> for Sparse {
    fn from(ages: Ages) -> Self {
        let counts = (0_u16..).zip(ages.counts).filter(|(_, count)| *count > 0);
        Self {
            counts: counts.collect(),
            longest_us: ages.longest_us,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_right_to_two_per_cent() {
        let mut ages = Ages::default();
        let mut others = Ages::default();
        for ms in 1..=1_000 {
            if ms % 2 == 0 { &mut ages } else { &mut others }.add(ms * 1_000);
        }
        let sent = serde_json::to_string(&others).unwrap();
        ages.merge(&serde_json::from_str(&sent).unwrap());
        assert_eq!(ages.count(), 1_000);
        for (part, ms) in [(0.5, 500.0), (0.99, 990.0), (0.001, 1.0)] {
            let found = ages.quantile_ms(part);
            assert!((found / ms - 1.0).abs() < 0.02, "{found} for {ms}");
        }
        assert!((ages.quantile_ms(1.0) - 1_000.0).abs() < f64::EPSILON);
        assert!((ages.longest_ms() - 1_000.0).abs() < f64::EPSILON);
    }

    #[test]
    fn steps_follow_one_another_without_a_gap() {
        for us in (0..100_000).chain(u32::MAX - 10..=u32::MAX) {
            let here = step(us) as u32;
            assert!(us <= most(here) && (here == 0 || us > most(here - 1)), "{us}");
        }
    }
}
