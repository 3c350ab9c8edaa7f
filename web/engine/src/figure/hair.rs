//! The cuts of hair, in the order of [`shared::look::HAIRS`].

use super::shape::Shape;
use super::{Bone, Slot};

const SHORT: u32 = super::hair(0);
const BOB: u32 = super::hair(1);
const LONG: u32 = super::hair(2);
const BUN: u32 = super::hair(3);
const TAIL: u32 = super::hair(4);
const BRAID: u32 = super::hair(5);
/// Its index and its bit: a hat presses it flat.
pub const CURLY: u32 = super::hair(6);
/// The index of none.
pub const BALD: usize = 7;

const ANY: u32 = SHORT | BOB | LONG | BUN | TAIL | BRAID | CURLY;

const fn lock(sides: u8, rows: &'static [[i16; 5]]) -> Shape {
    Shape::tube(Bone::Head, Slot::Hair, sides, rows)
}

const fn mop(sides: u8, rows: &'static [[i16; 5]; 2]) -> Shape {
    Shape::ball(Bone::Head, Slot::Hair, sides, rows)
}

/// Them.
pub const SHAPES: &[Shape] = &[
    // A crown, and a back of the head that comes lower than the brow.
    mop(12, &[[0, 1585, 18, 138, 140], [146, 4, 100, 1000, 0]]).by(ANY),
    mop(10, &[[0, 1575, 40, 134, 125], [122, 3, -550, 400, 0]]).by(ANY),
    // A fringe that leaves the eyes free.
    mop(10, &[[0, 1628, -40, 122, 52], [100, 3, -600, 1000, 0]]).by(BOB | LONG | TAIL),
    mop(9, &[[30, 1652, -42, 98, 40], [86, 3, -800, 1000, 0]]).by(SHORT),
    lock(
        6,
        &[
            [1425, 20, 70, 15, 112],
            [1460, 28, 88, 10, 124],
            [1540, 26, 95, 10, 122],
            [1620, 26, 90, 0, 105],
        ],
    )
    .by(BOB)
    .twice(),
    lock(
        6,
        &[
            [1290, 12, 30, 30, 118],
            [1360, 24, 55, 28, 122],
            [1540, 26, 80, 16, 122],
            [1620, 26, 85, 0, 105],
        ],
    )
    .by(LONG)
    .twice(),
    lock(
        8,
        &[
            [1420, 100, 45, 75, 0],
            [1480, 125, 60, 78, 0],
            [1580, 130, 70, 70, 0],
        ],
    )
    .by(BOB),
    lock(
        8,
        &[
            [1120, 50, 18, 135, 0],
            [1180, 95, 30, 128, 0],
            [1340, 120, 40, 112, 0],
            [1480, 128, 58, 85, 0],
            [1580, 130, 70, 70, 0],
        ],
    )
    .by(LONG),
    // A bun, with a pin across.
    mop(7, &[[0, 1565, 168, 55, 52], [46, 4, -1000, 1000, 0]]).by(BUN),
    Shape::bar(
        Bone::Head,
        Slot::Ribbon,
        &[[-85, 1572, 172, 7, 0], [85, 1560, 172, 0, 0]],
    )
    .by(BUN),
    lock(
        7,
        &[
            [1270, 14, 16, 205, 0],
            [1350, 36, 32, 202, 0],
            [1500, 46, 42, 188, 0],
            [1590, 26, 26, 158, 0],
        ],
    )
    .by(TAIL),
    mop(6, &[[0, 1592, 158, 30, 22], [26, 2, -1000, 1000, 0]]).by(TAIL),
    // A braid down the back, with the ribbon of a daenggi.
    Shape::tube(
        Bone::Torso,
        Slot::Hair,
        6,
        &[
            [860, 14, 14, 158, 0],
            [960, 26, 24, 158, 0],
            [1200, 32, 28, 154, 0],
            [1400, 36, 32, 138, 0],
            [1500, 40, 40, 110, 0],
        ],
    )
    .by(BRAID),
    Shape::tube(
        Bone::Torso,
        Slot::Ribbon,
        6,
        &[
            [640, 44, 8, 176, 0],
            [820, 26, 10, 168, 0],
            [880, 22, 20, 158, 0],
            [910, 24, 24, 158, 0],
        ],
    )
    .by(BRAID),
    // Curls, all around.
    mop(10, &[[0, 1600, 24, 168, 160], [170, 4, 60, 1000, 0]]).by(CURLY),
    mop(8, &[[0, 1530, 88, 150, 110], [95, 4, -1000, 1000, 0]]).by(CURLY),
    mop(7, &[[128, 1520, 22, 48, 78], [84, 3, -1000, 1000, 0]])
        .by(CURLY)
        .twice(),
];
