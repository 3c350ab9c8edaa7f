//! Which copy of a place.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A channel: one of several copies of a place, each with room for as many visitors as the place has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChannelId {
    /// [`shared::city::Place::id`].
    pub place: String,
    /// From 1.
    pub number: u16,
}

impl ChannelId {
    /// A channel of a place.
    pub fn new(place: &str, number: u16) -> Self {
        Self {
            place: place.to_owned(),
            number,
        }
    }
}

impl fmt::Display for ChannelId {
    /// The form in names of keys and of the backplane; places have no colon in theirs.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.place, self.number)
    }
}
