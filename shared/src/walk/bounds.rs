//! The outline that nobody can leave. A city's has hundreds of edges, and every step asks for the nearest: so they are
//! found through squares, and squares that none of them touches are known to be inside or not.

use std::collections::{HashMap, HashSet};

use glam::{Vec2, vec2};

use super::shape::{Shape, along, edges, hit};

/// Side of the index's squares, in centimetres.
const SQUARE_CM: f32 = 1_600.0;

/// An outline, indexed.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    outline: Shape,
    edges: Vec<(Vec2, Vec2)>,
    /// Which edges may touch a square.
    squares: HashMap<(i32, i32), Vec<u16>>,
    /// Squares that no edge touches, inside.
    inside: HashSet<(i32, i32)>,
}

impl Bounds {
    /// Prepares an outline.
    pub(super) fn new(corners: Vec<Vec2>) -> Self {
        let edges: Vec<(Vec2, Vec2)> = edges(&corners).take(usize::from(u16::MAX)).collect();
        let mut squares: HashMap<(i32, i32), Vec<u16>> = HashMap::new();
        for (index, (a, b)) in edges.iter().enumerate() {
            for square in squares_between(a.min(*b), a.max(*b)) {
                squares.entry(square).or_default().push(index as u16);
            }
        }
        let outline = Shape::Polygon(corners);
        let (low, high) = outline.extent();
        let mut inside = HashSet::new();
        if low.is_finite() && high.is_finite() {
            let (first, last) = (square(low), square(high));
            for row in first.1..=last.1 {
                let middle = (row as f32 + 0.5) * SQUARE_CM;
                // Where the outline crosses the row's middle: between the first and the second crossing lies what is inside, and
                // so on.
                let mut crossings: Vec<f32> = edges
                    .iter()
                    .filter(|(a, b)| (a.y > middle) != (b.y > middle))
                    .map(|(a, b)| (b.x - a.x) * (middle - a.y) / (b.y - a.y) + a.x)
                    .collect();
                crossings.sort_by(f32::total_cmp);
                let (pairs, _) = crossings.as_chunks::<2>();
                for [enters, leaves] in pairs {
                    let columns = square(vec2(*enters, 0.0)).0..=square(vec2(*leaves, 0.0)).0;
                    let free = columns.map(|column| (column, row));
                    inside.extend(free.filter(|square| !squares.contains_key(square)));
                }
            }
        }
        Self {
            outline,
            edges,
            squares,
            inside,
        }
    }

    /// Distance of a point from the outline as far as it is less than `reach`, negative inside, and the unit vector that
    /// leads out there. What is farther inside is at no distance that matters.
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

    /// Whether a straight way crosses the outline.
    pub(super) fn is_crossed(&self, a: Vec2, b: Vec2) -> bool {
        self.near(a.min(b), a.max(b))
            .any(|(c, d)| hit(a, b, c, d).is_some_and(|along| along < 1.0))
    }

    fn contains(&self, at: Vec2) -> bool {
        if !self.squares.contains_key(&square(at)) {
            return self.inside.contains(&square(at));
        }
        let crossed = self
            .edges
            .iter()
            .filter(|(a, b)| (a.y > at.y) != (b.y > at.y))
            .filter(|(a, b)| at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x);
        crossed.count() % 2 == 1
    }

    /// The edges of the squares between two corners; one that lies in several comes several times.
    fn near(&self, low: Vec2, high: Vec2) -> impl Iterator<Item = (Vec2, Vec2)> {
        squares_between(low, high)
            .filter_map(|square| self.squares.get(&square))
            .flatten()
            .filter_map(|index| self.edges.get(usize::from(*index)).copied())
    }
}

fn square(at: Vec2) -> (i32, i32) {
    let at = (at / SQUARE_CM).floor();
    (at.x as i32, at.y as i32)
}

fn squares_between(low: Vec2, high: Vec2) -> impl Iterator<Item = (i32, i32)> {
    let (first, last) = (square(low), square(high));
    (first.1..=last.1).flat_map(move |z| (first.0..=last.0).map(move |x| (x, z)))
}

#[cfg(test)]
mod tests {
    use super::*;
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
            prop_assert_eq!(expected < 0.0, found < 0.0, "{} {}", expected, found);
            if expected.abs() < 50.0 {
                prop_assert!((expected - found).abs() < 0.5, "{} {}", expected, found);
            } else {
                prop_assert!(found.abs() >= 50.0, "{} {}", expected, found);
            }
        }
    }
}
