//! Collision, bounds and path finding over a place: the same for the browser that walks and the relay that checks.
//!
//! A walker is a disc. Everything solid is a [`shape`](shape) on one level; shapes are found through squares of
//! [`SQUARE_CM`]. All in centimetres.

mod bounds;
mod levels;
mod path;
mod shape;

pub use self::shape::contains;

use std::iter::successors;

use glam::{Vec2, vec2};
use rustc_hash::FxHashMap;

use crate::{
    city::Place,
    space::{Level, Point, Position},
};
use bounds::Bounds;
use levels::Levels;
use shape::Solid;

/// Radius of a walker.
pub const BODY_CM: f32 = 30.0;

/// Rounding to whole centimetres may bring a walker this much closer than [`BODY_CM`].
const ROUNDING_CM: f32 = 1.0;

/// Radius that [`Ground::is_clear`] holds a claimed way to. A client tells where it is 15 times a second, and the
/// straight line between two such points cuts a corner that it really went around: a chord of 33 cm (a run) on an arc
/// of 30 cm lies 5 cm inside it.
const CLAIM_CM: f32 = 20.0;

/// Side of the index's squares. Half of it would answer a fifth faster, and make a page's start three times as long here: it
/// is one task, before the browser has had time to compile this well.
const SQUARE_CM: f32 = 1_600.0;

/// How many of these squares a solid touches, about.
const USUAL_SQUARES: usize = 4;

/// Longest step taken at once while sliding: shorter than anything solid is thick.
const SUBSTEP_CM: f32 = 10.0;

/// What of a place can be walked on, indexed for quick answers.
#[derive(Clone, Debug)]
pub struct Ground {
    bounds: Bounds,
    levels: Levels,
    solids: Vec<Solid>,
    /// The first link of each square's chain.
    squares: FxHashMap<(i32, i32), u32>,
    /// Chains of solids: a page makes this at its start, and tens of thousands of lists would keep it from answering.
    links: Vec<Link>,
    /// How high a room is, in metres; infinitely outdoors.
    pub ceiling_m: f32,
}

/// A solid in a chain.
#[derive(Clone, Copy, Debug)]
struct Link {
    solid: u32,
    next: Option<u32>,
}

impl Ground {
    /// Prepares a place.
    pub fn new(place: &Place) -> Self {
        let solids: Vec<Solid> = place
            .parts
            .iter()
            .filter(|part| !place.looks_down_on(&part.kit))
            .flat_map(|part| shape::solids(&part.kit, part.level))
            .collect();
        let mut squares = FxHashMap::default();
        squares.reserve(solids.len() * USUAL_SQUARES);
        let mut links = Vec::with_capacity(solids.len() * USUAL_SQUARES);
        // From the last to the first, so that each chain begins with the first.
        for (index, solid) in solids.iter().enumerate().rev() {
            let (low, high) = solid.shape.extent();
            for square in squares_between(low - BODY_CM, high + BODY_CM, SQUARE_CM) {
                let next = squares.insert(square, links.len() as u32);
                let solid = index as u32;
                links.push(Link { solid, next });
            }
        }
        Self {
            bounds: Bounds::new(place.bounds.iter().map(|point| to_cm(*point)).collect()),
            levels: Levels::new(place),
            solids,
            squares,
            links,
            ceiling_m: match place.ceiling_cm {
                0 => f32::INFINITY,
                ceiling_cm => ceiling_cm as f32 / 100.0,
            },
        }
    }

    /// Whether a walker can stand here.
    pub fn is_free(&self, at: Position) -> bool {
        let point = to_cm(at.point);
        self.levels.after(at.level, point) == at.level
            && self.clearance(point, at.level) >= BODY_CM - ROUNDING_CM
    }

    /// Whether nothing solid is here, within the bounds or beyond them.
    pub fn is_open(&self, at: Position) -> bool {
        self.room(to_cm(at.point), at.level) >= BODY_CM - ROUNDING_CM
    }

