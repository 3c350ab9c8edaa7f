//! What every request handler shares.

use std::sync::Arc;

use shared::city::City;

use crate::{
    drain, http::Site, locales::Locales, metrics::Metrics, rooms::Rooms, session::TicketKey, socket::Gate,
    translator::Translator,
};

/// The running relay.
pub struct App {
    /// The city.
    pub city: Arc<City>,
    /// The rooms, and who has a seat in which.
    pub rooms: Arc<Rooms>,
    /// Page and files.
    pub site: Site,
    /// Decides who may connect.
    pub gate: Gate,
    /// Opens tickets.
    pub key: TicketKey,
    /// The texts of the first screen.
    pub locales: Arc<Locales>,
    /// Counts.
    pub metrics: Metrics,
    /// Translates lines of the chat, where the operator has named something that does.
    pub translator: Option<Translator>,
    /// How far the relay is with stopping.
    pub drain: drain::Watch,
}
