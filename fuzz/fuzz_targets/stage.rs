//! What the page and its engine tell one another.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::stage::{Command, Frame, Report, decode, encode};

fuzz_target!(|bytes: &[u8]| {
    if let Some(frame) = Frame::decode(bytes) {
        assert_eq!(frame.encode(), bytes);
    }
    if let Some(command) = decode::<Command>(bytes) {
        let encoded = encode(&command);
        assert_eq!(
            decode::<Command>(&encoded).map(|again| encode(&again)),
            Some(encoded)
        );
    }
    if let Some(report) = decode::<Report>(bytes) {
        let encoded = encode(&report);
        assert_eq!(
            decode::<Report>(&encoded).map(|again| encode(&again)),
            Some(encoded)
        );
    }
});
