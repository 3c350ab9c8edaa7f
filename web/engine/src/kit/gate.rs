//! The stone base of a city gate, with its vaulted passages.

use std::f32::consts::PI;

use glam::{Vec2, Vec3, vec2};

use shared::city::measures::{GATE_BATTER, GATE_MARGIN_CM, passage_cm, passages_cm};

use super::hall::Frame;
use super::lift;
use crate::mesh::{Material, Mesh, Paint};
use crate::polygon::Plan;

/// A vaulted passage: how far to the right its middle is, half its width, and how high its walls go up to the vault.
#[derive(Clone, Copy)]
struct Passage {
    middle: f32,
    half: f32,
    spring: f32,
}

/// Parts of a vault from one side to the other.
const VAULT: usize = 14;

impl Passage {
    /// The outline of one that is wider by `grow` on each side, from the foot of its right wall over the vault to the other
    /// foot: to the right of the gate's middle, and up.
    fn outline(self, grow: f32) -> [Vec2; VAULT + 3] {
        let half = self.half + grow;
        std::array::from_fn(|k| {
            let turned = k.clamp(1, VAULT + 1) as f32 - 1.0;
            let on_vault = Vec2::from_angle(turned / VAULT as f32 * PI) * half;
            let at = vec2(self.middle, self.spring) + on_vault;
            if k == 0 || k == VAULT + 2 {
                at.with_y(0.0)
            } else {
                at
            }
        })
    }
}

/// A battered base of squared stone with vaulted passages through it, a parapet on top.
pub fn base(mesh: &mut Mesh, plan: &Plan, frame: Frame) {
    let height = frame.base_m;
    let top = plan.half + Vec2::from(GATE_MARGIN_CM) / 100.0;
    let base = Base {
        plan,
        height,
        top,
        foot: top + height * GATE_BATTER,
    };
    let arches = frame.arches as u8;
    let half = passage_cm(arches) / 200.0;
    let passages: Vec<Passage> = passages_cm(top.x, arches)
        .map(|middle| Passage {
            middle,
            half,
            spring: (height * 0.72 - half).max(0.6),
        })
        .collect();
    for side in [1.0, -1.0] {
        base.end(mesh, side);
        base.face(mesh, side, &passages);
    }
    mesh.quad(STONE, plan.corners(top).map(|p| lift(p, height)));
    for (right, front, half) in [
        (0.0, 1.0, vec2(top.x, 0.22)),
        (0.0, -1.0, vec2(top.x, 0.22)),
        (1.0, 0.0, vec2(0.22, top.y)),
        (-1.0, 0.0, vec2(0.22, top.y)),
    ] {
        let brick = Paint::new(Material::Stone, 0x8C_7A_6A).with(16, 0);
        mesh.block(
            brick,
            plan.point(right * (top.x - 0.25), front * (top.y - 0.25)),
            plan.right,
            half,
            (height, height + 1.1),
        );
    }
}

const STONE: Paint = Paint::new(Material::Stone, 0xB4_AB_9A).with(62, 0);

/// Half its width and half its depth at the top and at the foot, in metres.
struct Base<'a> {
    plan: &'a Plan,
    height: f32,
    top: Vec2,
    foot: Vec2,
}

