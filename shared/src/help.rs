//! Calling a helper: whoever holds a helper's invitation hears of everyone in the same channel who asks for help, on
//! whichever relay, and can go there at once.

use serde::{Deserialize, Serialize};

use crate::{protocol::VisitorId, space::Position};

/// How long a call stands, in milliseconds, unless it is taken back or someone comes.
pub const CALL_FOR_MS: u64 = 10 * 60_000;

/// How soon the same visitor can call again, in milliseconds.
pub const CALL_AGAIN_MS: u64 = 10_000;

/// Most calls that stand in a channel at a time.
pub const MAX_CALLS: usize = 64;

/// What a visitor does about help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HelpAct {
    /// Calls for a helper.
    Call,
    /// Needs none any more.
    Over,
    /// A helper goes to whoever called, and is set down there.
    Come(VisitorId),
}

/// What is told about help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HelpNews {
    /// To whoever called: so many helpers are here and were told.
    Told {
        /// How many.
        helpers: u32,
    },
    /// To whoever called: someone comes.
    Comes {
        /// The helper.
        helper: VisitorId,
        /// Name of the helper.
        name: String,
    },
    /// To helpers: someone calls.
    Called {
        /// Who.
        visitor: VisitorId,
        /// The name.
        name: String,
        /// Where the caller stood.
        at: Position,
    },
    /// To helpers: someone has gone there, or nobody is needed any more.
    Over {
        /// Who had called.
        visitor: VisitorId,
    },
}
