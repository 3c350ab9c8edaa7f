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

/// Below this share of the wanted rate two steps are taken at once: software drawing begins at a frame a second.
const FAR_TOO_SLOW: f64 = 0.5;

/// A gap between two frames longer than this is a hidden tab, not a slow device, in milliseconds.
const HIDDEN_MS: f64 = 8_000.0;

/// Most pixels of a picture, by quality.
fn most_pixels(quality: Quality) -> f64 {
    match quality {
        Quality::Low => 0.9e6,
        Quality::Medium => 2.1e6,
        Quality::High => 8.3e6,
    }
}

/// Parts of the names of renderers without a graphics card.
const SOFTWARE: [&str; 4] = ["swiftshader", "llvmpipe", "softpipe", "basic render"];

/// Watches the frames, and says how large they should be.
#[derive(Clone, Debug)]
pub struct Governor {
    steps: u32,
    most_steps: u32,
    since_ms: Option<f64>,
    last_ms: f64,
    frames: u32,
}

impl Default for Governor {
    fn default() -> Self {
        Self {
            steps: 0,
            most_steps: MOST_STEPS,
            since_ms: None,
            last_ms: 0.0,
            frames: 0,
        }
    }
}

impl Governor {
    /// Size of the canvas in device pixels for a box of so many.
    pub fn size(&self, full: [u32; 2], quality: Quality) -> [u32; 2] {
        let [width, height] = full.map(f64::from);
        let limit = (most_pixels(quality) / (width * height).max(1.0)).sqrt().min(1.0);
        let scale = limit * STEP.powi(self.steps as i32);
        [width, height].map(|side| ((side * scale).round() as u32).max(1))
    }

    /// The adapter made itself known. Where there is no graphics card nothing is taken away here: there the engine draws
    /// fewer pixels by itself while the camera moves, and all of them, slowly, while it stands.
    pub fn met(&mut self, adapter: &str) {
        // WebGL and WebGPU spell the same renderer differently.
        let adapter = adapter.to_ascii_lowercase();
        if SOFTWARE.iter().any(|name| adapter.contains(name)) {
            self.most_steps = 0;
        }
    }

    /// A frame was drawn. True when the size should change.
    pub fn drawn(&mut self, now_ms: f64) -> bool {
        if now_ms - self.last_ms > HIDDEN_MS {
            self.since_ms = None;
        }
        self.last_ms = now_ms;
        let Some(since) = self.since_ms else {
            self.since_ms = Some(now_ms);
            self.frames = 0;
            return false;
        };
        self.frames += 1;
        if now_ms - since < WATCH_MS {
            return false;
        }
        let rate = f64::from(self.frames) * 1_000.0 / (now_ms - since);
        self.since_ms = Some(now_ms);
        self.frames = 0;
        let before = self.steps;
        if rate < TOO_SLOW_HZ {
            self.steps += if rate < TOO_SLOW_HZ * FAR_TOO_SLOW { 2 } else { 1 };
            self.steps = self.steps.min(self.most_steps);
        }
        self.steps != before
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
    fn without_a_graphics_card_the_engine_decides_by_itself() {
        let after = |adapter: &str| {
            let mut governor = Governor::default();
            governor.met(adapter);
            for frame in 1..100 {
                governor.drawn(f64::from(frame) * 500.0);
            }
            governor.size([800, 600], Quality::Medium)
        };
        assert_eq!(
            after("ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))"),
            [800, 600]
        );
        assert!(after("NVIDIA GeForce")[0] < 800);
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

    #[test]
    fn one_frame_a_second_is_slow_and_one_a_minute_is_hidden() {
        let after = |every_ms: f64| {
            let mut governor = Governor::default();
            for frame in 1..20 {
                governor.drawn(f64::from(frame) * every_ms);
            }
            governor.size([800, 600], Quality::Medium)[0]
        };
        assert!(after(1_000.0) < 400);
        assert_eq!(after(60_000.0), 800);
    }
}
