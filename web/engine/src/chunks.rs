//! Triangles sorted by material and by where they are, so that a frame draws only what it can see.

use std::ops::Range;

use glam::{Mat4, Vec3, Vec4, Vec4Swizzles};

use crate::mesh::{FAMILIES, Material, Mesh};

/// Side of a chunk on the plan, in metres.
const CHUNK_M: f32 = 96.0;
/// From this distance on, in metres, coarse shapes stand for fine ones.
const FINE_M: f32 = 150.0;

/// When a chunk is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Near and far.
    Always,
    /// Only near.
    Near,
    /// Only far.
    Far,
}

/// Triangles of one material family in one square of the plan.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// Its family.
    pub family: usize,
    /// Its indices.
    pub indices: Range<u32>,
    detail: Detail,
    middle: Vec3,
    half: Vec3,
}

/// Family, order of drawing, detail, and the square's column and row.
type Key = (usize, usize, Detail, i32, i32);

/// Joins meshes into one, in the order told, and sorts it into chunks.
pub fn sorted(parts: Vec<(Mesh, Detail)>) -> (Mesh, Vec<Chunk>) {
    let mut whole = Mesh::default();
    let mut keyed: Vec<(Key, [u32; 3])> = Vec::new();
    for (order, (mesh, detail)) in parts.into_iter().enumerate() {
        let first = whole.vertices.len() as u32;
        for triangle in mesh.indices.chunks_exact(3) {
            let corner = mesh.vertices[triangle[0] as usize];
            let family = Material::family(corner.material[0]);
            let cell = |v: f32| (v / CHUNK_M).floor() as i32;
            let key = (
                family,
                order,
                detail,
                cell(corner.position[0]),
                cell(corner.position[2]),
            );
            keyed.push((
                key,
                [triangle[0] + first, triangle[1] + first, triangle[2] + first],
            ));
        }
        whole.vertices.extend(mesh.vertices);
    }
    // Stable: within a chunk the order of building is kept.
    keyed.sort_by_key(|(key, _)| *key);
    let mut chunks = Vec::new();
    for group in keyed.chunk_by(|a, b| a.0 == b.0) {
        let start = whole.indices.len() as u32;
        let (mut low, mut high) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
        for index in group.iter().flat_map(|(_, triangle)| triangle) {
            let at = Vec3::from(whole.vertices[*index as usize].position);
            (low, high) = (low.min(at), high.max(at));
            whole.indices.push(*index);
        }
        let (family, _, detail, ..) = group[0].0;
        let indices = start..whole.indices.len() as u32;
        chunks.push(Chunk {
            family,
            indices,
            detail,
            middle: (low + high) / 2.0,
            half: (high - low) / 2.0,
        });
    }
    (whole, chunks)
}

/// What a frame sees.
#[derive(Clone, Copy, Debug)]
pub struct View {
    planes: [Vec4; 5],
    eye: Vec3,
}

impl View {
    /// Of a camera.
    pub fn new(view_proj: Mat4, eye: Vec3) -> Self {
        let row = |k| view_proj.row(k);
        let planes = [
            row(3) + row(0),
            row(3) - row(0),
            row(3) + row(1),
            row(3) - row(1),
            row(2),
        ];
        Self { planes, eye }
    }

    fn sees(&self, chunk: &Chunk) -> bool {
        let apart = ((chunk.middle - self.eye).abs() - chunk.half)
            .max(Vec3::ZERO)
            .length();
        let fits = match chunk.detail {
            Detail::Always => true,
            Detail::Near => apart < FINE_M,
            Detail::Far => apart >= FINE_M,
        };
        fits && self
            .planes
            .iter()
            .all(|plane| plane.xyz().dot(chunk.middle) + plane.w + plane.xyz().abs().dot(chunk.half) >= 0.0)
    }

    /// The runs of indices to be drawn, by family.
    pub fn runs(&self, chunks: &[Chunk]) -> [Vec<Range<u32>>; FAMILIES] {
        joined(chunks.iter().filter(|chunk| self.sees(chunk)))
    }
}

/// The runs of indices that cast shadows into a circle around a point.
pub fn casting(chunks: &[Chunk], target: Vec3, reach: f32) -> Vec<Range<u32>> {
    let near = chunks.iter().filter(|chunk| {
        let apart = ((chunk.middle - target).abs() - chunk.half).max(Vec3::ZERO);
        chunk.detail != Detail::Far && apart.x.hypot(apart.z) < reach
    });
    joined(near).into_iter().flatten().collect()
}

/// Neighbouring chunks are drawn together.
fn joined<'a>(chunks: impl Iterator<Item = &'a Chunk>) -> [Vec<Range<u32>>; FAMILIES] {
    let mut runs: [Vec<Range<u32>>; FAMILIES] = Default::default();
    for chunk in chunks {
        match runs[chunk.family].last_mut() {
            Some(last) if last.end == chunk.indices.start => last.end = chunk.indices.end,
            _ => runs[chunk.family].push(chunk.indices.clone()),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::Paint;
    use glam::{Vec2, vec2};

    #[test]
    fn what_lies_behind_is_not_drawn() {
        let mut mesh = Mesh::default();
        for x in [-500.0, 500.0] {
            mesh.block(Paint::default(), vec2(x, 0.0), Vec2::X, Vec2::ONE, (0.0, 3.0));
        }
        let count = mesh.indices.len() as u32;
        let (whole, chunks) = sorted(vec![(mesh, Detail::Always)]);
        assert_eq!(whole.indices.len() as u32, count);
        let look = |towards: Vec3| {
            let camera = glam::camera::rh::view::look_to_mat4(Vec3::ZERO, towards, Vec3::Y);
            let lens = glam::camera::rh::proj::directx::perspective(1.0, 1.5, 0.3, 9_000.0);
            let runs = View::new(lens * camera, Vec3::ZERO).runs(&chunks);
            runs.into_iter()
                .flatten()
                .map(|run| run.len() as u32)
                .sum::<u32>()
        };
        assert_eq!(look(Vec3::X), count / 2);
        assert_eq!(look(Vec3::Z), 0);
    }
}
