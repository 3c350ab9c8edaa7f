//! Pictures without a screen, for tests and for looking at a place from the command line.

use std::path::Path;

use shared::stage::Frame;

use crate::gpu::Gpu;
use crate::stage::{Drawn, Stage};

/// Format of the pictures: what a canvas is seen as, too.
pub const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8UnormSrgb;

/// A picture: sRGB with alpha, rows from above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Four bytes a pixel.
    pub rgba: Vec<u8>,
    /// What drawing it took; nothing for one that was read.
    pub drawn: Drawn,
}

/// Why there is no picture.
#[derive(Debug)]
pub struct PictureError(String);

impl std::fmt::Display for PictureError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for PictureError {}

fn because(error: impl std::fmt::Display) -> PictureError {
    PictureError(error.to_string())
}

/// Opens a device without a canvas.
pub fn open() -> Result<Gpu, PictureError> {
    let instance = crate::gpu::instance();
    let fail = |reason: String| eprintln!("graphics device: {reason}");
    let (_, gpu) = pollster::block_on(crate::gpu::open(&instance, None, fail)).map_err(because)?;
    Ok(gpu)
}

/// Draws one frame, of all that is to be seen.
pub fn draw(gpu: &Gpu, stage: &mut Stage, frame: &Frame, size: (u32, u32)) -> Result<Picture, PictureError> {
    draw_towards(gpu, stage, frame, size, size)
}

/// Draws one frame of those in which the picture is to become as sharp as `sharp` is.
pub fn draw_towards(
    gpu: &Gpu,
    stage: &mut Stage,
    frame: &Frame,
    (width, height): (u32, u32),
    sharp: (u32, u32),
) -> Result<Picture, PictureError> {
    let size = wgpu::Extent3d {
        width,
        height,
        depth_or_array_layers: 1,
    };
    let texture = gpu.device.create_texture(&wgpu::TextureDescriptor {
        label: Some("picture"),
        size,
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: FORMAT,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
        view_formats: &[],
    });
    stage.grow(&frame.header, true);
    stage.watch(&frame.header, sharp);
    let drawn = stage.draw(
        frame,
        &texture.create_view(&wgpu::TextureViewDescriptor::default()),
        (width, height),
    );
    let row = (width * 4).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
    let buffer = gpu.device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("picture"),
        size: u64::from(row * height),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let mut encoder = gpu
        .device
        .create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    encoder.copy_texture_to_buffer(
        texture.as_image_copy(),
        wgpu::TexelCopyBufferInfo {
            buffer: &buffer,
            layout: wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(row),
                rows_per_image: None,
            },
        },
        size,
    );
    gpu.queue.submit([encoder.finish()]);
    buffer.map_async(wgpu::MapMode::Read, .., |_| {});
    gpu.device
        .poll(wgpu::PollType::wait_indefinitely())
        .map_err(because)?;
    let bytes = buffer.get_mapped_range(..).map_err(because)?;
    let rgba = bytes
        .chunks_exact(row as usize)
        .flat_map(|line| line[..width as usize * 4].to_vec())
        .collect();
    Ok(Picture {
        width,
        height,
        rgba,
        drawn,
    })
}

impl Picture {
    /// Writes a PNG.
    pub fn save(&self, path: &Path) -> Result<(), PictureError> {
        let file =
            std::fs::File::create(path).map_err(|error| because(format!("{}: {error}", path.display())))?;
        let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&self.rgba))
            .map_err(because)
    }

    /// Reads a PNG as [`Picture::save`] writes it.
    pub fn load(path: &Path) -> Result<Self, PictureError> {
        let file =
            std::fs::File::open(path).map_err(|error| because(format!("{}: {error}", path.display())))?;
        let mut reader = png::Decoder::new(std::io::BufReader::new(file))
            .read_info()
            .map_err(because)?;
        let mut rgba = vec![0; reader.output_buffer_size().ok_or_else(|| because("too large"))?];
        let info = reader.next_frame(&mut rgba).map_err(because)?;
        Ok(Self {
            width: info.width,
            height: info.height,
            rgba,
            drawn: Drawn::default(),
        })
    }
}
