//! What is around the visitor, for those who want it in words: who and what, how far, in which direction.

use glam::Vec2;
use shared::{moderation::Role, order::sort_by_length, protocol::VisitorId};

use super::{World, landmarks, turn};

/// Most people told at once.
const MOST_PEOPLE: usize = 8;

/// Most spots and landmarks told at once.
const MOST_SPOTS: usize = 6;

/// Farther off than this is not "around", in metres.
const FARTHEST_M: f32 = 250.0;

/// A direction as one would say it to a companion: eight of them, clockwise from straight ahead.
pub const DIRECTIONS: [&str; 8] = [
    "ahead",
    "ahead-right",
    "right",
    "behind-right",
    "behind",
    "behind-left",
    "left",
    "ahead-left",
];

/// What something is.
#[derive(Clone, Debug, PartialEq)]
pub enum Thing {
    /// Someone, by id, name and role.
    Person(VisitorId, String, Role),
    /// A spot: [`shared::city::Spot::id`].
    Spot(String),
    /// A named part of the place, without `part-`.
    Landmark(String),
}

/// Something around.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearby {
    /// What.
    pub thing: Thing,
    /// Where, in metres.
    pub at: Vec2,
    /// How far off, in metres.
    pub distance_m: f32,
    /// One of [`DIRECTIONS`], seen from where the visitor looks.
    pub direction: &'static str,
}

impl Nearby {
    /// A thing as the visitor finds it.
    fn of(world: &World, thing: Thing, at: Vec2) -> Self {
        let here = world.me.at();
        Self {
            thing,
            at,
            distance_m: at.distance(here),
            direction: direction(here, world.facing(), at),
        }
    }
}

/// The spots of the place that are not around, the nearest first.
pub fn elsewhere(world: &World, around: &[Nearby]) -> Vec<Nearby> {
    let spots = world
        .place()
        .map(|place| place.spots.as_slice())
        .unwrap_or_default();
    let mut all: Vec<Nearby> = spots
        .iter()
        .map(|spot| Nearby::of(world, Thing::Spot(spot.id.clone()), spot.position.point.to_m()))
        .filter(|spot| around.iter().all(|near| near.thing != spot.thing))
        .collect();
    sort(&mut all);
    all
}

/// The nearest first.
pub fn sort(list: &mut Vec<Nearby>) {
    sort_by_length(list, |near| near.distance_m);
}

/// Everyone and everything worth telling, people first, each kind the nearest first.
pub fn around(world: &World) -> Vec<Nearby> {
    let nearby = |thing, at: Vec2| Nearby::of(world, thing, at);
    let mut people: Vec<Nearby> = world
        .others
        .in_view()
        .filter_map(|(id, at)| {
            let identity = world.others.identity(id)?;
            Some(nearby(
                Thing::Person(id, identity.name.clone(), identity.role),
                at,
            ))
        })
        .collect();
    let mut things: Vec<Nearby> = Vec::new();
    if let Some(place) = world.place() {
        things.extend(
            place
                .spots
                .iter()
                .map(|spot| nearby(Thing::Spot(spot.id.clone()), spot.position.point.to_m())),
        );
        things.extend(
            landmarks::of(place)
                .into_iter()
                // A spot and a landmark of one name are one thing.
                .filter(|landmark| place.spot(&landmark.name).is_none())
                .map(|landmark| nearby(Thing::Landmark(landmark.name), landmark.at)),
        );
    }
    sort(&mut people);
    sort(&mut things);
    people.truncate(MOST_PEOPLE);
    for person in &mut people {
        if let Thing::Person(id, name, _) = &mut person.thing
            && let Some(told_apart) = world.others.name_of(*id)
        {
            *name = told_apart;
        }
    }
    things.retain(|thing| thing.distance_m <= FARTHEST_M);
    things.truncate(MOST_SPOTS);
    people.extend(things);
    people
}

/// In which direction something lies for someone who stands at `here` and looks along `facing`.
pub fn direction(here: Vec2, facing: f32, there: Vec2) -> &'static str {
    let way = there - here;
    let angle = turn(facing, way.x.atan2(-way.y)).rem_euclid(std::f32::consts::TAU);
    let eighth = (angle / std::f32::consts::TAU * 8.0).round() as usize % DIRECTIONS.len();
    DIRECTIONS.get(eighth).copied().unwrap_or("ahead")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_told_from_where_one_looks() {
        let north = 0.0;
        let east = std::f32::consts::FRAC_PI_2;
        let there = Vec2::new(0.0, -10.0);
        assert_eq!(direction(Vec2::ZERO, north, there), "ahead");
        assert_eq!(direction(Vec2::ZERO, east, there), "left");
        assert_eq!(
            direction(Vec2::ZERO, north, Vec2::new(10.0, 10.0)),
            "behind-right"
        );
    }
}
