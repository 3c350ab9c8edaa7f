//! Pavilions of many equal sides under a pointed roof (모임지붕).

use std::f32::consts::PI;

use glam::{Vec2, Vec3, vec2};
use shared::city::measures::{BASE_MARGIN_CM, corners_m};
use shared::space::Heading;

use super::hall::{self, NOEROK, SEOKGANJU};
use super::terrace::{self, COPING, STONE};
use super::{Kit, lift, roof};
use crate::ground_map::{Flood, Lamp};
use crate::mesh::{Material, Mesh, Paint};
use crate::polygon::{self, Plan};

pub const RED: Paint = Paint::new(Material::Plain, SEOKGANJU);
pub const GREEN: Paint = Paint::new(Material::Dancheong, NOEROK);
const LATTICE: Paint = Paint::new(Material::Lattice, 0x5C_7A_68);
const PLASTER: Paint = Paint::new(Material::Plain, 0xE4_DD_CE);
const DARK: Paint = Paint::new(Material::Plain, 0x3A_40_48);

/// How much narrower each storey is than the one below.
const SET_BACK: f32 = 0.74;

/// How far in front of its walls a pavilion is lit, in metres.
pub const FLOOD_M: f32 = 3.5;

/// Measures of a pavilion.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Its sides.
    pub sides: u8,
    /// From a side to the one across, between the columns.
    pub width_m: f32,
    /// Height of the base.
    pub base_m: f32,
    /// Storeys, each with its own roof.
    pub storeys: u8,
    /// No walls between the columns.
    pub open: bool,
    /// Stone rails along the base.
    pub rails: bool,
}

/// Builds one.
pub fn build(kit: &mut Kit, at: Vec2, facing: Heading, frame: Frame) {
    let ring = |reach: f32| corners_m(at, facing, frame.sides, frame.width_m / 2.0 + reach);
    let plan = Plan::new(at, facing, Vec2::splat(frame.width_m / 2.0));
    let foot = BASE_MARGIN_CM / 100.0;
    let mesh = &mut kit.standing;
    let mut floor = frame.base_m;
    if floor > 0.0 {
        prism(mesh, STONE, &ring(foot - 0.1), (0.0, floor - 0.16));
        prism(mesh, COPING, &ring(foot), (floor - 0.16, floor));
        let edge = plan.half.y + foot;
        terrace::stair(mesh, &plan, edge, (0.0, floor), (STAIR_HALF_M, floor * 1.7));
        if frame.rails {
            let edge = ring(foot - 0.3);
            let gap = [-STAIR_HALF_M, STAIR_HALF_M].map(|x| plan.point(x, plan.half.y + foot - 0.3));
            rails(kit, &edge, gap, floor);
        }
    }
    let mesh = &mut kit.standing;
    let side = frame.width_m * (PI / f32::from(frame.sides)).tan();
    for storey in 0..frame.storeys {
        let last = storey + 1 == frame.storeys;
        let half = frame.width_m / 2.0 * SET_BACK.powi(i32::from(storey));
        let ring = |reach: f32| corners_m(at, facing, frame.sides, half + reach);
        let column = (side * 0.8).clamp(2.3, 4.0) * if storey == 0 { 1.0 } else { 0.42 };
        let brackets = (side * 0.2).clamp(0.45, 0.9);
        let open = frame.open && storey == 0;
        timber(mesh, &ring(0.0), (floor, column), open);
        hall::band(
            mesh,
            &ring(0.12),
            &ring(0.12 + brackets * 0.7),
            (floor + column, brackets),
        );
        let low = floor + column + brackets * 0.82;
        let reach = ((column + brackets) * 0.45 + 0.3).max(1.1);
        // Between brackets and roof no sky shows.
        let loft = Paint::new(Material::Plain, 0x3A_52_46);
        prism(mesh, loft, &ring(0.1), (floor + column - 0.02, low + reach * 0.3));
        let eaves = half + reach;
        let high = low + eaves * if last { 0.78 } else { 0.5 };
        pointed(mesh, &ring(reach), (at, reach / eaves), (low, high));
        if last {
            finial(mesh, at, high, eaves * 0.13);
        }
        floor = low + reach * 0.5;
    }
    kit.footprints.push(ring(0.0));
    kit.lamps.push(Lamp {
        at: plan.point(0.0, plan.half.y + foot + 1.0),
        strength: 0.6,
    });
    kit.floods.push(Flood {
        ring: ring(FLOOD_M),
        strength: 0.6,
    });
}

/// Half the width of the stair up to a pavilion or an altar, in metres.
pub const STAIR_HALF_M: f32 = 1.3;

/// An upright body over an outline, closed on top.
fn prism(mesh: &mut Mesh, paint: Paint, ring: &[Vec2], (low, high): (f32, f32)) {
    let mut along = 0.0;
    for (a, b) in polygon::sides(ring) {
        let corners = [lift(a, low), lift(b, low), lift(b, high), lift(a, high)];
        mesh.quad_at(paint, corners, vec2(along, low), [0.85, 1.0]);
        along += a.distance(b);
    }
    let mut rim = ring
        .iter()
        .map(|at| mesh.corner(paint, lift(*at, high), Vec3::Y, *at, 1.0));
    let (hub, mut before) = (rim.next(), rim.next());
    let fan: Vec<[u32; 3]> = rim
        .filter_map(|next| Some([hub?, before.replace(next)?, next]))
        .collect();
    for [a, b, c] in fan {
        mesh.triangle(a, b, c);
    }
}

