//! The city as it stands behind the figures, kept from frame to frame while nobody turns the camera: without a
//! graphics card it takes a second to paint at every pixel of the screen, and a visitor who stands and looks should
//! see it sharp, and people move in it smoothly.
//!
//! It is kept twice: as coarse as a moving picture is, which takes one frame, and then sharp, in strips of which each
//! frame paints one: whoever walks on meanwhile waits for no more than a strip.

use glam::{Mat4, vec3};
use shared::stage::FrameHeader;

use crate::gpu::Gpu;
use crate::targets;

/// For how many seconds the camera must stand still before the picture is made sharp.
const SETTLE_S: f32 = 0.35;
/// What the camera may move and still stand still: a camera that comes to rest slowly moves less than can be seen.
const STILL_M: f32 = 0.004;
/// Strips that the sharp picture is painted in.
const STRIPS: u32 = 20;
/// How far the clock goes on, in hours, until light and windows are painted anew.
const STALE_H: f32 = 0.1;

/// Watches whether the camera stands still.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stillness {
    since: Option<FrameHeader>,
}

impl Stillness {
    /// Takes note of a frame. Gives the frame whose view the picture keeps, once the camera has stood still since.
    pub fn watch(&mut self, header: &FrameHeader) -> Option<FrameHeader> {
        let since = self.since.filter(|since| same_view(since, header));
        self.since = Some(since.unwrap_or(*header));
        since.filter(|since| (header.time_s - since.time_s).abs() >= SETTLE_S)
    }
}

fn same_view(a: &FrameHeader, b: &FrameHeader) -> bool {
    let near = |a: [f32; 3], b: [f32; 3]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < STILL_M);
    near(a.eye, b.eye)
        && near(a.target, b.target)
        && (a.fov_y - b.fov_y).abs() < 1e-4
        && (a.hour - b.hour).abs() < STALE_H
        && (a.day - b.day).abs() < 0.5
        && a.weather == b.weather
}

/// A part of a picture, from side to side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strip {
    /// Its first row of pixels, from above.
    pub top: u32,
    /// How many rows it has.
    pub rows: u32,
}

impl Strip {
    /// What makes of the clip space of a picture so high that of this part of it.
    pub fn narrowed(self, height: u32) -> Mat4 {
        let share = |rows: u32| rows as f32 / height as f32;
        let stretch = 1.0 / share(self.rows);
        let middle = 1.0 - 2.0 * share(self.top) - share(self.rows);
        Mat4::from_translation(vec3(0.0, -middle * stretch, 0.0)) * Mat4::from_scale(vec3(1.0, stretch, 1.0))
    }
}

/// The kept picture.
#[derive(Debug)]
pub struct Backdrop {
    /// Pixels across and down.
    pub size: (u32, u32),
    /// Its colours.
    pub colour: wgpu::TextureView,
    /// How far each pixel is.
    pub depth: wgpu::TextureView,
    /// The frame it is painted for.
    of: Option<FrameHeader>,
    /// Rows of it that are painted, from above.
    painted: u32,
}

impl Backdrop {
    /// An unpainted one.
    pub fn new(gpu: &Gpu, size: (u32, u32), format: wgpu::TextureFormat) -> Self {
        Self {
            size,
            colour: gpu.picture("backdrop", size, format, 1),
            depth: gpu.picture("depth of the backdrop", size, targets::DEPTH, 1),
            of: None,
            painted: 0,
        }
    }

    /// Whether all of it is painted for this frame.
    pub fn shows(&self, of: &FrameHeader) -> bool {
        self.of.as_ref() == Some(of) && self.painted == self.size.1
    }

    /// What is to be painted next for this frame, whole or by strips, and which counts as painted from now on.
    pub fn next(&mut self, of: &FrameHeader, whole: bool) -> Option<Strip> {
        if self.of.as_ref() != Some(of) {
            self.of = Some(*of);
            self.painted = 0;
        }
        let left = self.size.1 - self.painted;
        let most = if whole { left } else { self.size.1.div_ceil(STRIPS) };
        let strip = Strip {
            top: self.painted,
            rows: most.min(left),
        };
        self.painted += strip.rows;
        (strip.rows > 0).then_some(strip)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time_s: f32, x: f32) -> FrameHeader {
        FrameHeader {
            time_s,
            eye: [x, 2.0, 0.0],
            ..FrameHeader::default()
        }
    }

    #[test]
    fn a_camera_stands_still_once_it_has_for_a_while() {
        let mut stillness = Stillness::default();
        assert_eq!(stillness.watch(&at(1.0, 0.0)), None);
        assert_eq!(stillness.watch(&at(1.2, 0.0)), None);
        let kept = stillness.watch(&at(1.6, 0.001));
        assert_eq!(
            kept,
            Some(at(1.0, 0.0)),
            "what is kept is one view, not a drifting one"
        );
        assert_eq!(stillness.watch(&at(1.7, 0.5)), None, "it moves");
        assert_eq!(stillness.watch(&at(1.8, 0.5)), None);
        assert!(stillness.watch(&at(2.2, 0.5)).is_some());
    }

    #[test]
    fn a_strip_is_seen_by_a_camera_of_its_own() {
        let strip = Strip { top: 30, rows: 10 };
        let edge = |y: f32| strip.narrowed(100).project_point3(vec3(0.3, y, 0.5));
        // Rows count from above, clip space from below.
        assert!((edge(0.4) - vec3(0.3, 1.0, 0.5)).length() < 1e-5);
        assert!((edge(0.2) - vec3(0.3, -1.0, 0.5)).length() < 1e-5);
    }

    #[test]
    fn the_hour_goes_on_while_nobody_moves() {
        let mut stillness = Stillness::default();
        stillness.watch(&at(0.0, 0.0));
        assert!(stillness.watch(&at(1.0, 0.0)).is_some());
        let later = FrameHeader {
            hour: 0.2,
            ..at(2.0, 0.0)
        };
        assert_eq!(stillness.watch(&later), None);
    }
}
