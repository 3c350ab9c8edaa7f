//! Outlines on the plan: their winding, their triangles, and the box they lie in along a heading.

use glam::{Vec2, vec2};
use shared::space::{Heading, Point};

/// Metres of an outline without a repeated last point, turning so that its inside lies to the left when the plan is
/// seen from above with north up (x right, z down): walls built along it face outward.
pub fn outline_m(points: &[Point]) -> Vec<Vec2> {
    let mut ring: Vec<Vec2> = points.iter().map(|point| point.to_m()).collect();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring.dedup();
    if area(&ring) > 0.0 {
        ring.reverse();
    }
    ring
}

/// Twice-signed area halved: positive when the ring turns clockwise on a plan with z downward.
pub fn area(ring: &[Vec2]) -> f32 {
    sides(ring).map(|(a, b)| a.perp_dot(b)).sum::<f32>() / 2.0
}

/// Cuts ears off a simple ring (as [`outline_m`] gives it) until nothing is left. Tangled rings give what could be cut.
pub fn triangles(ring: &[Vec2]) -> Vec<[usize; 3]> {
    let mut left: Vec<usize> = (0..ring.len()).collect();
    let mut cut = Vec::with_capacity(ring.len());
    while left.len() >= 3 {
        let n = left.len();
        let ear = (0..n).find(|&k| {
            let [i, j, l] = [left[(k + n - 1) % n], left[k], left[(k + 1) % n]];
            is_ear(ring, &left, [i, j, l])
        });
        let Some(k) = ear else { break };
        cut.push([left[(k + n - 1) % n], left[k], left[(k + 1) % n]]);
        left.remove(k);
    }
    cut
}

fn is_ear(ring: &[Vec2], left: &[usize], [i, j, l]: [usize; 3]) -> bool {
    let (a, b, c) = (ring[i], ring[j], ring[l]);
    let turn = |a: Vec2, b: Vec2, p: Vec2| (b - a).perp_dot(p - a);
    if turn(a, b, c) > 1e-6 {
        return false;
    }
    let holds = |p: Vec2| turn(a, b, p) < -1e-6 && turn(b, c, p) < -1e-6 && turn(c, a, p) < -1e-6;
    !left.iter().any(|&m| m != i && m != j && m != l && holds(ring[m]))
}

/// Each side of an outline, from its left to its right end as one looks at it from outside.
pub fn sides(ring: &[Vec2]) -> impl Iterator<Item = (Vec2, Vec2)> {
    let next = ring.iter().copied().cycle().skip(1);
    ring.iter().copied().zip(next)
}

/// Whether a point lies inside a ring.
pub fn contains(ring: &[Vec2], p: Vec2) -> bool {
    sides(ring)
        .filter(|(a, b)| (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
        .count()
        % 2
        == 1
}

/// A rectangle on the plan with a front.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Its middle.
    pub at: Vec2,
    /// To the right of someone who looks at its front.
    pub right: Vec2,
    /// Out of its front.
    pub front: Vec2,
    /// Half its width and half its depth.
    pub half: Vec2,
}

impl Plan {
    /// A rectangle around a middle.
    pub fn new(at: Vec2, facing: Heading, half: Vec2) -> Self {
        let front = facing.direction();
        Self {
            at,
            right: vec2(front.y, -front.x),
            front,
            half,
        }
    }

    /// The rectangle along `facing` that an outline fills.
    pub fn around(outline: &[Vec2], facing: Heading) -> Self {
        let axes = Self::new(Vec2::ZERO, facing, Vec2::ZERO);
        let own = |p: &Vec2| vec2(p.dot(axes.right), p.dot(axes.front));
        let low = outline.iter().map(own).reduce(Vec2::min).unwrap_or_default();
        let high = outline.iter().map(own).reduce(Vec2::max).unwrap_or_default();
        let middle = (low + high) / 2.0;
        Self {
            at: axes.right * middle.x + axes.front * middle.y,
            half: (high - low) / 2.0,
            ..axes
        }
    }

    /// The plan's point `right` metres to the right of the middle and `front` metres out of it.
    // Called in so many places that it would be a good part of the engine in each of them.
    #[inline(never)]
    pub fn point(&self, right: f32, front: f32) -> Vec2 {
        self.at + self.right * right + self.front * front
    }

    /// The corners of a rectangle of other half sides around its middle, as an outline runs.
    pub fn corners(&self, half: Vec2) -> [Vec2; 4] {
        [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)].map(|(a, b)| self.point(half.x * a, half.y * b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_l_shape_is_cut_into_its_whole_area() {
        let points = [
            (0, 0),
            (400, 0),
            (400, 100),
            (100, 100),
            (100, 300),
            (0, 300),
            (0, 0),
        ];
        let ring = outline_m(&points.map(|(x, z)| Point::new(x, z)));
        let cut = triangles(&ring);
        assert_eq!(cut.len(), ring.len() - 2);
        let sum: f32 = cut.iter().map(|t| area(&t.map(|i| ring[i])).abs()).sum();
        assert!((sum - 6.0).abs() < 1e-4, "{sum}");
    }

    #[test]
    fn a_plan_knows_its_right_hand() {
        // The front looks south (+z); someone who looks at it has east to his right.
        let plan = Plan::new(Vec2::ZERO, Heading(128), vec2(1.0, 1.0));
        assert!(plan.right.distance(Vec2::X) < 1e-3, "{}", plan.right);
    }
}
