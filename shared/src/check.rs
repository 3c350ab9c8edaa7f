//! Whether a claimed motion was possible: distance by a bucket that fills with time, way by the walking rules.
//!
//! Motion is the client's own, so that walking feels immediate; the relay only refuses what no honest walker on any
//! line could have done.

use crate::{
    motion::TOP_M_S,
    protocol::{PING_EVERY_MS, Stance},
    walk::Ground,
};

/// Distance an honest client may be ahead by rounding, in centimetres.
const SLACK_CM: f32 = 5.0;

/// Distance the bucket holds, in centimetres: what a cyclist covers in the longest silence a connection survives, so that
/// an honest walker is never pulled back when a bad line delivers everything at once.
const BUCKET_CM: f32 = TOP_M_S * 100.0 * (3 * PING_EVERY_MS) as f32 / 1_000.0;

/// The bucket of one visitor.
#[derive(Clone, Copy, Debug)]
pub struct MotionCheck {
    available_cm: f32,
    last_ms: u64,
}

impl MotionCheck {
    /// A full bucket at `now_ms`.
    pub fn new(now_ms: u64) -> Self {
        Self {
            available_cm: BUCKET_CM,
            last_ms: now_ms,
        }
    }

    /// An empty bucket at `now_ms`: for someone who was set down elsewhere, and knows of the new place later than that.
    pub fn spent(now_ms: u64) -> Self {
        Self {
            available_cm: 0.0,
            last_ms: now_ms,
        }
    }

    /// The clock was set back: the bucket fills from now on, not from when it is again what it was.
    pub fn rewind(&mut self, now_ms: u64) {
        self.last_ms = self.last_ms.min(now_ms);
    }

    /// How far an honest walker can have got by `now_ms`, in centimetres.
    pub fn reach_cm(&self, now_ms: u64) -> f32 {
        let elapsed_s = now_ms.saturating_sub(self.last_ms) as f32 / 1_000.0;
        (self.available_cm + elapsed_s * TOP_M_S * 100.0 * 1.02).min(BUCKET_CM)
    }

    /// Takes the distance of a way that was believed out of the bucket.
    pub fn pay(&mut self, way_cm: f32, now_ms: u64) {
        self.available_cm = (self.reach_cm(now_ms) - way_cm).max(0.0);
        self.last_ms = self.last_ms.max(now_ms);
    }

    /// Whether an avatar at `from` can be at `to` at `now_ms`; pays for the way if so. A clock that goes backwards adds
    /// nothing and takes nothing.
    pub fn allow(&mut self, ground: &Ground, from: Stance, to: Stance, now_ms: u64) -> bool {
        let way_cm = from.position.point.distance_cm(to.position.point);
        if way_cm > self.reach_cm(now_ms) + SLACK_CM || !ground.is_clear(from.position, to.position) {
            return false;
        }
        self.pay(way_cm, now_ms);
        true
    }
}
