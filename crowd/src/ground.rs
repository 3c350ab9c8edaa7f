//! Where visitors can be: open, straight-sided ground around a spot, in which every way is clear.
//!
//! In: a city pack. Out: for each spot a rectangle without anything solid, so that a trace needs no path finding, and
//! whoever arrives at the spot may step anywhere in it at once.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, anyhow, ensure};
use shared::{
    city::{City, Place, Spot, source::compile},
    space::{Level, Point, Position},
    walk::Ground,
};

/// Farthest that the open ground reaches from its spot along an axis: its corners are then within the 75 m that the
/// relays let a newcomer be from the spot at once.
const REACH_CM: i32 = 5_000;

/// The rectangle grows in steps of this.
const STEP_CM: i32 = 50;

/// Ways this far apart that are all clear leave no room for anything solid between them.
const WAYS_APART_CM: i32 = 40;

/// The least that walkers need to turn in.
const LEAST_CM: i32 = 1_000;

/// A spot and the open ground around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Home {
    /// Its name.
    pub spot: String,
    /// The spot's point; traces count from there.
    pub point: Point,
    /// The floor.
    pub level: Level,
    /// The corner of the ground with the smallest x and z, from the spot.
    pub low: Point,
    /// The opposite corner, from the spot.
    pub high: Point,
}

/// Reads a pack and finds the homes in a place; all its spots when `spots` is `all`.
pub fn homes(city: &Path, place: Option<&str>, spots: &[String]) -> Result<(String, Vec<Home>)> {
    let read = |path: &str| fs::read_to_string(city.join(path)).map_err(|error| error.to_string());
    let pack: City = compile(&read)
        .map_err(|faults| anyhow!("the pack in {} cannot be read: {faults:?}", city.display()))?;
    let name = place.unwrap_or(&pack.arrival.place);
    let place = pack
        .place(name)
        .with_context(|| format!("the city has no place {name}"))?;
    let ground = Ground::new(place);
    let all = spots.iter().any(|spot| spot == "all");
    let wished: Vec<&Spot> = if all {
        place.spots.iter().collect()
    } else if spots.is_empty() {
        let arrival = (pack.arrival.place == place.id).then(|| place.spot(&pack.arrival.spot));
        arrival
            .flatten()
            .or_else(|| place.spots.first())
            .into_iter()
            .collect()
    } else {
        named(place, spots)?
    };
    let mut homes: Vec<Home> = wished.iter().map(|spot| around(&ground, spot)).collect();
    if all {
        homes.retain(Home::is_wide);
    }
    for home in &homes {
        ensure!(
            home.is_wide(),
            "there is too little open ground around {}: less than {} m",
            home.spot,
            LEAST_CM / 100
        );
    }
    ensure!(!homes.is_empty(), "{name} has no spot with open ground around it");
    Ok((place.id.clone(), homes))
}

fn named<'a>(place: &'a Place, spots: &[String]) -> Result<Vec<&'a Spot>> {
    let find = |name: &String| {
        place
            .spot(name)
            .with_context(|| format!("{} has no spot {name}", place.id))
    };
    spots.iter().map(find).collect()
}

impl Home {
    fn is_wide(&self) -> bool {
        (self.high.x - self.low.x).min(self.high.z - self.low.z) >= LEAST_CM
    }
}

/// The widest of some rectangles around a spot.
fn around(ground: &Ground, spot: &Spot) -> Home {
    // Which sides grow first decides what is in the way of the others.
    let orders: [&[&[Side]]; 3] = [
        &[&[Side::West, Side::East, Side::North, Side::South]],
        &[&[Side::West, Side::East], &[Side::North, Side::South]],
        &[&[Side::North, Side::South], &[Side::West, Side::East]],
    ];
    let area = |(low, high): &(Point, Point)| i64::from(high.x - low.x) * i64::from(high.z - low.z);
    let rectangles = orders.iter().map(|order| grown(ground, spot.position, order));
    let (low, high) = rectangles.max_by_key(area).unwrap_or_default();
    Home {
        spot: spot.id.clone(),
        point: spot.position.point,
        level: spot.position.level,
        low,
        high,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    West,
    East,
    North,
    South,
}

/// Grows a rectangle from a position, some sides in turn after the others, as long as what it gains is clear.
fn grown(ground: &Ground, from: Position, order: &[&[Side]]) -> (Point, Point) {
    let (mut low, mut high) = (Point::default(), Point::default());
    for sides in order {
        let mut open: Vec<Side> = sides.to_vec();
        while !open.is_empty() {
            open.retain(|side| {
                let grown = step(ground, from, low, high, *side);
                if let Some(grown) = grown {
                    (low, high) = grown;
                }
                grown.is_some()
            });
        }
    }
    (low, high)
}

/// Moves one side of a rectangle outwards; none when something is in the way.
fn step(ground: &Ground, from: Position, low: Point, high: Point, side: Side) -> Option<(Point, Point)> {
    let (mut to_low, mut to_high) = (low, high);
    match side {
        Side::West => to_low.x -= STEP_CM,
        Side::East => to_high.x += STEP_CM,
        Side::North => to_low.z -= STEP_CM,
        Side::South => to_high.z += STEP_CM,
    }
    let at = |x, z| Position {
        point: Point::new(from.point.x + x, from.point.z + z),
        level: from.level,
    };
    // The new edge, and a way within the strip that is gained.
    let clear = |way: i32| {
        let (a, b) = match side {
            Side::West => (at(to_low.x + way, low.z), at(to_low.x + way, high.z)),
            Side::East => (at(to_high.x - way, low.z), at(to_high.x - way, high.z)),
            Side::North => (at(low.x, to_low.z + way), at(high.x, to_low.z + way)),
            Side::South => (at(low.x, to_high.z - way), at(high.x, to_high.z - way)),
        };
        ground.is_free(a) && ground.is_free(b) && ground.is_clear(a, b)
    };
    let within = [to_low.x, to_low.z, to_high.x, to_high.z]
        .into_iter()
        .all(|side| side.abs() <= REACH_CM);
    (within && clear(0) && clear(WAYS_APART_CM)).then_some((to_low, to_high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrival_spot_of_seoul_has_room_for_a_crowd() {
        let seoul = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/cities/seoul");
        let (place, homes) = homes(&seoul, None, &[]).unwrap();
        assert_eq!(place, "downtown");
        let [home] = homes.as_slice() else {
            panic!("{homes:?}")
        };
        let (wide, deep) = (home.high.x - home.low.x, home.high.z - home.low.z);
        assert!(wide * deep > 1_000 * 10_000, "{wide} x {deep} cm");
    }
}
