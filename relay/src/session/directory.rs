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
pub struct Directory(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    by_visitor: HashMap<VisitorId, Entry>,
    /// Whether nobody is taken any more.
    closed: bool,
}

#[derive(Debug)]
struct Entry {
    generation: u64,
    outbox: Outbox,
}

impl Directory {
    /// Notes a connection and ends the one of the same session that was there before. Whoever comes later is newer,
    /// within one millisecond and after a clock was set back, too: the answer is the generation that counts. None when
    /// nobody is taken any more.
    pub fn enter(&self, visitor: VisitorId, generation: u64, outbox: Outbox) -> Option<u64> {
        let mut entries = self.entries();
        if entries.closed {
            return None;
        }
        let entries = &mut entries.by_visitor;
        let generation = entries.get(&visitor).map_or(generation, |older| {
            older.outbox.end(CloseReason::Superseded);
            generation.max(next(older.generation))
        });
        entries.insert(visitor, Entry { generation, outbox });
        Some(generation)
    }

    /// A connection goes on under another generation, as one that came later would. Whether it is still the newest.
    pub fn renew(&self, visitor: VisitorId, from: u64, to: u64) -> bool {
        let mut entries = self.entries();
        let ours = entries.by_visitor.get_mut(&visitor);
        ours.filter(|ours| ours.generation == from).is_some_and(|ours| {
            ours.generation = to;
            true
        })
    }

    /// Another relay has a connection of this session: ends ours if it is older.
    pub fn entered_elsewhere(&self, visitor: VisitorId, generation: u64) {
        let entries = &mut self.entries().by_visitor;
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
        let entries = &mut self.entries().by_visitor;
        if entries
            .get(&visitor)
            .is_some_and(|entry| entry.generation == generation)
        {
            entries.remove(&visitor);
        }
    }

    /// Takes nobody any more; the answer is the outboxes of all who have been taken, so that nobody is left out.
    pub fn close(&self) -> Vec<Outbox> {
        let mut entries = self.entries();
        entries.closed = true;
        let all = entries.by_visitor.values();
        all.map(|entry| entry.outbox.clone()).collect()
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        // Nothing under this lock can leave it half-changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHO: VisitorId = VisitorId(7);

    #[test]
    fn the_newer_connection_wins_and_the_older_is_told() {
        let directory = Directory::default();
        let (older, newer) = (Outbox::detached(), Outbox::detached());
        assert_eq!(directory.enter(WHO, 1_000, older.clone()), Some(1_000));
        assert_eq!(directory.enter(WHO, 2_000, newer.clone()), Some(2_000));
        assert_eq!(older.ended(), Some(CloseReason::Superseded));
        assert_eq!(newer.ended(), None);
    }

    #[test]
    fn whoever_comes_later_is_newer_whatever_the_clock_says() {
        let directory = Directory::default();
        for generation in [1_000, 1_000, 10] {
            let (older, newer) = (Outbox::detached(), Outbox::detached());
            let was = directory.enter(WHO, 1_000, older.clone());
            assert!(directory.enter(WHO, generation, newer.clone()) > was);
            assert_eq!(older.ended(), Some(CloseReason::Superseded));
            assert_eq!(newer.ended(), None);
        }
    }

    #[test]
    fn a_newer_connection_elsewhere_ends_ours_and_an_older_one_does_not() {
        let directory = Directory::default();
        let ours = Outbox::detached();
        directory.enter(WHO, 5, ours.clone());
        directory.entered_elsewhere(WHO, 4);
        assert_eq!(ours.ended(), None);
        directory.entered_elsewhere(WHO, 6);
        assert_eq!(ours.ended(), Some(CloseReason::Superseded));
    }

    #[test]
    fn the_end_of_an_old_connection_does_not_forget_the_new_one() {
        let directory = Directory::default();
        let newer = Outbox::detached();
        let first = directory.enter(WHO, 1, Outbox::detached()).unwrap();
        let second = directory.enter(WHO, 2, newer.clone()).unwrap();
        directory.leave(WHO, first);
        directory.entered_elsewhere(WHO, second + 1);
        assert_eq!(newer.ended(), Some(CloseReason::Superseded));
    }

    #[test]
    fn a_connection_is_renewed_while_it_is_the_newest() {
        let directory = Directory::default();
        let ours = Outbox::detached();
        directory.enter(WHO, 5, ours.clone());
        assert!(directory.renew(WHO, 5, 9));
        directory.entered_elsewhere(WHO, 8);
        assert_eq!(ours.ended(), None);
        assert!(!directory.renew(WHO, 5, 10), "it is another one by now");
        directory.leave(WHO, 9);
        assert!(!directory.renew(WHO, 9, 10), "it has ended");
    }

    #[test]
    fn whoever_comes_too_late_to_be_asked_to_leave_is_not_taken() {
        let directory = Directory::default();
        directory.enter(WHO, 1, Outbox::detached());
        for outbox in directory.close() {
            outbox.end(CloseReason::Draining);
        }
        let late = Outbox::detached();
        assert_eq!(directory.enter(VisitorId(8), 1, late.clone()), None);
        assert_eq!(directory.enter(WHO, 2, late), None);
        let asked = directory.close();
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].ended(), Some(CloseReason::Draining));
    }
}
