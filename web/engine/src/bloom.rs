//! Bloom: what is bright at night shines beyond its edges, as it does in an eye and on a film. Only where there is a graphics
//! card to spend on, and not by day, when nothing is so much brighter than what is around it.

use crate::gpu::Gpu;
use crate::pipelines::Pipelines;
use crate::stage::{Drawn, group};

/// Darker than this it is by day; between 0 and 1.
pub const FROM_NIGHT: f32 = 0.02;

/// How much smaller than the whole the pictures are.
const SMALLER: [u32; 3] = [4, 8, 16];

/// Pictures of one canvas size.
#[derive(Debug)]
pub struct Bloom {
    size: (u32, u32),
    /// What the stage is drawn into.
    pub whole: wgpu::TextureView,
    smaller: [wgpu::TextureView; 3],
    /// What each step reads, the last one all.
    groups: [wgpu::BindGroup; 4],
}

impl Bloom {
    /// Of a canvas size and a format: the old ones, if they are.
    pub fn of(
        old: Option<Self>,
        gpu: &Gpu,
        pipelines: &Pipelines,
        linear: &wgpu::Sampler,
        size: (u32, u32),
        format: wgpu::TextureFormat,
    ) -> Self {
        if let Some(old) = old.filter(|old| old.size == size) {
            return old;
        }
        let picture = |part: u32| {
            let smaller = (size.0.div_ceil(part), size.1.div_ceil(part));
            gpu.picture("bloom", smaller, format, 1)
        };
        let whole = picture(1);
        let smaller = SMALLER.map(picture);
        let [quarter, eighth, sixteenth] = &smaller;
        let reads = |views: [&wgpu::TextureView; 4]| {
            let [a, b, c, d] = views.map(wgpu::BindingResource::TextureView);
            let resources = [wgpu::BindingResource::Sampler(linear), a, b, c, d];
            group(gpu, &pipelines.bloom_layout, resources)
        };
        let groups = [
            reads([&whole; 4]),
            reads([quarter; 4]),
            reads([eighth; 4]),
            reads([&whole, quarter, eighth, sixteenth]),
        ];
        Self {
            size,
            whole,
            smaller,
            groups,
        }
    }

    /// Lets what was drawn shine, into a picture.
    pub fn shine(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        frame_group: &wgpu::BindGroup,
        [bright, smaller, add]: &[wgpu::RenderPipeline; 3],
        picture: &wgpu::TextureView,
        drawn: &mut Drawn,
    ) {
        let [quarter, eighth, sixteenth] = &self.smaller;
        let steps = [
            (bright, quarter),
            (smaller, eighth),
            (smaller, sixteenth),
            (add, picture),
        ];
        for ((pipeline, into), reads) in steps.into_iter().zip(&self.groups) {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("bloom"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: into,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                        store: wgpu::StoreOp::Store,
                    },
                })],
                ..wgpu::RenderPassDescriptor::default()
            });
            pass.set_bind_group(0, frame_group, &[]);
            pass.set_bind_group(1, reads, &[]);
            pass.set_pipeline(pipeline);
            pass.draw(0..3, 0..1);
            drawn.draws += 1;
        }
    }
}
