//! How much one connection may send.

use std::num::NonZeroU32;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use shared::protocol::{PING_EVERY_MS, TICK_HZ};

/// Messages a second: motion at every tick, chat and pings, with room for a line that delivers late.
const MESSAGES_A_SECOND: NonZeroU32 = NonZeroU32::new(40).unwrap();

/// Messages at once: what a client sends in the longest silence that a connection survives, 225 moves, delivered
/// together, with room for chat, pings and requests for key frames.
const MESSAGES_AT_ONCE: NonZeroU32 = NonZeroU32::new(320).unwrap();

const _: () = assert!(MESSAGES_AT_ONCE.get() as u64 > 3 * PING_EVERY_MS * TICK_HZ as u64 / 1_000);

/// Dropped messages for which a client is cut off; one is forgiven each second.
const DROPPED_AT_MOST: NonZeroU32 = NonZeroU32::new(400).unwrap();

/// What to do with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Take it.
    Take,
    /// Drop it; tell the client if `tell`.
    Drop {
        /// Whether the client has not been told lately.
        tell: bool,
    },
    /// Cut the client off.
    End,
}

/// The pace of one connection.
pub(super) struct Pace {
    messages: DefaultDirectRateLimiter,
    dropped: DefaultDirectRateLimiter,
    told: DefaultDirectRateLimiter,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self {
            messages: RateLimiter::direct(Quota::per_second(MESSAGES_A_SECOND).allow_burst(MESSAGES_AT_ONCE)),
            dropped: RateLimiter::direct(Quota::per_second(NonZeroU32::MIN).allow_burst(DROPPED_AT_MOST)),
            told: RateLimiter::direct(Quota::per_second(NonZeroU32::MIN)),
        }
    }

    /// Counts a message.
    pub(super) fn count(&self) -> Verdict {
        if self.messages.check().is_ok() {
            Verdict::Take
        } else {
            self.exceeded()
        }
    }

    /// Counts a message that another limit drops.
    pub(super) fn exceeded(&self) -> Verdict {
        if self.dropped.check().is_ok() {
            Verdict::Drop {
                tell: self.told.check().is_ok(),
            }
        } else {
            Verdict::End
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_thinned_with_one_notice_and_a_flood_is_cut_off() {
        let pace = Pace::new();
        let verdicts: Vec<Verdict> = (0..1_000).map(|_| pace.count()).collect();
        assert!(verdicts.iter().take(300).all(|verdict| *verdict == Verdict::Take));
        assert_eq!(
            verdicts
                .iter()
                .filter(|verdict| **verdict == Verdict::Drop { tell: true })
                .count(),
            1
        );
        assert_eq!(verdicts.last(), Some(&Verdict::End));
    }
}
