//! A place on the GPU, and the drawing of its frames.

mod passes;

use std::ops::Range;

use bytemuck::{bytes_of, cast_slice};
use glam::{Vec3, vec4};
use shared::stage::{Frame, FrameHeader, Quality, Weather};

use self::passes::{Shot, begin, begin_kept, falls};
use crate::backdrop::{Backdrop, Stillness};
use crate::bloom::Bloom;
use crate::chunks::View;
use crate::crowd::{Crowd, Levels};
use crate::figure::{self, Corner, Runs};
use crate::globals::Globals;
use crate::gpu::Gpu;
use crate::pipelines::Pipelines;
use crate::place::PlaceModel;
use crate::scene::{Mesh, Scene};
use crate::shadow::{self, Shadows};
use crate::sky;
use crate::targets::{Budget, Targets};

/// How far from what is looked at things can stand whose shadow is seen, in metres.
const SHADOW_REACH_M: f32 = 260.0;

/// Corners that are built and sent with one frame at most: some milliseconds, so that a place grows while it is seen.
const GROWTH_CORNERS: usize = 40_000;

/// Plants in a room are green all year: as on this day.
const ROOM_DAY: f32 = 172.0;

/// Which of the kept pictures is the sharp one.
const SHARP: usize = 1;

/// What a frame took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Draw calls.
    pub draws: u32,
    /// Triangles.
    pub triangles: u32,
}

impl Drawn {
    /// Counts a draw of indices.
    pub fn count(&mut self, indices: &Range<u32>) {
        self.draws += 1;
        self.triangles += indices.len() as u32 / 3;
    }
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
    bloom: Option<Bloom>,
    scene: Option<Scene>,
    /// Whether what is near is built for the last frame, and everything is compiled.
    is_ready: bool,
    light_group: Option<wgpu::BindGroup>,
    globals: wgpu::Buffer,
    body: Mesh,
    body_runs: [Runs; 3],
    vehicles: Mesh,
    vehicles_run: Range<u32>,
    crowd: Crowd,
    compare: wgpu::Sampler,
    linear: wgpu::Sampler,
    stillness: Stillness,
    still: Option<FrameHeader>,
    /// Pixels across and down of a picture whose city is kept.
    sharp: (u32, u32),
    /// Pictures of the city, as sharp as a moving one and as sharp as can be.
    kept: [Option<Layer>; 2],
}

/// One kept picture.
#[derive(Debug)]
struct Layer {
    backdrop: Backdrop,
    lay_group: wgpu::BindGroup,
    light_group: wgpu::BindGroup,
}

