//! Which of two connections of a session is the newer: the one with the greater generation.
//!
//! In: the time, and the generation that a ticket tells. Out: a greater one, unlike any that another relay gives: were two
//! relays to give the same in the same millisecond, each would keep its own connection.

/// More than there are numbers of relays.
const RELAYS: u64 = 128;

/// A generation that a relay gives: by the clock, and greater than an earlier one, whatever the clock says.
pub fn generation(now_ms: u64, earlier: u64, relay: u16) -> u64 {
    now_ms.max(earlier / RELAYS + 1) * RELAYS + u64::from(relay) % RELAYS
}

/// The next one of the same relay.
pub(super) fn next(generation: u64) -> u64 {
    generation + RELAYS
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000_000;

    #[test]
    fn no_two_relays_give_the_same() {
        assert_ne!(generation(NOW, 0, 1), generation(NOW, 0, 2));
        assert_eq!(generation(NOW, 0, 1), generation(NOW, 0, 1));
    }

    #[test]
    fn what_comes_after_is_greater_whatever_the_clock_says() {
        for relay in [1, 127] {
            for earlier in [generation(NOW, 0, 1), generation(NOW, 0, 127)] {
                assert!(generation(NOW - 90_000, earlier, relay) > earlier);
                assert!(generation(NOW, earlier, relay) > earlier);
            }
        }
        assert!(generation(NOW + 1, 0, 1) > generation(NOW, 0, 127));
        assert_eq!(next(generation(NOW, 0, 5)), generation(NOW + 1, 0, 5));
    }
}
