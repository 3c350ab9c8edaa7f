//! A city pack of whatever text: compiled, or refused with faults that name their file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::city::source::compile;

fuzz_target!(|text: &str| {
    // The manifest first, then what every file that it names holds.
    let (manifest, files) = text.split_once('\0').unwrap_or((text, text));
    let read = |path: &str| Ok(if path == "manifest.json" { manifest } else { files }.to_owned());
    if let Err(faults) = compile(&read) {
        assert!(!faults.is_empty());
    }
});
