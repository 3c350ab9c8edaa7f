//! What relays tell one another: one channel for each place, in one process or over Redis.
//!
//! Delivery is at most once and nothing waits for it: what is lost is noticed by sequence numbers and heartbeats, and
//! asked for anew. The room decides what is said; this only carries it.

mod ledger;
mod local;
mod parcel;
mod redis;
mod rules;
mod seats;
mod store;

use bytes::Bytes;
pub use ledger::{Offer, Stored, StoredLedger};
pub use local::LocalHub;
pub use parcel::{Card, Envelope, Parcel};
#[cfg(test)]
pub(crate) use redis::relay_number;
pub use redis::{ConnectError, RedisBackplane, ticket_key};
pub use rules::{Measure, Moderation, Rules, Term};
pub use seats::{LEASE_MS, StoredSeats, Taken};
pub use store::Store;
use tokio::sync::{mpsc, watch};

/// Parcels that may wait for a room.
pub(crate) const WAITING_PARCELS: usize = 4_096;

/// Whether the other relays can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    /// They can, or there are none by design.
    Together,
    /// They cannot: this relay goes on alone.
    Alone,
}

/// The way to the other relays.
pub trait Backplane: Send + Sync + 'static {
    /// Sends a parcel to everyone who listens to a place. Never waits.
    fn publish(&self, place: &str, parcel: Bytes);

    /// Listens to a place until the receiver is dropped; what this relay sends may come back. Once for each place.
    fn listen(&self, place: &str) -> mpsc::Receiver<Bytes>;

    /// Whether the other relays can be reached, now and later.
    fn company(&self) -> watch::Receiver<Company>;

    /// Whether anyone could be listening: if not, nothing needs to be said.
    fn has_listeners(&self) -> bool;
}
