//! The cuts of clothes that are more than sleeves and trousers, in the order of [`shared::look::OUTFITS`].

use super::shape::Shape;
use super::{Bone, Slot};

const CASUAL: u32 = super::outfit(0);
const COAT: u32 = super::outfit(1);
/// Over everything else, with a hood.
pub const RAINCOAT: u32 = super::outfit(5);
const SUIT: u32 = super::outfit(4);
const FESTIVAL: u32 = super::outfit(6);
const LONG_COAT: u32 = super::outfit(7);
/// A dress, with bare arms and legs.
pub const DRESS: u32 = super::outfit(8);
/// A hanbok's skirt, with a short jacket.
pub const SKIRT: u32 = super::outfit(2);
/// A hanbok's trousers, with whatever goes over them.
pub const BAJI: u32 = super::outfit(3) | FESTIVAL | LONG_COAT;
/// What has a hanbok's sleeves and collar.
pub const HANBOK: u32 = SKIRT | BAJI;
/// What has plain sleeves and trousers.
pub const TROUSERS: u32 = CASUAL | COAT | SUIT | RAINCOAT;

const fn band(slot: Slot, rows: &'static [[i16; 5]; 2]) -> Shape {
    Shape::bar(Bone::Torso, slot, rows).by(FESTIVAL)
}

