//! What emotes look like: a few key poses each, as numbers.

mod clips;

use shared::motion::Motion;

use self::clips::{BOTH, CLIPS, Joint};
use super::pose::{Pose, RIGHT, blended, mirrored, ramp};

/// The unit of a key's numbers, in radians and metres.
const UNIT: f32 = 0.025;

/// Seconds over which an emote goes over into standing at its end.
const OUT_S: f32 = 0.4;

/// An emote's pose after so many seconds, over a body that stands `still`; none for what is no emote.
pub fn pose(motion: Motion, since_s: f32, still: &Pose) -> Option<Pose> {
    let (_, clip) = CLIPS.iter().find(|(emote, _)| *emote == motion)?;
    let lasts_s = motion.duration_s()?;
    let (key, until) = (clip.again.0, f32::from(clip.again.1));
    let begins = clip.keys.get(key).map_or(0.0, |(at, _)| f32::from(*at));
    let mut t = since_s * 10.0;
    let mut flipped = false;
    if until > begins && t >= until {
        let round = until - begins;
        flipped = clip.sides && ((t - begins) / round) as u32 % 2 == 1;
        t = begins + (t - begins) % round;
    }
    let next = clip.keys.iter().position(|(at, _)| f32::from(*at) > t);
    let at = |k: usize, flip: bool| {
        let (at, joints) = clip.keys.get(k).copied().unwrap_or_default();
        let pose = keyed(still, joints);
        (f32::from(at), if flip { mirrored(&pose) } else { pose })
    };
    let last = clip.keys.len() - 1;
    let (from, to) = match next {
        Some(0) => ((0.0, *still), at(0, flipped)),
        Some(k) => (at(k - 1, flipped), at(k, flipped)),
        None if until > 0.0 => (at(last, flipped), (until, at(key, flipped != clip.sides).1)),
        None => (at(last, false), at(last, false)),
    };
    let between = ramp(from.0, to.0.max(from.0 + 0.01), t);
    let done = ramp(lasts_s - OUT_S, lasts_s, since_s);
    let now = blended(&from.1, &to.1, between);
    Some(blended(&now, still, done))
}

/// A body that stands still but for some joints.
fn keyed(still: &Pose, joints: &[(Joint, i8)]) -> Pose {
    let mut pose = *still;
    for &(joint, value) in joints {
        let (joint, both) = (usize::from(joint % BOTH), joint >= BOTH);
        let value = f32::from(value) * UNIT;
        pose[joint / 4][joint % 4] = value;
        if both {
            pose[RIGHT][joint % 4] = value;
        }
    }
    pose
}
