//! Openings in what lies: outlines on the plan are cut out of the triangles of a mesh.

use glam::{Vec2, vec2};

use crate::mesh::{Mesh, Vertex};

/// Twice the area of the smallest triangle that a cut leaves, in square metres.
const SLIVER_M2: f32 = 1e-4;

impl Mesh {
    /// Cuts what lies flat within outlines out of the mesh. Each is of four or more corners, and may bend a little: it is taken
    /// as the quads between its two long sides, as [`shared::city::strip::Strip::ring`] tells it.
    pub fn cut(&mut self, rings: &[Vec<Vec2>]) {
        let quads: Vec<Quad> = rings.iter().flat_map(|ring| Quad::of(ring)).collect();
        let (low, high) = quads
            .iter()
            .fold((Vec2::INFINITY, Vec2::NEG_INFINITY), |(low, high), quad| {
                (low.min(quad.low), high.max(quad.high))
            });
        let mut kept = Vec::with_capacity(self.indices.len());
        for triangle in std::mem::take(&mut self.indices).chunks_exact(3) {
            let corners = [triangle[0], triangle[1], triangle[2]].map(|i| self.vertices[i as usize]);
            let lies = corners.iter().all(|corner| corner.normal[1] > 100);
            if !lies || is_beside(&corners, low, high) {
                kept.extend_from_slice(triangle);
                continue;
            }
            let mut pieces = vec![corners.to_vec()];
            let mut is_whole = true;
            for quad in &quads {
                if is_beside(&corners, quad.low, quad.high) {
                    continue;
                }
                let mut rest = Vec::with_capacity(pieces.len());
                for piece in pieces {
                    match quad.outside(&piece) {
                        None => rest.push(piece),
                        Some(outside) => {
                            is_whole = false;
                            rest.extend(outside);
                        }
                    }
                }
                pieces = rest;
            }
            if is_whole {
                kept.extend_from_slice(triangle);
                continue;
            }
            for piece in pieces {
                let first = self.vertices.len() as u32;
                let fan = (1..piece.len() as u32 - 1).filter(|k| {
                    let at = |k: u32| plan(&piece[k as usize]);
                    // Slivers of no width show nothing.
                    (at(*k) - at(0)).perp_dot(at(k + 1) - at(0)).abs() > SLIVER_M2
                });
                kept.extend(fan.flat_map(|k| [first, first + k, first + k + 1]));
                self.vertices.extend(piece);
            }
        }
        self.indices = kept;
    }
}

/// A convex outline of four corners on the plan, and the box around it.
struct Quad {
    corners: [Vec2; 4],
    /// 1 when it turns clockwise on a plan with z downward, -1 when it does not.
    turn: f32,
    low: Vec2,
    high: Vec2,
}

impl Quad {
    /// The quads between the two long sides of an outline.
    fn of(ring: &[Vec2]) -> impl Iterator<Item = Self> + '_ {
        let last = ring.len().saturating_sub(1);
        (1..ring.len() / 2).map(move |k| {
            let corners = [ring[k - 1], ring[k], ring[last - k], ring[last + 1 - k]];
            let around = corners.iter().zip(corners.iter().cycle().skip(1));
            Self {
                corners,
                turn: around.map(|(a, b)| a.perp_dot(*b)).sum::<f32>().signum(),
                low: corners.into_iter().fold(Vec2::INFINITY, Vec2::min),
                high: corners.into_iter().fold(Vec2::NEG_INFINITY, Vec2::max),
            }
        })
    }

    /// What of a convex piece lies outside; none when all of it does.
    fn outside(&self, piece: &[Vertex]) -> Option<Vec<Vec<Vertex>>> {
        // What is outside of one edge is outside; what is inside of all is not.
        let mut rest = piece.to_vec();
        let mut pieces = Vec::new();
        for (a, b) in self.corners.iter().zip(self.corners.iter().cycle().skip(1)) {
            let (inner, outer) = parted(&rest, |corner| (*b - *a).perp_dot(plan(corner) - *a) * self.turn);
            pieces.push(outer);
            rest = inner;
        }
        (rest.len() >= 3).then(|| pieces.into_iter().filter(|piece| piece.len() >= 3).collect())
    }
}

/// Where a corner is on the plan.
fn plan(corner: &Vertex) -> Vec2 {
    vec2(corner.position[0], corner.position[2])
}

/// Whether corners all lie on one side of a box on the plan.
fn is_beside(corners: &[Vertex; 3], low: Vec2, high: Vec2) -> bool {
    let [a, b, c] = [plan(&corners[0]), plan(&corners[1]), plan(&corners[2])];
    a.max(b).max(c).cmple(low).any() || a.min(b).min(c).cmpge(high).any()
}

/// A convex piece parted by a line: what is on the side of more than nothing, and what is on the other.
fn parted(piece: &[Vertex], side: impl Fn(&Vertex) -> f32) -> (Vec<Vertex>, Vec<Vertex>) {
    let (mut inner, mut outer) = (Vec::new(), Vec::new());
    for (from, to) in piece.iter().zip(piece.iter().cycle().skip(1)) {
        let (a, b) = (side(from), side(to));
        if a >= 0.0 {
            inner.push(*from);
        }
        if a <= 0.0 {
            outer.push(*from);
        }
        if a * b < 0.0 {
            let share = a / (a - b);
            let mix = |x: f32, y: f32| x + (y - x) * share;
            let mut between = *from;
            for k in 0..3 {
                between.position[k] = mix(from.position[k], to.position[k]);
            }
            for k in 0..2 {
                between.uv[k] = mix(from.uv[k], to.uv[k]);
            }
            inner.push(between);
            outer.push(between);
        }
    }
    (inner, outer)
}
