//! The relays' clock, as well as it can be known from here.
//!
//! Of the last answers to pings the one with the least delay is believed: its error is at most half its round trip.
//! The offset then slides to the new value, so that nothing on the screen jumps.

use shared::{cell, protocol::TICK_HZ};

/// How many answers are remembered.
const REMEMBERED: usize = 8;

/// Offsets farther off than this are jumped to, in milliseconds; nearer ones are slid to.
const JUMP_MS: f64 = 500.0;

/// How fast the offset slides, in milliseconds a second.
const SLIDE_MS_PER_S: f64 = 30.0;

/// One answer to a ping.
#[derive(Clone, Copy, Debug)]
struct Sample {
    round_trip_ms: f64,
    offset_ms: f64,
}

/// Offset of the relays' clock to the page's.
#[derive(Clone, Debug, Default)]
pub struct RelayClock {
    samples: Vec<Sample>,
    offset_ms: Option<f64>,
}

impl RelayClock {
    /// A first value, without knowing the delay; also after a new connection.
    pub fn set(&mut self, now_ms: f64, relay_ms: f64) {
        self.samples.clear();
        let offset_ms = relay_ms - now_ms;
        if self.offset_ms.is_none_or(|old| (old - offset_ms).abs() > JUMP_MS) {
            self.offset_ms = Some(offset_ms);
        }
    }

    /// An answer to a ping that was sent at `sent_ms`.
    pub fn answer(&mut self, sent_ms: f64, now_ms: f64, relay_ms: f64) {
        let round_trip_ms = (now_ms - sent_ms).max(0.0);
        let offset_ms = relay_ms + round_trip_ms / 2.0 - now_ms;
        if self.samples.len() == REMEMBERED {
            self.samples.remove(0);
        }
        self.samples.push(Sample {
            round_trip_ms,
            offset_ms,
        });
    }

    /// The relays' clock at `now_ms`, `dt_s` after the last call.
    pub fn advance(&mut self, now_ms: f64, dt_s: f32) -> f64 {
        if let (Some(best), Some(offset)) = (self.best(), self.offset_ms) {
            let gap = best.offset_ms - offset;
            let step = SLIDE_MS_PER_S * f64::from(dt_s);
            self.offset_ms = Some(if gap.abs() > JUMP_MS {
                best.offset_ms
            } else {
                offset + gap.clamp(-step, step)
            });
        }
        self.at(now_ms)
    }

    /// The relays' clock at `now_ms`, as it was last known; changes nothing.
    pub fn at(&self, now_ms: f64) -> f64 {
        now_ms + self.offset_ms.unwrap_or(0.0)
    }

    /// Before any relay was heard: the device's own clock, in milliseconds since 1970, so that the hour is right.
    pub fn guess(&mut self, now_ms: f64, device_ms: f64) {
        if self.offset_ms.is_none() {
            self.offset_ms = Some(device_ms - now_ms);
        }
    }

    fn best(&self) -> Option<Sample> {
        self.samples
            .iter()
            .copied()
            .min_by(|a, b| a.round_trip_ms.total_cmp(&b.round_trip_ms))
    }
}

/// The full number of a tick from a frame, which carries only its low bits: the one nearest to the relays' time.
pub fn tick_near(tick: u32, relay_ms: f64) -> f64 {
    let began_ms = cell::tick_ms(tick, relay_ms.max(0.0) as u64);
    (began_ms as f64 / 1_000.0 * f64::from(TICK_HZ)).floor()
}

/// Hour (0 to 24) and day of the year (0 to 366) at `relay_ms`, `utc_offset_min` east of UTC.
/// The day comes from the mean length of a year, which is right to a day: light and seasons need no more.
pub fn hour_and_day(relay_ms: f64, utc_offset_min: i16) -> (f32, f32) {
    let days = relay_ms / 86_400_000.0 + f64::from(utc_offset_min) / 1_440.0;
    (
        ((days.rem_euclid(1.0)) * 24.0) as f32,
        days.rem_euclid(365.2425) as f32,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_with_the_least_delay_is_believed() {
        let mut clock = RelayClock::default();
        clock.set(0.0, 1_000.0);
        clock.answer(0.0, 400.0, 1_390.0);
        clock.answer(1_000.0, 1_010.0, 2_005.0);
        clock.answer(2_000.0, 2_900.0, 3_800.0);
        let mut now = 3_000.0;
        for _ in 0..1_000 {
            now += 16.0;
            clock.advance(now, 0.016);
        }
        assert!((clock.advance(now, 0.0) - now - 1_000.0).abs() < 1.0);
    }

    #[test]
    fn time_never_runs_backwards_while_the_offset_slides() {
        let mut clock = RelayClock::default();
        clock.set(0.0, 1_300.0);
        clock.answer(0.0, 10.0, 1_005.0);
        let (mut now, mut last) = (10.0, 0.0);
        for _ in 0..500 {
            now += 16.0;
            let relay = clock.advance(now, 0.016);
            assert!(relay > last);
            last = relay;
        }
    }

    #[test]
    fn ticks_from_frames_are_found_again_by_their_low_bits() {
        let relay_ms = 1_795_334_400_000.0;
        let whole = (relay_ms / 1_000.0 * f64::from(TICK_HZ)).floor();
        for back in [0, 3, 200] {
            let in_frame = cell::tick_at(relay_ms as u64).wrapping_sub(back) & 0xFFFF;
            assert!(
                (tick_near(in_frame, relay_ms) - (whole - f64::from(back))).abs() < 0.5,
                "{back} ticks back"
            );
        }
    }

    #[test]
    fn the_city_has_its_own_hour_and_season() {
        // 2026-11-22 08:00 UTC is 17:00 in Seoul.
        let (hour, day) = hour_and_day(1_795_334_400_000.0, 540);
        assert!((hour - 17.0).abs() < 0.01, "{hour}");
        assert!((day - 325.0).abs() < 1.5, "{day}");
    }
}
