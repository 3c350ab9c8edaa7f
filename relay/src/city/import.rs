//! A town from an extract of OpenStreetMap, as Overpass gives it in GeoJSON.
//!
//! What the extract tells becomes features of a pack, which then is checked like any other: whatever the check refuses is
//! left out, and told. So an extract may be as untidy as the world is.

mod draft;
mod tags;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::{Map, Value};

use self::draft::Draft;
use super::LoadError;

/// Largest extract that is taken, in bytes.
const MAX_EXTRACT_BYTES: u64 = 64 << 20;

/// What a town is called, and where on earth its clock is.
#[derive(Clone, Debug)]
pub struct Town {
    /// Its short name in addresses, also that of its one place.
    pub id: String,
    /// Its name for people, in all languages.
    pub name: String,
    /// Languages of its texts, BCP 47 tags; the first is what others fall back to.
    pub languages: Vec<String>,
    /// The town's clock, in minutes east of UTC; none: as its longitude suggests.
    pub utc_offset_min: Option<i16>,
}

/// What became of an extract.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Features of the pack.
    pub features: usize,
    /// What was left out, and why.
    pub left_out: Vec<String>,
}

/// Why there is no town.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The extract cannot be read.
    #[error("the extract {} cannot be read: {source}", path.display())]
    Unreadable {
        /// The extract.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The extract is too large for one place.
    #[error("the extract {} is larger than {} MiB: ask for a smaller area", .0.display(), MAX_EXTRACT_BYTES >> 20)]
    TooLarge(PathBuf),
    /// The extract is no GeoJSON.
    #[error("the extract {} is not a GeoJSON FeatureCollection: {source} (in Overpass turbo: Export, GeoJSON)", path.display())]
    NoGeoJson {
        /// The extract.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// The extract is too wide for one place.
    #[error("the extract is {0:.0} km from corner to corner, at most 20 are taken: ask for a smaller area")]
    TooWide(f64),
    /// There is nothing to walk on.
    #[error("the extract has no street, path or square on which somebody could arrive")]
    NoStreets,
    /// The pack that was made has faults that no feature is to blame for.
    #[error(transparent)]
    Faulty(#[from] LoadError),
    /// The pack's folder is in the way.
    #[error("{} is there already: name another folder, or remove it", .0.display())]
    InTheWay(PathBuf),
    /// The pack cannot be written.
    #[error("{} cannot be written: {source}", path.display())]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

#[derive(Deserialize)]
struct Extract {
    features: Vec<Source>,
}

/// A feature of an extract.
#[derive(Deserialize)]
struct Source {
    geometry: Option<Value>,
    #[serde(default)]
    properties: Map<String, Value>,
}

impl Source {
    /// Where it is; none for what has no place on the map, and for geometries that are not taken.
    fn shape(&self) -> Option<Geometry> {
        serde_json::from_value(self.geometry.clone()?).ok()
    }
}

type Degrees = Vec<f64>;

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point(Degrees),
    LineString(Vec<Degrees>),
    MultiLineString(Vec<Vec<Degrees>>),
    Polygon(Vec<Vec<Degrees>>),
    MultiPolygon(Vec<Vec<Vec<Degrees>>>),
}

/// Makes a pack in `folder` of an extract.
pub fn import(extract: &Path, folder: &Path, town: &Town) -> Result<Imported, ImportError> {
    if folder.exists() {
        return Err(ImportError::InTheWay(folder.to_owned()));
    }
    let draft = Draft::new(&read(extract)?, town)?;
    let (files, imported) = draft.settle(folder)?;
    for (path, text) in files {
        write(&folder.join(path), &text)?;
    }
    // What was checked is what is there now.
    super::load(folder)?;
    Ok(imported)
}

fn read(path: &Path) -> Result<Extract, ImportError> {
    let unreadable = |source| ImportError::Unreadable {
        path: path.to_owned(),
        source,
    };
    if fs::metadata(path).map_err(unreadable)?.len() > MAX_EXTRACT_BYTES {
        return Err(ImportError::TooLarge(path.to_owned()));
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;
    serde_json::from_str(&text).map_err(|source| ImportError::NoGeoJson {
        path: path.to_owned(),
        source,
    })
}

fn write(path: &Path, text: &str) -> Result<(), ImportError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|source| ImportError::Unwritable {
            path: path.to_owned(),
            source,
        })
}

#[cfg(test)]
mod tests;
