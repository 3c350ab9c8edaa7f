//! What a figure does with its limbs, out of motion, time and metres walked: a matrix for every bone.
//!
//! Angles about x swing a hanging limb forward when positive.

use std::f32::consts::TAU;

use glam::{Mat4, Vec2, Vec3, Vec4, vec2, vec3, vec4};
use shared::motion::Motion;
use shared::stage::Figure;

/// Bones with a matrix of their own.
pub const BONES: usize = 14;
/// Seconds over which one motion goes over into the next.
const BLEND_S: f32 = 0.25;

/// Angles of all joints.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pose {
    /// Pelvis lowered (m), torso leaned (rad, negative forward), torso turned, shoulders raised (m).
    body: Vec4,
    /// Nod (negative forward), and turn.
    head: Vec2,
    /// Arms: swing, spread, elbow.
    left: Vec3,
    right: Vec3,
    /// Left hip, left knee, right hip, right knee.
    legs: Vec4,
}

impl Pose {
    fn blended(self, other: Self, t: f32) -> Self {
        Self {
            body: self.body.lerp(other.body, t),
            head: self.head.lerp(other.head, t),
            left: self.left.lerp(other.left, t),
            right: self.right.lerp(other.right, t),
            legs: self.legs.lerp(other.legs, t),
        }
    }
}

