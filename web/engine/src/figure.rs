//! The one mesh of all figures: a body with every cut of hair and clothes, and all that can be worn, held or sat in, as
//! tables of [`shape`]s. Of it a figure shows what its [`shared::look::Look`] and its motion say ([`worn`]). Each corner
//! belongs to a bone; [`pose`] makes a matrix for every bone from what a [`shared::stage::Figure`] tells.

mod body;
pub mod common;
mod dress;
mod emote;
mod hair;
pub mod pose;
mod shape;
mod step;
mod things;
pub mod vehicle;

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use shared::look::{
    AGES, AIDS, BUILDS, CLOTH_COLOURS, FACES, HAIR_COLOURS, HAIRS, HEADWEAR, OUTFITS, SKINS, WHEELCHAIR,
};
use shared::motion::Motion;

/// One corner of the mesh as the GPU reads it; the figure stands at the origin and looks north (−z).
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct Corner {
    position: [f32; 3],
    /// Unit normal; the fourth is unused.
    normal: [i8; 4],
    /// [`Bone`] and [`Slot`]; the others are unused.
    part: [u8; 4],
    /// Shown when one of these bits is [`worn`].
    mask: u32,
}

/// How a corner is told to the pipelines.
pub const CORNER_ATTRIBUTES: [wgpu::VertexAttribute; 4] =
    wgpu::vertex_attr_array![0 => Float32x3, 1 => Snorm8x4, 2 => Uint8x4, 10 => Uint32];

/// How a [`shared::stage::Figure`] is told to the pipelines, as it stands: its spare numbers are its row of bones, what it
/// has [`worn`], and how [`pose::tall`] it is where others have the same pose.
pub const FIGURE_ATTRIBUTES: [wgpu::VertexAttribute; 5] = {
    let [place, motion, pace, look, _seed_and_gaze, own] = wgpu::vertex_attr_array![
        3 => Float32x4, 4 => Uint8x4, 5 => Float32x3, 6 => Uint32x3, 8 => Uint32x2, 7 => Uint32x3
    ];
    [place, motion, pace, look, own]
};

/// What moves a corner; the numbers are the shader's. What there is two of has the right one two numbers on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Bone {
    Pelvis = 0,
    Torso = 1,
    Head = 2,
    UpperArm = 3,
    Forearm = 4,
    Thigh = 7,
    Shin = 8,
    Skirt = 11,
    Ground = 12,
    Hem = 13,
    Foot = 14,
    /// Goes with the head, looks about and blinks.
    Eyes = 15,
    /// Goes with the head, and opens.
    Mouth = 17,
    /// Upright in the right hand, which is its origin.
    Staff = 18,
    /// Goes with the head, and blinks.
    Lids = 19,
}

/// What colours a corner; the numbers are the shader's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Slot {
    Skin = 0,
    Hair = 1,
    Upper = 2,
    Lower = 3,
    Hat = 4,
    Ribbon = 5,
    Blush = 6,
    Lip = 7,
    Shoe = 8,
    White = 9,
    Ink = 10,
    Metal = 11,
    Tyre = 12,
    Red = 13,
    Blue = 14,
    Yellow = 15,
    Wood = 16,
    /// Shines by night.
    Glow = 17,
    Green = 18,
}

/// Everyone, whatever he wears.
pub const ALL: u32 = u32::MAX;

/// Where the bits of each choice begin, and those of what is held for a while.
const HAIR: usize = OUTFITS.len();
const HEAD: usize = HAIR + HAIRS.len();
const AID: usize = HEAD + HEADWEAR.len();
const FACE: usize = AID + AIDS.len();
/// A drum.
pub const DRUM: u32 = 1 << (FACE + FACES.len());
/// A mask before the face, and long white sleeves.
pub const MASK: u32 = DRUM << 1;

const fn outfit(index: usize) -> u32 {
    1 << index
}
const fn hair(index: usize) -> u32 {
    1 << (HAIR + index)
}
const fn headwear(index: usize) -> u32 {
    1 << (HEAD + index)
}
const fn aid(index: usize) -> u32 {
    1 << (AID + index)
}
const fn face(index: usize) -> u32 {
    1 << (FACE + index)
}

