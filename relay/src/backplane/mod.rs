//! What relays tell one another, in one process or over Redis.
//!
//! Every room has one topic for what all of its relays must know, and one for the frames of each group of cells at each
//! rate, so that a relay hears only what its own visitors see. Delivery is at most once and nothing waits for it: what is
//! lost is noticed by numbers and signs of life, and asked for anew. The room decides what is said; this only carries it.

mod ledger;
mod link;
mod local;
mod parcel;
mod redis;
mod rules;
mod seats;
mod sheet;
mod store;

use std::collections::BTreeSet;

use bytes::Bytes;
pub use ledger::{Offer, Stored, StoredLedger};
pub use local::LocalHub;
pub use parcel::{Card, Envelope, Parcel};
#[cfg(test)]
pub(crate) use redis::relay_number;
pub use redis::{ConnectError, RedisBackplane, ticket_key};
pub use rules::{Measure, Moderation, Rules, Term};
pub use seats::{LEASE_MS, StoredSeats, Taken};
use shared::{cell::Rate, space::Cell};
pub use sheet::{Answer, Call, Sheet};
pub use store::Store;
use tokio::sync::{mpsc, watch};

/// Deliveries that may wait for a room.
pub(crate) const WAITING_DELIVERIES: usize = 16_384;

/// Whether the other relays can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    /// They can, or there are none by design.
    Together,
    /// They cannot: this relay goes on alone.
    Alone,
}

/// What parcels of a room are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// Everything that all relays of the room must know.
    Room,
    /// The frames of the cells of a group at a rate.
    Frames(Cell, Rate),
}

/// What reaches a room.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    /// From now on parcels of a topic arrive.
    Opened(Topic),
    /// A parcel.
    Parcel(Bytes),
}

/// The way to the other relays.
pub trait Backplane: Send + Sync + 'static {
    /// Sends a parcel to everyone who listens to a topic of a room. Never waits.
    fn publish(&self, room: &str, topic: Topic, parcel: Bytes);

    /// Listens to [`Topic::Room`], until the receiver is dropped; what this relay sends may come back. Once for each room.
    fn listen(&self, room: &str) -> mpsc::Receiver<Delivery>;

    /// Listens to exactly these further topics of a room from now on.
    fn follow(&self, room: &str, topics: BTreeSet<Topic>);

    /// Whether the other relays can be reached, now and later.
    fn company(&self) -> watch::Receiver<Company>;

    /// Whether anyone could be listening: if not, nothing needs to be said.
    fn has_listeners(&self) -> bool;
}
