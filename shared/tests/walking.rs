//! Walking: nobody leaves the bounds, nobody enters what is solid, nobody gets stuck, and every way that an honest
//! walker takes is believed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod walkers;

use proptest::prelude::*;
use shared::{
    check::MotionCheck,
    city::{Facade, Finish, Kit, Part, Place, Roof, Species, Spot, SpotName, Subject},
    motion::TOP_M_S,
    protocol::Stance,
    space::{Heading, Point, Position},
    walk::Ground,
};
use walkers::{follow, wander};

fn oblong(x: i32, z: i32, width: i32, depth: i32) -> Vec<Point> {
    vec![
        Point::new(x, z),
        Point::new(x + width, z),
        Point::new(x + width, z + depth),
        Point::new(x, z + depth),
    ]
}

/// A yard of 60 m by 60 m with a building, a row of trees, a slanting wall, a gate with one passage and one with open doors.
fn yard() -> Place {
    let part = |kit| Part {
        name: None,
        level: 0,
        kit,
    };
    let mut parts = vec![
        part(Kit::Building {
            outline: oblong(-800, -800, 1_600, 1_000),
            height_cm: 900,
            storeys: 3,
            facade: Facade::Brick,
        }),
        part(Kit::Wall {
            path: vec![
                Point::new(1_200, 2_500),
                Point::new(2_200, -1_000),
                Point::new(2_600, -2_000),
            ],
            height_cm: 300,
            thickness_cm: 60,
            finish: Finish::Tiled,
        }),
        part(Kit::Hall {
            at: Point::new(-2_000, 1_000),
            facing: Heading(64),
            bays: 3,
            depth_bays: 2,
            bay_cm: 400,
            base_cm: 500,
            arches: 1,
            storeys: 1,
            roof: Roof::Ujingak,
            open: false,
            terrace: 0,
            rails: false,
            doors: 0,
            plain: false,
        }),
        part(Kit::Hall {
            at: Point::new(-1_900, -2_000),
            facing: Heading(128),
            bays: 3,
            depth_bays: 2,
            bay_cm: 400,
            base_cm: 80,
            arches: 0,
            storeys: 1,
            roof: Roof::Matbae,
            open: false,
            terrace: 0,
            rails: false,
            doors: 3,
            plain: false,
        }),
    ];
    parts.extend((-10..10).map(|i| {
        part(Kit::Tree {
            at: Point::new(i * 250, 1_800),
            height_cm: 900,
            species: Species::Ginkgo,
        })
    }));
    Place {
        id: "yard".to_owned(),
        origin_lat_lon: [37.5, 127.0],
        capacity: 10,
        bounds: oblong(-3_000, -3_000, 6_000, 6_000),
        spots: vec![Spot {
            id: "south".to_owned(),
            position: at(0, 2_500),
            heading: Heading(0),
        }],
        parts,
        strolls: Vec::new(),
        transit: Vec::new(),
        ceiling_cm: 0,
        above_cm: 0,
        past: None,
        rites: Vec::new(),
    }
}

fn at(x: i32, z: i32) -> Position {
    Position {
        point: Point::new(x, z),
        level: 0,
    }
}

#[test]
fn one_walks_through_each_open_door_and_not_through_the_posts_between() {
    let ground = Ground::new(&yard());
    let through = |x: i32| {
        let mut here = at(x, -1_400);
        for _ in 0..200 {
            here = ground.slide(here, Point::new(here.point.x, here.point.z - 8));
        }
        here.point.z < -2_600
    };
    assert_eq!([-2_300, -1_900, -1_500].map(through), [true; 3]);
    assert_eq!([-2_100, -1_700, -2_600].map(through), [false; 3]);
}

