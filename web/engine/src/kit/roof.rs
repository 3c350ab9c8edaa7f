//! The roof of a Korean timber building: concave slopes, eaves that lift to the corners, white ridges.

use glam::{Vec2, Vec3, vec2};
use shared::city::Roof;

use super::lift;
use super::tube::{self, Ring, Stance};
use crate::mesh::{Material, Mesh, Paint};
use crate::polygon::Plan;

/// How far up its end slopes a paljak has its gables: at one of the rows that its slopes are made of.
const GABLE: f32 = 0.5;
pub const TILE: u32 = 0x44_4B_55;
/// What tiles show along the eaves: a colour, and how far it hangs, in metres.
pub const TILE_ENDS: (u32, f32) = (0x3A_40_48, 0.24);
const STRAW: u32 = 0xB2_97_5E;

/// Measures of one roof.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Which form.
    pub form: Roof,
    /// Half the width and half the depth of the eaves, in metres.
    pub eaves: Vec2,
    /// How far they reach out beyond the walls, in metres.
    pub reach: f32,
    /// Height of the eaves in the middle of a side, in metres.
    pub low: f32,
    /// Height of the ridge, in metres.
    pub high: f32,
    /// How far the eaves rise at the corners, in metres.
    pub lift: f32,
    /// Bare timber below, and neither white ridges nor figures above.
    pub plain: bool,
}

impl Shape {
    /// Half the length of the ridge.
    fn ridge(&self) -> f32 {
        self.half_width(1.0)
    }

    /// Half the width of the front slope: `t` from the eaves (0) to the ridge (1). The hips of a paljak run inward at
    /// forty-five degrees on the plan up to its gables, and from there the slope is as wide as the ridge.
    fn half_width(&self, t: f32) -> f32 {
        let in_all = match self.form {
            Roof::Matbae => 0.0,
            Roof::Ujingak => (self.eaves.y * 0.92).min(self.eaves.x * 0.7) * t,
            Roof::Paljak => self.eaves.y.min(self.eaves.x * 1.4) * t.min(GABLE),
            Roof::Choga => (self.eaves.y * 0.8).min(self.eaves.x * 0.6) * t,
        };
        self.eaves.x - in_all
    }

    /// How the eaves rise and reach out towards a corner (`a` is −1..1 along a side).
    fn corner(a: f32) -> f32 {
        let a = a.abs();
        a * a * a * a
    }

    /// Height on a slope: `t` from the eaves (0) to the ridge (1); slack below and steep above, like a hung rope, and
    /// the other way round where straw lies in a heap.
    fn rise(&self, t: f32) -> f32 {
        let slack = if self.form == Roof::Choga { -0.45 } else { 0.38 };
        self.low + (self.high - self.low) * ((1.0 - slack) * t + slack * t * t)
    }

    /// How far out a corner reaches, as a share, and how high it rises, in metres: `c` is 1 in the corner, 0 elsewhere.
    fn at_corner(&self, c: f32) -> (f32, f32) {
        if self.form == Roof::Choga {
            (1.0 - 0.09 * c, -0.1 * c)
        } else {
            (1.0 + 0.035 * c, self.lift * c)
        }
    }

    /// A point of the front slope: `a` along (−1..1), `t` up.
    fn front(&self, a: f32, t: f32) -> (f32, f32, f32) {
        let c = Self::corner(a) * (1.0 - t) * (1.0 - t);
        let (out, up) = self.at_corner(c);
        (
            a * self.half_width(t) * out,
            self.eaves.y * out * (1.0 - t),
            self.rise(t) + up,
        )
    }

    /// A point of the right-hand end slope, up to `limit` of the way to the ridge.
    fn end(&self, a: f32, t: f32) -> (f32, f32, f32) {
        let c = Self::corner(a) * (1.0 - t) * (1.0 - t);
        let (out, up) = self.at_corner(c);
        (
            self.half_width(t) * out,
            a * self.eaves.y * out * (1.0 - t),
            self.rise(t) + up,
        )
    }
}

/// The beast at a ridge's end, upright, its tail curled inward: units of a centimetre, outward is to the front.
const CHWIDU: [Ring; 6] = [
    [0, -30, 0, 17, 36],
    [0, 20, 4, 18, 42],
    [0, 62, 8, 14, 34],
    [0, 96, 6, 11, 24],
    [0, 116, -8, 8, 17],
    [0, 122, -26, 5, 8],
];

/// A guardian that sits on a corner's ridge and looks out.
const JAPSANG: [Ring; 5] = [
    [0, -6, -4, 11, 17],
    [0, 18, 0, 10, 11],
    [0, 30, 6, 6, 7],
    [0, 36, 10, 8, 10],
    [0, 48, 8, 4, 5],
];

