//! The one block of numbers that every shader reads: camera, light, season, palettes.

use bytemuck::{Pod, Zeroable};
use glam::camera::rh;
use glam::{Mat4, Vec3, Vec4, vec3, vec4};
use shared::look::{CLOTH_COLOURS, HAIR_COLOURS, SKINS};
use shared::stage::{FrameHeader, Weather};

use crate::season;
use crate::sky::Light;

/// Nearest and farthest metre that is drawn: in front of the camera stands nothing nearer, behind the hills nothing.
const NEAR_M: f32 = 0.3;
const FAR_M: f32 = 14_000.0;

/// As `shaders/common.wgsl` lays it out.
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct Globals {
    /// World to clip.
    pub view_proj: Mat4,
    /// World to the shadow map of the city.
    pub shadow_city: Mat4,
    /// World to the shadow map of the figures.
    pub shadow_figures: Mat4,
    ray_right: Vec4,
    ray_up: Vec4,
    ray_forward: Vec4,
    eye: Vec4,
    towards: Vec4,
    direct: Vec4,
    zenith: Vec4,
    horizon: Vec4,
    halo: Vec4,
    sun: Vec4,
    ambient: Vec4,
    bounce: Vec4,
    /// Corner (x, z) of the ground map, one over its side, and one over the shadow maps' texels.
    pub ground: Vec4,
    /// Shares of snow that lies, of wet ground and of the sky behind clouds; the fourth is of no use.
    weather: Vec4,
    leaves: [Vec4; 5],
    /// Skins, hair, cloths, and the colours that are everyone's.
    palette: [Vec4; PALETTE],
}

/// The colours that are everyone's, linear: shoe, white, ink, metal, tyre, red, blue, yellow, wood, what shines, green.
const EVERYONES: [Vec3; 11] = [
    vec3(0.030, 0.028, 0.030),
    vec3(0.84, 0.82, 0.76),
    vec3(0.012, 0.010, 0.010),
    vec3(0.30, 0.32, 0.34),
    vec3(0.022, 0.023, 0.026),
    vec3(0.50, 0.045, 0.030),
    vec3(0.030, 0.10, 0.36),
    vec3(0.72, 0.42, 0.06),
    vec3(0.33, 0.13, 0.055),
    vec3(0.92, 0.80, 0.55),
    vec3(0.03, 0.30, 0.11),
];

const PALETTE: usize = SKINS.len() + HAIR_COLOURS.len() + CLOTH_COLOURS.len() + EVERYONES.len();

fn palette() -> [Vec4; PALETTE] {
    let chosen = [SKINS.as_slice(), &HAIR_COLOURS, &CLOTH_COLOURS]
        .into_iter()
        .flatten();
    let mut colours = chosen
        .map(|srgb| season::linear(*srgb))
        .chain(EVERYONES)
        .map(|colour| colour.extend(1.0));
    std::array::from_fn(|_| colours.next().unwrap_or_default())
}

impl Globals {
    /// How much of a night it is, 0 to 1.
    pub fn night(&self) -> f32 {
        self.zenith.w
    }

    /// Of one frame on a picture of this width over height. The shadows' matrices and the ground are filled in by
    /// those who own the maps.
    pub fn new(header: &FrameHeader, light: &Light, aspect: f32) -> Self {
        let eye = Vec3::from(header.eye);
        let forward = (Vec3::from(header.target) - eye).normalize_or(Vec3::NEG_Z);
        let right = forward.cross(Vec3::Y).normalize_or(Vec3::X);
        let up = right.cross(forward);
        let fov = if header.fov_y > 0.05 {
            header.fov_y.min(2.5)
        } else {
            55_f32.to_radians()
        };
        let tan = (fov / 2.0).tan();
        let projection = rh::proj::directx::perspective(fov, aspect, NEAR_M, FAR_M);
        let day = header.day.rem_euclid(366.0);
        Self {
            view_proj: projection * rh::view::look_to_mat4(eye, forward, up),
            shadow_city: Mat4::IDENTITY,
            shadow_figures: Mat4::IDENTITY,
            ray_right: (right * tan * aspect).extend(0.0),
            ray_up: (up * tan).extend(0.0),
            ray_forward: forward.extend(0.0),
            eye: eye.extend(header.time_s.rem_euclid(3_600.0)),
            towards: light.towards.extend(light.lamps),
            direct: light.direct.extend(light.exposure),
            zenith: light.zenith.extend(light.night),
            horizon: light.horizon.extend(light.haze),
            halo: light.halo.extend(header.hour),
            sun: light.sun.extend(if header.calm == 0 { 1.0 } else { 0.0 }),
            ambient: light.ambient.extend(day),
            bounce: light.bounce.extend(0.0),
            ground: Vec4::ZERO,
            weather: match Weather::from_index(header.weather) {
                Weather::Snow => vec4(1.0, 0.0, light.cover, 0.0),
                Weather::Rain => vec4(0.0, 1.0, light.cover, 0.0),
                Weather::Clear | Weather::Cloudy | Weather::Dust => vec4(0.0, 0.0, light.cover, 0.0),
            },
            leaves: season::leaves(day),
            palette: palette(),
        }
    }
}
