//! Korean timber halls, and gate pavilions on a stone base with arches.

use glam::{Vec2, vec2};
use shared::city::Roof;
use shared::space::Heading;

use super::{Kit, lift, roof};
use crate::ground_map::Lamp;
use crate::mesh::{Material, Mesh, Paint};
use crate::polygon::Plan;

const SEOKGANJU: u32 = 0x7D_3A_2C;
const NOEROK: u32 = 0x4F_7A_66;
/// How much narrower each storey is than the one below, on each side, in bays.
const SET_BACK_BAYS: f32 = 0.28;

/// Measures of a hall.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Bays along the front.
    pub bays: u32,
    /// Bays in depth.
    pub depth_bays: u32,
    /// Width of a bay.
    pub bay_m: f32,
    /// Height of the base.
    pub base_m: f32,
    /// Arched passages through the base.
    pub arches: u32,
    /// Storeys, each with its own roof.
    pub storeys: u32,
    /// Form of the top roof; those below go round.
    pub roof: Roof,
}

/// Builds one.
pub fn build(kit: &mut Kit, at: Vec2, facing: Heading, frame: Frame) {
    let half = vec2(frame.bays as f32, frame.depth_bays as f32) * frame.bay_m / 2.0;
    let plan = Plan::new(at, facing, half);
    let mesh = &mut kit.standing;
    if frame.arches > 0 {
        gate_base(mesh, &plan, frame);
    } else {
        terrace(mesh, &plan, frame.base_m);
    }
    // A column is a little lower than a bay is wide; upper storeys are lower still.
    let mut floor = frame.base_m;
    for storey in 0..frame.storeys {
        let last = storey + 1 == frame.storeys;
        let back = SET_BACK_BAYS * frame.bay_m * storey as f32;
        let half = (half - back).max(Vec2::splat(1.2));
        let column = frame.bay_m * if storey == 0 { 0.80 } else { 0.52 };
        let brackets = (frame.bay_m * 0.24).clamp(0.7, 1.4);
        let body = Plan { half, ..plan };
        timber(mesh, &body, frame, floor, column, frame.arches > 0 && storey == 0);
        band(mesh, &body, floor + column, brackets);
        let eaves_low = floor + column + brackets * 0.82;
        // The foot-to-eave line stands some thirty degrees off the vertical.
        let reach = (column + brackets) * 0.56 + 0.3;
        // Between brackets and roof no sky shows.
        let loft = Paint::new(Material::Plain, 0x3A_52_46);
        let heights = (floor + column - 0.02, eaves_low + reach * 0.3);
        mesh.block(loft, body.at, body.right, half + 0.14, heights);
        let eaves = half + reach;
        let shape = if last {
            let rise = eaves.y * if frame.roof == Roof::Matbae { 0.62 } else { 0.72 };
            roof::Shape {
                form: frame.roof,
                eaves,
                reach,
                low: eaves_low,
                high: eaves_low + rise,
                lift: 0.9,
            }
        } else {
            // A skirt of roof round the storey: a hip whose top the next storey hides.
            roof::Shape {
                form: Roof::Ujingak,
                eaves,
                reach,
                low: eaves_low,
                high: eaves_low + eaves.y * 0.5,
                lift: 0.8,
            }
        };
        roof::build(mesh, &plan, shape);
        floor = eaves_low + reach * 0.55;
    }
    for x in [-0.8, 0.8] {
        kit.lamps.push(Lamp {
            at: plan.point(half.x * x, half.y + 2.0),
            strength: 0.7,
        });
    }
    kit.footprints.push(
        [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)]
            .map(|(a, b)| plan.point(half.x * a, half.y * b))
            .to_vec(),
    );
}

