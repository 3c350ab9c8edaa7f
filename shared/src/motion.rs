//! What an avatar does, and how fast it may go.

use serde::{Deserialize, Serialize};

/// A stroll, in metres a second: brisker than life, since screens are small and squares are wide.
pub const WALK_M_S: f32 = 2.0;

/// A run, in metres a second.
pub const RUN_M_S: f32 = 5.0;

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
}

impl Motion {
    /// Every motion, by its wire index.
    pub const ALL: [Self; 7] = [
        Self::Stand,
        Self::Walk,
        Self::Run,
        Self::Sit,
        Self::Wave,
        Self::Bow,
        Self::Clap,
    ];

    /// The motions a visitor can choose, in the order of the number keys.
    pub const EMOTES: [Self; 4] = [Self::Wave, Self::Bow, Self::Clap, Self::Sit];

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
            Self::Stand | Self::Sit | Self::Wave | Self::Bow | Self::Clap => 0.0,
        }
    }

    /// How long an emote lasts before the avatar stands again, in seconds; none for what goes on until changed.
    pub fn duration_s(self) -> Option<f32> {
        match self {
            Self::Wave => Some(2.4),
            Self::Bow => Some(2.2),
            Self::Clap => Some(2.6),
            Self::Stand | Self::Walk | Self::Run | Self::Sit => None,
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
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_and_names_stay() {
        use Motion::{Bow, Clap, Run, Sit, Stand, Walk, Wave};
        let pinned = [
            (0, Stand, "stand"),
            (1, Walk, "walk"),
            (2, Run, "run"),
            (3, Sit, "sit"),
            (4, Wave, "wave"),
            (5, Bow, "bow"),
            (6, Clap, "clap"),
        ];
        for (index, motion, name) in pinned {
            assert_eq!((motion.index(), motion.name()), (index, name));
            assert_eq!(Motion::from_index(index), Some(motion));
        }
        assert_eq!(Motion::from_index(7), None);
    }
}
