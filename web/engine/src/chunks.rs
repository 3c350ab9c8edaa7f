//! Triangles sorted by material and by where they are, so that a frame draws only what it can see.

use std::ops::Range;

use glam::{Mat4, Vec3, Vec4, Vec4Swizzles};

use shared::order::sort_by_number;

use crate::mesh::{Material, Mesh};

/// Side of a chunk on the plan, in metres: of what stands, of what lies (large areas already), of what is far.
const CHUNK_M: [f32; 3] = [64.0, 256.0, 1_024.0];
/// Depth of the rings around the eye that are drawn from near to far, in metres.
const RING_M: f32 = 48.0;

/// When a chunk is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Near and far.
    Always,
    /// Only near: nearer than [`Reach::fine_m`].
    Near,
    /// Neither near nor far.
    Middle,
    /// Only far: farther than [`Reach::coarse_m`].
    Far,
}

/// Up to where things are drawn finely and coarsely, in metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// Up to here in full.
    pub fine_m: f32,
    /// Up to here coarsely, beyond it as a mere shape.
    pub coarse_m: f32,
}

/// What hides what: drawn in this order, little is painted twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Rises from the ground.
    Stands,
    /// Lies on it, topmost first.
    Lies,
    /// Closes the view.
    Far,
}

/// Triangles of one material family in one square of the plan.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// Its family.
    pub family: usize,
    /// Its indices.
    pub indices: Range<u32>,
    phase: Phase,
    detail: Detail,
    middle: Vec3,
    half: Vec3,
}

/// Phase, detail, the square's column and row, and family, in one number, from the highest bits to the lowest.
type Key = u64;

fn key(phase: Phase, detail: Detail, [column, row]: [i32; 2], family: usize) -> Key {
    let raised = |index: i32| (index + (1 << 19)).clamp(0, (1 << 20) - 1) as u64;
    (phase as u64) << 60 | (detail as u64) << 56 | raised(column) << 36 | raised(row) << 16 | family as u64
}

/// Triangles one after the other that belong into one chunk.
struct Joined {
    key: Key,
    phase: Phase,
    detail: Detail,
    family: usize,
    indices: Range<usize>,
}

/// Joins meshes into one, and sorts it into chunks.
pub fn sorted(parts: Vec<(Mesh, Phase, Detail)>) -> (Mesh, Vec<Chunk>) {
    let mut whole = Mesh::default();
    let mut joined: Vec<u32> = Vec::new();
    // Neighbours mostly belong together: runs of triangles are sorted, not a million triangles.
    let mut runs: Vec<Joined> = Vec::new();
    for (mesh, phase, detail) in parts {
        let first = whole.vertices.len() as u32;
        for triangle in mesh.indices.chunks_exact(3) {
            let corner = mesh.vertices[triangle[0] as usize];
            let family = Material::family(corner.material[0]);
            let cell = |v: f32| (v / CHUNK_M[phase as usize]).floor() as i32;
            let square = [cell(corner.position[0]), cell(corner.position[2])];
            let key = key(phase, detail, square, family);
            let start = joined.len();
            joined.extend(triangle.iter().map(|index| index + first));
            match runs.last_mut() {
                Some(last) if last.key == key => last.indices.end = joined.len(),
                _ => runs.push(Joined {
                    key,
                    phase,
                    detail,
                    family,
                    indices: start..joined.len(),
                }),
            }
        }
        whole.vertices.extend(mesh.vertices);
    }
    // Stable: within a chunk the order of building is kept.
    sort_by_number(&mut runs, |run| run.key);
    let mut chunks = Vec::new();
    whole.indices.reserve_exact(joined.len());
    for group in runs.chunk_by(|a, b| a.key == b.key) {
        let start = whole.indices.len() as u32;
        let (mut low, mut high) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
        for index in group.iter().flat_map(|run| &joined[run.indices.clone()]) {
            let at = Vec3::from(whole.vertices[*index as usize].position);
            (low, high) = (low.min(at), high.max(at));
            whole.indices.push(*index);
        }
        let &Joined {
            phase,
            detail,
            family,
            ..
        } = &group[0];
        let indices = start..whole.indices.len() as u32;
        chunks.push(Chunk {
            family,
            indices,
            phase,
            detail,
            middle: (low + high) / 2.0,
            half: (high - low) / 2.0,
        });
    }
    (whole, chunks)
}

/// Triangles of one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which of the meshes they are in.
    pub mesh: usize,
    /// Their family.
    pub family: usize,
    /// Their indices.
    pub indices: Range<u32>,
}

/// What a frame sees.
#[derive(Clone, Copy, Debug)]
pub struct View {
    planes: [Vec4; 5],
    eye: Vec3,
    reach: Reach,
}

