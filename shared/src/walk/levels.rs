//! Floors below the street and the stairs between them.
//!
//! Level 0 is all that lies within a place's bounds. Each canal is the floor of one level more, bounded by its walls; the
//! levels meet halfway down its stairs, and walking over that line changes the level.

use glam::Vec2;

use super::bounds::Bounds;
use crate::{
    city::{
        Place,
        canal::{Canal, Flight},
        measures::LANDING_CM,
    },
    space::Level,
};

/// How far beyond the foot of a stair whoever comes down it is clear of it, in centimetres.
const BEYOND_FOOT_CM: f32 = 60.0;

/// All floors that are not the street.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels {
    floors: Vec<Floor>,
}

#[derive(Clone, Debug)]
struct Floor {
    level: Level,
    canal: Canal,
    bounds: Bounds,
    /// What of the level above is open to this one.
    holes: Vec<Vec<Vec2>>,
    extent: [Vec2; 2],
}

/// A stair as a way from one level to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage {
    /// Where it begins, in centimetres.
    pub(super) from: Vec2,
    /// Where it ends.
    pub(super) to: Vec2,
}

impl Levels {
    pub(super) fn new(place: &Place) -> Self {
        let floors = place.parts.iter().filter_map(|part| {
            let canal = Canal::of(&part.kit)?;
            let outline = canal.floor();
            let low = outline.iter().copied().reduce(Vec2::min)?;
            let high = outline.iter().copied().reduce(Vec2::max)?;
            Some(Floor {
                level: part.level,
                bounds: Bounds::new(outline),
                holes: canal.holes(),
                extent: [low, high],
                canal,
            })
        });
        Self {
            floors: floors.collect(),
        }
    }

    /// The bounds of the floor of a level that holds a point, or else is nearest to it; none when there is no such level.
    pub(super) fn floor(&self, level: Level, at: Vec2, reach: f32) -> Option<&Bounds> {
        let floors = self.floors.iter().filter(|floor| floor.level == level);
        let depths = floors.map(|floor| (floor.bounds.depth(at, reach), &floor.bounds));
        depths
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, bounds)| bounds)
    }

    /// The level of someone who was on one, and is at a point now.
    pub(super) fn after(&self, level: Level, at: Vec2) -> Level {
        self.stairs_at(level, at).map_or(level, |(floor, flight, along)| {
            let is_below = (along - flight.middle()) * flight.sense() > 0.0;
            if is_below { floor.level } else { floor.above() }
        })
    }

    /// Where a straight way between two levels crosses the middle of a stair, if it does.
    pub(super) fn crossing(&self, (from, a): (Level, Vec2), (to, b): (Level, Vec2)) -> Option<Vec2> {
        let floors = self.floors.iter().filter(|floor| floor.joins(from, to));
        floors
            .flat_map(|floor| floor.canal.flights.iter().map(move |flight| (floor, flight)))
            .find_map(|(floor, flight)| {
                let strip = &floor.canal.strip;
                let (start, end) = (strip.locate(a).x, strip.locate(b).x);
                let share = (flight.middle() - start) / (end - start);
                let at = a.lerp(b, share);
                ((0.0..=1.0).contains(&share) && flight.holds(strip.locate(at))).then_some(at)
            })
    }

    /// The stair by which the way from a point on one level to a point on another is shortest, as the crow flies.
    pub(super) fn passage(&self, (from, a): (Level, Vec2), (to, b): (Level, Vec2)) -> Option<Passage> {
        let floors = self.floors.iter().filter(|floor| floor.joins(from, to));
        let all = floors.flat_map(|floor| {
            let strip = &floor.canal.strip;
            floor.canal.flights.iter().map(move |flight| {
                let at = |along: f32| strip.at(along, flight.aside());
                let top = at(flight.top - flight.sense() * LANDING_CM / 2.0);
                let foot = at(flight.foot + flight.sense() * BEYOND_FOOT_CM);
                if to == floor.level {
                    Passage { from: top, to: foot }
                } else {
                    Passage { from: foot, to: top }
                }
            })
        });
        let length = |passage: &Passage| a.distance(passage.from) + passage.to.distance(b);
        all.min_by(|one, other| length(one).total_cmp(&length(other)))
    }

    /// How high someone stands at a point of a level, in centimetres: below the street it is less than nothing.
    pub(super) fn height(&self, level: Level, at: Vec2) -> f32 {
        let floor = self.floors.iter().find(|floor| {
            (floor.level == level || floor.above() == level)
                && floor.is_near(at)
                && floor.bounds.depth(at, 1.0) > 0.0
        });
        let below = floor.map(|floor| floor.canal.depth_at(at, floor.level == level));
        // Whoever stands a hand's breadth beyond a wall, by rounding, does not jump up to the street.
        let nearest = || {
            let floors = self.floors.iter().filter(|floor| floor.level == level);
            floors.map(|floor| floor.canal.depth).reduce(f32::max)
        };
        -below.or_else(nearest).unwrap_or_default()
    }

    /// The level that is seen from above at a point.
    pub(super) fn seen_from_above(&self, at: Vec2) -> Level {
        let is_open = |floor: &&Floor| {
            floor.is_near(at) && floor.holes.iter().any(|hole| super::shape::contains(hole, at))
        };
        self.floors.iter().find(is_open).map_or(0, |floor| floor.level)
    }

    /// Every level beside the street, and how high it lies, in centimetres.
    pub(super) fn heights(&self) -> impl Iterator<Item = (Level, f32)> {
        self.floors.iter().map(|floor| (floor.level, -floor.canal.depth))
    }

    fn stairs_at(&self, level: Level, at: Vec2) -> Option<(&Floor, &Flight, f32)> {
        let floors = self
            .floors
            .iter()
            .filter(|floor| (floor.level == level || floor.above() == level) && floor.is_near(at));
        floors.into_iter().find_map(|floor| {
            let here = floor.canal.strip.locate(at);
            let flight = floor.canal.flights.iter().find(|flight| flight.holds(here))?;
            Some((floor, flight, here.x))
        })
    }
}

impl Floor {
    fn above(&self) -> Level {
        self.level.saturating_add(1)
    }

    fn joins(&self, one: Level, other: Level) -> bool {
        let levels = [self.level, self.above()];
        one != other && levels.contains(&one) && levels.contains(&other)
    }

    fn is_near(&self, at: Vec2) -> bool {
        let [low, high] = self.extent;
        at.cmpge(low).all() && at.cmple(high).all()
    }
}
