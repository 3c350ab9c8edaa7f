//! Opens a graphics device, with a canvas or without one.

use std::sync::Arc;

/// An open device.
#[derive(Clone, Debug)]
pub struct Gpu {
    /// Makes everything.
    pub device: wgpu::Device,
    /// Runs everything.
    pub queue: wgpu::Queue,
    /// Name of the adapter, for people.
    pub adapter: String,
}

/// Why there is no picture.
#[derive(Debug)]
pub enum GpuError {
    /// No adapter answers.
    NoAdapter(String),
    /// The adapter gives no device.
    NoDevice(String),
    /// The canvas takes no context of this kind, or shows none of its formats.
    NoSurface(String),
}

impl std::fmt::Display for GpuError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoAdapter(why) => write!(out, "no graphics adapter: {why}"),
            Self::NoDevice(why) => write!(out, "the graphics adapter gives no device: {why}"),
            Self::NoSurface(why) => write!(out, "the canvas cannot be drawn on: {why}"),
        }
    }
}

/// The backend this build speaks.
pub fn instance() -> wgpu::Instance {
    wgpu::Instance::new(wgpu::InstanceDescriptor {
        backends: wgpu::Backends::BROWSER_WEBGPU | wgpu::Backends::GL | wgpu::Backends::VULKAN,
        ..wgpu::InstanceDescriptor::new_without_display_handle()
    })
}

/// Opens the adapter that can show on `surface`, or any when there is none. `on_loss` is called when the device is
/// lost or reports an error that nobody caught: the picture cannot go on from there.
pub async fn open(
    instance: &wgpu::Instance,
    surface: Option<&wgpu::Surface<'_>>,
    on_loss: impl Fn(String) + Clone + Send + Sync + 'static,
) -> Result<(wgpu::Adapter, Gpu), GpuError> {
    let adapter = instance
        .request_adapter(&wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            compatible_surface: surface,
            ..wgpu::RequestAdapterOptions::default()
        })
        .await
        .map_err(|error| GpuError::NoAdapter(error.to_string()))?;
    let limits = wgpu::Limits::downlevel_webgl2_defaults().using_resolution(adapter.limits());
    let (device, queue) = adapter
        .request_device(&wgpu::DeviceDescriptor {
            required_limits: limits,
            ..wgpu::DeviceDescriptor::default()
        })
        .await
        .map_err(|error| GpuError::NoDevice(error.to_string()))?;
    let lost = on_loss.clone();
    device.set_device_lost_callback(move |_, message| lost(format!("device lost: {message}")));
    device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| on_loss(error.to_string())));
    let info = adapter.get_info();
    let name = if info.name.is_empty() {
        info.backend.to_str().to_owned()
    } else {
        info.name
    };
    Ok((
        adapter,
        Gpu {
            device,
            queue,
            adapter: name,
        },
    ))
}

impl Gpu {
    /// A picture to draw into, of so many pixels across and down, with some samples a pixel; one with several cannot be read.
    pub fn picture(
        &self,
        label: &str,
        (width, height): (u32, u32),
        format: wgpu::TextureFormat,
        samples: u32,
    ) -> wgpu::TextureView {
        let mut usage = wgpu::TextureUsages::RENDER_ATTACHMENT;
        if samples == 1 {
            usage |= wgpu::TextureUsages::TEXTURE_BINDING;
        }
        let texture = self.device.create_texture(&wgpu::TextureDescriptor {
            label: Some(label),
            size: wgpu::Extent3d {
                width,
                height,
                depth_or_array_layers: 1,
            },
            mip_level_count: 1,
            sample_count: samples,
            dimension: wgpu::TextureDimension::D2,
            format,
            usage,
            view_formats: &[],
        });
        texture.create_view(&wgpu::TextureViewDescriptor::default())
    }
}

/// A canvas that can be drawn on.
#[derive(Debug)]
pub struct Canvas {
    surface: wgpu::Surface<'static>,
    config: wgpu::SurfaceConfiguration,
    /// What pipelines draw in: always sRGB, so that all backends are equally bright.
    pub view_format: wgpu::TextureFormat,
    configured: bool,
}

/// What one call for a picture to draw on gave.
#[derive(Debug)]
pub enum Acquired {
    /// Draw on this.
    Frame(wgpu::SurfaceTexture),
    /// Nothing to draw on just now; the next frame may have luck.
    NotNow,
    /// The surface is gone.
    Lost(String),
}

impl Canvas {
    /// Takes a surface into use. Some backends offer sRGB formats and others only plain ones; for the latter the
    /// canvas is seen through an sRGB view.
    pub fn new(
        surface: wgpu::Surface<'static>,
        adapter: &wgpu::Adapter,
        (width, height): (u32, u32),
    ) -> Result<Self, GpuError> {
        let formats = surface.get_capabilities(adapter).formats;
        let format = formats
            .iter()
            .find(|format| format.is_srgb())
            .or(formats.iter().find(|format| format.add_srgb_suffix() != **format))
            .copied()
            .ok_or_else(|| GpuError::NoSurface("no format it offers has an sRGB view".into()))?;
        let view_format = format.add_srgb_suffix();
        let mut config = surface
            .get_default_config(adapter, width.max(1), height.max(1))
            .ok_or_else(|| GpuError::NoSurface("the adapter cannot show on it".into()))?;
        config.format = format;
        config.view_formats = if view_format == format {
            Vec::new()
        } else {
            vec![view_format]
        };
        Ok(Self {
            surface,
            config,
            view_format,
            configured: false,
        })
    }

    /// Sets the size in device pixels; a zero is taken as one, since a surface without area cannot be configured.
    pub fn resize(&mut self, gpu: &Gpu, width: u32, height: u32) {
        let size = (width.max(1), height.max(1));
        if self.configured && (self.config.width, self.config.height) == size {
            return;
        }
        self.configured = true;
        (self.config.width, self.config.height) = size;
        self.surface.configure(&gpu.device, &self.config);
    }

    /// Pixels across and down.
    pub fn size(&self) -> (u32, u32) {
        (self.config.width, self.config.height)
    }

    /// The next picture to draw on.
    pub fn acquire(&self, gpu: &Gpu) -> Acquired {
        match self.surface.get_current_texture() {
            wgpu::CurrentSurfaceTexture::Success(frame) | wgpu::CurrentSurfaceTexture::Suboptimal(frame) => {
                Acquired::Frame(frame)
            }
            wgpu::CurrentSurfaceTexture::Outdated => {
                self.surface.configure(&gpu.device, &self.config);
                Acquired::NotNow
            }
            wgpu::CurrentSurfaceTexture::Timeout | wgpu::CurrentSurfaceTexture::Occluded => Acquired::NotNow,
            wgpu::CurrentSurfaceTexture::Lost => Acquired::Lost("surface lost".into()),
            wgpu::CurrentSurfaceTexture::Validation => Acquired::Lost("surface failed validation".into()),
        }
    }

    /// The view of a picture in [`Canvas::view_format`].
    pub fn view(&self, frame: &wgpu::SurfaceTexture) -> wgpu::TextureView {
        frame.texture.create_view(&wgpu::TextureViewDescriptor {
            format: Some(self.view_format),
            ..wgpu::TextureViewDescriptor::default()
        })
    }
}
