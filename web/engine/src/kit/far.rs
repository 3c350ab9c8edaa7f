//! The city beyond the place: quiet blocks out of a number, so that the horizon does not end in nothing, on a plain
//! that reaches to the haze. They stand for no building in particular.

use glam::{Vec2, vec2};
use shared::city::{self, Place};

use super::{Kit, lift, m, mixed, scatter, slope};
use crate::mesh::{Material, Paint};
use crate::{
    place::{self, Spray},
    polygon,
};

/// How far the blocks reach beyond the place, in metres; from a hilltop one sees farther.
const REACH_M: f32 = 1_500.0;
const REACH_FROM_ABOVE_M: f32 = 5_600.0;
/// From how far on a block in four is enough.
const SPARSE_M: f32 = 3_200.0;
/// Side of the grid they stand on, in metres.
const GRID_M: f32 = 74.0;
/// How far the plain reaches, in metres; what one sees beyond it from a hilltop, rising to the horizon.
const PLAIN_M: f32 = 9_000.0;
const HORIZON_M: f32 = 13_500.0;

/// Builds them around what is near.
pub fn build(kit: &mut Kit, place: &Place) {
    let [low, high] = place::bounds(place);
    let floor = -m(place.above_cm);
    let (low, high) = (low - 60.0, high + 60.0);
    let plain = Paint::new(Material::Plain, 0x84_82_7C);
    let middle = (low + high) / 2.0;
    let rings = [
        (HORIZON_M, floor / 4.0),
        (PLAIN_M, floor - 0.4),
        (PLAIN_M * 0.999, floor - 0.12),
    ];
    let seen = if floor < 0.0 { &rings[..] } else { &rings[1..] };
    kit.far.lathe(plain, middle, seen, 32);
    let mut hills = hills(place);
    let open = open_land(place);
    if floor < 0.0 {
        hills.push((middle, (high - low).length() / 2.0 - floor * slope::REACH * 0.85));
    }
    let reach = if floor < 0.0 { REACH_FROM_ABOVE_M } else { REACH_M };
    let half = ((high - low) / 2.0 + reach) / GRID_M;
    let (columns, rows) = (half.x.ceil() as i32, half.y.ceil() as i32);
    for row in -rows..=rows {
        for column in -columns..=columns {
            let (a, b) = (column as u32, row as u32);
            let shift = vec2(scatter(a, b) - 0.5, scatter(b, a) - 0.5) * 18.0;
            let at = middle + vec2(column as f32, row as f32) * GRID_M + shift;
            let outside = (low - at).max(at - high).max_element();
            // Farther off fewer stand for many.
            let is_afar = outside > REACH_M;
            let sparse = is_afar && (column + row) % 2 != 0 || outside > SPARSE_M && column % 2 != 0;
            if !(30.0..=reach).contains(&outside)
                || sparse
                || scatter(a ^ 0x55, b) < 0.12
                || on_a_hill(&hills, at)
                || open.iter().any(|outline| polygon::contains(outline, at))
            {
                continue;
            }
            if place.past.is_some() {
                cottage(kit, at, (a, b));
            } else {
                block(kit, at, floor, outside / reach, (a, b));
                if floor < 0.0 && !is_afar {
                    street_light(kit, at + GRID_M / 2.0, floor);
                    villas(kit, at + GRID_M / 2.0, floor, (a, b));
                }
            }
        }
    }
}

/// Summits of a place's hills, and how far around them nothing is put.
fn hills(place: &Place) -> Vec<(Vec2, f32)> {
    let hills = place.parts.iter().filter_map(|part| match &part.kit {
        city::Kit::Hill { at, radius_cm, .. } => Some((at.to_m(), m(*radius_cm) * 0.72)),
        _ => None,
    });
    hills.collect()
}

/// What lies open on the land below a hilltop.
fn open_land(place: &Place) -> Vec<Vec<Vec2>> {
    let open = place.parts.iter().filter_map(|part| match &part.kit {
        city::Kit::Ground { outline, .. } if place.looks_down_on(&part.kit) => {
            Some(polygon::outline_m(outline))
        }
        _ => None,
    });
    open.collect()
}

fn on_a_hill(hills: &[(Vec2, f32)], at: Vec2) -> bool {
    hills.iter().any(|(summit, around)| summit.distance(at) < *around)
}

fn block(kit: &mut Kit, at: Vec2, floor: f32, outside: f32, (a, b): (u32, u32)) {
    let r = |k: u32| scatter(a.wrapping_mul(7) ^ k, b.wrapping_mul(13) ^ k);
    let tall = r(1) * r(1);
    let height = 9.0 + 52.0 * tall * (1.0 - outside * 0.55);
    let half = vec2(13.0 + 17.0 * r(2), 13.0 + 17.0 * r(3));
    let colour = mixed(mixed(0xBC_B4_A6, 0x8F_92_92, r(4)), 0xA8_86_70, r(5) * 0.35);
    let paint = Paint::new(Material::Far, colour).seeded((r(6) * 255.0) as u8);
    upright(kit, paint, at, half, (floor, height));
}

/// The light of a street, as it is seen from above.
fn street_light(kit: &mut Kit, at: Vec2, floor: f32) {
    kit.sprays.push(Spray {
        at: lift(at, floor + 7.0),
        size: Vec2::splat(16.0),
        colour: [0xFF, 0xB8, 0x60, 0x90],
        water: false,
        seed: 0,
    });
}

/// Low houses between the blocks, seen from above.
fn villas(kit: &mut Kit, at: Vec2, floor: f32, (a, b): (u32, u32)) {
    for k in 0..3 {
        let r = |which: u32| scatter(a.wrapping_mul(11) ^ (k * 16 + which), b.wrapping_mul(5) ^ which);
        let colour = mixed(mixed(0xA8_6E_58, 0xC4_BE_B2, r(1)), 0x6E_7C_70, r(2) * 0.6);
        let paint = Paint::new(Material::Far, colour).seeded((r(3) * 255.0) as u8);
        let (aside, half) = (
            vec2(r(4) - 0.5, r(5) - 0.5) * 52.0,
            vec2(6.0 + 6.0 * r(6), 6.0 + 6.0 * r(7)),
        );
        upright(kit, paint, at + aside, half, (floor, 7.0 + 7.0 * r(8)));
    }
}

/// What stood there before all that: a low roof of straw, seldom of tiles.
fn cottage(kit: &mut Kit, at: Vec2, (a, b): (u32, u32)) {
    let r = |k: u32| scatter(a.wrapping_mul(7) ^ k, b.wrapping_mul(13) ^ k);
    let colour = if r(4) < 0.75 { 0xA8_90_5E } else { 0x4C_52_5A };
    let half = vec2(5.0 + 5.0 * r(2), 4.0 + 3.0 * r(3));
    upright(
        kit,
        Paint::new(Material::Plain, colour),
        at,
        half,
        (0.0, 3.4 + 1.4 * r(1)),
    );
}

fn upright(kit: &mut Kit, paint: Paint, at: Vec2, half: Vec2, (floor, height): (f32, f32)) {
    let ring = [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)].map(|(x, z)| at + half * vec2(x, z));
    for k in 0..4 {
        let (from, to) = (ring[k], ring[(k + 1) % 4]);
        let corners = [
            lift(from, floor - 0.3),
            lift(to, floor - 0.3),
            lift(to, floor + height),
            lift(from, floor + height),
        ];
        kit.far.quad_at(paint, corners, Vec2::ZERO, [0.75, 1.0]);
    }
    kit.far.quad(paint, ring.map(|p| lift(p, floor + height)));
}
