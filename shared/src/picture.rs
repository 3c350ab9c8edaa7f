//! A place as a small vector picture: the first screen's picture and the base layer of the map.

use std::fmt::Write as _;

use glam::{Vec2, vec2};

use crate::{
    city::{Kit, Place, Surface},
    space::Point,
};

/// SVG elements (no outer `<svg>`) of the ground, water, streets, buildings and trees of a place inside a window, in
/// metres, x to the east and y to the south. `window_m` is left, top, width, height.
///
/// Classes, not colours, so that the style sheet decides: `m-ground`, `m-lawn`, `m-water`, `m-road`, `m-crossing`,
/// `m-building`, `m-landmark`, `m-wall`, `m-tree`, `m-hill`.
pub fn svg(place: &Place, window_m: [f32; 4]) -> String {
    let [left, top, width, height] = window_m;
    let (low, high) = (vec2(left, top), vec2(left + width, top + height));
    let mut out = String::new();
    // Trees and roofs come after all ground, whatever their order in the pack.
    for layer in 0..3 {
        for part in &place.parts {
            draw(&part.kit, layer, low, high, &mut out);
        }
    }
    out
}

fn draw(kit: &Kit, layer: u8, low: Vec2, high: Vec2, out: &mut String) {
    match (layer, kit) {
        (0, Kit::Ground { outline, surface }) => {
            let class = match surface {
                Surface::Lawn => "m-lawn",
                Surface::Water => "m-water",
                Surface::Asphalt => "m-road",
                _ => "m-ground",
            };
            polygon(class, outline, low, high, out);
        }
        (
            0,
            Kit::Road {
                path,
                width_cm,
                surface,
                ..
            },
        ) => {
            let class = match surface {
                Surface::Crossing => "m-crossing",
                Surface::Asphalt => "m-road",
                _ => "m-path",
            };
            line(class, path, *width_cm, low, high, out);
        }
        (0, Kit::Hill { at, radius_cm, .. }) => {
            circle("m-hill", *at, *radius_cm as f32 / 100.0, low, high, out);
        }
        (1, Kit::Building { outline, .. }) => polygon("m-building", outline, low, high, out),
        (1, Kit::WaveHall { outline, .. } | Kit::StoneHall { outline, .. }) => {
            polygon("m-landmark", outline, low, high, out);
        }
        (
            1,
            Kit::Hall {
                at,
                facing,
                bays,
                depth_bays,
                bay_cm,
                ..
            },
        ) => {
            let half = vec2(f32::from(*bays), f32::from(*depth_bays)) * *bay_cm as f32 / 200.0;
            let (along, across) = (facing.direction() * half.y, facing.direction().perp() * half.x);
            let at = at.to_m();
            let corners = [
                at + along + across,
                at + along - across,
                at - along - across,
                at - along + across,
            ];
            polygon("m-landmark", &corners.map(Point::from_m), low, high, out);
        }
        (
            1,
            Kit::Wall {
                path, thickness_cm, ..
            },
        ) => line("m-wall", path, (*thickness_cm).max(80), low, high, out),
        (1, Kit::Tower { at, .. }) => circle("m-landmark", *at, 8.0, low, high, out),
        (1, Kit::Fountain { at, radius_cm, .. }) => {
            circle("m-water", *at, *radius_cm as f32 / 100.0, low, high, out);
        }
        (2, Kit::Tree { at, height_cm, .. }) => {
            circle("m-tree", *at, *height_cm as f32 / 300.0, low, high, out);
        }
        _ => {}
    }
}

fn is_inside(points: impl Iterator<Item = Vec2>, margin: f32, low: Vec2, high: Vec2) -> bool {
    let (a, b) = points.fold((Vec2::INFINITY, Vec2::NEG_INFINITY), |(a, b), p| {
        (a.min(p), b.max(p))
    });
    (a - margin).cmple(high).all() && (b + margin).cmpge(low).all()
}

fn polygon(class: &str, outline: &[Point], low: Vec2, high: Vec2, out: &mut String) {
    if is_inside(outline.iter().map(|p| p.to_m()), 0.0, low, high) {
        // Writing to a String cannot fail.
        let _ = write!(out, r#"<path class="{class}" d="{}z"/>"#, way(outline));
    }
}

fn line(class: &str, path: &[Point], width_cm: u32, low: Vec2, high: Vec2, out: &mut String) {
    let width = width_cm as f32 / 100.0;
    if is_inside(path.iter().map(|p| p.to_m()), width, low, high) {
        let _ = write!(
            out,
            r#"<path class="{class}" stroke-width="{width}" d="{}"/>"#,
            way(path)
        );
    }
}

fn circle(class: &str, at: Point, radius: f32, low: Vec2, high: Vec2, out: &mut String) {
    let centre = at.to_m();
    if is_inside(std::iter::once(centre), radius, low, high) {
        let _ = write!(
            out,
            r#"<circle class="{class}" cx="{:.1}" cy="{:.1}" r="{radius:.1}"/>"#,
            centre.x, centre.y
        );
    }
}

/// Path data in decimetres of precision, each point relative to the one before: the shortest form.
fn way(points: &[Point]) -> String {
    let mut out = String::new();
    let mut before: Option<(i32, i32)> = None;
    for point in points {
        let (x, y) = ((point.x + 5).div_euclid(10), (point.z + 5).div_euclid(10));
        let (command, dx, dy) = before.map_or(('M', x, y), |(bx, by)| ('l', x - bx, y - by));
        let _ = write!(out, "{command}{} {}", f64::from(dx) / 10.0, f64::from(dy) / 10.0);
        before = Some((x, y));
    }
    out
}
