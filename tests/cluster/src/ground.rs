//! The ground of the city that the tests walk in.

use std::sync::LazyLock;

use shared::{
    city::{City, Place, source::compile},
    motion::{Motion, RUN_M_S},
    protocol::{Stance, TICK_HZ},
    space::{Heading, Point, Position},
    walk::Ground,
};

/// The place that the tests meet in.
pub const PLACE: &str = "downtown";

/// The city's arrival place and its ground.
///
/// # Panics
/// When the pack has faults: then no test can tell anything.
pub fn world() -> &'static (Place, Ground) {
    static WORLD: LazyLock<(Place, Ground)> = LazyLock::new(|| {
        let place = city("seoul")
            .place(PLACE)
            .unwrap_or_else(|| panic!("the pack has no {PLACE}"))
            .clone();
        let ground = Ground::new(&place);
        (place, ground)
    });
    &WORLD
}

/// One of the project's cities.
///
/// # Panics
/// When its pack has faults.
pub fn city(name: &str) -> City {
    let pack = crate::relay::root().join("assets/cities").join(name);
    let read = |path: &str| std::fs::read_to_string(pack.join(path)).map_err(|error| error.to_string());
    compile(&read).unwrap_or_else(|faults| panic!("the pack has faults: {faults:?}"))
}

/// The stance of the city's first spot.
///
/// # Panics
/// When the place has no spots, which the pack's checks exclude.
pub fn home() -> Stance {
    let (place, _) = world();
    let spot = place
        .spots
        .first()
        .unwrap_or_else(|| panic!("the place has no spots"));
    Stance {
        position: spot.position,
        heading: spot.heading,
        motion: Motion::Stand,
    }
}

/// A way of `count` honest steps of 25 cm in one direction in which nothing is in the way.
///
/// # Panics
/// When the visitor is walled in.
pub fn steps_from(from: Stance, count: usize) -> Vec<Stance> {
    straight(from, count, 0.25, Motion::Walk)
}

/// A run of `count` ticks at full speed, to and fro over a way of `length` ticks.
///
/// # Panics
/// When the visitor is walled in.
pub fn run_from(from: Stance, length: usize, count: usize) -> Vec<Stance> {
    let there = straight(from, length, RUN_M_S / TICK_HZ as f32, Motion::Run);
    let back = there.iter().rev().skip(1).chain([&from]);
    there.iter().chain(back).copied().cycle().take(count).collect()
}

fn straight(from: Stance, count: usize, step_m: f32, motion: Motion) -> Vec<Stance> {
    let (_, ground) = world();
    let step = |heading: Heading, number: usize| {
        let way = heading.direction() * (step_m * (number + 1) as f32);
        let point = Point::from_m(from.position.point.to_m() + way);
        Stance {
            position: Position {
                point,
                ..from.position
            },
            heading,
            motion,
        }
    };
    let free = |heading: &Heading| ground.is_clear(from.position, step(*heading, count).position);
    let heading = (0..32)
        .map(|eighth| Heading(eighth * 8))
        .find(free)
        .unwrap_or_else(|| panic!("there is no way to walk from {from:?}"));
    (0..count).map(|number| step(heading, number)).collect()
}

/// How far two stances are apart, in centimetres.
pub fn apart(a: Stance, b: Stance) -> f32 {
    a.position.point.distance_cm(b.position.point)
}
