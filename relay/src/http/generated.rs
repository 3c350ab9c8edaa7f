//! Files that the relay makes at its start: the compiled city and its spots' pictures, the texts of each language, and the
//! script beside the shell. Their addresses carry a hash of their content.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use serde_json::{Value, json};

use super::{
    asset::{Asset, Keep, fingerprint},
    installed,
};
use crate::{
    city::Pack,
    locales::{self, Locales},
    options::ServeOptions,
};

/// What the page does beside the shell.
const BESIDE: &str = include_str!("../../../assets/scripts/beside.js");

/// How it gets lines translated.
const TRANSLATE: &str = include_str!("../../../assets/scripts/translate.js");

/// The generated files.
pub(super) struct Generated {
    files: HashMap<String, Asset>,
    /// Address of the compiled city.
    pub(super) city: String,
    /// Addresses of the pack's texts by language, as JSON.
    pub(super) texts: Value,
    /// Addresses of the interface's texts by language, as JSON.
    pub(super) locales: Value,
    /// Address of the script beside the shell.
    pub(super) beside: String,
    /// Addresses of the spots' pictures, by place and spot.
    previews: HashMap<(String, String), String>,
    /// Addresses of those of the interface's texts that are not needed at once.
    pub(super) later: Value,
}

impl Generated {
    pub(super) fn new(pack: &Pack, texts_of: &Locales, options: &ServeOptions) -> Self {
        let keep = if options.dev { Keep::Not } else { Keep::ForEver };
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
        let words = installed::words(texts_of, &pack.city.languages);
        let translates = options.translate_url.is_some();
        let beside = add(
            "scripts",
            "beside.js",
            format!("const WORDS = {words};\nconst TRANSLATES = {translates};\n{TRANSLATE}\n{BESIDE}").into(),
            "text/javascript; charset=utf-8",
        );
        let previews = pack.previews.iter().map(|((place, spot), jpeg)| {
            let address = format!("/previews/{}/{place}-{spot}.jpg", fingerprint(jpeg));
            let asset = Asset::new(jpeg.clone(), None, None, "image/jpeg", keep);
            files.insert(address.clone(), asset);
            ((place.clone(), spot.clone()), address)
        });
        let previews = previews.collect();
        Self {
            files,
            city,
            texts,
            locales,
            beside,
            previews,
            later,
        }
    }

    /// Address of the picture of a spot.
    pub(super) fn preview(&self, place: &str, spot: &str) -> Option<&str> {
        let key = (place.to_owned(), spot.to_owned());
        self.previews.get(&key).map(String::as_str)
    }

    /// Everything that a page of this start differs by from one of another, the bundle apart.
    pub(super) fn parts(&self) -> String {
        format!(
            "{} {} {} {} {}",
            self.city, self.texts, self.locales, self.later, self.beside
        )
    }

    pub(super) fn file(&self, path: &str) -> Option<&Asset> {
        self.files.get(path)
    }
}
