//! Triangles of a place: a growing list of vertices in metres, painted with a material of the city shader.

use bytemuck::{Pod, Zeroable};
use glam::{Vec2, Vec3, vec2, vec3};

/// One corner as the GPU reads it. Positions in metres in the place's axes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct Vertex {
    /// Where it is.
    pub position: [f32; 3],
    /// Unit normal; the fourth says how much the wind moves it (0 to 127).
    pub normal: [i8; 4],
    /// Metres along and up the face, for the material's pattern.
    pub uv: [f32; 2],
    /// sRGB, and how open to the sky it is (255 fully).
    pub colour: [u8; 4],
    /// [`Material`], a number of the piece's own, and two parameters that the material explains.
    pub material: [u8; 4],
}

/// How the layout is told to the pipelines.
pub const ATTRIBUTES: [wgpu::VertexAttribute; 5] =
    wgpu::vertex_attr_array![0 => Float32x3, 1 => Snorm8x4, 2 => Float32x2, 3 => Unorm8x4, 4 => Uint8x4];

/// Materials of `shaders/city.wgsl`; the numbers are the shader's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Material {
    /// One colour, a little uneven.
    #[default]
    Plain = 0,
    /// Sawn granite slabs.
    Granite = 1,
    /// Small paving stones.
    Paving = 2,
    /// Asphalt; `p` is lanes and half width in decimetres: `uv.x` runs across, `uv.y` along.
    Asphalt = 3,
    /// White bars; `uv.x` runs across the street.
    Crossing = 4,
    /// Cut grass.
    Lawn = 5,
    /// Trodden earth.
    Earth = 6,
    /// Still water.
    Water = 7,
    /// Boards.
    Planks = 8,
    /// A wall with windows; `p` is storey height and bay width in decimetres.
    Windows = 9,
    /// A curtain wall of glass; `p` as [`Material::Windows`].
    Glass = 10,
    /// The glass of the wave: large panes, floors behind; `p` is storey height in decimetres.
    Wave = 11,
    /// Courses of squared stone; `p` is course height in centimetres.
    Stone = 12,
    /// Rows of tiles, running along `uv.y`.
    Tiles = 13,
    /// Leaves; `p` is the species.
    Leaves = 14,
    /// Lattice doors of a timber hall.
    Lattice = 15,
    /// The painted band of brackets under the eaves.
    Dancheong = 16,
    /// A lamp's glass: shines at night.
    Glow = 17,
    /// Slopes of a hill; `p` is 1 for bare granite.
    Hill = 18,
    /// Far blocks of the city.
    Far = 19,
    /// A clock's face.
    Clock = 20,
    /// Cloth in the wind: a flag.
    Flag = 21,
    /// Tall windows of a civic hall, in deep reveals; `p` is storey height and bay width in decimetres.
    Civic = 22,
    /// Bark.
    Bark = 23,
}

/// How many families of materials there are.
pub const FAMILIES: usize = 10;
/// The family of leaves.
pub const LEAVES: usize = 6;
/// Families of what lies flat on the ground: slabs, asphalt, lawn.
pub const LYING: [usize; 3] = [1, 2, 3];

impl Material {
    /// The family it is drawn with: the number that `shaders/city.wgsl` is specialised by.
    pub const fn family(number: u8) -> usize {
        match number {
            0 => 0,
            1 | 2 => 1,
            3 => 2,
            5 => 3,
            9 | 22 => 4,
            10 | 11 => 5,
            14 => 6,
            12 | 13 => 7,
            19 => 8,
            _ => 9,
        }
    }
}

/// How the next faces are painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Which material.
    pub material: Material,
    /// sRGB as `0xRRGGBB`.
    pub colour: u32,
    /// A number of the piece's own.
    pub seed: u8,
    /// Two parameters of the material.
    pub p: [u8; 2],
    /// How much the wind moves it.
    pub sway: u8,
}

impl Paint {
    /// A material in a colour.
    pub const fn new(material: Material, colour: u32) -> Self {
        Self {
            material,
            colour,
            seed: 0,
            p: [0, 0],
            sway: 0,
        }
    }

    /// With the material's parameters.
    #[must_use]
    pub const fn with(self, a: u8, b: u8) -> Self {
        Self { p: [a, b], ..self }
    }

    /// With a number of its own.
    #[must_use]
    pub const fn seeded(self, seed: u8) -> Self {
        Self { seed, ..self }
    }

    /// Moved by the wind.
    #[must_use]
    pub const fn swaying(self, sway: u8) -> Self {
        Self { sway, ..self }
    }
}

/// Metres to decimetres in a byte.
pub fn decimetres(m: f32) -> u8 {
    (m * 10.0).round().clamp(1.0, 255.0) as u8
}

/// Triangles.
#[derive(Clone, Debug, Default)]
pub struct Mesh {
    /// Corners.
    pub vertices: Vec<Vertex>,
    /// Three for each triangle, counter-clockwise seen from outside.
    pub indices: Vec<u32>,
}

