//! What a ticket says, and its signed form.

use ed25519_dalek::Signature;
use serde::{Deserialize, Serialize};
use shared::{
    look::Look,
    protocol::{MAX_TICKET_BYTES, Stance, VisitorId},
};

use super::{Badge, TicketKey};

/// Bytes of the signature at the end of a sealed ticket.
pub(super) const SIGNATURE_BYTES: usize = 64;

/// Tells this signature apart from any other that the same key may one day make.
const CONTEXT: &[u8] = b"metaverse-seoul ticket 1\0";

/// The state of a session, handed to the client for safekeeping.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Who.
    pub visitor: VisitorId,
    /// Grows with each connection: the newest connection of a session is the one that counts.
    pub generation: u64,
    /// [`shared::city::Place::id`].
    pub place: String,
    /// Copy of the place, from 1.
    pub channel: u16,
    /// When the visitor came into this channel, in milliseconds since 1970.
    pub came_ms: u64,
    /// Where the avatar stood.
    pub stance: Stance,
    /// The given name.
    pub name: String,
    /// The look.
    pub look: Look,
    /// The badge that an invitation gave.
    pub badge: Option<Badge>,
    /// When it was written, in milliseconds since 1970.
    pub issued_ms: u64,
}

impl Ticket {
    /// The signed form.
    pub fn seal(&self, key: &TicketKey) -> Vec<u8> {
        // Serialising plain data into a vector cannot fail; an empty ticket would be refused by `open`.
        let mut sealed = postcard::to_allocvec(self).unwrap_or_default();
        let signature = key.sign(&[CONTEXT, &sealed].concat());
        sealed.extend(signature.to_bytes());
        sealed
    }

    /// Reads a signed ticket; none when it was not signed with this key.
    pub fn open(sealed: &[u8], key: &TicketKey) -> Option<Self> {
        if sealed.len() > MAX_TICKET_BYTES {
            return None;
        }
        let (body, signature) = sealed.split_at_checked(sealed.len().checked_sub(SIGNATURE_BYTES)?)?;
        let signature = Signature::from_slice(signature).ok()?;
        key.verifies(&[CONTEXT, body].concat(), &signature)
            .then(|| postcard::from_bytes(body).ok())?
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared::moderation::Role;

    use super::*;

    fn ticket(name: String, visitor: u64) -> Ticket {
        Ticket {
            visitor: VisitorId(visitor),
            generation: 3,
            place: "downtown".to_owned(),
            channel: 1,
            came_ms: 1_800_000_000_000,
            stance: Stance::default(),
            name,
            look: Look::default(),
            badge: Some(Badge {
                role: Role::Official,
                place: "downtown".to_owned(),
                until_ms: u64::MAX,
            }),
            issued_ms: 1_800_000_000_000,
        }
    }

    proptest! {
        #[test]
        fn a_ticket_survives_and_fits(name in "\\PC{0,24}", visitor: u64, seed: [u8; 32]) {
            let key = TicketKey::from_seed(seed);
            let sealed = ticket(name.clone(), visitor).seal(&key);
            prop_assert!(sealed.len() <= MAX_TICKET_BYTES);
            prop_assert_eq!(Ticket::open(&sealed, &key), Some(ticket(name, visitor)));
        }

        #[test]
        fn a_changed_ticket_opens_nothing(visitor: u64, at in 0_usize..10_000, bit in 0..8) {
            let key = TicketKey::from_seed([7; 32]);
            let mut sealed = ticket("지민".to_owned(), visitor).seal(&key);
            let at = at % sealed.len();
            sealed[at] ^= 1_u8 << bit;
            prop_assert_eq!(Ticket::open(&sealed, &key), None);
        }

        #[test]
        fn no_bytes_make_opening_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            prop_assert_eq!(Ticket::open(&bytes, &TicketKey::from_seed([7; 32])), None);
        }
    }

    #[test]
    fn another_key_does_not_open_it() {
        let sealed = ticket("지민".to_owned(), 1).seal(&TicketKey::from_seed([1; 32]));
        assert_eq!(Ticket::open(&sealed, &TicketKey::from_seed([2; 32])), None);
    }
}
