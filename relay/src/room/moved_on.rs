//! Avatars that go on at another relay.
//!
//! Its streams show them when they have their turn, which is up to a second later from afar, and come over another way than
//! ours: so they stand in ours until then, and nobody loses sight of them. Whoever has both sees what is newer.

use std::collections::BTreeMap;

use shared::{
    cell::Rate,
    protocol::{Periods, Stance, TICK_HZ, VisitorId},
};

/// How much longer than a far stream's period: for the way through Redis, and a tick at each end.
const SLACK_MS: u64 = 500;

/// How long an avatar stands after it has moved on.
pub(super) fn stands_for_ms(periods: Periods) -> u64 {
    u64::from(periods.of(Rate::Far)) * 1_000 / u64::from(TICK_HZ) + SLACK_MS
}

/// Who has moved on a moment ago.
#[derive(Debug, Default)]
pub(super) struct MovedOn {
    /// How they stand, and until when.
    standing: BTreeMap<VisitorId, (Stance, u64)>,
}

impl MovedOn {
    /// Someone goes on elsewhere.
    pub(super) fn add(&mut self, visitor: VisitorId, stance: Stance, until_ms: u64) {
        self.standing.insert(visitor, (stance, until_ms));
    }

    /// Someone is here again, or is nowhere any more.
    pub(super) fn remove(&mut self, visitor: VisitorId) {
        self.standing.remove(&visitor);
    }

    /// Forgets those whose time is over.
    pub(super) fn end(&mut self, now_ms: u64) {
        self.standing.retain(|_, (_, until_ms)| *until_ms > now_ms);
    }

    /// The clock was set back: nobody stands beyond this.
    pub(super) fn rewind(&mut self, latest_ms: u64) {
        for (_, until_ms) in self.standing.values_mut() {
            *until_ms = latest_ms.min(*until_ms);
        }
    }

    /// How many stand.
    pub(super) fn len(&self) -> usize {
        self.standing.len()
    }

    /// Those who are here and those who have moved on, sorted by visitor.
    pub(super) fn with(&self, here: impl Iterator<Item = (VisitorId, Stance)>) -> Vec<(VisitorId, Stance)> {
        let standing = self
            .standing
            .iter()
            .map(|(visitor, (stance, _))| (*visitor, *stance));
        let mut all: Vec<(VisitorId, Stance)> = here.chain(standing).collect();
        if !self.standing.is_empty() {
            all.sort_unstable_by_key(|(visitor, _)| *visitor);
        }
        all
    }
}
