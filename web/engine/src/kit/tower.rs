//! A slender tower: a shaft, a pod with its decks, and a mast in red and white.

use glam::Vec2;

use super::{Kit, lift};
use crate::mesh::{Material, Paint};
use crate::place::Spray;

/// Builds one; its foot lies `foot` metres above the place.
pub fn build(kit: &mut Kit, at: Vec2, foot: f32, height: f32) {
    let concrete = Paint::new(Material::Plain, 0xBD_BC_B6);
    let dark = Paint::new(Material::Glass, 0x5A_66_6C).with(40, 20);
    let y = |share: f32| foot + height * share;
    let mesh = &mut kit.far;
    mesh.lathe(
        concrete,
        at,
        &[(16.0, foot - 8.0), (15.0, y(0.07)), (6.4, y(0.075))],
        16,
    );
    mesh.lathe(concrete, at, &[(5.6, y(0.07)), (4.8, y(0.47))], 14);
    mesh.lathe(concrete, at, &[(4.8, y(0.46)), (11.6, y(0.485))], 24);
    mesh.lathe(dark, at, &[(11.8, y(0.485)), (12.6, y(0.53))], 24);
    mesh.lathe(
        concrete,
        at,
        &[
            (12.6, y(0.53)),
            (12.9, y(0.545)),
            (9.0, y(0.55)),
            (8.6, y(0.58)),
            (4.0, y(0.59)),
        ],
        24,
    );
    for k in 0..8 {
        let colour = if k % 2 == 0 { 0xC9_4A_34 } else { 0xEC_E8_E0 };
        let (low, high) = (0.585 + 0.052 * k as f32, 0.585 + 0.052 * (k + 1) as f32);
        let thick = |share: f32| 2.6 - 2.2 * (share - 0.585) / 0.415;
        mesh.lathe(
            Paint::new(Material::Plain, colour),
            at,
            &[(thick(low), y(low)), (thick(high), y(high))],
            8,
        );
    }
    // Lit at night.
    kit.sprays.push(Spray {
        at: lift(at, y(0.51)),
        size: Vec2::splat(34.0),
        colour: [0x58, 0xB8, 0xFF, 0xD0],
        water: false,
        seed: 0,
    });
}
