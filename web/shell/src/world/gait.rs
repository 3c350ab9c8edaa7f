//! What a figure does, since when, and how far it has walked: what the engine needs to move limbs without a jump.

use shared::motion::Motion;

/// A figure's motion in time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gait {
    /// What it does.
    pub motion: Motion,
    /// What it did before.
    pub before: Motion,
    /// Seconds since `motion` began.
    pub since_s: f32,
    /// Metres walked so far: the phase of the steps.
    pub stride_m: f32,
}

impl Gait {
    /// Begins a motion, unless it goes on already.
    pub fn set(&mut self, motion: Motion) {
        if motion != self.motion {
            self.before = self.motion;
            self.motion = motion;
            self.since_s = 0.0;
        }
    }

    /// Begins a motion again from its start, also when it goes on already: a second wave.
    pub fn restart(&mut self, motion: Motion) {
        self.before = self.motion;
        self.motion = motion;
        self.since_s = 0.0;
    }

    /// Time passes, and the figure has moved.
    pub fn advance(&mut self, dt_s: f32, walked_m: f32) {
        /// A stride is well under this; wrapping keeps the phase exact after hours of walking.
        const WRAP_M: f32 = 4_096.0;
        self.since_s += dt_s;
        self.stride_m = (self.stride_m + walked_m) % WRAP_M;
    }
}
