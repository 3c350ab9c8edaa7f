//! Ambient figures, on their strolls and in rites: they belong to the city, not to a person. Where they are is a pure function of the relays' clock,
//! so that everyone sees the same figure at the same place, and nothing about them is ever sent.

use glam::Vec2;
use shared::{
    city::{
        Place,
        rite::{Performer, Rite},
    },
    look::Look,
    motion::Motion,
    space::Level,
};

use super::{
    gait::Gait,
    seen::{Seen, Whose, seed},
};

/// The slowest and the fastest stroller, in metres a second.
const SPEED_M_S: [f32; 2] = [0.95, 1.45];

/// How far to the right of the path they keep, so that those who meet pass each other, in metres.
const KEEP_RIGHT_M: [f32; 2] = [0.4, 1.4];

/// Over what length at each end of the path they turn around, in metres.
const TURNING_M: f32 = 1.2;

/// From farther off nobody sees who takes part in a rite: a figure is some pixels high there, in metres.
const RITE_M: f32 = 400.0;

/// Appends the figures of a place's strolls, and of its rites near `here`, at `relay_ms`.
pub fn figures(place: &Place, here: Vec2, relay_ms: f64, out: &mut Vec<Seen>) {
    for (index, stroll) in place.strolls.iter().enumerate() {
        let path: Vec<Vec2> = stroll.path.iter().map(|point| point.to_m()).collect();
        let length: f32 = path.windows(2).map(pair_length).sum();
        if length < 4.0 * TURNING_M {
            continue;
        }
        for figure in 0..stroll.figures {
            let id = index as u64 * 256 + u64::from(figure);
            let look = place.passer_by(id.wrapping_mul(7_919));
            out.push(stroller(&path, length, (stroll.level, look), id, relay_ms));
        }
    }
    let is_near = |rite: &&Rite| rite.at.to_m().distance(here) < RITE_M;
    for rite in place.rites.iter().filter(is_near) {
        out.extend(rite.performers(relay_ms).map(performer));
    }
}

fn performer(it: Performer) -> Seen {
    Seen {
        whose: Whose::Ambient,
        at: it.at,
        level: it.level,
        y: 0.0,
        heading: it.heading,
        gait: Gait {
            motion: it.motion,
            before: it.before,
            since_s: it.since_s,
            stride_m: it.stride_m,
            ..Gait::default()
        },
        opacity: 1.0,
        look: it.look,
        seed: seed(it.number.wrapping_add(1)),
        ride: None,
    }
}

fn stroller(path: &[Vec2], length: f32, (level, look): (Level, Look), id: u64, relay_ms: f64) -> Seen {
    let own = seed(id.wrapping_add(1));
    let other = seed(id.wrapping_add(0x5151));
    let speed = SPEED_M_S[0] + (SPEED_M_S[1] - SPEED_M_S[0]) * own;
    let round = f64::from(length) * 2.0;
    let gone = (relay_ms / 1_000.0 * f64::from(speed) + f64::from(other) * round).rem_euclid(round) as f32;
    let back = gone > length;
    let along = if back { 2.0 * length - gone } else { gone };
    let direction = direction_at(path, along, length) * if back { -1.0 } else { 1.0 };
    // To the right of the way; at the ends the side changes through the middle, which is the turn.
    let edge = (along.min(length - along) / TURNING_M).min(1.0);
    let keep = (KEEP_RIGHT_M[0] + (KEEP_RIGHT_M[1] - KEEP_RIGHT_M[0]) * other) * edge;
    let right = Vec2::new(-direction.y, direction.x);
    // At the ends the body goes around by way of the right hand, a half turn in all.
    let quarter = std::f32::consts::FRAC_PI_2;
    let (to_end, from_end) = if back {
        (along, length - along)
    } else {
        (length - along, along)
    };
    let turned = quarter * ((1.0 - to_end / TURNING_M).max(0.0) - (1.0 - from_end / TURNING_M).max(0.0));
    Seen {
        whose: Whose::Ambient,
        at: point_at(path, along) + right * keep,
        level,
        y: 0.0,
        heading: direction.x.atan2(-direction.y) + turned,
        gait: Gait {
            motion: Motion::Walk,
            before: Motion::Walk,
            since_s: 10.0,
            stride_m: gone,
            ..Gait::default()
        },
        opacity: 1.0,
        look,
        seed: own,
        ride: None,
    }
}

/// The direction of the path at a length along it: the chord to a little before and behind, so that corners are round.
fn direction_at(path: &[Vec2], along: f32, length: f32) -> Vec2 {
    const REACH_M: f32 = 1.5;
    let before = point_at(path, (along - REACH_M).max(0.0));
    let behind = point_at(path, (along + REACH_M).min(length));
    (behind - before).normalize_or(Vec2::X)
}

fn point_at(path: &[Vec2], along: f32) -> Vec2 {
    let mut left = along;
    for pair in path.windows(2) {
        let &[from, to] = pair else { continue };
        let length = from.distance(to);
        if length > 0.0 && left <= length {
            return from + (to - from) * (left / length);
        }
        left -= length;
    }
    path.last().copied().unwrap_or_default()
}

fn pair_length(pair: &[Vec2]) -> f32 {
    match pair {
        [from, to] => from.distance(*to),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use shared::{
        city::{Stroll, rite::Performers},
        space::{Heading, Point},
    };

    use super::{super::tests::city, *};

    fn strolls() -> Place {
        let path = vec![Point::new(0, 0), Point::new(3_000, 0), Point::new(3_000, 2_000)];
        let strolls = vec![Stroll {
            path,
            level: 0,
            figures: 5,
        }];
        Place {
            strolls,
            ..city().places[0].clone()
        }
    }

    fn at(relay_ms: f64) -> Vec<Seen> {
        let mut out = Vec::new();
        figures(&strolls(), Vec2::ZERO, relay_ms, &mut out);
        out
    }

    #[test]
    fn everyone_sees_the_same_at_the_same_time() {
        assert_eq!(at(1_795_334_400_000.0), at(1_795_334_400_000.0));
        assert_eq!(at(0.0).len(), 5);
    }

    #[test]
    fn they_walk_without_jumping_and_turn_without_snapping() {
        let start = 1_795_334_400_000.0;
        let mut before = at(start);
        for step in 1..6_000 {
            let now = at(start + f64::from(step) * 33.0);
            for (a, b) in before.iter().zip(&now) {
                assert!(
                    a.at.distance(b.at) < 0.25,
                    "{} at step {step}",
                    a.at.distance(b.at)
                );
                assert!(
                    super::super::turn(a.heading, b.heading).abs() < 0.35,
                    "at step {step}"
                );
            }
            before = now;
        }
    }

    #[test]
    fn a_rite_is_there_for_who_is_near_it() {
        let dancers = Performers {
            path: vec![Point::new(0, 0)],
            level: 0,
            heading: Heading(0),
            rows: 8,
            columns: 8,
            apart_cm: 150,
            dress: [0; 4],
            does: vec![Motion::Stand],
        };
        let rite = Rite {
            name: "rite".into(),
            at: Point::new(0, 0),
            heard_cm: 5_000,
            acts: vec!["first".into()],
            act_s: 40,
            performers: vec![dancers],
        };
        let place = Place {
            rites: vec![rite],
            ..city().places[0].clone()
        };
        let seen_from = |metres: f32| {
            let mut out = Vec::new();
            figures(&place, Vec2::new(0.0, metres), 0.0, &mut out);
            out.len()
        };
        assert_eq!([0.0, 399.0, 401.0].map(seen_from), [64, 64, 0]);
    }
}
