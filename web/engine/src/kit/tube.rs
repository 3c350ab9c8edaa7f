//! Rounded bodies along a way, from a table of rings: what statues, ridge figures and buds are made of.
//!
//! A table is written for a body of any size; a [`Stance`] says where it stands and how large it is.

use glam::{Vec2, Vec3, vec2, vec3};

use super::lift;
use crate::mesh::{Mesh, Paint};
use crate::polygon::Plan;

/// A section of a body: its middle to the right, up and to the front, half its width and half its depth.
pub type Ring = [i16; 5];

/// Where a body stands.
#[derive(Clone, Copy, Debug)]
pub struct Stance {
    /// Its foot and its front on the plan.
    pub plan: Plan,
    /// Height of its foot, in metres.
    pub foot: f32,
    /// Metres in one unit of its table.
    pub unit: f32,
}

/// One body of several that make a figure.
#[derive(Clone, Copy, Debug)]
pub struct Limb {
    /// Which of the figure's paints.
    pub tone: u8,
    /// Corners of a section; four make a box with hard edges.
    pub sides: u8,
    /// Whether it is there on both sides.
    pub both: bool,
    /// From one end to the other.
    pub rings: &'static [Ring],
}

/// A body in the middle.
pub const fn one(tone: u8, sides: u8, rings: &'static [Ring]) -> Limb {
    Limb {
        tone,
        sides,
        both: false,
        rings,
    }
}

/// A body and its mirror image.
pub const fn both(tone: u8, sides: u8, rings: &'static [Ring]) -> Limb {
    Limb {
        both: true,
        ..one(tone, sides, rings)
    }
}

/// Makes a figure; coarsely, without what is thinner than `fine` units and with fewer sides.
pub fn figure(mesh: &mut Mesh, limbs: &[Limb], paints: &[Paint], stance: Stance, fine: i16) {
    for limb in limbs {
        if limb.rings.iter().all(|ring| ring[3].min(ring[4]) < fine) {
            continue;
        }
        let sides = if fine > 0 { limb.sides.min(6) } else { limb.sides };
        let paint = paints[usize::from(limb.tone)];
        tube(mesh, paint, stance, limb.rings, usize::from(sides));
        if limb.both {
            let mirrored: Vec<Ring> = limb
                .rings
                .iter()
                .map(|&[x, y, z, a, b]| [-x, y, z, a, b])
                .collect();
            tube(mesh, paint, stance, &mirrored, usize::from(sides));
        }
    }
}

/// A body through rings, closed at both ends: hard-edged with four sides, smooth with more.
pub fn tube(mesh: &mut Mesh, paint: Paint, stance: Stance, rings: &[Ring], sides: usize) {
    let count = rings.len();
    let middle = |i: usize| {
        let [x, y, z, ..] = rings[i].map(f32::from);
        vec3(x, y, z)
    };
    // One direction to measure widths along for the whole body, or it would be twisted.
    let whole = middle(count - 1) - middle(0);
    let width = if whole.x.abs() > whole.length() * 0.9 {
        Vec3::Z
    } else {
        Vec3::X
    };
    let (turn, grow) = if sides == 4 {
        (0.5, std::f32::consts::SQRT_2)
    } else {
        (0.0, 1.0)
    };
    let mut corners = Vec::with_capacity(count * sides);
    for (i, ring) in rings.iter().enumerate() {
        let along = (middle((i + 1).min(count - 1)) - middle(i.saturating_sub(1))).normalize_or(Vec3::Y);
        let side = width.reject_from(along).normalize_or(Vec3::X);
        let half = vec2(f32::from(ring[3]), f32::from(ring[4])) * grow;
        for k in 0..sides {
            let (sin, cos) = ((k as f32 + turn) / sides as f32 * std::f32::consts::TAU).sin_cos();
            let at = (middle(i) + side * (half.x * sin) + side.cross(along) * (half.y * cos)) * stance.unit;
            corners.push(lift(stance.plan.point(at.x, at.z), stance.foot + at.y));
        }
    }
    let corner = |i: usize, k: usize| corners[i * sides + k % sides];
    if sides == 4 {
        for i in 1..count {
            for k in 0..4 {
                let face = [
                    corner(i - 1, k),
                    corner(i - 1, k + 1),
                    corner(i, k + 1),
                    corner(i, k),
                ];
                mesh.quad(paint, face);
            }
        }
    } else {
        let first = mesh.vertices.len() as u32;
        for i in 0..count {
            for k in 0..sides {
                let around = corner(i, k + 1) - corner(i, k + sides - 1);
                let along = corner((i + 1).min(count - 1), k) - corner(i.saturating_sub(1), k);
                let normal = around.cross(along).normalize_or(Vec3::Y);
                mesh.corner(paint, corner(i, k), normal, Vec2::ZERO, 0.82 + 0.18 * normal.y);
            }
        }
        let n = sides as u32;
        for i in 1..count as u32 {
            for k in 0..n {
                let [below, above] = [first + (i - 1) * n, first + i * n];
                let next = (k + 1) % n;
                mesh.triangle(below + k, below + next, above + next);
                mesh.triangle(below + k, above + next, above + k);
            }
        }
    }
    // The ends.
    for (i, back) in [(0, true), (count - 1, false)] {
        let first = mesh.vertices.len() as u32;
        let order = |k: usize| if back { sides - k } else { k };
        let normal =
            (corner(i, order(1)) - corner(i, order(0))).cross(corner(i, order(2)) - corner(i, order(1)));
        for k in 0..sides {
            mesh.corner(paint, corner(i, order(k)), normal, Vec2::ZERO, 0.9);
        }
        for k in 2..sides as u32 {
            mesh.triangle(first, first + k - 1, first + k);
        }
    }
}
