//! Feet: where they are in a stride, and the bend of hip and knee that puts them there.
//!
//! A foot that stands goes back under the body exactly as fast as the body goes forward: it does not slide.

use std::f32::consts::{PI, TAU};

use glam::{Vec2, vec2};

use super::pose::{BODY, HEAD, LEFT, LEGS, Pose, RIGHT, STANCE};

/// Heights of hip, knee and ankle over the ground.
pub const HIP_M: f32 = 0.84;
pub const KNEE_M: f32 = 0.45;
pub const ANKLE_M: f32 = 0.08;

/// How a gait goes.
pub struct Gait {
    /// Metres of two steps.
    pub cycle_m: f32,
    /// The share of them that a foot stands.
    stands: f32,
    /// How high a foot is lifted.
    lift_m: f32,
    /// How deep the hips are, and how far they go up and down.
    deep_m: f32,
    bob_m: f32,
    lean: f32,
    turn: f32,
    arm: f32,
    elbow: f32,
}

/// Walking, at two metres a second.
pub const WALK: Gait = Gait {
    cycle_m: 1.36,
    stands: 0.5,
    lift_m: 0.10,
    deep_m: 0.056,
    bob_m: 0.022,
    lean: -0.06,
    turn: 0.10,
    arm: 0.50,
    elbow: 0.32,
};

/// Running, at five.
pub const RUN: Gait = Gait {
    cycle_m: 2.6,
    stands: 0.26,
    lift_m: 0.34,
    deep_m: 0.05,
    bob_m: 0.045,
    lean: -0.22,
    turn: 0.18,
    arm: 0.85,
    elbow: 1.5,
};

/// Where a foot is at `u`, a share of the cycle that begins when it is set down: ahead (m), lifted (m), and how far its
/// toes are up (rad).
fn foot(gait: &Gait, cycle_m: f32, u: f32) -> [f32; 3] {
    let reach = gait.stands * cycle_m / 2.0;
    if u < gait.stands {
        let v = u / gait.stands;
        // Set down with the heel, left with the toes.
        let toes = 0.22 * (1.0 - v * 6.0).max(0.0) - 0.75 * ((v - 0.62) / 0.38).max(0.0);
        [reach * (1.0 - 2.0 * v), 0.0, toes]
    } else {
        let v = (u - gait.stands) / (1.0 - gait.stands);
        let toes = -0.75 * (1.0 - v * 1.6).max(0.0) + 0.22 * v * v;
        [
            -reach * (PI * v).cos(),
            gait.lift_m * (PI * v.powf(0.8)).sin(),
            toes,
        ]
    }
}

/// A step of a figure that has walked `stride_m` of its own size; `short` is the length of its steps, 1 unless a skirt is
/// narrow.
pub fn stepping(gait: &Gait, stride_m: f32, short: f32) -> Pose {
    let cycle_m = gait.cycle_m * short;
    let u = (stride_m / cycle_m).rem_euclid(1.0);
    let [ahead_l, lift_l, toes_l] = foot(gait, cycle_m, u);
    let [ahead_r, lift_r, toes_r] = foot(gait, cycle_m, (u + 0.5).fract());
    let (swing, twice) = ((u * TAU).cos(), ((u - gait.stands / 2.0) * 2.0 * TAU).cos());
    // Walking one is highest over the standing foot, running lowest.
    let bob = if gait.stands < 0.5 { twice } else { -twice };
    let arm = gait.arm * short.max(0.6);
    let mut pose = Pose::default();
    pose[BODY].x = gait.deep_m + gait.bob_m * bob;
    pose[BODY].y = gait.lean;
    pose[BODY].z = swing * gait.turn * short;
    pose[HEAD].x = -gait.lean * 0.6;
    pose[HEAD].y = -swing * gait.turn * 0.5;
    for (side, swing) in [(LEFT, -swing), (RIGHT, swing)] {
        pose[side].x = swing * arm;
        pose[side].y = 0.09;
        pose[side].w = gait.elbow + swing.max(0.0) * 0.25;
    }
    pose[LEGS] = [ahead_l, lift_l, ahead_r, lift_r].into();
    pose[STANCE] = [0.0, 0.0, toes_l, toes_r].into();
    pose
}

/// Bend of hip and knee that puts a foot so far ahead and so high, of a body whose hips are lowered; its toes are up by
/// `toes`, and when they are down the heel has left the ground.
pub fn bend(lowered_m: f32, ahead_m: f32, lifted_m: f32, toes: f32) -> Vec2 {
    const THIGH: f32 = HIP_M - KNEE_M;
    const SHIN: f32 = KNEE_M - ANKLE_M;
    /// From the ankle to the ball of the foot.
    const BALL_M: f32 = 0.12;
    let heel = (-toes).clamp(0.0, 1.0).sin();
    let ahead = ahead_m + BALL_M * (1.0 - (1.0 - heel * heel).sqrt());
    let down = HIP_M - ANKLE_M - lowered_m - lifted_m - BALL_M * heel;
    let reach = vec2(ahead, down).length().clamp(0.12, (THIGH + SHIN) * 0.9995);
    let cos = |a: f32, b: f32, opposite: f32| {
        ((a * a + b * b - opposite * opposite) / (2.0 * a * b))
            .clamp(-1.0, 1.0)
            .acos()
    };
    let hip = ahead.atan2(down) + cos(THIGH, reach, SHIN);
    vec2(hip, cos(THIGH, SHIN, reach) - PI)
}
