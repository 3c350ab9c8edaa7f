//! Positions, headings, levels and cells.
//!
//! A place has local axes: x grows to the east, z to the south, y upwards; the origin is the place's own. Positions
//! on the wire and in the rules are whole centimetres, so that every machine computes the same result.

use glam::{Vec2, vec2};
use serde::{Deserialize, Serialize};

/// Side of the largest cells, the groups of which every other is a part.
pub const GROUP_CM: i32 = 12_800;

/// Depth of the smallest cells: 8 m a side.
pub const DEEPEST: u8 = 4;

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
        let limit = LIMIT_CM.unsigned_abs();
        self.x.unsigned_abs() <= limit && self.z.unsigned_abs() <= limit
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

/// A square of a place: the unit of interest, of encoding and of publishing, whatever the level.
///
/// Cells form a quadtree. At depth 0 are the groups of 128 m; each further depth halves the side, down to 8 m at
/// [`DEEPEST`]. The more crowded a place is, the smaller are the cells in use there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    /// How often a group's side was halved.
    pub depth: u8,
    /// Index to the east, in sides of this cell.
    pub x: i16,
    /// Index to the south, in sides of this cell.
    pub z: i16,
}

impl Cell {
    /// The cell of a depth (at most [`DEEPEST`]) that holds a point.
    pub fn at(point: Point, depth: u8) -> Self {
        let depth = depth.min(DEEPEST);
        let side = GROUP_CM >> depth;
        Self {
            depth,
            x: point.x.div_euclid(side) as i16,
            z: point.z.div_euclid(side) as i16,
        }
    }

    /// Side in centimetres.
    pub fn side_cm(self) -> i32 {
        GROUP_CM >> self.depth.min(DEEPEST)
    }

    /// The corner with the smallest x and z.
    pub fn corner(self) -> Point {
        Point::new(
            i32::from(self.x) * self.side_cm(),
            i32::from(self.z) * self.side_cm(),
        )
    }

    /// The group that this cell is a part of, or is.
    #[must_use]
    pub fn group(self) -> Self {
        let depth = self.depth.min(DEEPEST);
        Self {
            depth: 0,
            x: self.x >> depth,
            z: self.z >> depth,
        }
    }

    /// The cell of which this one is a quarter; none for a group.
    pub fn parent(self) -> Option<Self> {
        Some(Self {
            depth: self.depth.checked_sub(1)?,
            x: self.x >> 1,
            z: self.z >> 1,
        })
    }

    /// The four quarters; none at [`DEEPEST`].
    pub fn quarters(self) -> Option<[Self; 4]> {
        (self.depth < DEEPEST).then(|| {
            [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dz)| Self {
                depth: self.depth + 1,
                x: self.x.wrapping_mul(2).wrapping_add(dx),
                z: self.z.wrapping_mul(2).wrapping_add(dz),
            })
        })
    }

    /// How far the edges of two cells are apart along the axis on which they are farther apart; 0 when they touch.
    pub fn gap_cm(self, other: Self) -> i32 {
        let (a, b) = (self.corner(), other.corner());
        let along = |a: i32, b: i32| (b - (a + self.side_cm())).max(a - (b + other.side_cm()));
        along(a.x, b.x).max(along(a.z, b.z)).max(0)
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
    fn no_coordinate_is_within_the_limit_by_overflow() {
        let is_within = |x, z| Point::new(x, z).is_within_limit();
        assert!(is_within(-LIMIT_CM, LIMIT_CM));
        assert!(!is_within(LIMIT_CM + 1, 0) && !is_within(0, -LIMIT_CM - 1));
        assert!(!is_within(i32::MIN, 0) && !is_within(0, i32::MIN) && !is_within(i32::MAX, 0));
    }

    #[test]
    fn cells_cover_negative_coordinates_without_a_seam() {
        let at = |x, z| Cell::at(Point::new(x, z), 2);
        let cell = |x, z| Cell { depth: 2, x, z };
        assert_eq!(at(0, 0), cell(0, 0));
        assert_eq!(at(-1, 3_199), cell(-1, 0));
        assert_eq!(at(-3_200, 3_200), cell(-1, 1));
    }

    #[test]
    fn quarters_know_whose_they_are() {
        let group = Cell {
            depth: 0,
            x: -3,
            z: 5,
        };
        let mut inside = vec![group];
        for _ in 0..DEEPEST {
            inside = inside.iter().flat_map(|cell| cell.quarters().unwrap()).collect();
            assert!(inside.iter().all(|cell| cell.group() == group));
        }
        assert_eq!(inside.len(), 256);
        for cell in inside {
            assert!(cell.quarters().is_none());
            assert!(cell.parent().unwrap().quarters().unwrap().contains(&cell));
            assert_eq!(Cell::at(cell.corner(), DEEPEST), cell);
            assert_eq!(group.gap_cm(cell), 0);
        }
    }

    #[test]
    fn gaps_run_from_edge_to_edge() {
        let group = |x, z| Cell { depth: 0, x, z };
        assert_eq!(group(0, 0).gap_cm(group(2, 1)), GROUP_CM);
        let small = Cell::at(Point::new(GROUP_CM + 900, 50), DEEPEST);
        assert_eq!((group(0, 0).gap_cm(small), small.gap_cm(group(0, 0))), (800, 800));
    }

    #[test]
    fn metres_that_are_no_number_stay_inside_the_limit() {
        assert_eq!(Point::from_m(vec2(f32::NAN, 0.0)), Point::new(0, 0));
        assert!(Point::from_m(vec2(f32::INFINITY, -1e30)).is_within_limit());
    }
}