/// What of the mesh a look shows in a motion: one bit for each of its choices, less what one thing hides of another.
pub fn worn(look: [u8; 12], motion: Motion) -> u32 {
    let [_, cut, _, clothes, _, _, _, help, _, hat, _, before] = look.map(usize::from);
    let clothes = clothes % OUTFITS.len();
    let hooded = outfit(clothes) == dress::RAINCOAT;
    let hat = if hooded { 0 } else { hat % HEADWEAR.len() };
    // Hair that a hood or a scarf hides is none; a hat presses curls flat.
    let cut = match (cut % HAIRS.len(), hat) {
        _ if hooded || headwear(hat) == things::SCARF => hair::BALD,
        (cut, 1..) if hair(cut) == hair::CURLY => 0,
        (cut, _) => cut,
    };
    let masked = motion == Motion::MaskDance;
    let held = match motion {
        Motion::Drum => DRUM,
        Motion::MaskDance => MASK,
        _ => 0,
    };
    let before = if masked { 0 } else { before % FACES.len() };
    outfit(clothes) | hair(cut) | headwear(hat) | aid(help % AIDS.len()) | face(before) | held
}

/// What of a look the shaders know, for `shaders/look.wgsl`: where in the palette the colours of the first six slots are; build and
/// outfit; aid, age, headwear and whether the head is bald.
pub fn dressed(look: [u8; 12]) -> [u8; 12] {
    let [
        skin,
        cut,
        hair,
        outfit,
        above,
        below,
        build,
        aid,
        age,
        hat,
        hat_colour,
        _,
    ] = look;
    let of = |choice: u8, all: usize| choice % all as u8;
    let cloth = |choice: u8| (SKINS.len() + HAIR_COLOURS.len()) as u8 + of(choice, CLOTH_COLOURS.len());
    [
        of(skin, SKINS.len()),
        SKINS.len() as u8 + of(hair, HAIR_COLOURS.len()),
        cloth(above),
        cloth(below),
        cloth(hat_colour),
        // A ribbon goes with both.
        cloth(of(above, CLOTH_COLOURS.len()) + of(below, CLOTH_COLOURS.len()) + 4),
        of(build, BUILDS.len()),
        of(outfit, OUTFITS.len()),
        of(aid, AIDS.len()),
        of(age, AGES.len()),
        of(hat, HEADWEAR.len()),
        u8::from(usize::from(cut) % HAIRS.len() == hair::BALD),
    ]
}

/// Whether a look sits in a wheelchair.
pub fn rolls(look: [u8; 12]) -> bool {
    look[7] % AIDS.len() as u8 == WHEELCHAIR
}

/// Outfits that are cut alike, as bits of what is [`worn`]: of the others' cuts nothing is drawn with them.
const CUTS: [u32; 3] = [dress::TROUSERS, dress::HANBOK, dress::DRESS];

/// How many there are.
pub const CUT_COUNT: usize = CUTS.len();

/// Index of the cut of what is [`worn`].
pub fn cut_of(worn: u32) -> usize {
    CUTS.iter().position(|cut| cut & worn != 0).unwrap_or(0)
}

/// Whether what is [`worn`] has more than body, hair and clothes.
pub fn has_things(worn: u32) -> bool {
    worn >> HEAD & !NO_THINGS != 0
}

/// The bits of no hat, no aid and a plain face, from that of no hat on.
const NO_THINGS: u32 = (1 | 1 << (AID - HEAD)) | 1 << (FACE - HEAD);

/// Runs of a mesh on one level.
#[derive(Debug, Default)]
pub struct Runs {
    /// All of it.
    pub whole: Range<u32>,
    /// Without things that few have, one for each cut.
    pub cuts: [Range<u32>; CUT_COUNT],
    /// Only them.
    pub things: Range<u32>,
}

/// The mesh, on each level.
#[derive(Debug)]
pub struct Body {
    /// Corners.
    pub corners: Vec<Corner>,
    /// Triangles.
    pub indices: Vec<u32>,
    /// Of the fine one, of the coarse one, and of the plain one.
    pub runs: [Runs; 3],
}

