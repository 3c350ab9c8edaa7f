//! Path finding: A* over a grid, a fine one for what is near and a coarse one for what is far, or the other where one does
//! not lead there; then the corners pulled straight.

use std::{cmp::Reverse, collections::BinaryHeap};

use glam::{Vec2, vec2};
use rustc_hash::FxHashMap;

use super::{BODY_CM, Ground, ROUNDING_CM, from_cm, levels::Passage, to_cm};
use crate::space::{Level, Point, Position};

/// Distances between neighbouring nodes, and the most nodes looked at: to find the way out of a corner, and the way
/// through a city. That bounds the time of a search to some milliseconds, and to some dozen.
const GRIDS: [(f32, usize); 2] = [(100.0, 6_000), (400.0, 16_000)];

/// From here on the coarse grid is tried first: the fine one seldom leads so far.
const FAR_CM: f32 = 6_000.0;

/// Distance that a path keeps from what is solid: more than a walker's radius, so that who follows it is nowhere pushed
/// aside, rounding included.
const ROOM_CM: f32 = BODY_CM + 2.0;

/// Where there is no more room than this, it is narrow.
const NARROW_CM: f32 = 45.0;

/// A node by its steps from the start.
type Node = (i32, i32);

impl Ground {
    /// A way around what is solid, and by a stair where the levels differ: the positions to walk to, one after the other,
    /// the last being `to` or the reachable one nearest to it that was found. Empty when `from` is already there.
    pub fn path(&self, from: Position, to: Position) -> Vec<Position> {
        if from.level == to.level {
            return self.path_on_level(from, to.point);
        }
        let ends = ((from.level, to_cm(from.point)), (to.level, to_cm(to.point)));
        let Some(Passage { from: begin, to: end }) = self.levels.passage(ends.0, ends.1) else {
            return self.path_on_level(from, to.point);
        };
        let begin = from_cm(begin);
        let mut way = self.path_on_level(from, begin);
        let arrived = way.last().map_or(from.point, |last| last.point);
        if arrived.distance_cm(begin) > ROOM_CM {
            return way;
        }
        let end = Position {
            point: from_cm(end),
            level: to.level,
        };
        way.push(end);
        way.extend(self.path_on_level(end, to.point));
        way
    }

    fn path_on_level(&self, from: Position, to: Point) -> Vec<Position> {
        let level = from.level;
        let roomy = |position: Position| self.push_out(to_cm(position.point), level, ROOM_CM);
        let start = roomy(from);
        let goal = roomy(self.nearest_free(Position { level, point: to }));
        // Whoever stands where it is narrow gets out as he came in.
        let room = ROOM_CM
            .min(self.clearance(start, level))
            .min(self.clearance(goal, level))
            - ROUNDING_CM / 2.0;
        let way = Way {
            ground: self,
            level,
            room,
        };
        let mut points = vec![start];
        if start != goal {
            points.extend(way.lead(start, goal));
        }
        let mut points: Vec<Position> = points
            .into_iter()
            .map(|point| Position {
                point: from_cm(point),
                level,
            })
            .collect();
        if points.first() == Some(&from) {
            points.remove(0);
        }
        points
    }
}

/// One search: where, and how far from what is solid.
struct Way<'a> {
    ground: &'a Ground,
    level: Level,
    room: f32,
}

impl Way<'_> {
    /// The points after the start.
    fn lead(&self, start: Vec2, goal: Vec2) -> Vec<Vec2> {
        if self.is_walkable(start, goal) {
            return vec![goal];
        }
        let way = self.by_grids(start, goal);
        let left = |way: &[Vec2]| way.last().unwrap_or(&start).distance(goal);
        if left(&way) < 1.0 || self.ground.clearance(start, self.level) > NARROW_CM {
            return way;
        }
        // In a nook between slanting walls few nodes of a grid are within reach: better from its middle.
        let middle = self.roomiest(start);
        let mut other = vec![middle];
        other.extend(self.by_grids(middle, goal));
        if left(&other) < left(&way) { other } else { way }
    }

    /// The point with the most room within a step.
    fn roomiest(&self, start: Vec2) -> Vec2 {
        let around = (1..=4_u8).flat_map(|ring| {
            let turn = |k: u8| Vec2::from_angle(f32::from(k) / 16.0 * std::f32::consts::TAU);
            (0..16).map(move |k| start + turn(k) * (f32::from(ring) * 10.0))
        });
        let room = |at: &Vec2| self.ground.clearance(*at, self.level);
        around
            .filter(|at| self.is_walkable(start, *at))
            .max_by(|a, b| room(a).total_cmp(&room(b)))
            .unwrap_or(start)
    }

    fn by_grids(&self, start: Vec2, goal: Vec2) -> Vec<Vec2> {
        let mut best = Vec::new();
        let mut grids = GRIDS;
        if start.distance(goal) > FAR_CM {
            grids.reverse();
        }
        for (node_cm, most) in grids {
            let mut corners = self.search(start, goal, node_cm, most);
            let last = corners.last().copied().unwrap_or(start);
            if self.is_walkable(last, goal) {
                corners.push(goal);
                best = corners;
                break;
            }
            let left = |way: &[Vec2]| way.last().unwrap_or(&start).distance(goal);
            if left(&corners) < left(&best) {
                best = corners;
            }
        }
        self.straighten(start, &best)
    }

    fn is_walkable(&self, a: Vec2, b: Vec2) -> bool {
        self.ground.is_way_clear(a, b, self.level, self.room)
    }

    /// Nodes from the start to the goal, or to the node nearest to it within reach of the search.
    fn search(&self, start: Vec2, goal: Vec2, node_cm: f32, most: usize) -> Vec<Vec2> {
        let place = |node: Node| start + vec2(node.0 as f32, node.1 as f32) * node_cm;
        let left = |node: Node| place(node).distance(goal);
        // Whole centimetres order exactly, where floats would not be a key.
        let key = |cost: f32, node: Node| Reverse(((cost + left(node)) as u32, node));
        let mut best: FxHashMap<Node, (f32, Node)> = FxHashMap::default();
        best.insert((0, 0), (0.0, (0, 0)));
        let mut open = BinaryHeap::from([key(0.0, (0, 0))]);
        let mut nearest = (0, 0);
        let mut looked_at = 0;
        while let Some(Reverse((_, node))) = open.pop() {
            looked_at += 1;
            let arrives = left(node) <= 1.5 * node_cm && self.is_walkable(place(node), goal);
            if arrives || left(node) < left(nearest) {
                nearest = node;
            }
            if arrives || looked_at > most {
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
                if is_better && self.is_walkable(place(node), place(next)) {
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
    fn straighten(&self, start: Vec2, points: &[Vec2]) -> Vec<Vec2> {
        let mut out = Vec::new();
        let mut at = start;
        let mut rest = points;
        while let Some(first) = rest.first() {
            // The farthest in sight, looked for by halves: nearly always the best, at a fraction of the cost.
            let (mut low, mut high) = (0, rest.len());
            while high - low > 1 {
                let middle = usize::midpoint(low, high);
                let is_clear = rest.get(middle).is_some_and(|point| self.is_walkable(at, *point));
                if is_clear { low = middle } else { high = middle }
            }
            at = *rest.get(low).unwrap_or(first);
            out.push(at);
            rest = rest.get(low + 1..).unwrap_or_default();
        }
        out
    }
}
