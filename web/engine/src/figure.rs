//! The one mesh of all figures: a body, every cut of hair and clothes, and a wheelchair, of which a figure
//! is drawn with what its [`shared::look::Look`] says. Each corner belongs to a bone; [`pose`]
//! makes a matrix for every bone from what a [`shared::stage::Figure`] tells.

mod body;
mod chair;
mod dress;
mod hair;
pub mod pose;

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use glam::{Vec2, Vec3, vec2, vec3};
use shared::look::{AIDS, HAIRS, OUTFITS};

/// One corner of the mesh as the GPU reads it; the figure stands at the origin and looks north (−z).
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct Corner {
    position: [f32; 3],
    /// Unit normal; the fourth is unused.
    normal: [i8; 4],
    /// [`Bone`], [`Slot`], and who wears it: bits 0–3 outfits, bits 4–7 hair cuts; then bit 0: only with a wheelchair.
    part: [u8; 4],
}

/// How a corner is told to the pipelines.
pub const CORNER_ATTRIBUTES: [wgpu::VertexAttribute; 3] =
    wgpu::vertex_attr_array![0 => Float32x3, 1 => Snorm8x4, 2 => Uint8x4];

/// How a [`shared::stage::Figure`] is told to the pipelines, as it stands; its spare number is its row of bones.
pub const FIGURE_ATTRIBUTES: [wgpu::VertexAttribute; 7] = wgpu::vertex_attr_array![
    3 => Float32x4, 4 => Uint8x4, 5 => Float32x3, 6 => Uint8x4, 7 => Uint8x4, 9 => Float32, 8 => Uint32
];

/// What moves a corner; the numbers are the shader's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Bone {
    Pelvis = 0,
    Torso = 1,
    Head = 2,
    UpperArmLeft = 3,
    ForearmLeft = 4,
    UpperArmRight = 5,
    ForearmRight = 6,
    ThighLeft = 7,
    ShinLeft = 8,
    ThighRight = 9,
    ShinRight = 10,
    Skirt = 11,
    Ground = 12,
    Hem = 13,
}

/// What colours a corner; the numbers are the shader's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Slot {
    Skin = 0,
    Hair = 1,
    Upper = 2,
    Lower = 3,
    Shoe = 4,
    White = 5,
    Ink = 6,
    Metal = 7,
    Tyre = 8,
    Blush = 9,
    Ribbon = 10,
}

/// Everyone, whatever he wears.
pub const ALL: u8 = 0xFF;
/// Bits of the outfits, in the order of [`shared::look::OUTFITS`].
pub const CASUAL: u8 = 0xF1;
pub const COAT: u8 = 0xF2;
pub const HANBOK_SKIRT: u8 = 0xF4;
pub const HANBOK_TROUSERS: u8 = 0xF8;

/// How the next shapes are worn and moved.
#[derive(Clone, Copy, Debug)]
pub struct Wear {
    /// What moves them.
    pub bone: Bone,
    /// What colours them.
    pub slot: Slot,
    /// Who wears them.
    pub mask: u8,
    /// Only with a wheelchair.
    pub aid: bool,
}

impl Wear {
    /// On a bone, in a colour, worn by all.
    pub const fn new(bone: Bone, slot: Slot) -> Self {
        Self {
            bone,
            slot,
            mask: ALL,
            aid: false,
        }
    }

    /// Worn by some only.
    pub const fn by(self, mask: u8) -> Self {
        Self { mask, ..self }
    }
}

/// A ring of a tube: its middle, and its half widths across (x) and along (z).
#[derive(Clone, Copy, Debug)]
pub struct Ring(pub Vec3, pub Vec2);

/// A ring at a height on the middle axis.
pub fn ring(y: f32, x_half: f32, z_half: f32, z: f32) -> Ring {
    Ring(vec3(0.0, y, z), vec2(x_half, z_half))
}

/// The growing mesh.
#[derive(Debug, Default)]
pub struct Sculpture {
    /// Made for who is far: fewer sides, no small things.
    coarse: bool,
    corners: Vec<Corner>,
    indices: Vec<u32>,
}

impl Sculpture {
    fn sides(&self, sides: u32) -> u32 {
        if self.coarse {
            (sides * 3 / 5).max(4)
        } else {
            sides
        }
    }