/// Them.
pub const SHAPES: &[Shape] = &[
    // Casual: the hem of a jumper, and a shirt's collar.
    Shape::tube(
        Bone::Pelvis,
        Slot::Upper,
        10,
        &[
            [785, 174, 126, 0, 0],
            [850, 170, 124, 0, 0],
            [960, 152, 110, 0, 0],
        ],
    )
    .by(CASUAL),
    Shape::tube(
        Bone::Torso,
        Slot::White,
        10,
        &[[1345, 78, 70, 8, 0], [1372, 64, 58, 8, 0]],
    )
    .by(CASUAL | DRESS),
    // Coat: skirts to the knee, and a collar.
    Shape::tube(
        Bone::Skirt,
        Slot::Upper,
        12,
        &[
            [500, 215, 175, 0, 0],
            [620, 205, 162, 0, 0],
            [800, 178, 132, 0, 0],
            [930, 156, 116, 0, 0],
            [980, 150, 110, 0, 0],
        ],
    )
    .by(COAT),
    Shape::tube(
        Bone::Torso,
        Slot::Upper,
        12,
        &[
            [1310, 135, 100, 12, 0],
            [1350, 98, 90, 12, 0],
            [1395, 88, 82, 14, 0],
        ],
    )
    .by(COAT | RAINCOAT),
    // Suit: a jacket that is open above, a white shirt and a tie.
    Shape::tube(
        Bone::Pelvis,
        Slot::Upper,
        12,
        &[
            [735, 182, 134, 0, 0],
            [840, 168, 124, 0, 0],
            [970, 152, 110, 0, 0],
        ],
    )
    .by(SUIT),
    Shape::tube(
        Bone::Torso,
        Slot::White,
        8,
        &[
            [1130, 4, 8, -106, 0],
            [1240, 30, 14, -106, 0],
            [1310, 46, 20, -82, 0],
            [1350, 56, 50, -16, 0],
            [1375, 60, 56, 6, 0],
        ],
    )
    .by(SUIT),
    Shape::tube(
        Bone::Torso,
        Slot::Ribbon,
        6,
        &[
            [1110, 5, 5, -118, 0],
            [1160, 18, 6, -119, 0],
            [1310, 10, 8, -101, 0],
            [1335, 17, 12, -84, 0],
        ],
    )
    .by(SUIT),
    Shape::bar(
        Bone::Torso,
        Slot::Upper,
        &[[8, 1120, -118, 15, 0], [70, 1330, -66, 0, 0]],
    )
    .by(SUIT)
    .twice(),
    // Raincoat: wide below, a hood around the face, boots.
    Shape::tube(
        Bone::Skirt,
        Slot::Upper,
        12,
        &[
            [430, 262, 232, 0, 0],
            [640, 232, 200, 0, 0],
            [930, 172, 136, 0, 0],
            [1040, 164, 122, 0, 0],
        ],
    )
    .by(RAINCOAT),
    Shape::ball(
        Bone::Head,
        Slot::Upper,
        12,
        &[[0, 1570, 42, 162, 165], [148, 6, -800, 1000, 0]],
    )
    .by(RAINCOAT),
    Shape::tube(
        Bone::Shin,
        Slot::Ribbon,
        7,
        &[[60, 60, 62, 0, 85], [160, 62, 64, 0, 85], [300, 70, 72, 0, 85]],
    )
    .by(RAINCOAT)
    .twice(),
    // Dress: flared to below the knee.
    Shape::tube(
        Bone::Skirt,
        Slot::Upper,
        14,
        &[
            [410, 262, 240, 0, 0],
            [440, 264, 242, 0, 0],
            [640, 226, 198, 0, 0],
            [820, 176, 144, 0, 0],
            [930, 146, 112, 0, 0],
            [980, 142, 104, 0, 0],
        ],
    )
    .by(DRESS),
    Shape::tube(
        Bone::Torso,
        Slot::Ribbon,
        10,
        &[[945, 150, 112, 0, 0], [985, 150, 110, 0, 0]],
    )
    .by(DRESS),
    // The hanbok's skirt: high under the breast, falling wide.
    Shape::tube(
        Bone::Skirt,
        Slot::Lower,
        16,
        &[
            [35, 400, 385, 0, 0],
            [60, 405, 390, 0, 0],
            [280, 375, 355, 0, 0],
            [520, 325, 300, 0, 0],
            [750, 260, 232, 0, 0],
            [930, 195, 168, 0, 0],
            [1060, 162, 124, 0, 0],
            [1100, 150, 110, 0, 0],
        ],
    )
    .by(SKIRT),
    // Its long coat.
    Shape::tube(
        Bone::Skirt,
        Slot::Upper,
        14,
        &[
            [190, 312, 290, 0, 0],
            [420, 280, 252, 0, 0],
            [640, 240, 210, 0, 0],
            [930, 182, 146, 0, 0],
            [1080, 164, 124, 0, 0],
        ],
    )
    .by(LONG_COAT),
    // The jacket is short with a skirt, and comes to the hip with trousers.
    Shape::tube(
        Bone::Pelvis,
        Slot::Upper,
        12,
        &[
            [770, 196, 146, 0, 0],
            [840, 190, 142, 0, 0],
            [970, 160, 116, 0, 0],
        ],
    )
    .by(BAJI),
    // The white edge that crosses on the breast, the bow under it, and its long ribbon.
    Shape::bar(
        Bone::Torso,
        Slot::White,
        &[[-72, 1355, -45, 16, 0], [30, 1215, -121, 0, 0]],
    )
    .by(HANBOK),
    Shape::bar(
        Bone::Torso,
        Slot::White,
        &[[72, 1355, -45, 16, 0], [4, 1255, -116, 0, 0]],
    )
    .by(HANBOK),
    Shape::ball(
        Bone::Torso,
        Slot::Ribbon,
        7,
        &[[34, 1195, -124, 36, 20], [14, 3, -1000, 1000, 0]],
    )
    .by(HANBOK),
    Shape::tube(
        Bone::Torso,
        Slot::Ribbon,
        6,
        &[
            [860, 18, 7, -215, 52],
            [1000, 18, 7, -165, 46],
            [1200, 14, 7, -128, 36],
        ],
    )
    .by(SKIRT | LONG_COAT),
    // The wide curve of a hanbok's sleeve, fullest under the forearm, with a white cuff.
    Shape::tube(
        Bone::UpperArm,
        Slot::Upper,
        7,
        &[
            [1010, 58, 75, 10, 210],
            [1150, 60, 72, 5, 207],
            [1290, 62, 66, 0, 200],
        ],
    )
    .by(HANBOK)
    .twice(),
    Shape::tube(
        Bone::Forearm,
        Slot::Upper,
        7,
        &[
            [800, 44, 60, 8, 207],
            [880, 58, 90, 22, 210],
            [980, 60, 88, 18, 210],
            [1060, 50, 66, 8, 210],
        ],
    )
    .by(HANBOK)
    .twice(),
    Shape::tube(
        Bone::Forearm,
        Slot::White,
        7,
        &[[785, 40, 52, 6, 207], [815, 46, 62, 9, 207]],
    )
    .by(HANBOK)
    .twice(),
    // Full trousers, tied at the ankle.
    Shape::tube(
        Bone::Thigh,
        Slot::Lower,
        7,
        &[
            [420, 90, 95, 0, 88],
            [580, 100, 108, 0, 90],
            [800, 92, 104, 0, 88],
            [860, 50, 50, 0, 85],
        ],
    )
    .by(BAJI)
    .twice(),
    Shape::tube(
        Bone::Shin,
        Slot::Lower,
        7,
        &[
            [120, 46, 50, 0, 86],
            [170, 72, 78, 0, 87],
            [320, 90, 96, 0, 88],
            [450, 88, 92, 0, 88],
            [500, 30, 30, 0, 88],
        ],
    )
    .by(BAJI)
    .twice(),
    Shape::tube(
        Bone::Shin,
        Slot::White,
        7,
        &[[70, 44, 46, 0, 85], [135, 50, 54, 0, 85]],
    )
    .by(BAJI)
    .twice(),
    // Festival: a dark waistcoat, and bands of three colours over the shoulders and around the waist.
    Shape::tube(
        Bone::Torso,
        Slot::Blue,
        12,
        &[
            [930, 164, 120, 0, 0],
            [1060, 168, 122, 0, 0],
            [1190, 192, 128, 0, 0],
            [1290, 194, 116, 5, 0],
            [1335, 140, 92, 10, 0],
        ],
    )
    .by(FESTIVAL),
    Shape::tube(
        Bone::Pelvis,
        Slot::Red,
        12,
        &[[890, 186, 142, 0, 0], [950, 184, 138, 0, 0]],
    )
    .by(FESTIVAL),
    band(Slot::Red, &[[-120, 1338, -62, 22, 0], [0, 1165, -140, 0, 0]]),
    band(Slot::Red, &[[0, 1165, -140, 22, 0], [160, 945, -96, 0, 0]]),
    band(Slot::Yellow, &[[120, 1338, -62, 22, 0], [0, 1165, -136, 0, 0]]),
    band(Slot::Yellow, &[[0, 1165, -136, 22, 0], [-160, 945, -96, 0, 0]]),
    band(Slot::Red, &[[-120, 1338, 78, 22, 0], [0, 1165, 140, 0, 0]]),
    band(Slot::Red, &[[0, 1165, 140, 22, 0], [160, 945, 96, 0, 0]]),
    band(Slot::Yellow, &[[120, 1338, 78, 22, 0], [0, 1165, 136, 0, 0]]),
    band(Slot::Yellow, &[[0, 1165, 136, 22, 0], [-160, 945, 96, 0, 0]]),
    Shape::tube(
        Bone::Skirt,
        Slot::Yellow,
        6,
        &[
            [560, 26, 9, 182, 60],
            [760, 24, 9, 160, 60],
            [930, 18, 12, 142, 60],
        ],
    )
    .by(FESTIVAL),
];
