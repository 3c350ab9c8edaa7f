//! Measures of parts that follow from their kind: the stage draws by them, and walkers are kept out by them.

use glam::{Vec2, vec2};

use super::Subject;
use crate::space::{Heading, Point};

/// The base of a hall reaches this far beyond its columns.
pub const BASE_MARGIN_CM: f32 = 150.0;

/// The base of a gate reaches this far beyond its columns at its top, along the front and in depth.
pub const GATE_MARGIN_CM: [f32; 2] = [450.0, 260.0];

/// How many sides a pavilion may have.
pub const SIDES: [u8; 2] = [4, 12];

/// A tier of a round altar is this high.
pub const ALTAR_TIER_CM: u32 = 90;

/// The corners of an outline of equal sides, one of which looks along `facing`; from the middle to a side it is `half`. It
/// begins to the left of someone who looks at that side, and goes on to the right.
pub fn corners_m(at: Vec2, facing: Heading, sides: u8, half: f32) -> Vec<Vec2> {
    let step = std::f32::consts::TAU / f32::from(sides.max(3));
    let corner = half / (step / 2.0).cos();
    (0..sides.max(3))
        .map(|side| {
            // Headings grow clockwise, and whoever looks at a side has its clockwise end to the left.
            let angle = facing.radians() - step * (f32::from(side) - 0.5);
            at + vec2(angle.sin(), -angle.cos()) * corner
        })
        .collect()
}

/// How far bicycles in a rack are apart.
pub const BICYCLES_APART_CM: f32 = 70.0;

/// Where the bicycles of a rack stand, in metres.
pub fn parked_m(at: Point, facing: Heading, bicycles: u8) -> impl Iterator<Item = Vec2> {
    let right = Vec2::from_angle(facing.radians());
    let middle = (f32::from(bicycles) - 1.0) / 2.0;
    (0..bicycles)
        .map(move |place| at.to_m() + right * ((f32::from(place) - middle) * BICYCLES_APART_CM / 100.0))
}

/// The foot of a gate's base stands out further than its top by this share of its height.
pub const GATE_BATTER: f32 = 0.08;

/// How wide each of so many passages through a gate's base is.
pub const fn passage_cm(arches: u8) -> f32 {
    if arches > 1 { 480.0 } else { 530.0 }
}

/// How far to the right of a gate's middle the middle of each passage is; `half_cm` is half its base's width at the top.
pub fn passages_cm(half_cm: f32, arches: u8) -> impl Iterator<Item = f32> {
    let count = f32::from(arches);
    let pitch = 2.0 * half_cm / (count + 0.6);
    (0..arches).map(move |passage| (f32::from(passage) - (count - 1.0) / 2.0) * pitch)
}

/// How wide a way through a bay of a hall is, between its columns.
pub fn doorway_cm(bay_cm: f32) -> f32 {
    (bay_cm - 60.0).max(80.0)
}

/// How far to the right of a hall's middle the middle of each open bay is.
pub fn doorways_cm(bay_cm: f32, doors: u8) -> impl Iterator<Item = f32> {
    (0..doors).map(move |door| (f32::from(door) - f32::from(doors - 1) / 2.0) * bay_cm)
}

/// A tier of a hall's terrace is this high.
pub const TIER_CM: u32 = 110;

/// A tier of a hall's terrace reaches this much further out than what stands on it.
pub const TIER_REACH_CM: u32 = 400;

/// A stair of a terrace takes this share of its tier's width.
pub const STAIR_SHARE: f32 = 0.2;

/// A stair of a terrace reaches this far out of its tier.
pub const STAIR_REACH_CM: f32 = 200.0;

/// Half the depth of a market stall.
pub const STALL_HALF_DEPTH_CM: f32 = 70.0;

/// From how near a portal can be entered: from its middle, beyond half its width.
pub const PORTAL_REACH_CM: f32 = 200.0;

/// Half the depth of a portal's frame.
pub const PORTAL_HALF_DEPTH_CM: f32 = 20.0;

/// How wide each post of a portal is.
pub const PORTAL_POST_CM: f32 = 18.0;

/// How high a portal's opening is.
pub const PORTAL_HEIGHT_CM: f32 = 250.0;

/// Half the width of a spire's foot, as a share of its height.
pub const SPIRE_RADIUS: f32 = 0.15;

/// How wide a stair into a canal is.
pub const FLIGHT_WIDTH_CM: f32 = 240.0;

/// How long the landing at its top is, where one steps onto it from the street.
pub const LANDING_CM: f32 = 220.0;

/// How far each level goes on beyond the middle of a stair: whoever walks over it stands free on both.
pub const FLIGHT_OVERLAP_CM: f32 = 100.0;

/// A stair's rail ends so far before its foot.
pub const CANAL_RAIL_CM: f32 = 60.0;

/// How thick parapets and rails of a canal are.
pub const PARAPET_CM: f32 = 20.0;

/// How high they are.
pub const PARAPET_HEIGHT_CM: u32 = 100;

/// How far from the middle of a row of stepping stones the water begins.
pub const STONE_GAP_CM: f32 = 90.0;

impl Subject {
    /// Half the width and half the depth of its plinth's foot, as shares of the figure's height.
    pub const fn plinth(self) -> [f32; 2] {
        match self {
            Self::King => [0.46, 0.5],
            Self::Admiral => [0.34, 0.46],
            Self::Haetae => [0.34, 0.54],
            Self::Bell => [0.5, 0.34],
        }
    }
}
