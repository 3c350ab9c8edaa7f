//! What one relay tells the others, most of it about a place.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use shared::{
    cell::Rate,
    look::Look,
    moderation::Role,
    protocol::{Said, Source, VisitorId, Who},
    space::{Cell, Position},
};

use super::{Moderation, Sheet};

/// Relays of different versions do not understand one another; they stay apart by this number.
const VERSION: u8 = 3;

/// Who someone is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Whom it is about.
    pub visitor: VisitorId,
    /// Of the connection; the newest counts.
    pub generation: u64,
    /// The cleaned name.
    pub name: String,
    /// The look.
    pub look: Look,
    /// The role in the place.
    pub role: Role,
}

/// What a relay tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Parcel {
    /// The frames of one tick, of the sender's own visitors in a group, at one rate.
    Frames {
        /// The group.
        group: Cell,
        /// The rate.
        rate: Rate,
        /// Counts the parcels of this group and rate.
        number: u32,
        /// One after the other.
        frames: Vec<u8>,
    },
    /// The key frames of all streams of the sender in a group at a rate, as of a parcel: there are no others.
    Seed {
        /// The group.
        group: Cell,
        /// The rate.
        rate: Rate,
        /// Number of the last [`Parcel::Frames`] before it.
        number: u32,
        /// One after the other.
        key_frames: Vec<u8>,
    },
    /// Someone came in, or changed the name or the look.
    Entered(Card),
    /// Someone left.
    Left(VisitorId),
    /// Someone said something.
    Said {
        /// What.
        said: Said,
        /// Where the speaker stood.
        at: Position,
    },
    /// The sender lives: twice a second.
    Alive {
        /// Groups in which the sender has streams, with the number of the last [`Parcel::Frames`] at each rate.
        groups: Vec<(Cell, [u32; Rate::ALL.len()])>,
        /// [`Card::digest`] of all of the sender's visitors in the room.
        digest: u64,
    },
    /// Asks for a [`Parcel::Roster`]: of one relay, or of all.
    AskRoster(Option<Source>),
    /// Asks a relay for the [`Parcel::Seed`]s of these groups and rates.
    AskSeeds {
        /// Whom.
        of: Source,
        /// Which.
        which: Vec<(Cell, Rate)>,
    },
    /// Who all of the sender's visitors are.
    Roster(Vec<Card>),
    /// What hosts decided.
    Moderation(Moderation),
    /// What the sender knows about calls for a helper, of all places.
    Help(Sheet),
}

impl Card {
    /// A number that is most likely another one for other visitors, or other connections of theirs.
    pub fn digest<'a>(all: impl Iterator<Item = (&'a VisitorId, u64)>) -> u64 {
        // Whoever is in both lists cancels out; odd factors spread numbers that differ little.
        let one = |(visitor, generation): (&VisitorId, u64)| {
            visitor.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ generation.wrapping_mul(0xD6E8_FEB8_6659_FD93)
        };
        all.map(one).fold(0, u64::wrapping_add)
    }

    /// What clients are told.
    pub fn who(&self) -> Who {
        Who {
            visitor: self.visitor,
            name: self.name.clone(),
            look: self.look,
            role: self.role,
        }
    }
}

/// A parcel and its sender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    version: u8,
    /// Who sends it.
    pub source: Source,
    /// What.
    pub parcel: Parcel,
}

impl Envelope {
    /// A parcel from a relay.
    pub fn new(source: Source, parcel: Parcel) -> Self {
        Self {
            version: VERSION,
            source,
            parcel,
        }
    }

    /// The form in which it travels.
    pub fn encode(&self) -> Bytes {
        // Serialising plain data into a vector cannot fail; an empty parcel would be refused by `decode`.
        postcard::to_allocvec(self).unwrap_or_default().into()
    }

    /// Reads a parcel; none when it is damaged or of another version.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        if bytes.first() != Some(&VERSION) {
            return None;
        }
        postcard::from_bytes(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn frames_survive_the_journey(frames: Vec<u8>, relay: u16, epoch: u16, number: u32) {
            let parcel = Parcel::Frames { group: Cell::default(), rate: Rate::Far, number, frames };
            let envelope = Envelope::new(Source { relay, epoch }, parcel);
            prop_assert_eq!(Envelope::decode(&envelope.encode()), Some(envelope));
        }

        #[test]
        fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Envelope::decode(&bytes);
        }
    }
}
