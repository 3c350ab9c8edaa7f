//! The words by which a pack says what something is made of, or which of its kind it is. Variants are only appended.

use serde::{Deserialize, Serialize};

/// What a statue shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// A king in his robe, seated on a throne, an open book in his left hand; gilt bronze.
    King,
    /// An admiral standing in armour, his sword in his right hand; dark bronze.
    Admiral,
    /// A haetae: the scaled, round-eyed lion that guards against fire, seated; granite.
    Haetae,
    /// A great bronze bell, hung in a low frame.
    Bell,
}

/// What ground is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Surface {
    /// Cut grass.
    Lawn,
    /// Granite slabs.
    Granite,
    /// Small paving stones.
    Paving,
    /// Asphalt.
    Asphalt,
    /// White bars across a street.
    Crossing,
    /// Sand and trodden earth.
    Earth,
    /// Still or slow water.
    Water,
    /// Wooden boards.
    Planks,
    /// Large white slabs, as on the floor of a hall.
    Marble,
}

/// What the faces of a wall are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Finish {
    /// Courses of stone.
    #[default]
    Stone,
    /// Stone below, plaster above, a tiled cap along its top.
    Tiled,
    /// White plaster.
    Plaster,
    /// Clear panes between slender bars.
    Glass,
    /// Grown over with plants of many kinds.
    Green,
    /// Shelves of books.
    Books,
    /// A board full of notes that people have put up.
    Notes,
    /// A fence full of padlocks that people have left.
    Locks,
}

/// What the face of an ordinary building is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Facade {
    /// Curtain wall of glass.
    Glass,
    /// Rows of windows in stone.
    Stone,
    /// Rows of windows in render or concrete.
    Plaster,
    /// Rows of windows in brick.
    Brick,
}

/// What rises above the cornice of a civic hall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Crown {
    /// A stepped tower with a clock over the entrance.
    Tower,
    /// A wide dome of copper with four turrets over the entrance.
    Dome,
    /// A steep roof, and a round turret under a copper dome at each end of the front.
    Turrets,
}

/// Roofs of Korean timber buildings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Roof {
    /// Gabled (맞배).
    Matbae,
    /// Hipped (우진각): city gates.
    Ujingak,
    /// Hipped and gabled (팔작): throne halls.
    Paljak,
    /// Thatched with rice straw (초가), round at its corners: cottages.
    Choga,
}

/// Kinds of trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Species {
    /// Zelkova: a broad vase.
    Zelkova,
    /// Red pine: flat clouds on a bent trunk.
    Pine,
    /// Ginkgo: a slim cone, yellow in November.
    Ginkgo,
    /// Cherry: a low round crown, blossom in April.
    Cherry,
}
