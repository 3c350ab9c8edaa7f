//! Which part of a place the map shows, and how large: follows the visitor until a hand moves it.

use glam::Vec2;
use web_sys::Element;

use crate::world::ease;

/// Metres of a CSS pixel, the closest and the farthest.
const SCALE: [f32; 2] = [0.04, 6.0];

/// Metres of a CSS pixel at the start.
const START_SCALE: f32 = 0.28;

/// How fast the map follows, as an exponential rate.
const FOLLOW_RATE: f32 = 6.0;

/// The part that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct MapCamera {
    centre: Vec2,
    m_per_px: f32,
    size_px: Vec2,
    low: Vec2,
    high: Vec2,
    /// Whether it follows the visitor.
    pub follows: bool,
}

impl Default for MapCamera {
    fn default() -> Self {
        Self {
            centre: Vec2::ZERO,
            m_per_px: START_SCALE,
            size_px: Vec2::new(1.0, 1.0),
            low: Vec2::ZERO,
            high: Vec2::ZERO,
            follows: true,
        }
    }
}

impl MapCamera {
    /// The corners that its middle does not leave, in metres.
    pub fn set_limits(&mut self, low: Vec2, high: Vec2) {
        (self.low, self.high) = (low, high);
    }

    /// Comes near enough for a small place to fill the screen.
    pub fn fit(&mut self, place_m: Vec2) {
        const SHARE: f32 = 0.8;
        let whole = (place_m / self.size_px).max_element() / SHARE;
        self.m_per_px = self.m_per_px.min(whole.max(SCALE[0]));
    }

    /// The element has another size, in CSS pixels.
    pub fn resize(&mut self, css: [f32; 2]) {
        self.size_px = Vec2::from_array(css).max(Vec2::ONE);
    }

    /// Metres of a CSS pixel.
    pub fn m_per_px(&self) -> f32 {
        self.m_per_px
    }

    /// Left, top, width and height of what is shown, in metres.
    pub fn window(&self) -> [f32; 4] {
        let size = self.size_px * self.m_per_px;
        let corner = self.centre - size / 2.0;
        [corner.x, corner.y, size.x, size.y]
    }

    /// Where a point of the place appears, in CSS pixels.
    pub fn project(&self, point_m: Vec2) -> Vec2 {
        (point_m - self.centre) / self.m_per_px + self.size_px / 2.0
    }

    /// Whether a point of the place appears on the map, or less than so many CSS pixels beside it.
    pub fn shows(&self, point_m: Vec2, beside_px: f32) -> bool {
        let at = self.project(point_m);
        at.cmpge(Vec2::splat(-beside_px)).all() && at.cmple(self.size_px + beside_px).all()
    }

    /// Which point of the place is under a point of the map, in metres.
    pub fn point_at(&self, px: Vec2) -> Vec2 {
        self.centre + (px - self.size_px / 2.0) * self.m_per_px
    }

    /// A hand moves the map, by CSS pixels.
    pub fn pan(&mut self, by_px: Vec2) {
        self.follows = false;
        self.set_centre(self.centre - by_px * self.m_per_px);
    }

    /// Shows more (factor above 1) or less, keeping what is under a point of the map where it is.
    pub fn zoom(&mut self, factor: f32, around_px: Option<Vec2>) {
        let pivot = around_px.filter(|_| !self.follows).unwrap_or(self.size_px / 2.0);
        let under = self.point_at(pivot);
        self.m_per_px = (self.m_per_px * factor).clamp(SCALE[0], SCALE[1]);
        let moved = under - self.point_at(pivot);
        self.set_centre(self.centre + moved);
    }

    /// Has pictures show what it shows.
    pub fn aim(&self, pictures: [&Element; 2]) {
        let [left, top, width, height] = self.window();
        let window = format!("{left:.2} {top:.2} {width:.2} {height:.2}");
        for picture in pictures {
            // Fails only for a name that no attribute can have.
            let _ = picture.set_attribute("viewBox", &window);
        }
    }

    /// Begins where the visitor is, without a way there.
    pub fn stand_over(&mut self, me: Vec2) {
        self.centre = me;
        self.follows = true;
    }

    /// Follows the visitor for a step of time.
    pub fn follow(&mut self, me: Vec2, dt_s: f32) {
        if !self.follows {
            return;
        }
        // Far away means set down elsewhere; very near is there, and the picture need not be drawn again.
        let between = (0.01..=200.0).contains(&self.centre.distance(me));
        self.centre = if between {
            self.centre.lerp(me, ease(FOLLOW_RATE, dt_s))
        } else {
            me
        };
    }

    fn set_centre(&mut self, centre: Vec2) {
        self.centre = centre.clamp(self.low.min(self.high), self.high.max(self.low));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera() -> MapCamera {
        let mut camera = MapCamera::default();
        camera.resize([800.0, 600.0]);
        camera.set_limits(Vec2::splat(-500.0), Vec2::splat(500.0));
        camera
    }

    #[test]
    fn what_is_tapped_is_what_is_shown_there() {
        let mut camera = camera();
        camera.pan(Vec2::new(120.0, -40.0));
        let point = Vec2::new(33.0, -12.0);
        assert!(camera.point_at(camera.project(point)).distance(point) < 0.001);
    }

    #[test]
    fn what_is_far_beside_the_map_is_not_shown() {
        let camera = camera();
        let right = |px: f32| Vec2::new((400.0 + px) * camera.m_per_px(), 0.0);
        assert!(camera.shows(right(90.0), 100.0));
        assert!(!camera.shows(right(110.0), 100.0));
        assert!(!camera.shows(-right(110.0), 100.0));
    }

    #[test]
    fn zooming_keeps_the_point_under_the_finger() {
        let mut camera = camera();
        camera.pan(Vec2::ZERO);
        let finger = Vec2::new(100.0, 500.0);
        let before = camera.point_at(finger);
        camera.zoom(0.5, Some(finger));
        assert!(camera.point_at(finger).distance(before) < 0.01);
    }

    #[test]
    fn a_room_fills_the_map_and_a_city_does_not_shrink_it() {
        let mut camera = camera();
        camera.fit(Vec2::splat(3_000.0));
        assert!((camera.m_per_px() - START_SCALE).abs() < 1e-6);
        camera.fit(Vec2::new(32.0, 12.0));
        assert!((camera.m_per_px() - 0.05).abs() < 1e-6);
    }

    #[test]
    fn a_hand_ends_following() {
        let mut camera = camera();
        camera.follow(Vec2::new(50.0, 0.0), 10.0);
        assert!(
            camera
                .project(Vec2::new(50.0, 0.0))
                .distance(Vec2::new(400.0, 300.0))
                < 1.0
        );
        camera.pan(Vec2::new(30.0, 0.0));
        let window = camera.window();
        camera.follow(Vec2::new(100.0, 0.0), 10.0);
        assert_eq!(camera.window().map(f32::to_bits), window.map(f32::to_bits));
    }
}
