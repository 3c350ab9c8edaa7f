//! How each kind of thing is drawn: one pipeline a kind.

use std::mem::size_of;

use crate::figure;
use crate::gpu::Gpu;
use crate::mesh::{self, FAMILIES, LEAVES, LYING};
use crate::place::Card;
use crate::shaders;
use crate::shadow;
use crate::targets::{self, Budget};

/// Everything needed to draw in one format with one number of samples.
#[derive(Debug)]
pub struct Pipelines {
    /// The frame's numbers and the figures' bones: group 0 of all.
    pub frame_layout: wgpu::BindGroupLayout,
    /// Shadows and ground map: group 1 of what is lit.
    pub light_layout: wgpu::BindGroupLayout,
    /// Group 1 of what lays down the kept picture of the city.
    pub lay_layout: wgpu::BindGroupLayout,
    /// Everything solid that does not walk, by family of materials.
    pub city: [wgpu::RenderPipeline; FAMILIES],
    /// The sky behind all.
    pub sky: wgpu::RenderPipeline,
    /// What is drawn over the city.
    pub over: Over,
    /// The city's shadow.
    pub city_shadow: wgpu::RenderPipeline,
    /// The figures' shadows.
    pub figure_shadow: wgpu::RenderPipeline,
}

/// What is drawn before or over the city, be it drawn anew or kept.
#[derive(Debug)]
pub struct Over {
    /// Figures.
    pub figures: wgpu::RenderPipeline,
    /// Soft shadows at their feet, where there is no map of their shadows.
    pub feet: Option<wgpu::RenderPipeline>,
    /// Glow and water jets.
    pub spray: wgpu::RenderPipeline,
}

/// One pipeline, told by what differs from the others.
#[derive(Clone)]
struct Kind<'a> {
    label: &'a str,
    module: &'a wgpu::ShaderModule,
    entry: &'a str,
    layouts: &'a [Option<&'a wgpu::BindGroupLayout>],
    buffers: &'a [Option<wgpu::VertexBufferLayout<'a>>],
    cull: bool,
    depth: Option<wgpu::DepthStencilState>,
    colour: Option<(wgpu::TextureFormat, Option<wgpu::BlendState>)>,
    samples: u32,
    constants: &'a [(&'a str, f64)],
}

impl Kind<'_> {
    fn build(&self, device: &wgpu::Device) -> wgpu::RenderPipeline {
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some(self.label),
            bind_group_layouts: self.layouts,
            immediate_size: 0,
        });
        let target = self.colour.map(|(format, blend)| wgpu::ColorTargetState {
            format,
            blend,
            write_mask: wgpu::ColorWrites::ALL,
        });
        let targets = [target];
        device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some(self.label),
            layout: Some(&layout),
            vertex: wgpu::VertexState {
                module: self.module,
                entry_point: Some(self.entry),
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants: self.constants,
                    ..wgpu::PipelineCompilationOptions::default()
                },
                buffers: self.buffers,
            },
            primitive: wgpu::PrimitiveState {
                cull_mode: self.cull.then_some(wgpu::Face::Back),
                ..wgpu::PrimitiveState::default()
            },
            depth_stencil: self.depth.clone(),
            multisample: wgpu::MultisampleState {
                count: self.samples,
                ..wgpu::MultisampleState::default()
            },
            fragment: self.colour.map(|_| wgpu::FragmentState {
                module: self.module,
                entry_point: Some("fragment"),
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants: self.constants,
                    ..wgpu::PipelineCompilationOptions::default()
                },
                targets: &targets,
            }),
            multiview_mask: None,
            cache: None,
        })
    }
}

fn depth(
    format: wgpu::TextureFormat,
    write: bool,
    compare: wgpu::CompareFunction,
) -> wgpu::DepthStencilState {
    let cast = format == shadow::FORMAT;
    wgpu::DepthStencilState {
        format,
        depth_write_enabled: Some(write),
        depth_compare: Some(compare),
        stencil: wgpu::StencilState::default(),
        // Tuned by eye at the lowest sun that casts shadows: less shows stripes, more lets light under doors.
        bias: wgpu::DepthBiasState {
            constant: if cast { 2 } else { 0 },
            slope_scale: if cast { 2.2 } else { 0.0 },
            clamp: 0.0,
        },
    }
}

