//! Streets and paths of even width.

use glam::{Vec2, vec2};
use shared::city::Surface;

use super::{ground, lift};
use crate::mesh::{Mesh, decimetres};

/// Lays a strip along a path; its pattern runs across (x) and along (y), the other way about for the bars of a
/// crossing, which are counted along its way.
pub fn build(mesh: &mut Mesh, path: &[Vec2], width: f32, surface: Surface, lanes: u8, y: f32) {
    let half = width / 2.0;
    let paint = ground::paint(surface).with(lanes, decimetres(half));
    let mut walked = 0.0;
    let mut last: Option<(u32, Vec2)> = None;
    for (k, &p) in path.iter().enumerate() {
        let side = mitre(path, k);
        if let Some((_, before)) = last {
            walked += before.distance(p);
        }
        let uv = |across: f32| {
            if surface == Surface::Crossing {
                vec2(walked, across)
            } else {
                vec2(across, walked)
            }
        };
        let left = mesh.corner(paint, lift(p - side * half, y), glam::Vec3::Y, uv(-half), 1.0);
        let right = mesh.corner(paint, lift(p + side * half, y), glam::Vec3::Y, uv(half), 1.0);
        if let Some((before, _)) = last {
            mesh.triangle(before, before + 1, right);
            mesh.triangle(before, right, left);
        }
        last = Some((left, p));
    }
}

/// To the right of the way at a point, longer in a bend so that the width stays even.
pub fn mitre(path: &[Vec2], k: usize) -> Vec2 {
    let direction = |a: usize, b: usize| (path[b] - path[a]).normalize_or_zero();
    let before = if k > 0 {
        direction(k - 1, k)
    } else {
        direction(0, path.len().min(2) - 1)
    };
    let after = if k + 1 < path.len() {
        direction(k, k + 1)
    } else {
        before
    };
    let right = |d: Vec2| vec2(-d.y, d.x);
    let bisector = (right(before) + right(after)).normalize_or(right(before));
    bisector / bisector.dot(right(before)).max(0.4)
}
