//! Shapes as rows of numbers, and the mesh they are made into.
//!
//! Lengths are millimetres; what the numbers of a row mean depends on the [`Form`].

use std::f32::consts::{FRAC_PI_2, TAU};
use std::ops::Range;

use glam::{Vec2, Vec3, vec2, vec3};

use super::{ALL, Bone, Corner, Slot};

/// How the rows of a shape are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A smooth tube through rings from below, closed at both ends; rows of height, half width, half depth, z and x.
    Tube,
    /// The same, lying: its rings go from left to right, and x is how high it lies.
    Lying,
    /// An ellipsoid: middle x, y, z, half x, half y; then half z, rows, and between which heights it is kept, in 1/1000 of
    /// its half height.
    Ball,
    /// A round bar: x, y, z and thickness; then where it ends.
    Bar,
    /// A box: middle x, y, z, half x, half y; then half z.
    Box,
    /// A ring-shaped tube around an axis: middle x, y, z, radius, thickness; a second row: around z instead of x.
    Hoop,
}

/// A shape: how it is worn and moved, and its rows.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    form: Form,
    bone: Bone,
    slot: Slot,
    mask: u32,
    /// There is one to the left and one to the right.
    twice: bool,
    sides: u8,
    rows: &'static [[i16; 5]],
}

impl Shape {
    pub const fn new(form: Form, bone: Bone, slot: Slot, sides: u8, rows: &'static [[i16; 5]]) -> Self {
        Self {
            form,
            bone,
            slot,
            mask: ALL,
            twice: false,
            sides,
            rows,
        }
    }

    pub const fn tube(bone: Bone, slot: Slot, sides: u8, rows: &'static [[i16; 5]]) -> Self {
        Self::new(Form::Tube, bone, slot, sides, rows)
    }

    pub const fn ball(bone: Bone, slot: Slot, sides: u8, rows: &'static [[i16; 5]; 2]) -> Self {
        Self::new(Form::Ball, bone, slot, sides, rows)
    }

    pub const fn bar(bone: Bone, slot: Slot, rows: &'static [[i16; 5]; 2]) -> Self {
        Self::new(Form::Bar, bone, slot, 5, rows)
    }

    pub const fn block(bone: Bone, slot: Slot, rows: &'static [[i16; 5]; 2]) -> Self {
        Self::new(Form::Box, bone, slot, 4, rows)
    }

    /// Worn by some only.
    pub const fn by(self, mask: u32) -> Self {
        Self { mask, ..self }
    }

    /// On both sides: the rows are those of the right one.
    pub const fn twice(self) -> Self {
        Self { twice: true, ..self }
    }
}

/// How finely a mesh is made, for how far who has it is.
#[derive(Clone, Copy, Debug)]
pub struct Detail {
    /// What round things have of their sides.
    part: u32,
    /// Rings that are not off the line between their neighbours by more, in millimetres, are left out.
    off_mm: f32,
    /// What is left out: balls of smaller halves, bars as thin, and ends of tubes as thin, in metres.
    small_m: [f32; 3],
}

impl Detail {
    /// For who is near, for who is around, and for everyone else who moves.
    pub const ALL: [Self; 3] = [
        Self {
            part: 1,
            off_mm: -1.0,
            small_m: [0.0; 3],
        },
        Self {
            part: 2,
            off_mm: 6.0,
            small_m: [0.03, 0.008, 0.0],
        },
        Self {
            part: 3,
            off_mm: 20.0,
            small_m: [0.05, 0.014, 0.06],
        },
    ];

    fn sides(self, sides: u8) -> u32 {
        let sides = u32::from(sides);
        (sides / self.part).max(sides.min(4))
    }

    /// How much wider a round thing is with fewer sides, so that its section is as large.
    fn wider(self, sides: u8) -> f32 {
        let section = |sides: u32| sides as f32 * (TAU / sides as f32).sin();
        (section(u32::from(sides)) / section(self.sides(sides))).sqrt()
    }

    /// The rings of a tube that make its outline.
    fn rings(self, rows: &[[i16; 5]]) -> Vec<[i16; 5]> {
        let mut rings = Vec::new();
        rings.extend(rows.first());
        self.outline(rows, &mut rings);
        rings
    }

    /// All but the first.
    fn outline(self, rows: &[[i16; 5]], rings: &mut Vec<[i16; 5]>) {
        let [from, inner @ .., to] = rows else { return };
        let off = |row: &[i16; 5]| {
            let [at, from, to] = [row, from, to].map(|row| row.map(f32::from));
            let share = (at[0] - from[0]) / (to[0] - from[0]);
            let off = |k: usize| (from[k] + (to[k] - from[k]) * share - at[k]).abs();
            (1..5).map(off).fold(0.0, f32::max)
        };
        let offs = inner.iter().map(off).enumerate();
        match offs.max_by(|a, b| a.1.total_cmp(&b.1)) {
            Some((k, most)) if most > self.off_mm => {
                self.outline(&rows[..k + 2], rings);
                self.outline(&rows[k + 1..], rings);
            }
            _ => rings.push(*to),
        }
    }
}

