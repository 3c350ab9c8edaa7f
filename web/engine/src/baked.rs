//! Figures for another renderer, which ours is measured beside: the finest mesh, and the walk as tables of poses.

use bytemuck::cast_slice;
use glam::Mat4;
use shared::look::Look;
use shared::motion::Motion;
use shared::stage::Figure;

use crate::figure::{self, Bone, pose};

/// Bones of a pose.
pub const BONES: usize = pose::BONES;

/// A seed that does not blink at the time 0.
const AWAKE: f32 = 0.07;

/// Corners as the GPU reads them (24 bytes each: position, normal, bone and slot, mask), and triangles of the finest mesh.
pub fn mesh() -> (Vec<u8>, Vec<u32>) {
    let figure::Body {
        corners,
        indices,
        runs: [finest, ..],
    } = figure::body();
    let finest = indices.get(finest.whole.start as usize..finest.whole.end as usize);
    (cast_slice(&corners).to_vec(), finest.unwrap_or_default().to_vec())
}

/// What of a walker is its own, and what it shares with others of its kind.
#[derive(Clone, Copy, Debug)]
pub struct Walker {
    figure: Figure,
    /// Which corners it shows: those whose mask has a bit of this.
    pub worn: u32,
    /// Its size over the mesh's.
    pub tall: f32,
    /// Metres of two steps, for one as tall as the mesh.
    pub cycle_m: f32,
}

impl Walker {
    /// Of a figure that walks.
    pub fn new(figure: Figure) -> Self {
        Self {
            figure,
            worn: figure::worn(figure.look, Motion::Walk),
            tall: pose::matrices(&figure, 0.0)[GROUND].x_axis.length(),
            cycle_m: pose::cycle_m(Motion::Walk, &figure.look),
        }
    }

    /// Walkers of the same kind move alike, but for where they stand and how tall they are.
    pub fn kind(&self) -> [u32; 4] {
        let look = Look::from_bytes(self.figure.look);
        let of_body = [look.build, look.age, look.aid].map(u32::from);
        [self.cycle_m.to_bits(), of_body[0], of_body[1], of_body[2]]
    }

    /// Two steps in so many poses: of each pose and bone the three rows of the matrix from the resting mesh to one that walks
    /// at the origin, northward.
    pub fn clip(&self, poses: usize) -> Vec<[f32; 4]> {
        let like = Figure {
            position: [0.0; 3],
            heading: 0.0,
            seed: AWAKE,
            ..self.figure
        };
        let tall = Self::new(like).tall;
        let pose = |step: usize| {
            let share = step as f32 / poses as f32;
            let posed = Figure {
                stride_m: share * self.cycle_m * tall,
                ..like
            };
            let bones = pose::matrices(&posed, 0.0);
            let to_mesh_size = bones[GROUND].inverse();
            bones.map(|bone| to_mesh_size * bone)
        };
        let rows = |bone: Mat4| [0, 1, 2].map(|row| bone.row(row).to_array());
        (0..poses).flat_map(pose).flat_map(rows).collect()
    }
}

/// The bone that stays on the ground: it tells how tall a figure is.
const GROUND: usize = Bone::Ground as usize;
