//! The stone base of a city gate, with its vaulted passages.

use glam::{Vec2, vec2};

use shared::city::measures::{GATE_BATTER, GATE_MARGIN_CM, passage_cm, passages_cm};

use super::hall::Frame;
use super::lift;
use crate::mesh::{Material, Mesh, Paint};
use crate::polygon::Plan;

/// A battered base of squared stone with vaulted passages, a parapet on top.
pub fn base(mesh: &mut Mesh, plan: &Plan, frame: Frame) {
    let stone = Paint::new(Material::Stone, 0xB4_AB_9A).with(62, 0);
    let dark = Paint::new(Material::Plain, 0x2A_28_26);
    let height = frame.base_m;
    let top = plan.half + Vec2::from(GATE_MARGIN_CM) / 100.0;
    let foot = top + height * GATE_BATTER;
    let (low, high) = (plan.corners(foot), plan.corners(top));
    for k in 0..4 {
        let n = (k + 1) % 4;
        mesh.quad_at(
            stone,
            [
                lift(low[k], 0.0),
                lift(low[n], 0.0),
                lift(high[n], height),
                lift(high[k], height),
            ],
            Vec2::ZERO,
            [0.8, 1.0],
        );
    }
    mesh.quad(stone, high.map(|p| lift(p, height)));
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
    let arches = frame.arches as u8;
    let width = passage_cm(arches) / 100.0;
    for offset in passages_cm(top.x, arches) {
        for side in [1.0, -1.0] {
            vault(
                mesh,
                (stone, dark),
                plan,
                (offset, side),
                (width / 2.0, height * 0.72),
                (foot.y, top.y, height),
            );
        }
    }
}

/// The mouth of a passage: a dark round-arched face just before the stone, and a ring of voussoirs around it.
fn vault(
    mesh: &mut Mesh,
    (stone, dark): (Paint, Paint),
    plan: &Plan,
    (offset, side): (f32, f32),
    (half, tall): (f32, f32),
    (foot, top, height): (f32, f32, f32),
) {
    let spring = (tall - half).max(0.6);
    let out = |y: f32| foot + (top - foot) * y / height;
    let at = |x: f32, y: f32, before: f32| lift(plan.point((offset + x) * side, (out(y) + before) * side), y);
    let normal = lift(plan.front * side, 0.0);
    let profile = |grow: f32| {
        let mut points = vec![(half + grow, 0.0)];
        points.extend((0..=14).map(|k| {
            let (sin, cos) = (k as f32 / 14.0 * std::f32::consts::PI).sin_cos();
            (cos * (half + grow), spring + sin * (half + grow))
        }));
        points.push((-half - grow, 0.0));
        points
    };
    let inner = profile(0.0);
    let hub: u32 = mesh.corner(dark, at(0.0, spring * 0.5, 0.05), normal, Vec2::ZERO, 0.25);
    let rims = inner.len() as u32;
    for &(x, y) in &inner {
        mesh.corner(dark, at(x, y, 0.05), normal, Vec2::ZERO, 0.25);
    }
    for rim in 0..rims {
        mesh.triangle(hub, hub + 1 + rim, hub + 1 + (rim + 1) % rims);
    }
    let outer = profile(0.75);
    for k in 1..inner.len() {
        let [a, b] = [inner[k - 1], inner[k]].map(|(x, y)| at(x, y, 0.09));
        let [c, d] = [outer[k], outer[k - 1]].map(|(x, y)| at(x, y, 0.09));
        mesh.quad_at(
            Paint {
                colour: 0xC2_BA_AA,
                ..stone
            },
            [a, d, c, b],
            vec2(0.0, k as f32),
            [0.9, 0.9],
        );
    }
}
