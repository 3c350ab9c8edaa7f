//! Walkers for tests: one who pushes about at random, and one who follows a path as the page does.

use glam::vec2;
use proptest::prelude::*;
use shared::{
    check::MotionCheck,
    motion::RUN_M_S,
    protocol::Stance,
    space::{Point, Position},
    walk::Ground,
};

/// Runs in directions, each for so many claims to the relay: everywhere free, and believed each time. Where that ends.
pub fn wander(ground: &Ground, from: Position, pushes: &[(f32, u32)]) -> Result<Position, TestCaseError> {
    let mut check = MotionCheck::new(0);
    let mut now_ms = 0;
    let mut here = from;
    for (angle, claims) in pushes {
        for _ in 0..*claims {
            // Four steps of the page's clock between two claims.
            let mut there = here;
            for _ in 0..4 {
                let way = vec2(angle.sin(), angle.cos()) * RUN_M_S / 60.0;
                there = ground.slide(there, Point::from_m(there.point.to_m() + way));
                prop_assert!(ground.is_free(there), "{there:?}");
            }
            now_ms += 67;
            let stance = |position| Stance {
                position,
                ..Stance::default()
            };
            prop_assert!(
                check.allow(ground, stance(here), stance(there), now_ms),
                "{here:?} -> {there:?}"
            );
            here = there;
        }
    }
    Ok(here)
}

/// Walks from point to point of a path as the page does: whole centimetres decide only when something is in the way. Where
/// that ends.
pub fn follow(ground: &Ground, from: Position, path: &[Position]) -> Position {
    let mut here = from;
    let mut exact = from.point.to_m();
    for next in path {
        for _ in 0..2_000 {
            let left = next.point.to_m() - exact;
            if left.length() < 0.03 {
                break;
            }
            let wanted = exact + left.clamp_length_max(0.08);
            let from = Position {
                point: Point::from_m(exact),
                level: here.level,
            };
            here = ground.slide(from, Point::from_m(wanted));
            exact = if here.point == Point::from_m(wanted) {
                wanted
            } else {
                here.point.to_m()
            };
        }
    }
    here
}
