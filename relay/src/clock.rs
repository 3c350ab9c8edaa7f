//! Wall clock and ticks: all relays count ticks on the same clock, so the newest of two reports is known anywhere.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use shared::protocol::TICK_HZ;

/// What a relay takes for the time. A relay that serves has the system's; tests have their own, and set it as they like.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> u64 + Send + Sync>);

impl Clock {
    /// A clock that shows what a function answers: milliseconds since 1970.
    pub fn showing(now_ms: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now_ms))
    }

    /// Milliseconds since 1970.
    pub fn now_ms(&self) -> u64 {
        (self.0)()
    }
}

impl Default for Clock {
    /// The system's clock; one set before 1970 counts as 1970.
    fn default() -> Self {
        Self::showing(|| {
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| since.as_millis() as u64)
        })
    }
}

/// How long from `now_ms` until the next tick begins.
pub fn until_next_tick(now_ms: u64) -> Duration {
    let hz = u64::from(TICK_HZ);
    let next = now_ms.saturating_mul(hz) / 1_000 + 1;
    let begins_ms = next.saturating_mul(1_000).div_ceil(hz);
    Duration::from_millis(begins_ms.saturating_sub(now_ms))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared::cell::tick_at;

    use super::*;

    proptest! {
        #[test]
        fn waiting_for_the_next_tick_reaches_exactly_the_next_tick(now in 1_700_000_000_000_u64..2_000_000_000_000) {
            let then = now + until_next_tick(now).as_millis() as u64;
            prop_assert_eq!(tick_at(then), tick_at(now).wrapping_add(1));
            prop_assert_eq!(tick_at(then - 1), tick_at(now));
        }
    }
}
