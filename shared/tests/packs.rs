//! City packs: the one that ships is sound, and a broken one is told exactly where it is broken. What an editor is told by
//! the JSON Schema agrees, as far as a schema can know.

#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod walkers;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use jsonschema::Validator;
use serde_json::Value;
use shared::{
    city::{
        City, DecodeError, Finish, Kit, Patch, Subject,
        source::{KITS, PackError, compile},
    },
    space::{Point, Position},
    walk::Ground,
};
use walkers::{follow, wander};

const MANIFEST: &str = r#"{"id": "yard", "attribution": "made up", "utc_offset_min": 540, "languages": ["en"],
    "arrival": {"place": "yard", "spot": "middle"}, "places": ["yard"]}"#;

/// A place of these features and a bounds and a spot, each on a line of its own from line 2.
fn place_with(features: &[&str]) -> String {
    let sound = [
        r#"{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[127.0,37.5],[127.001,37.5],[127.001,37.501],[127.0,37.501],[127.0,37.5]]]}, "properties": {"kit": "bounds"}}"#,
        r#"{"type": "Feature", "geometry": {"type": "Point", "coordinates": [127.0002,37.5002]}, "properties": {"kit": "spot", "id": "middle", "facing": 0}}"#,
    ];
    let all: Vec<&str> = sound.iter().chain(features).copied().collect();
    let head = r#"{"type": "FeatureCollection", "place": {"id": "yard", "origin": [127.0, 37.5], "capacity": 5}, "features": ["#;
    format!("{head}\n{}\n]}}", all.join(",\n"))
}

fn compile_texts(manifest: &str, place: &str) -> Result<City, Vec<PackError>> {
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

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let text = fs::read_to_string(cities().join("pack.schema.json")).unwrap();
    serde_json::from_str(&text).unwrap()
});

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| jsonschema::validator_for(&SCHEMA).unwrap());

/// The cities that ship.
const CITIES: [&str; 2] = ["seoul", "hamlet"];

fn compiled(city: &str) -> City {
    let pack = cities().join(city);
    compile(&|path| fs::read_to_string(pack.join(path)).map_err(|error| error.to_string()))
        .unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn cities() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/cities")
}