proptest! {
    #[test]
    fn wherever_a_walker_pushes_he_stays_free_and_is_believed(
        pushes in prop::collection::vec((-3.2f32..3.2, 1u32..40), 1..60),
    ) {
        let ground = Ground::new(&yard());
        wander(&ground, at(0, 2_500), &pushes)?;
    }

    #[test]
    fn a_path_is_walkable_from_end_to_end(x in -2_900i32..2_900, z in -2_900i32..2_900, gx in -2_900i32..2_900, gz in -2_900i32..2_900) {
        let ground = Ground::new(&yard());
        let from = ground.nearest_free(at(x, z));
        let goal = ground.nearest_free(at(gx, gz));
        prop_assume!(ground.is_free(from) && ground.is_free(goal));
        let path = ground.path(from, goal);
        let mut here = from;
        for next in &path {
            here = follow(&ground, here, &[*next]);
            prop_assert!(here.point.distance_cm(next.point) < 12.0, "stuck at {:?} before {next:?} of {path:?}", here.point);
        }
        prop_assert!(here.point.distance_cm(goal.point) < 12.0, "ended at {here:?} short of {goal:?}");
    }
}

#[test]
fn the_passage_of_a_gate_can_be_walked_and_its_base_cannot() {
    let ground = Ground::new(&yard());
    let (west, east) = (at(-2_900, 1_000), at(-1_200, 1_000));
    assert!(ground.is_clear(west, east));
    assert!(!ground.is_clear(at(-2_900, 1_400), at(-1_200, 1_400)));
}

/// A place of 60 m by 60 m with only this in its middle.
fn alone(kit: Kit) -> Ground {
    Ground::new(&Place {
        parts: vec![Part {
            name: None,
            level: 0,
            kit,
        }],
        ..yard()
    })
}

#[test]
fn one_walks_below_a_body_where_it_is_clear_of_the_ground() {
    let ground = alone(Kit::Hull {
        path: [-2_400, -1_200, 0, 1_200, 2_400]
            .map(|x| Point::new(x, 0))
            .to_vec(),
        widths_cm: vec![1_600; 5],
        heights_cm: vec![1_500; 5],
        clear_cm: vec![0, 0, 600, 0, 0],
        outline: Vec::new(),
    });
    let across = |x: i32| ground.is_clear(at(x, 1_500), at(x, -1_500));
    assert_eq!([-1_800, 0, 1_800].map(across), [false, true, false]);
}

#[test]
fn a_hall_is_solid_as_far_as_its_terrace_and_its_stair_reach() {
    let ground = alone(Kit::Hall {
        at: Point::new(0, 0),
        facing: Heading(128),
        bays: 3,
        depth_bays: 3,
        bay_cm: 400,
        base_cm: 100,
        arches: 0,
        storeys: 1,
        roof: Roof::Paljak,
        open: true,
        terrace: 2,
        rails: true,
        doors: 0,
        plain: false,
    });
    // Half of three bays, the base's margin and two tiers: 600 + 150 + 800.
    for edge in [
        at(1_550 + 31, 900),
        at(-1_550 - 31, 0),
        at(0, -1_550 - 31),
        at(0, 1_750 + 31),
    ] {
        assert!(ground.is_free(edge), "{edge:?}");
    }
    for within in [
        at(1_550, 900),
        at(-1_550, 0),
        at(0, -1_550),
        at(0, 1_750),
        at(0, 0),
    ] {
        assert!(!ground.is_free(within), "{within:?}");
    }
    assert!(ground.is_free(at(900, 1_600)), "beside the stair");
}

