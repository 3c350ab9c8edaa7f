//! Path finding: A* over a grid of one metre, then the corners pulled straight.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
};

use glam::{Vec2, vec2};

use super::{BODY_CM, Ground, ROUNDING_CM, from_cm, to_cm};
use crate::space::{Level, Point, Position};

/// Distance between neighbouring nodes.
const NODE_CM: f32 = 100.0;

/// Most nodes looked at: bounds the time of one search to some milliseconds in a browser.
const MAX_NODES: usize = 6_000;

/// A node by its steps from the start.
type Node = (i32, i32);

impl Ground {
    /// A way around what is solid: the points to walk to, one after the other, the last being `to` or the reachable
    /// point nearest to it that was found. Empty when `from` is already there.
    pub fn path(&self, from: Position, to: Position) -> Vec<Point> {
        let level = from.level;
        let start = to_cm(from.point);
        let goal = to_cm(self.nearest_free(Position { level, ..to }).point);
        if self.is_walkable(start, goal, level) {
            return if start == goal {
                Vec::new()
            } else {
                vec![from_cm(goal)]
            };
        }
        let mut corners = self.search(start, goal, level);
        if corners
            .last()
            .is_some_and(|last| self.is_walkable(*last, goal, level))
        {
            corners.push(goal);
        }
        self.straighten(start, &corners, level)
            .into_iter()
            .map(from_cm)
            .collect()
    }

    fn is_walkable(&self, a: Vec2, b: Vec2, level: Level) -> bool {
        self.is_way_clear(a, b, level, BODY_CM - ROUNDING_CM)
    }

    /// Nodes from the start to the goal, or to the node nearest to it within reach of the search.
    fn search(&self, start: Vec2, goal: Vec2, level: Level) -> Vec<Vec2> {
        let place = |node: Node| start + vec2(node.0 as f32, node.1 as f32) * NODE_CM;
        let left = |node: Node| place(node).distance(goal);
        // Whole centimetres order exactly, where floats would not be a key.
        let key = |cost: f32, node: Node| Reverse(((cost + left(node)) as u32, node));
        let mut best: HashMap<Node, (f32, Node)> = HashMap::from([((0, 0), (0.0, (0, 0)))]);
        let mut open = BinaryHeap::from([key(0.0, (0, 0))]);
        let mut nearest = (0, 0);
        let mut looked_at = 0;
        while let Some(Reverse((_, node))) = open.pop() {
            if left(node) < left(nearest) {
                nearest = node;
            }
            looked_at += 1;
            if left(node) <= NODE_CM && self.is_walkable(place(node), goal, level) || looked_at > MAX_NODES {
                break;
            }
            let Some(&(cost, _)) = best.get(&node) else {
                continue;
            };
            for (dx, dz) in [
                (1, 0),
                (-1, 0),
                (0, 1),
                (0, -1),
                (1, 1),
                (1, -1),
                (-1, 1),
                (-1, -1),
            ] {
                let next = (node.0 + dx, node.1 + dz);
                let cost = cost + place(node).distance(place(next));
                let is_better = best.get(&next).is_none_or(|(known, _)| cost + 0.5 < *known);
                if is_better && self.is_walkable(place(node), place(next), level) {
                    best.insert(next, (cost, node));
                    open.push(key(cost, next));
                }
            }
        }
        let mut way = Vec::new();
        while nearest != (0, 0) {
            way.push(place(nearest));
            nearest = best.get(&nearest).map_or((0, 0), |(_, before)| *before);
        }
        way.reverse();
        way
    }

    /// Leaves out every point that can be passed straight by.
    fn straighten(&self, start: Vec2, points: &[Vec2], level: Level) -> Vec<Vec2> {
        let mut out = Vec::new();
        let mut at = start;
        let mut rest = points;
        while let Some(first) = rest.first() {
            // The farthest in sight, looked for by halves: nearly always the best, at a fraction of the cost.
            let (mut low, mut high) = (0, rest.len());
            while high - low > 1 {
                let middle = usize::midpoint(low, high);
                let is_clear = rest
                    .get(middle)
                    .is_some_and(|point| self.is_walkable(at, *point, level));
                if is_clear { low = middle } else { high = middle }
            }
            at = *rest.get(low).unwrap_or(first);
            out.push(at);
            rest = rest.get(low + 1..).unwrap_or_default();
        }
        out
    }
}
