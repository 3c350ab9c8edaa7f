//! A smooth closed body of metal panels that leans out over a low ground floor of glass, and bridges over passages.

use glam::{FloatExt as _, Vec2, Vec3, vec2};
use shared::city::hull::{FOOT_SHARE, Hull, Section};

use super::{Kit, lift};
use crate::{
    ground_map::Flood,
    mesh::{Material, Paint},
};

/// Height of the glass below the panels, in metres; at the ends of the body a share of its height.
const GLASS_M: f32 = 3.4;
const GLASS_SHARE: f32 = 0.3;
/// Height of a panel, in centimetres.
const PANEL_CM: u8 = 150;
/// How far around it the ground is lit at night, in metres.
const FLOOD_M: f32 = 5.0;
/// How much its lower side rises towards the middle, of its height above the ground.
const SOFFIT_BULGE: f32 = 0.12;
/// Points of a section, from one foot over the top to the other.
const ROWS: u32 = 22;
/// Up to which share of the way to the ridge the sides lean out.
const LEANS: f32 = 0.34;

/// Builds one.
pub fn build(kit: &mut Kit, hull: &Hull) {
    let sections: Vec<Section> = hull.sections.iter().map(in_metres).collect();
    let last = sections.len() - 1;
    let at = |u: f32| {
        let along = (u * last as f32).min(last as f32 - 1e-3);
        let (a, b) = (sections[along as usize], sections[along as usize + 1]);
        let t = along.fract();
        Section {
            middle: a.middle.lerp(b.middle, t),
            right: a.right.lerp(b.right, t),
            half: a.half.lerp(b.half, t),
            height: a.height.lerp(b.height, t),
            clear: a.clear.lerp(b.clear, t),
        }
    };
    let length: f32 = sections
        .windows(2)
        .map(|pair| pair[0].middle.distance(pair[1].middle))
        .sum();
    let girth = sections.iter().fold(0.0_f32, |most, section| {
        most.max(section.half * 2.0 + section.height)
    });
    let columns = last as u32;
    let panels = Paint::new(Material::Stone, 0xC4_C9_CE).with(PANEL_CM, 0);
    let mesh = &mut kit.standing;
    mesh.patch(
        panels,
        (columns, ROWS),
        |u, v| skin(&at(u), v),
        |u, v| vec2(u * length, v * girth),
        |_, v| 0.66 + 0.34 * (to_ridge(v) * 3.0).min(1.0),
    );
    let soffit = Paint::new(Material::Stone, 0xA8_AE_B4).with(PANEL_CM, 0);
    let glass = Paint::new(Material::Glass, 0x4A_54_5C).with(34, 18);
    for side in [1.0, -1.0] {
        mesh.patch(
            glass,
            (columns, 1),
            |u, v| {
                // Columns run to the right of whoever looks at it.
                let section = at(if side > 0.0 { u } else { 1.0 - u });
                let y = section.clear.lerp(base_m(&section), v);
                lift(section.foot(side), y)
            },
            |u, v| vec2(u * length, v * GLASS_M),
            |_, _| 0.7,
        );
    }
    // Where it stands, its lower side lies on the ground, behind the glass.
    mesh.patch(
        soffit,
        (columns, 6),
        |u, v| {
            let section = at(u);
            // Seen from below: what is to the left of whoever looks along the line comes first.
            let side = v * 2.0 - 1.0;
            let bulge = SOFFIT_BULGE * section.clear * (1.0 - side * side);
            lift(section.foot(side), section.clear + bulge)
        },
        |u, v| vec2(u * length, v * girth),
        |_, v| 0.45 + 0.3 * (v * 2.0 - 1.0).abs(),
    );
    for part in hull.standing() {
        let part: Vec<Section> = part.iter().map(in_metres).collect();
        kit.footprints.push(outline(&part, 0.0));
    }
    kit.floods.push(Flood {
        ring: outline(&sections, FLOOD_M),
        strength: 0.45,
    });
}

fn in_metres(section: &Section) -> Section {
    Section {
        middle: section.middle / 100.0,
        right: section.right,
        half: section.half / 100.0,
        height: section.height / 100.0,
        clear: section.clear / 100.0,
    }
}

/// A point of the skin of a section, from its right foot over the ridge to its left one.
fn skin(section: &Section, v: f32) -> Vec3 {
    let t = to_ridge(v);
    let quarter = std::f32::consts::FRAC_PI_2;
    let out = if t < LEANS {
        FOOT_SHARE + (1.0 - FOOT_SHARE) * (t / LEANS * quarter).sin()
    } else {
        ((t - LEANS) / (1.0 - LEANS) * quarter).cos().max(0.0).powf(0.8)
    };
    let base = base_m(section);
    let y = base + (section.height - base) * (t * quarter).sin().powf(0.9);
    let side = if v < 0.5 { 1.0 } else { -1.0 };
    lift(section.middle + section.right * (side * out * section.half), y)
}

/// How far towards the ridge, 0 at both feet.
fn to_ridge(v: f32) -> f32 {
    1.0 - (2.0 * v - 1.0).abs()
}

/// Where its panels begin: above the glass, or at its lower side where that is higher.
fn base_m(section: &Section) -> f32 {
    GLASS_M.min(section.height * GLASS_SHARE).max(section.clear)
}

/// What it stands on, and so much around it.
fn outline(sections: &[Section], around: f32) -> Vec<Vec2> {
    let side = |section: &Section, side: f32| section.foot(side) + section.right * (side * around);
    let right = sections.iter().map(|section| side(section, 1.0));
    let left = sections.iter().rev().map(|section| side(section, -1.0));
    right.chain(left).collect()
}

#[cfg(test)]
mod tests {
    use glam::vec3;
    use shared::space::Point;

    use super::*;
    use crate::{
        kit::Grade,
        mesh::tests::{hits, inside_out},
    };

    #[test]
    fn one_looks_below_it_where_it_is_clear_of_the_ground() {
        let path = [0, 3_000, 6_000, 9_000, 12_000].map(|x| Point::new(x, 0));
        let body = |clear_cm: &[u32]| {
            let mut kit = Kit::new(Grade::Near);
            build(
                &mut kit,
                &Hull::along(&path, &[3_000; 5], &[2_000; 5], clear_cm).unwrap(),
            );
            assert_eq!(inside_out(&kit.standing), 0);
            kit
        };
        let across = |kit: &Kit, x: f32, y: f32| hits(&kit.standing, vec3(x, y, 40.0), vec3(x, y, -40.0));
        let (bridge, closed) = (body(&[0, 0, 800, 0, 0]), body(&[]));
        assert_eq!((across(&bridge, 60.01, 1.5), across(&closed, 60.01, 1.5)), (0, 2));
        for (x, y) in [(60.01, 14.0), (25.01, 1.5), (95.01, 1.5)] {
            assert_eq!(across(&bridge, x, y), 2, "{x} {y}");
        }
        // From below one sees its lower side, not the sky.
        assert_eq!(
            hits(&bridge.standing, vec3(60.01, 1.5, 0.01), vec3(60.01, 12.0, 0.01)),
            1
        );
        assert_eq!((bridge.footprints.len(), closed.footprints.len()), (2, 1));
    }
}
