//! What makes a market: stalls with their goods under awnings, and lanterns of silk.

use glam::{Vec2, vec2};
use shared::city::measures::STALL_HALF_DEPTH_CM;
use shared::space::Heading;

use super::{Kit, lift, scatter};
use crate::ground_map::Lamp;
use crate::mesh::{Material, Paint};
use crate::place::Spray;
use crate::polygon::Plan;

const fn plain(colour: u32) -> Paint {
    Paint::new(Material::Plain, colour)
}

/// What shines warmly: a light for the ground, and a glow in the air.
fn shine(kit: &mut Kit, at: Vec2, y: f32, strength: f32, seed: u32) {
    kit.lamps.push(Lamp { at, strength });
    kit.sprays.push(Spray {
        at: lift(at, y),
        size: Vec2::splat(1.1),
        colour: [0xFF, 0xB4, 0x5E, 0xFF],
        water: false,
        seed: (scatter(seed, 3) * 255.0) as u8,
    });
}

/// A table of goods, with a striped awning that falls towards the buyers.
pub fn stall(kit: &mut Kit, at: Vec2, facing: Heading, length: f32, seed: u32) {
    const CLOTHS: [u32; 5] = [0xB8_3A_30, 0x2F_6F_A8, 0x3B_7A_57, 0xD9_8A_2E, 0x6A_4C_7E];
    const GOODS: [u32; 10] = [
        0xC8_42_33, 0xE0_8A_2F, 0xE8_C4_4B, 0x6F_9A_44, 0x8A_4A_2E, 0xD8_CC_B0, 0x5A_3A_52, 0xB8_5A_6A,
        0x3E_5E_7E, 0xA8_A0_90,
    ];
    let deep = STALL_HALF_DEPTH_CM / 100.0;
    let plan = Plan::new(at, facing, vec2(length / 2.0, deep));
    let wood = Paint::new(Material::Planks, 0x8A_6A_4C);
    let steel = plain(0x6A_6E_70);
    let half = length / 2.0;
    let mesh = &mut kit.standing;
    // The table: boards on a skirt, and crates behind it.
    let board = |right: f32, front: f32| plan.point(right, front);
    mesh.block(
        wood,
        board(0.0, 0.12),
        plan.right,
        vec2(half - 0.06, deep - 0.26),
        (0.0, 0.7),
    );
    mesh.block(
        plain(0x5E_66_6A),
        board(0.0, 0.14),
        plan.right,
        vec2(half, deep - 0.16),
        (0.7, 0.76),
    );
    // Posts and the awning, each stripe and its fall.
    for x in [-1.0, 1.0] {
        for (z, top) in [(-deep + 0.06, 2.5), (deep - 0.1, 2.12)] {
            let foot = plan.point(x * (half - 0.04), z);
            mesh.bar(steel, lift(foot, 0.0), lift(foot, top), (0.05, 0.05));
        }
    }
    let cloth = CLOTHS[(scatter(seed, 1) * 4.99) as usize];
    let stripes = (length / 0.3).round().max(3.0) as u32 | 1;
    for k in 0..stripes {
        let paint = plain(if k % 2 == 0 { cloth } else { 0xEC_E6_D8 });
        let x = |n: u32| (half + 0.12) * (n as f32 / stripes as f32 * 2.0 - 1.0);
        let at = |n: u32, z: f32, y: f32| lift(plan.point(x(n), z), y);
        let (back, front) = ((-deep, 2.56), (deep + 0.35, 2.06));
        let [a, b] = [at(k, front.0, front.1), at(k + 1, front.0, front.1)];
        let [c, d] = [at(k + 1, back.0, back.1), at(k, back.0, back.1)];
        mesh.quad(paint, [a, b, c, d]);
        mesh.quad_at(paint, [d, c, b, a], Vec2::ZERO, [0.6, 0.6]);
        let fall = [at(k, front.0, 1.84), at(k + 1, front.0, 1.84)];
        mesh.quad(paint, [fall[0], fall[1], b, a]);
        mesh.quad_at(paint, [fall[1], fall[0], a, b], Vec2::ZERO, [0.6, 0.6]);
    }
    // Goods in trays that lean to the buyer, heaped; one kind to a tray.
    let mesh = &mut kit.detail;
    let trays = (length / 0.42).round().max(2.0) as u32;
    let wide = (length - 0.1) / trays as f32 / 2.0;
    for k in 0..trays * 2 {
        let (column, row) = (k % trays, k / trays);
        let r = |n: u32| scatter(seed, 20 + k * 7 + n);
        let goods = plain(GOODS[(r(1) * 9.99) as usize]);
        let x = (column as f32 * 2.0 + 1.0) * wide - half + 0.05;
        let (z, y) = (0.40 - 0.46 * row as f32, 0.76 + 0.13 * row as f32);
        let middle = plan.point(x, z);
        mesh.block(
            wood,
            middle,
            plan.right,
            vec2(wide * 0.94, 0.21),
            (y - 0.1, y + 0.06),
        );
        for n in 0..4 {
            let aside = vec2(r(2 + n) - 0.5, r(3 + n) - 0.5) * vec2(wide * 1.0, 0.2);
            let tall = 0.12 + 0.12 * r(4 + n);
            let round = [(0.13, y + 0.05), (0.11, y + tall * 0.7), (0.02, y + tall)];
            mesh.lathe(goods, plan.point(x + aside.x, z + aside.y), &round, 6);
        }
    }
    // A bare bulb under the awning.
    let bulb = plan.point(0.0, 0.3);
    mesh.lathe(
        Paint::new(Material::Glow, 0xF8_EC_D0),
        bulb,
        &[(0.03, 1.86), (0.07, 1.92), (0.05, 2.0), (0.02, 2.06)],
        6,
    );
    shine(kit, bulb, 1.94, 0.5, seed);
    kit.footprints.push(plan.corners(vec2(half, deep)).to_vec());
}

