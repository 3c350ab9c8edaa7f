//! A stream below the street: its walls, paths, water, stairs, stones and bridges, and the parapets above them.

use glam::{Vec2, vec2};
use shared::city::{
    self, Surface,
    canal::{Canal, Flight},
    measures::{PARAPET_CM, PARAPET_HEIGHT_CM},
};

use super::{Kit, ground, lift};
use crate::mesh::{Material, Mesh, Paint};

/// How far the water lies below its paths, in metres.
const WATER_M: f32 = 0.35;

/// How thick a bridge is, in metres.
const DECK_M: f32 = 0.9;

/// How far the coping of a wall reaches down, in metres.
const COPING_M: f32 = 0.35;

/// How high a step is, in metres.
const STEP_M: f32 = 0.165;

/// Builds one, and opens the ground above it.
pub fn build(kit: &mut Kit, part: &city::Kit) {
    let Some(canal) = Canal::of(part) else {
        return;
    };
    let depth = canal.depth / 100.0;
    let mut holes = canal.holes();
    for at in holes.iter_mut().flatten() {
        *at /= 100.0;
    }
    kit.ground.cut(&holes);
    kit.far.cut(&holes);
    bed(kit, &canal, depth);
    walls(kit, &canal, depth);
    for flight in &canal.flights {
        stair(kit, &canal, flight, depth);
    }
    bridges(kit, &canal);
    for line in canal.parapets() {
        parapet(kit, &line);
    }
    stones(kit, &canal, depth);
}

/// A quad between two lines aside, each at a height of its own, for each way of the middle line.
fn along(
    mesh: &mut Mesh,
    canal: &Canal,
    paint: Paint,
    ends: [f32; 2],
    [(left, left_y), (right, right_y)]: [(f32, f32); 2],
    open: f32,
) {
    let at = |along: f32, aside: f32, y: f32| lift(canal.strip.at(along, aside) / 100.0, y);
    for pair in canal.strip.stations(ends).windows(2) {
        let [from, to] = [pair[0], pair[1]];
        // Seen from above, or from the middle of the canal.
        let corners = [
            at(from, right, right_y),
            at(to, right, right_y),
            at(to, left, left_y),
            at(from, left, left_y),
        ];
        mesh.quad_at(paint, corners, vec2(from / 100.0, 0.0), [open, open]);
    }
}

/// Paths, edges of the water, and the water.
fn bed(kit: &mut Kit, canal: &Canal, depth: f32) {
    let path = ground::paint(Surface::Granite);
    let edge = Paint::new(Material::Stone, 0xA9_A2_94).with(30, 0);
    let water = ground::paint(Surface::Water);
    let ends = [0.0, canal.strip.length()];
    let (half, wet) = (canal.half, canal.water);
    let floor = -depth;
    let mesh = &mut kit.ground;
    along(mesh, canal, path, ends, [(-half, floor), (-wet, floor)], 0.8);
    along(mesh, canal, path, ends, [(wet, floor), (half, floor)], 0.8);
    along(
        mesh,
        canal,
        water,
        ends,
        [(-wet, floor - WATER_M), (wet, floor - WATER_M)],
        0.85,
    );
    let mesh = &mut kit.standing;
    let below = floor - WATER_M - 0.2;
    along(mesh, canal, edge, ends, [(-wet, floor), (-wet, below)], 0.7);
    along(mesh, canal, edge, ends, [(wet, below), (wet, floor)], 0.7);
}

/// The walls along it, darker below, with a coping; and across its ends.
fn walls(kit: &mut Kit, canal: &Canal, depth: f32) {
    let stone = Paint::new(Material::Stone, 0xB3_AB_9C).with(45, 0);
    let coping = Paint::new(Material::Granite, 0xC4_BB_AB);
    let ends = [0.0, canal.strip.length()];
    let half = canal.half;
    let mesh = &mut kit.standing;
    for (paint, low, high, open) in [(stone, -depth, -COPING_M, 0.62), (coping, -COPING_M, 0.0, 0.9)] {
        along(mesh, canal, paint, ends, [(-half, high), (-half, low)], open);
        along(mesh, canal, paint, ends, [(half, low), (half, high)], open);
        for (end, turn) in [(ends[0], -1.0), (ends[1], 1.0)] {
            let at = |aside: f32, y: f32| lift(canal.strip.at(end, aside * turn) / 100.0, y);
            mesh.quad_at(
                paint,
                [at(-half, low), at(half, low), at(half, high), at(-half, high)],
                vec2(0.0, low),
                [open, open],
            );
        }
    }
}

