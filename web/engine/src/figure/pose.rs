//! What a figure does with its limbs, out of motion, time and metres walked: a matrix for every bone.
//!
//! Angles about x swing a hanging limb forward when positive.

use glam::{Mat4, Vec2, Vec3, Vec4, vec2, vec3, vec4};
use shared::look::{AGES, AIDS, BUILDS, OUTFITS};
use shared::motion::Motion;
use shared::stage::{Figure, GAZE_RAD};
use std::f32::consts::TAU;

use super::step::{ANKLE_M, HIP_M, KNEE_M, RUN, WALK, bend, stepping};
use super::{emote, rolls};

/// Bones with a matrix of their own.
pub const BONES: usize = 20;
/// Seconds over which one motion goes over into the next.
pub const BLEND_S: f32 = 0.25;

/// Pushes of the rims of a wheelchair for TAU metres.
const PUSHES: f32 = 4.2;
/// Metres that a turn of the pedals goes.
const PEDALS_M: f32 = 4.2;

/// Where all joints are: vectors of angles (rad) and lengths (m).
pub type Pose = [Vec4; 6];
/// Pelvis lowered, torso leaned (negative forward), torso turned to the left, shoulders raised.
pub const BODY: usize = 0;
/// Nod (negative forward), turn to the right, tilt to the left; the whole figure turned to the left.
pub const HEAD: usize = 1;
/// Arms: swing, spread, twist (forearm inwards), elbow.
pub const LEFT: usize = 2;
pub const RIGHT: usize = 3;
/// Left foot ahead and lifted, right foot ahead and lifted.
pub const LEGS: usize = 4;
/// Legs spread, torso rolled to the left, toes of the left and the right foot up.
pub const STANCE: usize = 5;

/// Between two poses.
pub fn blended(from: &Pose, to: &Pose, t: f32) -> Pose {
    std::array::from_fn(|k| from[k].lerp(to[k], t))
}

/// The same with the other hand and foot.
pub fn mirrored(pose: &Pose) -> Pose {
    let [body, head, left, right, legs, stance] = *pose;
    [
        body * vec4(1.0, 1.0, -1.0, 1.0),
        head * vec4(1.0, -1.0, -1.0, -1.0),
        right,
        left,
        vec4(legs.z, legs.w, legs.x, legs.y),
        vec4(stance.x, -stance.y, stance.w, stance.z),
    ]
}

