//! How an avatar appears: twelve small choices, one byte each.

use serde::{Deserialize, Serialize};

/// The compact description of how an avatar appears. Each byte indexes a palette or a list of names; a value past its
/// end wraps around, so that every look can be drawn, also one from a newer peer.
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
    /// Shape of the body: see [`BUILDS`].
    pub build: u8,
    /// What helps in getting about: see [`AIDS`].
    pub aid: u8,
    /// Age: see [`AGES`].
    pub age: u8,
    /// What is worn on the head: see [`HEADWEAR`].
    pub head: u8,
    /// Its colour, an index into [`CLOTH_COLOURS`].
    pub head_colour: u8,
    /// What is on the face: see [`FACES`].
    pub face: u8,
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
pub const HAIRS: [&str; 8] = [
    "short", "bob", "long", "bun", "ponytail", "braid", "curly", "bald",
];

/// Names of the clothes' cuts, in the order of their index. `hanbok-coat` is the long coat over both.
pub const OUTFITS: [&str; 9] = [
    "casual",
    "coat",
    "hanbok-skirt",
    "hanbok-trousers",
    "suit",
    "raincoat",
    "festival",
    "hanbok-coat",
    "dress",
];

/// Names of the bodies' shapes, in the order of their index.
pub const BUILDS: [&str; 4] = ["medium", "broad", "slim", "round"];

/// Names of what helps in getting about, in the order of their index.
pub const AIDS: [&str; 4] = ["none", "wheelchair", "cane", "white-cane"];

/// Names of the ages, in the order of their index.
pub const AGES: [&str; 4] = ["adult", "elder", "child", "youth"];

/// Names of what is worn on the head, in the order of their index.
pub const HEADWEAR: [&str; 6] = ["none", "headscarf", "cap", "beanie", "gat", "jokduri"];

/// Names of what is on the face, in the order of their index.
pub const FACES: [&str; 3] = ["plain", "glasses", "beard"];

/// The aid that one sits in.
pub const WHEELCHAIR: u8 = 1;

impl Look {
    /// A pleasant look out of a number, evenly spread; the same number always gives the same look. No aid, no child:
    /// those are for a visitor to choose.
    pub fn from_seed(seed: u64) -> Self {
        // SplitMix64: every output byte depends on the whole seed.
        let draw = |number: u64| {
            let mut state = seed.wrapping_add(number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            (state ^ (state >> 31)).to_le_bytes()
        };
        let [a, b, c, d, e, f, g, h] = draw(1);
        let [i, j, k, ..] = draw(2);
        // Of an ordinary day: a raincoat and what is worn at a festival are for a visitor to choose.
        let outfit = drawn(&[0, 0, 0, 8, 8, 1, 1, 4, 4, 2, 2, 3, 7], d);
        // A gat goes with a hanbok, a cap does not; most heads are bare.
        let head = match (outfit, i % 12) {
            (3 | 7, 0..8) => 4,
            (2, 0..3) => 5,
            (0 | 1 | 8, 0) => 1,
            (0, 1..3) => 2,
            (1, 1..3) => 3,
            _ => 0,
        };
        let elder = h % 6 == 0;
        Self {
            skin: a % 4,
            hair: if head == 4 { 3 } else { b % (HAIRS.len() as u8 - 1) },
            hair_colour: if elder { 4 + c % 2 } else { c % 3 },
            outfit,
            upper: e % CLOTH_COLOURS.len() as u8,
            lower: f % CLOTH_COLOURS.len() as u8,
            build: drawn(&[0, 0, 0, 1, 2, 2, 3], g),
            aid: 0,
            age: u8::from(elder),
            head,
            head_colour: if head == 4 {
                1
            } else {
                j % CLOTH_COLOURS.len() as u8
            },
            face: drawn(&[0, 0, 0, 0, 1], k),
        }
    }

    /// One as above, of a time when everyone wore hanbok, and most wore it white.
    pub fn of_the_past(seed: u64) -> Self {
        let mut look = Self::from_seed(seed);
        let own = (seed ^ (seed >> 7)) as u8;
        look.outfit = drawn(&[2, 2, 3, 3, 7], own / 2);
        let is_woman = look.outfit == 2;
        look.head = if is_woman {
            drawn(&[0, 0, 1], own / 3)
        } else {
            drawn(&[4, 4, 1], own / 3)
        };
        look.head_colour = u8::from(look.head == 4);
        look.hair = if is_woman || look.head != 4 { 3 } else { look.hair };
        if !own.is_multiple_of(4) {
            look.upper = 0;
        }
        if !own.is_multiple_of(3) {
            look.lower = 0;
        }
        look.face = if is_woman { 0 } else { drawn(&[0, 2], own / 5) };
        look
    }

    /// The twelve bytes, in field order.
    pub fn to_bytes(self) -> [u8; 12] {
        [
            self.skin,
            self.hair,
            self.hair_colour,
            self.outfit,
            self.upper,
            self.lower,
            self.build,
            self.aid,
            self.age,
            self.head,
            self.head_colour,
            self.face,
        ]
    }

    /// The look of twelve bytes in field order.
    pub fn from_bytes(bytes: [u8; 12]) -> Self {
        let [
            skin,
            hair,
            hair_colour,
            outfit,
            upper,
            lower,
            build,
            aid,
            age,
            head,
            head_colour,
            face,
        ] = bytes;
        Self {
            skin,
            hair,
            hair_colour,
            outfit,
            upper,
            lower,
            build,
            aid,
            age,
            head,
            head_colour,
            face,
        }
    }
}

/// One of some choices, by a number drawn: those that stand there more often come more often.
fn drawn(choices: &[u8], number: u8) -> u8 {
    let index = usize::from(number) % choices.len().max(1);
    choices.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_bytes_are_a_look() {
        let bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        assert_eq!(Look::from_bytes(bytes).to_bytes(), bytes);
    }

    #[test]
    fn nobody_is_given_an_aid_or_a_childhood() {
        for seed in 0..500 {
            let look = Look::from_seed(seed);
            assert!(look.aid == 0 && look.age < 2, "{look:?}");
        }
    }
}
