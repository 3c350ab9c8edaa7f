//! How each kind of thing is drawn: one pipeline a kind.
//!
//! Compiling them all takes longer than all else before a first frame. So it needs three of them: until the others are
//! compiled, one a frame, every family of materials is painted plainly, and what need not be there is left out.

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
    /// Group 1 of bloom.
    pub bloom_layout: wgpu::BindGroupLayout,
    format: wgpu::TextureFormat,
    budget: Budget,
    modules: Modules,
    /// Everything solid that does not walk, by family of materials.
    city: [Option<wgpu::RenderPipeline>; FAMILIES],
    /// The sky behind all.
    pub sky: wgpu::RenderPipeline,
    /// What is drawn over the city.
    pub over: Over,
    /// What lays down a kept picture of the city.
    pub lay: Option<wgpu::RenderPipeline>,
    /// What is drawn over a kept picture.
    pub over_kept: Over,
    /// The city's shadow.
    pub city_shadow: Option<wgpu::RenderPipeline>,
    /// The figures' shadows.
    pub figure_shadow: Option<wgpu::RenderPipeline>,
    /// The steps of bloom: what is bright, smaller; smaller; all added up.
    pub bloom: Option<[wgpu::RenderPipeline; 3]>,
}

/// What is drawn before or over the city, be it drawn anew or kept.
#[derive(Debug, Default)]
pub struct Over {
    /// Figures.
    pub figures: Option<wgpu::RenderPipeline>,
    /// Figures far off, which are flat.
    pub far: Option<wgpu::RenderPipeline>,
    /// Soft shadows at their feet, where there is no map of their shadows.
    pub feet: Option<wgpu::RenderPipeline>,
    /// Glow and water jets.
    pub spray: Option<wgpu::RenderPipeline>,
    /// Rain or snow, once there is some.
    pub fall: Option<wgpu::RenderPipeline>,
}

/// The shaders that several pipelines are made of.
#[derive(Debug)]
struct Modules {
    city: wgpu::ShaderModule,
    figure: wgpu::ShaderModule,
    spray: wgpu::ShaderModule,
}

/// What stands in for a family whose own pipeline is not compiled yet.
const PLAIN: usize = 0;

/// The other families, what covers most of a view first.
const FAMILY_ORDER: [usize; FAMILIES - 1] = [LEAVES, 1, 2, 4, 3, 7, 5, 9, 8];

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