fn layout(device: &wgpu::Device, label: &str, entries: &[wgpu::BindingType]) -> wgpu::BindGroupLayout {
    let entries: Vec<_> = entries
        .iter()
        .enumerate()
        .map(|(binding, &ty)| wgpu::BindGroupLayoutEntry {
            binding: binding as u32,
            visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
            ty,
            count: None,
        })
        .collect();
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some(label),
        entries: &entries,
    })
}

fn texture(sample_type: wgpu::TextureSampleType) -> wgpu::BindingType {
    wgpu::BindingType::Texture {
        sample_type,
        view_dimension: wgpu::TextureViewDimension::D2,
        multisampled: false,
    }
}

/// Group 0 of all, and group 1 of what is lit.
fn layouts(device: &wgpu::Device) -> [wgpu::BindGroupLayout; 2] {
    let uniform = wgpu::BindingType::Buffer {
        ty: wgpu::BufferBindingType::Uniform,
        has_dynamic_offset: false,
        min_binding_size: None,
    };
    let compare = wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Comparison);
    let filter = wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering);
    let float = texture(wgpu::TextureSampleType::Float { filterable: true });
    let depth_texture = texture(wgpu::TextureSampleType::Depth);
    let frame_layout = layout(
        device,
        "frame",
        &[
            uniform,
            texture(wgpu::TextureSampleType::Float { filterable: false }),
        ],
    );
    let light_layout = layout(
        device,
        "light",
        &[depth_texture, depth_texture, compare, float, filter],
    );
    [frame_layout, light_layout]
}

fn module(device: &wgpu::Device, label: &str, source: &'static str) -> wgpu::ShaderModule {
    device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some(label),
        source: wgpu::ShaderSource::Wgsl(source.into()),
    })
}

fn buffer(
    attributes: &[wgpu::VertexAttribute],
    stride: usize,
    step_mode: wgpu::VertexStepMode,
) -> wgpu::VertexBufferLayout<'_> {
    wgpu::VertexBufferLayout {
        array_stride: stride as u64,
        step_mode,
        attributes,
    }
}

fn yes(it: bool) -> f64 {
    f64::from(u8::from(it))
}

/// Corners of figures, and one of them an instance.
fn figure_buffers<'a>() -> [Option<wgpu::VertexBufferLayout<'a>>; 2] {
    let corners = buffer(
        &figure::CORNER_ATTRIBUTES,
        size_of::<figure::Corner>(),
        wgpu::VertexStepMode::Vertex,
    );
    let figures = buffer(
        &figure::FIGURE_ATTRIBUTES,
        size_of::<shared::stage::Figure>(),
        wgpu::VertexStepMode::Instance,
    );
    [Some(corners), Some(figures)]
}

/// What is drawn over the city: told by `solid`, the way of solid things, and whether the city is a kept picture.
fn over(device: &wgpu::Device, solid: &Kind<'_>, budget: Budget, kept: bool) -> Over {
    let format = solid.colour.map_or(targets::DEPTH, |(format, _)| format);
    let constants = [
        ("TAPS", f64::from(budget.taps)),
        ("FINE", yes(budget.fine)),
        ("BACKDROP", yes(kept)),
    ];
    let bodies = figure_buffers();
    let card = buffer(&Card::ATTRIBUTES, size_of::<Card>(), wgpu::VertexStepMode::Vertex);
    let cards = [Some(card)];
    let seen = depth(targets::DEPTH, false, wgpu::CompareFunction::LessEqual);
    let blend = Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING);
    let blended = Kind {
        cull: false,
        depth: Some(seen),
        colour: Some((format, blend)),
        constants: &constants,
        ..solid.clone()
    };
    let feet = || {
        Kind {
            label: "feet",
            module: &module(device, "foot", shaders::FOOT),
            buffers: &bodies[1..],
            ..blended.clone()
        }
        .build(device)
    };
    Over {
        figures: Kind {
            label: "figures",
            module: &module(device, "figure", shaders::FIGURE),
            buffers: &bodies,
            constants: &constants,
            ..solid.clone()
        }
        .build(device),
        feet: (!budget.fine).then(feet),
        spray: Kind {
            label: "spray",
            module: &module(device, "spray", shaders::SPRAY),
            buffers: &cards,
            ..blended.clone()
        }
        .build(device),
    }
}

