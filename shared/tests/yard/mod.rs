//! A small pack for tests, and what is told of what is wrong in it.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use jsonschema::Validator;
use serde_json::Value;
use shared::city::{
    City,
    source::{PackError, compile},
};

pub const MANIFEST: &str = r#"{"id": "yard", "attribution": "made up", "utc_offset_min": 540, "languages": ["en"],
    "arrival": {"place": "yard", "spot": "middle"}, "places": ["yard"]}"#;

/// A place of these features and a bounds and a spot, each on a line of its own from line 2.
pub fn place_with(features: &[&str]) -> String {
    let sound = [
        r#"{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[127.0,37.5],[127.001,37.5],[127.001,37.501],[127.0,37.501],[127.0,37.5]]]}, "properties": {"kit": "bounds"}}"#,
        r#"{"type": "Feature", "geometry": {"type": "Point", "coordinates": [127.0002,37.5002]}, "properties": {"kit": "spot", "id": "middle", "facing": 0}}"#,
    ];
    let all: Vec<&str> = sound.iter().chain(features).copied().collect();
    let head = r#"{"type": "FeatureCollection", "place": {"id": "yard", "origin": [127.0, 37.5], "capacity": 5}, "features": ["#;
    format!("{head}\n{}\n]}}", all.join(",\n"))
}

pub fn compile_texts(manifest: &str, place: &str) -> Result<City, Vec<PackError>> {
    let compiled = compile(&|path| match path {
        "manifest.json" => Ok(manifest.to_owned()),
        "places/yard.geojson" => Ok(place.to_owned()),
        _ => Err("no such file".to_owned()),
    });
    if compiled.is_ok() {
        assert_eq!(
            told_by_schema(place),
            [""; 0],
            "what compiles is right in an editor"
        );
    }
    compiled
}

pub static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let text = fs::read_to_string(cities().join("pack.schema.json")).unwrap();
    serde_json::from_str(&text).unwrap()
});

pub static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| jsonschema::validator_for(&SCHEMA).unwrap());

/// The cities that ship.
pub const CITIES: [&str; 3] = ["seoul", "hamlet", "showroom"];

pub fn compiled(city: &str) -> City {
    let pack = cities().join(city);
    compile(&|path| fs::read_to_string(pack.join(path)).map_err(|error| error.to_string()))
        .unwrap_or_else(|errors| panic!("{errors:#?}"))
}

pub fn cities() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/cities")
}

/// What an editor that knows the schema would say of a place's file.
pub fn told_by_schema(place: &str) -> Vec<String> {
    let place = serde_json::from_str(place).unwrap();
    VALIDATOR
        .iter_errors(&place)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

pub fn only_error(manifest: &str, place: &str) -> String {
    let errors = compile_texts(manifest, place).unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.first().unwrap().to_string()
}

pub fn place_of(geometry: &str, properties: &str) -> String {
    let feature = format!(r#"{{"type": "Feature", "geometry": {geometry}, "properties": {properties}}}"#);
    place_with(&[&feature])
}

pub fn error_of(geometry: &str, properties: &str) -> String {
    only_error(MANIFEST, &place_of(geometry, properties))
}

/// The error of what is wrong in shape, which an editor shows as well.
pub fn misshapen(geometry: &str, properties: &str) -> String {
    let told = told_by_schema(&place_of(geometry, properties));
    assert!(
        !told.is_empty(),
        "no editor would notice {properties} of {geometry}"
    );
    error_of(geometry, properties)
}

pub const SQUARE: &str = r#"{"type": "Polygon", "coordinates": [[[127.0003,37.5003],[127.0004,37.5003],[127.0004,37.5004],[127.0003,37.5004],[127.0003,37.5003]]]}"#;
/// Ten metres to the east, then ten to the north.
pub const LINE: &str =
    r#"{"type": "LineString", "coordinates": [[127.0003,37.5003],[127.00041,37.5003],[127.00041,37.50039]]}"#;
pub const POINT: &str = r#"{"type": "Point", "coordinates": [127.0003,37.5003]}"#;
