//! The sides of a hilltop: woods that fall away from the bounds to the land around.

use std::f32::consts::TAU;

use glam::{Vec2, Vec3, vec2, vec3};
use shared::city::Place;

use super::{Kit, hill::noise, lift, m, scatter, tree};
use crate::mesh::{Material, Paint};
use crate::{place, polygon};

/// How far the foot is from the edge of the top, in heights of the hill.
pub const REACH: f32 = 3.0;

/// How high the wall is that the top ends in, in metres: crowns stay below the eyes of those who look out.
const WALL_M: f32 = 5.0;

/// Crowns that are made one by one, near the edge, and how far down the slope they stand, in metres.
const CROWNS: u32 = 1_300;
const CROWNS_M: f32 = 190.0;

/// Builds them around the bounds.
pub fn build(kit: &mut Kit, place: &Place) {
    const SIDES: u32 = 72;
    const RINGS: u32 = 18;
    let top = polygon::outline_m(&place.bounds);
    let [low, high] = place::bounds(place);
    let middle = (low + high) / 2.0;
    let height = m(place.above_cm);
    let reach = height * REACH;
    let edge = |way: Vec2| edge_m(&top, middle, way);
    let fall = |way: Vec2, beyond: f32| {
        let share = (beyond / reach).min(1.0);
        let rough =
            noise(way * 3.1 + share * 7.0 + 40.0, 5) + 0.5 * noise(way * 9.0 + share * 19.0, 9) - 0.75;
        WALL_M + (height - WALL_M) * (1.0 - (1.0 - share).powf(1.8)) + rough * 34.0 * share * (1.0 - share)
    };
    let paint = Paint::new(Material::Hill, 0x5F_6B_56);
    let point = |u: f32, v: f32| {
        let way = Vec2::from_angle(-u * TAU);
        // Rings lie closer towards the top.
        let beyond = (1.0 - v).powi(2) * reach;
        lift(middle + way * (edge(way) + beyond), -fall(way, beyond))
    };
    kit.far.patch(paint, (SIDES, RINGS), point, vec2, |_, _| 1.0);
    // The wall that holds the top.
    let stone = Paint::new(Material::Stone, 0xA8_A2_96).with(45, 0);
    for (from, to) in polygon::sides(&top) {
        let corners = [
            lift(from, -WALL_M - 4.0),
            lift(to, -WALL_M - 4.0),
            lift(to, -0.02),
            lift(from, -0.02),
        ];
        kit.far.quad_at(stone, corners, Vec2::ZERO, [0.7, 1.0]);
    }
    for k in 0..CROWNS {
        let r = |which: u32| scatter(k * 8 + which, 0x51);
        let way = Vec2::from_angle(r(0) * TAU);
        let beyond = 3.0 + CROWNS_M * r(1) * r(1);
        let at = middle + way * (edge(way) + beyond);
        crown(kit, at, -fall(way, beyond), k);
    }
}

/// One crown, its trunk among the others' leaves.
fn crown(kit: &mut Kit, at: Vec2, foot: f32, k: u32) {
    let r = |which: u32| scatter(k * 8 + which, 0x52);
    let is_pine = r(1) < 0.35;
    let leaves = Paint::new(Material::Leaves, 0xFF_FF_FF)
        .with(u8::from(is_pine), 0)
        .seeded((r(2) * 255.0) as u8);
    let half = vec3(2.0 + 1.3 * r(3), 1.7 + 1.2 * r(4), 2.0 + 1.3 * r(5));
    let middle = lift(at, foot + half.y * 0.8);
    tree::cluster::<4, 7>(&mut kit.far, leaves, middle, half, middle - Vec3::Y * 3.0, k);
}

/// How far the edge of an outline is from a point inside it, in a direction; 0 if it has no edge there.
fn edge_m(outline: &[Vec2], from: Vec2, way: Vec2) -> f32 {
    polygon::sides(outline)
        .filter_map(|(a, b)| {
            let along = b - a;
            let turn = way.perp_dot(along);
            let (far, share) = ((a - from).perp_dot(along) / turn, (a - from).perp_dot(way) / turn);
            (far > 0.0 && (0.0..=1.0).contains(&share)).then_some(far)
        })
        .fold(0.0, f32::max)
}
