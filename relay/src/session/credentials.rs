//! What someone who comes in brings beside name and look: a badge, people blocked, an address.

use std::{collections::BTreeSet, net::IpAddr};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use shared::{
    moderation::MAX_BLOCKED,
    protocol::{Hello, Notice, VisitorId},
};

use super::{Badge, Ticket, TicketKey};

/// Tells these marks apart from anything else that is made with the same key.
const CONTEXT: &[u8] = b"metaverse-seoul address 1\0";

/// Stands for an address where it must be known again but not be read: relays compare marks, and only they can make them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AddressMark([u8; 16]);

impl AddressMark {
    /// The mark of an address, the same on all relays that share the key.
    pub fn new(key: &TicketKey, address: IpAddr) -> Self {
        let mut hash = Sha256::new();
        hash.update(CONTEXT);
        hash.update(key.seed());
        match address {
            IpAddr::V4(v4) => hash.update(v4.octets()),
            IpAddr::V6(v6) => hash.update(v6.octets()),
        }
        let mut mark = [0; 16];
        for (to, from) in mark.iter_mut().zip(hash.finalize()) {
            *to = from;
        }
        Self(mark)
    }
}

/// What someone brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The badge of an invitation, of this connection or an earlier one.
    pub badge: Option<Badge>,
    /// Why the invitation of this connection gave none.
    pub refused: Option<Notice>,
    /// Whom the visitor does not want to hear.
    pub blocked: BTreeSet<VisitorId>,
    /// Where the connection comes from; none where no limit by address holds.
    pub address: Option<AddressMark>,
    /// Whether a ticket was shown: no newcomer.
    pub returns: bool,
}

impl Credentials {
    /// Reads those of a hello to a place.
    pub(super) fn read(
        hello: &Hello,
        ticket: Option<&Ticket>,
        place: &str,
        key: &TicketKey,
        now_ms: u64,
    ) -> Self {
        let brought = ticket.and_then(|ticket| ticket.badge.clone());
        let (badge, refused) = match hello.invitation.as_str() {
            "" => (brought, None),
            invitation => match Badge::redeem(invitation, place, key, now_ms) {
                Ok(badge) => (Some(badge), None),
                Err(refused) => (brought, Some(refused)),
            },
        };
        Self {
            badge,
            refused,
            blocked: hello.blocked.iter().take(MAX_BLOCKED).copied().collect(),
            address: None,
            returns: ticket.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_the_same_on_relays_with_one_key_and_tells_addresses_apart() {
        let key = TicketKey::from_seed([7; 32]);
        let mark = |address: &str| AddressMark::new(&key, address.parse().unwrap());
        assert_eq!(mark("192.0.2.1"), mark("192.0.2.1"));
        assert_ne!(mark("192.0.2.1"), mark("192.0.2.2"));
        let other = AddressMark::new(&TicketKey::from_seed([8; 32]), "192.0.2.1".parse().unwrap());
        assert_ne!(mark("192.0.2.1"), other);
    }
}