    fn corner(&mut self, wear: Wear, position: Vec3, normal: Vec3) -> u32 {
        // A skirt hangs from the torso, goes with the thighs, and its hem with the shins.
        let bone = match wear.bone {
            Bone::Skirt if position.y > 0.90 => Bone::Torso,
            Bone::Skirt if position.y < 0.40 => Bone::Hem,
            bone => bone,
        };
        let snorm = |v: f32| (v.clamp(-1.0, 1.0) * 127.0).round() as i8;
        let n = normal.normalize_or(Vec3::Y);
        self.corners.push(Corner {
            position: position.to_array(),
            normal: [snorm(n.x), snorm(n.y), snorm(n.z), 0],
            part: [bone as u8, wear.slot as u8, wear.mask, u8::from(wear.aid)],
        });
        self.corners.len() as u32 - 1
    }

    /// A smooth tube through rings from below, closed with a point at each end.
    pub fn tube(&mut self, wear: Wear, rings: &[Ring], sides: u32) {
        let sides = self.sides(sides);
        let first = self.corners.len() as u32;
        let count = rings.len();
        for (k, &Ring(middle, half)) in rings.iter().enumerate() {
            let below = rings[k.saturating_sub(1)];
            let above = rings[(k + 1).min(count - 1)];
            let rise = (above.0.y - below.0.y).abs().max(1e-4);
            let grow = (above.1 - below.1) / rise;
            for side in 0..=sides {
                let angle = side as f32 / sides as f32 * std::f32::consts::TAU;
                let (sin, cos) = angle.sin_cos();
                let normal = vec3(sin / half.x.max(0.005), 0.0, cos / half.y.max(0.005)).normalize()
                    - Vec3::Y * (grow.x + grow.y) / 2.0;
                self.corner(wear, middle + vec3(sin * half.x, 0.0, cos * half.y), normal);
            }
        }
        let stride = sides + 1;
        for k in 0..count as u32 - 1 {
            for side in 0..sides {
                let i = first + k * stride + side;
                self.indices
                    .extend([i, i + 1, i + 1 + stride, i, i + 1 + stride, i + stride]);
            }
        }
        for (end, normal) in [(0, Vec3::NEG_Y), (count - 1, Vec3::Y)] {
            let hub = self.corner(wear, rings[end].0, normal);
            let rim = first + end as u32 * stride;
            for side in 0..sides {
                let (a, b) = (rim + side, rim + side + 1);
                self.indices
                    .extend(if end == 0 { [hub, b, a] } else { [hub, a, b] });
            }
        }
    }

    /// An ellipsoid, of `rows` and `sides`, of which only the part between two heights (−1..1) is kept.
    pub fn ball(
        &mut self,
        wear: Wear,
        middle: Vec3,
        half: Vec3,
        (rows, sides): (u32, u32),
        (low, high): (f32, f32),
    ) {
        if self.coarse && half.max_element() < 0.03 && wear.slot != Slot::Ink {
            return;
        }
        let (rows, sides) = if self.coarse {
            (rows.div_ceil(2).max(2), self.sides(sides))
        } else {
            (rows, sides)
        };
        let first = self.corners.len() as u32;
        for row in 0..=rows {
            let y = low + (high - low) * row as f32 / rows as f32;
            // Rings lie closer together towards the poles, where the curve is.
            let lift = (y * std::f32::consts::FRAC_PI_2).sin();
            let radius = (1.0 - lift * lift).max(0.0).sqrt();
            for side in 0..=sides {
                let angle = side as f32 / sides as f32 * std::f32::consts::TAU;
                let unit = vec3(angle.sin() * radius, lift, angle.cos() * radius);
                self.corner(wear, middle + unit * half, unit / half);
            }
        }
        let stride = sides + 1;
        for row in 0..rows {
            for side in 0..sides {
                let i = first + row * stride + side;
                self.indices
                    .extend([i, i + 1, i + 1 + stride, i, i + 1 + stride, i + stride]);
            }
        }
    }

