//! The city pack on disk: checked, compiled, with its texts.

pub mod import;
mod texts;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use shared::city::{
    City,
    source::{PackError, compile},
};

/// A pack ready to be served.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The model.
    pub city: Arc<City>,
    /// The model as browsers load it.
    pub compiled: Vec<u8>,
    /// The pack's Fluent texts by language, all files of a language one after the other.
    pub texts: BTreeMap<String, String>,
    /// Lists of words that nobody may take for a name who has no role: `locales/<language>/reserved.txt`, where there is one.
    pub reserved: Vec<String>,
    /// Pictures of spots for those who show a link, JPEG, by place and spot: `previews/<place>-<spot>.jpg`, where there is one.
    pub previews: BTreeMap<(String, String), Bytes>,
}

/// Why a pack cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no pack.
    #[error("there is no city pack in {}: name its directory with --city (or RELAY_CITY)", .0.display())]
    Missing(PathBuf),
    /// The pack has faults.
    #[error("the city pack in {} has {} fault{}:{}", dir.display(), faults.len(), if faults.len() == 1 { "" } else { "s" }, list(faults))]
    Faulty {
        /// The pack.
        dir: PathBuf,
        /// Each fault.
        faults: Vec<PackError>,
    },
}

fn list(faults: &[PackError]) -> String {
    faults.iter().fold(String::new(), |mut out, fault| {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n  {fault}");
        out
    })
}

/// Reads, checks and compiles the pack in a directory, its texts included.
pub fn load(dir: &Path) -> Result<Pack, LoadError> {
    if !dir.is_dir() {
        return Err(LoadError::Missing(dir.to_owned()));
    }
    let read = |path: &str| fs::read_to_string(dir.join(path)).map_err(|error| error.to_string());
    let faulty = |faults| LoadError::Faulty {
        dir: dir.to_owned(),
        faults,
    };
    let city = compile(&read).map_err(faulty)?;
    let texts = texts::load(dir, &city).map_err(faulty)?;
    Ok(Pack {
        previews: previews(dir, &city),
        reserved: reserved(dir, &city),
        compiled: city.encode(),
        city: Arc::new(city),
        texts,
    })
}

fn reserved(dir: &Path, city: &City) -> Vec<String> {
    let file = |language: &String| dir.join("locales").join(language).join("reserved.txt");
    let lists = city.languages.iter().map(file);
    lists.filter_map(|file| fs::read_to_string(file).ok()).collect()
}

fn previews(dir: &Path, city: &City) -> BTreeMap<(String, String), Bytes> {
    let spots = city.places.iter().flat_map(|place| {
        let spots = place.spots.iter();
        spots.map(|spot| (place.id.clone(), spot.id.clone()))
    });
    let read = |key: (String, String)| {
        let file = dir.join("previews").join(format!("{}-{}.jpg", key.0, key.1));
        Some((key, fs::read(file).ok()?.into()))
    };
    spots.filter_map(read).collect()
}

#[cfg(test)]
mod tests;
