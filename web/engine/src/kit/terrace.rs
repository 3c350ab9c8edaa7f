//! What carries a hall: tiers of squared stone with stairs and rails.

use glam::{Vec2, vec2};
use shared::city::measures::{STAIR_REACH_CM, STAIR_SHARE, TIER_CM, TIER_REACH_CM};

use super::hall::Frame;
use super::{Kit, lift};
use crate::mesh::{Material, Mesh, Paint};
use crate::polygon::Plan;

/// Squared stone, and the slabs over it.
pub const STONE: Paint = Paint::new(Material::Stone, 0xBD_B7_AA).with(42, 0);
pub const COPING: Paint = Paint::new(Material::Granite, 0xC6_C1_B5);

/// The tiers of a terrace, the widest below, and how high they are together.
pub fn build(kit: &mut Kit, plan: &Plan, frame: Frame) -> f32 {
    let [tall, reach] = [TIER_CM, TIER_REACH_CM].map(|cm| cm as f32 / 100.0);
    for k in 0..frame.terrace {
        let half = plan.half + 1.5 + reach * (frame.terrace - k) as f32;
        let heights = (tall * k as f32, tall * (k + 1) as f32);
        let wide = half.x * STAIR_SHARE;
        tier(&mut kit.standing, plan, half, heights);
        stair(
            &mut kit.standing,
            plan,
            half.y,
            heights,
            (wide, STAIR_REACH_CM / 100.0),
        );
        if frame.rails {
            rails(kit, plan, half - 0.3, heights.1, wide);
        }
    }
    tall * frame.terrace as f32
}

/// One tier: squared stone with a coping, slabs on top.
pub fn tier(mesh: &mut Mesh, plan: &Plan, half: Vec2, (low, high): (f32, f32)) {
    if high > low {
        mesh.block(STONE, plan.at, plan.right, half - 0.1, (low, high - 0.16));
        mesh.block(COPING, plan.at, plan.right, half, (high - 0.16, high));
    }
}

/// A stair down the front of something, between two cheeks.
pub fn stair(mesh: &mut Mesh, plan: &Plan, edge: f32, (low, high): (f32, f32), (wide, reach): (f32, f32)) {
    let stone = Paint::new(Material::Stone, 0xC2_BC_AF).with(60, 0);
    let steps = ((high - low) / 0.18).ceil();
    let (rise, tread) = ((high - low) / (steps + 1.0), reach / steps.max(1.0));
    for k in 0..steps as u32 {
        let out = edge + reach - (k as f32 + 0.5) * tread;
        let half = vec2(wide, tread / 2.0);
        let top = low + rise * (k + 1) as f32;
        mesh.block(stone, plan.point(0.0, out), plan.right, half, (low, top));
    }
    for side in [-1.0, 1.0] {
        let cheek = |out: f32, y: f32| lift(plan.point(wide * side, edge + out), y);
        mesh.bar(stone, cheek(reach, low), cheek(-0.2, high), (0.36, 0.36));
    }
}

/// Stone rails around a tier, with posts that end in buds; open where the stair is.
fn rails(kit: &mut Kit, plan: &Plan, half: Vec2, floor: f32, gap: f32) {
    let corner = |a: f32, b: f32| vec2(half.x * a, half.y * b);
    for (from, to) in [
        (corner(-1.0, 1.0), vec2(-gap, half.y)),
        (vec2(gap, half.y), corner(1.0, 1.0)),
        (corner(1.0, 1.0), corner(1.0, -1.0)),
        (corner(1.0, -1.0), corner(-1.0, -1.0)),
        (corner(-1.0, -1.0), corner(-1.0, 1.0)),
    ] {
        let [from, to] = [from, to].map(|p| plan.point(p.x, p.y));
        rail(kit, from, to, floor);
    }
}

/// A stretch of stone rail on a floor, with a post at each end.
pub fn rail(kit: &mut Kit, from: Vec2, to: Vec2, floor: f32) {
    let stone = Paint::new(Material::Plain, 0xC4_BF_B3);
    let (along, length) = ((to - from).normalize_or(Vec2::X), from.distance(to));
    let middle = (from + to) / 2.0;
    for (thick, heights) in [(0.11, (0.0, 0.14)), (0.08, (0.58, 0.76))] {
        let heights = (floor + heights.0, floor + heights.1);
        kit.standing
            .block(stone, middle, along, vec2(length / 2.0, thick), heights);
    }
    let spans = (length / 2.0).round().max(1.0);
    let mesh = &mut kit.detail;
    for k in 0..=spans as u32 {
        let at = from.lerp(to, k as f32 / spans);
        mesh.block(stone, at, along, Vec2::splat(0.13), (floor, floor + 0.9));
        let bud = [(0.09, floor + 0.9), (0.15, floor + 1.02), (0.03, floor + 1.2)];
        mesh.lathe(stone, at, &bud, 6);
        let foot = at + along * (length / spans / 2.0);
        if (k as f32) < spans {
            mesh.block(stone, foot, along, vec2(0.16, 0.09), (floor + 0.14, floor + 0.58));
        }
    }
}