/// The growing mesh.
#[derive(Debug)]
pub struct Sculpture {
    /// The level of detail it is made for.
    pub detail: Detail,
    pub corners: Vec<Corner>,
    pub indices: Vec<u32>,
}

/// A shape's wear on one side of the body.
#[derive(Clone, Copy)]
struct Side {
    bone: u8,
    x: f32,
}

impl Sculpture {
    /// Adds shapes: where their triangles are.
    pub fn run(&mut self, tables: &[&[Shape]]) -> Range<u32> {
        let start = self.indices.len() as u32;
        for shape in tables.iter().copied().flatten() {
            self.add(shape);
        }
        start..self.indices.len() as u32
    }

    /// Adds those triangles of a run once more that have one of the bits: where they are.
    pub fn part(&mut self, run: &Range<u32>, bits: u32) -> Range<u32> {
        let start = self.indices.len() as u32;
        let run = self.indices.get(run.start as usize..run.end as usize);
        let triangles = run.unwrap_or_default().chunks_exact(3).filter(|triangle| {
            let corner = triangle
                .first()
                .and_then(|&corner| self.corners.get(corner as usize));
            corner.is_some_and(|corner| corner.mask & bits != 0)
        });
        let part: Vec<u32> = triangles.flatten().copied().collect();
        self.indices.extend(part);
        start..self.indices.len() as u32
    }

    /// Adds a shape, on one side or both.
    fn add(&mut self, shape: &Shape) {
        let bone = shape.bone as u8;
        let limb = matches!(
            shape.bone,
            Bone::UpperArm | Bone::Forearm | Bone::Thigh | Bone::Shin | Bone::Foot
        );
        if shape.twice {
            self.build(shape, Side { bone, x: -1.0 });
        }
        let bone = bone + 2 * u8::from(limb && shape.twice);
        self.build(shape, Side { bone, x: 1.0 });
    }

    fn build(&mut self, shape: &Shape, side: Side) {
        let row = |k: usize| {
            let row = shape.rows.get(k).copied().unwrap_or_default();
            row.map(|mm| f32::from(mm) / 1_000.0)
        };
        let sides = self.detail.sides(shape.sides);
        let ([a, b, c, d, e], [f, g, h, i, _]) = (row(0), row(1));
        let middle = vec3(a * side.x, b, c);
        match shape.form {
            Form::Tube | Form::Lying => self.tube(shape, side, sides),
            Form::Ball => {
                let rows = (g * 1_000.0).round() as u32;
                self.ball(shape, side, middle, vec3(d, e, f), (rows, sides), (h, i));
            }
            Form::Box => self.block(shape, side, middle, vec3(d, e, f)),
            Form::Bar => self.bar(shape, side, [middle, vec3(f * side.x, g, h)], d, sides),
            Form::Hoop => self.hoop(shape, side, middle, [d, e], sides),
        }
    }

    fn corner(&mut self, shape: &Shape, side: Side, position: Vec3, normal: Vec3) -> u32 {
        // A skirt hangs from the torso, goes with the thighs, and its hem with the shins.
        let bone = match shape.bone {
            Bone::Skirt if position.y > 0.90 => Bone::Torso as u8,
            Bone::Skirt if position.y < 0.40 => Bone::Hem as u8,
            _ => side.bone,
        };
        let snorm = |v: f32| (v.clamp(-1.0, 1.0) * 127.0).round() as i8;
        let n = normal.normalize_or(Vec3::Y);
        self.corners.push(Corner {
            position: position.to_array(),
            normal: [snorm(n.x), snorm(n.y), snorm(n.z), 0],
            part: [bone, shape.slot as u8, 0, 0],
            mask: shape.mask,
        });
        self.corners.len() as u32 - 1
    }

    /// Triangles between rings of `sides` + 1 corners each; the first and the last may be points.
    fn mantle(&mut self, first: u32, rings: u32, sides: u32, points: [bool; 2]) {
        let stride = sides + 1;
        let last = rings.saturating_sub(2);
        for k in 0..=last {
            for i in (first + k * stride..).take(sides as usize) {
                if k > 0 || !points[0] {
                    self.indices.extend([i, i + 1, i + 1 + stride]);
                }
                if k < last || !points[1] {
                    self.indices.extend([i, i + 1 + stride, i + stride]);
                }
            }
        }
    }