fn ramp(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

fn standing(time: f32, seed: f32) -> Pose {
    let breath = (time * 1.5 + seed * 40.0).sin();
    // Looks about: a slow turn of the head, different for each.
    let look = (time * 0.31 + seed * 57.0).sin() * (time * 0.13 + seed * 91.0).sin();
    let shift = (time * 0.23 + seed * 23.0).sin() * 0.5;
    Pose {
        body: vec4(0.004 - breath * 0.002, -0.02, shift * 0.06, breath * 0.006),
        head: vec2(0.02 + breath * 0.012, look * 0.55),
        left: vec3(0.04 + breath * 0.015, 0.10, 0.16),
        right: vec3(0.05 - breath * 0.015, 0.10, 0.20),
        legs: vec4(0.03 + shift * 0.03, -0.05, 0.02 - shift * 0.03, -0.05),
    }
}

fn stepping(stride: f32, run: bool) -> Pose {
    let pick = |walk: f32, running: f32| if run { running } else { walk };
    // Two steps a cycle: 1.5 m walking, 2.7 m running.
    let phase = stride / pick(1.5, 2.7) * TAU;
    let (s, c) = phase.sin_cos();
    let (swing, arm, elbow) = (pick(0.52, 0.88), pick(0.48, 0.85), pick(0.30, 1.45));
    let knee = |lift: f32| -(pick(0.10, 0.35) + pick(0.78, 1.35) * lift * lift);
    Pose {
        body: vec4(
            pick(0.020, 0.040) * (1.0 + (phase * 2.0).cos()),
            pick(-0.05, -0.20),
            s * pick(0.10, 0.18),
            0.0,
        ),
        head: vec2(pick(0.02, 0.10), -s * 0.06),
        left: vec3(-s * arm, 0.09, elbow + (-s).max(0.0) * 0.25),
        right: vec3(s * arm, 0.09, elbow + s.max(0.0) * 0.25),
        legs: vec4(
            s * swing + 0.06,
            knee(c.max(0.0)),
            -s * swing + 0.06,
            knee((-c).max(0.0)),
        ),
    }
}

fn sitting(time: f32, seed: f32) -> Pose {
    let still = standing(time, seed);
    Pose {
        body: vec4(0.40, 0.05, 0.0, still.body.w),
        left: vec3(0.42, 0.08, 0.70),
        right: vec3(0.42, 0.08, 0.70),
        legs: vec4(1.48, -1.48, 1.48, -1.48),
        ..still
    }
}

fn doing(motion: Motion, time: f32, since: f32, stride: f32, seed: f32) -> Pose {
    let still = standing(time, seed);
    match motion {
        Motion::Stand => still,
        Motion::Walk => stepping(stride, false),
        Motion::Run => stepping(stride, true),
        Motion::Sit => sitting(time, seed),
        Motion::Wave => {
            let up = ramp(0.0, 0.3, since) * (1.0 - ramp(2.1, 2.4, since));
            let beat = (since * 9.0).sin();
            let right = vec3(0.25, 2.45 + beat * 0.10, 0.35 + beat * 0.45);
            Pose {
                right: still.right.lerp(right, up),
                head: vec2(0.05, 0.0),
                ..still
            }
        }
        Motion::Bow => {
            let down = ramp(0.0, 0.6, since) * (1.0 - ramp(1.45, 2.15, since));
            // Hands together before the body, back straight, eyes to the ground.
            let bowed = Pose {
                body: vec4(0.012, -0.98, 0.0, 0.0),
                head: vec2(-0.32, 0.0),
                left: vec3(0.55, -0.22, 0.62),
                right: vec3(0.55, -0.22, 0.62),
                legs: vec4(-0.08, -0.02, -0.08, -0.02),
            };
            still.blended(bowed, down)
        }
        Motion::Clap => {
            let up = ramp(0.0, 0.25, since) * (1.0 - ramp(2.35, 2.6, since));
            let beat = 0.5 + 0.5 * (since * 19.0).sin();
            let arm = vec3(0.62, -0.10 - 0.30 * beat, 1.15);
            Pose {
                left: still.left.lerp(arm, up),
                right: still.right.lerp(arm, up),
                head: vec2(0.05, 0.0),
                ..still
            }
        }
    }
}

/// In a wheelchair legs rest, and arms push the rims when it rolls.
fn seated(pose: Pose, motion: Motion, stride: f32, time: f32, seed: f32) -> Pose {
    let legs = vec4(1.40, -1.15, 1.40, -1.15);
    match motion {
        Motion::Walk | Motion::Run => {
            // A push for every metre and a half.
            let push = (stride * 4.2).sin();
            let arm = vec3(0.10 + push * 0.45, 0.22, 0.75 - push * 0.25);
            Pose {
                body: vec4(0.37, -0.10 - push * 0.05, 0.0, 0.0),
                left: arm,
                right: arm,
                legs,
                ..pose
            }
        }
        Motion::Stand | Motion::Sit => Pose {
            body: vec4(0.37, 0.0, 0.0, 0.0),
            legs,
            ..sitting(time, seed)
        },
        Motion::Wave | Motion::Bow | Motion::Clap => Pose {
            body: vec4(0.37, pose.body.y * 0.55, pose.body.z, pose.body.w),
            legs,
            ..pose
        },
    }
}

fn about(pivot: Vec3, turn: Mat4) -> Mat4 {
    Mat4::from_translation(pivot) * turn * Mat4::from_translation(-pivot)
}

/// A matrix for every bone, in the order of [`super::Bone`]: from the resting body into the place.
pub fn matrices(figure: &Figure, time: f32) -> [Mat4; BONES] {
    let motion = |index: u8| Motion::from_index(index).unwrap_or_default();
    let (now, before) = (motion(figure.motion[0]), motion(figure.motion[1]));
    let (since, stride, seed) = (figure.since_s, figure.stride_m, figure.seed);
    let [_, _, _, outfit, _, _, build, aid] = figure.look;
    let mut pose = doing(now, time, since, stride, seed);
    if since < BLEND_S && now != before {
        let from = doing(before, time, since + 1.0, stride, seed);
        pose = from.blended(pose, ramp(0.0, BLEND_S, since));
    }
    if aid % shared::look::AIDS == 1 {
        pose = seated(pose, now, stride, time, seed);
    }
    // Long skirts and coats are walked in with shorter steps.
    let step = match usize::from(outfit) % shared::look::OUTFITS.len() {
        1 => 0.8,
        2 => 0.45,
        _ => 1.0,
    };
    if matches!(now, Motion::Walk | Motion::Run) {
        pose.legs *= step;
    }
    let build = build % shared::look::BUILDS;
    let (mut size, mut wide, mut head) = (1.0, 1.0, 1.0);
    match build {
        1 => wide = 1.17,
        2 => (size, head) = (0.68, 1.24),
        3 => {
            size = 0.97;
            pose.body.y -= 0.16;
            pose.head.x += 0.12;
        }
        _ => {}
    }
    let tall = size * (0.965 + 0.07 * (seed * 7.31).fract());
    // Headings run clockwise from north: about −y.
    let stand = Mat4::from_translation(Vec3::from(figure.position))
        * Mat4::from_rotation_y(-figure.heading)
        * Mat4::from_scale(Vec3::splat(tall));
    bones(&pose, wide, head).map(|bone| stand * bone)
}

fn bones(pose: &Pose, wide: f32, head: f32) -> [Mat4; BONES] {
    let lowered = Mat4::from_translation(Vec3::NEG_Y * pose.body.x);
    let broad = Mat4::from_scale(vec3(wide, 1.0, wide));
    let torso = lowered
        * about(
            vec3(0.0, 0.92, 0.0),
            Mat4::from_rotation_x(pose.body.y) * Mat4::from_rotation_y(pose.body.z),
        );
    let neck = vec3(0.0, 1.38, 0.0);
    let nod = about(
        neck,
        Mat4::from_rotation_x(pose.head.x) * Mat4::from_rotation_y(-pose.head.y),
    );
    let raised = Mat4::from_translation(Vec3::Y * pose.body.w);
    let arm = |side: f32, angles: Vec3| {
        let swing = Mat4::from_rotation_x(angles.x) * Mat4::from_rotation_z(side * angles.y);
        let upper = torso * raised * about(vec3(side * 0.195 * wide, 1.30, 0.0), swing);
        let fore = upper
            * about(
                vec3(side * 0.205 * wide, 1.035, 0.0),
                Mat4::from_rotation_x(angles.z),
            );
        (upper * broad, fore * broad)
    };
    let leg = |side: f32, hip: f32, knee: f32| {
        let thigh = lowered * about(vec3(side * 0.085, 0.84, 0.0), Mat4::from_rotation_x(hip));
        let shin = thigh * about(vec3(side * 0.085, 0.45, 0.0), Mat4::from_rotation_x(knee));
        (thigh * broad, shin * broad)
    };
    let (upper_left, fore_left) = arm(-1.0, pose.left);
    let (upper_right, fore_right) = arm(1.0, pose.right);
    let (thigh_left, shin_left) = leg(-1.0, pose.legs.x, pose.legs.y);
    let (thigh_right, shin_right) = leg(1.0, pose.legs.z, pose.legs.w);
    // Cloth goes with both legs together, is spread by their stride, and folds flat on a seat.
    let spread = (pose.legs.x - pose.legs.z).abs();
    let hip = pose.legs.x.midpoint(pose.legs.z);
    let folded = ramp(0.6, 1.2, hip);
    let knee = pose.legs.y.midpoint(pose.legs.w) * folded;
    let cloth = Mat4::from_scale(vec3(
        1.0 - 0.35 * folded,
        1.0,
        1.0 + 0.12 * spread - 0.45 * folded,
    ));
    let skirt = lowered * about(vec3(0.0, 0.84, 0.0), Mat4::from_rotation_x(hip));
    let hem = skirt * about(vec3(0.0, 0.45, 0.0), Mat4::from_rotation_x(knee));
    [
        lowered * broad,
        torso * broad,
        torso * nod * about(neck, Mat4::from_scale(Vec3::splat(head))),
        upper_left,
        fore_left,
        upper_right,
        fore_right,
        thigh_left,
        shin_left,
        thigh_right,
        shin_right,
        skirt * cloth * broad,
        Mat4::IDENTITY,
        hem * cloth * broad,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Bone;

    fn foot(motion: Motion, stride: f32, bone: Bone) -> Vec3 {
        let figure = Figure {
            motion: [motion.index(); 4],
            stride_m: stride,
            since_s: 1.0,
            ..Figure::default()
        };
        matrices(&figure, 0.0)[bone as usize].transform_point3(vec3(0.085, 0.0, 0.0))
    }

    #[test]
    fn feet_alternate_and_stay_near_the_ground() {
        for step in 0..30 {
            let stride = step as f32 * 0.1;
            let (left, right) = (
                foot(Motion::Walk, stride, Bone::ShinLeft),
                foot(Motion::Walk, stride, Bone::ShinRight),
            );
            assert!(
                left.y.min(right.y) < 0.14 && left.y.min(right.y) > -0.08,
                "{left} {right}"
            );
        }
        let (a, b) = (
            foot(Motion::Walk, 0.375, Bone::ShinLeft),
            foot(Motion::Walk, 0.375, Bone::ShinRight),
        );
        assert!(a.z < -0.1 && b.z > 0.1, "one before, one behind: {a} {b}");
    }

    #[test]
    fn a_heading_of_a_quarter_turn_looks_east() {
        let figure = Figure {
            heading: TAU / 4.0,
            ..Figure::default()
        };
        let nose = matrices(&figure, 0.0)[Bone::Ground as usize].transform_vector3(Vec3::NEG_Z);
        assert!(nose.x > 0.9, "{nose}");
    }
}
