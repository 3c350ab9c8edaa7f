//! The passes of a frame: what is drawn into them, in which order.

use std::ops::Range;

use shared::stage::{Figure, FrameHeader, Weather};

use super::{Drawn, Stage};
use crate::backdrop::{Backdrop, Strip};
use crate::bloom::{self, Bloom};
use crate::chunks::View;
use crate::crowd::Group;
use crate::pipelines::Over;
use crate::scene::{Mesh, Scene};
use crate::targets::Targets;

/// A frame to be drawn anew.
pub(super) struct Shot<'a> {
    /// What it is drawn into.
    pub(super) picture: &'a wgpu::TextureView,
    /// Pixels across and down.
    pub(super) size: (u32, u32),
    pub(super) targets: &'a Targets,
    pub(super) light_group: &'a wgpu::BindGroup,
    pub(super) header: &'a FrameHeader,
    pub(super) seen: &'a View,
    /// How much of a night it is, 0 to 1.
    pub(super) night: f32,
}

impl Stage {
    /// Draws the city and everyone in it.
    pub(super) fn draw_anew(
        &mut self,
        encoder: &mut wgpu::CommandEncoder,
        scene: &Scene,
        shot: &Shot<'_>,
        drawn: &mut Drawn,
    ) {
        let old = self.bloom.take();
        let shines = self
            .pipelines
            .bloom
            .as_ref()
            .filter(|_| shot.night > bloom::FROM_NIGHT)
            .map(|steps| {
                let (gpu, linear) = (&self.gpu, &self.linear);
                let bloom = Bloom::of(old, gpu, &self.pipelines, linear, shot.size, self.format);
                (bloom, steps)
            });
        let whole = shines.as_ref().map_or(shot.picture, |(bloom, _)| &bloom.whole);
        let colour = match &shot.targets.samples {
            Some(samples) => (samples, Some(whole)),
            None => (whole, None),
        };
        let mut pass = begin(encoder, "stage", Some(colour), &shot.targets.depth);
        pass.set_bind_group(0, &self.crowd.frame_group, &[]);
        pass.set_bind_group(1, shot.light_group, &[]);
        let over = &self.pipelines.over;
        // Near things first: what they hide need not be painted.
        self.draw_people(&mut pass, over, drawn);
        self.draw_city(&mut pass, scene, shot.seen, drawn);
        self.draw_over(&mut pass, scene, shot.seen, over, drawn);
        self.draw_fall(&mut pass, scene, over, shot.header, drawn);
        drop(pass);
        self.bloom = shines.map(|(bloom, steps)| {
            bloom.shine(encoder, &self.crowd.frame_group, steps, shot.picture, drawn);
            bloom
        });
    }

    /// Draws what figures throw their shadows on.
    pub(super) fn cast_figures(&self, encoder: &mut wgpu::CommandEncoder, drawn: &mut Drawn) {
        let mut pass = begin(encoder, "shadow of the figures", None, &self.shadows.figures);
        if let Some(caster) = &self.pipelines.figure_shadow {
            pass.set_bind_group(0, &self.crowd.frame_group, &[]);
            pass.set_pipeline(caster);
            // A shadow of the coarse ones is as good.
            let coarse = &self.body_runs[1].whole;
            self.draw_figures(&mut pass, (&self.body, coarse), Group::Casting, drawn);
            self.draw_vehicles(&mut pass, drawn);
        }
    }

    pub(super) fn draw_city(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        scene: &Scene,
        seen: &View,
        drawn: &mut Drawn,
    ) {
        scene.draw_solid(pass, seen, |family| self.pipelines.city(family), drawn);
        pass.set_pipeline(&self.pipelines.sky);
        pass.draw(0..3, 0..1);
        drawn.draws += 1;
    }

    pub(super) fn draw_people(&self, pass: &mut wgpu::RenderPass<'_>, over: &Over, drawn: &mut Drawn) {
        if let Some(figures) = &over.figures {
            pass.set_pipeline(figures);
            let [fine, coarse, plain] = &self.body_runs;
            let mut draw = |run, group| self.draw_figures(pass, (&self.body, run), group, drawn);
            draw(&fine.whole, Group::Fine);
            for (level, runs) in [coarse, plain].into_iter().enumerate() {
                for (cut, run) in runs.cuts.iter().enumerate() {
                    draw(run, [Group::Coarse, Group::Plain][level](cut));
                }
                draw(&runs.things, Group::Things(level));
            }
            self.draw_vehicles(pass, drawn);
        }
        let flat = self.crowd.group(Group::Flat);
        if let Some(far) = over.far.as_ref().filter(|_| !flat.is_empty()) {
            pass.set_pipeline(far);
            pass.set_vertex_buffer(0, self.instances(&flat));
            pass.draw(0..6, 0..flat.len() as u32);
            drawn.draws += 1;
            drawn.triangles += 2 * flat.len() as u32;
        }
    }

