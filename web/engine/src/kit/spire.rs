//! A shell that winds up to a point: one ribbon of two colours around and around, each turn narrower than the last.

use glam::{Vec2, vec2};
use shared::city::measures::SPIRE_RADIUS;

use super::{Kit, lift};
use crate::ground_map::Lamp;
use crate::mesh::{Material, Paint};

const TURNS: f32 = 7.0;
const ROWS: u32 = 112;

/// Builds one.
pub fn build(kit: &mut Kit, at: Vec2, height: f32) {
    let radius = height * SPIRE_RADIUS;
    // Along the ribbon by `v`, across it, upward, by `u`.
    let point = |u: f32, v: f32| {
        let turned = v * (TURNS + 1.0) - 1.0;
        let t = ((turned + u) / TURNS).clamp(0.0, 1.0);
        let y = 1.0 - (1.0 - t).powf(1.5);
        let bulge = 0.74 + 0.30 * (u * std::f32::consts::PI).sin().max(0.0).sqrt();
        let out = radius * ((1.0 - y).powf(0.85) * bulge + 0.015 * (1.0 - t));
        let (sin, cos) = (turned * std::f32::consts::TAU).sin_cos();
        lift(at + vec2(sin, cos) * out, y * height)
    };
    for (colour, from, to) in [(0xC8_3C_3A, 0.0, 0.56), (0x2F_5F_A8, 0.56, 1.0)] {
        kit.standing.patch(
            Paint::new(Material::Plain, colour),
            (4, ROWS),
            // Columns run across, rows along: turned so that the outside is to the viewer.
            |u, v| point(to + (from - to) * u, v),
            vec2,
            |u, _| 1.0 - 0.3 * (u - 0.5).abs(),
        );
    }
    for k in 0..4 {
        let (sin, cos) = (k as f32 * std::f32::consts::FRAC_PI_2).sin_cos();
        kit.lamps.push(Lamp {
            at: at + vec2(sin, cos) * (radius + 1.5),
            strength: 0.9,
        });
    }
    kit.footprints.push(
        (0..10)
            .rev()
            .map(|k| {
                let (sin, cos) = (k as f32 / 10.0 * std::f32::consts::TAU).sin_cos();
                at + vec2(cos, sin) * radius * 0.8
            })
            .collect(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::tests::inside_out;

    #[test]
    fn it_ends_in_a_point_at_its_height() {
        let mut kit = Kit::default();
        build(&mut kit, Vec2::ZERO, 20.0);
        let highest = kit.standing.vertices.iter().map(|v| v.position);
        let [x, y, z] = highest
            .reduce(|a, b| if b[1] > a[1] { b } else { a })
            .unwrap_or_default();
        assert!((y - 20.0).abs() < 0.01 && x.hypot(z) < 0.3, "{x}, {y}, {z}");
        // Where the ribbon has run out into the point its faces have no side.
        let [wrong, all] = [inside_out(&kit.standing), kit.standing.indices.len() / 3];
        assert!(wrong * 50 < all, "{wrong} of {all}");
    }
}
