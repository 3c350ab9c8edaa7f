//! What a relay sends: read, or refused; the frames in it, too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{cell::Decoder, protocol::RelayMessage};

fuzz_target!(|bytes: &[u8]| {
    let Ok(message) = RelayMessage::decode(bytes) else {
        return;
    };
    assert_eq!(RelayMessage::decode(&message.encode()).as_ref(), Ok(&message));
    if let RelayMessage::Frames(frames) = message {
        let _ = Decoder::default().read(&frames, &mut Vec::new());
    }
});
