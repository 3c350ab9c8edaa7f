//! Invitations: signed words of the operator that give whoever opens the link a role, for a time. The levers of hosts are
//! theirs in one place; to be asked, they are there in the whole city.
//!
//! In: the text from a link's fragment. Out: a badge, which the session's ticket carries from then on.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::Signature;
use serde::{Deserialize, Serialize};
use shared::{
    moderation::{MAX_INVITATION_CHARS, Role},
    protocol::Notice,
};

use super::{TicketKey, ticket::SIGNATURE_BYTES};

/// Tells this signature apart from any other that the same key makes.
const CONTEXT: &[u8] = b"metaverse-seoul invitation 1\0";

/// A role, for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badge {
    /// The role.
    pub role: Role,
    /// [`shared::city::Place::id`]: elsewhere it makes no more than a helper.
    pub place: String,
    /// When it ends, in milliseconds since 1970.
    pub until_ms: u64,
}

impl Badge {
    /// The signed form, as it stands in links.
    pub fn invitation(&self, key: &TicketKey) -> String {
        // Serialising plain data into a vector cannot fail; an empty invitation would be refused by `redeem`.
        let mut sealed = postcard::to_allocvec(self).unwrap_or_default();
        let signature = key.sign(&[CONTEXT, &sealed].concat());
        sealed.extend(signature.to_bytes());
        BASE64URL_NOPAD.encode(&sealed)
    }

    /// Reads an invitation to a place; else what to tell whoever brought it.
    pub fn redeem(invitation: &str, place: &str, key: &TicketKey, now_ms: u64) -> Result<Self, Notice> {
        let badge = open(invitation, key).ok_or(Notice::InvitationInvalid)?;
        if badge.until_ms <= now_ms {
            return Err(Notice::InvitationOver);
        }
        if badge.place != place {
            return Err(Notice::InvitationElsewhere);
        }
        Ok(badge)
    }

    /// The role that it gives in a place now.
    pub fn role(&self, place: &str, now_ms: u64) -> Role {
        if self.place == place && now_ms < self.until_ms {
            self.role
        } else if now_ms < self.until_ms {
            self.role.min(Role::Helper)
        } else {
            Role::Visitor
        }
    }
}

fn open(invitation: &str, key: &TicketKey) -> Option<Badge> {
    if invitation.len() > MAX_INVITATION_CHARS {
        return None;
    }
    let sealed = BASE64URL_NOPAD.decode(invitation.as_bytes()).ok()?;
    let (body, signature) = sealed.split_at_checked(sealed.len().checked_sub(SIGNATURE_BYTES)?)?;
    let signature = Signature::from_slice(signature).ok()?;
    if !key.verifies(&[CONTEXT, body].concat(), &signature) {
        return None;
    }
    postcard::from_bytes(body).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Ticket;

    const NOW: u64 = 1_800_000_000_000;

    fn badge() -> Badge {
        Badge {
            role: Role::Host,
            place: "downtown".to_owned(),
            until_ms: NOW + 1,
        }
    }

    fn key() -> TicketKey {
        TicketKey::from_seed([7; 32])
    }

    #[test]
    fn an_invitation_gives_its_role_there_and_then() {
        let invitation = badge().invitation(&key());
        assert!(invitation.len() <= MAX_INVITATION_CHARS, "{}", invitation.len());
        let redeem = |place: &str, now_ms| Badge::redeem(&invitation, place, &key(), now_ms);
        assert_eq!(redeem("downtown", NOW), Ok(badge()));
        assert_eq!(redeem("downtown", NOW + 1), Err(Notice::InvitationOver));
        assert_eq!(redeem("harbour", NOW), Err(Notice::InvitationElsewhere));
        assert_eq!(badge().role("downtown", NOW), Role::Host);
        assert_eq!(badge().role("downtown", NOW + 1), Role::Visitor);
        assert_eq!(badge().role("harbour", NOW), Role::Helper);
        assert_eq!(badge().role("harbour", NOW + 1), Role::Visitor);
    }

    #[test]
    fn an_altered_or_foreign_invitation_gives_nothing() {
        let invitation = badge().invitation(&key());
        let refused =
            |text: &str| Badge::redeem(text, "downtown", &key(), NOW) == Err(Notice::InvitationInvalid);
        for at in 0..invitation.len() {
            let mut altered = invitation.clone().into_bytes();
            altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
            assert!(refused(&String::from_utf8(altered).unwrap()), "{at}");
        }
        assert!(refused(&badge().invitation(&TicketKey::from_seed([8; 32]))));
        assert!(refused("") && refused("!") && refused(&"A".repeat(10_000)));
    }

    #[test]
    fn a_ticket_is_no_invitation() {
        let ticket = Ticket::default().seal(&key());
        let text = BASE64URL_NOPAD.encode(&ticket);
        assert_eq!(
            Badge::redeem(&text, "", &key(), NOW),
            Err(Notice::InvitationInvalid)
        );
    }
}
