//! A place as a small vector picture: the first screen's picture and the base layer of the map.

use std::fmt::Write as _;

use glam::{Vec2, vec2};

use crate::{
    city::{
        Kit, Place, Surface,
        canal::Canal,
        hull::Hull,
        measures::{
            PORTAL_HALF_DEPTH_CM, PORTAL_POST_CM, SPIRE_RADIUS, STALL_HALF_DEPTH_CM, TIER_REACH_CM, corners_m,
        },
        strip::Strip,
    },
    space::{Heading, Point},
};

/// Shapes of one class in one element at most. Elements are what costs a browser time: before it has drawn anything, and
/// when it draws, as half a dozen whose edges it has to smooth make it draw all of them several times over. But one that
/// reaches over the whole place is drawn whole, however little of it is seen.
const MOST_SHAPES: u32 = 256;

/// How many times the parts of a place are gone through: each layer lies over the ones before, whatever the pack's order.
const LAYERS: u8 = 5;

/// SVG elements (no outer `<svg>`) of the ground, water, streets, buildings and trees of a place inside a window, in
/// metres, x to the east and y to the south. `window_m` is left, top, width, height. All are areas, roads and walls, too:
/// a browser that draws by software takes three times as long for lines of some width.
///
/// Classes, not colours, so that the style sheet decides: `m-ground`, `m-lawn`, `m-water`, `m-road`, `m-crossing`,
/// `m-building`, `m-landmark`, `m-wall`, `m-tree`, `m-hill`, `m-portal`.
pub fn svg(place: &Place, window_m: [f32; 4]) -> String {
    let [left, top, width, height] = window_m;
    let (low, high) = (vec2(left, top), vec2(left + width, top + height));
    let mut pen = Pen::default();
    // Walls of a city would be too thin to be seen; in a room they are seen from near.
    let least_wall_cm = if place.ceiling_cm > 0 { 10 } else { 80 };
    for layer in 0..LAYERS {
        for part in &place.parts {
            draw(&part.kit, layer, least_wall_cm, low, high, &mut pen);
        }
    }
    pen.lift();
    pen.out
}

