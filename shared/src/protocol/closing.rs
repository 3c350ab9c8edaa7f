//! Why connections end.

/// Why a connection ends: the WebSocket close code. The close reason is [`CloseReason::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CloseReason {
    /// The client speaks another version: load the page again, once.
    Version,
    /// No more visitors can be taken.
    Full,
    /// This visitor may not come in for a time.
    Banned,
    /// The relay is about to stop: connect again, to another or in a moment.
    Draining,
    /// A message that this version does not define.
    Malformed,
    /// A message larger than allowed.
    TooLarge,
    /// Far too much sent in a short time.
    TooFast,
    /// The client took too long to read what was sent.
    TooSlow,
    /// The same session is open elsewhere, and newer.
    Superseded,
    /// Nothing was heard for too long.
    Silent,
    /// The page was served from an address that may not connect here.
    Origin,
    /// Too many connections at once from this address.
    TooMany,
    /// A host ended the visit; the visitor may come back.
    Removed,
}

impl CloseReason {
    /// Every reason; the first has code 4000, and so on.
    pub const ALL: [Self; 13] = [
        Self::Version,
        Self::Full,
        Self::Banned,
        Self::Draining,
        Self::Malformed,
        Self::TooLarge,
        Self::TooFast,
        Self::TooSlow,
        Self::Superseded,
        Self::Silent,
        Self::Origin,
        Self::TooMany,
        Self::Removed,
    ];

    /// The WebSocket close code.
    pub fn code(self) -> u16 {
        4_000 + self as u16
    }

    /// The reason of a close code; none for codes that this version does not define.
    pub fn from_code(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The name in close frames, logs and metrics, and the key of the plain words (`close-<name>`).
    pub fn name(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Full => "full",
            Self::Banned => "banned",
            Self::Draining => "draining",
            Self::Malformed => "malformed",
            Self::TooLarge => "too-large",
            Self::TooFast => "too-fast",
            Self::TooSlow => "too-slow",
            Self::Superseded => "superseded",
            Self::Silent => "silent",
            Self::Origin => "origin",
            Self::TooMany => "too-many",
            Self::Removed => "removed",
        }
    }

    /// Whether the client should connect again by itself.
    pub fn is_passing(self) -> bool {
        matches!(
            self,
            Self::Draining | Self::TooSlow | Self::Silent | Self::Full | Self::TooFast | Self::TooMany
        )
    }
}
