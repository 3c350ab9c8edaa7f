//! What one relay tells the others about calls for a helper: all that it knows of its own, each time anew.

use serde::{Deserialize, Serialize};
use shared::{protocol::VisitorId, space::Position};

use crate::channel::ChannelId;

/// What a relay knows at first hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// How many helpers are connected to it.
    pub helpers: u32,
    /// The calls that stand, of visitors of its own.
    pub calls: Vec<(VisitorId, Call)>,
    /// Calls of other relays' visitors that helpers of its own have answered: until those relays tell of them no more.
    pub answers: Vec<(VisitorId, Answer)>,
}

/// Someone calls for a helper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The caller's name.
    pub name: String,
    /// Where the caller is.
    pub channel: ChannelId,
    /// Where the caller stood a moment ago.
    pub at: Position,
    /// Since when, in milliseconds since 1970: it tells this call from others of the same visitor.
    pub since_ms: u64,
}

/// A helper has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// [`Call::since_ms`] of the call.
    pub since_ms: u64,
    /// Who has come.
    pub helper: VisitorId,
    /// The helper's name.
    pub name: String,
}
