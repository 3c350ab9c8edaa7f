//! What every request handler shares.

use std::{collections::BTreeMap, sync::Arc};

use shared::city::City;
use tokio::sync::watch;

use crate::{
    http::Site,
    locales::Locales,
    metrics::Metrics,
    room,
    session::{Directory, TicketKey},
    socket::Gate,
};

/// The running relay.
pub struct App {
    /// The city.
    pub city: Arc<City>,
    /// The room of each place.
    pub rooms: BTreeMap<String, room::Handle>,
    /// Page and files.
    pub site: Site,
    /// Decides who may connect.
    pub gate: Gate,
    /// Opens tickets.
    pub key: TicketKey,
    /// The connected sessions.
    pub directory: Arc<Directory>,
    /// The texts of the first screen.
    pub locales: Arc<Locales>,
    /// Counts.
    pub metrics: Metrics,
    /// Turns true when the relay is about to stop.
    pub draining: watch::Receiver<bool>,
}

impl App {
    /// The room of a place.
    pub fn room(&self, place: &str) -> Option<&room::Handle> {
        self.rooms.get(place)
    }

    /// Whether the relay is about to stop.
    pub fn is_draining(&self) -> bool {
        *self.draining.borrow()
    }

    /// Waits until the relay is about to stop.
    pub async fn drained(&self) {
        // An error means that whoever could say so has gone: that is the end as well.
        let _ = self.draining.clone().wait_for(|draining| *draining).await;
    }
}
