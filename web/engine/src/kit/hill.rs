//! Hills that close the view: a height field whose ridges and gullies come from noise.

use glam::{Vec2, vec2};

use super::{Kit, lift, scatter};
use crate::mesh::{Material, Paint};

/// A number in 0..1 that changes smoothly from point to point.
pub fn noise(p: Vec2, seed: u32) -> f32 {
    let cell = p.floor();
    let f = p - cell;
    let t = f * f * (Vec2::splat(3.0) - 2.0 * f);
    let at = |dx: f32, dz: f32| scatter((cell.x + dx) as i32 as u32 ^ seed, (cell.y + dz) as i32 as u32);
    let low = at(0.0, 0.0) + (at(1.0, 0.0) - at(0.0, 0.0)) * t.x;
    let high = at(0.0, 1.0) + (at(1.0, 1.0) - at(0.0, 1.0)) * t.x;
    low + (high - low) * t.y
}

/// Builds one around its summit.
pub fn build(kit: &mut Kit, at: Vec2, height: f32, radius: f32, granite: bool, seed: u32) {
    const SIDES: u32 = 72;
    const RINGS: u32 = 22;
    // The shader paints it anew; this is what stands for it until then.
    let paint = Paint::new(Material::Hill, 0x5F_6B_56).with(u8::from(granite), 0);
    let steep = if granite { 1.35 } else { 1.6 };
    let point = |u: f32, v: f32| {
        // Rings lie closer towards the summit, where the outline against the sky is made.
        let reach = (1.0 - v).powf(1.35);
        let (sin, cos) = ((1.0 - u) * std::f32::consts::TAU).sin_cos();
        let offset = vec2(sin, cos) * reach;
        let rough = noise(offset * 4.3 + 9.0, seed) * 0.6
            + noise(offset * 10.0 + 31.0, seed) * 0.28
            + noise(offset * 23.0, seed) * 0.12;
        let ridge = 1.0 - (2.0 * rough - 1.0).abs();
        let slope = (1.0 - reach).powf(steep);
        let y = height
            * (slope * (0.80 + 0.34 * (ridge - 0.4) * (reach * 3.0).min(1.0)) + 0.20 * (1.0 - reach).powi(5));
        lift(
            at + offset * radius * (0.86 + 0.28 * noise(vec2(sin, cos) * 1.7 + 5.0, seed)),
            y - 2.0 * reach,
        )
    };
    kit.far.patch(
        paint,
        (SIDES, RINGS),
        |u, v| point(u, v.min(0.999)),
        vec2,
        |_, _| 1.0,
    );
}
