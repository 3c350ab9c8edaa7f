//! What a client sends: read, or refused; what was read is written as it came.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::protocol::ClientMessage;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(message) = ClientMessage::decode(bytes) {
        let again = ClientMessage::decode(&message.encode());
        assert_eq!(again.as_ref(), Ok(&message));
    }
});
