//! Calling a helper: whoever holds a helper's invitation hears of everyone in the city who asks for help, in whichever
//! place, channel and on whichever relay, and can go there at once: by a hello that names the caller
//! ([`Destination::beside`](crate::protocol::Destination::beside)).

use serde::{Deserialize, Serialize};

use crate::protocol::VisitorId;

/// How long a call stands, in milliseconds, unless it is taken back or someone comes.
pub const CALL_FOR_MS: u64 = 10 * 60_000;

/// How soon the same visitor can call again, in milliseconds.
pub const CALL_AGAIN_MS: u64 = 10_000;

/// Most calls that stand in the city at a time.
pub const MAX_CALLS: usize = 64;

/// What a visitor does about help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HelpAct {
    /// Calls for a helper. Said again while the call stands, it asks what has become of it.
    Call,
    /// Needs none any more.
    Over,
}

/// What is told about help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HelpNews {
    /// To whoever called: so many helpers are in the city and were told.
    Told {
        /// How many.
        helpers: u32,
    },
    /// To whoever called: someone has come.
    Comes {
        /// The helper.
        helper: VisitorId,
        /// Name of the helper.
        name: String,
    },
    /// To helpers: someone calls, or has gone to another place meanwhile.
    Called {
        /// Who.
        visitor: VisitorId,
        /// The name.
        name: String,
        /// Where: [`crate::city::Place::id`].
        place: String,
    },
    /// To helpers: someone has gone there, or nobody is needed any more. To whoever called: nobody came within
    /// [`CALL_FOR_MS`].
    Over {
        /// Who had called.
        visitor: VisitorId,
    },
}
