//! What stands about in a square: lamps, seats, racks for bicycles, planters, fountains, flags.

use glam::{Vec2, vec2};
use shared::{city::measures::BICYCLES_APART_CM, space::Heading};

use super::{Kit, lift, scatter};
use crate::ground_map::Lamp;
use crate::mesh::{Material, Paint};
use crate::place::Spray;
use crate::polygon::Plan;

const IRON: Paint = Paint::new(Material::Plain, 0x3B_40_44);
const LANTERN: [u8; 4] = [0xFF, 0xB4, 0x5E, 0xFF];

/// A lamp on a slender post: light for the ground around it, and a glow at night.
pub fn lamp(kit: &mut Kit, at: Vec2, height: f32, seed: u32) {
    let head = height - 0.35;
    let mesh = &mut kit.standing;
    mesh.lathe(
        IRON,
        at,
        &[
            (0.17, 0.0),
            (0.15, 0.35),
            (0.07, 0.5),
            (0.05, head),
            (0.16, head + 0.04),
        ],
        8,
    );
    mesh.lathe(
        Paint::new(Material::Glow, 0xF4_E8_D0),
        at,
        &[(0.15, head + 0.04), (0.21, head + 0.2), (0.15, height)],
        8,
    );
    mesh.lathe(IRON, at, &[(0.24, height - 0.02), (0.03, height + 0.12)], 8);
    kit.lamps.push(Lamp { at, strength: 1.0 });
    kit.sprays.push(Spray {
        at: lift(at, head + 0.2),
        size: vec2(1.5, 1.5),
        colour: LANTERN,
        water: false,
        seed: (scatter(seed, 1) * 255.0) as u8,
    });
}

/// A bus stop: a round sign and a lit timetable on a post.
pub fn bus_stop(kit: &mut Kit, at: Vec2, facing: Heading) {
    let mesh = &mut kit.standing;
    mesh.lathe(
        IRON,
        at,
        &[(0.16, 0.0), (0.15, 0.06), (0.045, 0.08), (0.045, 3.0)],
        8,
    );
    let plan = Plan::new(at, facing, vec2(1.0, 1.0));
    let blue = Paint::new(Material::Plain, 0x1B_4F_A8);
    let red = Paint::new(Material::Plain, 0xB5_2A_22);
    mesh.block(blue, at, plan.right, vec2(0.36, 0.03), (2.35, 3.05));
    mesh.block(red, at, plan.right, vec2(0.36, 0.034), (2.62, 2.78));
    let lit = Paint::new(Material::Glow, 0xF4_F0_E4);
    mesh.block(lit, at, plan.right, vec2(0.24, 0.05), (1.0, 1.9));
    mesh.block(IRON, at, plan.right, vec2(0.28, 0.04), (0.96, 1.94));
}

/// Where a tram stops: a post with a painted board.
pub fn tram_post(kit: &mut Kit, at: Vec2, facing: Heading) {
    let mesh = &mut kit.standing;
    let plan = Plan::new(at, facing, vec2(1.0, 1.0));
    let paint = |colour| Paint::new(Material::Plain, colour);
    mesh.block(paint(0x5A_40_2C), at, plan.right, Vec2::splat(0.07), (0.0, 3.0));
    mesh.block(paint(0xE6_DD_CA), at, plan.right, vec2(0.26, 0.085), (1.9, 2.8));
    mesh.block(paint(0x7D_3A_2C), at, plan.right, vec2(0.26, 0.09), (2.62, 2.8));
}

/// A pad for drones: a ring of lights around a painted ring.
pub fn pad(kit: &mut Kit, at: Vec2, seed: u32) {
    const RADIUS_M: f32 = 4.2;
    let mesh = &mut kit.standing;
    let paint = |colour| Paint::new(Material::Plain, colour);
    mesh.lathe(
        paint(0x6E_74_7A),
        at,
        &[(RADIUS_M, 0.0), (RADIUS_M, 0.05), (0.0, 0.05)],
        28,
    );
    mesh.lathe(
        paint(0xF2_EE_E2),
        at,
        &[(RADIUS_M - 0.5, 0.055), (RADIUS_M - 0.9, 0.056)],
        28,
    );
    mesh.lathe(paint(0xF2_EE_E2), at, &[(1.2, 0.055), (0.0, 0.056)], 16);
    for k in 0..8 {
        let foot = at + Vec2::from_angle(k as f32 * std::f32::consts::FRAC_PI_4) * (RADIUS_M - 0.2);
        let light = Paint::new(Material::Glow, 0xBF_E4_FF);
        mesh.lathe(light, foot, &[(0.09, 0.05), (0.09, 0.12), (0.0, 0.14)], 6);
        kit.sprays.push(Spray {
            at: lift(foot, 0.16),
            size: vec2(0.7, 0.7),
            colour: [0x9E, 0xD0, 0xFF, 0xFF],
            water: false,
            seed: (scatter(seed, k) * 255.0) as u8,
        });
    }
}

/// A bench of boards on stone feet, its back away from where one looks.
pub fn seat(kit: &mut Kit, at: Vec2, facing: Heading, length: f32) {
    let plan = Plan::new(at, facing, vec2(length / 2.0, 0.24));
    let wood = Paint::new(Material::Planks, 0x9C_74_50);
    let stone = Paint::new(Material::Stone, 0xA9_A4_9A).with(30, 0);
    let mesh = &mut kit.detail;
    for x in [-0.36, 0.36] {
        mesh.block(
            stone,
            plan.point(length * x, 0.0),
            plan.right,
            vec2(0.14, 0.2),
            (0.0, 0.38),
        );
    }
    for k in 0..4 {
        let z = -0.19 + 0.127 * k as f32;
        mesh.block(
            wood,
            plan.point(0.0, z),
            plan.right,
            vec2(length / 2.0, 0.055),
            (0.38, 0.43),
        );
    }
}

