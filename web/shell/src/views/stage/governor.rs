//! How many pixels to draw: as many as the screen has, within a limit, and fewer where the device cannot keep up.

use shared::stage::Quality;

/// Frames a second below which the picture gets fewer pixels.
const TOO_SLOW_HZ: f64 = 24.0;

/// How long it is watched before each decision, in milliseconds.
const WATCH_MS: f64 = 3_000.0;

/// Side of the picture that is left at each step down.
const STEP: f64 = 0.75;

/// Steps down at most: below this everything is a blur.
const MOST_STEPS: u32 = 3;

/// Most pixels of a picture, by quality.
fn most_pixels(quality: Quality) -> f64 {
    match quality {
        Quality::Low => 0.9e6,
        Quality::Medium => 2.1e6,
        Quality::High => 8.3e6,
    }
}

/// Watches the frames, and says how large they should be.
#[derive(Clone, Debug, Default)]
pub struct Governor {
    steps: u32,
    since_ms: Option<f64>,
    frames: u32,
}

impl Governor {
    /// Size of the canvas in device pixels for a box of so many.
    pub fn size(&self, full: [u32; 2], quality: Quality) -> [u32; 2] {
        let [width, height] = full.map(f64::from);
        let limit = (most_pixels(quality) / (width * height).max(1.0)).sqrt().min(1.0);
        let scale = limit * STEP.powi(self.steps as i32);
        [width, height].map(|side| ((side * scale).round() as u32).max(1))
    }

    /// A frame was drawn. True when the size should change.
    pub fn drawn(&mut self, now_ms: f64) -> bool {
        let since = *self.since_ms.get_or_insert(now_ms);
        self.frames += 1;
        if now_ms - since < WATCH_MS {
            return false;
        }
        let rate = f64::from(self.frames) * 1_000.0 / (now_ms - since);
        self.since_ms = None;
        self.frames = 0;
        // A gap of a hidden tab looks like slowness, but has hardly any frames in it.
        let slow = rate < TOO_SLOW_HZ && rate > 2.0;
        if slow && self.steps < MOST_STEPS {
            self.steps += 1;
            return true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_picture_has_every_pixel_of_the_screen() {
        assert_eq!(Governor::default().size([800, 600], Quality::Medium), [800, 600]);
    }

    #[test]
    fn a_large_one_keeps_its_shape_within_the_limit() {
        let [width, height] = Governor::default().size([3_840, 2_160], Quality::Medium);
        assert!(f64::from(width * height) < 2.2e6);
        assert!((f64::from(width) / f64::from(height) - 16.0 / 9.0).abs() < 0.01);
    }

    #[test]
    fn a_device_that_cannot_keep_up_gets_fewer_pixels_but_never_none() {
        let mut governor = Governor::default();
        let mut now = 0.0;
        for _ in 0..1_000 {
            now += 100.0;
            governor.drawn(now);
        }
        let [width, _] = governor.size([800, 600], Quality::Medium);
        assert!(width < 800 && width > 200);
    }
}
