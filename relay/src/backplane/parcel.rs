//! What one relay tells the others about a place.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use shared::{
    look::Look,
    moderation::Role,
    protocol::{Said, Source, VisitorId},
    space::{Cell, Position},
};

use super::Moderation;

/// Relays of different versions do not understand one another; they stay apart by this number.
const VERSION: u8 = 1;

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
    /// The frames of one tick, of the sender's own visitors.
    Frames(Vec<u8>),
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
        /// Cells with visitors of the sender in them, after the frames sent before.
        occupied: Vec<Cell>,
        /// How many visitors the sender has in the place.
        people: u32,
    },
    /// Asks for a [`Parcel::Roster`]: of one relay, or of all.
    Ask(Option<Source>),
    /// Everything about the sender's visitors.
    Roster {
        /// Who is there.
        cards: Vec<Card>,
        /// The key frames of all occupied cells.
        key_frames: Vec<u8>,
    },
    /// What hosts decided.
    Moderation(Moderation),
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
        fn frames_survive_the_journey(frames: Vec<u8>, relay: u16, epoch: u16) {
            let envelope = Envelope::new(Source { relay, epoch }, Parcel::Frames(frames));
            prop_assert_eq!(Envelope::decode(&envelope.encode()), Some(envelope));
        }

        #[test]
        fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Envelope::decode(&bytes);
        }
    }
}
