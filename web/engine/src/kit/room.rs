//! What rooms have: a ceiling with its lights, doors to other places, tables, pictures on the walls.

use glam::{Vec2, vec2};
use shared::{
    city::{
        PICTURE_PARTS, Patch,
        measures::{PORTAL_HALF_DEPTH_CM, PORTAL_HEIGHT_CM, PORTAL_POST_CM},
    },
    space::Heading,
};

use super::{Kit, ground, lift, scatter};
use crate::mesh::{Material, Mesh, Paint};
use crate::place::Spray;
use crate::polygon::{self, Plan};

/// How far apart the lights of a ceiling are, in metres.
const LIGHTS_M: f32 = 4.0;

const fn plain(colour: u32) -> Paint {
    Paint::new(Material::Plain, colour)
}

/// The ceiling over an outline, and rows of lights in it.
pub fn ceiling(kit: &mut Kit, ring: &[Vec2], height: f32) {
    let mut flat = Mesh::default();
    ground::area(&mut flat, plain(0xF4_F1_EA), ring, height);
    // An area looks up: turned round, it looks down.
    for corner in &mut flat.vertices {
        corner.normal[1] = -127;
    }
    flat.indices.reverse();
    // What lies close above a wall casts no shadow on its top: a roof over the ceiling does.
    ground::area(&mut kit.standing, plain(0x8E_8B_85), ring, height + 1.5);
    let low = ring.iter().copied().fold(Vec2::INFINITY, Vec2::min);
    let high = ring.iter().copied().fold(Vec2::NEG_INFINITY, Vec2::max);
    let count = ((high - low) / LIGHTS_M).floor().max(Vec2::ONE);
    let pitch = (high - low) / count;
    let size = pitch * vec2(0.32, 0.05);
    for n in 0..(count.x * count.y) as u32 {
        let (column, row) = (n % count.x as u32, n / count.x as u32);
        let at = low + pitch * vec2(column as f32 + 0.5, row as f32 + 0.5);
        let lamp = Paint::new(Material::Glow, 0xFF_FA_F0);
        flat.block(lamp, at, Vec2::X, size, (height - 0.04, height));
    }
    let first = kit.standing.vertices.len() as u32;
    kit.standing.vertices.extend(flat.vertices);
    kit.standing
        .indices
        .extend(flat.indices.into_iter().map(|index| index + first));
}

/// A door: a dark frame, two leaves of lit glass, light that falls out of it.
pub fn portal(kit: &mut Kit, at: Vec2, facing: Heading, width: f32, seed: u32) {
    let (post, deep) = (PORTAL_POST_CM / 100.0, PORTAL_HALF_DEPTH_CM / 100.0);
    let (half, top) = (width / 2.0, PORTAL_HEIGHT_CM / 100.0);
    let plan = Plan::new(at, facing, vec2(half, deep));
    let bronze = plain(0x4A_40_38);
    let mesh = &mut kit.standing;
    for side in [-1.0, 1.0] {
        let foot = plan.point(side * (half + post / 2.0), 0.0);
        mesh.block(
            bronze,
            foot,
            plan.right,
            vec2(post / 2.0, deep),
            (0.0, top + 0.22),
        );
        // A leaf, its rail and its handle.
        let leaf = plan.point(side * half / 2.0, -0.02);
        let glass = Paint::new(Material::Glow, 0xF6_E8_CC);
        mesh.block(glass, leaf, plan.right, vec2(half / 2.0 - 0.02, 0.03), (0.0, top));
        mesh.block(bronze, leaf, plan.right, vec2(half / 2.0, 0.05), (0.0, 0.22));
        let handle = plan.point(side * 0.09, 0.06);
        mesh.block(
            plain(0xC8_A8_60),
            handle,
            plan.right,
            vec2(0.02, 0.03),
            (0.85, 1.35),
        );
    }
    mesh.block(bronze, at, plan.right, vec2(half, deep), (top, top + 0.22));
    kit.sprays.push(Spray {
        at: lift(plan.point(0.0, 0.5), 1.4),
        size: vec2(half + 0.9, 1.7),
        colour: [0xFF, 0xD8, 0x9A, 0x60],
        water: false,
        seed: (scatter(seed, 1) * 255.0) as u8,
    });
}

