//! Reads a city pack from its GeoJSON source, with errors that name file, line, feature and property.
//!
//! Reading files is the caller's: this takes their texts. The form of a pack is told in `docs/city-pack.md`.

mod doors;
mod feature;
mod geometry;
mod picture;
mod properties;
mod rites;
mod stops;
mod timber;

use serde::Deserialize;
use serde_json::value::RawValue;
use unic_langid::LanguageIdentifier;

use crate::walk::Ground;

use super::{City, Kit, MAX_COMPILED_BYTES, Place, SpotName};
use doors::Door;
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
    /// In the place's first file only.
    place: Option<PlaceHead>,
    #[serde(borrow)]
    features: Vec<&'a RawValue>,
}

/// One file of a place.
struct Sheet<'a> {
    log: Log<'a>,
    features: Vec<&'a RawValue>,
}

/// Gathers errors of one file, with the line an excerpt of its text stands on.
struct Log<'a> {
    file: &'a str,
    text: &'a str,
    errors: Vec<PackError>,
}

impl<'a> Log<'a> {
    fn new(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            errors: Vec::new(),
        }
    }

    /// Reads the file as a FeatureCollection.
    fn collection(&mut self) -> Option<Collection<'a>> {
        if self.text.len() > MAX_FILE_BYTES {
            let bytes = self.text.len();
            self.add(0, format!("{bytes} bytes, at most {MAX_FILE_BYTES} are taken"));
            return None;
        }
        let text: &'a str = self.text;
        let collection: Collection<'a> = match serde_json::from_str(text) {
            Ok(collection) => collection,
            Err(error) => {
                self.add(error.line(), error.to_string());
                return None;
            }
        };
        if collection.kind != "FeatureCollection" {
            let kind = &collection.kind;
            self.add_member("type", format!("{kind:?}, expected \"FeatureCollection\""));
        }
        Some(collection)
    }

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
    let text = text_of(file, read)?;
    let mut log = Log::new(file, &text);
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
    for (index, tag) in manifest.languages.iter().enumerate() {
        if !is_tag(tag) {
            log.add_member(
                "languages",
                format!("{tag:?} is no language tag, such as \"ko\" or \"zh-Hans\""),
            );
        } else if manifest.languages.iter().take(index).any(|before| before == tag) {
            log.add_member("languages", format!("{tag:?} is there twice"));
        }
    }
    if manifest.places.is_empty() {
        log.add_member("places", "needs at least one place");
    }
    let (mut places, mut doors) = (Vec::new(), Vec::new());
    for id in &manifest.places {
        if is_name(id) {
            match compile_place(id, read) {
                Ok((place, its)) => {
                    places.push(place);
                    doors.extend(its);
                }
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
    if log.errors.is_empty() {
        doors::check(&places, &arrival.place, &doors, &mut log);
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

/// The text of a file, or the error that there is none.
fn text_of(file: &str, read: &dyn Fn(&str) -> Result<String, String>) -> Result<String, Vec<PackError>> {
    read(file).map_err(|what| {
        vec![PackError {
            file: file.to_owned(),
            line: 0,
            what,
        }]
    })
}

fn compile_place(
    id: &str,
    read: &dyn Fn(&str) -> Result<String, String>,
) -> Result<(Place, Vec<Door>), Vec<PackError>> {
    let file = format!("places/{id}.geojson");
    let text = text_of(&file, read)?;
    let mut log = Log::new(&file, &text);
    let Some(collection) = log.collection() else {
        return Err(log.errors);
    };
    let Some(head) = collection.place else {
        log.add(0, "the member place is missing: id, origin and capacity");
        return Err(log.errors);
    };
    if head.id != id {
        let what = format!("id {:?}, expected {id:?} as the file is named", head.id);
        log.add_member("place", what);
    }
    if let Err(what) = head.check() {
        log.add_member("place", what);
        return Err(log.errors);
    }
    let mut texts = Vec::new();
    for name in &head.files {
        if !is_name(name) {
            log.add_member("files", format!("{name:?} {SHORT_NAME}"));
            continue;
        }
        let file = format!("places/{id}/{name}.geojson");
        match text_of(&file, read) {
            Ok(text) => texts.push((file, text)),
            Err(errors) => log.errors.extend(errors),
        }
    }
    let mut sheets = vec![Sheet {
        log,
        features: collection.features,
    }];
    for (file, text) in &texts {
        let mut log = Log::new(file, text);
        let collection = log.collection();
        if collection.as_ref().is_some_and(|sheet| sheet.place.is_some()) {
            log.add_member("place", format!("stands in places/{id}.geojson alone"));
        }
        let features = collection.map(|sheet| sheet.features).unwrap_or_default();
        sheets.push(Sheet { log, features });
    }
    let found: usize = sheets.iter().map(|sheet| sheet.features.len()).sum();
    if found > MAX_FEATURES {
        let what = format!("{found} in this place, at most {MAX_FEATURES} are taken");
        return Err(faults(sheets, Some(&what)));
    }
    compile_sheets(id, &head, sheets)
}

/// Makes a place of all its features; also the doors that lead out of it.
fn compile_sheets(
    id: &str,
    head: &PlaceHead,
    mut sheets: Vec<Sheet<'_>>,
) -> Result<(Place, Vec<Door>), Vec<PackError>> {
    let mut collected = Collected::default();
    // Which feature of which file each spot is, and each part.
    let (mut spot_features, mut part_features) = (Vec::new(), Vec::new());
    let (mut line_features, mut group_features) = (Vec::new(), Vec::new());
    for (number, sheet) in sheets.iter_mut().enumerate() {
        for (index, raw) in sheet.features.iter().enumerate() {
            if let Err(what) = feature::read(raw.get(), head, &mut collected) {
                let line = sheet.log.line_of(raw.get());
                sheet.log.add(line, format!("feature {index}: {what}"));
            }
            spot_features.resize(collected.spots.len(), (number, index));
            part_features.resize(collected.parts.len(), (number, index));
            line_features.resize(collected.transit.len(), (number, index));
            group_features.resize(collected.performers.len(), (number, index));
        }
    }
    let Some(bounds) = collected.bounds.take() else {
        let what = "no usable feature of kit \"bounds\": the outline that nobody can leave";
        return Err(faults(sheets, Some(what)));
    };
    if collected.spots.is_empty() {
        let what = "no usable feature of kit \"spot\": visitors need somewhere to arrive";
        return Err(faults(sheets, Some(what)));
    }
    let (transit, signs) = stops::all(collected.transit, &collected.spots, &line_features, &mut sheets);
    let rites = rites::all(
        collected.rites,
        collected.performers,
        &group_features,
        &mut sheets,
    );
    let place = Place {
        id: id.to_owned(),
        origin_lat_lon: [head.origin[1], head.origin[0]],
        capacity: head.capacity,
        bounds,
        spots: collected.spots,
        parts: collected.parts.into_iter().chain(signs).collect(),
        strolls: collected.strolls,
        ceiling_cm: head.ceiling.map_or(0, |ceiling| (ceiling * 100.0).round() as u32),
        transit,
        past: head.past.clone(),
        rites,
        above_cm: head.above.map_or(0, |above| (above * 100.0).round() as u32),
    };
    let mut doors = Vec::new();
    if sheets.iter().all(|sheet| sheet.log.errors.is_empty()) {
        let ground = Ground::new(&place);
        check_spots(&place, &ground, &spot_features, &mut sheets);
        stops::check(&place, &ground, &line_features, &mut sheets);
        for (part, feature) in place.parts.iter().zip(&part_features) {
            if let Kit::Portal { at, facing, to, .. } = &part.kit {
                let (file, line) = told_at(&sheets, *feature);
                doors.push(Door {
                    from: id.to_owned(),
                    to: to.clone(),
                    told: PackError {
                        file,
                        line,
                        what: format!("feature {}", feature.1),
                    },
                    is_free: doors::is_free(&ground, *at, *facing, part.level),
                });
            }
        }
    }
    let errors = faults(sheets, None);
    if errors.is_empty() {
        Ok((place, doors))
    } else {
        Err(errors)
    }
}

/// File and line of a feature.
fn told_at(sheets: &[Sheet<'_>], (number, index): (usize, usize)) -> (String, usize) {
    sheets.get(number).map_or_else(Default::default, |sheet| {
        let raw = sheet.features.get(index).map_or("", |raw| raw.get());
        (sheet.log.file.to_owned(), sheet.log.line_of(raw))
    })
}

/// All errors of a place's files, and what is wrong with its features as a whole.
fn faults(mut sheets: Vec<Sheet<'_>>, whole: Option<&str>) -> Vec<PackError> {
    if let (Some(what), Some(first)) = (whole, sheets.first_mut()) {
        first.log.add_member("features", what);
    }
    sheets.into_iter().flat_map(|sheet| sheet.log.errors).collect()
}

/// Adds what is wrong about a feature.
fn add_to(sheets: &mut [Sheet<'_>], (number, index): (usize, usize), what: &str) {
    if let Some(sheet) = sheets.get_mut(number) {
        let raw = sheet.features.get(index).map_or("", |raw| raw.get());
        let line = sheet.log.line_of(raw);
        sheet.log.add(line, format!("feature {index}: {what}"));
    }
}

/// Whether one can stand at every spot; `features` tells the file and the feature of each.
fn check_spots(place: &Place, ground: &Ground, features: &[(usize, usize)], sheets: &mut [Sheet<'_>]) {
    for (spot, feature) in place.spots.iter().zip(features) {
        if !ground.is_free(spot.position) {
            let what = format!(
                "spot {:?} is inside something solid or outside the bounds",
                spot.id
            );
            add_to(sheets, *feature, &what);
        }
    }
}

/// Tags that stand in addresses and file names: each language in the one way to write it.
fn is_tag(tag: &str) -> bool {
    tag.parse::<LanguageIdentifier>()
        .is_ok_and(|language| language == tag)
}

/// Names that stand in addresses and file names.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 40
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
