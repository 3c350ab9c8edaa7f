//! What lies: areas and streets, in layers so that none flickers through another.

use glam::{Vec2, vec2};
use shared::{
    city::{Kit as Part, Place, Surface},
    order::sort_by_number,
};

use super::{Kit, lift, m, road};
use crate::mesh::{Material, Mesh, Paint};
use crate::polygon;

/// Layers from below: a surface higher in the list lies over those before it.
const LAYERS: [Surface; 9] = [
    Surface::Asphalt,
    Surface::Earth,
    Surface::Water,
    Surface::Paving,
    Surface::Granite,
    Surface::Marble,
    Surface::Crossing,
    Surface::Planks,
    Surface::Lawn,
];
/// How deep the lowest layer lies, in metres: low enough to be apart from the highest (at 0, where people stand) at
/// half a kilometre, high enough that nobody seems to float over asphalt.
const DEEPEST_M: f32 = 0.10;

/// How much what lies on the land below a hilltop is raised above its plain, in metres: less cannot be told apart from
/// kilometres away.
const RAISED_M: f32 = 5.0;

/// How a surface is painted.
pub fn paint(surface: Surface) -> Paint {
    match surface {
        Surface::Lawn => Paint::new(Material::Lawn, 0x6E_8F_4E),
        Surface::Granite => Paint::new(Material::Granite, 0xB4_AE_A4),
        Surface::Marble => Paint::new(Material::Granite, 0xEC_E9_E2),
        Surface::Paving => Paint::new(Material::Paving, 0xA2_9A_8E),
        Surface::Asphalt => Paint::new(Material::Asphalt, 0x66_66_66),
        Surface::Crossing => Paint::new(Material::Crossing, 0x66_66_66),
        Surface::Earth => Paint::new(Material::Earth, 0xC2_AE_8C),
        Surface::Water => Paint::new(Material::Water, 0x3E_5A_60),
        Surface::Planks => Paint::new(Material::Planks, 0xA8_80_58),
    }
}

/// Builds all that lies, topmost first, since what it covers need not be painted.
pub fn build(kit: &mut Kit, place: &Place) {
    let mut lying: Vec<(usize, u32, &Part)> = place
        .parts
        .iter()
        .filter_map(|part| {
            let (surface, width) = match &part.kit {
                Part::Ground { surface, .. } => (*surface, 0),
                Part::Road {
                    surface, width_cm, ..
                } => (*surface, *width_cm),
                _ => return None,
            };
            let layer = LAYERS.iter().position(|layer| *layer == surface).unwrap_or(0);
            Some((layer, width, &part.kit))
        })
        .collect();
    // Wider streets lie over narrower ones, so that their lines run on at a crossing.
    sort_by_number(&mut lying, |(layer, width, _)| {
        (*layer as u64) << 32 | u64::from(*width)
    });
    let count = lying.len().max(1) as f32;
    for (order, (_, _, part)) in lying.iter().enumerate().rev() {
        let floor = if place.looks_down_on(part) {
            RAISED_M - m(place.above_cm)
        } else {
            0.0
        };
        let y = floor - DEEPEST_M * (1.0 - (order + 1) as f32 / count);
        match part {
            Part::Ground { outline, surface } => {
                area(&mut kit.ground, paint(*surface), &polygon::outline_m(outline), y);
            }
            Part::Road {
                path,
                width_cm,
                surface,
                lanes,
            } => {
                let path: Vec<Vec2> = path.iter().map(|p| p.to_m()).collect();
                road::build(&mut kit.ground, &path, m(*width_cm), *surface, *lanes, y);
            }
            _ => {}
        }
    }
}

/// A flat area. Its pattern runs along its longest edge.
pub fn area(mesh: &mut Mesh, paint: Paint, ring: &[Vec2], y: f32) {
    let edges = ring.iter().zip(ring.iter().cycle().skip(1));
    let longest = edges
        .map(|(a, b)| *b - *a)
        .max_by(|a, b| a.length().total_cmp(&b.length()));
    let along = longest.unwrap_or(Vec2::X).normalize_or(Vec2::X);
    let first = mesh.vertices.len() as u32;
    for p in ring {
        let uv = vec2(p.dot(along), p.dot(along.perp()));
        mesh.corner(paint, lift(*p, y), glam::Vec3::Y, uv, 1.0);
    }
    for [a, b, c] in polygon::triangles(ring) {
        mesh.triangle(first + a as u32, first + b as u32, first + c as u32);
    }
}