impl Stage {
    /// Compiles what a first picture of `format` needs.
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
        let vehicles = figure::vehicle::body();
        let mesh =
            |name, corners: &[Corner], indices: &[u32]| Mesh::new(gpu, name, cast_slice(corners), indices);
        let sampler = |compare| {
            device.create_sampler(&wgpu::SamplerDescriptor {
                mag_filter: wgpu::FilterMode::Linear,
                min_filter: wgpu::FilterMode::Linear,
                compare,
                ..wgpu::SamplerDescriptor::default()
            })
        };
        Self {
            shadows: Shadows::new(gpu, budget),
            body: mesh("figure", &body.corners, &body.indices),
            body_runs: body.runs,
            vehicles: mesh("vehicle", &vehicles.corners, &vehicles.indices),
            vehicles_run: 0..vehicles.indices.len() as u32,
            crowd: Crowd::new(gpu, &pipelines, &globals, budget.levels, 64),
            compare: sampler(Some(wgpu::CompareFunction::LessEqual)),
            linear: sampler(None),
            gpu: gpu.clone(),
            format,
            budget,
            pipelines,
            targets: None,
            bloom: None,
            scene: None,
            is_ready: false,
            light_group: None,
            globals,
            stillness: Stillness::default(),
            still: None,
            sharp: (0, 0),
            kept: [None, None],
        }
    }

    /// Spends more or less from now on.
    pub fn set_quality(&mut self, quality: Quality) {
        let budget = Budget::of(quality);
        if budget == self.budget {
            return;
        }
        if (budget.samples, budget.taps, budget.fine)
            != (self.budget.samples, self.budget.taps, self.budget.fine)
        {
            self.pipelines = Pipelines::new(&self.gpu, self.format, budget);
            self.is_ready = false;
        }
        self.budget = budget;
        self.make_room(self.crowd.capacity);
        self.shadows = Shadows::new(&self.gpu, budget);
        self.targets = None;
        self.bloom = None;
        self.light_group = None;
        self.kept = [None, None];
        self.still = None;
    }

    /// Draws every figure finely from now on, until the quality changes.
    pub fn leave_levels_out(&mut self) {
        self.budget.levels = Levels::FINEST;
        self.make_room(self.crowd.capacity);
    }

    /// Buffers anew, for so many figures.
    fn make_room(&mut self, capacity: usize) {
        let levels = self.budget.levels;
        self.crowd = Crowd::new(&self.gpu, &self.pipelines, &self.globals, levels, capacity);
    }

    /// Shows another place, which grows with the frames to come.
    pub fn set_place(&mut self, model: PlaceModel) {
        self.scene = Some(Scene::new(&self.gpu, model));
        self.shadows.forget();
        self.light_group = None;
        self.kept = [None, None];
    }

    /// Builds what is missing for a frame: as much as will do without a stop, or all, and then compiles all, too.
    pub fn grow(&mut self, header: &FrameHeader, whole: bool) {
        let Some(scene) = &mut self.scene else { return };
        let (eye, reach) = (Vec3::from(header.eye), self.budget.reach);
        let most = if whole { usize::MAX } else { GROWTH_CORNERS };
        let grown = scene.grow(&self.gpu, eye, reach, most);
        let lacks = scene.lacks(eye, reach);
        let is_near = lacks.is_none_or(|apart| apart > SHADOW_REACH_M);
        // At the ends only: it costs as much as some frames.
        let baked = is_near && scene.bake(&self.gpu, eye, lacks.is_none());
        if whole {
            while self.pipelines.compile_next(&self.gpu, falls(header) > 0) {}
        }
        let was_ready = self.is_ready;
        self.is_ready = is_near && self.pipelines.is_complete();
        let has_changed = grown.is_some_and(|apart| apart <= SHADOW_REACH_M) || !was_ready;
        if self.is_ready && has_changed {
            self.shadows.forget();
        }
        // What is far is looked at anew once it is all there.
        if self.is_ready && (has_changed || baked || grown.is_some() && lacks.is_none()) {
            self.kept = [None, None];
        }
    }

    /// Takes note of the frame that comes next, and tells whether its city is a picture kept as sharp as `sharp` is:
    /// then the frame may be of that size. Until then it is painted a strip a frame.
    pub fn watch(&mut self, header: &FrameHeader, sharp: (u32, u32)) -> bool {
        self.grow(header, false);
        let may_keep = !self.budget.fine && self.is_ready;
        self.still = self.stillness.watch(header).filter(|_| may_keep);
        self.sharp = sharp;
        let kept = self.kept[SHARP].as_ref();
        self.still.is_some_and(|still| {
            kept.is_some_and(|layer| layer.backdrop.size == sharp && layer.backdrop.shows(&still))
        })
    }

    /// Draws a frame into a picture of `size`; nothing before there is a place.
    pub fn draw(&mut self, frame: &Frame, picture: &wgpu::TextureView, size: (u32, u32)) -> Drawn {
        let mut drawn = Drawn::default();
        let Some(scene) = self.scene.take() else {
            return drawn;
        };
        let targets = match self.targets.take() {
            Some(targets) if targets.size == size => targets,
            _ => Targets::new(&self.gpu, size, self.format, self.budget),
        };
        let header = FrameHeader {
            time_s: frame.header.time_s,
            ..self.still.unwrap_or(frame.header)
        };
        let (globals, stale) = self.light(&scene, &header, size);
        self.gpu.queue.write_buffer(&self.globals, 0, bytes_of(&globals));
        if self.crowd.capacity < frame.figures.len() {
            self.make_room(frame.figures.len().next_power_of_two());
        }
        let seen = View::new(globals.view_proj, Vec3::from(header.eye), self.budget.reach);
        let cast_m = if self.budget.fine {
            shadow::FIGURES_REACH_M
        } else {
            0.0
        };
        self.crowd.write(&self.gpu, frame, &seen, cast_m);
        let light_group = self
            .light_group
            .take()
            .unwrap_or_else(|| self.lit(&scene, &self.shadows.figures));
        let mut encoder = self
            .gpu
            .device
            .create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        if stale {
            let mut pass = begin(&mut encoder, "shadow of the city", None, &self.shadows.city);
            // While the place grows the map is empty, and all is in the sun.
            if let Some(caster) = self.pipelines.city_shadow.as_ref().filter(|_| self.is_ready) {
                pass.set_bind_group(0, &self.crowd.frame_group, &[]);
                pass.set_pipeline(caster);
                let (middle, fine) = (Vec3::from(header.target), self.budget.fine);
                scene.draw_casting(&mut pass, middle, SHADOW_REACH_M, fine, &mut drawn);
            }
        }
        if self.budget.fine {
            self.cast_figures(&mut encoder, &mut drawn);
        }
        if let (Some(still), Some(lay)) = (self.still, self.pipelines.lay.as_ref()) {
            let mut kept = std::mem::take(&mut self.kept);
            let shown = usize::from(size == self.sharp);
            let mut layer = self.layer(&scene, kept[shown].take(), size);
            let mut paint = |backdrop: &mut Backdrop, whole| {
                let strip = backdrop.next(&still, whole)?;
                let mut pass = begin_kept(&mut encoder, backdrop, strip);
                pass.set_bind_group(0, &self.crowd.frame_group, &[]);
                pass.set_bind_group(1, &light_group, &[]);
                let narrowed = strip.narrowed(backdrop.size.1) * globals.view_proj;
                let seen = View::new(narrowed, Vec3::from(header.eye), self.budget.reach);
                self.draw_city(&mut pass, &scene, &seen, &mut drawn);
                Some(())
            };
            // The picture that shows is whole; the sharp one grows meanwhile.
            if paint(&mut layer.backdrop, true).is_none() && shown != SHARP {
                let mut sharp = self.layer(&scene, kept[SHARP].take(), self.sharp);
                let _ = paint(&mut sharp.backdrop, false);
                kept[SHARP] = Some(sharp);
            }
            let mut pass = begin(&mut encoder, "stage", Some((picture, None)), &targets.depth);
            pass.set_bind_group(0, &self.crowd.frame_group, &[]);
            pass.set_bind_group(1, &layer.lay_group, &[]);
            pass.set_pipeline(lay);
            pass.draw(0..3, 0..1);
            drawn.draws += 1;
            pass.set_bind_group(1, &layer.light_group, &[]);
            self.draw_people(&mut pass, &self.pipelines.over_kept, &mut drawn);
            self.draw_over(&mut pass, &scene, &seen, &self.pipelines.over_kept, &mut drawn);
            self.draw_fall(&mut pass, &scene, &self.pipelines.over_kept, &header, &mut drawn);
            drop(pass);
            kept[shown] = Some(layer);
            self.kept = kept;
        } else {
            let shot = Shot {
                picture,
                size,
                targets: &targets,
                light_group: &light_group,
                header: &header,
                seen: &seen,
                night: globals.night(),
            };
            self.draw_anew(&mut encoder, &scene, &shot, &mut drawn);
        }
        self.gpu.queue.submit([encoder.finish()]);
        self.pipelines.compile_next(&self.gpu, falls(&header) > 0);
        self.targets = Some(targets);
        self.light_group = Some(light_group);
        self.scene = Some(scene);
        drawn
    }

    /// Corners of the place on the GPU now.
    pub fn corners(&self) -> usize {
        self.scene.as_ref().map_or(0, |scene| scene.corners)
    }

    /// The frame's numbers, and whether the city's shadow is to be drawn anew.
    fn light(&mut self, scene: &Scene, header: &FrameHeader, size: (u32, u32)) -> (Globals, bool) {
        let (lat_lon, offset_h) = scene.clock();
        let sun = sky::sun(header.hour, header.day, lat_lon, offset_h);
        let mut light = sky::light(sun).under(Weather::from_index(header.weather));
        let mut header = *header;
        if scene.is_room() {
            light = light.indoors();
            // Until walls and ceiling cast their shadows, the sun would be everywhere.
            light.direct *= f32::from(u8::from(self.is_ready)) * 0.8;
            header.weather = Weather::Clear.index();
            header.day = ROOM_DAY;
        }
        let mut globals = Globals::new(&header, &light, size.0 as f32 / size.1 as f32);
        let target = Vec3::from(header.target);
        let (city, figures, stale) = self.shadows.aim(target, light.towards, self.is_ready);
        globals.shadow_city = city;
        globals.shadow_figures = figures;
        let [x, z, scale] = scene.ground_area();
        globals.ground = vec4(x, z, scale, self.shadows.texel());
        (globals, stale)
    }

    /// Group 1 of what is lit, with a second map beside the city's shadow.
    fn lit(&self, scene: &Scene, second: &wgpu::TextureView) -> wgpu::BindGroup {
        let view = wgpu::BindingResource::TextureView;
        let ground = scene.ground();
        let resources = [
            view(&self.shadows.city),
            view(second),
            wgpu::BindingResource::Sampler(&self.compare),
            view(&ground),
            wgpu::BindingResource::Sampler(&self.linear),
        ];
        group(&self.gpu, &self.pipelines.light_layout, resources)
    }

    /// The kept picture in this size: the old one, if it is.
    fn layer(&self, scene: &Scene, old: Option<Layer>, size: (u32, u32)) -> Layer {
        old.filter(|layer| layer.backdrop.size == size)
            .unwrap_or_else(|| {
                let backdrop = Backdrop::new(&self.gpu, size, self.format);
                let colour = [wgpu::BindingResource::TextureView(&backdrop.colour)];
                Layer {
                    lay_group: group(&self.gpu, &self.pipelines.lay_layout, colour),
                    light_group: self.lit(scene, &backdrop.depth),
                    backdrop,
                }
            })
    }
}

/// Resources as the layout numbers them.
pub fn group<const N: usize>(
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