    fn tube(&mut self, shape: &Shape, side: Side, sides: u32) {
        let first = self.corners.len() as u32;
        let wider = self.detail.wider(shape.sides);
        let rings: Vec<(Vec3, Vec2)> = (self.detail.rings(shape.rows).iter())
            .map(|row| {
                let [y, x_half, z_half, z, x] = row.map(|mm| f32::from(mm) / 1_000.0);
                (vec3(x * side.x, y, z), vec2(x_half, z_half) * wider)
            })
            .collect();
        let laid = |v: Vec3| {
            if shape.form == Form::Lying {
                // Turned so that what was outside stays outside.
                vec3(v.y, v.x, -v.z)
            } else {
                v
            }
        };
        let at = |k: usize| rings.get(k).copied().unwrap_or_default();
        for (k, &(middle, half)) in rings.iter().enumerate() {
            let (below, above) = (at(k.saturating_sub(1)), at((k + 1).min(rings.len() - 1)));
            let rise = (above.0.y - below.0.y).abs().max(1e-4);
            let grow = (above.1 - below.1) / rise;
            for step in 0..=sides {
                let (sin, cos) = (step as f32 / sides as f32 * TAU).sin_cos();
                let normal = vec3(sin / half.x.max(0.005), 0.0, cos / half.y.max(0.005)).normalize()
                    - Vec3::Y * (grow.x + grow.y) / 2.0;
                let place = middle + vec3(sin * half.x, 0.0, cos * half.y);
                self.corner(shape, side, laid(place), laid(normal));
            }
        }
        let count = rings.len() as u32;
        self.mantle(first, count, sides, [false; 2]);
        for (end, normal) in [(0, Vec3::NEG_Y), (count.saturating_sub(1), Vec3::Y)] {
            if at(end as usize).1.max_element() < self.detail.small_m[2] {
                continue;
            }
            let hub = self.corner(shape, side, laid(at(end as usize).0), laid(normal));
            let rim = first + end * (sides + 1);
            for step in rim..rim + sides {
                self.indices.extend(if end == 0 {
                    [hub, step + 1, step]
                } else {
                    [hub, step, step + 1]
                });
            }
        }
    }

    fn ball(
        &mut self,
        shape: &Shape,
        side: Side,
        middle: Vec3,
        half: Vec3,
        (rows, sides): (u32, u32),
        (low, high): (f32, f32),
    ) {
        // Far off, of all small things only eyes are seen.
        let Detail { part, small_m, .. } = self.detail;
        if half.max_element() < small_m[0] && (part > 2 || shape.slot != Slot::Ink) {
            return;
        }
        let rows = rows.div_ceil(part).max(2);
        let wider = self.detail.wider(shape.sides);
        let first = self.corners.len() as u32;
        for row in 0..=rows {
            // Rings lie closer together towards the poles, where the curve is.
            let y = low + (high - low) * row as f32 / rows as f32;
            let lift = (y * FRAC_PI_2).sin();
            let radius = (1.0 - lift * lift).max(0.0).sqrt();
            for step in 0..=sides {
                let (sin, cos) = (step as f32 / sides as f32 * TAU).sin_cos();
                let unit = vec3(sin * radius * wider, lift, cos * radius * wider);
                self.corner(shape, side, middle + unit * half, unit / half);
            }
        }
        self.mantle(first, rows + 1, sides, [low <= -1.0, high >= 1.0]);
    }

    fn block(&mut self, shape: &Shape, side: Side, middle: Vec3, half: Vec3) {
        for normal in [Vec3::X, Vec3::NEG_X, Vec3::Y, Vec3::NEG_Y, Vec3::Z, Vec3::NEG_Z] {
            let across = vec3(normal.y, normal.z, normal.x);
            let other = normal.cross(across);
            let first = self.corners.len() as u32;
            for (a, b) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                let unit = normal + across * a + other * b;
                self.corner(shape, side, middle + unit * half, normal);
            }
            self.indices
                .extend([0, 1, 2, 0, 2, 3].map(|corner| first + corner));
        }
    }

    fn hoop(&mut self, shape: &Shape, side: Side, middle: Vec3, [radius, thick]: [f32; 2], sides: u32) {
        let first = self.corners.len() as u32;
        let around_z = shape.rows.len() > 1;
        for k in 0..=sides {
            let (sin, cos) = (k as f32 / sides as f32 * TAU).sin_cos();
            let (out, axis) = if around_z {
                (vec3(sin, cos, 0.0), Vec3::NEG_Z)
            } else {
                (vec3(0.0, cos, sin), Vec3::X)
            };
            for (a, b) in [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)] {
                let normal = out * a + axis * b;
                self.corner(shape, side, middle + out * radius + normal * thick, normal);
            }
        }
        for k in 0..sides {
            for m in 0..4 {
                let (i, j) = (first + k * 4 + m, first + k * 4 + (m + 1) % 4);
                self.indices.extend([i, j + 4, j, i, i + 4, j + 4]);
            }
        }
    }

    fn bar(&mut self, shape: &Shape, side: Side, [from, to]: [Vec3; 2], thick: f32, sides: u32) {
        if thick < self.detail.small_m[1] {
            return;
        }
        let along = (to - from).normalize_or(Vec3::Y);
        let across = along.any_orthonormal_vector();
        let other = along.cross(across);
        let first = self.corners.len() as u32;
        for k in 0..=sides {
            let (sin, cos) = (k as f32 / sides as f32 * TAU).sin_cos();
            let normal = across * cos + other * sin;
            self.corner(shape, side, from + normal * thick, normal);
            self.corner(shape, side, to + normal * thick, normal);
        }
        for k in 0..sides {
            let i = first + k * 2;
            self.indices.extend([i, i + 2, i + 3, i, i + 3, i + 1]);
        }
    }
}
