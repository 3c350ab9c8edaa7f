//! What an avatar does, and how fast it may go.

use serde::{Deserialize, Serialize};

/// A stroll, in metres a second: brisker than life, since screens are small and squares are wide.
pub const WALK_M_S: f32 = 2.0;

/// A run, in metres a second.
pub const RUN_M_S: f32 = 5.0;

/// On a bicycle of the city, in metres a second.
pub const CYCLE_M_S: f32 = 7.0;

/// The fastest of all motions, in metres a second.
pub const TOP_M_S: f32 = CYCLE_M_S;

/// What an avatar is doing. Variants are only appended within a protocol version: the index is the wire form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Motion {
    /// Standing, breathing, looking about.
    #[default]
    Stand,
    /// Walking at [`WALK_M_S`].
    Walk,
    /// Running at [`RUN_M_S`].
    Run,
    /// Sitting, on a seat or on the ground.
    Sit,
    /// Waving a hand.
    Wave,
    /// The Korean bow.
    Bow,
    /// Clapping.
    Clap,
    /// The great bow, on the knees.
    DeepBow,
    /// A heart of both arms over the head.
    Heart,
    /// Both arms up, with a hop.
    Cheer,
    /// Nodding: yes.
    Nod,
    /// Pointing the way.
    Point,
    /// Laughing.
    Laugh,
    /// Beating the drum.
    Drum,
    /// The mask dance.
    MaskDance,
    /// Posing for a photo, with the face between both hands.
    Pose,
    /// Sitting in a vehicle, and going wherever it goes.
    Ride,
    /// The slow dance in lines of the royal rites.
    LineDance,
    /// Cycling at [`CYCLE_M_S`].
    Cycle,
    /// Standing astride a bicycle.
    Astride,
}

impl Motion {
    /// Every motion, by its wire index.
    pub const ALL: [Self; 20] = [
        Self::Stand,
        Self::Walk,
        Self::Run,
        Self::Sit,
        Self::Wave,
        Self::Bow,
        Self::Clap,
        Self::DeepBow,
        Self::Heart,
        Self::Cheer,
        Self::Nod,
        Self::Point,
        Self::Laugh,
        Self::Drum,
        Self::MaskDance,
        Self::Pose,
        Self::Ride,
        Self::LineDance,
        Self::Cycle,
        Self::Astride,
    ];

    /// The motions a visitor can choose: thirteen emotes, and sitting down. The first ten are on the number keys.
    pub const EMOTES: [Self; 14] = [
        Self::Wave,
        Self::Bow,
        Self::Clap,
        Self::Sit,
        Self::Heart,
        Self::Cheer,
        Self::Nod,
        Self::Point,
        Self::Laugh,
        Self::Drum,
        Self::MaskDance,
        Self::DeepBow,
        Self::Pose,
        Self::LineDance,
    ];

    /// The wire index.
    pub fn index(self) -> u8 {
        self as u8
    }

    /// The motion of a wire index; none for one that a newer peer may know.
    pub fn from_index(index: u8) -> Option<Self> {
        Self::ALL.get(usize::from(index)).copied()
    }

    /// The fastest that this motion moves an avatar, in metres a second.
    pub fn speed_m_s(self) -> f32 {
        match self {
            Self::Walk => WALK_M_S,
            Self::Run => RUN_M_S,
            Self::Cycle => CYCLE_M_S,
            _ => 0.0,
        }
    }

    /// Whether it is on a bicycle.
    pub fn is_cycling(self) -> bool {
        matches!(self, Self::Cycle | Self::Astride)
    }

    /// What is done on the spot by who stops doing this: standing, on foot or astride a bicycle.
    #[must_use]
    pub fn at_rest(self) -> Self {
        if self.is_cycling() {
            Self::Astride
        } else {
            Self::Stand
        }
    }

    /// How long an emote lasts before the avatar stands again, in seconds; none for what goes on until changed.
    pub fn duration_s(self) -> Option<f32> {
        match self {
            Self::Stand | Self::Walk | Self::Run | Self::Sit | Self::Ride | Self::Cycle | Self::Astride => {
                None
            }
            Self::Nod => Some(1.8),
            Self::Bow => Some(2.2),
            Self::Wave => Some(2.4),
            Self::Clap => Some(2.6),
            Self::Cheer | Self::Laugh => Some(3.0),
            Self::Point => Some(3.2),
            Self::Heart | Self::Pose => Some(4.0),
            Self::DeepBow => Some(4.8),
            Self::Drum | Self::MaskDance => Some(8.0),
            Self::LineDance => Some(9.8),
        }
    }

    /// The name by which interface texts and scripts call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stand => "stand",
            Self::Walk => "walk",
            Self::Run => "run",
            Self::Sit => "sit",
            Self::Wave => "wave",
            Self::Bow => "bow",
            Self::Clap => "clap",
            Self::DeepBow => "deep-bow",
            Self::Heart => "heart",
            Self::Cheer => "cheer",
            Self::Nod => "nod",
            Self::Point => "point",
            Self::Laugh => "laugh",
            Self::Drum => "drum",
            Self::MaskDance => "mask-dance",
            Self::Pose => "pose",
            Self::Ride => "ride",
            Self::LineDance => "line-dance",
            Self::Cycle => "cycle",
            Self::Astride => "astride",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_emotes_end_by_themselves_and_sitting_does_not() {
        let ends = |motion: &&Motion| motion.duration_s().is_some();
        assert_eq!(Motion::EMOTES.iter().filter(ends).count(), 13);
        assert_eq!(Motion::Sit.duration_s(), None);
    }

    #[test]
    fn indices_and_names_stay() {
        use Motion::{
            Astride, Bow, Cheer, Clap, Cycle, DeepBow, Drum, Heart, Laugh, LineDance, MaskDance, Nod, Point,
            Pose, Ride, Run, Sit, Stand, Walk, Wave,
        };
        let pinned = [
            (0, Stand, "stand"),
            (1, Walk, "walk"),
            (2, Run, "run"),
            (3, Sit, "sit"),
            (4, Wave, "wave"),
            (5, Bow, "bow"),
            (6, Clap, "clap"),
            (7, DeepBow, "deep-bow"),
            (8, Heart, "heart"),
            (9, Cheer, "cheer"),
            (10, Nod, "nod"),
            (11, Point, "point"),
            (12, Laugh, "laugh"),
            (13, Drum, "drum"),
            (14, MaskDance, "mask-dance"),
            (15, Pose, "pose"),
            (16, Ride, "ride"),
            (17, LineDance, "line-dance"),
            (18, Cycle, "cycle"),
            (19, Astride, "astride"),
        ];
        for (index, motion, name) in pinned {
            assert_eq!((motion.index(), motion.name()), (index, name));
            assert_eq!(Motion::from_index(index), Some(motion));
        }
        assert_eq!(pinned.len(), Motion::ALL.len());
        assert_eq!(Motion::from_index(20), None);
    }
}
