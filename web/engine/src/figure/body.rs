//! Head with a face, torso, arms and legs: what everyone has.

use super::dress::{BAJI, DRESS, HANBOK, SKIRT, TROUSERS};
use super::shape::Shape;
use super::{Bone, Slot};

const fn head(slot: Slot, sides: u8, rows: &'static [[i16; 5]; 2]) -> Shape {
    Shape::ball(Bone::Head, slot, sides, rows)
}

/// Them.
pub const SHAPES: &[Shape] = &[
    Shape::tube(
        Bone::Torso,
        Slot::Upper,
        10,
        &[
            [840, 135, 100, 0, 0],
            [930, 145, 105, 0, 0],
            [1050, 155, 110, 0, 0],
            [1180, 182, 118, 0, 0],
            [1275, 196, 110, 5, 0],
            [1325, 168, 90, 10, 0],
            [1352, 112, 74, 10, 0],
            [1372, 66, 60, 10, 0],
        ],
    ),
    Shape::tube(
        Bone::Pelvis,
        Slot::Lower,
        10,
        &[
            [730, 110, 90, 0, 0],
            [800, 152, 108, 0, 0],
            [900, 150, 106, 0, 0],
            [950, 140, 100, 0, 0],
        ],
    )
    .by(TROUSERS | BAJI),
    // Neck, head, nose, ears.
    Shape::tube(
        Bone::Torso,
        Slot::Skin,
        6,
        &[[1330, 50, 50, 10, 0], [1440, 48, 50, 5, 0]],
    ),
    Shape::tube(
        Bone::Head,
        Slot::Skin,
        12,
        &[
            [1405, 30, 35, -45, 0],
            [1420, 66, 75, -28, 0],
            [1455, 96, 108, -12, 0],
            [1510, 118, 128, -4, 0],
            [1570, 124, 134, 0, 0],
            [1630, 112, 122, 4, 0],
            [1675, 78, 86, 6, 0],
            [1700, 25, 30, 8, 0],
        ],
    ),
    head(Slot::Skin, 6, &[[0, 1505, -130, 15, 22], [20, 3, -1000, 1000, 0]]),
    head(Slot::Skin, 6, &[[122, 1525, 4, 16, 34], [22, 3, -1000, 1000, 0]]).twice(),
    // Eyes: white, iris and a spark; brows, cheeks and a mouth with its corners up.
    Shape::ball(
        Bone::Lids,
        Slot::White,
        8,
        &[[47, 1536, -113, 25, 24], [14, 3, -1000, 1000, 0]],
    )
    .twice(),
    Shape::ball(
        Bone::Eyes,
        Slot::Ink,
        8,
        &[[47, 1535, -120, 17, 22], [12, 3, -1000, 1000, 0]],
    )
    .twice(),
    Shape::ball(
        Bone::Eyes,
        Slot::White,
        5,
        &[[42, 1544, -130, 5, 6], [4, 2, -1000, 1000, 0]],
    )
    .twice(),
    Shape::bar(
        Bone::Head,
        Slot::Hair,
        &[[24, 1578, -124, 8, 0], [72, 1576, -111, 0, 0]],
    )
    .twice(),
    head(
        Slot::Blush,
        5,
        &[[74, 1495, -94, 22, 15], [12, 2, -1000, 1000, 0]],
    )
    .twice(),
    Shape::ball(
        Bone::Mouth,
        Slot::Lip,
        7,
        &[[0, 1460, -119, 20, 8], [8, 2, -1000, 1000, 0]],
    ),
    Shape::bar(
        Bone::Head,
        Slot::Lip,
        &[[10, 1460, -121, 6, 0], [38, 1472, -117, 0, 0]],
    )
    .twice(),
    // Arms.
    Shape::tube(
        Bone::UpperArm,
        Slot::Upper,
        6,
        &[
            [1000, 30, 30, 0, 205],
            [1020, 44, 44, 0, 205],
            [1140, 47, 48, 0, 205],
            [1250, 54, 58, 2, 202],
            [1305, 50, 54, 6, 194],
            [1335, 30, 34, 8, 182],
        ],
    )
    .twice(),
    Shape::tube(
        Bone::Forearm,
        Slot::Upper,
        6,
        &[
            [800, 36, 36, 0, 205],
            [860, 40, 40, 0, 205],
            [980, 45, 45, 0, 205],
            [1050, 42, 42, 0, 205],
            [1070, 20, 20, 0, 205],
        ],
    )
    .by(TROUSERS)
    .twice(),
    Shape::tube(
        Bone::Forearm,
        Slot::Skin,
        6,
        &[
            [800, 30, 30, 0, 205],
            [980, 40, 40, 0, 205],
            [1060, 40, 40, 0, 205],
        ],
    )
    .by(DRESS)
    .twice(),
    Shape::tube(
        Bone::Forearm,
        Slot::Skin,
        5,
        &[
            [695, 12, 20, -10, 203],
            [720, 22, 38, -8, 203],
            [765, 24, 40, -4, 204],
            [815, 25, 28, 0, 205],
        ],
    )
    .twice(),
    // Legs, and what is seen of them under a skirt.
    Shape::tube(
        Bone::Thigh,
        Slot::Lower,
        7,
        &[
            [410, 30, 30, 0, 85],
            [440, 60, 60, 0, 85],
            [600, 72, 72, 0, 85],
            [760, 82, 82, 0, 85],
            [840, 70, 70, 0, 85],
            [870, 30, 30, 0, 85],
        ],
    )
    .by(TROUSERS)
    .twice(),
    Shape::tube(
        Bone::Shin,
        Slot::Lower,
        7,
        &[
            [65, 56, 58, 0, 85],
            [120, 55, 55, 0, 85],
            [280, 55, 55, 0, 85],
            [430, 60, 60, 0, 85],
            [470, 45, 45, 0, 85],
            [490, 20, 20, 0, 85],
        ],
    )
    .by(TROUSERS)
    .twice(),
    Shape::tube(
        Bone::Shin,
        Slot::White,
        5,
        &[[50, 45, 45, 0, 85], [220, 45, 45, 0, 85], [450, 50, 50, 0, 85]],
    )
    .by(SKIRT)
    .twice(),
    Shape::tube(
        Bone::Shin,
        Slot::Skin,
        6,
        &[[60, 34, 36, 0, 85], [280, 48, 50, 0, 85], [450, 46, 46, 0, 85]],
    )
    .by(DRESS)
    .twice(),
    Shape::tube(
        Bone::Thigh,
        Slot::Skin,
        6,
        &[[440, 46, 46, 0, 85], [600, 66, 66, 0, 85], [760, 75, 75, 0, 85]],
    )
    .by(DRESS)
    .twice(),
    Shape::tube(
        Bone::Foot,
        Slot::Shoe,
        7,
        &[
            [0, 46, 120, -55, 85],
            [25, 52, 128, -55, 85],
            [60, 48, 105, -40, 85],
            [105, 42, 52, 0, 85],
        ],
    )
    .by(TROUSERS | DRESS)
    .twice(),
    // Shoes with a hanbok: white, with turned-up toes.
    Shape::tube(
        Bone::Foot,
        Slot::White,
        7,
        &[
            [0, 44, 110, -48, 85],
            [25, 50, 132, -58, 85],
            [62, 46, 90, -34, 85],
            [100, 42, 52, 0, 85],
        ],
    )
    .by(HANBOK)
    .twice(),
];
