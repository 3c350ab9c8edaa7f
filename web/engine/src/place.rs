//! A place as the engine keeps it: its parts and how far they are built, and what of it goes to the GPU.

use bytemuck::{Pod, Zeroable};
use glam::{Vec2, Vec3};
use shared::city::{Place, extent_m};

use crate::chunks::{self, Chunk, Detail, Phase, Reach};
use crate::kit::{self, Grade, Kit};
use crate::mesh::Mesh;
use crate::tiles::{self, Tile, Wanted};

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

/// Some parts of a place, ready for the GPU.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Everything solid.
    pub solid: Mesh,
    /// What of it to draw when.
    pub chunks: Vec<Chunk>,
    /// What else the kit made: what shines through, and what lights and shades the ground.
    pub kit: Kit,
}

impl Piece {
    fn new(mut kit: Kit) -> Self {
        let mut take = |mesh: fn(&mut Kit) -> &mut Mesh| std::mem::take(mesh(&mut kit));
        let (solid, chunks) = chunks::sorted(vec![
            (take(|kit| &mut kit.standing), Phase::Stands, Detail::Always),
            (take(|kit| &mut kit.detail), Phase::Stands, Detail::Near),
            (take(|kit| &mut kit.coarse), Phase::Stands, Detail::Middle),
            (take(|kit| &mut kit.shapes), Phase::Stands, Detail::Far),
            (take(|kit| &mut kit.ground), Phase::Lies, Detail::Always),
            (take(|kit| &mut kit.far), Phase::Far, Detail::Always),
        ]);
        Self { solid, chunks, kit }
    }

    /// The corners and triangles of what shines through.
    pub fn cards(&self) -> (Vec<Card>, Vec<u32>) {
        let corners = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]];
        let cards = self.kit.sprays.iter().flat_map(|spray| {
            corners.map(|corner| Card {
                position: spray.at.to_array(),
                corner,
                size: spray.size.to_array(),
                colour: spray.colour,
                kind: [u8::from(spray.water), spray.seed, 0, 0],
            })
        });
        let count = self.kit.sprays.len() as u32;
        let indices = (0..count).flat_map(|k| [0, 1, 2, 0, 2, 3].map(|i| k * 4 + i));
        (cards.collect(), indices.collect())
    }
}

/// A place, and how far it is built.
#[derive(Clone, Debug)]
pub struct PlaceModel {
    place: Place,
    tiles: Vec<Tile>,
    /// Corners of the bounds, with the smallest and the largest coordinates, in metres.
    pub bounds: [Vec2; 2],
    /// Where on Earth, for the sun.
    pub origin_lat_lon: [f64; 2],
    /// The city's clock, hours east of UTC.
    pub offset_h: f32,
    /// Whether it is a room.
    pub is_room: bool,
}

impl PlaceModel {
    /// A place of which nothing is built; `utc_offset_min` is the city's.
    pub fn new(place: Place, utc_offset_min: i16) -> Self {
        Self {
            tiles: tiles::of(&place),
            bounds: bounds(&place),
            origin_lat_lon: place.origin_lat_lon,
            offset_h: f32::from(utc_offset_min) / 60.0,
            is_room: place.ceiling_cm > 0,
            place,
        }
    }

    /// How many pieces it has beside what lies and what closes the view.
    pub fn tiles(&self) -> usize {
        self.tiles.len()
    }

    /// What lies on the ground, and what closes the view.
    pub fn around(&self) -> Piece {
        Piece::new(Kit::around(&self.place))
    }

    /// Which tile an eye lacks, if any.
    pub fn next(&self, eye: Vec3, reach: Reach) -> Option<Wanted> {
        tiles::next(&self.tiles, Vec2::new(eye.x, eye.z), reach)
    }

    /// Builds a tile.
    pub fn build(&mut self, tile: usize, grade: Grade) -> Piece {
        let mut made = Kit::new(grade);
        if let Some(tile) = self.tiles.get_mut(tile) {
            tile.built = Some(grade);
            for index in &tile.parts {
                if let Some(part) = self.place.parts.get(*index as usize) {
                    made.add(&part.kit, *index, kit::floor_m(&self.place, part));
                }
            }
        }
        Piece::new(made)
    }
}

/// Corners of a place's bounds, with the smallest and the largest coordinates, in metres.
pub fn bounds(place: &Place) -> [Vec2; 2] {
    extent_m(&place.bounds).unwrap_or([Vec2::splat(-100.0), Vec2::splat(100.0)])
}