/// Builds one over a plan, its figures into a finer mesh.
pub fn build(mesh: &mut Mesh, fine: &mut Mesh, plan: &Plan, shape: Shape) {
    let is_straw = shape.form == Roof::Choga;
    let tiles = if is_straw {
        Paint::new(Material::Planks, STRAW)
    } else {
        Paint::new(Material::Tiles, TILE)
    };
    let under_eaves = if shape.plain { 0x6B_4C_34 } else { 0x4A_6E_60 };
    let rim = if is_straw { (0x94_7B_49, 0.42) } else { TILE_ENDS };
    let place =
        |(right, front, y): (f32, f32, f32), turn: f32| lift(plan.point(right * turn, front * turn), y);
    let wide = shape.eaves.x * 2.0;
    let up = (shape.high - shape.low).hypot(shape.eaves.y);
    // Up to behind the walls: short of them, the sky would show where no tile is seen from below.
    let under = (shape.reach + 0.3) / shape.eaves;
    for turn in [1.0, -1.0] {
        mesh.patch(
            tiles,
            (24, 8),
            |u, v| place(shape.front(u * 2.0 - 1.0, v), turn),
            |u, v| vec2(u * wide, v * up),
            |_, _| 1.0,
        );
        // Under the eaves: rafters in the painter's green, or bare.
        let soffit = Paint::new(Material::Plain, under_eaves);
        let inner = |u: f32, v: f32| {
            let (right, front, y) = shape.front(1.0 - u * 2.0, 0.0);
            let keep = 1.0 - under * v;
            place((right * keep.x, front * keep.y, y - 0.22 + 0.35 * v), turn)
        };
        mesh.patch(soffit, (24, 1), inner, |u, v| vec2(u * wide, v), |_, _| 0.45);
        edge(mesh, rim, &|u| place(shape.front(u * 2.0 - 1.0, 0.0), turn));
        if shape.form == Roof::Matbae {
            gable(mesh, &shape, 0.0, &|point| place(point, turn));
        } else {
            let reach = if shape.form == Roof::Paljak { GABLE } else { 1.0 };
            mesh.patch(
                tiles,
                (16, 6),
                |u, v| place(shape.end(1.0 - u * 2.0, v * reach), turn),
                |u, v| vec2(u * shape.eaves.y * 2.0, v * up),
                |_, _| 1.0,
            );
            let inner = |u: f32, v: f32| {
                let (right, front, y) = shape.end(u * 2.0 - 1.0, 0.0);
                let keep = 1.0 - under * v;
                place((right * keep.x, front * keep.y, y - 0.22 + 0.35 * v), turn)
            };
            mesh.patch(soffit, (16, 1), inner, vec2, |_, _| 0.45);
            edge(mesh, rim, &|u| place(shape.end(1.0 - u * 2.0, 0.0), turn));
            if shape.form == Roof::Paljak {
                gable(mesh, &shape, reach, &|point| place(point, turn));
            }
        }
    }
    if shape.plain {
        ridge(mesh, &shape, place);
    } else {
        ridges(mesh, fine, plan, &shape, place);
    }
}

/// The tile ends along the eaves, or how thick the straw lies there: a colour, and how far it hangs, in metres.
pub fn edge(mesh: &mut Mesh, (colour, hangs): (u32, f32), point: &dyn Fn(f32) -> Vec3) {
    let ends = Paint::new(Material::Plain, colour);
    let face = |u: f32, v: f32| point(u) - Vec3::Y * (hangs * (1.0 - v));
    mesh.patch(ends, (24, 1), face, vec2, |_, _| 0.8);
}

/// The upright triangle of a gable, in red-brown boards.
fn gable(mesh: &mut Mesh, shape: &Shape, from: f32, place: &dyn Fn((f32, f32, f32)) -> Vec3) {
    let boards = if shape.plain {
        Paint::new(Material::Plain, 0xE0_D7_C4)
    } else {
        Paint::new(Material::Planks, 0x7D_3A_2C)
    };
    let inset = if from > 0.0 { 0.6 } else { 0.9 };
    let x = shape.end(0.0, from).0 - inset;
    let half = |t: f32| shape.eaves.y * (1.0 - t);
    let point = |u: f32, v: f32| {
        let t = from + (1.0 - from) * v;
        place((x, (1.0 - u * 2.0) * half(t) * 0.98, shape.rise(t) - 0.05))
    };
    mesh.patch(
        boards,
        (2, 8),
        point,
        |u, v| vec2((u - 0.5) * half(from) * 2.0, v * 4.0),
        |_, _| 0.7,
    );
}