/// The rail that bicycles lean on; they themselves are drawn as what moves.
pub fn bicycle_rack(kit: &mut Kit, at: Vec2, facing: Heading, bicycles: u8) {
    let half = f32::from(bicycles) * BICYCLES_APART_CM / 200.0;
    let plan = Plan::new(at, facing, vec2(half, 0.8));
    let metal = Paint::new(Material::Plain, 0x8D_93_99);
    let green = Paint::new(Material::Plain, 0x2F_9E_5A);
    let mesh = &mut kit.detail;
    mesh.block(
        metal,
        plan.point(0.0, 0.62),
        plan.right,
        vec2(half, 0.05),
        (0.06, 0.14),
    );
    for place in 0..bicycles {
        let x = (f32::from(place) + 0.5) * BICYCLES_APART_CM / 100.0 - half;
        let post = plan.point(x + 0.2, 0.62);
        mesh.block(metal, post, plan.right, vec2(0.05, 0.05), (0.0, 0.72));
        mesh.block(green, post, plan.right, vec2(0.09, 0.06), (0.72, 0.92));
    }
}

/// A box of flowers with a low hedge.
pub fn planter(kit: &mut Kit, at: Vec2, facing: Heading, length: f32, seed: u32) {
    let plan = Plan::new(at, facing, vec2(length / 2.0, 0.4));
    let mesh = &mut kit.detail;
    let half = vec2(length / 2.0, 0.42);
    mesh.block(
        Paint::new(Material::Planks, 0x86_66_4C),
        at,
        plan.right,
        half,
        (0.0, 0.5),
    );
    let green = Paint::new(Material::Leaves, 0xFF_FF_FF)
        .with(1, 0)
        .seeded((scatter(seed, 1) * 255.0) as u8);
    mesh.block(green, at, plan.right, half * vec2(0.95, 0.86), (0.5, 0.68));
    let blooms = [0xE0_66_2F, 0xD9_A4_41, 0xF3_CB_D3, 0xF3_EF_E4, 0x7D_3A_6C];
    let colour = blooms[(scatter(seed, 2) * 4.99) as usize];
    for k in 0..(length * 7.0) as u32 {
        let x = (scatter(seed, 10 + k) - 0.5) * length * 0.88;
        let z = (scatter(seed, 60 + k) - 0.5) * 0.62;
        let bloom = Paint::new(Material::Plain, colour);
        mesh.block(
            bloom,
            plan.point(x, z),
            plan.right,
            vec2(0.05, 0.05),
            (0.66, 0.74 + 0.05 * scatter(seed, 90 + k)),
        );
    }
    kit.footprints.push(vec![
        plan.point(-half.x, half.y),
        plan.point(half.x, half.y),
        plan.point(half.x, -half.y),
        plan.point(-half.x, -half.y),
    ]);
}

/// Jets out of the ground in rings, each in its turn.
pub fn fountain(kit: &mut Kit, at: Vec2, radius: f32, jet: f32, seed: u32) {
    let wet = Paint::new(Material::Granite, 0x86_84_7E);
    kit.ground
        .lathe(wet, at, &[(radius * 1.15, 0.004), (radius * 1.149, 0.008)], 40);
    let mut number = 0;
    for (ring, share) in [(0, 0.0), (1, 0.33), (2, 0.66), (3, 1.0)] {
        let count = if ring == 0 {
            1
        } else {
            (ring * 10).min((radius * share * 4.0) as u32 + 4)
        };
        for k in 0..count {
            let (sin, cos) = (k as f32 / count as f32 * std::f32::consts::TAU).sin_cos();
            kit.sprays.push(Spray {
                at: lift(at + vec2(cos, sin) * radius * share, 0.0),
                size: vec2(0.20, jet * (1.0 - 0.22 * ring as f32)),
                colour: [0xFF, 0xFF, 0xFF, 0xE0],
                water: true,
                seed: (scatter(seed, number) * 255.0) as u8,
            });
            number += 1;
        }
    }
}

/// A flag on a pole.
pub fn flag(kit: &mut Kit, at: Vec2, height: f32, seed: u32) {
    let pole = Paint::new(Material::Plain, 0xC9_CC_CC);
    kit.standing.lathe(
        pole,
        at,
        &[
            (0.09, 0.0),
            (0.05, height),
            (0.10, height + 0.05),
            (0.02, height + 0.18),
        ],
        8,
    );
    let cloth = Paint::new(Material::Flag, 0xFF_FF_FF)
        .swaying(40)
        .seeded((scatter(seed, 1) * 255.0) as u8);
    let (from, low) = (lift(at, height - 2.15), vec2(3.0, 2.0));
    let point = |u: f32, v: f32| from + glam::Vec3::new(0.06 + u * low.x, v * low.y, 0.0);
    let uv = |u: f32, v: f32| vec2(u * low.x, v * low.y);
    kit.standing.patch(cloth, (10, 3), point, uv, |_, _| 1.0);
    // The other side of the cloth.
    kit.standing.patch(
        cloth,
        (10, 3),
        |u, v| point(1.0 - u, v),
        |u, v| uv(1.0 - u, v),
        |_, _| 1.0,
    );
}
