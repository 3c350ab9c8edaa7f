//! What is worn on the head and the face, sat in, leant on or held.

use super::shape::{Form, Shape};
use super::{Bone, DRUM, MASK, Slot};

/// Over hair and shoulders.
pub const SCARF: u32 = super::headwear(1);
const CAP: u32 = super::headwear(2);
const BEANIE: u32 = super::headwear(3);
const GAT: u32 = super::headwear(4);
const JOKDURI: u32 = super::headwear(5);
const GLASSES: u32 = super::face(1);
const BEARD: u32 = super::face(2);
const CHAIR: u32 = super::aid(1);
const CANE: u32 = super::aid(2);
const WHITE_CANE: u32 = super::aid(3);

const fn frame(rows: &'static [[i16; 5]; 2]) -> Shape {
    Shape::bar(Bone::Ground, Slot::Metal, rows).by(CHAIR)
}

const fn wheel(slot: Slot, sides: u8, rows: &'static [[i16; 5]]) -> Shape {
    Shape::new(Form::Hoop, Bone::Ground, slot, sides, rows)
        .by(CHAIR)
        .twice()
}

const fn hat(sides: u8, rows: &'static [[i16; 5]]) -> Shape {
    Shape::tube(Bone::Head, Slot::Hat, sides, rows)
}

const fn cap(sides: u8, rows: &'static [[i16; 5]; 2]) -> Shape {
    Shape::ball(Bone::Head, Slot::Hat, sides, rows)
}