/// Columns at the corners; lattice and beams between them, or beams alone.
fn timber(mesh: &mut Mesh, ring: &[Vec2], (floor, column): (f32, f32), open: bool) {
    for at in ring {
        let shaft = [
            (0.2, floor),
            (0.21, floor + column * 0.35),
            (0.17, floor + column),
        ];
        mesh.lathe(RED, *at, &shaft, 8);
    }
    let beam = floor + column * 0.84;
    for (a, b) in polygon::sides(ring) {
        if open {
            let (along, middle) = ((b - a).normalize_or(Vec2::X), (a + b) / 2.0);
            let half = vec2(a.distance(b) / 2.0, 0.12);
            mesh.block(GREEN, middle, along, half, (beam, floor + column));
        } else {
            let wall = [lift(a, floor), lift(b, floor), lift(b, beam), lift(a, beam)];
            mesh.quad_at(LATTICE, wall, Vec2::ZERO, [0.45, 0.3]);
            let high = floor + column;
            let out = (b - a).perp().normalize_or_zero() * -0.1;
            let face = [(a, beam), (b, beam), (b, high), (a, high)].map(|(at, y)| lift(at + out, y));
            mesh.quad_at(GREEN, face, Vec2::ZERO, [0.4, 0.35]);
        }
    }
}

/// A slope over each side up to one point; `under` is the share of the way in to the walls.
fn pointed(mesh: &mut Mesh, eaves: &[Vec2], (at, under): (Vec2, f32), (low, high): (f32, f32)) {
    let lifted = (eaves.first().map_or(0.0, |corner| corner.distance(at)) * 0.07).min(0.6);
    let tiles = Paint::new(Material::Tiles, roof::TILE);
    let soffit = Paint::new(Material::Plain, 0x4A_6E_60);
    for (a, b) in polygon::sides(eaves) {
        let wide = a.distance(b);
        let point = |u: f32, v: f32| {
            let edge = (u * 2.0 - 1.0).powi(4) * (1.0 - v) * (1.0 - v);
            let out = (1.0 - v) * (1.0 + 0.03 * edge);
            lift(
                at + (a.lerp(b, u) - at) * out,
                low + (high - low) * (0.6 * v + 0.4 * v * v) + lifted * edge,
            )
        };
        let up = (high - low).hypot(at.distance((a + b) / 2.0));
        // As long rows of tiles as the slope is wide, so that they run into the ridges.
        let along = |u: f32, v: f32| vec2((u - 0.5) * wide * (1.0 - v), v * up);
        mesh.patch(tiles, (12, 8), point, along, |_, _| 1.0);
        let inner = |u: f32, v: f32| {
            let rim = point(1.0 - u, 0.0);
            let keep = vec2(rim.x, rim.z).lerp(at, (under + 0.05) * v);
            lift(keep, rim.y - 0.22 + 0.35 * v)
        };
        mesh.patch(soffit, (12, 1), inner, |u, v| vec2(u * wide, v), |_, _| 0.45);
        roof::edge(mesh, roof::TILE_ENDS, &|u| point(u, 0.0));
        for k in 0..8 {
            let at = |n: i32| point(0.0, n as f32 / 8.0) + Vec3::Y * 0.14;
            mesh.bar(PLASTER, at(k), at(k + 1), (0.3, 0.3));
        }
    }
}

/// The jar of stone that closes a pointed roof.
pub fn finial(mesh: &mut Mesh, at: Vec2, low: f32, size: f32) {
    let jar = [
        (0.9, -0.2),
        (0.9, 0.3),
        (0.5, 0.5),
        (0.75, 1.0),
        (0.7, 1.5),
        (0.3, 1.9),
        (0.34, 2.1),
        (0.0, 2.6),
    ];
    mesh.lathe(DARK, at, &jar.map(|(r, y)| (r * size, low + y * size)), 10);
}

/// Rails along an outline, open where the gap in its first side is.
fn rails(kit: &mut Kit, ring: &[Vec2], [left, right]: [Vec2; 2], floor: f32) {
    for (k, (a, b)) in polygon::sides(ring).enumerate() {
        if k == 0 {
            terrace::rail(kit, a, left, floor);
            terrace::rail(kit, right, b, floor);
        } else {
            terrace::rail(kit, a, b, floor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn top(kit: &Kit) -> f32 {
        let heights = kit.standing.vertices.iter().map(|v| v.position[1]);
        heights.fold(0.0, f32::max)
    }

    fn pavilion(storeys: u8, open: bool) -> Kit {
        let mut kit = Kit::default();
        let frame = Frame {
            sides: 8,
            width_m: 8.4,
            base_m: 1.6,
            storeys,
            open,
            rails: true,
        };
        build(&mut kit, Vec2::ZERO, Heading(128), frame);
        kit
    }

    #[test]
    fn eight_sides_in_three_tiers_are_about_as_high_as_hwanggungu() {
        let high = top(&pavilion(3, false));
        assert!((13.0..18.0).contains(&high), "{high}");
        let low = top(&pavilion(1, false));
        assert!(high - low > 1.5, "{high} over {low}");
    }

    #[test]
    fn faces_look_outward() {
        // What nobody could see from outside, or only from within, would make a third of the surface look away.
        let kit = pavilion(1, false);
        let walls = kit
            .standing
            .vertices
            .iter()
            .filter(|v| v.material[0] == Material::Lattice as u8);
        let mut seen = 0;
        for corner in walls {
            let out = vec2(corner.position[0], corner.position[2]).normalize();
            let normal = vec2(f32::from(corner.normal[0]), f32::from(corner.normal[2])).normalize();
            assert!(out.dot(normal) > 0.8);
            seen += 1;
        }
        assert_eq!(seen, 8 * 4);
    }

    #[test]
    fn an_open_one_has_no_walls() {
        let is_wall = |v: &&crate::mesh::Vertex| v.material[0] == Material::Lattice as u8;
        assert_eq!(
            pavilion(1, true).standing.vertices.iter().filter(is_wall).count(),
            0
        );
    }
}
