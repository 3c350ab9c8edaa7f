//! The figures of a frame on the GPU: sorted so that those who are drawn with the same triangles stand together.

use std::ops::Range;

use bytemuck::cast_slice;
use glam::{Vec3, Vec4};
use shared::{
    order::sort_by_number,
    stage::{Figure, Frame},
};

use crate::figure::{self, pose};
use crate::gpu::Gpu;
use crate::pipelines::Pipelines;

/// Three texels a bone.
const ROW_TEXELS: u32 = 3 * pose::BONES as u32;
/// From this distance to the eye on, in metres, figures are drawn coarsely.
const COARSE_M: f32 = 22.0;

/// Figures that are drawn together.
#[derive(Clone, Debug)]
pub struct Group {
    /// Their [`figure::kind`].
    pub kind: usize,
    /// Which of the frame's figures, as sorted.
    pub figures: Range<u32>,
    /// Whether one of them is near enough to what is looked at for its shadow to be seen.
    pub casts: bool,
}

/// Buffers for as many figures as there have been.
#[derive(Debug)]
pub struct Crowd {
    /// Per-instance data.
    pub buffer: wgpu::Buffer,
    /// Group 0 of all pipelines: the frame's numbers, and the bones.
    pub frame_group: wgpu::BindGroup,
    /// Of the last frame.
    pub groups: Vec<Group>,
    /// Most figures that fit.
    pub capacity: usize,
    bones: wgpu::Texture,
}

impl Crowd {
    /// Room for `capacity` figures, or for as many as a texture has rows.
    pub fn new(gpu: &Gpu, pipelines: &Pipelines, globals: &wgpu::Buffer, capacity: usize) -> Self {
        let capacity = capacity.min(gpu.device.limits().max_texture_dimension_2d as usize);
        let buffer = gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("figures"),
            size: (capacity * size_of::<Figure>()) as u64,
            usage: wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let bones = gpu.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("bones"),
            size: wgpu::Extent3d {
                width: ROW_TEXELS,
                height: capacity as u32,
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
            groups: Vec::new(),
            capacity,
            bones,
        }
    }

    /// Sends everyone who is not invisible. Shadows are seen `cast_m` metres around what is looked at.
    pub fn write(&mut self, gpu: &Gpu, frame: &Frame, cast_m: f32) {
        let (eye, target) = (Vec3::from(frame.header.eye), Vec3::from(frame.header.target));
        let place = |figure: &Figure| Vec3::from(figure.position);
        let mut sorted: Vec<(usize, Figure)> = frame
            .figures
            .iter()
            .filter(|figure| figure.opacity > 0.0)
            .take(self.capacity)
            .map(|figure| {
                (
                    figure::kind(figure.look, place(figure).distance(eye) > COARSE_M),
                    *figure,
                )
            })
            .collect();
        sort_by_number(&mut sorted, |(kind, _)| *kind as u64);
        self.groups.clear();
        let mut first = 0;
        for group in sorted.chunk_by(|a, b| a.0 == b.0) {
            let end = first + group.len() as u32;
            let casts = group
                .iter()
                .any(|(_, figure)| place(figure).distance(target) < cast_m);
            self.groups.push(Group {
                kind: group[0].0,
                figures: first..end,
                casts,
            });
            first = end;
        }
        if sorted.is_empty() {
            return;
        }
        let mut figures: Vec<Figure> = sorted.into_iter().map(|(_, figure)| figure).collect();
        let mut rows: Vec<Vec4> = Vec::with_capacity(figures.len() * ROW_TEXELS as usize);
        for (row, figure) in figures.iter_mut().enumerate() {
            figure.reserved = row as u32;
            let bones = pose::matrices(figure, frame.header.time_s);
            rows.extend(
                bones
                    .iter()
                    .flat_map(|bone| [bone.row(0), bone.row(1), bone.row(2)]),
            );
        }
        gpu.queue.write_buffer(&self.buffer, 0, cast_slice(&figures));
        gpu.queue.write_texture(
            self.bones.as_image_copy(),
            cast_slice(&rows),
            wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(ROW_TEXELS * size_of::<Vec4>() as u32),
                rows_per_image: None,
            },
            wgpu::Extent3d {
                width: ROW_TEXELS,
                height: figures.len() as u32,
                depth_or_array_layers: 1,
            },
        );
    }
}