/// Writes shapes one after the other, those alike into one element.
#[derive(Default)]
struct Pen {
    out: String,
    /// Class of the element that is being written, and how many shapes it has.
    open: Option<(&'static str, u32)>,
}

impl Pen {
    /// Another shape of a class.
    fn shape(&mut self, class: &'static str, way: &str) {
        let shapes = match self.open {
            Some((of, shapes)) if of == class && shapes < MOST_SHAPES => shapes,
            _ => {
                self.lift();
                // Writing to a String cannot fail, here and below.
                let _ = write!(self.out, r#"<path class="{class}" d=""#);
                0
            }
        };
        self.out.push_str(way);
        self.open = Some((class, shapes + 1));
    }

    /// Ends the element.
    fn lift(&mut self) {
        if self.open.take().is_some() {
            self.out.push_str(r#""/>"#);
        }
    }
}

fn draw(kit: &Kit, layer: u8, least_wall_cm: u32, low: Vec2, high: Vec2, out: &mut Pen) {
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
            band(class, path, *width_cm, low, high, out);
        }
        (0, Kit::Canal { .. }) => canal(kit, low, high, out),
        (0, Kit::Hill { at, radius_cm, .. }) => {
            circle("m-hill", *at, *radius_cm as f32 / 100.0, low, high, out);
        }
        (0, Kit::Hall { terrace, .. }) if *terrace > 0 => {
            let reach = 1.5 + f32::from(*terrace) * TIER_REACH_CM as f32 / 100.0;
            hall("m-ground", kit, reach, low, high, out);
        }
        (
            1,
            Kit::Wall {
                path, thickness_cm, ..
            },
        ) => band("m-wall", path, (*thickness_cm).max(least_wall_cm), low, high, out),
        (1, Kit::Fountain { at, radius_cm, .. }) => {
            circle("m-water", *at, *radius_cm as f32 / 100.0, low, high, out);
        }
        (2, Kit::Building { outline, .. }) => polygon("m-building", outline, low, high, out),
        (
            2,
            Kit::Stall {
                at,
                facing,
                length_cm,
            },
        ) => {
            let half = vec2(*length_cm as f32 / 2.0, STALL_HALF_DEPTH_CM) / 100.0;
            oblong("m-building", *at, *facing, half, low, high, out);
        }
        (3, Kit::WaveHall { outline, .. } | Kit::StoneHall { outline, .. }) => {
            polygon("m-landmark", outline, low, high, out);
        }
        (3, Kit::Hull { .. }) => hull("m-landmark", kit, low, high, out),
        (3, Kit::Hall { .. }) => hall("m-landmark", kit, 0.0, low, high, out),
        (
            3,
            Kit::Pavilion {
                at,
                facing,
                sides,
                width_cm,
                ..
            },
        ) => {
            let ring = corners_m(at.to_m(), *facing, *sides, *width_cm as f32 / 200.0);
            let outline: Vec<Point> = ring.into_iter().map(Point::from_m).collect();
            polygon("m-landmark", &outline, low, high, out);
        }
        (3, Kit::Altar { at, radius_cm, .. }) => {
            circle("m-landmark", *at, *radius_cm as f32 / 100.0, low, high, out);
        }
        (3, Kit::Tower { at, .. }) => circle("m-landmark", *at, 8.0, low, high, out),
        (
            3,
            Kit::Statue {
                at,
                facing,
                figure,
                height_cm,
                ..
            },
        ) => {
            let half = Vec2::from(figure.plinth()) * *height_cm as f32 / 100.0;
            oblong("m-landmark", *at, *facing, half, low, high, out);
        }
        (3, Kit::Spire { at, height_cm }) => {
            let radius = *height_cm as f32 * SPIRE_RADIUS / 100.0;
            circle("m-landmark", *at, radius, low, high, out);
        }
        (4, Kit::Tree { at, height_cm, .. }) => {
            circle("m-tree", *at, *height_cm as f32 / 300.0, low, high, out);
        }
        _ => furniture(kit, layer, low, high, out),
    }
}

/// What stands in rooms, and the doors to them.
fn furniture(kit: &Kit, layer: u8, low: Vec2, high: Vec2, out: &mut Pen) {
    match (layer, kit) {
        (
            2,
            Kit::Table {
                at,
                length_cm,
                depth_cm: 0,
                ..
            },
        ) => {
            circle("m-building", *at, *length_cm as f32 / 200.0, low, high, out);
        }
        (
            2,
            Kit::Table {
                at,
                facing,
                length_cm,
                depth_cm,
            },
        ) => {
            let half = vec2(*length_cm as f32, *depth_cm as f32) / 200.0;
            oblong("m-building", *at, *facing, half, low, high, out);
        }
        (
            3,
            Kit::Picture {
                at, facing, width_cm, ..
            },
        ) => {
            let half = vec2(*width_cm as f32, 20.0) / 200.0;
            oblong("m-landmark", *at, *facing, half, low, high, out);
        }
        (
            4,
            Kit::Portal {
                at, facing, width_cm, ..
            },
        ) => {
            let half = vec2(*width_cm as f32 / 2.0 + PORTAL_POST_CM, PORTAL_HALF_DEPTH_CM) / 100.0;
            oblong("m-portal", *at, *facing, half, low, high, out);
        }
        _ => {}
    }
}

/// What lies open between a canal's bridges: its paths, its water, and the stairs down to them.
fn canal(kit: &Kit, low: Vec2, high: Vec2, pen: &mut Pen) {
    let Some(canal) = Canal::of(kit) else {
        return;
    };
    let mut ring = |class, ends: [f32; 2], sides: [f32; 2]| {
        let ring = canal.strip.ring(ends, sides);
        let outline: Vec<Point> = ring.into_iter().map(|at| Point::from_m(at / 100.0)).collect();
        polygon(class, &outline, low, high, pen);
    };
    for ends in &canal.open {
        ring("m-ground", *ends, [-canal.half, canal.half]);
        ring("m-water", *ends, [-canal.water, canal.water]);
    }
    for flight in &canal.flights {
        ring("m-crossing", [flight.top, flight.foot], flight.sides);
    }
}

/// What it stands on: one walks below it between.
fn hull(class: &'static str, kit: &Kit, low: Vec2, high: Vec2, out: &mut Pen) {
    for foot in Hull::of(kit).iter().flat_map(Hull::feet) {
        polygon(class, &foot, low, high, out);
    }
}

/// A hall's columns, or what reaches so many metres further.
fn hall(class: &'static str, kit: &Kit, reach: f32, low: Vec2, high: Vec2, pen: &mut Pen) {
    if let Kit::Hall {
        at,
        facing,
        bays,
        depth_bays,
        bay_cm,
        ..
    } = kit
    {
        let half = vec2(f32::from(*bays), f32::from(*depth_bays)) * *bay_cm as f32 / 200.0;
        oblong(class, *at, *facing, half + reach, low, high, pen);
    }
}

/// An oblong by half its width and half its depth, in metres.
fn oblong(class: &'static str, at: Point, facing: Heading, half: Vec2, low: Vec2, high: Vec2, pen: &mut Pen) {
    let (along, across) = (facing.direction() * half.y, facing.direction().perp() * half.x);
    let at = at.to_m();
    let corners = [
        at + along + across,
        at + along - across,
        at - along - across,
        at - along + across,
    ];
    polygon(class, &corners.map(Point::from_m), low, high, pen);
}

fn is_inside(points: impl Iterator<Item = Vec2>, margin: f32, low: Vec2, high: Vec2) -> bool {
    let (a, b) = points.fold((Vec2::INFINITY, Vec2::NEG_INFINITY), |(a, b), p| {
        (a.min(p), b.max(p))
    });
    (a - margin).cmple(high).all() && (b + margin).cmpge(low).all()
}

fn polygon(class: &'static str, outline: &[Point], low: Vec2, high: Vec2, pen: &mut Pen) {
    if !is_inside(outline.iter().map(|p| p.to_m()), 0.0, low, high) {
        return;
    }
    // All the same way round: where two of opposite directions overlapped in one element, there would be a hole.
    let mut outline = outline.to_vec();
    if doubled_area(&outline) < 0 {
        outline.reverse();
    }
    pen.shape(class, &(way(&outline) + "z"));
}

fn doubled_area(outline: &[Point]) -> i64 {
    let next = outline.iter().cycle().skip(1);
    outline
        .iter()
        .zip(next)
        .map(|(a, b)| i64::from(a.x) * i64::from(b.z) - i64::from(b.x) * i64::from(a.z))
        .sum()
}

/// What lies along a line, so many centimetres wide.
fn band(class: &'static str, path: &[Point], width_cm: u32, low: Vec2, high: Vec2, pen: &mut Pen) {
    let half = width_cm as f32 / 200.0;
    if is_inside(path.iter().map(|p| p.to_m()), half, low, high) {
        let strip = Strip::new(path.iter().map(|p| p.to_m()).collect());
        let ring = strip.ring([0.0, strip.length()], [-half, half]);
        let outline: Vec<Point> = ring.into_iter().map(Point::from_m).collect();
        polygon(class, &outline, low, high, pen);
    }
}

fn circle(class: &'static str, at: Point, radius: f32, low: Vec2, high: Vec2, pen: &mut Pen) {
    let centre = at.to_m();
    if is_inside(std::iter::once(centre), radius, low, high) {
        let (left, across) = (centre.x - radius, 2.0 * radius);
        let way = format!(
            "M{left:.1} {:.1}a{radius:.1} {radius:.1} 0 1 1 {across:.1} 0a{radius:.1} {radius:.1} 0 1 1 -{across:.1} 0z",
            centre.y
        );
        pen.shape(class, &way);
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

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [(i32, i32); 4] = [(0, 0), (100, 0), (100, 100), (0, 100)];

    fn square(reversed: bool) -> Vec<Point> {
        let mut points = SQUARE.map(|(x, z)| Point { x, z }).to_vec();
        if reversed {
            points.reverse();
        }
        points
    }

    #[test]
    fn shapes_alike_share_an_element_and_others_keep_their_order() {
        let mut pen = Pen::default();
        for class in ["m-lawn", "m-lawn", "m-road", "m-lawn"] {
            pen.shape(class, "M0 0z");
        }
        pen.lift();
        assert_eq!(
            pen.out,
            r#"<path class="m-lawn" d="M0 0zM0 0z"/><path class="m-road" d="M0 0z"/><path class="m-lawn" d="M0 0z"/>"#
        );
    }

    #[test]
    fn a_road_is_an_area_as_wide_as_it_is() {
        let mut pen = Pen::default();
        let path = [(0, 0), (400, 0), (400, 300)].map(|(x, z)| Point { x, z });
        band(
            "m-road",
            &path,
            200,
            Vec2::splat(-10.0),
            Vec2::splat(10.0),
            &mut pen,
        );
        pen.lift();
        assert_eq!(
            pen.out,
            r#"<path class="m-road" d="M0 -1l5 0l0 4l-2 0l0 -2l-3 0z"/>"#
        );
    }

    #[test]
    fn every_outline_goes_the_same_way_round_so_that_none_cuts_a_hole_into_another() {
        let drawn = |outline: &[Point]| {
            let mut pen = Pen::default();
            polygon("m-lawn", outline, Vec2::splat(-10.0), Vec2::splat(10.0), &mut pen);
            pen.lift();
            pen.out
        };
        assert_eq!(
            drawn(&square(false)),
            r#"<path class="m-lawn" d="M0 0l1 0l0 1l-1 0z"/>"#
        );
        assert_eq!(drawn(&square(true)), drawn(&square(false)));
    }
}
