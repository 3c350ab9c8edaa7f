//! The backplane inside one process: the default, for a relay that is the only one; tests put several on one hub.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use tokio::sync::{mpsc, watch};

use super::{Backplane, Company, WAITING_PARCELS};

/// A meeting point of the relays in one process. Clones meet one another.
#[derive(Clone, Debug)]
pub struct LocalHub {
    listeners: Arc<Mutex<HashMap<String, Vec<mpsc::Sender<Bytes>>>>>,
    relays: Arc<()>,
    company: watch::Sender<Company>,
}

impl Default for LocalHub {
    fn default() -> Self {
        Self {
            listeners: Arc::default(),
            relays: Arc::default(),
            company: watch::Sender::new(Company::Together),
        }
    }
}

impl Backplane for LocalHub {
    fn publish(&self, place: &str, parcel: Bytes) {
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(listeners) = listeners.get_mut(place) {
            listeners.retain(|listener| !listener.is_closed());
            for listener in listeners {
                // A listener that cannot keep up loses parcels, as over Redis.
                let _ = listener.try_send(parcel.clone());
            }
        }
    }

    fn listen(&self, place: &str) -> mpsc::Receiver<Bytes> {
        let (sender, receiver) = mpsc::channel(WAITING_PARCELS);
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.entry(place.to_owned()).or_default().push(sender);
        receiver
    }

    fn company(&self) -> watch::Receiver<Company> {
        self.company.subscribe()
    }

    fn has_listeners(&self) -> bool {
        Arc::strong_count(&self.relays) > 1
    }
}
