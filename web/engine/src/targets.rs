//! What a quality buys, and the pictures drawn into on the way to the canvas: depth, and several samples a pixel.

use crate::chunks::Reach;
use crate::crowd::Levels;
use crate::gpu::Gpu;
use shared::stage::Quality;

/// Format of the depth picture.
pub const DEPTH: wgpu::TextureFormat = wgpu::TextureFormat::Depth24Plus;

/// What a quality buys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// Samples a pixel.
    pub samples: u32,
    /// Most pixels of a picture while the camera moves, and while it stands still and the city is kept: the browser
    /// stretches what the screen has more.
    pub pixels: [f32; 2],
    /// Texels of the city's shadow map along a side.
    pub shadow: u32,
    /// How often that map is looked up for a pixel.
    pub taps: u32,
    /// Whether there is a graphics card to spend on: stars, depth behind windows, shadows of figures, wind.
    pub fine: bool,
    /// Up to where things are drawn finely.
    pub reach: Reach,
    /// Which figures are drawn finely.
    pub levels: Levels,
}

impl Budget {
    /// Of a quality.
    pub fn of(quality: Quality) -> Self {
        match quality {
            Quality::Low => Self {
                samples: 1,
                // Measured on two cores: some eight frames a second while walking, and a second to make it sharp.
                pixels: [2.6e5, 1.3e6],
                shadow: 1024,
                taps: 1,
                fine: false,
                reach: Reach {
                    fine_m: 26.0,
                    coarse_m: 130.0,
                },
                levels: Levels::for_most([12, 60, 150, 2_000]),
            },
            Quality::Medium => Self {
                samples: 4,
                pixels: [f32::INFINITY; 2],
                shadow: 2048,
                taps: 4,
                fine: true,
                reach: Reach {
                    fine_m: 150.0,
                    coarse_m: 500.0,
                },
                levels: Levels::for_most([48, 200, 400, 1_500]),
            },
            Quality::High => Self {
                samples: 4,
                pixels: [f32::INFINITY; 2],
                shadow: 4096,
                taps: 4,
                fine: true,
                reach: Reach {
                    fine_m: 220.0,
                    coarse_m: 700.0,
                },
                levels: Levels::for_most([72, 280, 1_000, 3_000]),
            },
        }
    }

    /// How many of a canvas's pixels are drawn, by side.
    pub fn fit(&self, (width, height): (u32, u32), still: bool) -> (u32, u32) {
        let most = self.pixels[usize::from(still)];
        let scale = (most / (width as f32 * height as f32)).sqrt().min(1.0);
        let scaled = |side: u32| ((side as f32 * scale).round() as u32).max(1);
        (scaled(width), scaled(height))
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
        Self {
            size,
            depth: gpu.picture("depth", size, DEPTH, budget.samples),
            samples: (budget.samples > 1).then(|| gpu.picture("samples", size, format, budget.samples)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weak_machine_draws_few_pixels_while_walking_and_many_while_standing() {
        let low = Budget::of(Quality::Low);
        let (width, height) = low.fit((1440, 900), false);
        assert!(width < 720 && width > 600 && (width * 10).abs_diff(height * 16) < 20);
        assert_eq!(low.fit((1440, 900), true), (1440, 900));
        assert_eq!(low.fit((390, 844), true), (390, 844));
        assert_eq!(Budget::of(Quality::High).fit((3840, 2160), false), (3840, 2160));
    }
}
