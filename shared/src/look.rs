//! How an avatar appears: eight small choices, one byte each.

use serde::{Deserialize, Serialize};

/// The compact description of how an avatar appears. Each byte indexes a palette; a value past the end of its palette
/// wraps around, so that every look can be drawn, also one from a newer peer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Look {
    /// Skin tone, an index into [`SKINS`].
    pub skin: u8,
    /// Cut of the hair: see [`HAIRS`].
    pub hair: u8,
    /// Colour of the hair, an index into [`HAIR_COLOURS`].
    pub hair_colour: u8,
    /// Cut of the clothes: see [`OUTFITS`].
    pub outfit: u8,
    /// Colour of the upper part, an index into [`CLOTH_COLOURS`].
    pub upper: u8,
    /// Colour of the lower part, an index into [`CLOTH_COLOURS`].
    pub lower: u8,
    /// Build: 0 adult, 1 broad, 2 child, 3 elder.
    pub build: u8,
    /// Aid: 0 none, 1 wheelchair.
    pub aid: u8,
}

/// Skin tones, as sRGB.
pub const SKINS: [u32; 6] = [
    0xF6_D9_C3, 0xEB_C3_A2, 0xD9_A6_7E, 0xB9_82_5A, 0x8C_5A_3C, 0x5C_3A_28,
];

/// Hair colours, as sRGB.
pub const HAIR_COLOURS: [u32; 6] = [
    0x1E_1A_1A, 0x3A_28_20, 0x6B_46_2E, 0xA8_7A_4A, 0x9A_9A_9C, 0xE6_E4_E0,
];

/// Cloth colours, as sRGB: the painter's palette and a few quiet ones.
pub const CLOTH_COLOURS: [u32; 12] = [
    0xF3_EF_E4, 0x22_25_2A, 0x2F_6F_A8, 0x4F_7A_66, 0xE0_66_2F, 0xD9_A4_41, 0x7D_3A_2C, 0xF3_CB_D3,
    0x8D_95_A5, 0x5A_4B_7A, 0x2F_9E_7A, 0xB9_B4_A8,
];

/// Names of the hair cuts, in the order of their index.
pub const HAIRS: [&str; 4] = ["short", "bob", "long", "bun"];

/// Names of the clothes' cuts, in the order of their index.
pub const OUTFITS: [&str; 4] = ["casual", "coat", "hanbok-skirt", "hanbok-trousers"];

/// Number of builds.
pub const BUILDS: u8 = 4;

/// Number of aids, none included.
pub const AIDS: u8 = 2;

impl Look {
    /// A pleasant look out of a number, evenly spread; the same number always gives the same look. No aid, no child:
    /// those are for a visitor to choose.
    pub fn from_seed(seed: u64) -> Self {
        // SplitMix64: every output byte depends on the whole seed.
        let mut state = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let [a, b, c, d, e, f, g, _] = (state ^ (state >> 31)).to_le_bytes();
        Self {
            skin: a % 4,
            hair: b % HAIRS.len() as u8,
            hair_colour: c % 3,
            outfit: d % OUTFITS.len() as u8,
            upper: e % CLOTH_COLOURS.len() as u8,
            lower: f % CLOTH_COLOURS.len() as u8,
            build: u8::from(g % 5 == 0),
            aid: 0,
        }
    }

    /// The eight bytes, in field order.
    pub fn to_bytes(self) -> [u8; 8] {
        [
            self.skin,
            self.hair,
            self.hair_colour,
            self.outfit,
            self.upper,
            self.lower,
            self.build,
            self.aid,
        ]
    }
}
