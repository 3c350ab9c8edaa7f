//! Walls along a line: of stone, with a tiled cap, or what a room has: plaster, panes, plants, books, notes; and a fence
//! full of padlocks.

use glam::{Vec2, Vec3, vec2};
use shared::city::{Finish, strip::Strip};

use super::{Kit, lift, scatter};
use crate::mesh::{Material, Mesh, Paint};

/// Builds one along a path.
pub fn build(kit: &mut Kit, path: &[Vec2], height: f32, thick: f32, finish: Finish) {
    for pair in path.windows(2) {
        let side = (pair[1] - pair[0]).perp().normalize_or_zero() * (thick / 2.0);
        kit.footprints.push(vec![
            pair[0] + side,
            pair[1] + side,
            pair[1] - side,
            pair[0] - side,
        ]);
    }
    let tiled = finish == Finish::Tiled;
    if !tiled && finish != Finish::Stone {
        return inner(kit, path, height, thick / 2.0, finish);
    }
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
}

/// One of a room.
fn inner(kit: &mut Kit, path: &[Vec2], height: f32, half: f32, finish: Finish) {
    let plain = |colour| Paint::new(Material::Plain, colour);
    let mesh = &mut kit.standing;
    if !matches!(finish, Finish::Glass | Finish::Locks) {
        let (face, foot) = match finish {
            Finish::Green => (0x3A_4A_34, 0x2E_30_2C),
            Finish::Books => (0x6E_50_38, 0x4A_36_28),
            Finish::Notes => (0xD6_C6_A8, 0x8A_6A_4C),
            _ => (0xF2_EE_E6, 0xC8_C2_B8),
        };
        strip(
            mesh,
            plain(face),
            path,
            &[(half, 0.12), (half, height), (0.0, height)],
            1.0,
        );
        strip(
            mesh,
            plain(foot),
            path,
            &[(half + 0.015, 0.0), (half + 0.015, 0.12), (half, 0.12)],
            0.9,
        );
    }
    wear(mesh, path, height, half, finish);
}

