//! The outline that nobody can leave. A city's has hundreds of edges, and every step asks for the nearest: so they are
//! found through squares, and squares that none of them touches are known to be inside or not.

use glam::Vec2;
use rustc_hash::FxHashMap;

use super::{
    shape::{Shape, along, edges, hit},
    square, squares_between,
};

/// Side of the index's squares, in centimetres.
const SQUARE_CM: f32 = 1_600.0;

/// An outline, indexed.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    outline: Shape,
    edges: Vec<(Vec2, Vec2)>,
    /// Which edges may touch a square, if any; squares that are all outside are missing.
    squares: FxHashMap<(i32, i32), Vec<u32>>,
}

impl Bounds {
    /// Prepares an outline.
    pub(super) fn new(corners: Vec<Vec2>) -> Self {
        let edges: Vec<(Vec2, Vec2)> = edges(&corners).collect();
        let mut squares: FxHashMap<(i32, i32), Vec<u32>> = FxHashMap::default();
        for (index, (a, b)) in edges.iter().enumerate() {
            for square in squares_between(a.min(*b), a.max(*b), SQUARE_CM) {
                squares.entry(square).or_default().push(index as u32);
            }
        }
        let outline = Shape::Polygon(corners);
        let (low, high) = outline.extent();
        if low.is_finite() && high.is_finite() {
            for row in square(low, SQUARE_CM).1..=square(high, SQUARE_CM).1 {
                let middle = (row as f32 + 0.5) * SQUARE_CM;
                let crossings: Vec<f32> = edges.iter().filter_map(|edge| crossing(*edge, middle)).collect();
                for column in square(low, SQUARE_CM).0..=square(high, SQUARE_CM).0 {
                    // What no edge touches is inside as its middle is.
                    let x = (column as f32 + 0.5) * SQUARE_CM;
                    if crossings.iter().filter(|crossing| **crossing < x).count() % 2 == 1 {
                        squares.entry((column, row)).or_default();
                    }
                }
            }
        }
        Self {
            outline,
            edges,
            squares,
        }
    }

    /// Distance of a point from the outline, negative inside, and the unit vector that leads out there. What is more than
    /// `reach` inside is at no distance that matters.
    pub(super) fn distance(&self, at: Vec2, reach: f32) -> (f32, Vec2) {
        let mut nearest = (f32::INFINITY, Vec2::X);
        for (a, b) in self.near(at - reach, at + reach) {
            let foot = a + (b - a) * along(at, a, b);
            let length = at.distance(foot);
            if length < nearest.0 {
                let outward = (at - foot).normalize_or((b - a).perp().normalize_or(Vec2::X));
                nearest = (length, outward);
            }
        }
        match (self.contains(at), nearest.0 < f32::INFINITY) {
            (true, _) => (-nearest.0, -nearest.1),
            (false, true) => nearest,
            (false, false) => self.outline.distance(at),
        }
    }

    /// How far inside a point is, negative outside; where no edge is within `reach` it is merely in or out.
    pub(super) fn depth(&self, at: Vec2, reach: f32) -> f32 {
        let near = self.near(at - reach, at + reach);
        let nearest = near
            .map(|(a, b)| at.distance(a + (b - a) * along(at, a, b)))
            .fold(f32::INFINITY, f32::min);
        if self.contains(at) { nearest } else { -nearest }
    }

    /// Whether a straight way crosses the outline.
    pub(super) fn is_crossed(&self, a: Vec2, b: Vec2) -> bool {
        self.near(a.min(b), a.max(b))
            .any(|(c, d)| hit(a, b, c, d).is_some_and(|along| along < 1.0))
    }

    /// Where a straight way first meets the outline, 0 to 1; 1 when it does not.
    pub(super) fn first_hit(&self, a: Vec2, b: Vec2) -> f32 {
        self.near(a.min(b), a.max(b))
            .filter_map(|(c, d)| hit(a, b, c, d))
            .fold(1.0, f32::min)
    }

    fn contains(&self, at: Vec2) -> bool {
        match self.squares.get(&square(at, SQUARE_CM)) {
            None => false,
            Some(touching) if touching.is_empty() => true,
            Some(_) => {
                let crossings = self.edges.iter().filter_map(|edge| crossing(*edge, at.y));
                crossings.filter(|crossing| *crossing < at.x).count() % 2 == 1
            }
        }
    }

    /// The edges of the squares between two corners; one that lies in several comes several times.
    fn near(&self, low: Vec2, high: Vec2) -> impl Iterator<Item = (Vec2, Vec2)> {
        squares_between(low, high, SQUARE_CM)
            .filter_map(|square| self.squares.get(&square))
            .flatten()
            .filter_map(|index| self.edges.get(*index as usize).copied())
    }
}

/// Where an edge crosses a line of one y, if it does.
fn crossing((a, b): (Vec2, Vec2), y: f32) -> Option<f32> {
    ((a.y > y) != (b.y > y)).then(|| (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::vec2;
    use proptest::prelude::*;

    /// An outline with bays and necks: a star whose rays have random lengths.
    fn star(rays: &[f32]) -> Vec<Vec2> {
        let turn = std::f32::consts::TAU / rays.len() as f32;
        let ray = |(k, length): (usize, &f32)| Vec2::from_angle(k as f32 * turn) * *length;
        rays.iter().enumerate().map(ray).collect()
    }

    proptest! {
        #[test]
        fn the_index_answers_as_the_outline_itself(
            rays in prop::collection::vec(1_000.0_f32..40_000.0, 3..40),
            x in -40_000.0_f32..40_000.0,
            z in -40_000.0_f32..40_000.0,
        ) {
            let at = vec2(x, z);
            let corners = star(&rays);
            let bounds = Bounds::new(corners.clone());
            let (expected, _) = Shape::Polygon(corners).distance(at);
            let (found, _) = bounds.distance(at, 50.0);
            let depth = bounds.depth(at, 50.0);
            prop_assert_eq!(depth > 0.0, expected < 0.0);
            if expected.abs() < 50.0 {
                prop_assert!((depth + expected).abs() < 0.5, "{} {}", expected, depth);
            }
            prop_assert_eq!(expected < 0.0, found < 0.0, "{} {}", expected, found);
            if expected.abs() < 50.0 {
                prop_assert!((expected - found).abs() < 0.5, "{} {}", expected, found);
            } else {
                prop_assert!(found.abs() >= 50.0, "{} {}", expected, found);
            }
        }
    }
}
