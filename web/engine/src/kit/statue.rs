//! Statues on plinths: a king on his throne, an admiral in armour, the guardian haetae, a great bell.
//!
//! Each is a table of bodies, two hundred units high, looking to the front (+z), with its left hand at +x.

mod admiral;
mod bell;
mod haetae;
mod king;

use glam::{Vec2, vec2};
use shared::city::Subject;
use shared::space::Heading;

use super::Kit;
use super::tube::{self, Ring, Stance};
use crate::ground_map::{Flood, Lamp};
use crate::mesh::{Material, Paint};
use crate::polygon::Plan;

/// Units of a table from foot to top.
const UNITS: f32 = 200.0;

const fn plain(colour: u32) -> Paint {
    Paint::new(Material::Plain, colour)
}

/// Body, what catches the light on it, and what lies deep.
const GILT: [Paint; 3] = [plain(0xA4_84_46), plain(0xC2_A0_5A), plain(0x7E_62_33)];
const BRONZE: [Paint; 3] = [plain(0x4C_4E_44), plain(0x64_64_54), plain(0x36_38_33)];
const GRANITE: [Paint; 3] = [plain(0xB7_B2_A5), plain(0xC9_C4_B7), plain(0x6B_67_5F)];
const BELL: [Paint; 3] = [plain(0x4A_4C_40), plain(0x66_66_50), plain(0x7D_3A_2C)];

/// Builds one on its plinth.
pub fn build(kit: &mut Kit, at: Vec2, facing: Heading, figure: Subject, height: f32, base: f32) {
    let (limbs, paints) = match figure {
        Subject::King => (king::LIMBS, GILT),
        Subject::Admiral => (admiral::LIMBS, BRONZE),
        Subject::Haetae => (haetae::LIMBS, GRANITE),
        Subject::Bell => (bell::LIMBS, BELL),
    };
    let half = Vec2::from(figure.plinth()) * height;
    let plan = Plan::new(at, facing, half);
    let tall = base > height;
    plinth(kit, &plan, base, tall);
    if tall && figure == Subject::Admiral {
        let ship = Stance {
            plan: Plan {
                at: plan.point(0.0, half.y * 0.78),
                ..plan
            },
            foot: base * 0.18,
            unit: height / 1_000.0,
        };
        tube::figure(&mut kit.detail, admiral::SHIP, &paints, ship, 0);
    }
    let stance = Stance {
        plan,
        foot: base,
        unit: height / UNITS,
    };
    for (mesh, fine) in [(&mut kit.detail, 0), (&mut kit.coarse, 4), (&mut kit.shapes, 8)] {
        tube::figure(mesh, limbs, &paints, stance, fine);
    }
    // Lit from its foot at night.
    for x in [-0.6, 0.6] {
        kit.lamps.push(Lamp {
            at: plan.point(half.x * x, half.y + 1.2),
            strength: 0.7,
        });
    }
    kit.footprints.push(plan.corners(half).to_vec());
    kit.floods.push(Flood {
        ring: plan.corners(half + 1.5).to_vec(),
        strength: 0.8,
    });
}

/// A foot, a battered shaft, and a slab that reaches out over it. A tall one stands on a podium that leaves room in
/// front for what the figure is known by.
fn plinth(kit: &mut Kit, plan: &Plan, base: f32, tall: bool) {
    if base < 0.05 {
        return;
    }
    let stone = Paint::new(Material::Stone, 0xB9_B4_A8).with(60, 0);
    let (foot, shaft) = if tall {
        (base * 0.18, vec2(0.72, 0.60))
    } else {
        ((base * 0.12).min(0.45), Vec2::splat(0.92))
    };
    let slab = base - (base * 0.1).min(0.4);
    for (share, heights) in [(Vec2::ONE, (0.0, foot)), (shaft + 0.03, (slab, base))] {
        kit.standing
            .block(stone, plan.at, plan.right, plan.half * share, heights);
    }
    // In centimetres, as a figure's table: so its faces can lean.
    let ring = |share: Vec2, y: f32| -> Ring {
        let half = plan.half * share;
        [0.0, y, 0.0, half.x, half.y].map(|m| (m * 100.0).round() as i16)
    };
    let stance = Stance {
        plan: *plan,
        foot: 0.0,
        unit: 0.01,
    };
    let rings = [ring(shaft, foot), ring(shaft - 0.06, slab)];
    tube::tube(&mut kit.standing, stone, stance, &rings, 4);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::{Mesh, tests::inside_out};

    const SUBJECTS: [Subject; 4] = [Subject::King, Subject::Admiral, Subject::Haetae, Subject::Bell];

    fn statue(figure: Subject) -> Kit {
        let mut kit = Kit::default();
        build(&mut kit, Vec2::ZERO, Heading(128), figure, 6.0, 4.0);
        kit
    }

    fn height(mesh: &Mesh) -> f32 {
        mesh.vertices.iter().map(|v| v.position[1]).fold(0.0, f32::max)
    }

    #[test]
    fn each_figure_is_as_high_as_it_is_told_near_and_far() {
        for figure in SUBJECTS {
            let kit = statue(figure);
            for mesh in [&kit.detail, &kit.coarse, &kit.shapes] {
                let top = height(mesh);
                assert!((top - 10.0).abs() < 0.35, "{figure:?} ends at {top} m");
            }
            assert!(
                (height(&kit.standing) - 4.0).abs() < 0.01,
                "its plinth carries it"
            );
        }
    }

    #[test]
    fn faces_turn_outward_and_are_few() {
        for figure in SUBJECTS {
            let kit = statue(figure);
            let triangles = [&kit.detail, &kit.coarse, &kit.shapes].map(|mesh| mesh.indices.len() / 3);
            assert!(triangles[0] <= 2_500, "{figure:?}: {triangles:?}");
            assert!(
                triangles[1] < triangles[0] && triangles[2] < triangles[1],
                "{figure:?}: {triangles:?}"
            );
            assert_eq!(inside_out(&kit.standing), 0, "{figure:?}");
            let wrong = inside_out(&kit.detail);
            assert!(wrong * 50 < triangles[0], "{figure:?}: {wrong} of {triangles:?}");
        }
    }

    #[test]
    fn nothing_reaches_out_of_what_walkers_are_kept_from() {
        for figure in SUBJECTS {
            let [width, depth] = figure.plinth().map(|share| share * 6.0);
            for vertex in &statue(figure).detail.vertices {
                let [x, y, z] = vertex.position;
                assert!(
                    x.abs() < width + 0.01 && z.abs() < depth + 0.01,
                    "{figure:?} at {x}, {y}, {z}"
                );
            }
        }
    }
}
