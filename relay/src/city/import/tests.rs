//! From an extract to a town that can be walked in, whatever the extract is like.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use proptest::prelude::*;
use shared::city::Kit;
use tempfile::TempDir;

use super::*;
use crate::city;

/// Some blocks around a street with a square, as Overpass turbo exports them, and what is untidy about the world.
const EXTRACT: &str = r#"{"type": "FeatureCollection", "generator": "overpass-turbo", "features": [
{"type": "Feature", "id": "way/1", "properties": {"@id": "way/1", "highway": "residential", "lanes": "2", "name": "Long Street"}, "geometry": {"type": "LineString", "coordinates": [[8.0, 50.0], [8.001, 50.0], [8.002, 50.0002]]}},
{"type": "Feature", "id": "way/2", "properties": {"@id": "way/2", "building": "yes", "height": "12.5 m", "name": "Rathaus", "name:en": "Town {Hall}"}, "geometry": {"type": "Polygon", "coordinates": [[[8.0004, 50.0001], [8.0008, 50.0001], [8.0008, 50.0003], [8.0004, 50.0003], [8.0004, 50.0001]], [[8.0005, 50.00015], [8.0006, 50.00015], [8.0006, 50.0002], [8.0005, 50.00015]]]}},
{"type": "Feature", "id": "way/3", "properties": {"@id": "way/3", "building": "house", "building:levels": "about two"}, "geometry": {"type": "Polygon", "coordinates": [[[8.0010, 50.0001], [8.0014, 50.0003], [8.0014, 50.0001], [8.0010, 50.0003], [8.0010, 50.0001]]]}},
{"type": "Feature", "id": "relation/4", "properties": {"@id": "relation/4", "tags": {"building": "yes", "building:levels": "3"}}, "geometry": {"type": "MultiPolygon", "coordinates": [[[[8.0015, 50.0004], [8.0017, 50.0004], [8.0017, 50.0005], [8.0015, 50.0005], [8.0015, 50.0004]]], [[[8.0018, 50.0004], [8.0019, 50.0004], [8.0019, 50.0005], [8.0018, 50.0005], [8.0018, 50.0004]]]]}},
{"type": "Feature", "id": "way/5", "properties": {"@id": "way/5", "place": "square", "name": "Marktplatz", "name:en": "Market Square"}, "geometry": {"type": "Polygon", "coordinates": [[[8.0002, 49.9996], [8.0006, 49.9996], [8.0006, 49.9999], [8.0002, 49.9999], [8.0002, 49.9996]]]}},
{"type": "Feature", "id": "node/6", "properties": {"@id": "node/6", "natural": "tree", "genus": "Ginkgo"}, "geometry": {"type": "Point", "coordinates": [8.0009, 49.9999]}},
{"type": "Feature", "id": "node/7", "properties": {"@id": "node/7", "shop": "bakery"}, "geometry": {"type": "Point", "coordinates": [8.0009, 49.9998]}},
{"type": "Feature", "id": "relation/8", "properties": {"@id": "relation/8"}, "geometry": {"type": "GeometryCollection", "geometries": []}},
{"type": "Feature", "id": "relation/9", "properties": {"@id": "relation/9", "route": "bus"}, "geometry": null}
]}"#;

fn town() -> Town {
    Town {
        id: "smallville".to_owned(),
        name: "Smallville".to_owned(),
        languages: vec!["en".to_owned(), "de".to_owned()],
        utc_offset_min: None,
    }
}

/// A pack of an extract, and what is told of it.
fn imported(extract: &str) -> Result<(TempDir, PathBuf, Imported), ImportError> {
    let dir = TempDir::new().unwrap();
    let source = dir.path().join("extract.geojson");
    fs::write(&source, extract).unwrap();
    let folder = dir.path().join("smallville");
    let imported = import(&source, &folder, &town())?;
    Ok((dir, folder, imported))
}

#[test]
fn an_extract_becomes_a_town_with_its_credit() {
    let (_dir, folder, _) = imported(EXTRACT).unwrap();
    let pack = city::load(&folder).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(pack.city.attribution, "© OpenStreetMap contributors (ODbL)");
    assert_eq!(pack.city.utc_offset_min, 60);
    let place = pack.city.arrival_place().unwrap();
    let buildings: Vec<(u32, u8)> = place
        .parts
        .iter()
        .filter_map(|part| match &part.kit {
            Kit::Building {
                height_cm, storeys, ..
            } => Some((*height_cm, *storeys)),
            _ => None,
        })
        .collect();
    assert_eq!(buildings, [(1_250, 3), (1_050, 3), (1_050, 3)]);
    assert!(place.parts.iter().any(|part| matches!(
        part.kit,
        Kit::Road {
            lanes: 2,
            width_cm: 700,
            ..
        }
    )));
    assert!(
        place
            .parts
            .iter()
            .any(|part| matches!(part.kit, Kit::Tree { .. }))
    );
}