impl Base<'_> {
    /// A point as whoever looks at one of the long sides has it: to the right, and up; so far towards the viewer as a share of the
    /// depth there, and in metres.
    fn point(&self, side: f32, at: Vec2, (share, before): (f32, f32)) -> Vec3 {
        let deep = self.foot.y + (self.top.y - self.foot.y) * (at.y / self.height);
        lift(self.plan.point(at.x * side, (deep * share + before) * side), at.y)
    }

    /// A short side.
    fn end(&self, mesh: &mut Mesh, side: f32) {
        let low = vec2(self.foot.x, 0.0);
        let high = vec2(self.top.x, self.height);
        let corners = [(low, 1.0), (low, -1.0), (high, -1.0), (high, 1.0)];
        let corners = corners.map(|(at, share)| self.point(side, at, (share, 0.0)));
        mesh.quad_at(STONE, corners, Vec2::ZERO, [0.8, 1.0]);
    }

    /// A long side: piers, what is above the vaults, a ring of voussoirs around each mouth, and the nearer half of what is seen
    /// within: light comes in at the mouth.
    fn face(&self, mesh: &mut Mesh, side: f32, passages: &[Passage]) {
        let up = |x: f32| vec2(x, self.height);
        let piece = |mesh: &mut Mesh, corners: [Vec2; 4]| {
            let points = corners.map(|at| self.point(side, at, (1.0, 0.0)));
            let first = mesh.vertices.len();
            mesh.quad_at(STONE, points, Vec2::ZERO, [0.8, 1.0]);
            // Courses go on from piece to piece, however its edges run.
            for (corner, at) in mesh.vertices[first..].iter_mut().zip(corners) {
                corner.uv = at.to_array();
            }
        };
        let (mut left, mut left_up) = (vec2(-self.foot.x, 0.0), up(-self.top.x));
        for passage in passages {
            let [inner, outer] = [0.0, 0.75].map(|grow| passage.outline(grow));
            let (right_foot, left_foot) = (inner[0], inner[VAULT + 2]);
            piece(mesh, [left, left_foot, up(left_foot.x), left_up]);
            (left, left_up) = (right_foot, up(right_foot.x));
            for k in 1..inner.len() {
                let (from, to) = (inner[k - 1], inner[k]);
                if k > 1 && k < inner.len() - 1 {
                    piece(mesh, [to, from, up(from.x), up(to.x)]);
                }
                let ring = [from, outer[k - 1], outer[k], to].map(|at| self.point(side, at, (1.0, 0.09)));
                let voussoir = Paint {
                    colour: 0xC2_BA_AA,
                    ..STONE
                };
                mesh.quad_at(voussoir, ring, vec2(0.0, k as f32), [0.9, 0.9]);
                for (far, near, open) in [(0.0, 0.5, [0.22, 0.34]), (0.5, 1.0, [0.34, 0.85])] {
                    let within = [(to, far), (from, far), (from, near), (to, near)];
                    let within = within.map(|(at, share)| self.point(side, at, (share, 0.0)));
                    mesh.quad_at(STONE, within, vec2(0.8 * k as f32, far * self.foot.y), open);
                }
            }
        }
        piece(mesh, [left, vec2(self.foot.x, 0.0), up(self.top.x), left_up]);
    }
}

#[cfg(test)]
mod tests {
    use shared::space::Heading;

    use super::*;
    use crate::kit::hall::tests::gate_frame;
    use crate::mesh::{
        Vertex,
        tests::{hits, inside_out},
    };

    #[test]
    fn one_looks_through_every_passage_and_not_through_the_stone() {
        for arches in [1, 3] {
            let frame = gate_frame(arches);
            let half = vec2(frame.bays as f32, frame.depth_bays as f32) * frame.bay_m / 2.0;
            let plan = Plan::new(Vec2::ZERO, Heading(128), half);
            let mut mesh = Mesh::default();
            base(&mut mesh, &plan, frame);
            assert_eq!(inside_out(&mesh), 0);
            let through = |right: f32, y: f32| {
                let [from, to] = [40.0, -40.0].map(|front| lift(plan.point(right, front), y));
                hits(&mesh, from, to)
            };
            let wide = passage_cm(arches as u8) / 100.0;
            let top = half.x + GATE_MARGIN_CM[0] / 100.0;
            for middle in passages_cm(top, arches as u8) {
                for (right, y) in [(0.0, 0.3), (0.0, 4.0), (wide * 0.45, 1.5), (-wide * 0.45, 1.5)] {
                    assert_eq!(through(middle + right + 0.01, y), 0, "{arches}: {right} {y}");
                }
                assert_eq!(through(middle + 0.01, frame.base_m * 0.9), 2, "above it is stone");
                let walls = mesh.vertices.iter().filter(|corner| {
                    let [x, y, z] = corner.position;
                    y < 0.1 && z.abs() < half.y && (x - middle).abs() < wide * 0.51
                });
                let inward =
                    |corner: &Vertex| (corner.position[0] - middle) * f32::from(corner.normal[0]) < 0.0;
                assert!(walls.clone().count() >= 8 && walls.into_iter().all(inward));
                assert!(through(middle + wide * 0.5 + 1.2, 1.5) >= 2, "beside it, too");
            }
        }
    }
}