    /// Whether a walker can have gone straight from one position to the other; the level is changed on stairs alone.
    pub fn is_clear(&self, from: Position, to: Position) -> bool {
        let (a, b) = (to_cm(from.point), to_cm(to.point));
        if from.level == to.level {
            return self.is_way_clear(a, b, to.level, CLAIM_CM);
        }
        let crossing = self.levels.crossing((from.level, a), (to.level, b));
        crossing.is_some_and(|middle| {
            self.is_way_clear(a, middle, from.level, CLAIM_CM)
                && self.is_way_clear(middle, b, to.level, CLAIM_CM)
        })
    }

    /// How high someone stands, in metres; the street of level 0 is at 0.
    pub fn height_m(&self, at_m: Vec2, level: Level) -> f32 {
        self.levels.height(level, at_m * 100.0) / 100.0
    }

    /// The levels of the place from above, and how high each lies, in metres.
    pub fn levels_m(&self) -> impl Iterator<Item = (Level, f32)> {
        [(0, 0.0)].into_iter().chain(
            self.levels
                .heights()
                .map(|(level, height)| (level, height / 100.0)),
        )
    }

    /// The level that is seen from above at a point: of the street, or of what lies open below it.
    pub fn seen_from_above(&self, point: Point) -> Level {
        self.levels.seen_from_above(to_cm(point))
    }

    /// Where a walker who wants to go straight to `to` gets: slides along what is in the way. The result is free if
    /// `from` is.
    pub fn slide(&self, from: Position, to: Point) -> Position {
        let (mut at, mut level) = (to_cm(from.point), from.level);
        let way = to_cm(to) - at;
        let steps = (way.length() / SUBSTEP_CM).ceil().max(1.0);
        let step = way / steps;
        for _ in 0..steps as u32 {
            let wanted = at + step;
            let mut next = self.push_out(wanted, level, BODY_CM);
            if (next - at).dot(step) < 0.05 * step.length_squared() {
                next = self.push_out(at + aside(step, next - wanted), level, BODY_CM);
            }
            if self.clearance(next, level) < BODY_CM - ROUNDING_CM / 2.0 {
                break;
            }
            at = next;
            level = self.levels.after(level, at);
        }
        let point = Point::new(at.x.round() as i32, at.y.round() as i32);
        let reached = Position {
            point,
            level: self.levels.after(level, to_cm(point)),
        };
        if self.is_free(reached) { reached } else { from }
    }

    /// The free position nearest to one that may not be, within 30 m; `at` itself when there is none.
    pub fn nearest_free(&self, at: Position) -> Position {
        let centre = to_cm(at.point);
        let rings = (0..=120_u16).flat_map(|ring| {
            let radius = f32::from(ring) * 25.0;
            let around = (ring * 4).max(1);
            (0..around).map(move |i| {
                radius * Vec2::from_angle(f32::from(i) / f32::from(around) * std::f32::consts::TAU)
            })
        });
        rings
            .map(|offset| Position {
                point: from_cm(centre + offset),
                level: at.level,
            })
            .find(|position| self.is_free(*position))
            .unwrap_or(at)
    }

    /// How far a straight way from `from` to `to` gets, 0 to 1, before it meets something taller than `eye_cm` above the
    /// street, or below it the wall of the floor: for the camera.
    pub fn sight(&self, from: Position, to: Point, eye_cm: i32) -> f32 {
        let (a, b) = (to_cm(from.point), to_cm(to));
        if eye_cm < 0 {
            let walls = self.levels.floor(from.level, a, BODY_CM);
            return walls.map_or(1.0, |walls| walls.first_hit(a, b));
        }
        let tall = self
            .near(a.min(b), a.max(b))
            .filter(|solid| solid.level == 0 && solid.height_cm > eye_cm.unsigned_abs());
        tall.map(|solid| solid.shape.first_hit(a, b)).fold(1.0, f32::min)
    }

    /// The bounds of a level around a point; none when the level has none.
    fn bounds(&self, level: Level, at: Vec2) -> Option<&Bounds> {
        if level == 0 {
            return Some(&self.bounds);
        }
        self.levels.floor(level, at, BODY_CM)
    }

