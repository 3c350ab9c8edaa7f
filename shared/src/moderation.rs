//! Who may moderate a place, and with which levers.
//!
//! A role comes from a signed invitation. Helpers are there to be asked, in the whole city; hosts and officials are, too,
//! and have the levers in the one place that the invitation names. Whatever a lever does holds on all relays.

use serde::{Deserialize, Serialize};

use crate::protocol::VisitorId;

/// Longest invitation as it stands in a link, in characters.
pub const MAX_INVITATION_CHARS: usize = 256;

/// Longest time for which someone can be muted, in minutes: a day.
pub const MUTE_AT_MOST_MIN: u32 = 24 * 60;

/// Longest time for which a visitor can be banned, in minutes: a week.
pub const BAN_AT_MOST_MIN: u32 = 7 * 24 * 60;

/// Longest time for which newcomers from a banned visitor's address are refused, in minutes: an hour. Others may be
/// behind it.
pub const ADDRESS_BAN_AT_MOST_MIN: u32 = 60;

/// While the chat is slow, a visitor may say one thing in so many seconds.
pub const SLOW_CHAT_S: u32 = 15;

/// Most people whom one visitor can block at a time.
pub const MAX_BLOCKED: usize = 128;

/// What someone is to the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// A visitor like everyone else.
    #[default]
    Visitor,
    /// Someone to ask.
    Helper,
    /// Runs what takes place here.
    Host,
    /// Speaks for the city.
    Official,
}

impl Role {
    /// The name in texts (`role-<name>`) and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Helper => "helper",
            Self::Host => "host",
            Self::Official => "official",
        }
    }

    /// Whether the levers are this role's.
    pub fn has_levers(self) -> bool {
        self >= Self::Host
    }

    /// Whether this role may mute, remove and ban someone of another role.
    pub fn may_act_on(self, other: Self) -> bool {
        self.has_levers() && other < self
    }
}

/// Who may speak in a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ChatRule {
    /// Everyone.
    #[default]
    Open,
    /// Everyone, once in [`SLOW_CHAT_S`].
    Slow,
    /// Only those with a role.
    Closed,
}

impl ChatRule {
    /// Every rule.
    pub const ALL: [Self; 3] = [Self::Open, Self::Slow, Self::Closed];

    /// The name in texts (`chat-<name>`).
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Slow => "slow",
            Self::Closed => "closed",
        }
    }
}

/// What a host can do in the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lever {
    /// Tells everyone in the place something.
    Announce {
        /// Cleaned by [`crate::text::clean_line`].
        text: String,
        /// Its language, a BCP 47 tag.
        language: String,
    },
    /// Passes nothing on that someone says.
    Mute {
        /// Who.
        visitor: VisitorId,
        /// For how long; 0 lets him speak again. At most [`MUTE_AT_MOST_MIN`].
        minutes: u32,
    },
    /// Ends someone's visit; he may come back.
    Remove {
        /// Who.
        visitor: VisitorId,
    },
    /// Ends someone's visit, and lets him not come back for a time.
    Ban {
        /// Who.
        visitor: VisitorId,
        /// For how long; 0 lets him in again. At most [`BAN_AT_MOST_MIN`].
        minutes: u32,
        /// For how long newcomers from the same address are refused as well: 0 for not at all, at most
        /// [`ADDRESS_BAN_AT_MOST_MIN`]. Those who are in already stay.
        address_minutes: u32,
    },
    /// Opens, slows or closes the chat.
    Chat(ChatRule),
}

impl Lever {
    /// The name in logs, metrics and texts (`lever-<name>`).
    pub fn name(&self) -> &'static str {
        match self {
            Self::Announce { .. } => "announce",
            Self::Mute { minutes: 0, .. } => "unmute",
            Self::Mute { .. } => "mute",
            Self::Remove { .. } => "remove",
            Self::Ban { minutes: 0, .. } => "unban",
            Self::Ban { .. } => "ban",
            Self::Chat(ChatRule::Open) => "chat-open",
            Self::Chat(ChatRule::Slow) => "chat-slow",
            Self::Chat(ChatRule::Closed) => "chat-closed",
        }
    }

    /// Whom it is about, if anyone.
    pub fn subject(&self) -> Option<VisitorId> {
        match self {
            Self::Mute { visitor, .. } | Self::Remove { visitor } | Self::Ban { visitor, .. } => {
                Some(*visitor)
            }
            Self::Announce { .. } | Self::Chat(_) => None,
        }
    }
}

/// Something that everyone in the place is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// Name of whoever tells it.
    pub name: String,
    /// The role.
    pub role: Role,
    /// What, cleaned.
    pub text: String,
    /// Its language, a BCP 47 tag; empty when unknown.
    pub language: String,
    /// The relay's clock, in milliseconds since 1970.
    pub at_ms: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helpers_have_no_levers_and_nobody_acts_on_equals() {
        use Role::{Helper, Host, Official, Visitor};
        assert_eq!(
            [Visitor, Helper, Host, Official].map(Role::has_levers),
            [false, false, true, true]
        );
        assert!(Host.may_act_on(Visitor) && Host.may_act_on(Helper) && Official.may_act_on(Host));
        assert!(!Host.may_act_on(Host) && !Host.may_act_on(Official) && !Helper.may_act_on(Visitor));
    }
}