impl Pipelines {
    /// Compiles everything for a format and a number of samples.
    // A list, to be read from top to bottom.
    #[allow(clippy::too_many_lines)]
    pub fn new(gpu: &Gpu, format: wgpu::TextureFormat, budget: Budget) -> Self {
        let device = &gpu.device;
        let (taps, fine) = (f64::from(budget.taps), yes(budget.fine));
        let [frame_layout, light_layout] = layouts(device);
        let unfiltered = texture(wgpu::TextureSampleType::Float { filterable: false });
        let lay_layout = layout(device, "lay", &[unfiltered]);
        let corners = buffer(
            &mesh::ATTRIBUTES,
            size_of::<mesh::Vertex>(),
            wgpu::VertexStepMode::Vertex,
        );
        let city_buffers = [Some(corners)];
        let city = module(device, "city", shaders::CITY);
        let lit = [Some(&frame_layout), Some(&light_layout)];
        let frame = [Some(&frame_layout)];
        let cast = depth(shadow::FORMAT, true, wgpu::CompareFunction::Less);
        let solid = Kind {
            label: "city",
            module: &city,
            entry: "vertex",
            layouts: &lit,
            buffers: &city_buffers,
            cull: true,
            depth: Some(depth(targets::DEPTH, true, wgpu::CompareFunction::Less)),
            colour: Some((format, None)),
            samples: budget.samples,
            constants: &[],
        };
        let family = |number: usize| {
            let constants = [
                ("TAPS", taps),
                ("FINE", fine),
                ("SWAYS", fine),
                ("LEAVES", yes(number == LEAVES)),
                ("LIES", yes(LYING.contains(&number))),
                ("FAMILY", number as f64),
            ];
            Kind {
                constants: &constants,
                ..solid.clone()
            }
            .build(device)
        };
        Self {
            city: std::array::from_fn(family),
            sky: Kind {
                label: "sky",
                module: &module(device, "sky", shaders::SKY),
                layouts: &frame,
                buffers: &[],
                depth: Some(depth(targets::DEPTH, false, wgpu::CompareFunction::LessEqual)),
                constants: &[("FINE", fine)],
                ..solid.clone()
            }
            .build(device),
            over: over(device, &solid, budget, false),
            city_shadow: Kind {
                label: "shadow of the city",
                module: &module(device, "shadow", shaders::SHADOW_CITY),
                constants: &[("SWAYS", fine)],
                layouts: &frame,
                cull: false,
                depth: Some(cast.clone()),
                colour: None,
                samples: 1,
                ..solid.clone()
            }
            .build(device),
            figure_shadow: Kind {
                label: "shadow of the figures",
                module: &module(device, "figure", shaders::FIGURE),
                entry: "shadow",
                constants: &[("FINE", fine)],
                layouts: &frame,
                buffers: &figure_buffers(),
                depth: Some(cast),
                colour: None,
                samples: 1,
                ..solid.clone()
            }
            .build(device),
            frame_layout,
            light_layout,
            lay_layout,
        }
    }

    /// Compiles what lays down a kept picture of the city, and what draws over it.
    pub fn kept(
        &self,
        gpu: &Gpu,
        format: wgpu::TextureFormat,
        budget: Budget,
    ) -> (wgpu::RenderPipeline, Over) {
        let device = &gpu.device;
        let always = depth(targets::DEPTH, false, wgpu::CompareFunction::Always);
        let lay = Kind {
            label: "lay",
            module: &module(device, "backdrop", shaders::BACKDROP),
            entry: "vertex",
            layouts: &[Some(&self.frame_layout), Some(&self.lay_layout)],
            buffers: &[],
            cull: false,
            depth: Some(always),
            colour: Some((format, None)),
            samples: budget.samples,
            constants: &[],
        };
        let solid = Kind {
            layouts: &[Some(&self.frame_layout), Some(&self.light_layout)],
            cull: true,
            depth: Some(depth(targets::DEPTH, true, wgpu::CompareFunction::Less)),
            ..lay.clone()
        };
        (lay.build(device), over(device, &solid, budget, true))
    }
}
