//! A place on the GPU, and the drawing of its frames.

use std::ops::Range;

use bytemuck::{bytes_of, cast_slice};
use glam::{Vec3, vec4};
use shared::stage::{Figure, Frame, Quality};
use wgpu::util::DeviceExt;

use crate::chunks::{self, Chunk, View};
use crate::crowd::Crowd;
use crate::figure;
use crate::globals::Globals;
use crate::gpu::Gpu;
use crate::ground_map;
use crate::pipelines::Pipelines;
use crate::place::PlaceModel;
use crate::shadow::{self, Shadows};
use crate::sky;
use crate::targets::{Budget, Targets};

/// How far from what is looked at things can stand whose shadow is seen, in metres.
const SHADOW_REACH_M: f32 = 260.0;

/// What a frame took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Draw calls.
    pub draws: u32,
    /// Triangles.
    pub triangles: u32,
}

/// Triangles on the GPU.
#[derive(Debug)]
struct Mesh {
    corners: wgpu::Buffer,
    indices: wgpu::Buffer,
    count: u32,
}

impl Mesh {
    fn new(gpu: &Gpu, label: &str, corners: &[u8], indices: &[u32]) -> Self {
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

    /// Draws some runs of its indices.
    fn draw_runs(&self, pass: &mut wgpu::RenderPass<'_>, runs: &[Range<u32>], drawn: &mut Drawn) {
        if self.count == 0 || runs.is_empty() {
            return;
        }
        pass.set_vertex_buffer(0, self.corners.slice(..));
        pass.set_index_buffer(self.indices.slice(..), wgpu::IndexFormat::Uint32);
        for run in runs {
            pass.draw_indexed(run.clone(), 0, 0..1);
            drawn.draws += 1;
            drawn.triangles += run.len() as u32 / 3;
        }
    }
}

/// What one place needs on the GPU.
#[derive(Debug)]
struct Scene {
    solid: Mesh,
    chunks: Vec<Chunk>,
    cards: Mesh,
    ground: wgpu::TextureView,
    ground_area: [f32; 3],
    origin_lat_lon: [f64; 2],
    offset_h: f32,
}

/// Draws frames of one place in one format.
#[derive(Debug)]
pub struct Stage {
    gpu: Gpu,
    format: wgpu::TextureFormat,
    budget: Budget,
    pipelines: Pipelines,
    shadows: Shadows,
    targets: Option<Targets>,
    scene: Option<Scene>,
    light_group: Option<wgpu::BindGroup>,
    globals: wgpu::Buffer,
    body: Mesh,
    body_runs: Vec<Range<u32>>,
    crowd: Crowd,
    compare: wgpu::Sampler,
    linear: wgpu::Sampler,
}

impl Stage {
    /// Compiles the pipelines for pictures of `format`.
    pub fn new(gpu: &Gpu, format: wgpu::TextureFormat, quality: Quality) -> Self {
        let budget = Budget::of(quality);
        let pipelines = Pipelines::new(gpu, format, budget);
        let device = &gpu.device;
        let globals = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("globals"),
            size: size_of::<Globals>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let body = figure::body();
        let sampler = |compare| {
            device.create_sampler(&wgpu::SamplerDescriptor {
                mag_filter: wgpu::FilterMode::Linear,
                min_filter: wgpu::FilterMode::Linear,
                compare,
                ..wgpu::SamplerDescriptor::default()
            })
        };
        Self {
            shadows: Shadows::new(gpu, budget.shadow),
            body: Mesh::new(gpu, "figure", cast_slice(&body.corners), &body.indices),
            body_runs: body.runs,
            crowd: Crowd::new(gpu, &pipelines, &globals, 64),
            compare: sampler(Some(wgpu::CompareFunction::LessEqual)),
            linear: sampler(None),
            gpu: gpu.clone(),
            format,
            budget,
            pipelines,
            targets: None,
            scene: None,
            light_group: None,
            globals,
        }
    }

