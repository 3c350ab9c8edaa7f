//! Frames of cells, message after message into one decoder: what it holds can always be told to a newcomer, who then
//! holds the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::cell::{self, Decoder};

fuzz_target!(|bytes: &[u8]| {
    let mut decoder = Decoder::default();
    let mut rest = bytes;
    // The first byte of each message is its length.
    while let Some((length, after)) = rest.split_first() {
        let (message, after) = after.split_at(usize::from(*length).min(after.len()));
        rest = after;
        let mut events = Vec::new();
        let _ = decoder.read(message, &mut events);
        let Ok((header, _)) = cell::header(message) else {
            continue;
        };
        if let Some(key) = decoder.key_frame(header.stream) {
            let mut newcomer = Decoder::default();
            assert!(newcomer.read(&key, &mut Vec::new()).is_ok());
            assert!(decoder.inside(header.stream).eq(newcomer.inside(header.stream)));
        }
    }
});
