//! What is measured: how many walk, and who sees whom.

use serde::{Deserialize, Serialize};

use crate::contender::Contender;

/// How many see one another when not everyone does.
const VISIBLE: usize = 20;

/// A crowd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scene {
    /// Visitors who see one another; each belongs to one such group.
    pub visible: usize,
    /// Visitors in all.
    pub people: usize,
}

/// Every scene, in the order of the tables.
pub const SCENES: [Scene; 6] = [
    Scene::everyone(50),
    Scene::everyone(100),
    Scene::everyone(200),
    Scene::few(200),
    Scene::few(500),
    Scene::few(1_000),
];

impl Scene {
    /// Everyone sees everyone.
    const fn everyone(people: usize) -> Self {
        Self {
            visible: people,
            people,
        }
    }

    /// Twenty see one another.
    const fn few(people: usize) -> Self {
        Self {
            visible: VISIBLE,
            people,
        }
    }

    /// Whether everyone sees everyone.
    pub fn is_everyone(self) -> bool {
        self.visible == self.people
    }

    /// The side of the square that a group walks in, in centimetres: ten square metres and more for each leave room to walk.
    pub fn side_cm(self) -> u16 {
        if self.is_everyone() { 4_800 } else { 2_400 }
    }

    /// Whether a contender takes part: where everyone sees everyone, a view of one's own shows nothing less.
    pub fn has(self, contender: Contender) -> bool {
        !(self.is_everyone() && contender == Contender::ColyseusView)
    }

    /// The name in tables.
    pub fn title(self) -> String {
        if self.is_everyone() {
            format!("{} who all see one another", self.people)
        } else {
            format!("{} people, {} visible", self.people, self.visible)
        }
    }

    /// The name on the command line and in results.
    pub fn name(self) -> String {
        if self.is_everyone() {
            format!("everyone-{}", self.people)
        } else {
            format!("few-{}", self.people)
        }
    }
}