    /// Distance from a point to the nearest thing solid or the edge of the bounds; negative inside.
    fn clearance(&self, at: Vec2, level: Level) -> f32 {
        let bounds = self.bounds(level, at);
        let inside = bounds.map_or(f32::NEG_INFINITY, |bounds| bounds.depth(at, BODY_CM));
        inside.min(self.room(at, level))
    }

    /// Distance from a point to the nearest thing solid, within reach of a body; negative inside.
    fn room(&self, at: Vec2, level: Level) -> f32 {
        let reach = vec2(BODY_CM, BODY_CM);
        let solids = self
            .near(at - reach, at + reach)
            .filter(|solid| solid.level == level);
        solids
            .map(|solid| solid.shape.distance(at).0)
            .fold(f32::INFINITY, f32::min)
    }

    /// Moves a point out of everything nearer than `radius`, along the shortest ways.
    fn push_out(&self, mut at: Vec2, level: Level, radius: f32) -> Vec2 {
        const ROUNDS: usize = 4;
        let reach = vec2(radius, radius);
        for _ in 0..ROUNDS {
            let Some(bounds) = self.bounds(level, at) else {
                return at;
            };
            let (edge, outward) = bounds.distance(at, radius);
            let mut worst = (-edge, -outward);
            for solid in self
                .near(at - reach, at + reach)
                .filter(|solid| solid.level == level)
            {
                let found = solid.shape.distance(at);
                if found.0 < worst.0 {
                    worst = found;
                }
            }
            if worst.0 >= radius {
                break;
            }
            at += worst.1 * (radius - worst.0 + ROUNDING_CM / 2.0);
        }
        at
    }

    fn is_way_clear(&self, a: Vec2, b: Vec2, level: Level, radius: f32) -> bool {
        let margin = vec2(radius, radius);
        // Inside the bounds the whole way: the end is inside and no edge is near.
        self.bounds(level, b)
            .is_some_and(|bounds| bounds.depth(b, radius) >= radius && !bounds.is_crossed(a, b))
            && self
                .near(a.min(b) - margin, a.max(b) + margin)
                .filter(|solid| solid.level == level)
                .all(|solid| solid.shape.distance_to_way(a, b) >= radius)
    }

    fn link(&self, index: u32) -> Option<Link> {
        self.links.get(index as usize).copied()
    }

    /// The solids of the squares between two corners; one that lies in several comes several times.
    fn near(&self, low: Vec2, high: Vec2) -> impl Iterator<Item = &Solid> {
        squares_between(low, high, SQUARE_CM)
            .filter_map(|square| self.squares.get(&square).copied())
            .flat_map(|first| successors(self.link(first), |link| self.link(link.next?)))
            .filter_map(|link| self.solids.get(link.solid as usize))
    }
}

/// The square of some side in which a point lies.
fn square(at: Vec2, side_cm: f32) -> (i32, i32) {
    let at = (at / side_cm).floor();
    (at.x as i32, at.y as i32)
}

/// The squares of some side between two corners.
fn squares_between(low: Vec2, high: Vec2, side_cm: f32) -> impl Iterator<Item = (i32, i32)> {
    let (first, last) = (square(low, side_cm), square(high, side_cm));
    (first.1..=last.1).flat_map(move |z| (first.0..=last.0).map(move |x| (x, z)))
}

fn to_cm(point: Point) -> Vec2 {
    vec2(point.x as f32, point.z as f32)
}

fn from_cm(at: Vec2) -> Point {
    Point::from_m(at / 100.0)
}

/// Where to turn when a step is pushed back whole: along what is in the way, to the side that the step leans to. At least
/// a centimetre, since less is lost in rounding, and a corner met nearly head-on would hold a walker for ever. Nowhere
/// when the step leans to neither side.
fn aside(step: Vec2, pushed: Vec2) -> Vec2 {
    let along = pushed.perp().normalize_or_zero();
    let lean = along.dot(step);
    if lean.abs() < 0.01 * step.length() {
        return Vec2::ZERO;
    }
    along * lean.abs().max(1.0).copysign(lean)
}
