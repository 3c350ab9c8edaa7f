//! What a page fetches as its city.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::city::City;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(city) = City::decode(bytes) {
        let encoded = city.encode();
        let again = City::decode(&encoded).map(|again| again.encode());
        assert_eq!(again, Ok(encoded));
    }
});
