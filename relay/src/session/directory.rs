//! Which connection of a session is the newest on this relay: the older one is told and ended.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use shared::protocol::{CloseReason, VisitorId};

use super::generation::next;
use crate::outbox::Outbox;

/// The connected sessions.
#[derive(Debug, Default)]
pub struct Directory(Mutex<HashMap<VisitorId, Entry>>);

#[derive(Debug)]
struct Entry {
    generation: u64,
    outbox: Outbox,
}

impl Directory {
    /// Notes a connection and ends the one of the same session that was there before. Whoever comes later is newer,
    /// within one millisecond and after a clock was set back, too: the answer is the generation that counts.
    pub fn enter(&self, visitor: VisitorId, generation: u64, outbox: Outbox) -> u64 {
        let mut entries = self.entries();
        let generation = entries.get(&visitor).map_or(generation, |older| {
            older.outbox.end(CloseReason::Superseded);
            generation.max(next(older.generation))
        });
        entries.insert(visitor, Entry { generation, outbox });
        generation
    }

    /// Another relay has a connection of this session: ends ours if it is older.
    pub fn entered_elsewhere(&self, visitor: VisitorId, generation: u64) {
        let mut entries = self.entries();
        if entries
            .get(&visitor)
            .is_some_and(|ours| ours.generation < generation)
            && let Some(ours) = entries.remove(&visitor)
        {
            ours.outbox.end(CloseReason::Superseded);
        }
    }

    /// Forgets a connection that has ended.
    pub fn leave(&self, visitor: VisitorId, generation: u64) {
        let mut entries = self.entries();
        if entries
            .get(&visitor)
            .is_some_and(|entry| entry.generation == generation)
        {
            entries.remove(&visitor);
        }
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<VisitorId, Entry>> {
        // Nothing under this lock can leave it half-changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox;

    const WHO: VisitorId = VisitorId(7);

    #[test]
    fn the_newer_connection_wins_and_the_older_is_told() {
        let directory = Directory::default();
        let (older, older_inlet) = outbox::channel();
        let (newer, newer_inlet) = outbox::channel();
        assert_eq!(directory.enter(WHO, 1_000, older), 1_000);
        assert_eq!(directory.enter(WHO, 2_000, newer), 2_000);
        assert_eq!(*older_inlet.end.borrow(), Some(CloseReason::Superseded));
        assert_eq!(*newer_inlet.end.borrow(), None);
    }

    #[test]
    fn whoever_comes_later_is_newer_whatever_the_clock_says() {
        let directory = Directory::default();
        for generation in [1_000, 1_000, 10] {
            let (older, older_inlet) = outbox::channel();
            let was = directory.enter(WHO, 1_000, older);
            let (newer, newer_inlet) = outbox::channel();
            assert!(directory.enter(WHO, generation, newer) > was);
            assert_eq!(*older_inlet.end.borrow(), Some(CloseReason::Superseded));
            assert_eq!(*newer_inlet.end.borrow(), None);
        }
    }

    #[test]
    fn a_newer_connection_elsewhere_ends_ours_and_an_older_one_does_not() {
        let directory = Directory::default();
        let (ours, inlet) = outbox::channel();
        directory.enter(WHO, 5, ours);
        directory.entered_elsewhere(WHO, 4);
        assert_eq!(*inlet.end.borrow(), None);
        directory.entered_elsewhere(WHO, 6);
        assert_eq!(*inlet.end.borrow(), Some(CloseReason::Superseded));
    }

    #[test]
    fn the_end_of_an_old_connection_does_not_forget_the_new_one() {
        let directory = Directory::default();
        let (newer, inlet) = outbox::channel();
        let first = directory.enter(WHO, 1, outbox::channel().0);
        let second = directory.enter(WHO, 2, newer);
        directory.leave(WHO, first);
        directory.entered_elsewhere(WHO, second + 1);
        assert_eq!(*inlet.end.borrow(), Some(CloseReason::Superseded));
    }
}
