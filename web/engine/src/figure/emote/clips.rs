//! The key poses of the emotes. A joint that a key does not name is as in standing.

use shared::motion::Motion;

use crate::figure::pose::{BODY, HEAD, LEFT, LEGS, RIGHT, STANCE};

/// A joint: which vector of the pose, times four, and which of its numbers.
pub type Joint = u8;
const LOWER: Joint = BODY as u8 * 4;
const LEAN: Joint = LOWER + 1;
const TURN: Joint = LOWER + 2;
const RAISE: Joint = LOWER + 3;
const NOD: Joint = HEAD as u8 * 4;
const LOOK: Joint = NOD + 1;
const TILT: Joint = NOD + 2;
const SPIN: Joint = NOD + 3;
const L_SWING: Joint = LEFT as u8 * 4;
const L_SPREAD: Joint = L_SWING + 1;
const L_TWIST: Joint = L_SWING + 2;
const L_ELBOW: Joint = L_SWING + 3;
const R_SWING: Joint = RIGHT as u8 * 4;
const R_SPREAD: Joint = R_SWING + 1;
const R_TWIST: Joint = R_SWING + 2;
const R_ELBOW: Joint = R_SWING + 3;
const L_AHEAD: Joint = LEGS as u8 * 4;
const L_LIFT: Joint = L_AHEAD + 1;
const R_AHEAD: Joint = L_AHEAD + 2;
const STRADDLE: Joint = STANCE as u8 * 4;
const ROLL: Joint = STRADDLE + 1;
const L_TOES: Joint = STRADDLE + 2;
const R_TOES: Joint = STRADDLE + 3;
/// Both arms alike: added to the joint of the left one.
pub const BOTH: Joint = 128;