/// A stair down a wall: a landing, steps, and a wall below them towards the water with its rail.
fn stair(kit: &mut Kit, canal: &Canal, flight: &Flight, depth: f32) {
    let stone = Paint::new(Material::Stone, 0xC0_B8_A9).with(60, 0);
    let slab = Paint::new(Material::Granite, 0xC8_C0_B1);
    let across = (flight.sides[1] - flight.sides[0]) / 200.0;
    let spine = |along: f32| canal.strip.at(along, flight.aside()) / 100.0;
    let way = (spine(flight.foot) - spine(flight.top)).normalize_or(Vec2::X);
    let landing = flight.landing();
    let length = (landing[1] - landing[0]) / 100.0;
    let middle = spine(f32::midpoint(landing[0], landing[1]));
    let half = vec2(length / 2.0, across);
    kit.standing.block(stone, middle, way, half, (-depth, -0.05));
    kit.standing.block(slab, middle, way, half, (-0.05, 0.0));
    let count = (depth / STEP_M).round().max(2.0);
    let tread = (flight.foot - flight.top) / count;
    for step in 0..count as u32 {
        let from = flight.top + tread * step as f32;
        let high = -depth * (step as f32 + 1.0) / count;
        if high < -depth + 0.01 {
            break;
        }
        let half = vec2(tread.abs() / 200.0, across);
        let at = spine(from + tread / 2.0);
        kit.standing.block(stone, at, way, half, (-depth, high));
    }
    // A rail on the side towards the water, level along the landing, then down with the steps.
    let rail = Paint::new(Material::Plain, 0x5A_5E_60);
    let tall = PARAPET_HEIGHT_CM as f32 / 100.0;
    let top = |along: f32| -flight.share(along) * depth;
    let at = |along: f32, up: f32| lift(canal.strip.at(along, flight.inner()) / 100.0, top(along) + up);
    let outset = flight.outset();
    for up in [tall, tall * 0.55] {
        for pair in [[outset, flight.top], [flight.top, flight.foot]] {
            kit.standing
                .bar(rail, at(pair[0], up), at(pair[1], up), (0.06, 0.06));
        }
    }
    let posts = 6_u8;
    for post in 0..=posts {
        let along = flight.top + (flight.foot - flight.top) * f32::from(post) / f32::from(posts);
        kit.detail
            .bar(rail, at(along, 0.0), at(along, tall), (0.06, 0.06));
    }
    for along in [outset, f32::midpoint(outset, flight.top)] {
        kit.detail
            .bar(rail, at(along, 0.0), at(along, tall), (0.06, 0.06));
    }
}

/// What is seen of the bridges from below: their sides and their undersides, on beams.
fn bridges(kit: &mut Kit, canal: &Canal) {
    let side = Paint::new(Material::Granite, 0xBD_B6_A8);
    let under = Paint::new(Material::Plain, 0x8E_8A_82);
    let half = canal.half;
    for ends in canal.covered.iter().copied() {
        let mesh = &mut kit.standing;
        along(mesh, canal, under, ends, [(half, -DECK_M), (-half, -DECK_M)], 0.4);
        for (end, turn) in [(ends[0], 1.0), (ends[1], -1.0)] {
            let at = |aside: f32, y: f32| lift(canal.strip.at(end, aside * turn) / 100.0, y);
            let corners = [
                at(-half, -DECK_M),
                at(half, -DECK_M),
                at(half, 0.0),
                at(-half, 0.0),
            ];
            mesh.quad_at(side, corners, Vec2::ZERO, [0.8, 1.0]);
        }
    }
}

