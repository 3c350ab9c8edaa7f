//! Sessions: a visitor stays the same person over lost connections, reloads and relays.
//!
//! In: the hello of a connection. Out: who arrives and where. A ticket, signed by the relays' common key, carries the
//! session; no relay stores any.

mod arrival;
mod credentials;
mod directory;
mod generation;
mod invitation;
mod key;
mod ticket;

pub use arrival::{Arrival, Continuity, admit};
pub use credentials::{AddressMark, Credentials};
pub use directory::Directory;
pub use generation::generation;
pub use invitation::Badge;
pub use key::{KeyError, TicketKey, load_or_create};
pub use ticket::Ticket;
