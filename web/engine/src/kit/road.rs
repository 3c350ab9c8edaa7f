//! Streets and paths of even width.

use glam::{Vec2, vec2};
use shared::city::{Surface, strip::Strip};

use super::{ground, lift};
use crate::mesh::{Mesh, decimetres};

/// Lays a strip along a path; its pattern runs across (x) and along (y), the other way about for the bars of a
/// crossing, which are counted along its way.
pub fn build(mesh: &mut Mesh, path: &[Vec2], width: f32, surface: Surface, lanes: u8, y: f32) {
    let half = width / 2.0;
    let paint = ground::paint(surface).with(lanes, decimetres(half));
    let mut walked = 0.0;
    let mut last: Option<(u32, Vec2)> = None;
    for (p, side) in Strip::new(path.to_vec()).corners() {
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
