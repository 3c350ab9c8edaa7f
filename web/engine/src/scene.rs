//! What one place needs on the GPU: sent piece by piece, as it is built.

use std::ops::Range;

use bytemuck::cast_slice;
use glam::{Vec2, Vec3, vec2};
use wgpu::util::DeviceExt;

use crate::chunks::{self, Chunk, Reach, View};
use crate::gpu::Gpu;
use crate::ground_map::{self, Area, Flood, Lamp};
use crate::place::{Piece, PlaceModel};
use crate::stage::Drawn;

/// Size of the ground's picture.
const SIZE: wgpu::Extent3d = wgpu::Extent3d {
    width: ground_map::SIDE as u32,
    height: ground_map::SIDE as u32,
    depth_or_array_layers: 1,
};

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

/// A place on the GPU, as far as it is built.
#[derive(Debug)]
pub struct Scene {
    model: PlaceModel,
    /// What lies and what closes the view, then the tiles, by their numbers.
    pieces: Vec<Option<Resident>>,
    ground: wgpu::Texture,
    /// What the ground's picture shows, once it is baked.
    baked: Option<Area>,
    /// Whether more lights or shades the ground than its picture shows.
    is_stale: bool,
    /// Corners on the GPU.
    pub corners: usize,
}

/// A piece of a place on the GPU.
#[derive(Debug)]
struct Resident {
    solid: Mesh,
    cards: Mesh,
    /// Middle and half sides of the box that the cards are in.
    shining: (Vec3, Vec3),
    corners: usize,
    chunks: Vec<Chunk>,
    lamps: Vec<Lamp>,
    floods: Vec<Flood>,
    footprints: Vec<Vec<Vec2>>,
}

impl Resident {
    fn new(gpu: &Gpu, piece: Piece) -> Self {
        let (cards, card_indices) = piece.cards();
        let (corners, indices) = (&piece.solid.vertices, &piece.solid.indices);
        let (low, high) =
            piece
                .kit
                .sprays
                .iter()
                .fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(low, high), spray| {
                    let reach = Vec3::splat(spray.size.max_element());
                    (low.min(spray.at - reach), high.max(spray.at + reach))
                });
        Self {
            solid: Mesh::new(gpu, "city", cast_slice(corners), indices),
            cards: Mesh::new(gpu, "cards", cast_slice(&cards), &card_indices),
            shining: ((low + high) / 2.0, (high - low) / 2.0),
            corners: corners.len(),
            chunks: piece.chunks,
            lamps: piece.kit.lamps,
            floods: piece.kit.floods,
            footprints: piece.kit.footprints,
        }
    }
}

impl Scene {
    /// A place of which only what lies and what closes the view is there.
    pub fn new(gpu: &Gpu, model: PlaceModel) -> Self {
        let ground = gpu.device.create_texture_with_data(
            &gpu.queue,
            &wgpu::TextureDescriptor {
                label: Some("ground"),
                size: SIZE,
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format: wgpu::TextureFormat::Rgba8Unorm,
                usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
                view_formats: &[],
            },
            wgpu::util::TextureDataOrder::LayerMajor,
            &ground_map::even(),
        );
        let around = Resident::new(gpu, model.around());
        let mut pieces = vec![Some(around)];
        pieces.resize_with(1 + model.tiles(), || None);
        Self {
            corners: pieces.iter().flatten().map(|piece| piece.corners).sum(),
            model,
            pieces,
            ground,
            baked: None,
            is_stale: true,
        }
    }

    /// Builds what an eye lacks, the nearest first, up to so many corners; tells how far from it the nearest was, in metres,
    /// if it lacked something.
    pub fn grow(&mut self, gpu: &Gpu, eye: Vec3, reach: Reach, most_corners: usize) -> Option<f32> {
        let mut left = most_corners;
        let mut nearest: Option<f32> = None;
        while left > 0
            && let Some(wanted) = self.model.next(eye, reach)
        {
            let piece = Resident::new(gpu, self.model.build(wanted.tile, wanted.grade));
            left = left.saturating_sub(piece.corners.max(1));
            nearest = Some(nearest.map_or(wanted.apart, |nearest| nearest.min(wanted.apart)));
            self.corners += piece.corners;
            if let Some(place) = self.pieces.get_mut(1 + wanted.tile) {
                match place.replace(piece) {
                    // What lights and shades the ground is the same however finely a tile is built.
                    Some(old) => self.corners -= old.corners,
                    None => self.is_stale = true,
                }
            }
        }
        nearest
    }