/// A table of boards; a round one where it has no depth.
pub fn table(kit: &mut Kit, at: Vec2, facing: Heading, length: f32, depth: f32) {
    let wood = Paint::new(Material::Planks, 0xC2_9C_70);
    let half = vec2(length, depth) / 2.0;
    let plan = Plan::new(at, facing, half);
    let mesh = &mut kit.detail;
    if depth > 0.0 {
        mesh.block(wood, at, plan.right, half, (0.70, 0.75));
        for side in [-1.0, 1.0] {
            let leg = plan.point(side * (half.x - 0.12), 0.0);
            mesh.block(wood, leg, plan.right, vec2(0.04, half.y - 0.06), (0.0, 0.70));
        }
    } else {
        let iron = plain(0x3B_40_44);
        mesh.lathe(iron, at, &[(half.x * 0.5, 0.0), (0.07, 0.05), (0.06, 0.70)], 10);
        mesh.lathe(
            wood,
            at,
            &[(half.x - 0.03, 0.69), (half.x, 0.71), (half.x, 0.75)],
            24,
        );
    }
}

/// A picture in its frame.
pub fn picture(kit: &mut Kit, at: Vec2, facing: Heading, size: Vec2, foot: f32, shapes: &[Patch]) {
    const FRAME_M: f32 = 0.06;
    let plan = Plan::new(at, facing, size / 2.0);
    let mesh = &mut kit.standing;
    let frame = vec2(size.x / 2.0 + FRAME_M, 0.03);
    mesh.block(
        plain(0x3A_2C_22),
        at,
        plan.right,
        frame,
        (foot - FRAME_M, foot + size.y + FRAME_M),
    );
    for (layer, Patch { colour, outline }) in shapes.iter().enumerate() {
        let share = |part: u8| f32::from(part) / f32::from(PICTURE_PARTS);
        let mut ring: Vec<Vec2> = outline
            .iter()
            .map(|[x, y]| size * vec2(share(*x) - 0.5, share(*y)))
            .collect();
        if polygon::area(&ring) > 0.0 {
            ring.reverse();
        }
        let [r, g, b] = *colour;
        let paint = plain(u32::from_be_bytes([0, r, g, b]));
        // Each a little in front of those before it.
        let front = 0.034 + 0.003 * layer as f32;
        let first = mesh.vertices.len() as u32;
        for corner in &ring {
            let there = lift(plan.point(corner.x, front), foot + size.y - corner.y);
            mesh.corner(paint, there, lift(plan.front, 0.0), *corner, 1.0);
        }
        for triangle in polygon::triangles(&ring) {
            let [a, b, c] = triangle.map(|corner| first + corner as u32);
            mesh.triangle(a, b, c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::tests::inside_out;

    #[test]
    fn what_a_room_has_is_seen_from_within() {
        let mut kit = Kit::default();
        let ring = [vec2(-5.0, 4.0), vec2(5.0, 4.0), vec2(5.0, -4.0), vec2(-5.0, -4.0)];
        ceiling(&mut kit, &ring, 4.0);
        let below = kit
            .standing
            .vertices
            .iter()
            .all(|corner| corner.position[1] > 3.9);
        assert!(below && !kit.standing.indices.is_empty());
        portal(&mut kit, Vec2::ZERO, Heading(128), 1.6, 7);
        table(&mut kit, Vec2::ZERO, Heading(32), 1.8, 0.8);
        table(&mut kit, Vec2::ZERO, Heading(0), 1.2, 0.0);
        let outline = vec![[0, 0], [250, 0], [250, 250], [0, 250]];
        let mirrored = outline.iter().rev().copied().collect();
        let shapes = [outline, mirrored].map(|outline| Patch {
            colour: [1, 2, 3],
            outline,
        });
        for facing in [0, 64, 128] {
            picture(
                &mut kit,
                Vec2::ZERO,
                Heading(facing),
                vec2(2.0, 1.0),
                1.0,
                &shapes,
            );
        }
        assert_eq!(inside_out(&kit.standing) + inside_out(&kit.detail), 0);
    }
}
