//! Round altars of stone in tiers, under the open sky or a golden tent roof.

use std::f32::consts::PI;

use glam::Vec2;
use shared::city::measures::{ALTAR_TIER_CM, STAIR_REACH_CM, corners_m};
use shared::space::Heading;

use super::Kit;
use super::pavilion::{FLOOD_M, GREEN, RED, STAIR_HALF_M, finial};
use super::terrace::{self, COPING, STONE};
use crate::ground_map::Flood;
use crate::mesh::{Material, Mesh, Paint};
use crate::polygon::Plan;

/// Builds a round altar: tiers of stone, each half as wide as the one below, with a stair in each of the four directions,
/// and at will a golden tent roof over the uppermost.
pub fn build(kit: &mut Kit, at: Vec2, facing: Heading, radius_m: f32, tiers: u8, canopy: bool) {
    const SIDES: u32 = 48;
    let tall = ALTAR_TIER_CM as f32 / 100.0;
    let mut radius = radius_m;
    for tier in 0..tiers {
        let (low, high) = (tall * f32::from(tier), tall * f32::from(tier + 1));
        let mesh = &mut kit.standing;
        mesh.lathe(
            STONE,
            at,
            &[(radius - 0.1, low), (radius - 0.1, high - 0.16)],
            SIDES,
        );
        mesh.lathe(COPING, at, &[(radius, high - 0.16), (radius, high)], SIDES);
        // Each quarter's rails end beside the stairs.
        let (quarter, gap) = (PI / 2.0, ((STAIR_HALF_M + 0.2) / radius).min(0.6));
        for k in 0..4 {
            let turned = Heading(facing.0.wrapping_add(64 * k));
            let plan = Plan::new(at, turned, Vec2::splat(radius));
            let reach = STAIR_REACH_CM / 100.0;
            terrace::stair(
                &mut kit.standing,
                &plan,
                radius,
                (low, high),
                (STAIR_HALF_M, reach),
            );
            let spans = (radius * 0.6).ceil().max(2.0);
            let rim = |n: f32| {
                let angle = gap + (quarter - 2.0 * gap) * n / spans;
                plan.point((radius - 0.3) * angle.sin(), (radius - 0.3) * angle.cos())
            };
            for n in 0..spans as u32 {
                terrace::rail(kit, rim(n as f32), rim(n as f32 + 1.0), high);
            }
        }
        radius /= 2.0;
    }
    if canopy {
        tent(
            &mut kit.standing,
            at,
            facing,
            radius * 2.0 - 0.8,
            tall * f32::from(tiers),
        );
    }
    let ring = |reach: f32| corners_m(at, facing, 16, radius_m + reach);
    kit.footprints.push(ring(0.0));
    kit.floods.push(Flood {
        ring: ring(FLOOD_M),
        strength: 0.5,
    });
}

/// A cone of gilded boards on eight red columns.
fn tent(mesh: &mut Mesh, at: Vec2, facing: Heading, radius: f32, floor: f32) {
    let gold = Paint::new(Material::Plain, 0xC9_9A_36);
    let eaves = floor + 3.4;
    for foot in corners_m(at, facing, 8, radius * 0.8) {
        mesh.lathe(RED, foot, &[(0.2, floor), (0.16, eaves)], 8);
    }
    mesh.lathe(
        GREEN,
        at,
        &[(radius * 0.86, eaves - 0.5), (radius * 0.92, eaves)],
        24,
    );
    let cone = [
        (radius + 0.6, eaves - 0.3),
        (radius + 0.62, eaves - 0.12),
        (radius * 0.62, eaves + radius * 0.34),
        (radius * 0.3, eaves + radius * 0.72),
        (0.16, eaves + radius * 1.15),
    ];
    mesh.lathe(gold, at, &cone, 32);
    finial(mesh, at, eaves + radius * 1.15 - 0.1, radius * 0.1);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn top(kit: &Kit) -> f32 {
        let heights = kit.standing.vertices.iter().map(|v| v.position[1]);
        heights.fold(0.0, f32::max)
    }

    #[test]
    fn an_altar_is_as_wide_and_high_as_told() {
        let mut kit = Kit::default();
        build(&mut kit, Vec2::ZERO, Heading(128), 22.0, 3, false);
        let reach = kit
            .standing
            .vertices
            .iter()
            .map(|v| v.position[0])
            .fold(0.0, f32::max);
        assert!((reach - 22.0 - STAIR_REACH_CM / 100.0).abs() < 0.5, "{reach}");
        assert!(
            (top(&kit) - 3.0 * ALTAR_TIER_CM as f32 / 100.0 - 0.76).abs() < 0.3,
            "{}",
            top(&kit)
        );
    }
}
