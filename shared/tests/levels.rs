//! Levels: a canal below the street is walked down to and up from by its stairs, under its bridges and over its stones, and
//! nobody falls into it, leaves it through a wall, or is on two levels at once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod walkers;

use glam::vec2;
use proptest::prelude::*;
use shared::{
    city::{Kit, Part, Place, Stair},
    space::{Level, Point, Position},
    walk::Ground,
};
use walkers::{follow, wander};

/// A yard of 60 m by 60 m with a stream through its middle, from west to east: 16 m from wall to wall and 4 m deep, water of
/// 6 m, a bridge, a stair at each end on either side, a row of stones.
fn quay() -> Place {
    let corners = [(-3_000, -3_000), (3_000, -3_000), (3_000, 3_000), (-3_000, 3_000)];
    Place {
        id: "quay".to_owned(),
        origin_lat_lon: [37.5, 127.0],
        capacity: 10,
        bounds: corners.map(|(x, z)| Point::new(x, z)).into(),
        spots: Vec::new(),
        parts: vec![Part {
            name: None,
            level: -1,
            kit: Kit::Canal {
                path: vec![Point::new(-2_500, 0), Point::new(0, 0), Point::new(2_500, 100)],
                width_cm: 1_600,
                depth_cm: 400,
                water_cm: 600,
                bridges: vec![[2_000, 2_600]],
                stairs: vec![
                    Stair {
                        right: true,
                        top_cm: 300,
                        foot_cm: 1_100,
                    },
                    Stair {
                        right: false,
                        top_cm: 4_700,
                        foot_cm: 3_900,
                    },
                ],
                stones: vec![1_500],
            },
        }],
        strolls: Vec::new(),
        transit: Vec::new(),
        ceiling_cm: 0,
        above_cm: 0,
        past: None,
        rites: Vec::new(),
    }
}

fn at(x: i32, z: i32, level: Level) -> Position {
    Position {
        point: Point::new(x, z),
        level,
    }
}

#[test]
fn the_stream_is_below_and_the_bridge_above_it() {
    let ground = Ground::new(&quay());
    assert!(!ground.is_free(at(-1_000, 500, 0)), "the street has a hole there");
    assert!(
        ground.is_free(at(-1_000, -500, -1)) && !ground.is_free(at(-1_300, 0, -1)),
        "a path, and water"
    );
    // Both on the bridge and under it.
    assert!(ground.is_free(at(-200, 500, 0)) && ground.is_free(at(-200, 500, -1)));
    assert_eq!(ground.seen_from_above(Point::new(-200, 500)), 0);
    assert_eq!(ground.seen_from_above(Point::new(-1_000, -500)), -1);
    assert!(
        ground.is_clear(at(-200, -1_500, 0), at(-200, 1_500, 0)),
        "over the bridge"
    );
    assert!(ground.is_clear(at(-700, 500, -1), at(700, 500, -1)), "under it");
    assert!(
        !ground.is_clear(at(-200, 500, 0), at(-200, 500, -1)),
        "not through it"
    );
    // Outside the walls there is no such level, nor any other.
    assert!(!ground.is_free(at(-1_000, 1_500, -1)) && !ground.is_free(at(0, 2_000, 1)));
    assert!(
        ground.is_clear(at(-1_000, -500, -1), at(-1_000, 500, -1)),
        "over the stones"
    );
    assert!(
        !ground.is_clear(at(-1_500, -500, -1), at(-1_500, 500, -1)),
        "not through the water"
    );
}

#[test]
fn heights_follow_the_stair() {
    let ground = Ground::new(&quay());
    let height = |x, level| ground.height_m(Point::new(x, 700).to_m(), level);
    let is_at = |height: f32, expected: f32| (height - expected).abs() < 0.01;
    assert!(is_at(height(-2_400, 0), 0.0));
    assert!(is_at(height(-2_000, 0), -1.0), "{}", height(-2_000, 0));
    assert!(is_at(height(-1_600, -1), -3.0), "{}", height(-1_600, -1));
    assert!(is_at(height(-1_000, -1), -4.0));
    assert!(is_at(ground.height_m(vec2(-2.0, 5.0), 0), 0.0), "on the bridge");
    assert!(is_at(ground.height_m(vec2(-2.0, 5.0), -1), -4.0), "under it");
}

#[test]
fn a_stair_is_a_way_for_those_who_walk_it_and_for_nobody_beside_it() {
    let ground = Ground::new(&quay());
    // Down the middle of the stair in one claim, and up again.
    let (street, path) = (at(-2_350, 680, 0), at(-1_250, 680, -1));
    assert!(ground.is_clear(street, path) && ground.is_clear(path, street));
    // Not from the street beside its steps, nor from the path below its side.
    assert!(!ground.is_clear(at(-1_900, 1_000, 0), at(-1_900, 700, 0)));
    assert!(!ground.is_clear(at(-1_600, 450, -1), at(-1_600, 700, -1)));
    // Onto its landing from the street.
    assert!(ground.is_clear(at(-2_320, 1_000, 0), at(-2_320, 680, 0)));
}

#[test]
fn a_path_leads_down_and_up_again() {
    let ground = Ground::new(&quay());
    let ends = [
        (at(0, 2_000, 0), at(1_000, 550, -1)),
        (at(-2_000, -2_000, 0), at(1_000, -500, -1)),
        (at(0, 2_000, 0), at(-1_700, -500, -1)),
        (at(500, 500, -1), at(-200, -200, 0)),
    ];
    for (from, to) in ends {
        for (from, to) in [(from, to), (to, from)] {
            let path = ground.path(from, to);
            let there = follow(&ground, from, &path);
            assert_eq!(there.level, to.level, "{from:?} to {to:?} by {path:?}");
            assert!(
                there.point.distance_cm(to.point) < 12.0,
                "{from:?} to {to:?}: ended at {there:?} of {path:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn random_walkers_stay_on_a_floor_and_are_believed(
        x in -2_900_i32..2_900,
        z in -2_900_i32..2_900,
        below: bool,
        pushes in prop::collection::vec((0.0_f32..std::f32::consts::TAU, 1_u32..40), 1..60),
    ) {
        let ground = Ground::new(&quay());
        let from = ground.nearest_free(at(x, z, if below { -1 } else { 0 }));
        prop_assume!(ground.is_free(from));
        let here = wander(&ground, from, &pushes)?;
        // Nobody is stuck: from wherever that ended, a way leads to the street.
        let out = at(0, 2_500, 0);
        let mut reached = here;
        for _ in 0..4 {
            reached = follow(&ground, reached, &ground.path(reached, out));
        }
        prop_assert!(reached.level == 0 && reached.point.distance_cm(out.point) < 12.0, "{here:?} ended at {reached:?}");
    }
}
