//! Tickets and invitations: without the key, nothing opens.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relay::session::{Badge, Ticket, TicketKey};

fuzz_target!(|bytes: &[u8]| {
    let key = TicketKey::from_seed([7; 32]);
    assert!(Ticket::open(bytes, &key).is_none());
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert!(Badge::redeem(text, "downtown", &key, 1).is_err());
    }
});
