//! A band along a line: points in it are told by how far along the line they are, and how far to its right.
//!
//! Lengths are of any unit, the same throughout.

use glam::{Vec2, vec2};

/// A line with a right and a left.
#[derive(Clone, Debug)]
pub struct Strip {
    path: Vec<Vec2>,
    /// At each corner one to the right, longer in a bend so that a band stays even.
    aside: Vec<Vec2>,
    /// How far along the line each corner is.
    reached: Vec<f32>,
}

impl Strip {
    /// Along a line of at least two different points; without them it has no length.
    pub fn new(mut path: Vec<Vec2>) -> Self {
        path.dedup();
        let ways: Vec<Vec2> = path
            .iter()
            .zip(path.iter().skip(1))
            .map(|(from, to)| (*to - *from).normalize_or_zero())
            .collect();
        let right = |way: Vec2| vec2(-way.y, way.x);
        let aside = (0..path.len())
            .map(|corner| {
                let before = corner.checked_sub(1).and_then(|before| ways.get(before));
                let after = ways.get(corner);
                let (Some(one), Some(other)) = (before.or(after), after.or(before)) else {
                    return Vec2::ZERO;
                };
                let middle = (right(*one) + right(*other)).normalize_or(right(*one));
                middle / middle.dot(right(*one)).max(0.4)
            })
            .collect();
        let mut reached = Vec::with_capacity(path.len());
        let mut sum = 0.0;
        for (corner, at) in path.iter().enumerate() {
            sum += corner
                .checked_sub(1)
                .and_then(|before| path.get(before))
                .map_or(0.0, |before| before.distance(*at));
            reached.push(sum);
        }
        Self { path, aside, reached }
    }

    /// The corners of the line, and at each the way to its right: one long, or longer in a bend.
    pub fn corners(&self) -> impl Iterator<Item = (Vec2, Vec2)> {
        self.path.iter().copied().zip(self.aside.iter().copied())
    }

    /// How long the line is.
    pub fn length(&self) -> f32 {
        self.reached.last().copied().unwrap_or_default()
    }

    /// The point so far along the line and so far to its right.
    pub fn at(&self, along: f32, aside: f32) -> Vec2 {
        let corner = |index: usize| {
            let at = self.path.get(index).copied().unwrap_or_default();
            at + self.aside.get(index).copied().unwrap_or_default() * aside
        };
        let (before, after, share) = self.between(along);
        corner(before).lerp(corner(after), share)
    }

    /// The corners between which the point so far along the line lies, and its share of the way from the first to the second.
    pub fn between(&self, along: f32) -> (usize, usize, f32) {
        let last = self.path.len().saturating_sub(1);
        let after = self
            .reached
            .partition_point(|reached| *reached < along)
            .clamp(1.min(last), last);
        let before = after.saturating_sub(1);
        let reached = |index: usize| self.reached.get(index).copied().unwrap_or_default();
        let length = (reached(after) - reached(before)).max(f32::EPSILON);
        (before, after, (along - reached(before)) / length)
    }

    /// How far along the line a point is, from nothing to its length, and how far to its right.
    pub fn locate(&self, point: Vec2) -> Vec2 {
        let mut nearest = (f32::INFINITY, Vec2::ZERO);
        let corners = self.path.iter().zip(self.path.iter().skip(1));
        for ((from, to), reached) in corners.zip(&self.reached) {
            let way = *to - *from;
            let length = way.length().max(f32::EPSILON);
            let way = way / length;
            let along = (point - *from).dot(way).clamp(0.0, length);
            let off = point - (*from + way * along);
            let distance = off.length_squared();
            if distance < nearest.0 {
                nearest = (distance, vec2(reached + along, way.perp_dot(off)));
            }
        }
        nearest.1
    }

    /// The outline of what lies between two points along it, and between two lines aside of it.
    pub fn ring(&self, [from, to]: [f32; 2], [left, right]: [f32; 2]) -> Vec<Vec2> {
        let stations = self.stations([from, to]);
        let near = stations.iter().map(|along| self.at(*along, left));
        let far = stations.iter().rev().map(|along| self.at(*along, right));
        near.chain(far).collect()
    }

    /// A point along it, its corners between, and another point along it.
    pub fn stations(&self, [from, to]: [f32; 2]) -> Vec<f32> {
        let between = self
            .reached
            .iter()
            .copied()
            .filter(|reached| (from + 1e-3..to - 1e-3).contains(reached));
        [from].into_iter().chain(between).chain([to]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bent() -> Strip {
        Strip::new(vec![vec2(0.0, 0.0), vec2(10.0, 0.0), vec2(20.0, 1.0)])
    }

    #[test]
    fn what_is_told_by_the_line_is_found_again() {
        let strip = bent();
        for (along, aside) in [(0.0, 0.0), (4.0, 2.0), (9.0, -2.0), (15.0, 1.5), (20.0, -1.0)] {
            let found = strip.locate(strip.at(along, aside));
            assert!(
                found.distance(vec2(along, aside)) < 0.15,
                "{along} {aside}: {found}"
            );
        }
        // East goes the line, south is to its right.
        assert!(strip.at(4.0, 2.0).distance(vec2(4.0, 2.0)) < 0.1);
        assert!((strip.length() - 20.05).abs() < 1e-2);
    }

    #[test]
    fn an_outline_follows_the_bend() {
        let ring = bent().ring([5.0, 20.0], [-1.0, 1.0]);
        assert_eq!(ring.len(), 6);
        let first = ring.first().unwrap();
        assert!(first.distance(vec2(5.0, -1.0)) < 0.05, "{first}");
    }
}
