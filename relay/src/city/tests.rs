//! A pack's texts: complete in every language, or refused by language, file and key.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;

use tempfile::TempDir;

use super::*;

const MANIFEST: &str = r#"{"id": "yard", "attribution": "made up", "utc_offset_min": 540, "languages": ["en", "ko"],
    "arrival": {"place": "yard", "spot": "middle"}, "places": ["yard"]}"#;

/// A yard with two spots and a lamp that has a name.
const PLACE: &str = r#"{"type": "FeatureCollection", "place": {"id": "yard", "origin": [127.0, 37.5], "capacity": 5}, "features": [
{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[127.0,37.5],[127.001,37.5],[127.001,37.501],[127.0,37.501],[127.0,37.5]]]}, "properties": {"kit": "bounds"}},
{"type": "Feature", "geometry": {"type": "Point", "coordinates": [127.0002,37.5002]}, "properties": {"kit": "spot", "id": "middle", "facing": 0}},
{"type": "Feature", "geometry": {"type": "Point", "coordinates": [127.0004,37.5004]}, "properties": {"kit": "spot", "id": "end", "facing": 0}},
{"type": "Feature", "geometry": {"type": "Point", "coordinates": [127.0006,37.5006]}, "properties": {"kit": "lamp", "name": "old-lamp"}}
]}"#;

const ENGLISH: &str = "place-yard = The yard\n\nspot-middle = The middle\nspot-end = The end\n";
const KOREAN: &str = "place-yard = 마당\nspot-middle = 가운데\nspot-end = 끝\n";

