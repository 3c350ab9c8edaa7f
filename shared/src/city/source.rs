//! Reads a city pack from its GeoJSON source, with errors that name file, line, feature and property.
//!
//! Reading files is the caller's: this takes their texts. The form of a pack is told in `docs/city-pack.md`.

mod feature;
mod geometry;
mod properties;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{City, MAX_COMPILED_BYTES, Place, SpotName};
pub use feature::KITS;
use feature::{Collected, PlaceHead};

/// Most features in one place.
const MAX_FEATURES: usize = 200_000;

/// What is wrong with a name that cannot stand in addresses.
const SHORT_NAME: &str = "is not a short name of a–z, 0–9 and hyphens";

/// Largest file of a pack, in bytes.
const MAX_FILE_BYTES: usize = 32 << 20;

/// Most errors told at once: the first ones matter.
const MAX_ERRORS: usize = 50;

/// What is wrong with a pack, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct PackError {
    /// Path inside the pack.
    pub file: String,
    /// Line, from 1; 0 when it is about the file as a whole.
    pub line: usize,
    /// Feature, property and what was expected, in one sentence.
    pub what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    id: String,
    attribution: String,
    utc_offset_min: i16,
    languages: Vec<String>,
    arrival: SpotName,
    places: Vec<String>,
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(rename = "type")]
    kind: String,
    place: PlaceHead,
    #[serde(borrow)]
    features: Vec<&'a RawValue>,
}

/// Gathers errors of one file, with the line an excerpt of its text stands on.
struct Log<'a> {
    file: &'a str,
    text: &'a str,
    errors: Vec<PackError>,
}

impl Log<'_> {
    fn add(&mut self, line: usize, what: impl Into<String>) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(PackError {
                file: self.file.to_owned(),
                line,
                what: what.into(),
            });
        }
    }

    /// Line on which a member of the file's outermost objects is named.
    fn line_of_member(&self, name: &str) -> usize {
        let at = self.text.find(&format!("\"{name}\"")).unwrap_or_default();
        self.line_of(self.text.get(at..).unwrap_or_default())
    }

    /// Adds what is wrong about a member.
    fn add_member(&mut self, name: &str, what: impl std::fmt::Display) {
        self.add(self.line_of_member(name), format!("{name}: {what}"));
    }

    /// Line of an excerpt that lies inside the text.
    fn line_of(&self, excerpt: &str) -> usize {
        let offset = (excerpt.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        1 + self
            .text
            .bytes()
            .take(offset)
            .filter(|byte| *byte == b'\n')
            .count()
    }
}

/// Compiles a pack. `read` gives the text of a file by its path inside the pack, or why it cannot.
pub fn compile(read: &dyn Fn(&str) -> Result<String, String>) -> Result<City, Vec<PackError>> {
    let file = "manifest.json";
    let whole = |what: String| {
        vec![PackError {
            file: file.to_owned(),
            line: 0,
            what,
        }]
    };
    let text = read(file).map_err(whole)?;
    let mut log = Log {
        file,
        text: &text,
        errors: Vec::new(),
    };
    let manifest: Manifest = match serde_json::from_str(&text) {
        Ok(manifest) => manifest,
        Err(error) => {
            log.add(error.line(), error.to_string());
            return Err(log.errors);
        }
    };
    if !is_name(&manifest.id) {
        log.add_member("id", format!("{:?} {SHORT_NAME}", manifest.id));
    }
    if manifest.attribution.trim().is_empty() {
        log.add_member(
            "attribution",
            "must credit the sources of the data; visitors are shown it",
        );
    }
    if manifest.languages.is_empty() {
        log.add_member("languages", "needs at least one language tag, such as \"ko\"");
    }
    if manifest.places.is_empty() {
        log.add_member("places", "needs at least one place");
    }
    let mut places = Vec::new();
    for id in &manifest.places {
        if is_name(id) {
            match compile_place(id, read) {
                Ok(place) => places.push(place),
                Err(errors) => log.errors.extend(errors),
            }
        } else {
            log.add_member("places", format!("{id:?} {SHORT_NAME}"));
        }
    }
    let arrival = &manifest.arrival;
    if log.errors.is_empty()
        && !places
            .iter()
            .any(|p| p.id == arrival.place && p.spot(&arrival.spot).is_some())
    {
        let SpotName { place, spot } = arrival;
        log.add_member(
            "arrival",
            format!("there is no spot {spot:?} in a place {place:?}"),
        );
    }
    let city = City {
        id: manifest.id,
        attribution: manifest.attribution,
        utc_offset_min: manifest.utc_offset_min,
        languages: manifest.languages,
        arrival: manifest.arrival,
        places,
    };
    if log.errors.is_empty() && city.encode().len() > MAX_COMPILED_BYTES {
        log.add(
            0,
            format!("the compiled city is larger than the limit of {MAX_COMPILED_BYTES} bytes"),
        );
    }
    if log.errors.is_empty() {
        Ok(city)
    } else {
        Err(log.errors)
    }
}

