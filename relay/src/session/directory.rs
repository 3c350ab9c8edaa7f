//! Which connection of a session is the newest on this relay: the older one is told and ended.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use shared::protocol::{CloseReason, VisitorId};

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
    /// Notes a connection and ends an older one of the same session; false when there is a newer one.
    pub fn enter(&self, visitor: VisitorId, generation: u64, outbox: Outbox) -> bool {
        let mut entries = self.entries();
        if let Some(other) = entries.get(&visitor) {
            if other.generation >= generation {
                return false;
            }
            other.outbox.end(CloseReason::Superseded);
        }
        entries.insert(visitor, Entry { generation, outbox });
        true
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

    /// The outboxes of all of them.
    pub fn outboxes(&self) -> Vec<Outbox> {
        self.entries()
            .values()
            .map(|entry| entry.outbox.clone())
            .collect()
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<VisitorId, Entry>> {
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
        assert!(directory.enter(WHO, 1, older.clone()));
        assert!(directory.enter(WHO, 2, newer.clone()));
        assert_eq!(older.ended(), Some(CloseReason::Superseded));
        assert_eq!(newer.ended(), None);
        assert!(!directory.enter(WHO, 1, Outbox::detached()));
    }

    #[test]
    fn a_newer_connection_elsewhere_ends_ours_and_an_older_one_does_not() {
        let directory = Directory::default();
        let ours = Outbox::detached();
        assert!(directory.enter(WHO, 5, ours.clone()));
        directory.entered_elsewhere(WHO, 4);
        assert_eq!(ours.ended(), None);
        directory.entered_elsewhere(WHO, 6);
        assert_eq!(ours.ended(), Some(CloseReason::Superseded));
    }

    #[test]
    fn the_end_of_an_old_connection_does_not_forget_the_new_one() {
        let directory = Directory::default();
        let ours = Outbox::detached();
        assert!(directory.enter(WHO, 1, Outbox::detached()));
        assert!(directory.enter(WHO, 2, ours.clone()));
        directory.leave(WHO, 1);
        directory.entered_elsewhere(WHO, 3);
        assert_eq!(ours.ended(), Some(CloseReason::Superseded));
    }
}
