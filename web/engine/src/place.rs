//! A place as the engine keeps it before it goes to the GPU: triangles, shining cards, and the light on the ground.

use bytemuck::{Pod, Zeroable};
use glam::{Vec2, Vec3};
use shared::city::Place;

use crate::chunks::{self, Chunk, Detail, Phase};
use crate::ground_map::GroundMap;
use crate::kit::{self, Kit};
use crate::mesh::Mesh;

/// One corner of a card that turns to the eye, as the GPU reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct Card {
    position: [f32; 3],
    corner: [f32; 2],
    size: [f32; 2],
    colour: [u8; 4],
    /// 0 a glow, 1 a jet of water; then a number of its own.
    kind: [u8; 4],
}

impl Card {
    /// How the layout is told to the pipelines.
    pub const ATTRIBUTES: [wgpu::VertexAttribute; 5] =
        wgpu::vertex_attr_array![0 => Float32x3, 1 => Float32x2, 2 => Float32x2, 3 => Unorm8x4, 4 => Uint8x4];
}

/// Something that shines through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spray {
    /// Its middle for a glow, its nozzle for a jet, in metres.
    pub at: Vec3,
    /// Half width, and half height (glow) or height (jet), in metres.
    pub size: Vec2,
    /// sRGB, and strength.
    pub colour: [u8; 4],
    /// Whether it is water.
    pub water: bool,
    /// A number of its own.
    pub seed: u8,
}

/// A place ready for the GPU.
#[derive(Clone, Debug)]
pub struct PlaceModel {
    /// Everything solid.
    pub solid: Mesh,
    /// What of it to draw when.
    pub chunks: Vec<Chunk>,
    /// Everything that shines through.
    pub sprays: Vec<Spray>,
    /// Lamplight and openness of the ground.
    pub ground: GroundMap,
    /// Where on Earth, for the sun.
    pub origin_lat_lon: [f64; 2],
    /// The city's clock, hours east of UTC.
    pub offset_h: f32,
}

impl PlaceModel {
    /// Builds a place; `utc_offset_min` is the city's.
    pub fn new(place: &Place, utc_offset_min: i16) -> Self {
        let Kit {
            standing,
            detail,
            coarse,
            shapes,
            ground,
            far,
            sprays,
            lamps,
            footprints,
            low,
            high,
            ..
        } = kit::build(place);
        let (solid, chunks) = chunks::sorted(vec![
            (standing, Phase::Stands, Detail::Always),
            (detail, Phase::Stands, Detail::Near),
            (coarse, Phase::Stands, Detail::Middle),
            (shapes, Phase::Stands, Detail::Far),
            (ground, Phase::Lies, Detail::Always),
            (far, Phase::Far, Detail::Always),
        ]);
        Self {
            solid,
            chunks,
            sprays,
            ground: GroundMap::bake(low, high, &lamps, &footprints),
            origin_lat_lon: place.origin_lat_lon,
            offset_h: f32::from(utc_offset_min) / 60.0,
        }
    }

    /// The cards' corners and triangles.
    pub fn cards(&self) -> (Vec<Card>, Vec<u32>) {
        let corners = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]];
        let cards = self.sprays.iter().flat_map(|spray| {
            corners.map(|corner| Card {
                position: spray.at.to_array(),
                corner,
                size: spray.size.to_array(),
                colour: spray.colour,
                kind: [u8::from(spray.water), spray.seed, 0, 0],
            })
        });
        let indices = (0..self.sprays.len() as u32).flat_map(|k| [0, 1, 2, 0, 2, 3].map(|i| k * 4 + i));
        (cards.collect(), indices.collect())
    }
}