/// A lantern of red and blue silk that hangs from the arm of a post.
pub fn lantern(kit: &mut Kit, at: Vec2, height: f32, seed: u32) {
    let wood = plain(0x4A_34_2A);
    let turn = scatter(seed, 1) * std::f32::consts::TAU;
    let hang = at + Vec2::from_angle(turn) * 0.34;
    let mesh = &mut kit.standing;
    mesh.lathe(
        wood,
        at,
        &[(0.10, 0.0), (0.09, 0.12), (0.045, 0.16), (0.035, height)],
        6,
    );
    let top = height - 0.12;
    mesh.bar(
        wood,
        lift(at - (hang - at) * 0.3, top),
        lift(hang + (hang - at) * 0.2, top + 0.03),
        (0.05, 0.04),
    );
    mesh.bar(wood, lift(hang, top), lift(hang, top - 0.14), (0.02, 0.02));
    let silk = top - 0.16;
    let red = Paint::new(Material::Glow, 0xC2_33_2C);
    let blue = Paint::new(Material::Glow, 0x2C_5C_9C);
    mesh.lathe(
        wood,
        hang,
        &[(0.07, silk - 0.02), (0.16, silk - 0.03), (0.05, silk + 0.02)],
        6,
    );
    mesh.lathe(red, hang, &[(0.17, silk - 0.24), (0.165, silk - 0.02)], 6);
    mesh.lathe(blue, hang, &[(0.14, silk - 0.42), (0.17, silk - 0.24)], 6);
    mesh.lathe(
        wood,
        hang,
        &[(0.10, silk - 0.45), (0.145, silk - 0.43), (0.145, silk - 0.41)],
        6,
    );
    mesh.bar(
        blue,
        lift(hang, silk - 0.45),
        lift(hang, silk - 0.66),
        (0.03, 0.05),
    );
    shine(kit, hang, silk - 0.24, 0.7, seed);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::tests::inside_out;

    #[test]
    fn a_visitor_walks_under_the_awning_and_the_lantern_hangs_from_its_post() {
        let mut kit = Kit::default();
        stall(&mut kit, Vec2::ZERO, Heading(128), 2.4, 7);
        lantern(&mut kit, vec2(10.0, 0.0), 2.2, 7);
        assert_eq!(inside_out(&kit.standing) + inside_out(&kit.detail), 0);
        let cloth = kit.standing.vertices.iter().map(|v| v.position);
        for [x, y, z] in cloth.filter(|p| p[0] < 5.0 && p[2] > 0.75) {
            assert!(y > 1.8, "{x}, {y}, {z} would hit a head");
        }
        let top = kit
            .standing
            .vertices
            .iter()
            .map(|v| v.position)
            .filter(|p| p[0] > 5.0);
        let top = top.map(|p| p[1]).fold(0.0, f32::max);
        assert!((top - 2.2).abs() < 0.05, "{top}");
        assert_eq!(kit.lamps.len(), 2);
    }
}
