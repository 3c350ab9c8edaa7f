//! What one place needs on the GPU.

use std::ops::Range;

use bytemuck::cast_slice;
use wgpu::util::DeviceExt;

use crate::chunks::Chunk;
use crate::gpu::Gpu;
use crate::ground_map;
use crate::place::PlaceModel;
use crate::stage::Drawn;

/// Triangles on the GPU.
#[derive(Debug)]
pub struct Mesh {
    /// Their corners.
    pub corners: wgpu::Buffer,
    /// Three for each.
    pub indices: wgpu::Buffer,
    /// How many indices.
    pub count: u32,
}

impl Mesh {
    /// Sends corners and indices.
    pub fn new(gpu: &Gpu, label: &str, corners: &[u8], indices: &[u32]) -> Self {
        let make = |contents, usage| {
            gpu.device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
                label: Some(label),
                contents,
                usage,
            })
        };
        Self {
            corners: make(corners, wgpu::BufferUsages::VERTEX),
            indices: make(cast_slice(indices), wgpu::BufferUsages::INDEX),
            count: indices.len() as u32,
        }
    }

    /// The next draws are of these triangles.
    pub fn bind(&self, pass: &mut wgpu::RenderPass<'_>) {
        pass.set_vertex_buffer(0, self.corners.slice(..));
        pass.set_index_buffer(self.indices.slice(..), wgpu::IndexFormat::Uint32);
    }

    /// Draws some runs of its indices.
    pub fn draw_runs(&self, pass: &mut wgpu::RenderPass<'_>, runs: &[Range<u32>], drawn: &mut Drawn) {
        if self.count == 0 {
            return;
        }
        self.bind(pass);
        for run in runs {
            pass.draw_indexed(run.clone(), 0, 0..1);
            drawn.count(run);
        }
    }
}

/// A place on the GPU.
#[derive(Debug)]
pub struct Scene {
    /// Everything solid.
    pub solid: Mesh,
    /// What of it to draw when.
    pub chunks: Vec<Chunk>,
    /// Everything that shines through.
    pub cards: Mesh,
    /// Lamplight, openness and wear of the ground.
    pub ground: wgpu::TextureView,
    /// Corner (x, z) of that map, and one over its side, in metres.
    pub ground_area: [f32; 3],
    /// Where on Earth, for the sun.
    pub origin_lat_lon: [f64; 2],
    /// The city's clock, hours east of UTC.
    pub offset_h: f32,
}

impl Scene {
    /// Sends a place.
    pub fn new(gpu: &Gpu, model: &PlaceModel) -> Self {
        let texture = gpu.device.create_texture_with_data(
            &gpu.queue,
            &wgpu::TextureDescriptor {
                label: Some("ground"),
                size: wgpu::Extent3d {
                    width: ground_map::SIDE as u32,
                    height: ground_map::SIDE as u32,
                    depth_or_array_layers: 1,
                },
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format: wgpu::TextureFormat::Rgba8Unorm,
                usage: wgpu::TextureUsages::TEXTURE_BINDING,
                view_formats: &[],
            },
            wgpu::util::TextureDataOrder::LayerMajor,
            &model.ground.texels,
        );
        let (cards, card_indices) = model.cards();
        let (corners, indices) = (&model.solid.vertices, &model.solid.indices);
        Self {
            solid: Mesh::new(gpu, "city", cast_slice(corners), indices),
            chunks: model.chunks.clone(),
            cards: Mesh::new(gpu, "cards", cast_slice(&cards), &card_indices),
            ground: texture.create_view(&wgpu::TextureViewDescriptor::default()),
            ground_area: [
                model.ground.corner.x,
                model.ground.corner.y,
                1.0 / model.ground.side_m,
            ],
            origin_lat_lon: model.origin_lat_lon,
            offset_h: model.offset_h,
        }
    }
}