/// Eases from 0 to 1.
pub fn ramp(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Stands, breathes, shifts its weight, and looks about unless something is to be seen.
fn standing(time: f32, seed: f32, idle: f32) -> Pose {
    let breath = (time * 1.5 + seed * 40.0).sin();
    let about = (time * 0.31 + seed * 57.0).sin() * (time * 0.13 + seed * 91.0).sin() * idle;
    // Weight goes over from one leg to the other now and then, not all the time.
    let weight = ((time * 0.19 + seed * 23.0).sin() * 3.0).clamp(-1.0, 1.0);
    [
        vec4(0.006 - breath * 0.002, -0.02, weight * 0.05, breath * 0.006),
        vec4(0.02 + breath * 0.012, about * 0.55, weight * 0.04, 0.0),
        vec4(0.04 + breath * 0.015, 0.07, 0.1, 0.16),
        vec4(0.05 - breath * 0.015, 0.07, 0.1, 0.20),
        vec4(0.03 + weight * 0.03, 0.0, -0.01 - weight * 0.03, 0.0),
        vec4(0.03, weight * 0.02, 0.0, 0.0),
    ]
}

/// How a figure that can be told apart from others moves.
struct Mover {
    time: f32,
    seed: f32,
    /// Metres walked, of its own size.
    stride_m: f32,
    /// Length of its steps, 1 unless clothes are narrow.
    short: f32,
    /// 0 while it looks at something.
    idle: f32,
    rolls: bool,
}

impl Mover {
    fn doing(&self, motion: Motion, since: f32) -> Pose {
        let still = standing(self.time, self.seed, self.idle);
        let pose = match motion {
            Motion::Walk => stepping(&WALK, self.stride_m, self.short),
            Motion::Run => stepping(&RUN, self.stride_m, self.short.max(0.6)),
            Motion::Sit | Motion::Ride => {
                let mut pose = still;
                pose[BODY].x = 0.40;
                pose[BODY].y = 0.05;
                pose[LEFT] = vec4(0.42, 0.08, 0.25, 0.70);
                pose[RIGHT] = pose[LEFT];
                pose[LEGS] = vec4(0.40, 0.0, 0.43, 0.0);
                pose
            }
            Motion::Cycle => self.cycling(self.stride_m * TAU / PEDALS_M),
            Motion::Astride => {
                let mut pose = self.cycling(0.0);
                // One foot on the ground, the other on its pedal.
                pose[LEGS].z = 0.02;
                pose[LEGS].w = 0.0;
                pose[STANCE].x = 0.10;
                pose
            }
            _ => emote::pose(motion, since, &still).unwrap_or(still),
        };
        if self.rolls {
            self.seated(&pose, motion)
        } else {
            pose
        }
    }

    /// On a bicycle, with its pedals at an angle: hands at the bar, feet around the cranks.
    fn cycling(&self, pedals: f32) -> Pose {
        const CRANK_M: f32 = 0.15;
        let mut pose = standing(self.time, self.seed, self.idle);
        pose[BODY] = vec4(0.04, -0.16, 0.0, 0.0);
        pose[HEAD].x = 0.12;
        pose[LEFT] = vec4(0.88, 0.06, 0.10, 0.20);
        pose[RIGHT] = pose[LEFT];
        let foot = |angle: f32| (0.14 + CRANK_M * angle.sin(), 0.20 + CRANK_M * angle.cos());
        let ((left, lift), (right, raised)) = (foot(pedals), foot(pedals + TAU / 2.0));
        pose[LEGS] = vec4(left, lift, right, raised);
        pose[STANCE] = Vec4::ZERO;
        pose
    }

    /// In a wheelchair legs rest, and arms push the rims when it rolls.
    fn seated(&self, pose: &Pose, motion: Motion) -> Pose {
        let mut seated = *pose;
        seated[BODY].x = 0.37;
        seated[BODY].y = pose[BODY].y.max(-1.0) * 0.55;
        seated[HEAD].w = 0.0;
        seated[LEGS] = vec4(0.44, 0.13, 0.44, 0.13);
        seated[STANCE] = vec4(0.0, pose[STANCE].y, 0.0, 0.0);
        if motion.speed_m_s() > 0.0 {
            // A push for every metre and a half.
            let push = (self.stride_m * PUSHES).sin();
            seated[BODY].y = -0.10 - push * 0.05;
            seated[LEFT] = vec4(0.10 + push * 0.45, 0.22, 0.0, 0.75 - push * 0.25);
            seated[RIGHT] = seated[LEFT];
        } else if matches!(motion, Motion::Stand | Motion::Sit | Motion::Astride) {
            seated[LEFT] = vec4(0.42, 0.10, 0.25, 0.70);
            seated[RIGHT] = seated[LEFT];
        }
        seated
    }
}

/// Lengths of steps.
pub const SHORT: [f32; 3] = [1.0, 0.85, 0.55];

/// Index of those in an outfit: long skirts and coats are walked in with shorter steps.
pub fn short(outfit: u8) -> usize {
    match usize::from(outfit) % OUTFITS.len() {
        2 => 2,
        1 | 5 | 7 | 8 => 1,
        _ => 0,
    }
}

/// Metres after which a figure of its own size does the same again: two steps, a push of its wheels, a turn of the pedals.
pub fn cycle_m(motion: Motion, look: &[u8; 12]) -> f32 {
    let short = SHORT[short(look[3])];
    match motion {
        Motion::Cycle => PEDALS_M,
        _ if rolls(*look) => TAU / PUSHES,
        Motion::Run => RUN.cycle_m * short.max(0.6),
        _ => WALK.cycle_m * short,
    }
}

/// How much taller than the mesh a figure is.
pub fn tall(figure: &Figure) -> f32 {
    shape(figure).tall
}

/// What a figure measures.
pub fn shape(figure: &Figure) -> Shape {
    let [_, _, _, _, _, _, build, _, age, ..] = figure.look;
    Shape::of(build, age, figure.seed)
}

/// A matrix for every bone, in the order of [`super::Bone`]: from the resting body into the place.
pub fn matrices(figure: &Figure, time: f32) -> [Mat4; BONES] {
    let (stand, bones) = posed(figure, time);
    bones.map(|bone| stand * bone)
}

/// From a body at the origin, of the mesh's height, into the place; and from the resting body to that one.
pub fn posed(figure: &Figure, time: f32) -> (Mat4, [Mat4; BONES]) {
    let motion = |index: u8| Motion::from_index(index).unwrap_or_default();
    let [now, before, _, lasted] = figure.motion;
    let (now, before) = (motion(now), motion(before));
    // At the speed of wheels legs that still walk would whirl.
    let walked = now == Motion::Cycle && before.speed_m_s() > 0.0;
    let before = if walked { Motion::Astride } else { before };
    let (since, seed) = (figure.since_s, figure.seed);
    let [_, _, _, outfit, _, _, _, aid, age, ..] = figure.look;
    let shape = shape(figure);
    let [gaze, speaks, turning, _] = figure.gaze.map(f32::from);
    let (gaze, turning) = (gaze * GAZE_RAD, turning * GAZE_RAD);
    let mover = Mover {
        time,
        seed,
        stride_m: figure.stride_m / shape.tall,
        short: SHORT[short(outfit)],
        idle: if gaze == 0.0 { 1.0 } else { 0.0 },
        rolls: rolls(figure.look),
    };
    let mut pose = mover.doing(now, since);
    if since < BLEND_S && now != before {
        let from = mover.doing(before, since + f32::from(lasted) * 0.1);
        pose = blended(&from, &pose, ramp(0.0, BLEND_S, since));
    }
    // Who turns leans into it, looks there first, and, standing, sets the feet.
    let moves = now.speed_m_s() > 0.0;
    pose[STANCE].y -= (turning * 0.05).clamp(-0.14, 0.14) * f32::from(u8::from(moves));
    pose[HEAD].y += (turning * 0.10).clamp(-0.4, 0.4) + gaze * 0.7;
    pose[BODY].z -= gaze * 0.15;
    if now == Motion::Stand && !mover.rolls {
        let lift = (turning.abs() * 0.05).min(0.06);
        let tread = (time * 11.0).sin();
        pose[LEGS].y += lift * tread.max(0.0);
        pose[LEGS].w += lift * (-tread).max(0.0);
    }
    if age % AGES.len() as u8 == 1 {
        pose[BODY].y -= 0.14;
        pose[HEAD].x += 0.10;
    }
    if aid % AIDS.len() as u8 > 1
        && !matches!(now, Motion::Run | Motion::Cycle | Motion::Astride)
        && emote::pose(now, 0.0, &pose).is_none()
    {
        // A cane is held before the body, and goes with the steps.
        pose[RIGHT] = vec4(0.16 + pose[RIGHT].x * 0.4, 0.12, 0.0, 0.30);
    }
    // A blink now and then; lips move while one speaks or laughs.
    let blinks = (time * 0.27 + seed * 7.0).fract() < 0.035;
    let chatter = 1.0 + (time * 17.0).sin() * (time * 7.3 + seed).sin();
    let open = match now {
        Motion::Laugh | Motion::Cheer => 2.6,
        _ if speaks > 0.0 => 0.8 + 1.6 * chatter,
        _ => 1.0,
    };
    let face = vec3(gaze.clamp(-1.0, 1.0), if blinks { 0.12 } else { 1.0 }, open);
    // Headings run clockwise from north: about −y.
    let stand = Mat4::from_translation(Vec3::from(figure.position))
        * Mat4::from_rotation_y(pose[HEAD].w - figure.heading)
        * Mat4::from_scale(Vec3::splat(shape.tall));
    (stand, bones(&pose, &shape, face))
}

/// Measures of a body, over the mesh's.
pub struct Shape {
    /// How tall it is.
    pub tall: f32,
    /// How wide and deep it is; `shaders/figure.wgsl` has the same.
    pub wide: Vec2,
    head: f32,
}

impl Shape {
    fn of(build: u8, age: u8, seed: f32) -> Self {
        let wide = [
            vec2(1.0, 1.0),
            vec2(1.15, 1.08),
            vec2(0.88, 0.90),
            vec2(1.20, 1.34),
        ];
        let (size, head) =
            [(1.0, 1.0), (0.96, 1.0), (0.68, 1.24), (0.86, 1.10)][usize::from(age) % AGES.len()];
        Self {
            tall: size * (0.965 + 0.07 * (seed * 7.31).fract()),
            wide: wide[usize::from(build) % BUILDS.len()],
            head,
        }
    }
}

fn about(pivot: Vec3, turn: Mat4) -> Mat4 {
    Mat4::from_translation(pivot) * turn * Mat4::from_translation(-pivot)
}

/// The bones of a figure that stands at the origin; of the face: where the eyes look, how far they are open, how far the
/// mouth is.
fn bones(pose: &Pose, shape: &Shape, face: Vec3) -> [Mat4; BONES] {
    let turn = |x: f32, y: f32, z: f32| {
        Mat4::from_rotation_x(x) * Mat4::from_rotation_z(z) * Mat4::from_rotation_y(y)
    };
    let [body, head, left, right, legs, stance] = *pose;
    let wide = shape.wide.x;
    let lowered = Mat4::from_translation(Vec3::NEG_Y * body.x);
    let broad = Mat4::from_scale(vec3(wide, 1.0, shape.wide.y));
    let limb = Mat4::from_scale(vec3(wide, 1.0, wide));
    let torso = lowered * about(vec3(0.0, 0.92, 0.0), turn(body.y, body.z, stance.y));
    let neck = vec3(0.0, 1.38, 0.0);
    let nod = torso
        * about(
            neck,
            turn(head.x, -head.y, head.z) * Mat4::from_scale(Vec3::splat(shape.head)),
        );
    let raised = Mat4::from_translation(Vec3::Y * body.w);
    let arm = |side: f32, angles: Vec4| {
        let swing = turn(angles.x, side * angles.z, side * angles.y);
        let upper = torso * raised * about(vec3(side * 0.195 * wide, 1.30, 0.0), swing);
        let elbow = about(
            vec3(side * 0.205 * wide, 1.035, 0.0),
            Mat4::from_rotation_x(angles.w),
        );
        (upper, upper * elbow)
    };
    let leg = |side: f32, ahead: f32, lifted: f32, toes: f32| {
        let bent = bend(body.x, ahead, lifted, toes);
        let at = |y: f32| vec3(side * 0.085, y, 0.0);
        let thigh = lowered * about(at(HIP_M), turn(bent.x, 0.0, side * stance.x));
        let shin = thigh * about(at(KNEE_M), Mat4::from_rotation_x(bent.y));
        let foot = (toes - bent.x - bent.y).clamp(-1.3, 0.8);
        let foot = shin * about(at(ANKLE_M), turn(foot, 0.0, -side * stance.x));
        (bent, [thigh * limb, shin * limb, foot * limb])
    };
    let (upper_left, fore_left) = arm(-1.0, left);
    let (upper_right, fore_right) = arm(1.0, right);
    let (bent_left, [thigh_left, shin_left, foot_left]) = leg(-1.0, legs.x, legs.y, stance.z);
    let (bent_right, [thigh_right, shin_right, foot_right]) = leg(1.0, legs.z, legs.w, stance.w);
    // Cloth goes with both legs together, is spread by their stride, and folds flat on a seat.
    let bent = (bent_left + bent_right) / 2.0;
    let spread = (legs.x - legs.z).abs();
    let folded = ramp(0.7, 1.3, bent.x);
    let cloth = Mat4::from_scale(vec3(
        1.0 - 0.32 * folded,
        1.0,
        1.0 + 0.30 * spread - 0.66 * folded,
    ));
    // Of bent knees cloth shows little before one sits.
    let hang = bent.x * ramp(0.15, 0.9, bent.x);
    let skirt = lowered * about(vec3(0.0, HIP_M, 0.0), Mat4::from_rotation_x(hang));
    let hem = skirt * about(vec3(0.0, KNEE_M, 0.0), Mat4::from_rotation_x(bent.y * folded));
    let lids = about(vec3(0.0, 1.536, 0.0), Mat4::from_scale(vec3(1.0, face.y, 1.0)));
    let mouth = about(vec3(0.0, 1.466, 0.0), Mat4::from_scale(vec3(1.0, face.z, 1.0)));
    let hand = fore_right.transform_point3(vec3(0.204 * wide, 0.745, -0.01));
    [
        lowered * broad,
        torso * broad,
        nod,
        upper_left * limb,
        fore_left * limb,
        upper_right * limb,
        fore_right * limb,
        thigh_left,
        shin_left,
        thigh_right,
        shin_right,
        skirt * cloth * broad,
        Mat4::IDENTITY,
        hem * cloth * broad,
        foot_left,
        nod * Mat4::from_translation(vec3(face.x * 0.010, 0.0, 0.0)) * lids,
        foot_right,
        nod * mouth,
        Mat4::from_translation(hand),
        nod * lids,
    ]
}

#[cfg(test)]
mod tests {
    use std::f32::consts::TAU;

    use super::*;
    use crate::figure::Bone;

    fn figure(motion: Motion) -> Figure {
        Figure {
            motion: [motion.index(), motion.index(), 0, 0],
            since_s: 1.0,
            // As tall as the mesh.
            seed: 0.5 / 7.31,
            ..Figure::default()
        }
    }

    /// Where the middle of a sole is, of a figure that walks north.
    fn sole(motion: Motion, stride: f32, right: bool) -> Vec3 {
        let figure = Figure {
            stride_m: stride,
            position: [0.0, 0.0, -stride],
            ..figure(motion)
        };
        let (bone, x) = if right {
            (Bone::Foot as usize + 2, 0.085)
        } else {
            (Bone::Foot as usize, -0.085)
        };
        // The ball of the foot: what stands last.
        matrices(&figure, 0.0)[bone].transform_point3(vec3(x, 0.0, -0.12))
    }

    #[test]
    fn a_foot_on_the_ground_does_not_slide() {
        for (motion, cycle) in [(Motion::Walk, 1.36), (Motion::Run, 2.6)] {
            let mut stood = 0;
            let mut before = sole(motion, 0.0, false);
            for step in 1..400 {
                let now = sole(motion, step as f32 * cycle / 200.0, false);
                assert!(now.y > -0.03, "{motion:?} goes into the ground: {now}");
                if now.y < 0.02 && before.y < 0.02 {
                    stood += 1;
                    let slid = (now - before).with_y(0.0).length();
                    assert!(slid < 0.012, "{motion:?} slides {slid} m in a 200th of a stride");
                }
                before = now;
            }
            assert!(stood > 60, "{motion:?} stands on it: {stood}");
        }
    }

    #[test]
    fn a_walker_always_has_a_foot_on_the_ground_and_feet_alternate() {
        for step in 0..60 {
            let stride = step as f32 * 0.1;
            let low = sole(Motion::Walk, stride, false)
                .y
                .min(sole(Motion::Walk, stride, true).y);
            assert!((-0.03..0.05).contains(&low), "{low}");
        }
        let (a, b) = (sole(Motion::Walk, 0.0, false), sole(Motion::Walk, 0.0, true));
        assert!(a.z < b.z - 0.5, "one before, one behind: {a} {b}");
    }

    #[test]
    fn every_motion_of_everyone_is_a_picture_that_goes_on_without_jumps() {
        let ages = 0..AGES.len() as u8;
        for (motion, age) in Motion::ALL
            .into_iter()
            .flat_map(|motion| ages.clone().map(move |age| (motion, age)))
        {
            for aid in 0..AIDS.len() as u8 {
                let mut look = [0; 12];
                (look[7], look[8]) = (aid, age);
                let at = |tick: u32| {
                    let since_s = tick as f32 / 60.0;
                    let figure = Figure {
                        motion: [motion.index(), Motion::Walk.index(), 0, 7],
                        since_s,
                        stride_m: since_s * motion.speed_m_s(),
                        look,
                        gaze: [-30, 1, 40, 0],
                        ..Figure::default()
                    };
                    // Blinks and lips are meant to jump.
                    let mut bones = matrices(&figure, 40.0 + since_s);
                    for quick in [Bone::Eyes, Bone::Lids, Bone::Mouth] {
                        bones[quick as usize] = Mat4::IDENTITY;
                    }
                    bones
                };
                let mut before = at(0);
                for tick in 1..600 {
                    let now = at(tick);
                    for (bone, (a, b)) in before.iter().zip(&now).enumerate() {
                        assert!(b.is_finite(), "{motion:?} bone {bone}");
                        let apart = a.w_axis.distance(b.w_axis);
                        assert!(
                            apart < 0.4,
                            "{motion:?} {age} {aid} bone {bone} at {tick}: {apart}"
                        );
                    }
                    before = now;
                }
            }
        }
    }

    #[test]
    fn emotes_end_as_they_began() {
        for motion in Motion::EMOTES {
            let Some(lasts) = motion.duration_s() else {
                continue;
            };
            let at = |motion: Motion, since_s: f32| {
                let figure = Figure {
                    since_s,
                    ..figure(motion)
                };
                matrices(&figure, 3.0)
            };
            let (end, still) = (at(motion, lasts), at(Motion::Stand, 9.0));
            for (bone, (a, b)) in end.iter().zip(&still).enumerate() {
                if bone != Bone::Mouth as usize {
                    assert!(a.abs_diff_eq(*b, 0.02), "{motion:?} bone {bone}");
                }
            }
        }
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

    #[test]
    fn who_looks_at_a_speaker_turns_the_head_there() {
        let nose = |gaze: i8| {
            let figure = Figure {
                gaze: [gaze, 0, 0, 0],
                ..figure(Motion::Stand)
            };
            matrices(&figure, 0.0)[Bone::Head as usize].transform_vector3(Vec3::NEG_Z)
        };
        assert!(nose(40).x > 0.5 && nose(-40).x < -0.5);
    }
}