fn compile_place(id: &str, read: &dyn Fn(&str) -> Result<String, String>) -> Result<Place, Vec<PackError>> {
    let file = format!("places/{id}.geojson");
    let text = read(&file).map_err(|what| {
        vec![PackError {
            file: file.clone(),
            line: 0,
            what,
        }]
    })?;
    let mut log = Log {
        file: &file,
        text: &text,
        errors: Vec::new(),
    };
    if text.len() > MAX_FILE_BYTES {
        log.add(
            0,
            format!("{} bytes, at most {MAX_FILE_BYTES} are taken", text.len()),
        );
        return Err(log.errors);
    }
    let collection: Collection<'_> = match serde_json::from_str(&text) {
        Ok(collection) => collection,
        Err(error) => {
            log.add(error.line(), error.to_string());
            return Err(log.errors);
        }
    };
    if collection.kind != "FeatureCollection" {
        log.add_member(
            "type",
            format!("{:?}, expected \"FeatureCollection\"", collection.kind),
        );
    }
    if collection.place.id != id {
        let what = format!(
            "id {:?}, expected {id:?} as the file is named",
            collection.place.id
        );
        log.add_member("place", what);
    }
    if collection.features.len() > MAX_FEATURES {
        let found = collection.features.len();
        log.add_member(
            "features",
            format!("{found} of them, at most {MAX_FEATURES} are taken"),
        );
        return Err(log.errors);
    }
    if let Err(what) = collection.place.check() {
        log.add_member("place", what);
        return Err(log.errors);
    }
    let mut collected = Collected::default();
    // Which feature each spot is.
    let mut spot_features = Vec::new();
    for (index, raw) in collection.features.iter().enumerate() {
        if let Err(what) = feature::read(raw.get(), &collection.place, &mut collected) {
            let line = log.line_of(raw.get());
            log.add(line, format!("feature {index}: {what}"));
        }
        spot_features.resize(collected.spots.len(), index);
    }
    let Some(bounds) = collected.bounds.take() else {
        log.add_member(
            "features",
            "no usable feature of kit \"bounds\": the outline that nobody can leave",
        );
        return Err(log.errors);
    };
    if collected.spots.is_empty() {
        log.add_member(
            "features",
            "no usable feature of kit \"spot\": visitors need somewhere to arrive",
        );
    }
    let place = Place {
        id: id.to_owned(),
        origin_lat_lon: [collection.place.origin[1], collection.place.origin[0]],
        capacity: collection.place.capacity,
        bounds,
        spots: collected.spots,
        parts: collected.parts,
        strolls: collected.strolls,
    };
    if log.errors.is_empty() {
        let texts: Vec<&str> = collection.features.iter().map(|raw| raw.get()).collect();
        check_spots(&place, &spot_features, &texts, &mut log);
    }
    if log.errors.is_empty() {
        Ok(place)
    } else {
        Err(log.errors)
    }
}

/// Whether one can stand at every spot; `features` are the spots' indices into `texts`.
fn check_spots(place: &Place, features: &[usize], texts: &[&str], log: &mut Log<'_>) {
    let ground = crate::walk::Ground::new(place);
    for (spot, index) in place.spots.iter().zip(features) {
        if !ground.is_free(spot.position) {
            let line = log.line_of(texts.get(*index).unwrap_or(&""));
            let what = format!(
                "spot {:?} is inside something solid or outside the bounds",
                spot.id
            );
            log.add(line, format!("feature {index}: {what}"));
        }
    }
}

/// Names that stand in addresses and file names.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 40
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