impl View {
    /// Of a camera.
    pub fn new(view_proj: Mat4, eye: Vec3, reach: Reach) -> Self {
        let row = |k| view_proj.row(k);
        let planes = [
            row(3) + row(0),
            row(3) - row(0),
            row(3) + row(1),
            row(3) - row(1),
            row(2),
        ];
        Self { planes, eye, reach }
    }

    /// How far the nearest corner of a chunk's box is.
    fn apart(&self, chunk: &Chunk) -> f32 {
        ((chunk.middle - self.eye).abs() - chunk.half)
            .max(Vec3::ZERO)
            .length()
    }

    fn sees(&self, chunk: &Chunk, apart: f32) -> bool {
        let Reach { fine_m, coarse_m } = self.reach;
        let fits = match chunk.detail {
            Detail::Always => true,
            Detail::Near => apart < fine_m,
            Detail::Middle => (fine_m..coarse_m).contains(&apart),
            Detail::Far => apart >= coarse_m,
        };
        fits && self.holds(chunk.middle, chunk.half)
    }

    /// Whether some of a box may be in view: its middle, and half its sides.
    pub fn holds(&self, middle: Vec3, half: Vec3) -> bool {
        self.planes
            .iter()
            .all(|plane| plane.xyz().dot(middle) + plane.w + plane.xyz().abs().dot(half) >= 0.0)
    }

    /// What is to be drawn of the chunks of some meshes, in the order to draw it: near before far, since what near things
    /// hide need not be painted.
    pub fn runs<'a>(&self, chunks: impl Iterator<Item = (usize, &'a Chunk)>) -> Vec<Run> {
        let mut seen: Vec<_> = chunks
            .map(|(mesh, chunk)| (self.apart(chunk), mesh, chunk))
            .filter(|(apart, _, chunk)| self.sees(chunk, *apart))
            .map(|(apart, mesh, chunk)| {
                // What lies is sorted by what lies upon what.
                let ring = match chunk.phase {
                    Phase::Lies => LAYERS
                        .iter()
                        .position(|&family| family == chunk.family)
                        .unwrap_or(0) as u32,
                    Phase::Stands | Phase::Far => (apart / RING_M).min(6.0) as u32,
                };
                let order = (chunk.phase as u64) << 60
                    | u64::from(ring) << 52
                    | (chunk.family as u64) << 44
                    | (mesh as u64) << 32
                    | u64::from(chunk.indices.start);
                (order, mesh, chunk)
            })
            .collect();
        sort_by_number(&mut seen, |(order, ..)| *order);
        let mut runs: Vec<Run> = Vec::new();
        for (_, mesh, chunk) in seen {
            match runs.last_mut() {
                Some(last)
                    if (last.mesh, last.family, last.indices.end)
                        == (mesh, chunk.family, chunk.indices.start) =>
                {
                    last.indices.end = chunk.indices.end;
                }
                _ => runs.push(Run {
                    mesh,
                    family: chunk.family,
                    indices: chunk.indices.clone(),
                }),
            }
        }
        runs
    }
}

/// Families of what lies, from above: all else, lawn, stone, asphalt.
const LAYERS: [usize; 4] = [9, 3, 1, 2];

/// The runs of indices of a mesh that cast shadows into a circle around a point, in full or coarsely.
pub fn casting(chunks: &[Chunk], target: Vec3, reach: f32, fine: bool) -> Vec<Range<u32>> {
    let mut runs: Vec<Range<u32>> = Vec::new();
    let left_out = if fine { Detail::Middle } else { Detail::Near };
    let near = chunks.iter().filter(|chunk| {
        let apart = ((chunk.middle - target).abs() - chunk.half).max(Vec3::ZERO);
        // The ground casts no shadow that is seen.
        chunk.phase == Phase::Stands
            && chunk.detail != Detail::Far
            && chunk.detail != left_out
            && apart.x.hypot(apart.z) < reach
    });
    for chunk in near {
        match runs.last_mut() {
            Some(last) if last.end == chunk.indices.start => last.end = chunk.indices.end,
            _ => runs.push(chunk.indices.clone()),
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
        let (whole, chunks) = sorted(vec![(mesh, Phase::Stands, Detail::Always)]);
        assert_eq!(whole.indices.len() as u32, count);
        let look = |towards: Vec3| {
            let camera = glam::camera::rh::view::look_to_mat4(Vec3::ZERO, towards, Vec3::Y);
            let lens = glam::camera::rh::proj::directx::perspective(1.0, 1.5, 0.3, 9_000.0);
            let reach = Reach {
                fine_m: 100.0,
                coarse_m: 200.0,
            };
            let runs =
                View::new(lens * camera, Vec3::ZERO, reach).runs(chunks.iter().map(|chunk| (0, chunk)));
            runs.into_iter().map(|run| run.indices.len() as u32).sum::<u32>()
        };
        assert_eq!(look(Vec3::X), count / 2);
        assert_eq!(look(Vec3::Z), 0);
    }
}