    /// How far from an eye the nearest is that it lacks, in metres.
    pub fn lacks(&self, eye: Vec3, reach: Reach) -> Option<f32> {
        self.model.next(eye, reach).map(|wanted| wanted.apart)
    }

    /// Bakes the picture of the ground around the eye where there is none; or, at the end of growing, if what there is
    /// shows something else.
    pub fn bake(&mut self, gpu: &Gpu, eye: Vec3, at_end: bool) -> bool {
        let area = Area::of(self.model.bounds, vec2(eye.x, eye.z));
        let is_stale = self.is_stale && at_end;
        if !is_stale && self.baked.is_some_and(|baked| !baked.is_stale(area)) {
            return false;
        }
        let pieces = || self.pieces.iter().flatten();
        let texels = ground_map::bake(
            area,
            pieces().flat_map(|piece| &piece.lamps),
            pieces().flat_map(|piece| &piece.footprints),
            pieces().flat_map(|piece| &piece.floods),
        );
        gpu.queue.write_texture(
            self.ground.as_image_copy(),
            &texels,
            wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(4 * ground_map::SIDE as u32),
                rows_per_image: None,
            },
            SIZE,
        );
        self.baked = Some(area);
        self.is_stale &= !at_end;
        true
    }

    /// Lamplight, openness and wear of the ground.
    pub fn ground(&self) -> wgpu::TextureView {
        self.ground.create_view(&wgpu::TextureViewDescriptor::default())
    }

    /// Corner (x, z) of that, and one over its side, in metres.
    pub fn ground_area(&self) -> [f32; 3] {
        let area = self.baked.unwrap_or(Area::of(self.model.bounds, Vec2::ZERO));
        [area.corner.x, area.corner.y, 1.0 / area.side_m]
    }

    /// Whether it is a room.
    pub fn is_room(&self) -> bool {
        self.model.is_room
    }

    /// The sun's place and the day's course here: latitude and longitude, and hours east of UTC.
    pub fn clock(&self) -> ([f64; 2], f32) {
        (self.model.origin_lat_lon, self.model.offset_h)
    }

    /// Draws what a view sees, each family of materials with its pipeline; what has none is left out.
    pub fn draw_solid<'a>(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        seen: &View,
        pipeline: impl Fn(usize) -> Option<&'a wgpu::RenderPipeline>,
        drawn: &mut Drawn,
    ) {
        let pieces = self.pieces.iter().enumerate();
        let chunks = pieces.flat_map(|(index, piece)| {
            let chunks = piece.iter().flat_map(|piece| &piece.chunks);
            chunks.map(move |chunk| (index, chunk))
        });
        let (mut family, mut mesh) = (None, None);
        for run in seen.runs(chunks) {
            let (Some(Some(piece)), Some(painted)) = (self.pieces.get(run.mesh), pipeline(run.family)) else {
                continue;
            };
            if family.replace(run.family) != Some(run.family) {
                pass.set_pipeline(painted);
            }
            if mesh.replace(run.mesh) != Some(run.mesh) {
                piece.solid.bind(pass);
            }
            pass.draw_indexed(run.indices.clone(), 0, 0..1);
            drawn.count(&run.indices);
        }
    }

    /// Draws what casts shadows into a circle around a point, in full or coarsely.
    pub fn draw_casting(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        target: Vec3,
        reach_m: f32,
        fine: bool,
        drawn: &mut Drawn,
    ) {
        for piece in self.pieces.iter().flatten() {
            let cast = chunks::casting(&piece.chunks, target, reach_m, fine);
            if !cast.is_empty() {
                piece.solid.draw_runs(pass, &cast, drawn);
            }
        }
    }

    /// Draws what a view sees of what shines through.
    pub fn draw_cards(&self, pass: &mut wgpu::RenderPass<'_>, seen: &View, drawn: &mut Drawn) {
        let pieces = self.pieces.iter().flatten().filter(|piece| piece.cards.count > 0);
        for piece in pieces.filter(|piece| seen.holds(piece.shining.0, piece.shining.1)) {
            let all = 0..piece.cards.count;
            piece.cards.draw_runs(pass, std::slice::from_ref(&all), drawn);
        }
    }
}