/// A key pose: when, in tenths of a second, and the joints that are not as in standing.
pub type Key = (u8, &'static [(Joint, i8)]);

/// An emote.
pub struct Clip {
    pub keys: &'static [Key],
    /// After the last key it goes on with this one, at this time; never, when the time is 0.
    pub again: (usize, u8),
    /// Every other round is the mirror of the one before.
    pub sides: bool,
}

const WAVE: Clip = Clip {
    keys: &[
        (
            3,
            &[
                (R_SWING, 6),
                (R_SPREAD, 92),
                (R_TWIST, -60),
                (R_ELBOW, 8),
                (NOD, 2),
                (TILT, 4),
            ],
        ),
        (
            6,
            &[
                (R_SWING, 6),
                (R_SPREAD, 98),
                (R_TWIST, -60),
                (R_ELBOW, 36),
                (NOD, 2),
                (TILT, 4),
            ],
        ),
    ],
    again: (0, 9),
    sides: false,
};

/// Hands together before the body, back straight, eyes to the ground.
const BOW: Clip = Clip {
    keys: &[
        (
            7,
            &[
                (LEAN, -39),
                (NOD, -13),
                (BOTH + L_SWING, 22),
                (BOTH + L_SPREAD, -9),
                (BOTH + L_ELBOW, 25),
            ],
        ),
        (
            14,
            &[
                (LEAN, -40),
                (NOD, -13),
                (BOTH + L_SWING, 22),
                (BOTH + L_SPREAD, -9),
                (BOTH + L_ELBOW, 25),
            ],
        ),
    ],
    again: (0, 0),
    sides: false,
};

const CLAP: Clip = Clip {
    keys: &[
        (
            2,
            &[
                (BOTH + L_SWING, 25),
                (BOTH + L_SPREAD, 4),
                (BOTH + L_TWIST, 8),
                (BOTH + L_ELBOW, 46),
                (NOD, 2),
            ],
        ),
        (
            4,
            &[
                (BOTH + L_SWING, 25),
                (BOTH + L_SPREAD, -6),
                (BOTH + L_TWIST, 18),
                (BOTH + L_ELBOW, 46),
                (NOD, 2),
            ],
        ),
    ],
    again: (0, 5),
    sides: false,
};

/// Hands to the brow, down on the knees, brow to the hands on the ground.
const DEEP_BOW: Clip = Clip {
    keys: &[
        (
            8,
            &[
                (BOTH + L_SWING, 62),
                (BOTH + L_SPREAD, 4),
                (BOTH + L_TWIST, 34),
                (BOTH + L_ELBOW, 52),
                (NOD, -6),
            ],
        ),
        (
            17,
            &[
                (LOWER, 25),
                (LEAN, -8),
                (NOD, -8),
                (BOTH + L_SWING, 62),
                (BOTH + L_SPREAD, 4),
                (BOTH + L_TWIST, 34),
                (BOTH + L_ELBOW, 52),
                (L_AHEAD, -2),
                (R_AHEAD, -2),
                (L_TOES, -100),
                (R_TOES, -100),
            ],
        ),
        (
            24,
            &[
                (LOWER, 25),
                (LEAN, -58),
                (NOD, -8),
                (BOTH + L_SWING, 92),
                (BOTH + L_SPREAD, -2),
                (BOTH + L_TWIST, 24),
                (BOTH + L_ELBOW, 30),
                (L_AHEAD, -2),
                (R_AHEAD, -2),
                (L_TOES, -100),
                (R_TOES, -100),
            ],
        ),
        (
            31,
            &[
                (LOWER, 25),
                (LEAN, -58),
                (NOD, -8),
                (BOTH + L_SWING, 92),
                (BOTH + L_SPREAD, -2),
                (BOTH + L_TWIST, 24),
                (BOTH + L_ELBOW, 30),
                (L_AHEAD, -2),
                (R_AHEAD, -2),
                (L_TOES, -100),
                (R_TOES, -100),
            ],
        ),
        (
            38,
            &[
                (LOWER, 20),
                (LEAN, -14),
                (BOTH + L_SWING, 30),
                (BOTH + L_ELBOW, 30),
                (L_AHEAD, 12),
                (R_AHEAD, -8),
                (R_TOES, -60),
            ],
        ),
    ],
    again: (0, 0),
    sides: false,
};

const HEART: Clip = Clip {
    keys: &[
        (
            5,
            &[
                (BOTH + L_SPREAD, 107),
                (BOTH + L_TWIST, -62),
                (BOTH + L_ELBOW, 50),
                (RAISE, 2),
                (ROLL, 3),
                (TILT, 4),
            ],
        ),
        (
            13,
            &[
                (BOTH + L_SPREAD, 107),
                (BOTH + L_TWIST, -62),
                (BOTH + L_ELBOW, 50),
                (RAISE, 2),
                (ROLL, -3),
                (TILT, -4),
            ],
        ),
    ],
    again: (0, 21),
    sides: false,
};

const CHEER: Clip = Clip {
    keys: &[
        (
            3,
            &[
                (LOWER, 4),
                (BOTH + L_SWING, 20),
                (BOTH + L_SPREAD, 60),
                (BOTH + L_TWIST, -50),
                (BOTH + L_ELBOW, 50),
            ],
        ),
        (
            6,
            &[
                (LOWER, -5),
                (L_LIFT, 6),
                (BOTH + L_SPREAD, 108),
                (BOTH + L_ELBOW, 6),
                (NOD, 8),
                (L_TOES, -20),
                (R_TOES, -20),
            ],
        ),
    ],
    again: (0, 9),
    sides: true,
};

const NOD_YES: Clip = Clip {
    keys: &[(3, &[(NOD, -16), (LEAN, -3)]), (6, &[(NOD, 4)])],
    again: (0, 8),
    sides: false,
};

const POINT: Clip = Clip {
    keys: &[
        (
            4,
            &[
                (R_SWING, 60),
                (R_SPREAD, 6),
                (R_ELBOW, 2),
                (LOOK, 6),
                (TURN, -6),
                (NOD, 2),
            ],
        ),
        (
            10,
            &[
                (R_SWING, 60),
                (R_SPREAD, 8),
                (R_ELBOW, 12),
                (LOOK, -8),
                (TURN, -4),
                (NOD, 2),
            ],
        ),
        (
            14,
            &[
                (R_SWING, 61),
                (R_SPREAD, 6),
                (R_ELBOW, 1),
                (LOOK, 6),
                (TURN, -8),
                (NOD, 2),
            ],
        ),
    ],
    again: (0, 0),
    sides: false,
};

/// Hands on the belly, shaking.
const LAUGH: Clip = Clip {
    keys: &[
        (
            3,
            &[
                (LEAN, 6),
                (NOD, 14),
                (RAISE, 2),
                (BOTH + L_SWING, 10),
                (BOTH + L_TWIST, 44),
                (BOTH + L_ELBOW, 62),
            ],
        ),
        (
            5,
            &[
                (LEAN, -6),
                (NOD, 6),
                (RAISE, 0),
                (BOTH + L_SWING, 12),
                (BOTH + L_TWIST, 44),
                (BOTH + L_ELBOW, 58),
            ],
        ),
    ],
    again: (0, 7),
    sides: false,
};

const DRUM: Clip = Clip {
    keys: &[
        (
            3,
            &[
                (LOWER, 1),
                (TURN, 4),
                (TILT, 4),
                (L_SWING, 18),
                (L_SPREAD, 26),
                (L_TWIST, 34),
                (L_ELBOW, 44),
                (R_SWING, 22),
                (R_SPREAD, 46),
                (R_TWIST, -10),
                (R_ELBOW, 66),
            ],
        ),
        (
            5,
            &[
                (LOWER, 3),
                (TURN, -4),
                (TILT, -4),
                (L_SWING, 22),
                (L_SPREAD, 44),
                (L_TWIST, -6),
                (L_ELBOW, 62),
                (R_SWING, 18),
                (R_SPREAD, 24),
                (R_TWIST, 36),
                (R_ELBOW, 42),
            ],
        ),
    ],
    again: (0, 7),
    sides: false,
};

/// One sleeve flies up while the other crosses the body; then the other side, on bent knees.
const MASK_DANCE: Clip = Clip {
    keys: &[
        (
            5,
            &[
                (LOWER, 5),
                (STRADDLE, 8),
                (TURN, 10),
                (TILT, 8),
                (ROLL, 4),
                (L_SPREAD, 84),
                (L_TWIST, -60),
                (L_ELBOW, 26),
                (R_SWING, 18),
                (R_SPREAD, 30),
                (R_TWIST, 44),
                (R_ELBOW, 50),
                (L_AHEAD, 6),
            ],
        ),
        (
            9,
            &[
                (LOWER, 2),
                (STRADDLE, 4),
                (L_LIFT, 11),
                (L_AHEAD, 8),
                (L_TOES, 12),
                (TURN, -6),
                (TILT, -6),
                (ROLL, -5),
                (L_SPREAD, 108),
                (L_TWIST, -60),
                (L_ELBOW, 12),
                (R_SPREAD, 62),
                (R_TWIST, -40),
                (R_ELBOW, 30),
                (SPIN, 12),
            ],
        ),
    ],
    again: (0, 13),
    sides: true,
};

/// The face like a flower in the cup of both hands.
const POSE: Clip = Clip {
    keys: &[
        (
            4,
            &[
                (BOTH + L_SWING, 27),
                (BOTH + L_SPREAD, -3),
                (BOTH + L_TWIST, 20),
                (BOTH + L_ELBOW, 98),
                (TILT, 8),
                (NOD, 3),
                (ROLL, -3),
                (R_AHEAD, -4),
                (R_TOES, -16),
            ],
        ),
        (
            16,
            &[
                (BOTH + L_SWING, 27),
                (BOTH + L_SPREAD, -3),
                (BOTH + L_TWIST, 20),
                (BOTH + L_ELBOW, 98),
                (TILT, 9),
                (NOD, 3),
                (ROLL, -4),
                (R_AHEAD, -4),
                (R_TOES, -18),
            ],
        ),
    ],
    again: (0, 0),
    sides: false,
};

/// With a flute in one hand and feathers in the other: joined before the chest, opened, raised to one side, and a bow.
const LINE_DANCE: Clip = Clip {
    keys: &[
        (
            10,
            &[
                (NOD, -4),
                (BOTH + L_SWING, 34),
                (BOTH + L_SPREAD, -4),
                (BOTH + L_TWIST, 12),
                (BOTH + L_ELBOW, 46),
            ],
        ),
        (
            22,
            &[
                (BOTH + L_SWING, 14),
                (BOTH + L_SPREAD, 58),
                (BOTH + L_TWIST, -20),
                (BOTH + L_ELBOW, 10),
            ],
        ),
        (
            34,
            &[
                (TURN, -8),
                (NOD, 4),
                (TILT, -4),
                (R_SWING, 10),
                (R_SPREAD, 96),
                (R_TWIST, -50),
                (R_ELBOW, 14),
                (L_SWING, 24),
                (L_SPREAD, 34),
                (L_TWIST, 10),
                (L_ELBOW, 24),
                (ROLL, -3),
            ],
        ),
        (
            44,
            &[
                (LOWER, 2),
                (LEAN, -24),
                (NOD, -8),
                (BOTH + L_SWING, 30),
                (BOTH + L_SPREAD, -6),
                (BOTH + L_TWIST, 8),
                (BOTH + L_ELBOW, 34),
            ],
        ),
    ],
    again: (0, 54),
    sides: true,
};

/// The emotes.
pub const CLIPS: [(Motion, &Clip); 13] = [
    (Motion::Wave, &WAVE),
    (Motion::Bow, &BOW),
    (Motion::Clap, &CLAP),
    (Motion::DeepBow, &DEEP_BOW),
    (Motion::Heart, &HEART),
    (Motion::Cheer, &CHEER),
    (Motion::Nod, &NOD_YES),
    (Motion::Point, &POINT),
    (Motion::Laugh, &LAUGH),
    (Motion::Drum, &DRUM),
    (Motion::MaskDance, &MASK_DANCE),
    (Motion::Pose, &POSE),
    (Motion::LineDance, &LINE_DANCE),
];