/// Makes the mesh.
pub fn body() -> Body {
    let (corners, indices) = (Vec::new(), Vec::new());
    let mut sculpture = shape::Sculpture {
        corners,
        indices,
        detail: shape::Detail::ALL[0],
    };
    let runs = shape::Detail::ALL.map(|detail| {
        sculpture.detail = detail;
        let dressed = sculpture.run(&[body::SHAPES, hair::SHAPES, dress::SHAPES]);
        let things = sculpture.run(&[things::SHAPES]);
        Runs {
            whole: dressed.start..things.end,
            cuts: CUTS.map(|cut| sculpture.part(&dressed, cut | !(CUTS[0] | CUTS[1] | CUTS[2]))),
            things,
        }
    });
    Body {
        corners: sculpture.corners,
        indices: sculpture.indices,
        runs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::look::Look;

    #[test]
    fn everyone_is_light_and_fits_webgl() {
        let Body {
            corners,
            indices,
            runs,
        } = body();
        assert!(size_of::<Corner>() < 255 && size_of::<shared::stage::Figure>() < 255);
        assert!(indices.iter().all(|&i| (i as usize) < corners.len()));
        let all = |run: &Range<u32>| indices[run.start as usize..run.end as usize].chunks_exact(3);
        for (run, whole, own) in [
            (&runs[0], 9_000, 3_600),
            (&runs[1], 3_700, 1_500),
            (&runs[2], 2_400, 1_000),
        ] {
            let run = &run.whole;
            assert!(run.len() / 3 < whole, "{} triangles", run.len() / 3);
            for seed in 0..200 {
                let worn = worn(Look::from_seed(seed).to_bytes(), Motion::Stand);
                let shown = all(run)
                    .filter(|t| corners[t[0] as usize].mask & worn != 0)
                    .count();
                assert!((300..own).contains(&shown), "{shown} triangles");
            }
        }
    }

    #[test]
    fn nothing_that_is_worn_is_left_out_where_few_wear_it() {
        let Body {
            corners,
            indices,
            runs,
        } = body();
        let shown = |run: &Range<u32>, worn: u32| {
            let run = indices[run.start as usize..run.end as usize].chunks_exact(3);
            run.filter(|t| corners[t[0] as usize].mask & worn != 0).count()
        };
        for seed in 0..400 {
            for motion in [Motion::Walk, Motion::Drum, Motion::MaskDance] {
                let worn = worn(Look::from_seed(seed).to_bytes(), motion);
                for run in &runs {
                    let things = shown(&run.things, worn);
                    assert_eq!(
                        shown(&run.cuts[cut_of(worn)], worn) + things,
                        shown(&run.whole, worn)
                    );
                    assert!(things == 0 || has_things(worn), "{things} triangles of {worn:b}");
                }
            }
        }
        let bare = worn(Look::default().to_bytes(), Motion::Walk);
        assert!(!has_things(bare));
    }

    #[test]
    fn a_triangle_is_worn_as_a_whole() {
        let Body { corners, indices, .. } = body();
        for triangle in indices.chunks_exact(3) {
            let [a, b, c] = [0, 1, 2].map(|k| corners[triangle[k] as usize].mask);
            assert!(a == b && b == c);
        }
    }

    #[test]
    fn every_choice_shows() {
        let corners = body().corners;
        let shows = |look: Look| {
            let worn = worn(look.to_bytes(), Motion::Stand);
            corners.iter().filter(|corner| corner.mask & worn != 0).count()
        };
        let plain = shows(Look {
            hair: 7,
            ..Look::default()
        });
        for head in 1..HEADWEAR.len() as u8 {
            assert!(
                shows(Look {
                    head,
                    hair: 7,
                    ..Look::default()
                }) > plain,
                "{head}"
            );
        }
        for aid in 1..AIDS.len() as u8 {
            assert!(
                shows(Look {
                    aid,
                    hair: 7,
                    ..Look::default()
                }) > plain,
                "{aid}"
            );
        }
        for face in 1..FACES.len() as u8 {
            assert!(
                shows(Look {
                    face,
                    hair: 7,
                    ..Look::default()
                }) > plain,
                "{face}"
            );
        }
        let cuts: Vec<usize> = (0..HAIRS.len() as u8)
            .map(|hair| {
                shows(Look {
                    hair,
                    ..Look::default()
                })
            })
            .collect();
        assert_eq!(cuts.iter().min(), cuts.last(), "bald is the least: {cuts:?}");
    }

    #[test]
    fn a_scarf_and_a_hood_hide_the_hair() {
        let long = |outfit, head| Look {
            hair: 2,
            outfit,
            head,
            ..Look::default()
        };
        let hidden = |look: Look| worn(look.to_bytes(), Motion::Stand) & hair(2) == 0;
        assert!(hidden(long(0, 1)) && hidden(long(5, 0)) && !hidden(long(0, 2)));
    }

    #[test]
    fn everyone_is_about_five_and_a_half_heads_tall() {
        let corners = body().corners;
        let skin = corners
            .iter()
            .filter(|c| c.part[0] == Bone::Head as u8 && c.part[1] == Slot::Skin as u8 && c.mask == ALL);
        let (low, high) = skin.fold((9.0_f32, 0.0_f32), |(l, h), c| {
            (l.min(c.position[1]), h.max(c.position[1]))
        });
        let heads = high / (high - low);
        assert!((4.4..6.2).contains(&heads), "{heads}");
    }
}