impl Pipelines {
    /// Compiles what a first frame needs, for a format and a number of samples.
    pub fn new(gpu: &Gpu, format: wgpu::TextureFormat, budget: Budget) -> Self {
        let device = &gpu.device;
        let [frame_layout, light_layout] = layouts(device);
        let unfiltered = texture(wgpu::TextureSampleType::Float { filterable: false });
        let lay_layout = layout(device, "lay", &[unfiltered]);
        let filter = wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering);
        let float = texture(wgpu::TextureSampleType::Float { filterable: true });
        let bloom_layout = layout(device, "bloom", &[filter, float, float, float, float]);
        let modules = Modules {
            city: module(device, "city", shaders::CITY),
            figure: module(device, "figure", shaders::FIGURE),
            spray: module(device, "spray", shaders::SPRAY),
        };
        let sky = Kind {
            label: "sky",
            module: &module(device, "sky", shaders::SKY),
            entry: "vertex",
            layouts: &[Some(&frame_layout)],
            buffers: &[],
            cull: true,
            depth: Some(depth(targets::DEPTH, false, wgpu::CompareFunction::LessEqual)),
            colour: Some((format, None)),
            samples: budget.samples,
            constants: &[("FINE", yes(budget.fine))],
        }
        .build(device);
        let mut pipelines = Self {
            frame_layout,
            light_layout,
            lay_layout,
            bloom_layout,
            format,
            budget,
            modules,
            city: std::array::from_fn(|_| None),
            sky,
            over: Over::default(),
            lay: None,
            over_kept: Over::default(),
            city_shadow: None,
            figure_shadow: None,
            bloom: None,
        };
        pipelines.city[PLAIN] = Some(pipelines.family(device, PLAIN));
        pipelines.over.figures = Some(pipelines.figures(device, false));
        pipelines
    }

    /// What draws a family of materials now. Plain leaves would be paper: they come when their own is there.
    pub fn city(&self, family: usize) -> Option<&wgpu::RenderPipeline> {
        let own = self.city.get(family).and_then(Option::as_ref);
        own.or(self.city[PLAIN].as_ref().filter(|_| family != LEAVES))
    }

    /// Compiles one more, what is missed most first; false when all are there. What falls from the sky is compiled on
    /// the first day on which something does.
    pub fn compile_next(&mut self, gpu: &Gpu, falls: bool) -> bool {
        let device = &gpu.device;
        let fine = self.budget.fine;
        let lacking = FAMILY_ORDER
            .into_iter()
            .find(|family| self.city[*family].is_none());
        if let Some(family) = lacking {
            self.city[family] = Some(self.family(device, family));
        } else if self.city_shadow.is_none() {
            self.city_shadow = Some(self.shadow_of_city(device));
        } else if fine && self.figure_shadow.is_none() {
            self.figure_shadow = Some(self.shadow_of_figures(device));
        } else if self.over.far.is_none() {
            self.over.far = Some(self.far(device, false));
        } else if self.over.spray.is_none() {
            self.over.spray = Some(self.spray(device, false));
        } else if fine && self.bloom.is_none() {
            self.bloom = Some(self.bloom(device));
        } else if !fine && self.over.feet.is_none() {
            self.over.feet = Some(self.feet(device, false));
        } else if !fine && self.lay.is_none() {
            self.lay = Some(self.lay(device));
        } else if !fine && self.over_kept.figures.is_none() {
            self.over_kept.figures = Some(self.figures(device, true));
        } else if !fine && self.over_kept.far.is_none() {
            self.over_kept.far = Some(self.far(device, true));
        } else if !fine && self.over_kept.spray.is_none() {
            self.over_kept.spray = Some(self.spray(device, true));
        } else if !fine && self.over_kept.feet.is_none() {
            self.over_kept.feet = Some(self.feet(device, true));
        } else if falls && self.over.fall.is_none() {
            self.over.fall = Some(self.fall(device, false));
        } else if falls && !fine && self.over_kept.fall.is_none() {
            self.over_kept.fall = Some(self.fall(device, true));
        } else {
            return false;
        }
        true
    }

    /// Whether all are there.
    pub fn is_complete(&self) -> bool {
        // The last ones that are compiled.
        if self.budget.fine {
            self.bloom.is_some()
        } else {
            self.over_kept.feet.is_some()
        }
    }

    fn family(&self, device: &wgpu::Device, family: usize) -> wgpu::RenderPipeline {
        let fine = yes(self.budget.fine);
        let corners = buffer(
            &mesh::ATTRIBUTES,
            size_of::<mesh::Vertex>(),
            wgpu::VertexStepMode::Vertex,
        );
        Kind {
            label: "city",
            module: &self.modules.city,
            buffers: &[Some(corners)],
            constants: &[
                ("TAPS", f64::from(self.budget.taps)),
                ("FINE", fine),
                ("SWAYS", fine),
                ("LEAVES", yes(family == LEAVES)),
                ("LIES", yes(LYING.contains(&family))),
                ("FAMILY", family as f64),
            ],
            ..self.solid(&self.lit())
        }
        .build(device)
    }

    fn figures(&self, device: &wgpu::Device, kept: bool) -> wgpu::RenderPipeline {
        Kind {
            label: "figures",
            module: &self.modules.figure,
            buffers: &figure_buffers(),
            constants: &self.over_constants(kept),
            ..self.solid(&self.lit())
        }
        .build(device)
    }

    fn far(&self, device: &wgpu::Device, kept: bool) -> wgpu::RenderPipeline {
        Kind {
            label: "far",
            module: &module(device, "far", shaders::FAR),
            buffers: &figure_buffers()[1..],
            constants: &self.over_constants(kept),
            cull: false,
            ..self.solid(&self.lit())
        }
        .build(device)
    }

    fn feet(&self, device: &wgpu::Device, kept: bool) -> wgpu::RenderPipeline {
        Kind {
            label: "feet",
            module: &module(device, "foot", shaders::FOOT),
            buffers: &figure_buffers()[1..],
            constants: &self.over_constants(kept),
            ..self.blended(&self.lit())
        }
        .build(device)
    }

    fn spray(&self, device: &wgpu::Device, kept: bool) -> wgpu::RenderPipeline {
        let card = buffer(&Card::ATTRIBUTES, size_of::<Card>(), wgpu::VertexStepMode::Vertex);
        Kind {
            label: "spray",
            module: &self.modules.spray,
            buffers: &[Some(card)],
            constants: &self.over_constants(kept),
            ..self.blended(&self.lit())
        }
        .build(device)
    }

    fn fall(&self, device: &wgpu::Device, kept: bool) -> wgpu::RenderPipeline {
        Kind {
            label: "fall",
            module: &module(device, "fall", shaders::FALL),
            constants: &self.over_constants(kept),
            ..self.blended(&self.lit())
        }
        .build(device)
    }

    fn lay(&self, device: &wgpu::Device) -> wgpu::RenderPipeline {
        let layouts = [Some(&self.frame_layout), Some(&self.lay_layout)];
        Kind {
            label: "lay",
            module: &module(device, "backdrop", shaders::BACKDROP),
            cull: false,
            depth: Some(depth(targets::DEPTH, false, wgpu::CompareFunction::Always)),
            ..self.solid(&layouts)
        }
        .build(device)
    }

    fn bloom(&self, device: &wgpu::Device) -> [wgpu::RenderPipeline; 3] {
        let module = module(device, "bloom", shaders::BLOOM);
        let layouts = [Some(&self.frame_layout), Some(&self.bloom_layout)];
        [0.0, 1.0, 2.0].map(|step| {
            Kind {
                label: "bloom",
                module: &module,
                cull: false,
                depth: None,
                samples: 1,
                constants: &[("STEP", step)],
                ..self.solid(&layouts)
            }
            .build(device)
        })
    }

    fn shadow_of_city(&self, device: &wgpu::Device) -> wgpu::RenderPipeline {
        let corners = buffer(
            &mesh::ATTRIBUTES,
            size_of::<mesh::Vertex>(),
            wgpu::VertexStepMode::Vertex,
        );
        Kind {
            label: "shadow of the city",
            module: &module(device, "shadow", shaders::SHADOW_CITY),
            constants: &[("SWAYS", yes(self.budget.fine))],
            cull: false,
            ..self.cast(&[Some(&self.frame_layout)], &[Some(corners)])
        }
        .build(device)
    }

    fn shadow_of_figures(&self, device: &wgpu::Device) -> wgpu::RenderPipeline {
        Kind {
            label: "shadow of the figures",
            module: &self.modules.figure,
            entry: "shadow",
            constants: &[("FINE", yes(self.budget.fine))],
            ..self.cast(&[Some(&self.frame_layout)], &figure_buffers())
        }
        .build(device)
    }

    fn over_constants(&self, kept: bool) -> [(&'static str, f64); 3] {
        [
            ("TAPS", f64::from(self.budget.taps)),
            ("FINE", yes(self.budget.fine)),
            ("BACKDROP", yes(kept)),
        ]
    }

    /// Groups 0 and 1 of what is lit.
    fn lit(&self) -> [Option<&wgpu::BindGroupLayout>; 2] {
        [Some(&self.frame_layout), Some(&self.light_layout)]
    }

    /// The way of what hides what is behind it.
    fn solid<'a>(&'a self, layouts: &'a [Option<&'a wgpu::BindGroupLayout>]) -> Kind<'a> {
        Kind {
            label: "solid",
            module: &self.modules.city,
            entry: "vertex",
            layouts,
            buffers: &[],
            cull: true,
            depth: Some(depth(targets::DEPTH, true, wgpu::CompareFunction::Less)),
            colour: Some((self.format, None)),
            samples: self.budget.samples,
            constants: &[],
        }
    }

    /// The way of what blends with what is there.
    fn blended<'a>(&'a self, layouts: &'a [Option<&'a wgpu::BindGroupLayout>]) -> Kind<'a> {
        let blend = Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING);
        Kind {
            cull: false,
            depth: Some(depth(targets::DEPTH, false, wgpu::CompareFunction::LessEqual)),
            colour: Some((self.format, blend)),
            ..self.solid(layouts)
        }
    }

    /// The way of what casts shadows.
    fn cast<'a>(
        &'a self,
        layouts: &'a [Option<&'a wgpu::BindGroupLayout>],
        buffers: &'a [Option<wgpu::VertexBufferLayout<'a>>],
    ) -> Kind<'a> {
        Kind {
            buffers,
            depth: Some(depth(shadow::FORMAT, true, wgpu::CompareFunction::Less)),
            colour: None,
            samples: 1,
            ..self.solid(layouts)
        }
    }
}
