//! The figures of a frame on the GPU, on three levels: finely for the nearest, coarsely for those around them, and as flat
//! pictures, without bones, for everyone else. Each level is one draw. Between two levels a figure is drawn on both, some
//! of its pixels on each, so that nobody pops.

use std::ops::Range;

use bytemuck::cast_slice;
use glam::{Mat4, Vec3, Vec4, vec3};
use shared::motion::Motion;
use shared::order::sort_by_length;
use shared::stage::{Figure, Frame, VEHICLE};

use crate::chunks::View;
use crate::figure::{pose, vehicle, worn};
use crate::gpu::Gpu;
use crate::pipelines::Pipelines;

/// Three texels a bone.
const ROW_TEXELS: u32 = 3 * pose::BONES as u32;
/// Most vehicles that are drawn, and what surely holds one, to each side of its middle, in metres.
const MOST_VEHICLES: usize = 64;
const VEHICLE_M: Vec3 = vec3(7.0, 4.0, 7.0);
/// The share of that distance over which one level goes over into the next.
const BAND: f32 = 0.14;
/// How much of the way a reach goes at each frame to where it should be: slowly enough for levels to be blended.
const EASE: f32 = 0.12;

/// Who is drawn on which level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// Most figures that are drawn finely, and with bones.
    pub most: [usize; 2],
    /// Up to which distance to the eye, in metres, figures are drawn finely, and up to which with bones, however few there
    /// are.
    pub reaches_m: [f32; 2],
    /// Most rows of bones: more than figures with bones, since those between two levels count as well.
    pub rows: usize,
}

impl Levels {
    /// Everyone on the finest level, as many as a texture has rows on any device.
    pub const FINEST: Self = Self {
        most: [2_048; 2],
        reaches_m: [14_000.0; 2],
        rows: 2_048,
    };

    /// For at most so many figures that are drawn finely, and with bones.
    pub const fn for_most(most: [usize; 2]) -> Self {
        Self {
            most,
            reaches_m: [20.0, 64.0],
            rows: 512,
        }
    }
}

/// Buffers for as many figures as there have been.
#[derive(Debug)]
pub struct Crowd {
    /// Per-instance data.
    pub buffer: wgpu::Buffer,
    /// Group 0 of all pipelines: the frame's numbers, and the bones.
    pub frame_group: wgpu::BindGroup,
    /// Instances of each level in the last frame: fine, coarse, flat.
    pub levels: [Range<u32>; 3],
    /// Instances of vehicles.
    pub vehicles: Range<u32>,
    /// Those that cast shadows.
    pub casting: Range<u32>,
    /// Most figures that fit.
    pub capacity: usize,
    sharing: Levels,
    /// Up to where the two nearer levels reach now.
    reaches_m: [f32; 2],
    bones: wgpu::Texture,
}

