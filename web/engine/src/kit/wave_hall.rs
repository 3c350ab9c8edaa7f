//! A long glass hall whose front swells and leans out over its foot like a breaking wave.

use glam::{Vec2, Vec3, vec2};
use shared::space::Heading;

use super::{Kit, lift};
use crate::mesh::{Material, Paint, decimetres};
use crate::polygon::Plan;

/// Height of a storey behind the glass, in metres.
const STOREY_M: f32 = 4.4;
/// Which share of the profile is glass; the rest is the lip and the roof that falls away behind it.
const GLASS: f32 = 0.70;

/// The wave's form: `u` runs along the hall (−1..1), `s` up the front, over the lip and down the roof (0..1).
struct Wave {
    plan: Plan,
    height: f32,
    overhang: f32,
}

impl Wave {
    /// The crest stands highest a third along, and falls to both ends in one long curve.
    fn crest(&self, u: f32) -> f32 {
        let swell = (-(u + 0.30) * (u + 0.30) * 1.1).exp();
        self.height * (0.74 + 0.26 * swell)
    }

    fn point(&self, u: f32, s: f32) -> Vec3 {
        let crest = self.crest(u);
        let lean = self.overhang * (0.55 + 0.45 * (-(u + 0.30) * (u + 0.30) * 1.4).exp());
        let depth = self.plan.half.y * 2.0;
        let (out, y) = if s < GLASS {
            let t = s / GLASS;
            // Draws in a little above its foot, then swells out to the crest.
            let drawn = -0.16 * self.overhang * (t * std::f32::consts::PI).sin() * (1.0 - t);
            (drawn + lean * t.powf(2.1), crest * 0.93 * t.powf(0.92))
        } else {
            let t = (s - GLASS) / (1.0 - GLASS);
            // The lip rolls over within the first fifth, then the roof falls gently to the back.
            let roll = (t / 0.2).min(1.0);
            let back = ((t - 0.2) / 0.8).max(0.0);
            let turn = roll * std::f32::consts::FRAC_PI_2;
            let lip = crest * 0.07;
            let out = lean + 1.2 * turn.sin().powi(2) * (1.0 - roll)
                - 2.4 * (1.0 - turn.cos()) * roll
                - back * (depth - 2.0 + lean - 2.4);
            (out, crest * 0.93 + lip * turn.sin() - back * back * crest * 0.16)
        };
        lift(self.plan.point(u * self.plan.half.x, self.plan.half.y + out), y)
    }
}

/// Builds it on an outline.
pub fn build(kit: &mut Kit, ring: &[Vec2], height: f32, overhang: f32, facing: Heading) {
    let plan = Plan::around(ring, facing);
    let wave = Wave {
        plan,
        height,
        overhang,
    };
    let glass = Paint::new(Material::Wave, 0x9C_B4_B8).with(decimetres(STOREY_M), 22);
    let shell = Paint::new(Material::Plain, 0xC3_C8_C8);
    let wide = plan.half.x * 2.0;
    let mesh = &mut kit.standing;
    mesh.patch(
        glass,
        (44, 22),
        |u, v| wave.point(u * 2.0 - 1.0, v * GLASS),
        |u, v| vec2(u * wide, v * height),
        |_, v| 0.62 + 0.38 * v,
    );
    mesh.patch(
        shell,
        (44, 12),
        |u, v| wave.point(u * 2.0 - 1.0, GLASS + v * (1.0 - GLASS)),
        |u, v| vec2(u * wide, v * 20.0),
        |_, _| 1.0,
    );
    // The ends are closed from the profile down to the ground behind it.
    let end_glass = Paint::new(Material::Glass, 0x7E_96_9C).with(decimetres(STOREY_M), 22);
    for (u, flip) in [(-1.0_f32, true), (1.0, false)] {
        let mut last: Option<(Vec3, Vec3)> = None;
        for k in 0..=30 {
            let top = wave.point(u, k as f32 / 30.0);
            let foot = Vec3::new(top.x, 0.0, top.z);
            // Only where the profile runs back: the overhang itself shades a void.
            if let Some((before_top, before_foot)) = last {
                let corners = if flip {
                    [foot, before_foot, before_top, top]
                } else {
                    [before_foot, foot, top, before_top]
                };
                let out = (corners[1] - corners[0])
                    .cross(Vec3::Y)
                    .dot(Vec3::new(plan.right.x, 0.0, plan.right.y) * u);
                if out > 0.0 {
                    let along = (top - before_top).dot(Vec3::new(plan.front.x, 0.0, plan.front.y));
                    mesh.quad_at(end_glass, corners, vec2(k as f32 * along.abs(), 0.0), [0.8, 1.0]);
                }
            }
            last = Some((top, foot));
        }
        // Under the leaning front the end face follows the curve.
        let first = mesh.vertices.len() as u32;
        let normal = Vec3::new(plan.right.x, 0.0, plan.right.y) * u;
        let steps = 24;
        for k in 0..=steps {
            let edge = wave.point(u, GLASS * k as f32 / steps as f32);
            let back = lift(plan.point(u * plan.half.x, plan.half.y - overhang * 0.2), edge.y);
            mesh.corner(end_glass, edge, normal, vec2(0.0, edge.y), 0.8);
            mesh.corner(end_glass, back, normal, vec2(overhang, edge.y), 0.8);
            if k > 0 {
                let i = first + (k - 1) * 2;
                if flip {
                    mesh.indices.extend([i, i + 2, i + 3, i, i + 3, i + 1]);
                } else {
                    mesh.indices.extend([i, i + 3, i + 2, i, i + 1, i + 3]);
                }
            }
        }
    }
    // The back is an upright curtain wall.
    let back = |u: f32, v: f32| {
        let top = wave.point(1.0 - 2.0 * u, 1.0);
        Vec3::new(top.x, top.y * v, top.z)
    };
    mesh.patch(
        end_glass,
        (20, 1),
        back,
        |u, v| vec2(u * wide, v * height * 0.8),
        |_, _| 1.0,
    );
    kit.footprints.push(ring.to_vec());
}