#[test]
fn statues_spires_stalls_lanterns_doors_and_tables_are_walked_around() {
    let middle = Point::new(0, 0);
    let facing = Heading(64);
    // Each with how far it reaches to the east, where it looks, and to the south, in centimetres.
    let parts = [
        (
            Kit::Statue {
                at: middle,
                facing,
                figure: Subject::Haetae,
                height_cm: 200,
                base_cm: 100,
            },
            (108, 68),
        ),
        (
            Kit::Spire {
                at: middle,
                height_cm: 2_000,
            },
            (300, 300),
        ),
        (
            Kit::Stall {
                at: middle,
                facing,
                length_cm: 300,
            },
            (70, 150),
        ),
        (
            Kit::Lantern {
                at: middle,
                height_cm: 220,
            },
            (12, 12),
        ),
        (
            Kit::Portal {
                at: middle,
                facing,
                width_cm: 160,
                to: SpotName {
                    place: "yard".to_owned(),
                    spot: "south".to_owned(),
                },
            },
            (20, 98),
        ),
        (
            Kit::Table {
                at: middle,
                facing,
                length_cm: 200,
                depth_cm: 90,
            },
            (45, 100),
        ),
        (
            Kit::Table {
                at: middle,
                facing,
                length_cm: 120,
                depth_cm: 0,
            },
            (60, 60),
        ),
    ];
    for (kit, (east, south)) in parts {
        let ground = alone(kit.clone());
        assert!(!ground.is_free(at(0, 0)), "{kit:?}");
        assert!(
            !ground.is_free(at(east + 27, 0)) && !ground.is_free(at(0, south + 27)),
            "{kit:?}"
        );
        assert!(
            ground.is_free(at(east + 32, 0)) && ground.is_free(at(0, south + 32)),
            "{kit:?}"
        );
    }
}

#[test]
fn a_corner_met_head_on_is_walked_around() {
    let ground = Ground::new(&yard());
    let goal = Point::new(-1_199, 1_493);
    let mut here = at(-1_299, -120);
    for _ in 0..400 {
        let left = goal.to_m() - here.point.to_m();
        here = ground.slide(
            here,
            Point::from_m(here.point.to_m() + left.clamp_length_max(0.08)),
        );
    }
    assert!(here.point.distance_cm(goal) < 12.0, "{here:?}");
}

#[test]
fn cheats_are_refused() {
    let ground = Ground::new(&yard());
    let stance = |position| Stance {
        position,
        ..Stance::default()
    };
    let south = stance(at(0, 2_500));
    let refused = |to, after_ms| !MotionCheck::new(0).allow(&ground, south, to, after_ms);
    assert!(refused(stance(at(0, -2_500)), 60_000), "through the building");
    assert!(refused(stance(at(0, 3_500)), 60_000), "out of the bounds");
    assert!(
        refused(
            Stance {
                position: Position {
                    level: 1,
                    ..at(0, 2_500)
                },
                ..south
            },
            60_000
        ),
        "to another level"
    );
    assert!(
        refused(stance(at(2_950, 2_500)), 100),
        "29 m in a tenth of a second"
    );
    assert!(
        !refused(stance(at(500, 2_500)), 2_000),
        "a run of 5 m in two seconds is honest"
    );
}

#[test]
fn an_honest_runner_on_a_bad_line_is_never_pulled_back() {
    let ground = Ground::new(&yard());
    let stance = |x| Stance {
        position: at(x, 2_800),
        ..Stance::default()
    };
    let mut check = MotionCheck::new(0);
    // Eight seconds of running arrive at once, in as many claims as were made.
    let claims: Vec<i32> = (1..=120).map(|i| -2_000 + i * 33).collect();
    let mut here = -2_000;
    for there in claims {
        assert!(
            check.allow(&ground, stance(here), stance(there), 8_000),
            "{here} -> {there}"
        );
        here = there;
    }
}

#[test]
fn nobody_is_faster_than_a_cyclist_for_long() {
    let ground = Ground::new(&yard());
    let stance = |x| Stance {
        position: at(x, 2_800),
        ..Stance::default()
    };
    let mut check = MotionCheck::new(0);
    let (mut here, mut way_cm) = (-2_700, 0);
    for tick in 1..=600_u64 {
        // Twice as fast as a bicycle, back and forth, for forty seconds.
        let there = if tick / 60 % 2 == 0 { here + 94 } else { here - 94 };
        if check.allow(&ground, stance(here), stance(there), tick * 67) {
            way_cm += (there - here).abs();
            here = there;
        }
    }
    // What the bucket holds at first.
    let full_cm = MotionCheck::new(0).reach_cm(0) as i32;
    let honest_cm = (40.0 * TOP_M_S * 100.0) as i32;
    assert!(
        way_cm < honest_cm + full_cm + honest_cm / 40,
        "{way_cm} cm in forty seconds"
    );
}