impl Crowd {
    /// Room for `capacity` figures.
    pub fn new(
        gpu: &Gpu,
        pipelines: &Pipelines,
        globals: &wgpu::Buffer,
        sharing: Levels,
        capacity: usize,
    ) -> Self {
        let buffer = gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("figures"),
            // Each may be between two levels.
            size: (2 * capacity * size_of::<Figure>()) as u64,
            usage: wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let bones = gpu.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("bones"),
            size: wgpu::Extent3d {
                width: ROW_TEXELS,
                height: sharing.rows as u32,
                depth_or_array_layers: 1,
            },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba32Float,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let view = bones.create_view(&wgpu::TextureViewDescriptor::default());
        let frame_group = gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("frame"),
            layout: &pipelines.frame_layout,
            entries: &[
                wgpu::BindGroupEntry {
                    binding: 0,
                    resource: globals.as_entire_binding(),
                },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::TextureView(&view),
                },
            ],
        });
        Self {
            buffer,
            frame_group,
            levels: [0..0, 0..0, 0..0],
            vehicles: 0..0,
            casting: 0..0,
            capacity,
            sharing,
            reaches_m: sharing.reaches_m,
            bones,
        }
    }

    /// Sends everyone who is seen, or whose shadow is: those within `cast_m` metres of what is looked at.
    pub fn write(&mut self, gpu: &Gpu, frame: &Frame, view: &View, cast_m: f32) {
        let (eye, target) = (Vec3::from(frame.header.eye), Vec3::from(frame.header.target));
        let near_target = |figure: &Figure| Vec3::from(figure.position).distance(target) < cast_m;
        let seen = |figure: &Figure| {
            let middle = Vec3::from(figure.position) + Vec3::Y;
            figure.opacity > 0.0 && (view.holds(middle, vec3(1.0, 1.2, 1.0)) || near_target(figure))
        };
        let is_vehicle = |figure: &&Figure| figure.motion[2] == VEHICLE;
        let mut figures: Vec<(f32, Figure)> = frame
            .figures
            .iter()
            .filter(|figure| !is_vehicle(figure) && seen(figure))
            .take(self.capacity)
            .map(|figure| (Vec3::from(figure.position).distance(eye), *figure))
            .collect();
        sort_by_length(&mut figures, |(apart, _)| *apart);
        self.reach(&figures);

        let mut levels: [Vec<Figure>; 4] = std::array::from_fn(|_| Vec::new());
        let mut rows: Vec<Vec4> = Vec::new();
        let mut place = |bones: [Mat4; pose::BONES]| {
            rows.extend(
                bones
                    .iter()
                    .flat_map(|bone| [bone.row(0), bone.row(1), bone.row(2)]),
            );
        };
        for figure in frame.figures.iter().filter(is_vehicle) {
            if levels[3].len() < MOST_VEHICLES && view.holds(Vec3::from(figure.position), VEHICLE_M) {
                let row = levels[3].len() as u32;
                place(vehicle::matrices(figure, frame.header.time_s));
                levels[3].push(Figure {
                    reserved: [row, vehicle::shown(figure), 0],
                    ..*figure
                });
            }
        }
        let mut row = levels[3].len();
        for (apart, mut figure) in figures {
            let [near, bones] = self.reaches_m.map(|reach| share(reach, apart));
            if bones <= 0.0 || row >= self.sharing.rows {
                levels[2].push(figure);
                continue;
            }
            let [now, ..] = figure.motion;
            figure.reserved = [
                row as u32,
                worn(figure.look, Motion::from_index(now).unwrap_or_default()),
                0,
            ];
            place(pose::matrices(&figure, frame.header.time_s));
            row += 1;
            let (level, blend) = if near > 0.0 { (0, near) } else { (1, bones) };
            if blend < 1.0 && figure.opacity >= 1.0 {
                // Some of the pixels on this level, all others on the next.
                levels[level].push(Figure {
                    opacity: blend,
                    ..figure
                });
                figure.opacity = blend - 1.0;
                levels[level + 1].push(figure);
            } else {
                levels[level].push(figure);
            }
        }
        self.send(gpu, &levels, &rows);
        let casting = levels[1].iter().take_while(|figure| near_target(figure)).count();
        self.casting = 0..self.levels[1].start + casting as u32;
    }

    fn send(&mut self, gpu: &Gpu, levels: &[Vec<Figure>; 4], rows: &[Vec4]) {
        let mut end = 0;
        let [fine, coarse, flat, vehicles] = levels.each_ref().map(|level| {
            let start = end;
            end += level.len() as u32;
            start..end
        });
        self.levels = [fine, coarse, flat];
        self.vehicles = vehicles;
        if end > 0 {
            gpu.queue
                .write_buffer(&self.buffer, 0, cast_slice(&levels.concat()));
        }
        let height = rows.len() as u32 / ROW_TEXELS;
        if height > 0 {
            gpu.queue.write_texture(
                self.bones.as_image_copy(),
                cast_slice(rows),
                wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(ROW_TEXELS * size_of::<Vec4>() as u32),
                    rows_per_image: None,
                },
                wgpu::Extent3d {
                    width: ROW_TEXELS,
                    height,
                    depth_or_array_layers: 1,
                },
            );
        }
    }

    /// Draws each level in as far as so many figures are in it: the more people, the nearer.
    fn reach(&mut self, figures: &[(f32, Figure)]) {
        let Levels { most, reaches_m, .. } = self.sharing;
        for (level, reach) in self.reaches_m.iter_mut().enumerate() {
            let crowded = figures
                .get(most[level])
                .map_or(f32::INFINITY, |(apart, _)| *apart);
            *reach += (reaches_m[level].min(crowded) - *reach) * EASE;
        }
        // The bands of two levels are apart.
        self.reaches_m[1] = self.reaches_m[1].max(self.reaches_m[0] * (1.0 + 2.0 * BAND));
    }
}

/// The share of a figure's pixels on a level that reaches so far.
fn share(reach: f32, apart: f32) -> f32 {
    ((reach - apart) / (reach * BAND)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_goes_over_into_the_next_bit_by_bit() {
        let shares: Vec<f32> = (0..300).map(|step| share(20.0, step as f32 * 0.1)).collect();
        assert!(shares[0] > 0.999 && shares[299] < 0.001);
        assert!(
            shares
                .windows(2)
                .all(|pair| (0.0..0.05).contains(&(pair[0] - pair[1])))
        );
    }
}
