//! The backplane inside one process: the default, for a relay that is the only one; tests put several on one hub.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use bytes::Bytes;
use tokio::sync::{mpsc, watch};

use super::{Backplane, Company, Delivery, Topic, WAITING_DELIVERIES};

/// A relay's end of the meeting point of the relays in one process. Clones are further relays, which meet one another.
#[derive(Debug)]
pub struct LocalHub {
    listeners: Arc<Mutex<HashMap<String, Vec<Listener>>>>,
    /// Which of the relays this is.
    relay: usize,
    /// How many there ever were. Each holds it, so that it tells how many there are.
    relays: Arc<AtomicUsize>,
    company: watch::Sender<Company>,
}

#[derive(Debug)]
struct Listener {
    relay: usize,
    sender: mpsc::Sender<Delivery>,
    topics: BTreeSet<Topic>,
}

impl Default for LocalHub {
    fn default() -> Self {
        Self {
            listeners: Arc::default(),
            relay: 0,
            relays: Arc::default(),
            company: watch::Sender::new(Company::Together),
        }
    }
}

impl Clone for LocalHub {
    fn clone(&self) -> Self {
        Self {
            listeners: self.listeners.clone(),
            relay: self.relays.fetch_add(1, Ordering::Relaxed) + 1,
            relays: self.relays.clone(),
            company: self.company.clone(),
        }
    }
}

impl LocalHub {
    fn with_listeners<T>(&self, room: &str, work: impl FnOnce(&mut Vec<Listener>) -> T) -> T {
        let mut rooms = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        let listeners = rooms.entry(room.to_owned()).or_default();
        listeners.retain(|listener| !listener.sender.is_closed());
        work(listeners)
    }
}

impl Backplane for LocalHub {
    fn publish(&self, room: &str, topic: Topic, parcel: Bytes) {
        self.with_listeners(room, |listeners| {
            for listener in listeners
                .iter()
                .filter(|listener| listener.topics.contains(&topic))
            {
                // A listener that cannot keep up loses parcels, as over Redis.
                let _ = listener.sender.try_send(Delivery::Parcel(parcel.clone()));
            }
        });
    }

    fn listen(&self, room: &str) -> mpsc::Receiver<Delivery> {
        let (sender, receiver) = mpsc::channel(WAITING_DELIVERIES);
        // Cannot be full: it has just been made.
        let _ = sender.try_send(Delivery::Opened(Topic::Room));
        let listener = Listener {
            relay: self.relay,
            sender,
            topics: BTreeSet::from([Topic::Room]),
        };
        self.with_listeners(room, |listeners| listeners.push(listener));
        receiver
    }

    fn follow(&self, room: &str, mut topics: BTreeSet<Topic>) {
        topics.insert(Topic::Room);
        self.with_listeners(room, |listeners| {
            for listener in listeners
                .iter_mut()
                .filter(|listener| listener.relay == self.relay)
            {
                for topic in topics.difference(&listener.topics) {
                    let _ = listener.sender.try_send(Delivery::Opened(*topic));
                }
                listener.topics.clone_from(&topics);
            }
        });
    }

    fn company(&self) -> watch::Receiver<Company> {
        self.company.subscribe()
    }

    fn has_listeners(&self) -> bool {
        Arc::strong_count(&self.relays) > 1
    }
}