/// The yard with these files of texts.
fn load_with(texts: &[(&str, &str)]) -> Result<Pack, LoadError> {
    let dir = TempDir::new().unwrap();
    let files = [("manifest.json", MANIFEST), ("places/yard.geojson", PLACE)];
    for (path, text) in files.iter().chain(texts) {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    load(dir.path())
}

/// What is wrong with the yard with these texts in English and Korean.
fn faults_of(english: &str, korean: &str) -> Vec<String> {
    faults_with(&[("locales/en/city.ftl", english), ("locales/ko/city.ftl", korean)])
}

fn faults_with(texts: &[(&str, &str)]) -> Vec<String> {
    let Err(LoadError::Faulty { faults, .. }) = load_with(texts) else {
        panic!("the pack should be faulty");
    };
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn every_city_is_sound_in_every_language() {
    for city in [
        "assets/cities/seoul",
        "assets/cities/hamlet",
        "assets/cities/showroom",
        "tests/field",
    ] {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(city);
        let pack = load(&dir).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(pack.texts.len(), pack.city.languages.len());
    }
}

#[test]
fn the_files_of_a_language_are_joined_in_the_order_of_their_names() {
    let (names, further) = ENGLISH.split_once("\n\n").unwrap();
    let pack = load_with(&[
        ("locales/en/city.ftl", names),
        ("locales/en/end.ftl", further),
        ("locales/en/notes.txt", "= no Fluent ="),
        ("locales/en/.#end.ftl", "= what an editor keeps ="),
        ("locales/ko/city.ftl", KOREAN),
    ])
    .unwrap();
    assert_eq!(pack.texts["en"], format!("{names}\n{further}\n"));
    assert_eq!(pack.texts["ko"], format!("{KOREAN}\n"));
}

#[test]
fn a_text_that_is_there_twice_is_told_with_both_places() {
    let faults = faults_with(&[
        ("locales/en/city.ftl", ENGLISH),
        ("locales/en/more.ftl", "\nspot-end = The far end\n"),
        ("locales/ko/city.ftl", KOREAN),
    ]);
    let expected = "locales/en/more.ftl:2: the text spot-end is there already, in locales/en/city.ftl:4";
    assert_eq!(faults, [expected]);
}

#[test]
fn a_language_without_a_folder_is_told() {
    let faults = faults_with(&[("locales/en/city.ftl", ENGLISH)]);
    assert_eq!(faults.len(), 1, "{faults:?}");
    let expected = r#"locales/ko:0: the texts of the language "ko" cannot be read: "#;
    assert!(faults[0].starts_with(expected), "{faults:?}");
}

#[test]
fn a_file_that_is_no_fluent_is_told_with_its_line() {
    let broken = ENGLISH.replace("spot-middle =", "spot-middle");
    assert_eq!(
        faults_of(&broken, KOREAN),
        [r#"locales/en/city.ftl:3: not a Fluent message: Expected a token starting with "=""#]
    );
    for (name, line) in [("가운데", 2), ("끝", 3)] {
        let faults = faults_of(ENGLISH, &KOREAN.replace(name, "{ $end"));
        assert_eq!(faults.len(), 1, "{faults:?}");
        let expected = format!("locales/ko/city.ftl:{line}: not a Fluent message: ");
        assert!(faults[0].starts_with(&expected), "{faults:?}");
    }
}

#[test]
fn what_of_fluent_no_page_reads_is_told() {
    for (text, what) in [
        ("{ NUMBER($count) }", "a function"),
        ("{ $count ->\n   *[other] { other.title }\n }", "an attribute"),
        ("{ -city(case: \"of\") }", "an argument of a term"),
    ] {
        let [english, korean] = [ENGLISH, KOREAN].map(|names| format!("{names}\nmore = {text}\n"));
        let faults = faults_of(&english, &korean);
        assert!(
            faults
                .iter()
                .all(|fault| fault.contains(&format!("the text more has {what}"))),
            "{faults:?}"
        );
        assert_eq!(faults.len(), 2);
    }
}

#[test]
fn a_file_that_is_no_text_is_told() {
    let dir = TempDir::new().unwrap();
    fs::create_dir_all(dir.path().join("locales/ko")).unwrap();
    fs::write(dir.path().join("locales/ko/city.ftl"), b"place-yard = \xFF").unwrap();
    fs::create_dir_all(dir.path().join("places")).unwrap();
    fs::write(dir.path().join("places/yard.geojson"), PLACE).unwrap();
    let manifest = MANIFEST.replace(r#""en", "#, "");
    fs::write(dir.path().join("manifest.json"), manifest).unwrap();
    let error = load(dir.path()).unwrap_err().to_string();
    assert!(error.contains("locales/ko/city.ftl:0: "), "{error}");
}

#[test]
fn a_place_or_spot_without_a_text_is_told_for_each_language() {
    let unnamed = |text: &str| text.replace("place-yard", "place-court");
    assert!(
        faults_of(&unnamed(ENGLISH), &unnamed(KOREAN))
            .contains(&r#"locales/ko:0: there is no text place-yard in the language "ko""#.to_owned())
    );
    let (without_end, _) = ENGLISH.split_once("spot-end").unwrap();
    assert_eq!(
        faults_of(without_end, KOREAN),
        [
            r#"locales/en:0: there is no text spot-end in the language "en"; there is one in locales/ko/city.ftl:3"#
        ]
    );
    let emptied = format!("{without_end}spot-end =\n    .note = says nothing by itself\n");
    assert_eq!(faults_of(&emptied, KOREAN).len(), 1);
}

#[test]
fn what_one_language_names_every_language_names() {
    for key in ["part-old-lamp", "spot-end-about", "city-name"] {
        let english = format!("{ENGLISH}{key} = Told\n");
        assert_eq!(
            faults_of(&english, KOREAN),
            [format!(
                r#"locales/ko:0: there is no text {key} in the language "ko"; there is one in locales/en/city.ftl:5"#
            )]
        );
        assert!(
            load_with(&[
                ("locales/en/city.ftl", &english),
                ("locales/ko/city.ftl", &format!("{KOREAN}{key} = 말\n")),
            ])
            .is_ok()
        );
    }
}

#[test]
fn a_part_may_have_a_name_that_no_language_tells() {
    assert!(load_with(&[("locales/en/city.ftl", ENGLISH), ("locales/ko/city.ftl", KOREAN)]).is_ok());
}

#[test]
fn the_first_faults_are_told_and_not_thousands() {
    let many: Vec<String> = (0..500).map(|part| format!("part-p{part} = {part}")).collect();
    assert_eq!(
        faults_of(&(ENGLISH.to_owned() + &many.join("\n")), KOREAN).len(),
        50
    );
}