/// Them.
pub const SHAPES: &[Shape] = &[
    // A headscarf: around the face, and over neck and shoulders.
    cap(12, &[[0, 1572, 34, 150, 152], [146, 6, -900, 1000, 0]]).by(SCARF),
    Shape::tube(
        Bone::Torso,
        Slot::Hat,
        12,
        &[
            [1235, 150, 124, 4, 0],
            [1290, 172, 122, 6, 0],
            [1345, 122, 104, 12, 0],
            [1400, 92, 90, 22, 0],
            [1450, 104, 96, 30, 0],
        ],
    )
    .by(SCARF),
    cap(12, &[[0, 1600, 14, 149, 134], [166, 4, 40, 1000, 0]]).by(CAP),
    cap(9, &[[0, 1618, -160, 92, 13], [92, 2, -1000, 1000, 0]]).by(CAP),
    cap(12, &[[0, 1606, 16, 150, 144], [166, 4, 0, 1000, 0]]).by(BEANIE),
    hat(12, &[[1598, 154, 168, 16, 0], [1648, 154, 168, 16, 0]]).by(BEANIE),
    Shape::ball(
        Bone::Head,
        Slot::White,
        7,
        &[[0, 1758, 18, 42, 40], [42, 3, -1000, 1000, 0]],
    )
    .by(BEANIE),
    // The gat: a wide flat brim, a narrow crown, strings under the chin.
    hat(16, &[[1668, 262, 262, 10, 0], [1676, 262, 262, 10, 0]]).by(GAT),
    hat(12, &[[1670, 104, 104, 10, 0], [1800, 84, 84, 10, 0]]).by(GAT),
    Shape::bar(
        Bone::Head,
        Slot::Ink,
        &[[122, 1660, -10, 4, 0], [8, 1385, -70, 0, 0]],
    )
    .by(GAT)
    .twice(),
    hat(
        8,
        &[
            [1698, 58, 58, -8, 0],
            [1730, 72, 72, -8, 0],
            [1768, 50, 50, -8, 0],
        ],
    )
    .by(JOKDURI),
    Shape::ball(
        Bone::Head,
        Slot::Yellow,
        6,
        &[[0, 1778, -8, 20, 18], [20, 3, -1000, 1000, 0]],
    )
    .by(JOKDURI),
    Shape::ball(
        Bone::Head,
        Slot::Red,
        6,
        &[[0, 1732, -80, 18, 18], [10, 3, -1000, 1000, 0]],
    )
    .by(JOKDURI),
    // Glasses.
    Shape::new(
        Form::Hoop,
        Bone::Head,
        Slot::Ink,
        12,
        &[[49, 1534, -139, 38, 5], [0; 5]],
    )
    .by(GLASSES)
    .twice(),
    Shape::bar(
        Bone::Head,
        Slot::Ink,
        &[[-12, 1540, -140, 5, 0], [12, 1540, -140, 0, 0]],
    )
    .by(GLASSES),
    Shape::bar(
        Bone::Head,
        Slot::Ink,
        &[[86, 1540, -136, 5, 0], [126, 1542, 6, 0, 0]],
    )
    .by(GLASSES)
    .twice(),
    // A beard, and what is over the lip.
    Shape::tube(
        Bone::Head,
        Slot::Hair,
        8,
        &[
            [1335, 14, 12, -92, 0],
            [1375, 48, 30, -80, 0],
            [1420, 86, 50, -68, 0],
            [1446, 92, 40, -68, 0],
            [1452, 60, 16, -70, 0],
        ],
    )
    .by(BEARD),
    Shape::bar(
        Bone::Head,
        Slot::Hair,
        &[[4, 1480, -124, 9, 0], [46, 1464, -108, 0, 0]],
    )
    .by(BEARD)
    .twice(),
    // The wheelchair: an active one, light and low.
    wheel(Slot::Tyre, 16, &[[290, 300, 100, 285, 20]]),
    wheel(Slot::Metal, 12, &[[320, 300, 100, 245, 9]]),
    wheel(Slot::Tyre, 7, &[[190, 70, -420, 55, 18]]),
    frame(&[[290, 580, 100, 4, 0], [290, 20, 100, 0, 0]]).twice(),
    frame(&[[290, 300, -180, 4, 0], [290, 300, 380, 0, 0]]).twice(),
    frame(&[[200, 460, 180, 14, 0], [200, 460, -240, 0, 0]]).twice(),
    frame(&[[200, 460, -240, 14, 0], [130, 100, -500, 0, 0]]).twice(),
    frame(&[[200, 460, 180, 14, 0], [200, 900, 250, 0, 0]]).twice(),
    frame(&[[200, 460, -240, 12, 0], [190, 100, -400, 0, 0]]).twice(),
    frame(&[[200, 900, 250, 16, 0], [200, 930, 350, 0, 0]]).twice(),
    frame(&[[-290, 300, 100, 16, 0], [290, 300, 100, 0, 0]]),
    frame(&[[-130, 100, -500, 20, 0], [130, 100, -500, 0, 0]]),
    Shape::ball(
        Bone::Ground,
        Slot::Tyre,
        7,
        &[[0, 455, -30, 210, 30], [220, 3, -1000, 1000, 0]],
    )
    .by(CHAIR),
    Shape::ball(
        Bone::Ground,
        Slot::Tyre,
        7,
        &[[0, 700, 215, 200, 220], [22, 3, -1000, 1000, 0]],
    )
    .by(CHAIR),
    // Canes: one to lean on, a white one to feel the way with.
    Shape::bar(
        Bone::Staff,
        Slot::Wood,
        &[[0, 20, 0, 13, 0], [0, -730, -30, 0, 0]],
    )
    .by(CANE),
    Shape::bar(Bone::Staff, Slot::Wood, &[[0, 20, -70, 14, 0], [0, 20, 50, 0, 0]]).by(CANE),
    Shape::bar(
        Bone::Staff,
        Slot::White,
        &[[0, 30, 30, 10, 0], [0, -560, -600, 0, 0]],
    )
    .by(WHITE_CANE),
    Shape::bar(
        Bone::Staff,
        Slot::Red,
        &[[0, -560, -600, 11, 0], [0, -725, -770, 0, 0]],
    )
    .by(WHITE_CANE),
    // A janggu at the waist: two heads, slim between; a stick in each hand.
    Shape::new(
        Form::Lying,
        Bone::Torso,
        Slot::Wood,
        12,
        &[
            [-240, 128, 128, 285, 985],
            [-110, 110, 110, 285, 985],
            [0, 52, 52, 285, 985],
            [110, 110, 110, 285, 985],
            [240, 128, 128, 285, 985],
        ],
    )
    .by(DRUM),
    Shape::new(
        Form::Lying,
        Bone::Torso,
        Slot::White,
        12,
        &[[-256, 142, 142, 285, 985], [-238, 142, 142, 285, 985]],
    )
    .by(DRUM),
    Shape::new(
        Form::Lying,
        Bone::Torso,
        Slot::White,
        12,
        &[[238, 142, 142, 285, 985], [256, 142, 142, 285, 985]],
    )
    .by(DRUM),
    Shape::bar(
        Bone::Torso,
        Slot::Red,
        &[[-100, 1345, -40, 14, 0], [90, 1060, -220, 0, 0]],
    )
    .by(DRUM),
    Shape::bar(
        Bone::Forearm,
        Slot::Yellow,
        &[[203, 735, 10, 9, 0], [180, 690, -230, 0, 0]],
    )
    .by(DRUM)
    .twice(),
    // A mask of the tal dances, and the long white sleeves that fly.
    Shape::ball(
        Bone::Head,
        Slot::Wood,
        12,
        &[[0, 1530, -92, 128, 165], [78, 6, -1000, 1000, 0]],
    )
    .by(MASK),
    Shape::ball(
        Bone::Head,
        Slot::Wood,
        7,
        &[[0, 1520, -172, 24, 44], [30, 3, -1000, 1000, 0]],
    )
    .by(MASK),
    Shape::bar(
        Bone::Head,
        Slot::Ink,
        &[[26, 1560, -166, 9, 0], [84, 1552, -148, 0, 0]],
    )
    .by(MASK)
    .twice(),
    Shape::bar(
        Bone::Head,
        Slot::White,
        &[[22, 1600, -156, 13, 0], [84, 1590, -132, 0, 0]],
    )
    .by(MASK)
    .twice(),
    Shape::bar(
        Bone::Head,
        Slot::Red,
        &[[0, 1438, -158, 13, 0], [52, 1456, -142, 0, 0]],
    )
    .by(MASK)
    .twice(),
    Shape::ball(
        Bone::Head,
        Slot::Red,
        6,
        &[[82, 1500, -146, 20, 20], [12, 2, -1000, 1000, 0]],
    )
    .by(MASK)
    .twice(),
    Shape::tube(
        Bone::Forearm,
        Slot::White,
        7,
        &[
            [440, 62, 24, 10, 205],
            [620, 66, 34, 6, 205],
            [780, 56, 50, 4, 205],
            [900, 50, 50, 0, 205],
        ],
    )
    .by(MASK)
    .twice(),
];
