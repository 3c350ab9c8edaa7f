//! Poses that many have: what people far off do, in a few phases for a few kinds of people. Each of these moves, turns and
//! sizes such a pose to where and who it is.

use glam::Mat4;
use shared::look::{AGES, AIDS};
use shared::motion::Motion;
use shared::stage::Figure;

use super::pose::{self, BLEND_S, BONES, SHORT};

/// What many do at a time.
const DOING: [Motion; 7] = [
    Motion::Walk,
    Motion::Run,
    Motion::Cycle,
    Motion::Stand,
    Motion::Sit,
    Motion::Ride,
    Motion::Astride,
];
/// Phases of a step, and manners to stand and sit.
const PHASES: usize = 32;
const MANNERS: usize = 8;
/// Aids that show in a pose: none, a wheelchair, and a cane of either kind.
const HELD: usize = 3;
/// How many poses there are.
pub const POSES: usize = AGES.len() * SHORT.len() * HELD * DOING.len() * PHASES;

/// The number of the pose that a figure has in common with others; none for what few do at a time.
pub fn number(figure: &Figure) -> Option<usize> {
    let doing = DOING
        .iter()
        .position(|motion| motion.index() == figure.motion[0])?;
    let [_, _, _, outfit, _, _, _, aid, age, ..] = figure.look;
    let (age, aid) = (usize::from(age) % AGES.len(), usize::from(aid) % AIDS.len());
    let (share, phases, short) = if goes(doing) {
        let cycle_m = pose::cycle_m(DOING[doing], &figure.look);
        let share = figure.stride_m / (pose::tall(figure) * cycle_m);
        (share, PHASES, pose::short(outfit))
    } else {
        (figure.seed, MANNERS, 0)
    };
    let phase = (share.rem_euclid(1.0) * phases as f32) as usize % phases;
    let kind = (age * SHORT.len() + short) * HELD + aid.min(HELD - 1);
    Some((kind * DOING.len() + doing) * PHASES + phase)
}

/// The bones of a pose, from the resting body to one at the origin, as tall and as broad as the mesh.
pub fn bones(number: usize) -> [Mat4; BONES] {
    let (kind, doing, phase) = (
        number / PHASES / DOING.len(),
        number / PHASES % DOING.len(),
        number % PHASES,
    );
    let (goes, now) = (goes(doing), DOING[doing].index());
    let share = (phase as f32 + 0.5) / if goes { PHASES } else { MANNERS } as f32;
    let mut look = [0; 12];
    // The first outfits are one of each length of steps.
    look[3] = (kind / HELD % SHORT.len()) as u8;
    (look[7], look[8]) = ((kind % HELD) as u8, (kind / HELD / SHORT.len()) as u8);
    let mut like = Figure {
        motion: [now, now, 0, 0],
        since_s: 2.0 * BLEND_S,
        look,
        // Of those who step none blinks.
        seed: if goes { 0.07 } else { share },
        ..Figure::default()
    };
    like.stride_m = share * pose::cycle_m(DOING[doing], &look) * pose::tall(&like);
    pose::posed(&like, 0.0).1
}

/// Whether what is done is to go somewhere, step by step.
fn goes(doing: usize) -> bool {
    DOING[doing].speed_m_s() > 0.0
}

#[cfg(test)]
mod tests {
    use glam::{Vec3, vec3};

    use super::*;
    use crate::figure::{Bone, rolls};

    #[test]
    fn a_pose_in_common_is_nearly_ones_own() {
        for step in 0..4_000_u16 {
            let many = f32::from(step);
            let choice = |of: u16, slow: u16| (step / slow % of) as u8;
            let mut look = [0; 12];
            (look[3], look[6]) = (choice(9, 1), choice(4, 9));
            (look[8], look[7]) = (choice(4, 36), choice(4, 144));
            let motion = [Motion::Walk, Motion::Run][usize::from(step) / 2_000];
            let own = Figure {
                motion: [motion.index(), motion.index(), 0, 0],
                since_s: 1.0,
                position: [many * 0.1, 2.0, -many * 0.05],
                heading: many * 0.7,
                stride_m: many * 0.173,
                look,
                seed: (many * 0.37).fract(),
                ..Figure::default()
            };
            let number = number(&own).unwrap();
            assert!(number < POSES);
            let (stand, bones) = (pose::posed(&own, 0.0).0, bones(number));
            let shape = pose::shape(&own);
            let broad = vec3(shape.wide.x, 1.0, shape.wide.y);
            let matrices = pose::matrices(&own, 0.0);
            // Arms that push rims lie otherwise around a broad body.
            let most = if rolls(look) { 0.16 } else { 0.09 };
            for (bone, end, broad, most) in [
                (Bone::Foot as usize, vec3(-0.085, 0.02, -0.12), broad, most),
                (Bone::Forearm as usize + 2, vec3(0.204, 0.74, -0.01), broad, most),
                (Bone::Head as usize, vec3(0.0, 1.7, 0.0), Vec3::ONE, 0.03),
            ] {
                let common = (stand * bones[bone]).transform_point3(end * broad);
                let apart = matrices[bone].transform_point3(end) - common;
                assert!(apart.length() < most, "{motion:?} {look:?} bone {bone}: {apart}");
            }
        }
    }

    #[test]
    fn few_do_at_a_time_what_is_not_in_common() {
        for motion in Motion::ALL {
            let figure = Figure {
                motion: [motion.index(), 0, 0, 0],
                ..Figure::default()
            };
            let emotes = motion.duration_s().is_some();
            assert_eq!(number(&figure).is_none(), emotes, "{motion:?}");
        }
    }
}
