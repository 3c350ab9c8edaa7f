//! How each kind of thing is drawn: one pipeline a kind.

use std::mem::size_of;

use crate::figure;
use crate::gpu::Gpu;
use crate::mesh::{self, FAMILIES};
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
    /// Everything solid that does not walk, by family of materials.
    pub city: [wgpu::RenderPipeline; FAMILIES],
    /// Figures.
    pub figures: wgpu::RenderPipeline,
    /// The sky behind all.
    pub sky: wgpu::RenderPipeline,
    /// Glow and water jets.
    pub spray: wgpu::RenderPipeline,
    /// The city's shadow.
    pub city_shadow: wgpu::RenderPipeline,
    /// The figures' shadows.
    pub figure_shadow: wgpu::RenderPipeline,
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
                compilation_options: wgpu::PipelineCompilationOptions::default(),
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

impl Pipelines {
    /// Compiles everything for a format and a number of samples.
    // A list, to be read from top to bottom.
    #[allow(clippy::too_many_lines)]
    pub fn new(gpu: &Gpu, format: wgpu::TextureFormat, budget: Budget) -> Self {
        let device = &gpu.device;
        let (samples, taps) = (budget.samples, f64::from(budget.taps));
        let module = |label, source: &'static str| {
            device.create_shader_module(wgpu::ShaderModuleDescriptor {
                label: Some(label),
                source: wgpu::ShaderSource::Wgsl(source.into()),
            })
        };
        let [frame_layout, light_layout] = layouts(device);
        let vertex = |attributes, stride: usize, step_mode| {
            Some(wgpu::VertexBufferLayout {
                array_stride: stride as u64,
                step_mode,
                attributes,
            })
        };
        let city_buffers = [vertex(
            &mesh::ATTRIBUTES,
            size_of::<mesh::Vertex>(),
            wgpu::VertexStepMode::Vertex,
        )];
        let figure_buffers = [
            vertex(
                &figure::CORNER_ATTRIBUTES,
                size_of::<figure::Corner>(),
                wgpu::VertexStepMode::Vertex,
            ),
            vertex(
                &figure::FIGURE_ATTRIBUTES,
                size_of::<shared::stage::Figure>(),
                wgpu::VertexStepMode::Instance,
            ),
        ];
        let card_buffers = [vertex(
            &Card::ATTRIBUTES,
            size_of::<Card>(),
            wgpu::VertexStepMode::Vertex,
        )];
        let (city, figure) = (module("city", shaders::CITY), module("figure", shaders::FIGURE));
        let (sky, spray) = (module("sky", shaders::SKY), module("spray", shaders::SPRAY));
        let shadow_city = module("shadow", shaders::SHADOW_CITY);
        let lit = [Some(&frame_layout), Some(&light_layout)];
        let frame = [Some(&frame_layout)];
        let near = depth(targets::DEPTH, true, wgpu::CompareFunction::Less);
        let seen = depth(targets::DEPTH, false, wgpu::CompareFunction::LessEqual);
        let cast = depth(shadow::FORMAT, true, wgpu::CompareFunction::Less);
        let solid = Kind {
            label: "city",
            module: &city,
            entry: "vertex",
            layouts: &lit,
            buffers: &city_buffers,
            cull: true,
            depth: Some(near),
            colour: Some((format, None)),
            samples,
            constants: &[],
        };
        let light_constants = [("TAPS", taps)];
        let family = |number: usize| {
            let constants = [("TAPS", taps), ("FAMILY", number as f64)];
            Kind {
                constants: &constants,
                ..solid.clone()
            }
            .build(device)
        };
        let blend = Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING);
        Self {
            city: std::array::from_fn(family),
            figures: Kind {
                label: "figures",
                module: &figure,
                buffers: &figure_buffers,
                constants: &light_constants,
                ..solid.clone()
            }
            .build(device),
            sky: Kind {
                label: "sky",
                module: &sky,
                layouts: &frame,
                buffers: &[],
                depth: Some(seen.clone()),
                constants: &[("CLOUDS", f64::from(u8::from(budget.clouds)))],
                ..solid.clone()
            }
            .build(device),
            spray: Kind {
                label: "spray",
                module: &spray,
                layouts: &frame,
                buffers: &card_buffers,
                cull: false,
                depth: Some(seen),
                colour: Some((format, blend)),
                ..solid.clone()
            }
            .build(device),
            city_shadow: Kind {
                label: "shadow of the city",
                module: &shadow_city,
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
                module: &figure,
                entry: "shadow",
                layouts: &frame,
                buffers: &figure_buffers,
                depth: Some(cast),
                colour: None,
                samples: 1,
                ..solid.clone()
            }
            .build(device),
            frame_layout,
            light_layout,
        }
    }
}
