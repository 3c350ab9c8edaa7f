//! Walls along a line: stone below, plaster above, a tiled cap.

use glam::{Vec2, vec2};
use shared::city::strip::Strip;

use super::{Kit, lift};
use crate::mesh::{Material, Mesh, Paint};

/// Builds one along a path.
pub fn build(kit: &mut Kit, path: &[Vec2], height: f32, thick: f32, tiled: bool) {
    let stone = Paint::new(Material::Stone, 0xB9_B0_A0).with(if tiled { 34 } else { 45 }, 0);
    let cap = Paint::new(Material::Tiles, 0x44_4B_55);
    let ridge = Paint::new(Material::Plain, 0x4E_54_5C);
    let body = if tiled { height - 0.55 } else { height };
    let mesh = &mut kit.standing;
    let half = thick / 2.0;
    strip(mesh, stone, path, &[(half * 1.08, 0.0), (half, body)], 0.85);
    if tiled {
        // Eaves a hand's breadth out on both sides, rising to the ridge.
        let plaster = Paint::new(Material::Plain, 0xD8_D0_BF);
        strip(
            mesh,
            plaster,
            path,
            &[(half * 0.96, body - 0.28), (half * 0.96, body)],
            0.6,
        );
        strip(
            mesh,
            Paint::new(Material::Plain, 0x3A_3E_44),
            path,
            &[(half + 0.30, body), (half + 0.32, body + 0.10)],
            0.6,
        );
        strip(
            mesh,
            cap,
            path,
            &[(half + 0.32, body + 0.10), (0.14, body + 0.48)],
            1.0,
        );
        strip(
            mesh,
            ridge,
            path,
            &[(0.14, body + 0.46), (0.12, body + 0.62), (0.0, body + 0.64)],
            1.0,
        );
    } else {
        strip(mesh, stone, path, &[(half, body), (0.0, body + 0.02)], 1.0);
    }
    for pair in path.windows(2) {
        let side = (pair[1] - pair[0]).perp().normalize_or_zero() * half;
        kit.footprints.push(vec![
            pair[0] + side,
            pair[1] + side,
            pair[1] - side,
            pair[0] - side,
        ]);
    }
}

/// Both faces of a wall's profile: `(out, y)` from below, along the path, closed at its ends.
fn strip(mesh: &mut Mesh, paint: Paint, path: &[Vec2], profile: &[(f32, f32)], open: f32) {
    let (path, aside): (Vec<Vec2>, Vec<Vec2>) = Strip::new(path.to_vec()).corners().unzip();
    if path.len() < 2 {
        return;
    }
    for pair in profile.windows(2) {
        let [(low_out, low), (high_out, high)] = [pair[0], pair[1]];
        let mut walked = 0.0;
        for k in 1..path.len() {
            let length = path[k].distance(path[k - 1]);
            for side in [1.0, -1.0] {
                let at = |n: usize, out: f32, y: f32| lift(path[n] + aside[n] * (out * side), y);
                let (a, b) = if side > 0.0 { (k, k - 1) } else { (k - 1, k) };
                // The right face looks right of the way: seen from outside, the way runs to the left.
                let corners = [
                    at(b, low_out, low),
                    at(a, low_out, low),
                    at(a, high_out, high),
                    at(b, high_out, high),
                ];
                mesh.quad_at(paint, corners, vec2(walked * side, low), [open, open]);
            }
            walked += length;
        }
        for (n, other) in [(0, 1), (path.len() - 1, path.len() - 2)] {
            let out = (path[n] - path[other]).normalize_or_zero();
            let right = vec2(-out.y, out.x);
            let at = |side: f32, o: f32, y: f32| lift(path[n] + right * (o * side), y);
            let corners = [
                at(1.0, low_out, low),
                at(-1.0, low_out, low),
                at(-1.0, high_out, high),
                at(1.0, high_out, high),
            ];
            mesh.quad_at(paint, corners, vec2(0.0, low), [open, open]);
        }
    }
}
