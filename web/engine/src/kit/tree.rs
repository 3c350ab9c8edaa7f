//! Trees: a trunk, and a crown of soft clusters whose normals turn away from the crown's middle.

use glam::{Vec2, Vec3, vec2, vec3};
use shared::city::Species;

use super::{Grade, Kit, lift, scatter};
use crate::mesh::{Material, Mesh, Paint};

/// Wind on a crown.
const SWAY: u8 = 60;

/// Builds one.
pub fn build(kit: &mut Kit, at: Vec2, height: f32, species: Species, seed: u32) {
    let bark = Paint::new(
        Material::Bark,
        if species == Species::Pine {
            0x8A_5A_44
        } else {
            0x6E_60_54
        },
    );
    let index = match species {
        Species::Zelkova => 0,
        Species::Pine => 1,
        Species::Ginkgo => 2,
        Species::Cherry => 3,
    };
    let leaves = Paint::new(Material::Leaves, 0xFF_FF_FF)
        .with(index, 0)
        .swaying(SWAY);
    let r = |k: u32| scatter(seed, k);
    let lean = vec2(r(1) - 0.5, r(2) - 0.5) * height * if species == Species::Pine { 0.22 } else { 0.07 };
    let foot = lift(at, -0.1);
    let fork = lift(
        at + lean * 0.6,
        height * if species == Species::Cherry { 0.28 } else { 0.38 },
    );
    let thick = height * 0.032 + 0.06;
    kit.standing.bar(bark, foot, fork, (thick * 1.25, thick * 0.8));
    let clusters = clusters(species, height, r);
    let crown = lift(at + lean, height * 0.62);
    let near = if kit.grade == Grade::Far {
        &[]
    } else {
        &clusters[..]
    };
    for (k, (offset, half)) in near.iter().enumerate() {
        let middle = lift(at + lean, 0.0) + *offset;
        kit.detail.bar(
            bark,
            fork - Vec3::Y * (thick * 0.5),
            middle,
            (thick * 0.55, thick * 0.18),
        );
        let own = (scatter(seed, 50 + k as u32) * 255.0) as u8;
        let leaves = leaves.seeded(own);
        cluster::<6, 9>(&mut kit.detail, leaves, middle, *half, crown, seed + k as u32);
        cluster::<4, 5>(
            &mut kit.coarse,
            leaves,
            middle,
            *half * 1.06,
            crown,
            seed + k as u32,
        );
    }
    // From afar one ball is a crown.
    let low = clusters
        .iter()
        .map(|(offset, half)| *offset - *half)
        .reduce(Vec3::min);
    let high = clusters
        .iter()
        .map(|(offset, half)| *offset + *half)
        .reduce(Vec3::max);
    if let (Some(low), Some(high)) = (low, high) {
        let middle = lift(at + lean, 0.0) + (low + high) / 2.0;
        let own = (scatter(seed, 50) * 255.0) as u8;
        cluster::<4, 6>(
            &mut kit.shapes,
            leaves.seeded(own),
            middle,
            (high - low) * 0.46,
            crown,
            seed,
        );
    }
    let mut shade: Vec<Vec2> = (0..8)
        .map(|k| {
            let (sin, cos) = (k as f32 / 8.0 * std::f32::consts::TAU).sin_cos();
            at + vec2(cos, sin) * (thick * 0.8)
        })
        .collect();
    shade.reverse();
    kit.footprints.push(shade);
}

/// Middle (from the foot) and half size of each cluster of a crown, in metres.
fn clusters(species: Species, height: f32, r: impl Fn(u32) -> f32) -> Vec<(Vec3, Vec3)> {
    // Right, up and back, half width and half thickness, in shares of the height.
    let mut clusters: Vec<(Vec3, Vec3)> = Vec::new();
    let ball = |a: f32, b: f32, c: f32, w: f32, t: f32| (vec3(a, b, c) * height, vec3(w, t, w) * height);
    match species {
        Species::Zelkova => {
            clusters.push(ball(0.0, 0.74, 0.0, 0.24, 0.20));
            for k in 0..6 {
                let turn = (k as f32 + r(10 + k)) * 1.05;
                let reach = 0.20 + 0.07 * r(20 + k);
                let up = 0.62 + 0.16 * r(30 + k);
                clusters.push(ball(
                    turn.cos() * reach,
                    up,
                    turn.sin() * reach,
                    0.17 + 0.04 * r(40 + k),
                    0.13,
                ));
            }
        }
        Species::Pine => {
            for k in 0..5 {
                let turn = k as f32 * 2.4 + r(10) * 6.0;
                let reach = 0.24 * (1.0 - k as f32 * 0.2);
                let up = 0.52 + 0.105 * k as f32;
                clusters.push(ball(
                    turn.cos() * reach,
                    up,
                    turn.sin() * reach,
                    0.20 - 0.022 * k as f32,
                    0.065,
                ));
            }
        }
        Species::Ginkgo => {
            for k in 0..6 {
                let t = k as f32 / 5.0;
                let turn = k as f32 * 2.4 + r(10) * 6.0;
                let reach = 0.075 * (1.0 - t);
                clusters.push(ball(
                    turn.cos() * reach,
                    0.36 + 0.54 * t,
                    turn.sin() * reach,
                    0.19 - 0.12 * t,
                    0.15 - 0.035 * t,
                ));
            }
        }
        Species::Cherry => {
            clusters.push(ball(0.0, 0.66, 0.0, 0.30, 0.20));
            for k in 0..6 {
                let turn = (k as f32 + r(10 + k)) * 1.05;
                let reach = 0.28 + 0.06 * r(20 + k);
                clusters.push(ball(
                    turn.cos() * reach,
                    0.54 + 0.13 * r(30 + k),
                    turn.sin() * reach,
                    0.19,
                    0.14,
                ));
            }
        }
    }
    clusters
}

/// A lumpy ball of leaves. `uv.x` is how far a corner is from its middle: where leaves fall, it draws in by that much.
pub fn cluster<const ROWS: u32, const SIDES: u32>(
    mesh: &mut Mesh,
    paint: Paint,
    middle: Vec3,
    half: Vec3,
    crown: Vec3,
    seed: u32,
) {
    let first = mesh.vertices.len() as u32;
    for row in 0..=ROWS {
        let (lift, ring) = (row as f32 / ROWS as f32 * std::f32::consts::PI).sin_cos();
        for side in 0..=SIDES {
            let turn = (side % SIDES) as f32 + 0.5 * (row % 2) as f32;
            let (sin, cos) = (turn / SIDES as f32 * std::f32::consts::TAU).sin_cos();
            let unit = vec3(sin * lift, -ring, cos * lift);
            let lump = 0.90 + 0.19 * scatter(seed.wrapping_mul(31) + row, side % SIDES + 77);
            let at = middle + unit * half * if row == 0 || row == ROWS { 0.92 } else { lump };
            let normal = unit + (at - crown).normalize_or(unit) * 0.9;
            // Deep inside and below, a crown is dark.
            let open = (0.60 + 0.40 * (at.y - crown.y + half.y) / (half.y * 3.0)).clamp(0.35, 1.0);
            mesh.corner(paint, at, normal, vec2(at.distance(middle), 0.0), open);
        }
    }
    for row in 0..ROWS {
        for side in 0..SIDES {
            let i = first + row * (SIDES + 1) + side;
            let above = i + SIDES + 1;
            if row > 0 {
                mesh.triangle(i, i + 1, above + 1);
            }
            if row < ROWS - 1 {
                mesh.triangle(i, above + 1, above);
            } else {
                mesh.triangle(i, i + 1, above);
            }
        }
    }
}
