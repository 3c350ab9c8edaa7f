//! What makes places of a pack more than parts: lines of vehicles, rooms and their doors, years, rites; and what is told
//! where they are wrong.

#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod yard;

use shared::{
    city::{
        City, Finish, Kit, Patch, extent_m,
        source::{PackError, compile},
    },
    motion::Motion,
    space::{Point, Position},
    walk::Ground,
};
use yard::{
    LINE, MANIFEST, POINT, compile_texts, error_of, misshapen, only_error, place_of, place_with,
    told_by_schema,
};

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
    let first = among(r#"["yard", "then"]"#, r#"{"site": "yard", "year": 1900}"#);
    assert!(first.is_ok(), "the order of the list says nothing");
    let misspelt = then(r#"{"site": "yard", "yaer": 1900}"#).unwrap_err();
    assert!(misspelt.contains("yaer"), "{misspelt}");
}

#[test]
fn ground_has_the_years_that_show_it_the_earliest_first() {
    let yard = place_with(&[]);
    let of = |id: &str, year: u16, [west, east]: [f64; 2]| {
        let bounds = format!("[[{west},37.5],[{east},37.5],[{east},37.501],[{west},37.501],[{west},37.5]]");
        yard.replace(
            r#""id": "yard""#,
            &format!(r#""id": "{id}", "past": {{"site": "yard", "year": {year}}}"#),
        )
        .replace(
            "[[127.0,37.5],[127.001,37.5],[127.001,37.501],[127.0,37.501],[127.0,37.5]]",
            &bounds,
        )
        .replace("[127.0002,37.5002]", &format!("[{},37.5002]", west + 0.0001))
    };
    let city = |west: [f64; 2], east: [f64; 2], year: u16| {
        let (west, east) = (of("west", 1900, west), of("east", year, east));
        compile(&|path| match path {
            "manifest.json" => Ok(MANIFEST.replace(r#"["yard"]"#, r#"["yard", "west", "east"]"#)),
            "places/yard.geojson" => Ok(yard.clone()),
            "places/west.geojson" => Ok(west.clone()),
            "places/east.geojson" => Ok(east.clone()),
            _ => Err("no such file".to_owned()),
        })
    };
    let years = |city: &City, here: &str, share: f32| {
        let here = city.place(here).unwrap();
        let [low, high] = extent_m(&city.place("yard").unwrap().bounds).unwrap();
        let years = city.years(here, Point::from_m(low.lerp(high, share)));
        years.iter().map(|place| place.id.clone()).collect::<Vec<_>>()
    };

    let beside = city([127.0, 127.0005], [127.0005, 127.001], 1900).unwrap();
    assert_eq!(years(&beside, "yard", 0.2), ["west", "yard"]);
    assert_eq!(years(&beside, "yard", 0.8), ["east", "yard"]);
    assert_eq!(years(&beside, "east", 0.8), ["east", "yard"]);

    let over = |year| city([127.0, 127.0007], [127.0003, 127.001], year);
    let over_each_other = over(1850).unwrap();
    assert_eq!(years(&over_each_other, "yard", 0.5), ["east", "west", "yard"]);
    assert_eq!(years(&over_each_other, "yard", 0.9), ["east", "yard"]);
    let told = over(1900).unwrap_err().first().unwrap().to_string();
    assert!(
        told.ends_with(r#""east" shows the same ground in 1900"#),
        "{told}"
    );
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
fn a_hilltop_looks_down_on_what_lies_beyond_its_bounds() {
    let top = |above: &str, features: &[&str]| {
        place_with(features).replace(r#""capacity": 5"#, &format!(r#""capacity": 5, "above": {above}"#))
    };
    assert!(only_error(MANIFEST, &top("5", &[])).contains("height of a hilltop"));
    let room = top("200", &[]).replace(r#""above""#, r#""ceiling": 4, "above""#);
    assert!(only_error(MANIFEST, &room).contains("a room has no land around it"));

    let floor = r#"{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[126.9999,37.4999],[127.0011,37.4999],[127.0011,37.5011],[126.9999,37.5011],[126.9999,37.4999]]]}, "properties": {"kit": "ground", "surface": "paving"}}"#;
    let house = r#"{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[127.01,37.5],[127.011,37.5],[127.011,37.501],[127.01,37.501],[127.01,37.5]]]}, "properties": {"kit": "building", "height": 90}}"#;
    let sheet = top("200", &[floor, house]);
    assert!(told_by_schema(&sheet).is_empty());
    let city = compile(&|path| match path {
        "manifest.json" => Ok(MANIFEST.to_owned()),
        "places/yard.geojson" => Ok(sheet.clone()),
        _ => Err("no such file".to_owned()),
    });
    let city = city.unwrap();
    let yard = city.place("yard").unwrap();
    assert_eq!(yard.above_cm, 20_000);
    let below: Vec<bool> = yard
        .parts
        .iter()
        .map(|part| yard.looks_down_on(&part.kit))
        .collect();
    assert_eq!(
        below,
        [false, true],
        "a floor that reaches beyond the edge is still a floor"
    );
    // Nobody comes to where the house is: it takes no room among what is walked around.
    let middle = yard.parts[1]
        .kit
        .extent_m()
        .map(|[low, high]| (low + high) / 2.0)
        .unwrap();
    let there = Position {
        point: Point::from_m(middle),
        level: 0,
    };
    assert!(Ground::new(yard).is_open(there));
}

/// A rite of three acts, and some who take part.
fn with_rite(rite: &str, performers: &str, geometry: &str) -> String {
    let rite = format!(
        r#"{{"type": "Feature", "geometry": {POINT}, "properties": {{"kit": "rite", "name": "feast", {rite}}}}}"#
    );
    let performers = format!(
        r#"{{"type": "Feature", "geometry": {geometry}, "properties": {{"kit": "performers", "rite": "feast", "facing": 0, "outfit": "hanbok-coat", "upper": 6, "lower": 6, "head": "gat", {performers}}}}}"#
    );
    place_with(&[&rite, &performers])
}

const ACTS: &str = r#""acts": ["begin", "go-on", "end"], "act_s": 20"#;
const DOES: &str = r#""does": ["stand", "line-dance", "deep-bow"]"#;

#[test]
fn a_rite_has_acts_and_those_who_take_part_wherever_they_stand_in_the_file() {
    let sound = format!(r#""rows": 8, "columns": 8, {DOES}"#);
    let city = compile_texts(MANIFEST, &with_rite(ACTS, &sound, POINT)).expect("a sound rite");
    let rite = &city.places[0].rites[0];
    assert_eq!((rite.acts.len(), rite.performers.len()), (3, 1));
    let dancing = rite.performers(30_000.0);
    assert_eq!(dancing.filter(|one| one.motion == Motion::LineDance).count(), 64);
    let near = r#"{"type": "MultiPoint", "coordinates": [[127.0003,37.5003],[127.00034,37.5003],[127.0003,37.5003]]}"#;
    compile_texts(MANIFEST, &with_rite(ACTS, DOES, near)).expect("a place for each act");
}

#[test]
fn what_is_wrong_in_a_rite_is_told() {
    let told = |rite: &str, performers: &str, geometry: &str| {
        only_error(MANIFEST, &with_rite(rite, performers, geometry))
    };
    assert!(told(ACTS, r#""does": ["stand"]"#, POINT).contains("1 motions, but \"feast\" has 3 acts"));
    assert!(
        told(ACTS, r#""does": ["stand", "walk", "stand"]"#, POINT)
            .contains("\"walk\" is no motion on the spot")
    );
    let far = r#"{"type": "MultiPoint", "coordinates": [[127.0003,37.5003],[127.0009,37.5003],[127.0003,37.5003]]}"#;
    assert!(told(ACTS, DOES, far).contains("the way to the place in act 2 takes longer than half of it"));
    let two = r#"{"type": "MultiPoint", "coordinates": [[127.0003,37.5003],[127.00031,37.5003]]}"#;
    assert!(told(ACTS, DOES, two).contains("2 points"));
    assert!(told(ACTS, &format!(r#""rows": 20, "columns": 20, {DOES}"#), POINT).contains("more than 300"));
    let elsewhere = with_rite(ACTS, DOES, POINT).replace(r#""rite": "feast""#, r#""rite": "fair""#);
    assert!(only_error(MANIFEST, &elsewhere).contains("has no rite \"fair\""));
    assert!(
        error_of(POINT, r#"{"kit": "rite", "name": "feast"}"#).contains("acts"),
        "a rite without acts"
    );
}