    /// Spends more or less from now on.
    pub fn set_quality(&mut self, quality: Quality) {
        let budget = Budget::of(quality);
        if budget == self.budget {
            return;
        }
        if (budget.samples, budget.taps) != (self.budget.samples, self.budget.taps) {
            self.pipelines = Pipelines::new(&self.gpu, self.format, budget);
            self.crowd = Crowd::new(&self.gpu, &self.pipelines, &self.globals, self.crowd.capacity);
        }
        self.budget = budget;
        self.shadows = Shadows::new(&self.gpu, budget.shadow);
        self.targets = None;
        self.light_group = None;
    }

    /// Shows another place.
    pub fn set_place(&mut self, model: &PlaceModel) {
        let texture = self.gpu.device.create_texture_with_data(
            &self.gpu.queue,
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
                format: wgpu::TextureFormat::Rg8Unorm,
                usage: wgpu::TextureUsages::TEXTURE_BINDING,
                view_formats: &[],
            },
            wgpu::util::TextureDataOrder::LayerMajor,
            &model.ground.texels,
        );
        let (cards, card_indices) = model.cards();
        self.scene = Some(Scene {
            solid: Mesh::new(
                &self.gpu,
                "city",
                cast_slice(&model.solid.vertices),
                &model.solid.indices,
            ),
            chunks: model.chunks.clone(),
            cards: Mesh::new(&self.gpu, "cards", cast_slice(&cards), &card_indices),
            ground: texture.create_view(&wgpu::TextureViewDescriptor::default()),
            ground_area: [
                model.ground.corner.x,
                model.ground.corner.y,
                1.0 / model.ground.side_m,
            ],
            origin_lat_lon: model.origin_lat_lon,
            offset_h: model.offset_h,
        });
        self.shadows.forget();
        self.light_group = None;
    }

    /// Draws a frame into a picture of `size`; nothing before there is a place.
    pub fn draw(&mut self, frame: &Frame, picture: &wgpu::TextureView, size: (u32, u32)) -> Drawn {
        let mut drawn = Drawn::default();
        let Some(scene) = &self.scene else { return drawn };
        let targets = match self.targets.take() {
            Some(targets) if targets.size == size => targets,
            _ => Targets::new(&self.gpu, size, self.format, self.budget),
        };
        let light = sky::light(sky::sun(
            frame.header.hour,
            frame.header.day,
            scene.origin_lat_lon,
            scene.offset_h,
        ));
        let mut globals = Globals::new(&frame.header, &light, size.0 as f32 / size.1 as f32);
        let (city, figures, stale) = self.shadows.aim(Vec3::from(frame.header.target), light.towards);
        globals.shadow_city = city;
        globals.shadow_figures = figures;
        let [x, z, scale] = scene.ground_area;
        globals.ground = vec4(x, z, scale, self.shadows.texel());
        self.gpu.queue.write_buffer(&self.globals, 0, bytes_of(&globals));
        if self.crowd.capacity < frame.figures.len() {
            self.crowd = Crowd::new(
                &self.gpu,
                &self.pipelines,
                &self.globals,
                frame.figures.len().next_power_of_two(),
            );
        }
        self.crowd.write(&self.gpu, frame, shadow::FIGURES_REACH_M);
        let light_group = self.light_group.take().unwrap_or_else(|| {
            let view = wgpu::BindingResource::TextureView;
            let resources = [
                view(&self.shadows.city),
                view(&self.shadows.figures),
                wgpu::BindingResource::Sampler(&self.compare),
                view(&scene.ground),
                wgpu::BindingResource::Sampler(&self.linear),
            ];
            group(&self.gpu, &self.pipelines.light_layout, resources)
        });
        let mut encoder = self
            .gpu
            .device
            .create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        if stale {
            let mut pass = begin(&mut encoder, "shadow of the city", None, &self.shadows.city);
            pass.set_bind_group(0, &self.crowd.frame_group, &[]);
            pass.set_pipeline(&self.pipelines.city_shadow);
            let cast = chunks::casting(&scene.chunks, Vec3::from(frame.header.target), SHADOW_REACH_M);
            scene.solid.draw_runs(&mut pass, &cast, &mut drawn);
        }
        {
            let mut pass = begin(&mut encoder, "shadow of the figures", None, &self.shadows.figures);
            pass.set_bind_group(0, &self.crowd.frame_group, &[]);
            pass.set_pipeline(&self.pipelines.figure_shadow);
            self.draw_figures(&mut pass, true, &mut drawn);
        }
        {
            let colour = match &targets.samples {
                Some(samples) => (samples, Some(picture)),
                None => (picture, None),
            };
            let mut pass = begin(&mut encoder, "stage", Some(colour), &targets.depth);
            pass.set_bind_group(0, &self.crowd.frame_group, &[]);
            pass.set_bind_group(1, &light_group, &[]);
            // Near things first: what they hide need not be painted.
            pass.set_pipeline(&self.pipelines.figures);
            self.draw_figures(&mut pass, false, &mut drawn);
            let seen = View::new(globals.view_proj, Vec3::from(frame.header.eye)).runs(&scene.chunks);
            for (pipeline, runs) in self.pipelines.city.iter().zip(&seen) {
                pass.set_pipeline(pipeline);
                scene.solid.draw_runs(&mut pass, runs, &mut drawn);
            }
            pass.set_pipeline(&self.pipelines.sky);
            pass.draw(0..3, 0..1);
            pass.set_pipeline(&self.pipelines.spray);
            scene.cards.draw_runs(
                &mut pass,
                std::slice::from_ref(&(0..scene.cards.count)),
                &mut drawn,
            );
            drawn.draws += 1;
        }
        self.gpu.queue.submit([encoder.finish()]);
        self.targets = Some(targets);
        self.light_group = Some(light_group);
        drawn
    }