#[test]
fn visitors_arrive_on_the_street_near_the_middle_and_sights_have_spots() {
    let (_dir, folder, _) = imported(EXTRACT).unwrap();
    let pack = city::load(&folder).unwrap();
    let place = pack.city.arrival_place().unwrap();
    let arrival = place.spot(&pack.city.arrival.spot).unwrap();
    let [_, z] = arrival.position.point.to_m().to_array();
    assert!(
        arrival.id.starts_with("arrival-") && z.abs() < 40.0,
        "{arrival:?}"
    );
    assert_eq!(place.spots.len(), 2, "{:?}", place.spots);
    let [english, german] = ["en", "de"].map(|language| &pack.texts[language]);
    assert!(
        english.contains("= Market Square") && german.contains("= Marktplatz"),
        "{english}{german}"
    );
}

#[test]
fn names_are_in_each_language_and_may_hold_anything() {
    let (_dir, folder, _) = imported(EXTRACT).unwrap();
    let pack = city::load(&folder).unwrap();
    let place = pack.city.arrival_place().unwrap();
    let name = place.parts.iter().find_map(|part| part.name.clone()).unwrap();
    let line = |language: &str| {
        let key = format!("part-{name} = ");
        let mut lines = pack.texts[language].lines();
        lines.find_map(|line| line.strip_prefix(&key)).unwrap().to_owned()
    };
    assert_eq!(line("en"), r#"Town {"{"}Hall{"}"}"#);
    assert_eq!(line("de"), "Rathaus");
}

#[test]
fn what_cannot_be_built_is_left_out_and_told() {
    let (_dir, _, imported) = imported(EXTRACT).unwrap();
    assert_eq!(
        imported.left_out,
        [
            "way/2: its courts are closed, as the kit knows none",
            "way/3: geometry: the outline crosses itself (edges 0 and 2)"
        ]
    );
}

#[test]
fn what_is_no_town_is_told() {
    let told = |extract: &str| imported(extract).unwrap_err().to_string();
    assert!(told("<osm/>").contains("is not a GeoJSON FeatureCollection"));
    assert!(told(r#"{"type": "FeatureCollection", "features": []}"#).contains("no street"));
    let wide = EXTRACT.replace("[8.002, 50.0002]", "[9.0, 50.0]");
    assert!(told(&wide).contains("72 km"), "{}", told(&wide));
    let dir = TempDir::new().unwrap();
    let source = dir.path().join("extract.geojson");
    fs::write(&source, EXTRACT).unwrap();
    let error = import(&source, dir.path(), &town()).unwrap_err().to_string();
    assert!(error.contains("is there already"), "{error}");
    let error = import(&dir.path().join("none"), &dir.path().join("new"), &town()).unwrap_err();
    assert!(matches!(error, ImportError::Unreadable { .. }), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Streets, buildings and trees anywhere in a quarter, of any form: a sound pack, or a reason.
    #[test]
    fn whatever_an_extract_holds_a_pack_is_sound_or_refused(
        features in prop::collection::vec(
            (0..4_usize, prop::collection::vec((0.0..0.004_f64, 0.0..0.004_f64), 1..7)),
            1..30,
        ),
    ) {
        let features: Vec<Value> = features
            .into_iter()
            .map(|(kind, mut line)| {
                let first = line[0];
                let (properties, kind) = match kind {
                    0 => (r#"{"highway": "footway"}"#, "LineString"),
                    1 => (r#"{"building": "yes", "name": "House"}"#, "Polygon"),
                    2 => (r#"{"natural": "water"}"#, "Polygon"),
                    _ => (r#"{"natural": "tree"}"#, "Point"),
                };
                if kind == "Polygon" {
                    line.push(first);
                }
                let line: Vec<[f64; 2]> = line.into_iter().map(|(x, y)| [8.0 + x, 50.0 + y]).collect();
                let coordinates = match kind {
                    "Polygon" => serde_json::json!([line]),
                    "Point" => serde_json::json!(line[0]),
                    _ => serde_json::json!(line),
                };
                let properties: Value = serde_json::from_str(properties).unwrap();
                serde_json::json!({"type": "Feature", "properties": properties,
                    "geometry": {"type": kind, "coordinates": coordinates}})
            })
            .collect();
        let extract = serde_json::json!({"type": "FeatureCollection", "features": features}).to_string();
        match imported(&extract) {
            Ok((_dir, folder, _)) => prop_assert!(city::load(&folder).is_ok()),
            Err(error) => prop_assert!(matches!(error, ImportError::NoStreets | ImportError::Faulty(_)), "{error}"),
        }
    }
}