/// What a wall wears on its right, as the line goes; the bars between its panes.
fn wear(mesh: &mut Mesh, path: &[Vec2], height: f32, half: f32, finish: Finish) {
    let plain = |colour| Paint::new(Material::Plain, colour);
    // How far apart what it wears is, along and up, and from where on.
    let (pitch, low) = match finish {
        Finish::Glass => (vec2(1.5, 3.0), 0.0),
        Finish::Green => (vec2(1.0, 0.9), 0.5),
        Finish::Books => (vec2(0.21, 0.36), 0.16),
        Finish::Notes => (vec2(0.27, 0.25), 0.75),
        Finish::Locks => (vec2(0.19, 0.16), 0.16),
        _ => return,
    };
    for (k, pair) in path.windows(2).enumerate() {
        let along = (pair[1] - pair[0]).normalize_or(Vec2::X);
        let out = along.perp();
        let columns = (pair[0].distance(pair[1]) / pitch.x).round().max(1.0) as u32;
        let wide = pair[0].distance(pair[1]) / columns as f32;
        let rows = ((height - low) / pitch.y).max(1.0) as u32;
        for n in 0..columns * rows {
            let (column, row) = (n % columns, n / columns);
            let r = |which: u32| scatter(n * 8 + which, k as u32 + 17);
            let at = pair[0] + along * wide * (column as f32 + 0.5);
            let y = low + pitch.y * row as f32;
            match finish {
                Finish::Glass => {
                    let steel = plain(0xB4_B8_BA);
                    if row == 0 {
                        let post = at + along * wide / 2.0;
                        mesh.block(steel, post, along, vec2(0.045, half), (0.0, height));
                    }
                    let bar = vec2(wide / 2.0, half * 0.6);
                    mesh.block(steel, at, along, bar, (y, y + 0.07));
                    // One that people look over ends in a rail.
                    if height < 1.5 {
                        mesh.block(steel, at, along, bar, (height - 0.06, height));
                    }
                }
                Finish::Green => {
                    let leaves = Paint::new(Material::Leaves, 0xFF_FF_FF)
                        .with((r(1) * 3.99) as u8, 0)
                        .seeded((r(2) * 255.0) as u8);
                    let (round, aside) = (0.45 + 0.45 * r(3), along * (1.2 * r(6) - 0.6));
                    let at = at + aside + out * (half - 0.25 + 0.35 * r(4));
                    let y = y + 0.9 * r(5);
                    let rings = [
                        (0.1, y - round),
                        (round, y - 0.2),
                        (round * 0.9, y + 0.25),
                        (0.03, y + round),
                    ];
                    mesh.lathe(leaves, at, &rings, 6);
                }
                Finish::Books => {
                    const SPINES: [u32; 6] = [
                        0x7A_3B_33, 0x2F_4E_6E, 0x4F_6B_52, 0xC9_B4_88, 0x8C_8A_86, 0xB0_7A_3E,
                    ];
                    if column == 0 {
                        let middle = (pair[0] + pair[1]) / 2.0 + out * (half + 0.12);
                        let shelf = plain(0x8A_66_48);
                        let long = wide * columns as f32 / 2.0;
                        mesh.block(shelf, middle, along, vec2(long, 0.14), (y - 0.04, y));
                    }
                    // A gap here and there is left by someone who reads.
                    if r(1) < 0.9 {
                        let spine = plain(SPINES[(r(2) * 5.99) as usize]);
                        let half = vec2(wide * (0.38 + 0.1 * r(4)), 0.1);
                        mesh.block(
                            spine,
                            at + out * (0.1 + 0.02 * r(5)),
                            along,
                            half,
                            (y, y + 0.2 + 0.1 * r(3)),
                        );
                    }
                }
                Finish::Locks => {
                    let steel = plain(0x6C_72_74);
                    if row == 0 {
                        if column % 10 == 0 {
                            mesh.block(steel, at, along, vec2(0.03, 0.03), (0.0, height));
                        }
                        mesh.block(steel, at, along, vec2(wide / 2.0, 0.03), (height - 0.05, height));
                    }
                    // Fewer towards the top, where one looks over it.
                    if y < height - 0.25 && r(1) < 0.95 - 0.35 * y / height {
                        lock(mesh, lift(at, y), along, r);
                    }
                }
                _ => {
                    const NOTES: [u32; 5] = [0xF4_E3_8A, 0xF2_B8_B0, 0xB6_DD_C2, 0xB8_D4_EC, 0xF6_F2_E6];
                    if r(1) < 0.8 {
                        let note = plain(NOTES[(r(2) * 4.99) as usize]);
                        let (at, y) = (at + along * 0.05 * r(3) + out * half, y + 0.06 * r(4));
                        mesh.block(note, at, along, vec2(0.09, 0.012), (y, y + 0.17));
                    }
                }
            }
        }
    }
}

/// A padlock that someone has left, out of numbers of its own.
fn lock(mesh: &mut Mesh, at: Vec3, along: Vec2, r: impl Fn(u32) -> f32) {
    const LOCKS: [u32; 7] = [
        0xC8_3A_34, 0xD8_A8_38, 0x3E_78_B8, 0xE0_7C_A4, 0x56_9A_5A, 0xE6_E2_D6, 0x8A_5C_A8,
    ];
    let paint = Paint::new(Material::Plain, LOCKS[(r(2) * 6.99) as usize]);
    let aside = along * 0.08 * (r(5) - 0.5) + along.perp() * (0.05 * r(3) - 0.025);
    let half = vec2(0.035 + 0.03 * r(4), 0.018);
    let high = 0.09 + 0.05 * r(6);
    mesh.block(paint, vec2(at.x, at.z) + aside, along, half, (at.y, at.y + high));
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
