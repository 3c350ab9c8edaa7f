//! Collision, bounds and path finding over a place: the same for the browser that walks and the relay that checks.

use crate::{city::Place, space::{Point, Position}};

/// Radius of a walker, in centimetres.
pub const BODY_CM: i32 = 30;

/// What of a place can be walked on, indexed for quick answers.
#[derive(Clone, Debug)]
pub struct Ground {}

impl Ground {
    /// Prepares a place.
    pub fn new(_place: &Place) -> Self {
        Self {}
    }

    /// Whether a walker can stand here.
    pub fn is_free(&self, _at: Position) -> bool {
        true
    }

    /// Whether a walker can go straight from one position to the other.
    pub fn is_clear(&self, _from: Position, _to: Position) -> bool {
        true
    }

    /// Where a walker who wants to go straight to `to` gets: slides along what is in the way.
    pub fn slide(&self, from: Position, to: Point) -> Position {
        Position { point: to, level: from.level }
    }

    /// A way around what is solid: the points to walk to, one after the other, the last being `to` or the free point
    /// nearest to it. Empty when there is none.
    pub fn path(&self, _from: Position, _to: Position) -> Vec<Point> {
        Vec::new()
    }

    /// The free position nearest to one that may not be.
    pub fn nearest_free(&self, at: Position) -> Position {
        at
    }

    /// How far a straight way from `from` to `to` gets, 0 to 1, before it meets something solid taller than `eye_cm`:
    /// for the camera.
    pub fn sight(&self, _from: Point, _to: Point, _eye_cm: u32) -> f32 {
        1.0
    }
}