/// Columns, beams, and lattice between them; open passages below a gate's upper room stay open.
fn timber(mesh: &mut Mesh, plan: &Plan, frame: Frame, floor: f32, column: f32, open: bool) {
    let red = Paint::new(Material::Plain, SEOKGANJU);
    let green = Paint::new(Material::Dancheong, NOEROK);
    let doors = Paint::new(Material::Lattice, 0x5C_7A_68);
    let thick = (frame.bay_m / 11.0).clamp(0.22, 0.6);
    let half = plan.half;
    let column_at = |a: f32, b: f32| plan.point(half.x * a, half.y * b);
    for i in 0..=frame.bays {
        for j in 0..=frame.depth_bays {
            if i == 0 || j == 0 || i == frame.bays || j == frame.depth_bays {
                let a = i as f32 / frame.bays as f32 * 2.0 - 1.0;
                let b = j as f32 / frame.depth_bays as f32 * 2.0 - 1.0;
                let r = thick / 2.0;
                let stone = Paint::new(Material::Plain, 0xB9_B4_A8);
                mesh.lathe(
                    stone,
                    column_at(a, b),
                    &[(r * 1.7, floor), (r * 1.5, floor + 0.14)],
                    8,
                );
                // Widest a third up, as the eye wants it.
                let shaft = [
                    (r, floor + 0.14),
                    (r * 1.06, floor + column * 0.35),
                    (r * 0.9, floor + column),
                ];
                mesh.lathe(red, column_at(a, b), &shaft, 8);
            }
        }
    }
    let inner = if open { 0.0 } else { 1.0 };
    for (from, to) in [
        ((-1.0, 1.0), (1.0, 1.0)),
        ((1.0, 1.0), (1.0, -1.0)),
        ((1.0, -1.0), (-1.0, -1.0)),
        ((-1.0, -1.0), (-1.0, 1.0)),
    ] {
        let (a, b) = (column_at(from.0, from.1), column_at(to.0, to.1));
        let quad = |low: f32, high: f32| [lift(a, low), lift(b, low), lift(b, high), lift(a, high)];
        if inner > 0.0 {
            mesh.quad_at(doors, quad(floor, floor + column * 0.86), Vec2::ZERO, [0.45, 0.3]);
        }
        let outward = (b - a).perp().normalize_or_zero() * -0.12;
        let beam = [
            lift(a + outward, floor + column * 0.86),
            lift(b + outward, floor + column * 0.86),
            lift(b + outward, floor + column),
            lift(a + outward, floor + column),
        ];
        mesh.quad_at(green, beam, vec2(0.0, 0.0), [0.4, 0.35]);
    }
}

/// The toothed, painted band of brackets, wider above than below.
fn band(mesh: &mut Mesh, plan: &Plan, low: f32, tall: f32) {
    let paint = Paint::new(Material::Dancheong, NOEROK);
    let ring = |grow: f32| {
        [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)]
            .map(|(a, b)| plan.point((plan.half.x + grow) * a, (plan.half.y + grow) * b))
    };
    let (inner, outer) = (ring(0.15), ring(0.15 + tall * 0.75));
    for k in 0..4 {
        let n = (k + 1) % 4;
        let corners = [
            lift(inner[k], low),
            lift(inner[n], low),
            lift(outer[n], low + tall),
            lift(outer[k], low + tall),
        ];
        mesh.quad_at(paint, corners, vec2(0.0, 0.0), [0.45, 0.3]);
    }
}

/// A stone terrace with a step in front of each middle bay.
fn terrace(mesh: &mut Mesh, plan: &Plan, height: f32) {
    let stone = Paint::new(Material::Stone, 0xBD_B7_AA).with(42, 0);
    mesh.block(stone, plan.at, plan.right, plan.half + 1.5, (0.0, height));
    let steps = (height / 0.17).ceil().max(1.0);
    for k in 0..steps as u32 {
        let out = (steps - k as f32) * 0.32;
        let at = plan.point(0.0, plan.half.y + 1.5 + out / 2.0);
        let top = height * (k as f32 + 1.0) / (steps + 1.0);
        mesh.block(
            stone,
            at,
            plan.right,
            vec2((plan.half.x * 0.34).max(1.4), out / 2.0),
            (0.0, top),
        );
    }
}