impl Mesh {
    /// Adds a corner and tells its index. `open` is how much sky it sees, 0 to 1.
    pub fn corner(&mut self, paint: Paint, position: Vec3, normal: Vec3, uv: Vec2, open: f32) -> u32 {
        let snorm = |v: f32| (v.clamp(-1.0, 1.0) * 127.0).round() as i8;
        let [_, r, g, b] = paint.colour.to_be_bytes();
        let normal = normal.normalize_or(Vec3::Y);
        self.vertices.push(Vertex {
            position: position.to_array(),
            normal: [
                snorm(normal.x),
                snorm(normal.y),
                snorm(normal.z),
                paint.sway.min(127) as i8,
            ],
            uv: uv.to_array(),
            colour: [r, g, b, (open.clamp(0.0, 1.0) * 255.0) as u8],
            material: [paint.material as u8, paint.seed, paint.p[0], paint.p[1]],
        });
        self.vertices.len() as u32 - 1
    }

    /// Adds a triangle of corners.
    pub fn triangle(&mut self, a: u32, b: u32, c: u32) {
        self.indices.extend([a, b, c]);
    }

    /// A flat four-cornered face, counter-clockwise from its lower left; pattern metres are measured along its edges
    /// from `uv`.
    pub fn quad_at(&mut self, paint: Paint, [a, b, c, d]: [Vec3; 4], uv: Vec2, open: [f32; 2]) {
        let normal = (b - a).cross(d - a);
        let normal = if normal.length_squared() > 1e-10 {
            normal
        } else {
            (c - b).cross(a - b)
        };
        let (across, up) = (a.distance(b), a.distance(d));
        let i = self.corner(paint, a, normal, uv, open[0]);
        self.corner(paint, b, normal, uv + vec2(across, 0.0), open[0]);
        self.corner(paint, c, normal, uv + vec2(across, up), open[1]);
        self.corner(paint, d, normal, uv + vec2(0.0, up), open[1]);
        self.indices.extend([i, i + 1, i + 2, i, i + 2, i + 3]);
    }

    /// [`Mesh::quad_at`] in the open, its pattern starting at its lower left corner.
    pub fn quad(&mut self, paint: Paint, corners: [Vec3; 4]) {
        self.quad_at(paint, corners, Vec2::ZERO, [1.0, 1.0]);
    }

    /// A smooth patch: `rows` x `columns` points by `point(column, row)` in 0..=1, the outside to the viewer's side
    /// when columns run right and rows run up. `uv` in metres by the same numbers.
    pub fn patch(
        &mut self,
        paint: Paint,
        (columns, rows): (u32, u32),
        point: impl Fn(f32, f32) -> Vec3,
        uv: impl Fn(f32, f32) -> Vec2,
        open: impl Fn(f32, f32) -> f32,
    ) {
        self.patch_of(paint, (columns, rows), &point, &uv, &open);
    }

    // One for all surfaces: an own one for each would be a good part of what is downloaded.
    fn patch_of(
        &mut self,
        paint: Paint,
        (columns, rows): (u32, u32),
        point: &dyn Fn(f32, f32) -> Vec3,
        uv: &dyn Fn(f32, f32) -> Vec2,
        open: &dyn Fn(f32, f32) -> f32,
    ) {
        let first = self.vertices.len() as u32;
        let step = 1e-3;
        for row in 0..=rows {
            for column in 0..=columns {
                let (u, v) = (column as f32 / columns as f32, row as f32 / rows as f32);
                let (u0, v0) = (u.min(1.0 - step), v.min(1.0 - step));
                let base = point(u0, v0);
                let normal = (point(u0 + step, v0) - base).cross(point(u0, v0 + step) - base);
                self.corner(paint, point(u, v), normal, uv(u, v), open(u, v));
            }
        }
        for row in 0..rows {
            for column in 0..columns {
                let i = first + row * (columns + 1) + column;
                let above = i + columns + 1;
                self.indices.extend([i, i + 1, above + 1, i, above + 1, above]);
            }
        }
    }

    /// A box by its middle on the plan, its half sizes along its own axes, and its lower and upper height.
    /// `along` is the direction of its first axis on the plan.
    pub fn block(&mut self, paint: Paint, at: Vec2, along: Vec2, half: Vec2, (low, high): (f32, f32)) {
        let across = vec2(-along.y, along.x);
        let plan = |a: f32, b: f32| at + along * (half.x * a) + across * (half.y * b);
        let ring = [plan(-1.0, 1.0), plan(1.0, 1.0), plan(1.0, -1.0), plan(-1.0, -1.0)];
        for (k, from) in ring.iter().enumerate() {
            let to = ring[(k + 1) % 4];
            let corners = [
                from.extend(low),
                to.extend(low),
                to.extend(high),
                from.extend(high),
            ]
            .map(|v| vec3(v.x, v.z, v.y));
            self.quad_at(paint, corners, vec2(0.0, low), [1.0, 1.0]);
        }
        let top = ring.map(|v| vec3(v.x, high, v.y));
        self.quad(paint, top);
        if low > 0.3 {
            let [a, b, c, d] = ring.map(|v| vec3(v.x, low, v.y));
            self.quad_at(paint, [d, c, b, a], Vec2::ZERO, [0.5, 0.5]);
        }
    }

