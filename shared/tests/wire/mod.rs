//! Which variants an enum has on the wire, asked of decoding itself: a new one is noticed without a list kept by hand.

use std::{borrow::Borrow, collections::BTreeSet};

use serde::{Serialize, de::DeserializeOwned};

/// Longer than any variant whose numbers are all zero and whose texts and lists are all empty.
const ROOM: usize = 256;

/// Every variant is among these values.
pub fn assert_every_variant<T: Serialize + DeserializeOwned>(
    values: impl IntoIterator<Item = impl Borrow<T>>,
) {
    let found: BTreeSet<u8> = values
        .into_iter()
        .filter_map(|value| index(value.borrow()))
        .collect();
    let name = std::any::type_name::<T>();
    assert_eq!(
        found,
        indices::<T>(),
        "wire indices of {name}: those found here, and those that there are"
    );
}

/// The indices that decode.
fn indices<T: DeserializeOwned>() -> BTreeSet<u8> {
    // From 128 on an index takes more than a byte.
    (0..128)
        .filter(|index| {
            let mut bytes = [0; ROOM];
            bytes[0] = *index;
            postcard::take_from_bytes::<T>(&bytes).is_ok()
        })
        .collect()
}

fn index<T: Serialize>(value: &T) -> Option<u8> {
    postcard::to_allocvec(value).ok()?.first().copied()
}
