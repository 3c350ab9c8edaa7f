//! Files that the relay makes at its start: the compiled city, and the texts of each language. Their addresses carry a
//! hash of their content.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use serde_json::{Value, json};

use super::asset::{Asset, Keep, fingerprint};
use crate::{city::Pack, locales};

/// The generated files.
pub(super) struct Generated {
    files: HashMap<String, Asset>,
    /// Address of the compiled city.
    pub(super) city: String,
    /// Addresses of the pack's texts by language, as JSON.
    pub(super) texts: Value,
    /// Addresses of the interface's texts by language, as JSON.
    pub(super) locales: Value,
    /// Addresses of those of the interface's texts that are not needed at once.
    pub(super) later: Value,
}

impl Generated {
    pub(super) fn new(pack: &Pack, dev: bool) -> Self {
        let keep = if dev { Keep::Not } else { Keep::ForEver };
        let mut files = HashMap::new();
        let mut add = |folder: &str, name: &str, bytes: Bytes, mime: &'static str| {
            let address = format!("/{folder}/{}/{name}", fingerprint(&bytes));
            files.insert(address.clone(), Asset::compressed(bytes, mime, keep));
            address
        };
        let city = add(
            "city",
            "city.bin",
            pack.compiled.clone().into(),
            "application/octet-stream",
        );
        let mut texts = |folder: &str, texts: &BTreeMap<String, String>| -> Value {
            let addresses = texts.iter().map(|(language, text)| {
                let name = format!("{language}.ftl");
                let address = add(folder, &name, text.clone().into(), "text/plain; charset=utf-8");
                (language.clone(), json!([address]))
            });
            Value::Object(addresses.collect())
        };
        let (texts, locales, later) = (
            texts("city", &pack.texts),
            texts("locales", &locales::interface()),
            texts("locales", &locales::later()),
        );
        Self {
            files,
            city,
            texts,
            locales,
            later,
        }
    }

    pub(super) fn file(&self, path: &str) -> Option<&Asset> {
        self.files.get(path)
    }
}
