//! Measures of parts that follow from their kind: the stage draws by them, and walkers are kept out by them.

use super::Figure;

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

/// Half the width of a spire's foot, as a share of its height.
pub const SPIRE_RADIUS: f32 = 0.15;

impl Figure {
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