    /// A ring-shaped tube standing across the x axis: a wheel or its hand rim.
    pub fn hoop(&mut self, wear: Wear, middle: Vec3, radius: f32, thick: f32, sides: u32) {
        let sides = self.sides(sides);
        let first = self.corners.len() as u32;
        for k in 0..=sides {
            let (sin, cos) = (k as f32 / sides as f32 * std::f32::consts::TAU).sin_cos();
            let out = vec3(0.0, cos, sin);
            for (a, b) in [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)] {
                let normal = out * a + Vec3::X * b;
                self.corner(wear, middle + out * radius + normal * thick, normal);
            }
        }
        for k in 0..sides {
            for m in 0..4 {
                let (i, j) = (first + k * 4 + m, first + k * 4 + (m + 1) % 4);
                self.indices.extend([i, j + 4, j, i, i + 4, j + 4]);
            }
        }
    }

    /// A round bar between two points.
    pub fn bar(&mut self, wear: Wear, from: Vec3, to: Vec3, thick: f32) {
        let axis = (to - from).normalize_or(Vec3::Y);
        let side = axis.any_orthonormal_vector();
        let other = axis.cross(side);
        let first = self.corners.len() as u32;
        for k in 0..=5 {
            let (sin, cos) = (k as f32 / 5.0 * std::f32::consts::TAU).sin_cos();
            let normal = side * cos + other * sin;
            self.corner(wear, from + normal * thick, normal);
            self.corner(wear, to + normal * thick, normal);
        }
        for k in 0..5 {
            let i = first + k * 2;
            self.indices.extend([i, i + 2, i + 3, i, i + 3, i + 1]);
        }
    }
}

/// The mesh, and which of its triangles a figure wears.
#[derive(Debug)]
pub struct Body {
    /// Corners.
    pub corners: Vec<Corner>,
    /// Triangles, one run for each kind of figure.
    pub indices: Vec<u32>,
    /// The run of each [`kind`].
    pub runs: Vec<Range<u32>>,
}

/// Kinds of figures that are drawn with the same triangles.
const KINDS: usize = 2 * AIDS as usize * HAIRS.len() * OUTFITS.len();

/// The kind of a figure, near or far.
pub fn kind(look: [u8; 8], far: bool) -> usize {
    let [_, hair, _, outfit, .., aid] = look.map(usize::from);
    let aid = usize::from(far) * usize::from(AIDS) + aid % usize::from(AIDS);
    (aid * HAIRS.len() + hair % HAIRS.len()) * OUTFITS.len() + outfit % OUTFITS.len()
}

/// Makes the mesh: finely for who is near, coarsely for who is far.
pub fn body() -> Body {
    let mut body = Body {
        corners: Vec::new(),
        indices: Vec::new(),
        runs: Vec::with_capacity(KINDS),
    };
    for coarse in [false, true] {
        let mut sculpture = Sculpture {
            coarse,
            ..Sculpture::default()
        };
        body::build(&mut sculpture);
        hair::build(&mut sculpture);
        dress::build(&mut sculpture);
        chair::build(&mut sculpture);
        let first = body.corners.len() as u32;
        for kind in 0..KINDS / 2 {
            let (outfit, hair) = (kind % OUTFITS.len(), kind / OUTFITS.len() % HAIRS.len());
            let seated = kind / OUTFITS.len() / HAIRS.len() == 1;
            let worn = sculpture.indices.chunks_exact(3).filter(|triangle| {
                let [.., mask, aid] = sculpture.corners[triangle[0] as usize].part;
                mask >> outfit & mask >> (hair + 4) & 1 == 1 && (aid == 0 || seated)
            });
            let start = body.indices.len() as u32;
            body.indices.extend(worn.flatten().map(|index| index + first));
            body.runs.push(start..body.indices.len() as u32);
        }
        body.corners.extend(sculpture.corners);
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyone_is_light_and_fits_webgl() {
        let Body {
            corners,
            indices,
            runs,
        } = body();
        assert!(size_of::<Corner>() < 255 && size_of::<shared::stage::Figure>() < 255);
        assert!(indices.iter().all(|&i| (i as usize) < corners.len()));
        for (kind, run) in runs.iter().enumerate() {
            let (triangles, limit) = (run.len() / 3, if kind < KINDS / 2 { 3_200 } else { 1_900 });
            assert!(
                (300..limit).contains(&triangles),
                "kind {kind}: {triangles} triangles"
            );
        }
    }

    #[test]
    fn every_look_has_a_kind() {
        assert_eq!(kind([255; 8], true), KINDS - 1);
        assert_eq!(kind([0; 8], false), 0);
    }

    #[test]
    fn everyone_is_about_five_and_a_half_heads_tall() {
        let corners = body().corners;
        let skin = corners
            .iter()
            .filter(|c| c.part[0] == Bone::Head as u8 && c.part[1] == Slot::Skin as u8);
        let (low, high) = skin.fold((9.0_f32, 0.0_f32), |(l, h), c| {
            (l.min(c.position[1]), h.max(c.position[1]))
        });
        let heads = high / (high - low);
        assert!((4.4..6.2).contains(&heads), "{heads}");
    }
}
