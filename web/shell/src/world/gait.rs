//! What a figure does, since when, how far it has walked, and where it looks: what the engine needs to move limbs and eyes
//! without a jump.

use glam::Vec2;
use shared::{motion::Motion, protocol::VisitorId};

use super::{ease, turn};

/// How far off someone who speaks is looked at, in metres.
const HEEDED_M: f32 = 16.0;

/// How far a head turns, and how far behind a speaker is not looked for, in radians.
const NECK_RAD: f32 = 1.3;
const BEHIND_RAD: f32 = 2.4;

/// How fast eyes find a speaker, as an exponential rate.
const GAZE_RATE: f32 = 5.0;

/// A figure's motion in time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gait {
    /// What it does.
    pub motion: Motion,
    /// What it did before.
    pub before: Motion,
    /// Seconds since `motion` began.
    pub since_s: f32,
    /// How long `before` had lasted by then, in seconds.
    pub lasted_s: f32,
    /// Metres walked so far: the phase of the steps.
    pub stride_m: f32,
    /// How fast the body turns, clockwise, in radians a second.
    pub turning: f32,
    /// Where the eyes look, clockwise from straight ahead, in radians.
    pub gaze: f32,
    /// Whether it speaks.
    pub speaks: bool,
}

impl Gait {
    /// Begins a motion, unless it goes on already.
    pub fn set(&mut self, motion: Motion) {
        if motion != self.motion {
            self.restart(motion);
        }
    }

    /// Begins a motion again from its start, also when it goes on already: a second wave.
    pub fn restart(&mut self, motion: Motion) {
        self.before = self.motion;
        self.lasted_s = self.since_s;
        self.motion = motion;
        self.since_s = 0.0;
    }

    /// Time passes, and the figure has moved and turned.
    pub fn advance(&mut self, dt_s: f32, walked_m: f32, turned_rad: f32) {
        /// A stride is well under this; wrapping keeps the phase exact after hours of walking.
        const WRAP_M: f32 = 4_096.0;
        self.since_s += dt_s;
        self.stride_m = (self.stride_m + walked_m) % WRAP_M;
        if dt_s > 0.0 {
            self.turning += (turned_rad / dt_s - self.turning) * ease(8.0, dt_s);
        }
    }

    /// Turns the eyes of a visitor to who speaks: the last of `speakers` that is near and not behind.
    pub fn heed(
        &mut self,
        who: VisitorId,
        at: Vec2,
        heading: f32,
        speakers: &[(VisitorId, Vec2)],
        dt_s: f32,
    ) {
        self.speaks = speakers.iter().any(|(speaker, _)| *speaker == who);
        let wanted = speakers.iter().rev().find_map(|(speaker, there)| {
            let way = *there - at;
            let angle = turn(heading, way.x.atan2(-way.y));
            let heeds = *speaker != who && way.length() < HEEDED_M && angle.abs() < BEHIND_RAD;
            heeds.then_some(angle.clamp(-NECK_RAD, NECK_RAD))
        });
        self.gaze += (wanted.unwrap_or(0.0) - self.gaze) * ease(GAZE_RATE, dt_s);
        if wanted.is_none() && self.gaze.abs() < 0.02 {
            self.gaze = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eyes_find_who_speaks_and_come_back() {
        let mut gait = Gait::default();
        let east = [(VisitorId(2), Vec2::new(3.0, 0.0))];
        for _ in 0..120 {
            gait.heed(VisitorId(1), Vec2::ZERO, 0.0, &east, 1.0 / 60.0);
        }
        assert!((gait.gaze - NECK_RAD).abs() < 0.01 && !gait.speaks);
        for _ in 0..240 {
            gait.heed(VisitorId(1), Vec2::ZERO, 0.0, &[], 1.0 / 60.0);
        }
        assert!(gait.gaze.abs() < f32::EPSILON);
    }

    #[test]
    fn nobody_looks_at_who_is_behind_or_far_off_and_the_speaker_speaks() {
        let mut gait = Gait::default();
        let others = [
            (VisitorId(2), Vec2::new(0.0, 4.0)),
            (VisitorId(3), Vec2::new(40.0, 0.0)),
            (VisitorId(1), Vec2::ZERO),
        ];
        gait.heed(VisitorId(1), Vec2::ZERO, 0.0, &others, 0.5);
        assert!(gait.gaze == 0.0 && gait.speaks);
    }
}
