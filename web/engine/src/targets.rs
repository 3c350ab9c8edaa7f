//! What a quality buys, and the pictures drawn into on the way to the canvas: depth, and several samples a pixel.

use crate::gpu::Gpu;
use shared::stage::Quality;

/// Format of the depth picture.
pub const DEPTH: wgpu::TextureFormat = wgpu::TextureFormat::Depth24Plus;

/// What a quality buys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// Samples a pixel.
    pub samples: u32,
    /// Pixels of the canvas for one pixel of the screen, along a side: the browser stretches the rest.
    pub scale: f32,
    /// Texels of the city's shadow map along a side.
    pub shadow: u32,
    /// How often that map is looked up for a pixel.
    pub taps: u32,
    /// Whether there are clouds.
    pub clouds: bool,
}

impl Budget {
    /// Of a quality.
    pub fn of(quality: Quality) -> Self {
        match quality {
            Quality::Low => Self {
                samples: 1,
                scale: 0.55,
                shadow: 1024,
                taps: 1,
                clouds: false,
            },
            Quality::Medium => Self {
                samples: 4,
                scale: 1.0,
                shadow: 2048,
                taps: 4,
                clouds: true,
            },
            Quality::High => Self {
                samples: 4,
                scale: 1.0,
                shadow: 4096,
                taps: 4,
                clouds: true,
            },
        }
    }
}

/// Textures of one canvas size.
#[derive(Debug)]
pub struct Targets {
    /// Size of the canvas they were made for.
    pub size: (u32, u32),
    /// Depth.
    pub depth: wgpu::TextureView,
    /// Several samples a pixel, when the budget has them.
    pub samples: Option<wgpu::TextureView>,
}

impl Targets {
    /// Makes them for a canvas of `size` and a format.
    pub fn new(gpu: &Gpu, size: (u32, u32), format: wgpu::TextureFormat, budget: Budget) -> Self {
        let make = |label, format, samples| {
            let texture = gpu.device.create_texture(&wgpu::TextureDescriptor {
                label: Some(label),
                size: wgpu::Extent3d {
                    width: size.0,
                    height: size.1,
                    depth_or_array_layers: 1,
                },
                mip_level_count: 1,
                sample_count: samples,
                dimension: wgpu::TextureDimension::D2,
                format,
                usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
                view_formats: &[],
            });
            texture.create_view(&wgpu::TextureViewDescriptor::default())
        };
        Self {
            size,
            depth: make("depth", DEPTH, budget.samples),
            samples: (budget.samples > 1).then(|| make("samples", format, budget.samples)),
        }
    }
}