    /// Draws what blends with what is there: soft shadows at feet, glow, water jets.
    pub(super) fn draw_over(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        scene: &Scene,
        seen: &View,
        over: &Over,
        drawn: &mut Drawn,
    ) {
        let all = self.crowd.everyone();
        if let Some(feet) = over.feet.as_ref().filter(|_| !all.is_empty()) {
            pass.set_pipeline(feet);
            pass.set_vertex_buffer(0, self.instances(&all));
            pass.draw(0..6, all);
            drawn.draws += 1;
        }
        if let Some(spray) = &over.spray {
            pass.set_pipeline(spray);
            scene.draw_cards(pass, seen, drawn);
        }
    }

    pub(super) fn draw_fall(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        scene: &Scene,
        over: &Over,
        header: &FrameHeader,
        drawn: &mut Drawn,
    ) {
        let most = if scene.is_room() { 0 } else { falls(header) };
        if let Some(fall) = over.fall.as_ref().filter(|_| most > 0) {
            let count = if self.budget.fine { most } else { most / 3 };
            pass.set_pipeline(fall);
            pass.draw(0..6 * count, 0..1);
            drawn.draws += 1;
            drawn.triangles += 2 * count;
        }
    }

    fn draw_vehicles(&self, pass: &mut wgpu::RenderPass<'_>, drawn: &mut Drawn) {
        self.draw_figures(pass, (&self.vehicles, &self.vehicles_run), Group::Vehicles, drawn);
    }

    /// Draws some figures with a mesh.
    fn draw_figures(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        (mesh, run): (&Mesh, &Range<u32>),
        group: Group,
        drawn: &mut Drawn,
    ) {
        let figures = self.crowd.group(group);
        if figures.is_empty() {
            return;
        }
        let count = figures.len() as u32;
        drawn.draws += 1;
        drawn.triangles += run.len() as u32 / 3 * count;
        mesh.bind(pass);
        pass.set_vertex_buffer(1, self.instances(&figures));
        pass.draw_indexed(run.clone(), 0, 0..count);
    }

    /// Some figures, by offset rather than by first instance, which WebGL2 does not have.
    fn instances(&self, figures: &Range<u32>) -> wgpu::BufferSlice<'_> {
        let from = u64::from(figures.start) * size_of::<Figure>() as u64;
        self.crowd.buffer.slice(from..)
    }
}

/// Drops or flakes in the air around the eye. For who asks for calm the air is empty: the ground tells the weather.
pub(super) fn falls(header: &FrameHeader) -> u32 {
    match Weather::from_index(header.weather) {
        _ if header.calm != 0 => 0,
        Weather::Rain => 2_400,
        Weather::Snow => 3_600,
        Weather::Clear | Weather::Cloudy | Weather::Dust => 0,
    }
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

pub(super) fn begin<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    label: &str,
    colour: Option<(&wgpu::TextureView, Option<&wgpu::TextureView>)>,
    depth: &wgpu::TextureView,
) -> wgpu::RenderPass<'a> {
    // A shadow map is read afterwards, the depth of the picture is not.
    let store = if colour.is_some() {
        wgpu::StoreOp::Discard
    } else {
        wgpu::StoreOp::Store
    };
    let colours: Vec<_> = colour
        .map(|(view, resolve)| Some(attachment(view, resolve)))
        .into_iter()
        .collect();
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

/// A pass that paints a strip of a kept picture, whose depth is read afterwards; the first wipes out what was there.
pub(super) fn begin_kept<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    backdrop: &Backdrop,
    strip: Strip,
) -> wgpu::RenderPass<'a> {
    let mut colour = attachment(&backdrop.colour, None);
    let mut depth_ops = wgpu::Operations {
        load: wgpu::LoadOp::Clear(1.0),
        store: wgpu::StoreOp::Store,
    };
    if strip.top > 0 {
        colour.ops.load = wgpu::LoadOp::Load;
        depth_ops.load = wgpu::LoadOp::Load;
    }
    let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some("backdrop"),
        color_attachments: &[Some(colour)],
        depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
            view: &backdrop.depth,
            depth_ops: Some(depth_ops),
            stencil_ops: None,
        }),
        ..wgpu::RenderPassDescriptor::default()
    });
    pass.set_scissor_rect(0, strip.top, backdrop.size.0, strip.rows);
    pass
}
