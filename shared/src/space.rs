//! Positions, headings, levels and cells.
//!
//! A place has local axes: x grows to the east, z to the south, y upwards; the origin is the place's own. Positions
//! on the wire and in the rules are whole centimetres, so that every machine computes the same result.

use glam::{Vec2, vec2};
use serde::{Deserialize, Serialize};

/// Side of a cell: the unit of interest, of encoding and of publishing.
pub const CELL_CM: i32 = 3_200;

/// Farthest coordinate a place may use: 20 km from its origin, well inside what a cell index can name.
pub const LIMIT_CM: i32 = 2_000_000;

/// A point on the ground plan, in centimetres from the place's origin: x to the east, z to the south.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Point {
    /// Centimetres to the east.
    pub x: i32,
    /// Centimetres to the south.
    pub z: i32,
}

impl Point {
    /// A point from centimetres.
    pub const fn new(x: i32, z: i32) -> Self {
        Self { x, z }
    }

    /// The nearest point to metres `(x, z)`; what is not finite or lies outside [`LIMIT_CM`] is clamped.
    pub fn from_m(m: Vec2) -> Self {
        let limit = LIMIT_CM as f32;
        let cm = |v: f32| (v * 100.0).round().clamp(-limit, limit) as i32;
        Self {
            x: cm(m.x),
            z: cm(m.y),
        }
    }

    /// Metres, as `(x, z)`.
    pub fn to_m(self) -> Vec2 {
        vec2(self.x as f32, self.z as f32) / 100.0
    }

    /// Straight distance in centimetres.
    pub fn distance_cm(self, other: Self) -> f32 {
        let (dx, dz) = (
            f64::from(self.x) - f64::from(other.x),
            f64::from(self.z) - f64::from(other.z),
        );
        dx.hypot(dz) as f32
    }

    /// Whether both coordinates lie within [`LIMIT_CM`].
    pub fn is_within_limit(self) -> bool {
        self.x.abs() <= LIMIT_CM && self.z.abs() <= LIMIT_CM
    }
}

/// Which floor of a place: a bridge and the walk under it share x and z, not the level.
pub type Level = i8;

/// Where an avatar stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The point on the plan.
    pub point: Point,
    /// The floor.
    pub level: Level,
}

impl Position {
    /// The cell that holds this position, whatever the level.
    pub fn cell(self) -> Cell {
        Cell {
            x: self.point.x.div_euclid(CELL_CM) as i16,
            z: self.point.z.div_euclid(CELL_CM) as i16,
        }
    }
}

/// A direction in 256 steps of 1.4 degrees: 0 is north (towards −z), growing clockwise (64 is east).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Heading(pub u8);

impl Heading {
    /// The nearest heading to an angle in radians, clockwise from north.
    pub fn from_radians(angle: f32) -> Self {
        Self((angle / std::f32::consts::TAU * 256.0).round().rem_euclid(256.0) as u8)
    }

    /// Radians, clockwise from north, in `0..TAU`.
    pub fn radians(self) -> f32 {
        f32::from(self.0) / 256.0 * std::f32::consts::TAU
    }

    /// The unit vector `(x, z)` this heading points along.
    pub fn direction(self) -> Vec2 {
        let angle = self.radians();
        vec2(angle.sin(), -angle.cos())
    }
}

/// A square of a place, [`CELL_CM`] a side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    /// Index to the east.
    pub x: i16,
    /// Index to the south.
    pub z: i16,
}

impl Cell {
    /// The corner with the smallest x and z.
    pub fn corner(self) -> Point {
        Point::new(i32::from(self.x) * CELL_CM, i32::from(self.z) * CELL_CM)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_run_clockwise_from_north() {
        let is_towards = |steps, x, z| (Heading(steps).direction() - vec2(x, z)).length() < 1e-6;
        assert!(is_towards(0, 0.0, -1.0) && is_towards(64, 1.0, 0.0));
        assert!(is_towards(128, 0.0, 1.0) && is_towards(192, -1.0, 0.0));
        assert_eq!(Heading::from_radians(-std::f32::consts::FRAC_PI_2), Heading(192));
    }

    #[test]
    fn cells_cover_negative_coordinates_without_a_seam() {
        let at = |x, z| {
            Position {
                point: Point::new(x, z),
                level: 0,
            }
            .cell()
        };
        assert_eq!(at(0, 0), Cell { x: 0, z: 0 });
        assert_eq!(at(-1, 3_199), Cell { x: -1, z: 0 });
        assert_eq!(at(-3_200, 3_200), Cell { x: -1, z: 1 });
    }

    #[test]
    fn metres_that_are_no_number_stay_inside_the_limit() {
        assert_eq!(Point::from_m(vec2(f32::NAN, 0.0)), Point::new(0, 0));
        assert!(Point::from_m(vec2(f32::INFINITY, -1e30)).is_within_limit());
    }
}