/// What an editor that knows the schema would say of a place's file.
fn told_by_schema(place: &str) -> Vec<String> {
    let place = serde_json::from_str(place).unwrap();
    VALIDATOR
        .iter_errors(&place)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn only_error(manifest: &str, place: &str) -> String {
    let errors = compile_texts(manifest, place).unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.first().unwrap().to_string()
}

fn place_of(geometry: &str, properties: &str) -> String {
    let feature = format!(r#"{{"type": "Feature", "geometry": {geometry}, "properties": {properties}}}"#);
    place_with(&[&feature])
}

fn error_of(geometry: &str, properties: &str) -> String {
    only_error(MANIFEST, &place_of(geometry, properties))
}

/// The error of what is wrong in shape, which an editor shows as well.
fn misshapen(geometry: &str, properties: &str) -> String {
    let told = told_by_schema(&place_of(geometry, properties));
    assert!(
        !told.is_empty(),
        "no editor would notice {properties} of {geometry}"
    );
    error_of(geometry, properties)
}

const SQUARE: &str = r#"{"type": "Polygon", "coordinates": [[[127.0003,37.5003],[127.0004,37.5003],[127.0004,37.5004],[127.0003,37.5004],[127.0003,37.5003]]]}"#;
/// Ten metres to the east, then ten to the north.
const LINE: &str =
    r#"{"type": "LineString", "coordinates": [[127.0003,37.5003],[127.00041,37.5003],[127.00041,37.50039]]}"#;
const POINT: &str = r#"{"type": "Point", "coordinates": [127.0003,37.5003]}"#;

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
            r#"{"kit": "hull", "widths": [9, 201, 9], "heights": [9, 9, 9]}"#,
            "widths: 201 is not from 2 to 200 metres",
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
fn a_line_of_vehicles_goes_round_past_its_stops_and_through_nothing() {
    let round =
        "[[127.0001,37.5001],[127.0008,37.5001],[127.0008,37.5008],[127.0001,37.5008],[127.0001,37.5001]]";
    let line = |way: &str, properties: &str| {
        let geometry = format!(r#"{{"type": "LineString", "coordinates": {way}}}"#);
        let properties = format!(r#"{{"kit": "transit", "name": "round", "vehicle": "bus", {properties}}}"#);
        place_of(&geometry, &properties)
    };
    let sound = r#""vehicles": 2, "stops": ["middle", "middle"]"#;
    let city = compile_texts(MANIFEST, &line(round, sound)).expect("a sound line");
    let place = &city.places[0];
    assert_eq!((place.transit.len(), place.transit[0].stops.len()), (1, 2));
    let signs = place
        .parts
        .iter()
        .filter(|part| matches!(part.kit, Kit::Stop { .. }));
    assert_eq!(signs.count(), 2);

    let open = "[[127.0001,37.5001],[127.0008,37.5001]]";
    assert!(only_error(MANIFEST, &line(open, sound)).contains("must end where it begins"));
    for (broken, expected) in [
        (
            r#""vehicles": 2, "stops": ["middle"]"#,
            "1 of them, expected 2 to 60",
        ),
        (
            r#""vehicles": 2, "stops": ["middle", "moon"]"#,
            "no spot \"moon\"",
        ),
        (r#""vehicles": 0, "stops": ["middle", "middle"]"#, "vehicles"),
        (r#""vehicles": 2"#, "stops"),
    ] {
        let told = only_error(MANIFEST, &line(round, broken));
        assert!(told.contains(expected), "{broken}: {told}");
    }
    let wall = r#"{"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[127.0004,37.5],[127.0004,37.5002]]}, "properties": {"kit": "wall", "height": 2, "thickness": 0.5}}"#;
    let blocked = line(round, sound).replace("\"features\": [", &format!("\"features\": [{wall},"));
    assert!(only_error(MANIFEST, &blocked).contains("something solid is in the way"));
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

/// Compiles a city of a yard and a room, each with these features from line 4 on.
fn with_room(yard: &[&str], room: &[&str]) -> Result<City, Vec<PackError>> {
    let manifest = MANIFEST.replace(r#"["yard"]"#, r#"["yard", "room"]"#);
    let metres = |features: &[&str]| {
        place_with(features)
            .replace(r#""yard", "origin""#, r#""room", "ceiling": 4, "origin""#)
            .replace(
                "[[127.0,37.5],[127.001,37.5],[127.001,37.501],[127.0,37.501],[127.0,37.5]]",
                "[[-6,-4],[6,-4],[6,4],[-6,4],[-6,-4]]",
            )
            .replace("[127.0002,37.5002]", "[0,0]")
    };
    let (yard, room) = (place_with(yard), metres(room));
    let compiled = compile(&|path| match path {
        "manifest.json" => Ok(manifest.clone()),
        "places/yard.geojson" => Ok(yard.clone()),
        "places/room.geojson" => Ok(room.clone()),
        _ => Err("no such file".to_owned()),
    });
    for place in [&yard, &room] {
        assert!(compiled.is_err() || told_by_schema(place).is_empty());
    }
    compiled
}

/// A portal to a spot of a place.
fn portal(at: &str, place: &str, spot: &str) -> String {
    format!(
        r#"{{"type": "Feature", "geometry": {{"type": "Point", "coordinates": {at}}}, "properties": {{"kit": "portal", "facing": 0, "to": {{"place": "{place}", "spot": "{spot}"}}}}}}"#
    )
}

#[test]
fn a_room_is_told_in_metres_and_its_doors_lead_both_ways() {
    let (way_in, way_out) = (
        portal("[127.0005,37.5005]", "room", "middle"),
        portal("[2,-3.8]", "yard", "middle"),
    );
    let shelf = r#"{"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[-5,3],[5,3]]}, "properties": {"kit": "wall", "height": 2, "finish": "books"}}"#;
    let table = r#"{"type": "Feature", "geometry": {"type": "Point", "coordinates": [-3,0]}, "properties": {"kit": "table", "facing": 0, "round": true, "length": 1.2}}"#;
    let picture = r##"{"type": "Feature", "geometry": {"type": "Point", "coordinates": [-5.9,0]}, "properties": {"kit": "picture", "facing": 90, "width": 2, "height": 1, "shapes": [{"colour": "#FF8000", "points": [[0,0],[100,0],[50,100]]}]}}"##;
    let city = with_room(&[&way_in], &[&way_out, shelf, table, picture]).unwrap();
    let room = city.place("room").unwrap();
    assert_eq!(room.ceiling_cm, 400);
    let [out, shelf, table, picture] = room.parts.as_slice() else {
        panic!("{:?}", room.parts);
    };
    // North is up on the map, and z grows to the south.
    assert_eq!(out.kit.points(), [Point::new(200, 380)]);
    assert!(matches!(
        shelf.kit,
        Kit::Wall {
            finish: Finish::Books,
            ..
        }
    ));
    assert!(matches!(
        table.kit,
        Kit::Table {
            depth_cm: 0,
            length_cm: 120,
            ..
        }
    ));
    let Kit::Picture { shapes, .. } = &picture.kit else {
        panic!("{picture:?}");
    };
    let triangle = Patch {
        colour: [0xFF, 0x80, 0],
        outline: vec![[0, 0], [250, 0], [125, 250]],
    };
    assert_eq!(shapes, &[triangle]);
    let near = |x, z| {
        let point = Point::new(x, z);
        let found = room.portal_near(Position { point, level: 0 });
        found.map(|(part, to)| (part, to.place.as_str()))
    };
    assert_eq!(near(200, 250), Some((0, "yard")));
    assert_eq!(near(-200, 250), None, "too far to the side");
}

#[test]
fn a_door_to_nowhere_and_a_place_without_doors_are_told_of() {
    let told = |yard: &[&str], room: &[&str]| {
        let errors = with_room(yard, room).unwrap_err();
        errors.first().unwrap().to_string()
    };
    let way_in = portal("[127.0005,37.5005]", "room", "middle");
    let way_out = portal("[2,-3.8]", "yard", "middle");
    let nowhere = portal("[127.0005,37.5005]", "cellar", "middle");
    assert_eq!(
        told(&[&nowhere], &[&way_out]),
        r#"places/yard.geojson:4: feature 2: property to: there is no place "cellar""#
    );
    let no_spot = portal("[127.0005,37.5005]", "room", "corner");
    assert_eq!(
        told(&[&no_spot], &[&way_out]),
        r#"places/yard.geojson:4: feature 2: property to: there is no spot "corner" in the place "room""#
    );
    let walled_up = portal("[2,3.8]", "yard", "middle");
    assert!(
        told(&[&way_in], &[&walled_up])
            .starts_with("places/room.geojson:4: feature 2: nobody can stand 1 m in front"),
    );
    let no_way = told(&[], &[&way_out]);
    assert_eq!(
        no_way,
        r#"manifest.json:2: places: no portals lead from "yard" to "room""#
    );
    let no_return = told(&[&way_in], &[]);
    assert_eq!(
        no_return,
        r#"manifest.json:2: places: no portals lead from "room" back to "yard""#
    );
}

#[test]
fn a_site_has_years_that_lead_to_one_another_and_only_such_as_can() {
    let among = |places: &str, past: &str| {
        let yard = place_with(&[]);
        let head = r#""id": "yard""#;
        let past = yard.replace(head, &format!(r#""id": "then", "past": {past}"#));
        let manifest = MANIFEST.replace(r#"["yard"]"#, places);
        let compiled = compile(&|path| match path {
            "manifest.json" => Ok(manifest.clone()),
            "places/yard.geojson" => Ok(yard.clone()),
            "places/then.geojson" => Ok(past.clone()),
            _ => Err("no such file".to_owned()),
        });
        assert!(compiled.is_err() || told_by_schema(&past).is_empty());
        compiled.map_err(|errors| errors.first().unwrap().to_string())
    };
    let then = |past: &str| among(r#"["then", "yard"]"#, past);
    let city = then(r#"{"site": "yard", "year": 1900}"#).unwrap();
    let [past, now] = city.places.as_slice() else {
        panic!("{:?}", city.places);
    };
    assert_eq!((now.site(), past.site()), ("yard", "yard"));
    assert_eq!(past.past.as_ref().map(|past| past.year), Some(1900));
    let outfits: Vec<u8> = (0..40).map(|seed| past.passer_by(seed).outfit).collect();
    assert!(
        outfits.iter().all(|outfit| [2, 3, 7].contains(outfit)),
        "{outfits:?}"
    );

    let nowhere = then(r#"{"site": "cellar", "year": 1900}"#).unwrap_err();
    assert_eq!(
        nowhere,
        r#"manifest.json:2: places: past of "then": there is no place "cellar""#
    );
    let itself = then(r#"{"site": "then", "year": 1900}"#).unwrap_err();
    assert!(itself.ends_with(r#""then" is itself of the past"#), "{itself}");
    let never = then(r#"{"site": "yard", "year": 0}"#).unwrap_err();
    assert!(never.contains("place.past.year: expected a year"), "{never}");
    let backwards = among(r#"["yard", "then"]"#, r#"{"site": "yard", "year": 1900}"#).unwrap_err();
    assert!(backwards.ends_with("and itself come last"), "{backwards}");
    let misspelt = then(r#"{"site": "yard", "yaer": 1900}"#).unwrap_err();
    assert!(misspelt.contains("yaer"), "{misspelt}");
}

#[test]
fn what_only_rooms_have_is_told_exactly_when_it_is_wrong() {
    let picture = |shapes: &str| {
        let given = r#""kit": "picture", "facing": 0, "width": 1, "height": 1"#;
        misshapen(POINT, &format!(r#"{{{given}, "shapes": {shapes}}}"#))
    };
    assert!(picture(r#"[{"colour": "red", "points": [[0,0],[9,0],[9,9]]}]"#).contains("is no colour"));
    assert!(picture(r##"[{"colour": "#FF0000", "points": [[0,0],[9,0]]}]"##).contains("expected 3 to 60"));
    assert!(
        picture(r##"[{"colour": "#FF0000", "points": [[0,0],[9,0],[9,101]]}]"##)
            .contains("sides are 0 to 100")
    );
    let bow = r##"{"kit": "picture", "facing": 0, "width": 1, "height": 1, "shapes": [{"colour": "#FF0000", "points": [[0,0],[9,9],[9,0],[0,9]]}]}"##;
    assert!(error_of(POINT, bow).contains("crosses itself"));
    assert!(misshapen(POINT, r#"{"kit": "portal", "facing": 0}"#).contains("property to is missing"));
    assert!(misshapen(LINE, r#"{"kit": "wall", "height": 3, "finish": "gold"}"#).contains("none of stone"));
    let both = r#"{"kit": "wall", "height": 3, "finish": "plaster", "tiled": true}"#;
    assert!(error_of(LINE, both).contains("property finish"));
    let low = place_with(&[]).replace(r#""capacity": 5"#, r#""capacity": 5, "ceiling": 1"#);
    assert!(only_error(MANIFEST, &low).contains("height of a room"));
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