/// A low wall along a line: a plinth, a rail, and posts between them.
fn parapet(kit: &mut Kit, line: &[Vec2]) {
    let stone = Paint::new(Material::Granite, 0xC4_BD_AF);
    let thick = PARAPET_CM / 200.0;
    let tall = PARAPET_HEIGHT_CM as f32 / 100.0;
    for pair in line.windows(2) {
        let [from, to] = [pair[0] / 100.0, pair[1] / 100.0];
        let (way, length) = ((to - from).normalize_or(Vec2::X), from.distance(to));
        let middle = (from + to) / 2.0;
        for (half, heights) in [(thick * 1.4, (0.0, 0.18)), (thick, (tall - 0.2, tall))] {
            kit.standing
                .block(stone, middle, way, vec2(length / 2.0, half), heights);
        }
        let spans = (length / 2.4).round().max(1.0);
        for post in 0..=spans as u32 {
            let at = from.lerp(to, post as f32 / spans);
            kit.detail
                .block(stone, at, way, Vec2::splat(thick * 1.2), (0.0, tall));
        }
    }
}

/// Rows of stepping stones.
fn stones(kit: &mut Kit, canal: &Canal, depth: f32) {
    let stone = Paint::new(Material::Granite, 0xB8_B1_A3);
    for along in &canal.stones {
        let across = canal.water / 50.0;
        let count = (across / 0.95).floor().max(1.0);
        for step in 0..count as u32 {
            let aside = canal.water * (2.0 * (step as f32 + 0.5) / count - 1.0);
            let at = canal.strip.at(*along, aside) / 100.0;
            let way =
                (canal.strip.at(along + 10.0, 0.0) - canal.strip.at(along - 10.0, 0.0)).normalize_or(Vec2::X);
            let half = vec2(0.55, 0.36);
            kit.standing
                .block(stone, at, way, half, (-depth - 0.6, -depth - 0.02));
        }
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec3;
    use shared::{city::Stair, space::Point};

    use super::*;
    use crate::kit::Grade;
    use crate::mesh::tests::inside_out;

    #[test]
    fn the_ground_is_open_above_it_and_all_faces_turn_outward() {
        let mut kit = Kit::new(Grade::Near);
        let square = [(-40.0, -40.0), (-40.0, 40.0), (40.0, 40.0), (40.0, -40.0)].map(|(x, z)| vec2(x, z));
        ground::area(&mut kit.ground, Paint::default(), &square, -0.05);
        build(
            &mut kit,
            &city::Kit::Canal {
                path: vec![Point::new(-3_000, 0), Point::new(0, 0), Point::new(3_000, 300)],
                width_cm: 1_600,
                depth_cm: 400,
                water_cm: 600,
                bridges: vec![[2_000, 2_600]],
                stairs: vec![Stair {
                    right: true,
                    top_cm: 300,
                    foot_cm: 1_100,
                }],
                stones: vec![1_500],
            },
        );
        assert_eq!(inside_out(&kit.standing), 0);
        assert_eq!(inside_out(&kit.ground), 0);
        let covers = |at: Vec2, low: f32| {
            kit.ground.indices.chunks_exact(3).any(|t| {
                let [a, b, c] =
                    [t[0], t[1], t[2]].map(|i| Vec3::from(kit.ground.vertices[i as usize].position));
                let side = |a: Vec3, b: Vec3| vec2(b.x - a.x, b.z - a.z).perp_dot(at - vec2(a.x, a.z));
                let sides = [side(a, b), side(b, c), side(c, a)];
                a.y > low && (sides.iter().all(|s| *s >= 0.0) || sides.iter().all(|s| *s <= 0.0))
            })
        };
        assert!(!covers(vec2(-12.0, 5.0), -1.0), "open to the stream");
        assert!(covers(vec2(-12.0, 5.0), -4.5), "its path below");
        assert!(covers(vec2(-7.0, 5.0), -1.0), "the bridge");
        assert!(covers(vec2(-10.0, 12.0), -1.0), "the street beside it");
        assert!(covers(vec2(-28.0, 6.8), -1.0), "the street below the landing");
        // Its ends and the sides of its bridge look at those who walk below.
        let looks = |at: f32, sign: f32| {
            kit.standing.vertices.iter().any(|corner| {
                let east = f32::from(corner.normal[0]);
                (corner.position[0] - at).abs() < 1.0 && east * sign > 120.0 && corner.position[2].abs() > 7.0
            })
        };
        assert!(looks(-30.0, 1.0) && looks(30.0, -1.0), "the ends");
        assert!(looks(-10.0, -1.0) && looks(-4.0, 1.0), "the bridge");
    }
}
