//! What hosts decided in a place, for all of its rooms on this relay: what is decided in one channel holds in all.
//!
//! In: news from the room in which something was decided, or that heard of it from another relay. Out: the same for every
//! other room of the place, and all that holds for a room that opens later.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::broadcast;

use crate::{
    backplane::{Moderation, Rules},
    channel::ChannelId,
};

/// News that may wait for a room. One that misses some is told all rules again within seconds.
const WAITING: usize = 64;

/// News, and the room they come from.
pub type News = (ChannelId, Moderation);

/// The decisions of all places.
#[derive(Debug)]
pub struct Levers {
    rules: Mutex<HashMap<String, Rules>>,
    news: broadcast::Sender<News>,
}

impl Default for Levers {
    fn default() -> Self {
        Self {
            rules: Mutex::default(),
            news: broadcast::channel(WAITING).0,
        }
    }
}

impl Levers {
    /// All news from now on, of every place.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// What holds in a place.
    pub fn rules(&self, place: &str) -> Rules {
        self.places().get(place).cloned().unwrap_or_default()
    }

    /// Tells the other rooms of a place, and those that open later.
    pub fn tell(&self, from: &ChannelId, news: Moderation) {
        if let Moderation::Rules(rules) = &news {
            let mut places = self.places();
            // What of them is new is each room's own business.
            let _ = places.entry(from.place.clone()).or_default().merge(rules.clone());
        }
        // Without a room nobody needs to be told.
        let _ = self.news.send((from.clone(), news));
    }

    fn places(&self) -> MutexGuard<'_, HashMap<String, Rules>> {
        // Nothing under this lock can leave it half-changed.
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
