//! Lets what arrives gather before a thread that has nothing to do looks for it.
//!
//! Moves come one by one, thousands a second, and nobody is told of them before the next tick. A thread that woke for each
//! would spend more on waking than on the move; one that sleeps a little first finds many at once. Around a tick nobody
//! sleeps, so that no tick is late and everything that has arrived by then is in it. What is said, and whoever comes in,
//! waits for some milliseconds at most.

use std::{thread, time::Duration};

use shared::protocol::TICK_HZ;

use crate::clock::{Clock, until_next_tick};

/// How long to sleep at most.
const GATHER_MS: u64 = 4;

/// So long after a tick began by the clock it may still be about to begin: the room's timer counts in milliseconds.
const TICK_BEGINS_WITHIN_MS: u64 = 3;

/// Sleeps a little, if there is time before the next tick.
pub fn pause(clock: &Clock) {
    let sleep_ms = pause_ms(until_next_tick(clock.now_ms()).as_millis() as u64);
    if sleep_ms > 0 {
        thread::sleep(Duration::from_millis(sleep_ms));
    }
}

fn pause_ms(until_tick_ms: u64) -> u64 {
    let period_ms = u64::from(1_000 / TICK_HZ);
    if until_tick_ms + TICK_BEGINS_WITHIN_MS > period_ms {
        return 0;
    }
    // The clock may have been about to go on to the next millisecond.
    GATHER_MS.min(until_tick_ms.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_sleeps_around_a_tick() {
        assert_eq!([64, 65, 67].map(pause_ms), [0; 3]);
        assert_eq!([63, 30, 5, 3, 1, 0].map(pause_ms), [4, 4, 4, 2, 0, 0]);
    }
}