    /// Draws all figures, or those only whose shadows are seen.
    fn draw_figures(&self, pass: &mut wgpu::RenderPass<'_>, shadows: bool, drawn: &mut Drawn) {
        pass.set_vertex_buffer(0, self.body.corners.slice(..));
        pass.set_index_buffer(self.body.indices.slice(..), wgpu::IndexFormat::Uint32);
        for group in self.crowd.groups.iter().filter(|group| group.casts || !shadows) {
            let run = self.body_runs[group.kind].clone();
            let count = group.figures.len() as u32;
            drawn.draws += 1;
            drawn.triangles += run.len() as u32 / 3 * count;
            // By offset rather than by first instance, which WebGL2 does not have.
            let from = u64::from(group.figures.start) * size_of::<Figure>() as u64;
            pass.set_vertex_buffer(1, self.crowd.buffer.slice(from..));
            pass.draw_indexed(run, 0, 0..count);
        }
    }
}

fn group<const N: usize>(
    gpu: &Gpu,
    layout: &wgpu::BindGroupLayout,
    resources: [wgpu::BindingResource<'_>; N],
) -> wgpu::BindGroup {
    let mut binding = 0;
    let entries = resources.map(|resource| {
        binding += 1;
        wgpu::BindGroupEntry {
            binding: binding - 1,
            resource,
        }
    });
    gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: None,
        layout,
        entries: &entries,
    })
}

fn attachment<'a>(
    view: &'a wgpu::TextureView,
    resolve_target: Option<&'a wgpu::TextureView>,
) -> wgpu::RenderPassColorAttachment<'a> {
    wgpu::RenderPassColorAttachment {
        view,
        depth_slice: None,
        resolve_target,
        ops: wgpu::Operations {
            load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
            // Samples are of no use once they are resolved.
            store: if resolve_target.is_some() {
                wgpu::StoreOp::Discard
            } else {
                wgpu::StoreOp::Store
            },
        },
    }
}

fn begin<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    label: &str,
    colour: Option<(&wgpu::TextureView, Option<&wgpu::TextureView>)>,
    depth: &wgpu::TextureView,
) -> wgpu::RenderPass<'a> {
    let colours: Vec<_> = colour
        .map(|(view, resolve)| Some(attachment(view, resolve)))
        .into_iter()
        .collect();
    // A shadow map is read afterwards, the depth of the picture is not.
    let store = if colour.is_some() {
        wgpu::StoreOp::Discard
    } else {
        wgpu::StoreOp::Store
    };
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some(label),
        color_attachments: &colours,
        depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
            view: depth,
            depth_ops: Some(wgpu::Operations {
                load: wgpu::LoadOp::Clear(1.0),
                store,
            }),
            stencil_ops: None,
        }),
        ..wgpu::RenderPassDescriptor::default()
    })
}
