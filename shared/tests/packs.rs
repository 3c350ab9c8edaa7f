//! City packs: the one that ships is sound, and a broken one is told exactly where it is broken. What an editor is told by
//! the JSON Schema agrees, as far as a schema can know.

#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod walkers;
mod yard;

use std::{fs, path::PathBuf};

use shared::{
    city::{
        City, DecodeError, Kit, Subject,
        source::{KITS, compile},
    },
    space::Position,
    walk::Ground,
};
use walkers::{follow, wander};
use yard::{
    CITIES, LINE, MANIFEST, POINT, SCHEMA, SQUARE, cities, compile_texts, compiled, error_of, misshapen,
    only_error, place_of, place_with, told_by_schema,
};

#[test]
fn errors_name_file_line_feature_and_property() {
    let told = misshapen(SQUARE, r#"{"kit": "building", "height": "tall"}"#);
    assert_eq!(
        told,
        r#"places/yard.geojson:4: feature 2: property height: "tall" is not a length from 2 to 1000 metres"#
    );
}

#[test]
fn each_fault_is_told_in_a_sentence() {
    let crossed = r#"{"type": "Polygon", "coordinates": [[[127.0003,37.5003],[127.0004,37.5004],[127.0004,37.5003],[127.0003,37.5004],[127.0003,37.5003]]]}"#;
    let open = r#"{"type": "Polygon", "coordinates": [[[127.0003,37.5003],[127.0004,37.5004],[127.0004,37.5003],[127.0003,37.5004]]]}"#;
    let cases = [
        (crossed, r#"{"kit": "building", "height": 9}"#, "crosses itself"),
        (
            open,
            r#"{"kit": "building", "height": 9}"#,
            "the last equal to the first",
        ),
        (
            POINT,
            r#"{"kit": "tree", "height": 1e400, "species": "pine"}"#,
            "number out of range",
        ),
        (
            POINT,
            r#"{"kit": "spot", "id": "middle", "facing": 0}"#,
            "there is a spot \"middle\" already",
        ),
        (
            LINE,
            r#"{"kit": "hull", "widths": [9, 9], "heights": [9, 9, 9]}"#,
            "widths: 2 numbers, but the line has 3 different points",
        ),
        (
            LINE,
            r#"{"kit": "hull", "widths": [9, 200, 9], "heights": [9, 9, 9]}"#,
            "too wide for a bend",
        ),
    ];
    for (geometry, properties, expected) in cases {
        let told = error_of(geometry, properties);
        assert!(told.contains(expected), "{properties}: {told}");
    }
}

#[test]
fn what_is_wrong_in_shape_is_told_in_an_editor_too() {
    let swapped = r#"{"type": "Point", "coordinates": [37.5003,127.0003]}"#;
    let short = r#"{"type": "Point", "coordinates": [127.0003]}"#;
    let holed = SQUARE.replace("]]}", "],[[127.0,37.5],[127.1,37.5],[127.1,37.6],[127.0,37.5]]]}");
    let tree = r#"{"kit": "tree", "height": 5, "species": "ginkgo"}"#;
    let house = r#"{"kit": "building", "height": 9}"#;
    let cases = [
        (swapped, tree, "the order is [longitude, latitude]"),
        (short, tree, "needs longitude and latitude"),
        (&holed, house, "holes are not understood"),
        (SQUARE, tree, "expected a Point or MultiPoint"),
        (POINT, house, "expected a Polygon"),
        (POINT, r#"{"kit": "castle"}"#, "unknown kit \"castle\""),
        (POINT, r#"{"kit": 5}"#, "5 is not a text"),
        (POINT, r#"{"height": 5}"#, "property kit is missing"),
        (
            POINT,
            r#"{"kit": "tree", "height": 5, "species": "oak"}"#,
            "\"oak\" is none of zelkova | pine",
        ),
        (
            POINT,
            r#"{"kit": "tree", "height": 5, "species": "pine", "colour": 1}"#,
            "property \"colour\" is unknown",
        ),
        (
            POINT,
            r#"{"kit": "tree", "species": "pine"}"#,
            "property height is missing",
        ),
        (
            POINT,
            r#"{"kit": "tree", "height": -5, "species": "pine"}"#,
            "from 1 to 60 metres",
        ),
        (
            POINT,
            r#"{"kit": "spot", "id": "Ümläut", "facing": 0}"#,
            "expected a short name",
        ),
        (
            POINT,
            r#"{"kit": "spot", "id": "end", "facing": "north"}"#,
            "expected degrees clockwise",
        ),
        (
            POINT,
            r#"{"kit": "lamp", "level": 200}"#,
            "whole number from -128 to 127",
        ),
        (
            POINT,
            r#"{"kit": "lamp", "name": "The lamp"}"#,
            "expected a key of a–z",
        ),
        (
            POINT,
            r#"{"kit": "hill", "height": 5, "radius": 50, "granite": "yes"}"#,
            "neither true nor false",
        ),
        (
            POINT,
            r#"{"kit": "statue", "facing": 0, "figure": "queen", "height": 2}"#,
            r#"figure: "queen" is none of king | admiral | haetae | bell"#,
        ),
        (
            LINE,
            r#"{"kit": "hull", "widths": [9, 9, 9], "heights": [9, 9, 9], "clear": [0, 21, 0]}"#,
            "clear: 21 is not from 0 to 20 metres",
        ),
        (
            SQUARE,
            r#"{"building": "yes", "building:levels": "many"}"#,
            "whole number from 1 to 200",
        ),
    ];
    for (geometry, properties, expected) in cases {
        let told = misshapen(geometry, properties);
        assert!(told.contains(expected), "{properties}: {told}");
    }
    let heads = [
        (r#""capacity": 5"#, r#""capacity": 0"#, "from 1 to 1000000"),
        (r#""capacity": 5"#, r#""capacity": "5""#, "invalid type"),
        (
            r#""capacity": 5"#,
            r#""capacity": 5, "owner": "city""#,
            "unknown field",
        ),
        (r#""origin": [127.0, 37.5], "#, "", "missing field `origin`"),
        (
            "FeatureCollection",
            "Collection",
            "expected \"FeatureCollection\"",
        ),
    ];
    for (sound, broken, expected) in heads {
        let place = place_with(&[]).replace(sound, broken);
        let told = only_error(MANIFEST, &place);
        assert!(told.contains(expected), "{broken}: {told}");
        assert_ne!(told_by_schema(&place), [""; 0], "{broken}");
    }
}

#[test]
fn a_line_has_as_many_points_as_an_editor_allows_and_no_more() {
    let stroll = |points: usize| {
        let along: Vec<String> = (0..points)
            .map(|step| format!("[127.000{:04},37.5003]", 1_000 + step))
            .collect();
        let line = format!(
            r#"{{"type": "LineString", "coordinates": [{}]}}"#,
            along.join(",")
        );
        (line, r#"{"kit": "stroll"}"#)
    };
    let (line, kit) = stroll(1_000);
    assert!(compile_texts(MANIFEST, &place_of(&line, kit)).is_ok());
    let (line, kit) = stroll(1_001);
    assert!(misshapen(&line, kit).contains("at most 1000"));
}

#[test]
fn a_place_without_what_it_needs_is_refused() {
    let bare = r#"{"type": "FeatureCollection", "place": {"id": "yard", "origin": [127.0, 37.5], "capacity": 5}, "features": []}"#;
    assert!(only_error(MANIFEST, bare).contains("bounds"));
    assert!(only_error(&MANIFEST.replace("made up", " "), &place_with(&[])).contains("attribution"));
    // A tag is a part of a path.
    for tag in ["../../x", "Korean", "KO", "k", "zh_Hans"] {
        let told = only_error(&MANIFEST.replace("en", tag), &place_with(&[]));
        assert!(told.contains(&format!("{tag:?} is no language tag")), "{told}");
    }
    let twice = MANIFEST.replace(r#"["en"]"#, r#"["zh-Hans", "zh-Hans"]"#);
    assert!(only_error(&twice, &place_with(&[])).contains("twice"));
    assert!(only_error(&MANIFEST.replace("middle", "moon"), &place_with(&[])).contains("no spot \"moon\""));
    assert!(only_error(MANIFEST, "{").contains("places/yard.geojson:1"));
    let inside = r#"{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[127.0001,37.5001],[127.0003,37.5001],[127.0003,37.5003],[127.0001,37.5003],[127.0001,37.5001]]]}, "properties": {"kit": "building", "height": 9}}"#;
    assert_eq!(
        only_error(MANIFEST, &place_with(&[inside])),
        r#"places/yard.geojson:3: feature 1: spot "middle" is inside something solid or outside the bounds"#
    );
    assert!(
        only_error(&MANIFEST.replace("middle", "moon"), &place_with(&[]))
            .starts_with("manifest.json:2: arrival")
    );
}

#[test]
fn a_place_in_several_files_is_one_place_and_each_fault_names_its_own_file() {
    let head = place_with(&[]).replace(r#""capacity": 5"#, r#""capacity": 5, "files": ["market"]"#);
    let compiled = |market: &str| {
        compile(&|path| match path {
            "manifest.json" => Ok(MANIFEST.to_owned()),
            "places/yard.geojson" => Ok(head.clone()),
            "places/yard/market.geojson" => Ok(market.to_owned()),
            _ => Err("no such file".to_owned()),
        })
    };
    let sheet = |feature: &str| format!("{{\"type\": \"FeatureCollection\", \"features\": [\n{feature}\n]}}");
    let told = |market: &str| compiled(market).unwrap_err().first().unwrap().to_string();
    let spot = r#"{"type": "Feature", "geometry": {"type": "Point", "coordinates": [127.0003,37.5003]}, "properties": {"kit": "spot", "id": "stalls", "facing": 0}}"#;
    let place = compiled(&sheet(spot)).unwrap().places.remove(0);
    assert!(place.spot("middle").is_some() && place.spot("stalls").is_some());
    let outside = spot.replace("127.0003", "127.0103");
    let expected = r#"places/yard/market.geojson:2: feature 0: spot "stalls" is inside something solid"#;
    assert!(told(&sheet(&outside)).starts_with(expected));
    let twice = sheet(&spot.replace("stalls", "middle"));
    assert!(told(&twice).starts_with("places/yard/market.geojson:2: feature 0: property id"));
    assert!(told(&head).contains("stands in places/yard.geojson alone"));
    assert!(
        only_error(MANIFEST, &head).starts_with("places/yard/market.geojson:0: no such file"),
        "the file is missing"
    );
}

#[test]
fn statues_and_terraces_are_read_with_their_measures() {
    let part = |properties: &str| {
        let feature = format!(r#"{{"type": "Feature", "geometry": {POINT}, "properties": {properties}}}"#);
        let city = compile_texts(MANIFEST, &place_with(&[&feature])).unwrap();
        city.places.first().unwrap().parts.first().unwrap().kit.clone()
    };
    let statue =
        part(r#"{"kit": "statue", "facing": 180, "figure": "admiral", "height": 6.5, "base": 10.5}"#);
    assert!(
        matches!(
            statue,
            Kit::Statue {
                figure: Subject::Admiral,
                height_cm: 650,
                base_cm: 1_050,
                ..
            }
        ),
        "{statue:?}"
    );
    let hall = part(
        r#"{"kit": "hall", "facing": 0, "bays": 1, "depth_bays": 1, "bay": 2, "roof": "matbae", "open": true}"#,
    );
    assert!(
        matches!(
            hall,
            Kit::Hall {
                open: true,
                terrace: 0,
                rails: false,
                ..
            }
        ),
        "{hall:?}"
    );
    let stall = part(r#"{"kit": "stall", "facing": 90}"#);
    assert!(matches!(stall, Kit::Stall { length_cm: 240, .. }), "{stall:?}");
    let lantern = part(r#"{"kit": "lantern"}"#);
    assert!(
        matches!(lantern, Kit::Lantern { height_cm: 220, .. }),
        "{lantern:?}"
    );
    let spire = part(r#"{"kit": "spire", "height": 20}"#);
    assert!(matches!(spire, Kit::Spire { height_cm: 2_000, .. }), "{spire:?}");
}

#[test]
fn what_cannot_be_built_together_is_refused_by_name() {
    let hall = r#"{"kit": "hall", "facing": 0, "bays": 1, "depth_bays": 1, "bay": 2, "roof": "matbae", "#;
    assert!(error_of(POINT, &format!(r#"{hall}"arches": 1, "terrace": 2}}"#)).contains("property terrace"));
    assert!(error_of(POINT, &format!(r#"{hall}"rails": true}}"#)).contains("property rails"));
}

#[test]
fn ten_million_buildings_are_refused_before_they_are_built() {
    let many = place_with(&vec!["0"; 250_000]);
    let errors = compile_texts(MANIFEST, &many).unwrap_err();
    assert!(
        errors.first().unwrap().what.contains("at most 200000"),
        "{:?}",
        errors.first()
    );
}

#[test]
fn editors_are_told_of_the_same_kits() {
    let told = SCHEMA
        .pointer("/$defs/feature/properties/properties/properties/kit/enum")
        .unwrap();
    let mut told: Vec<&str> = told
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|kit| kit.as_str())
        .collect();
    let mut known = KITS.to_vec();
    told.sort_unstable();
    known.sort_unstable();
    assert_eq!(told, known);
}

#[test]
fn each_part_of_the_kit_is_on_show() {
    let shown: String = ["showroom", "room"]
        .map(|place| cities().join(format!("showroom/places/{place}.geojson")))
        .map(|path| fs::read_to_string(path).unwrap())
        .concat();
    // What is not a part to look at.
    let others = ["bounds", "spot", "stroll", "transit", "rite", "performers"];
    for kit in KITS.into_iter().filter(|kit| !others.contains(kit)) {
        let is_shown = shown
            .lines()
            .any(|line| line.contains(&format!(r#"{{"kit": "{kit}","#)) && (line.contains(r#""name": ""#)));
        assert!(is_shown, "{kit} is not in the showroom under a name");
    }
}

#[test]
fn in_an_editor_every_city_is_right() {
    let mut files: Vec<PathBuf> = CITIES
        .iter()
        .map(|city| cities().join(city).join("places"))
        .collect();
    let mut read = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let told = told_by_schema(&fs::read_to_string(&path).unwrap());
            assert_eq!(told, [""; 0], "{}", path.display());
            read += 1;
        }
    }
    assert!(read > 1, "the place and its districts");
}

#[test]
fn an_open_street_map_building_is_understood() {
    let feature = format!(
        r#"{{"type": "Feature", "id": "way/1", "geometry": {SQUARE}, "properties": {{"building": "yes", "building:levels": "4", "addr:street": "Jong-ro"}}}}"#
    );
    let city = compile_texts(MANIFEST, &place_with(&[&feature])).unwrap();
    let part = city.places.first().unwrap().parts.first().unwrap().clone();
    assert!(
        matches!(
            part.kit,
            Kit::Building {
                storeys: 4,
                height_cm: 1_400,
                ..
            }
        ),
        "{part:?}"
    );
}

#[test]
fn a_damaged_compiled_city_is_refused() {
    let bytes = compile_texts(MANIFEST, &place_with(&[])).unwrap().encode();
    assert!(City::decode(&bytes).is_ok());
    assert_eq!(City::decode(b"GIF89a"), Err(DecodeError::Magic));
    assert_eq!(
        City::decode(bytes.get(..bytes.len() - 1).unwrap()),
        Err(DecodeError::Damaged)
    );
    assert_eq!(
        City::decode(&[bytes.as_slice(), b"x"].concat()),
        Err(DecodeError::Trailing(1))
    );
}

#[test]
fn in_a_room_one_walks_to_every_door_and_never_out_through_a_wall() {
    let rooms = CITIES.into_iter().flat_map(|city| compiled(city).places);
    let mut doors = 0;
    for room in rooms.filter(|place| place.ceiling_cm > 0) {
        let ground = Ground::new(&room);
        for (number, spot) in room.spots.iter().enumerate() {
            let pushes = (0..90_u32).map(|push| ((push * 7 + number as u32 * 3) as f32, 3 + push % 9));
            let pushes: Vec<(f32, u32)> = pushes.collect();
            let end = wander(&ground, spot.position, &pushes).unwrap();
            for (index, part) in room.parts.iter().enumerate() {
                let Kit::Portal { at, .. } = &part.kit else {
                    continue;
                };
                let to = Position {
                    point: *at,
                    level: part.level,
                };
                let before = follow(&ground, end, &ground.path(end, to));
                let found = room.portal_near(before).map(|(found, _)| found);
                assert_eq!(found, Some(index), "{}: from {end:?} to {before:?}", room.id);
                doors += 1;
            }
        }
    }
    assert!(doors > 3, "the rooms of Seoul have some");
}

#[test]
fn every_spot_can_be_reached_on_foot_from_every_other() {
    // Whoever can go from each to the next, around and back, can go everywhere.
    for place in CITIES.into_iter().flat_map(|city| compiled(city).places) {
        let place = &place;
        let ground = Ground::new(place);
        let next = place.spots.iter().cycle().skip(1);
        for (a, b) in place.spots.iter().zip(next) {
            for (from, to) in [(a, b), (b, a)] {
                let mut here = from.position;
                // A search ends where it has looked far enough: go there and look again, as a visitor would.
                for _ in 0..20 {
                    let Some(end) = ground.path(here, to.position).last().copied() else {
                        break;
                    };
                    here = end;
                }
                let left_cm = here.point.distance_cm(to.position.point);
                assert!(
                    left_cm < 20.0 && here.level == to.position.level,
                    "{} to {}: stuck {left_cm} cm away at {:?}",
                    from.id,
                    to.id,
                    here.point
                );
            }
        }
    }
}
