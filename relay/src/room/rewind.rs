//! When the wall clock is set back: nothing that the room has noted may lie ahead of it.
//!
//! Otherwise whatever is due after some seconds would wait for as long as the clock was set back: who lost the line would
//! stand as a ghost, who fell silent would not be missed, and what was lost would not be asked for again.

use super::{
    moved_on::stands_for_ms,
    state::{Room, STANDS_FOR_MS},
    visitor::Presence,
};

impl Room {
    /// Goes on from an earlier time than the last.
    pub(super) fn rewind(&mut self, now_ms: u64) {
        for visitor in self.visitors.values_mut() {
            if let Presence::Standing { until_ms } = &mut visitor.presence {
                *until_ms = (*until_ms).min(now_ms + STANDS_FOR_MS);
            }
            visitor.rewind(now_ms);
        }
        self.moved_on.rewind(now_ms + stands_for_ms(self.around.periods));
        self.alive_ms = self.alive_ms.min(now_ms);
        self.told_people.1 = self.told_people.1.min(now_ms);
        self.decisions.rewind(now_ms);
        self.peers.rewind(now_ms);
    }
}
