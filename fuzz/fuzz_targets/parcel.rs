//! What another relay tells, and a line as Redis keeps it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relay::{backplane::Envelope, ledger::Line};

fuzz_target!(|bytes: &[u8]| {
    if let Some(envelope) = Envelope::decode(bytes) {
        assert_eq!(Envelope::decode(&envelope.encode()).as_ref(), Some(&envelope));
    }
    if let Some(line) = Line::from_bytes(bytes) {
        let again = Line::from_bytes(&line.to_bytes());
        assert_eq!(again.map(|line| line.to_bytes()), Some(line.to_bytes()));
    }
});