    /// A round shaft: rings of `(radius, height)` from below around a middle, closed on top when the last radius is
    /// not zero.
    pub fn lathe(&mut self, paint: Paint, at: Vec2, rings: &[(f32, f32)], sides: u32) {
        let middle = vec3(at.x, 0.0, at.y);
        for pair in rings.windows(2) {
            let [(r0, y0), (r1, y1)] = [pair[0], pair[1]];
            let first = self.vertices.len() as u32;
            for k in 0..=sides {
                let angle = k as f32 / sides as f32 * std::f32::consts::TAU;
                let out = vec3(angle.sin(), 0.0, angle.cos());
                let normal = out * (y1 - y0) + Vec3::Y * (r0 - r1);
                let around = angle * r0.max(r1);
                self.corner(
                    paint,
                    middle + out * r0 + Vec3::Y * y0,
                    normal,
                    vec2(around, y0),
                    1.0,
                );
                self.corner(
                    paint,
                    middle + out * r1 + Vec3::Y * y1,
                    normal,
                    vec2(around, y1),
                    1.0,
                );
            }
            for k in 0..sides {
                let i = first + k * 2;
                self.indices.extend([i, i + 2, i + 3, i, i + 3, i + 1]);
            }
        }
        if let Some(&(radius, y)) = rings.last().filter(|ring| ring.0 > 0.02) {
            let hub = self.corner(paint, middle + Vec3::Y * y, Vec3::Y, Vec2::ZERO, 1.0);
            for k in 0..=sides {
                let angle = k as f32 / sides as f32 * std::f32::consts::TAU;
                let out = vec2(angle.sin(), angle.cos()) * radius;
                let rim = self.corner(paint, middle + vec3(out.x, y, out.y), Vec3::Y, out, 1.0);
                if k > 0 {
                    self.triangle(hub, rim - 1, rim);
                }
            }
        }
    }

    /// A bar with four sides between two points, thick as told at each end.
    pub fn bar(&mut self, paint: Paint, from: Vec3, to: Vec3, (thick_from, thick_to): (f32, f32)) {
        let axis = (to - from).normalize_or(Vec3::Y);
        let side = axis.any_orthonormal_vector();
        let other = axis.cross(side);
        let ring = [side + other, other - side, -side - other, side - other];
        for (k, &a) in ring.iter().enumerate() {
            let b = ring[(k + 1) % 4];
            let (f, t) = (thick_from / 2.0, thick_to / 2.0);
            self.quad(paint, [from + a * f, from + b * f, to + b * t, to + a * t]);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Corners of every triangle that faces away from where its normals point.
    pub fn inside_out(mesh: &Mesh) -> usize {
        let at = |i: u32| Vec3::from(mesh.vertices[i as usize].position);
        let normal = |i: u32| {
            let [x, y, z, _] = mesh.vertices[i as usize].normal;
            vec3(f32::from(x), f32::from(y), f32::from(z))
        };
        mesh.indices
            .chunks_exact(3)
            .filter(|t| {
                (at(t[1]) - at(t[0]))
                    .cross(at(t[2]) - at(t[0]))
                    .dot(normal(t[0]) + normal(t[1]) + normal(t[2]))
                    < -1e-3
            })
            .count()
    }

    /// How often a straight way from one point to another goes through a face.
    pub fn hits(mesh: &Mesh, from: Vec3, to: Vec3) -> usize {
        let at = |index: u32| Vec3::from(mesh.vertices[index as usize].position);
        let way = to - from;
        let crosses = |corners: &&[u32]| {
            let [a, b, c] = [at(corners[0]), at(corners[1]), at(corners[2])];
            let (ab, ac) = (b - a, c - a);
            let p = way.cross(ac);
            let off = from - a;
            let q = off.cross(ab);
            let scale = ab.dot(p).recip();
            let (u, v, along) = (off.dot(p) * scale, way.dot(q) * scale, ac.dot(q) * scale);
            u >= 0.0 && v >= 0.0 && u + v <= 1.0 && (0.0..1.0).contains(&along)
        };
        mesh.indices.chunks_exact(3).filter(crosses).count()
    }

    #[test]
    fn faces_turn_outward() {
        let mut mesh = Mesh::default();
        let paint = Paint::default();
        mesh.block(paint, Vec2::ZERO, Vec2::X, vec2(2.0, 1.0), (1.0, 3.0));
        mesh.lathe(paint, Vec2::ZERO, &[(1.0, 0.0), (0.5, 2.0)], 8);
        mesh.bar(paint, Vec3::ZERO, vec3(1.0, 2.0, 0.5), (0.2, 0.1));
        assert_eq!(inside_out(&mesh), 0);
        let top = mesh
            .vertices
            .iter()
            .find(|v| v.position[1] > 2.9 && v.normal[1] > 100);
        assert!(top.is_some(), "the top of a block looks up");
    }

    #[test]
    fn a_corner_fits_the_stride_that_webgl_allows() {
        assert!(size_of::<Vertex>() < 255);
        assert_eq!(size_of::<Vertex>(), 32);
    }
}
