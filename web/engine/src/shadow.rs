//! Shadow maps: one of the city, drawn anew only when the light or the visitor has moved on, and one of the figures
//! near the visitor, drawn for every frame.

use glam::camera::rh;
use glam::{Mat4, Vec3};

use crate::gpu::Gpu;
use crate::targets::Budget;

/// Half the side of the square around the visitor that the city's map covers, in metres.
const CITY_REACH_M: f32 = 130.0;
/// Half the side of the square of the figures' map, in metres.
pub const FIGURES_REACH_M: f32 = 34.0;
/// Texels of the figures' map along a side.
const FIGURES_TEXELS: u32 = 1024;
/// How far the visitor walks before the city's map is drawn around him anew.
const STALE_M: f32 = 14.0;
/// How far the light turns before that: a quarter of the sun's own width.
const STALE_COS: f32 = 0.999_997;
/// How far above and below the visitor things cast shadows, in metres.
const DEPTH_M: f32 = 320.0;

/// Format of both maps.
pub const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Depth32Float;

/// Both maps and what they were last drawn for.
#[derive(Debug)]
pub struct Shadows {
    /// The city's map.
    pub city: wgpu::TextureView,
    /// The figures' map.
    pub figures: wgpu::TextureView,
    texels: u32,
    drawn: Option<(Vec3, Vec3)>,
    city_matrix: Mat4,
}

impl Shadows {
    /// Empty maps of a budget; without a graphics card none of figures, but for a texel that stands for it.
    pub fn new(gpu: &Gpu, budget: Budget) -> Self {
        let texels = budget.shadow;
        let make = |label, side| gpu.picture(label, (side, side), FORMAT, 1);
        Self {
            city: make("shadow of the city", texels),
            figures: make(
                "shadow of the figures",
                if budget.fine { FIGURES_TEXELS } else { 1 },
            ),
            texels,
            drawn: None,
            city_matrix: Mat4::IDENTITY,
        }
    }

    /// One over the texels of the city's map along a side.
    pub fn texel(&self) -> f32 {
        1.0 / self.texels as f32
    }

    /// The city has changed: its map is stale.
    pub fn forget(&mut self) {
        self.drawn = None;
    }

    /// Matrices for a frame that looks at `target` in a light from `towards`, and whether the city's map is stale and
    /// must be drawn with this frame. Until the city `is_ready` an old map will do, or an empty one.
    pub fn aim(&mut self, target: Vec3, towards: Vec3, is_ready: bool) -> (Mat4, Mat4, bool) {
        let stale = self.drawn.is_none_or(|(centre, light)| {
            is_ready && (centre.distance(target) > STALE_M || light.dot(towards) < STALE_COS)
        });
        if stale {
            self.drawn = is_ready.then_some((target, towards));
            self.city_matrix = matrix(target, towards, CITY_REACH_M, self.texels);
        }
        (
            self.city_matrix,
            matrix(target, towards, FIGURES_REACH_M, FIGURES_TEXELS),
            stale,
        )
    }
}

/// Looks along the light at a square around `target`. The square moves by whole texels, so that edges of shadows
/// stand still while the visitor walks.
fn matrix(target: Vec3, towards: Vec3, reach: f32, texels: u32) -> Mat4 {
    let view = rh::view::look_to_mat4(Vec3::ZERO, -towards, Vec3::Y);
    let texel = 2.0 * reach / texels as f32;
    let centre = view.transform_point3(target);
    let (x, y) = (
        (centre.x / texel).round() * texel,
        (centre.y / texel).round() * texel,
    );
    let near = -centre.z - DEPTH_M;
    rh::proj::directx::orthographic(
        x - reach,
        x + reach,
        y - reach,
        y + reach,
        near,
        near + 2.0 * DEPTH_M,
    ) * view
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::vec3;

    #[test]
    fn the_target_lies_in_the_middle_of_the_map() {
        let towards = vec3(0.3, 0.6, 0.5).normalize();
        let target = vec3(120.0, 1.0, -340.0);
        let p = matrix(target, towards, 100.0, 2048).project_point3(target);
        assert!(
            p.x.abs() < 1e-2 && p.y.abs() < 1e-2 && (p.z - 0.5).abs() < 1e-3,
            "{p}"
        );
        let above = matrix(target, towards, 100.0, 2048).project_point3(target + towards * 10.0);
        assert!(above.z < p.z, "what is nearer to the light is nearer on the map");
    }

    #[test]
    fn a_small_step_moves_the_map_by_whole_texels() {
        let towards = vec3(0.3, 0.6, 0.5).normalize();
        let still = vec3(3.0, 0.0, 7.0);
        let texels = |target| matrix(target, towards, 100.0, 2048).project_point3(still) * 1024.0;
        let moved = texels(vec3(1.37, 0.0, 0.0)) - texels(Vec3::ZERO);
        assert!(
            (moved.x - moved.x.round()).abs() < 0.02 && (moved.y - moved.y.round()).abs() < 0.02,
            "{moved}"
        );
    }
}