/// The ridge of a house: a course of tiles, or straw in a plait.
fn ridge(mesh: &mut Mesh, shape: &Shape, place: impl Fn((f32, f32, f32), f32) -> Vec3) {
    let is_straw = shape.form == Roof::Choga;
    let paint = Paint::new(Material::Plain, if is_straw { 0x9C_82_4E } else { 0x3A_40_48 });
    let (thick, sag) = if is_straw { (0.34, -0.1) } else { (0.3, 0.12) };
    let at = |k: i32| {
        let a = k as f32 / 4.0 - 1.0;
        place((a * shape.ridge(), 0.0, shape.high + 0.05 + sag * a * a), 1.0)
    };
    for k in 0..8 {
        mesh.bar(paint, at(k), at(k + 1), (thick, thick));
    }
}

/// White plastered ridges along every edge, with a beast at each end of the main one.
fn ridges(
    mesh: &mut Mesh,
    fine: &mut Mesh,
    plan: &Plan,
    shape: &Shape,
    place: impl Fn((f32, f32, f32), f32) -> Vec3,
) {
    let plaster = Paint::new(Material::Plain, 0xE4_DD_CE);
    let dark = Paint::new(Material::Plain, 0x3A_40_48);
    let top = shape.ridge();
    // A throne hall has seven figures and beasts as tall as a man, a small hall three and smaller ones.
    let size = (shape.eaves.y / 9.0).clamp(0.45, 1.2);
    let figures = ((shape.eaves.y * 0.35) as u32 * 2 + 1).clamp(3, 7);
    let steps = 12;
    let main = |k: i32| {
        let a = k as f32 / steps as f32 * 2.0 - 1.0;
        place((a * top, 0.0, shape.high + 0.25 + 0.22 * a * a), 1.0)
    };
    for k in 0..steps {
        mesh.bar(plaster, main(k), main(k + 1), (0.52, 0.52));
        mesh.bar(
            dark,
            main(k) + Vec3::Y * 0.36,
            main(k + 1) + Vec3::Y * 0.36,
            (0.26, 0.26),
        );
    }
    for end in [-1.0, 1.0] {
        let foot = place(((top - 0.2) * end, 0.0, shape.high + 0.45), 1.0);
        beast(mesh, dark, &CHWIDU, foot, plan.right * end, size);
    }
    let hip = |turn: f32, side: f32, t: f32| {
        let (right, front, y) = if shape.form == Roof::Matbae {
            let (_, front, y) = shape.front(0.0, t);
            (shape.eaves.x - 0.3, front, y)
        } else {
            shape.front(1.0, t)
        };
        place((right * side * turn, front * turn, y + 0.18), 1.0)
    };
    for turn in [1.0, -1.0] {
        for side in [1.0, -1.0] {
            let limit = if shape.form == Roof::Paljak { GABLE } else { 1.0 };
            for k in 0..8 {
                let at = |n: i32| hip(turn, side, limit * n as f32 / 8.0);
                mesh.bar(plaster, at(k), at(k + 1), (0.34, 0.34));
            }
            if shape.form == Roof::Paljak {
                // The descending ridge along the gable.
                let x = shape.end(0.0, limit).0;
                for k in 0..5 {
                    let at = |n: i32| {
                        let t = limit + (1.0 - limit) * n as f32 / 5.0;
                        place(
                            (
                                x * side * turn,
                                shape.eaves.y * (1.0 - t) * turn,
                                shape.rise(t) + 0.2,
                            ),
                            1.0,
                        )
                    };
                    mesh.bar(plaster, at(k), at(k + 1), (0.36, 0.36));
                }
            }
            if shape.form == Roof::Matbae {
                continue;
            }
            // A row of guardian figures above the corner, and the head of a dragon behind them.
            let run = hip(turn, side, 0.0) - hip(turn, side, 0.3);
            let out = vec2(run.x, run.z).normalize_or(Vec2::X);
            let pace = 0.3 * 0.62 * size / run.length().max(1.0);
            for k in 0..figures {
                let foot = hip(turn, side, 0.02 + pace * k as f32) + Vec3::Y * 0.16;
                beast(fine, dark, &JAPSANG, foot, out, size);
            }
            let foot = hip(turn, side, 0.04 + pace * (figures as f32 + 0.6)) + Vec3::Y * 0.1;
            beast(fine, dark, &CHWIDU, foot, out, size * 0.62);
        }
    }
}

/// A ridge's beast, looking out.
fn beast(mesh: &mut Mesh, paint: Paint, rings: &[Ring], foot: Vec3, out: Vec2, size: f32) {
    let plan = Plan {
        at: vec2(foot.x, foot.z),
        right: vec2(out.y, -out.x),
        front: out,
        half: Vec2::ZERO,
    };
    let stance = Stance {
        plan,
        foot: foot.y,
        unit: size / 100.0,
    };
    tube::tube(mesh, paint, stance, rings, 4);
}
