//! Ambient figures: they belong to the city, not to a person. Where they are is a pure function of the relays' clock,
//! so that everyone sees the same figure at the same place, and nothing about them is ever sent.

use glam::Vec2;
use shared::{city::Stroll, look::Look, motion::Motion};

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

/// Appends the figures of all strolls at `relay_ms`.
pub fn figures(strolls: &[Stroll], relay_ms: f64, out: &mut Vec<Seen>) {
    for (index, stroll) in strolls.iter().enumerate() {
        let path: Vec<Vec2> = stroll.path.iter().map(|point| point.to_m()).collect();
        let length: f32 = path.windows(2).map(|pair| pair_length(pair)).sum();
        if length < 4.0 * TURNING_M {
            continue;
        }
        for figure in 0..stroll.figures {
            out.push(stroller(&path, length, index as u64 * 256 + u64::from(figure), relay_ms));
        }
    }
}

fn stroller(path: &[Vec2], length: f32, id: u64, relay_ms: f64) -> Seen {
    let own = seed(id.wrapping_add(1));
    let other = seed(id.wrapping_add(0x5151));
    let speed = SPEED_M_S[0] + (SPEED_M_S[1] - SPEED_M_S[0]) * own;
    let round = f64::from(length) * 2.0;
    let gone = (relay_ms / 1_000.0 * f64::from(speed) + f64::from(other) * round).rem_euclid(round) as f32;
    let back = gone > length;
    let along = if back { 2.0 * length - gone } else { gone };
    let (on_path, direction) = point_at(path, along);
    let direction = if back { -direction } else { direction };
    // To the right of the way; at the ends the side changes through the middle, which is the turn.
    let edge = (along.min(length - along) / TURNING_M).min(1.0);
    let keep = (KEEP_RIGHT_M[0] + (KEEP_RIGHT_M[1] - KEEP_RIGHT_M[0]) * other) * edge;
    let right = Vec2::new(-direction.y, direction.x);
    Seen {
        whose: Whose::Ambient,
        at: on_path + right * keep,
        heading: heading_of(path, along, length, back),
        gait: Gait { motion: Motion::Walk, before: Motion::Walk, since_s: 10.0, stride_m: gone },
        opacity: 1.0,
        look: Look::from_seed(id.wrapping_mul(7_919)),
        seed: own,
    }
}

/// Where someone looks who is `along` the path: the chord to a little ahead, so that corners are rounded; at the ends
/// the turn goes around by way of the right hand.
fn heading_of(path: &[Vec2], along: f32, length: f32, back: bool) -> f32 {
    const AHEAD_M: f32 = 0.8;
    let sign = if back { -1.0 } else { 1.0 };
    let (a, _) = point_at(path, (along - sign * AHEAD_M).clamp(0.0, length));
    let (b, _) = point_at(path, (along + sign * AHEAD_M).clamp(0.0, length));
    let way = b - a;
    let heading = way.x.atan2(-way.y);
    let to_end = if back { along } else { length - along };
    let from_end = if back { length - along } else { along };
    let half = std::f32::consts::FRAC_PI_2;
    if to_end < TURNING_M {
        heading + half * (1.0 - to_end / TURNING_M)
    } else if from_end < TURNING_M {
        heading - half * (1.0 - from_end / TURNING_M)
    } else {
        heading
    }
}

fn point_at(path: &[Vec2], along: f32) -> (Vec2, Vec2) {
    let mut left = along;
    let mut last = (path.first().copied().unwrap_or_default(), Vec2::X);
    for pair in path.windows(2) {
        let &[from, to] = pair else { continue };
        let length = from.distance(to);
        if length <= 0.0 {
            continue;
        }
        let direction = (to - from) / length;
        if left <= length {
            return (from + direction * left, direction);
        }
        left -= length;
        last = (to, direction);
    }
    last
}

fn pair_length(pair: &[Vec2]) -> f32 {
    match pair {
        [from, to] => from.distance(*to),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use shared::space::Point;

    use super::*;

    fn strolls() -> Vec<Stroll> {
        let path = vec![Point::new(0, 0), Point::new(3_000, 0), Point::new(3_000, 2_000)];
        vec![Stroll { path, level: 0, figures: 5 }]
    }

    fn at(relay_ms: f64) -> Vec<Seen> {
        let mut out = Vec::new();
        figures(&strolls(), relay_ms, &mut out);
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
                assert!(a.at.distance(b.at) < 0.25, "{} at step {step}", a.at.distance(b.at));
                assert!(super::super::turn(a.heading, b.heading).abs() < 0.35, "at step {step}");
            }
            before = now;
        }
    }
}
