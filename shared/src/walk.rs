//! Collision, bounds and path finding over a place: the same for the browser that walks and the relay that checks.
//!
//! A walker is a disc. Everything solid is a [`shape`](shape) on one level; shapes are found through squares of
//! [`SQUARE_CM`]. All in centimetres.

mod bounds;
mod path;
mod shape;

use glam::{Vec2, vec2};
use rustc_hash::FxHashMap;

use crate::{
    city::Place,
    space::{Level, Point, Position},
};
use bounds::Bounds;
use shape::Solid;

/// Radius of a walker.
pub const BODY_CM: f32 = 30.0;

/// Rounding to whole centimetres may bring a walker this much closer than [`BODY_CM`].
const ROUNDING_CM: f32 = 1.0;

/// Radius that [`Ground::is_clear`] holds a claimed way to. A client tells where it is 15 times a second, and the
/// straight line between two such points cuts a corner that it really went around: a chord of 33 cm (a run) on an arc
/// of 30 cm lies 5 cm inside it.
const CLAIM_CM: f32 = 20.0;

/// Side of the index's squares.
const SQUARE_CM: f32 = 800.0;

/// Longest step taken at once while sliding: shorter than anything solid is thick.
const SUBSTEP_CM: f32 = 10.0;

/// What of a place can be walked on, indexed for quick answers.
#[derive(Clone, Debug)]
pub struct Ground {
    bounds: Bounds,
    solids: Vec<Solid>,
    squares: FxHashMap<(i32, i32), Vec<u32>>,
}

impl Ground {
    /// Prepares a place.
    pub fn new(place: &Place) -> Self {
        let solids: Vec<Solid> = place
            .parts
            .iter()
            .flat_map(|part| shape::solids(&part.kit, part.level))
            .collect();
        let mut squares: FxHashMap<(i32, i32), Vec<u32>> = FxHashMap::default();
        for (index, solid) in solids.iter().enumerate() {
            let (low, high) = solid.shape.extent();
            for square in squares_between(low - BODY_CM, high + BODY_CM, SQUARE_CM) {
                squares.entry(square).or_default().push(index as u32);
            }
        }
        Self {
            bounds: Bounds::new(place.bounds.iter().map(|point| to_cm(*point)).collect()),
            solids,
            squares,
        }
    }

    /// Whether a walker can stand here.
    pub fn is_free(&self, at: Position) -> bool {
        self.clearance(to_cm(at.point), at.level) >= BODY_CM - ROUNDING_CM
    }

    /// Whether a walker can have gone straight from one position to the other; levels are not changed by walking on.
    pub fn is_clear(&self, from: Position, to: Position) -> bool {
        from.level == to.level && self.is_way_clear(to_cm(from.point), to_cm(to.point), to.level, CLAIM_CM)
    }

    /// Where a walker who wants to go straight to `to` gets: slides along what is in the way. The result is free if
    /// `from` is.
    pub fn slide(&self, from: Position, to: Point) -> Position {
        let mut at = to_cm(from.point);
        let way = to_cm(to) - at;
        let steps = (way.length() / SUBSTEP_CM).ceil().max(1.0);
        let step = way / steps;
        for _ in 0..steps as u32 {
            let wanted = at + step;
            let mut next = self.push_out(wanted, from.level, BODY_CM);
            if (next - at).dot(step) < 0.05 * step.length_squared() {
                next = self.push_out(at + aside(step, next - wanted), from.level, BODY_CM);
            }
            if self.clearance(next, from.level) < BODY_CM - ROUNDING_CM / 2.0 {
                break;
            }
            at = next;
        }
        let reached = Position {
            point: Point::new(at.x.round() as i32, at.y.round() as i32),
            level: from.level,
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

    /// How far a straight way from `from` to `to` gets, 0 to 1, before it meets something taller than `eye_cm`: for the
    /// camera.
    pub fn sight(&self, from: Point, to: Point, eye_cm: u32) -> f32 {
        let (a, b) = (to_cm(from), to_cm(to));
        let tall = self
            .near(a.min(b), a.max(b))
            .filter(|solid| solid.height_cm > eye_cm);
        tall.map(|solid| solid.shape.first_hit(a, b)).fold(1.0, f32::min)
    }

    /// Distance from a point to the nearest thing solid or the edge of the bounds; negative inside.
    fn clearance(&self, at: Vec2, level: Level) -> f32 {
        let reach = vec2(BODY_CM, BODY_CM);
        let solids = self
            .near(at - reach, at + reach)
            .filter(|solid| solid.level == level);
        solids
            .map(|solid| solid.shape.distance(at).0)
            .fold(self.bounds.depth(at, BODY_CM), f32::min)
    }

    /// Moves a point out of everything nearer than `radius`, along the shortest ways.
    fn push_out(&self, mut at: Vec2, level: Level, radius: f32) -> Vec2 {
        const ROUNDS: usize = 4;
        let reach = vec2(radius, radius);
        for _ in 0..ROUNDS {
            let (edge, outward) = self.bounds.distance(at, radius);
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
        self.bounds.depth(b, radius) >= radius
            && !self.bounds.is_crossed(a, b)
            && self
                .near(a.min(b) - margin, a.max(b) + margin)
                .filter(|solid| solid.level == level)
                .all(|solid| solid.shape.distance_to_way(a, b) >= radius)
    }

    /// The solids of the squares between two corners; one that lies in several comes several times.
    fn near(&self, low: Vec2, high: Vec2) -> impl Iterator<Item = &Solid> {
        squares_between(low, high, SQUARE_CM)
            .filter_map(|square| self.squares.get(&square))
            .flatten()
            .filter_map(|index| self.solids.get(*index as usize))
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