/// A battered base of squared stone with vaulted passages, a parapet on top.
fn gate_base(mesh: &mut Mesh, plan: &Plan, frame: Frame) {
    let stone = Paint::new(Material::Stone, 0xB4_AB_9A).with(62, 0);
    let dark = Paint::new(Material::Plain, 0x2A_28_26);
    let height = frame.base_m;
    let top = plan.half + vec2(4.5, 2.6);
    let foot = top + height * 0.08;
    let ring = |half: Vec2| {
        [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)].map(|(a, b)| plan.point(half.x * a, half.y * b))
    };
    let (low, high) = (ring(foot), ring(top));
    for k in 0..4 {
        let n = (k + 1) % 4;
        mesh.quad_at(
            stone,
            [
                lift(low[k], 0.0),
                lift(low[n], 0.0),
                lift(high[n], height),
                lift(high[k], height),
            ],
            Vec2::ZERO,
            [0.8, 1.0],
        );
    }
    mesh.quad(stone, high.map(|p| lift(p, height)));
    for (right, front, half) in [
        (0.0, 1.0, vec2(top.x, 0.22)),
        (0.0, -1.0, vec2(top.x, 0.22)),
        (1.0, 0.0, vec2(0.22, top.y)),
        (-1.0, 0.0, vec2(0.22, top.y)),
    ] {
        let brick = Paint::new(Material::Stone, 0x8C_7A_6A).with(16, 0);
        mesh.block(
            brick,
            plan.point(right * (top.x - 0.25), front * (top.y - 0.25)),
            plan.right,
            half,
            (height, height + 1.1),
        );
    }
    let width = if frame.arches > 1 { 4.8 } else { 5.3 };
    for arch in 0..frame.arches {
        let offset =
            (arch as f32 - (frame.arches as f32 - 1.0) / 2.0) * (top.x * 2.0 / (frame.arches as f32 + 0.6));
        for side in [1.0, -1.0] {
            vault(
                mesh,
                (stone, dark),
                plan,
                (offset, side),
                (width / 2.0, height * 0.72),
                (foot.y, top.y, height),
            );
        }
    }
}

/// The mouth of a passage: a dark round-arched face just before the stone, and a ring of voussoirs around it.
fn vault(
    mesh: &mut Mesh,
    (stone, dark): (Paint, Paint),
    plan: &Plan,
    (offset, side): (f32, f32),
    (half, tall): (f32, f32),
    (foot, top, height): (f32, f32, f32),
) {
    let spring = (tall - half).max(0.6);
    let out = |y: f32| foot + (top - foot) * y / height;
    let at = |x: f32, y: f32, before: f32| lift(plan.point((offset + x) * side, (out(y) + before) * side), y);
    let normal = lift(plan.front * side, 0.0);
    let profile = |grow: f32| {
        let mut points = vec![(half + grow, 0.0)];
        points.extend((0..=14).map(|k| {
            let (sin, cos) = (k as f32 / 14.0 * std::f32::consts::PI).sin_cos();
            (cos * (half + grow), spring + sin * (half + grow))
        }));
        points.push((-half - grow, 0.0));
        points
    };
    let inner = profile(0.0);
    let hub: u32 = mesh.corner(dark, at(0.0, spring * 0.5, 0.05), normal, Vec2::ZERO, 0.25);
    let mut before: Option<u32> = None;
    for &(x, y) in &inner {
        let rim = mesh.corner(dark, at(x, y, 0.05), normal, Vec2::ZERO, 0.25);
        if let Some(b) = before {
            mesh.triangle(hub, b, rim);
        }
        before = Some(rim);
    }
    let outer = profile(0.75);
    for k in 1..inner.len() {
        let [a, b] = [inner[k - 1], inner[k]].map(|(x, y)| at(x, y, 0.09));
        let [c, d] = [outer[k], outer[k - 1]].map(|(x, y)| at(x, y, 0.09));
        mesh.quad_at(
            Paint {
                colour: 0xC2_BA_AA,
                ..stone
            },
            [a, d, c, b],
            vec2(0.0, k as f32),
            [0.9, 0.9],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::Vec3;

    #[test]
    fn a_gate_of_two_storeys_is_about_as_high_as_sungnyemun() {
        let mut kit = Kit::default();
        let frame = Frame {
            bays: 5,
            depth_bays: 2,
            bay_m: 5.0,
            base_m: 7.0,
            arches: 1,
            storeys: 2,
            roof: Roof::Ujingak,
        };
        build(&mut kit, Vec2::ZERO, Heading(128), frame);
        let top = kit
            .standing
            .vertices
            .iter()
            .map(|v| Vec3::from(v.position).y)
            .fold(0.0, f32::max);
        assert!((17.0..26.0).contains(&top), "{top}");
    }
}
