//! Every text exists in every language, every key that the code names has a text, and no text is left over.

use std::{collections::BTreeSet, fs, path::Path};

use shared::{
    moderation::{ChatRule, Role},
    motion::Motion,
    phrases::{PHRASES, TOPICS},
    protocol::CloseReason,
};

use super::*;
use crate::world::around::DIRECTIONS;

/// Read by the relay for the first screen, and checked there.
const OF_THE_RELAY: &str = "first.ftl";

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn sources(language: &str) -> Vec<String> {
    let folder = root().join("assets/locales").join(language);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|ext| ext == "ftl") && !file.ends_with(OF_THE_RELAY));
    files.sort();
    files
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect()
}

fn keys(language: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for source in sources(language) {
        for key in keys_of(source, language) {
            assert!(keys.insert(key.clone()), "{language}: {key} stands there twice");
        }
    }
    keys
}

fn keys_of(source: String, language: &str) -> Vec<String> {
    let resource =
        parser::parse_runtime(source).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
    let messages = resource.body.into_iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name),
        _ => None,
    });
    messages.collect()
}

/// What stands between quotes in the source of this crate, tests apart.
fn literals() -> BTreeSet<String> {
    fn walk(folder: &Path, out: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if !path.ends_with("tests.rs") {
                let source = fs::read_to_string(&path).unwrap();
                let code = source.split("#[cfg(test)]").next().unwrap_or_default();
                out.extend(code.split('"').skip(1).step_by(2).map(str::to_owned));
            }
        }
    }
    let mut out = BTreeSet::new();
    walk(&root().join("web/shell/src"), &mut out);
    out
}

/// Keys that the code puts together from names of the protocol.
fn families() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    keys.extend(
        CloseReason::ALL
            .iter()
            .map(|reason| format!("close-{}", reason.name())),
    );
    keys.extend(TOPICS.iter().map(|(topic, _)| format!("topic-{topic}")));
    keys.extend(PHRASES.iter().map(|phrase| format!("phrase-{phrase}")));
    keys.extend(
        Motion::EMOTES
            .iter()
            .map(|motion| format!("emote-{}", motion.name())),
    );
    keys.extend(
        DIRECTIONS
            .iter()
            .map(|direction| format!("direction-{direction}")),
    );
    for (row, names) in [
        ("outfit", &shared::look::OUTFITS[..]),
        ("hair", &shared::look::HAIRS[..]),
        ("head", &shared::look::HEADWEAR[..]),
        ("face", &shared::look::FACES[..]),
        ("age", &shared::look::AGES[..]),
        ("build", &shared::look::BUILDS[..]),
        ("aid", &shared::look::AIDS[..]),
    ] {
        keys.extend(names.iter().map(|name| format!("{row}-{name}")));
    }
    for (row, palette) in [
        ("skin", &shared::look::SKINS[..]),
        ("tint", &shared::look::HAIR_COLOURS[..]),
        ("cloth", &shared::look::CLOTH_COLOURS[..]),
    ] {
        keys.extend((0..palette.len()).map(|index| format!("{row}-{index}")));
    }
    keys.extend(
        crate::ui::looks::ROWS
            .iter()
            .map(|(_, row, _)| format!("look-{row}")),
    );
    for role in [Role::Helper, Role::Host, Role::Official] {
        keys.insert(format!("role-{}", role.name()));
        keys.insert(format!("notice-role-{}", role.name()));
    }
    for rule in ChatRule::ALL {
        keys.insert(format!("chat-{}", rule.name()));
        keys.insert(format!("notice-chat-{}", rule.name()));
    }
    keys
}

/// Every language that has a folder.
fn languages() -> Vec<String> {
    let folders = fs::read_dir(root().join("assets/locales")).unwrap();
    folders
        .map(|folder| folder.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn a_page_without_a_relay_apologises_in_every_language() {
    let known: BTreeSet<String> = crate::page::apology::FIRST
        .map(|(language, _)| language.to_owned())
        .into();
    assert_eq!(known, languages().into_iter().collect());
}

#[test]
fn every_language_has_the_same_texts() {
    let first = keys("ko");
    for language in languages() {
        let keys = keys(&language);
        let differing: Vec<&String> = first.symmetric_difference(&keys).collect();
        assert_eq!(
            differing,
            Vec::<&String>::new(),
            "only in one of ko and {language}"
        );
    }
}

#[test]
fn no_text_is_left_over() {
    let named = literals();
    let families = families();
    for key in keys("ko") {
        assert!(
            named.contains(&key) || families.contains(&key),
            "nothing shows {key}"
        );
    }
}

/// Every key that stands in a call has a text.
fn check_calls(folder: &Path, known: &BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            check_calls(&path, known);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for call in [".say(\"", ".say_with(\"", "key=\"", "label=\""] {
            for after in source.split(call).skip(1) {
                let key = after.split('"').next().unwrap_or_default();
                assert!(
                    known.contains(key) || path.ends_with("tests.rs"),
                    "{}: no text {key}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_key_that_the_code_names_has_a_text() {
    let known = keys("ko");
    let missing: Vec<_> = families()
        .into_iter()
        .filter(|key| !known.contains(key))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
    let first = fs::read_to_string(root().join("assets/locales/ko").join(OF_THE_RELAY)).unwrap();
    let of_the_relay = keys_of(first, "ko").into_iter().collect();
    check_calls(
        &root().join("web/shell/src"),
        &known.union(&of_the_relay).cloned().collect(),
    );
}

/// As in English.
const NUMERALS: Numerals = Numerals {
    write: |_, number| number.to_string(),
    plural: |_, number| {
        if (number - 1.0).abs() < f64::EPSILON {
            "one"
        } else {
            "other"
        }
        .to_owned()
    },
};

#[test]
fn values_and_plural_forms_find_their_place() {
    let source = "n = { $count ->\n    [0] nobody\n    [one] one person\n   *[other] { $count } people\n }\n";
    let words = Words::new("en", source.into(), NUMERALS);
    assert_eq!(words.say_with("n", &[("count", number(0))]), "nobody");
    assert_eq!(words.say_with("n", &[("count", number(1))]), "one person");
    assert_eq!(words.say_with("n", &[("count", number(12))]), "12 people");
}

#[test]
fn texts_name_other_texts_and_hold_what_has_a_meaning_in_fluent() {
    let source = "-city = Seoul\nwelcome = Welcome to { -city }, { $who }{ \"\\u0021\" }\nagain = { welcome } { $side ->\n    [left] Left.\n   *[right] Right.\n }\n";
    let words = Words::new("en", source.into(), NUMERALS);
    let values = [("who", text("Mina")), ("side", text("left"))];
    assert_eq!(words.say_with("again", &values), "Welcome to Seoul, Mina! Left.");
    let without = words.say("again");
    assert_eq!(without, "Welcome to Seoul, {who}! Right.");
}

#[test]
fn a_text_that_names_itself_ends() {
    let words = Words::new("en", "a = x{ b }\nb = y{ a }\n".into(), NUMERALS);
    let text = words.say("a");
    assert!(text.starts_with("xyxy") && text.len() < 50, "{text}");
}

#[test]
fn a_source_in_pieces_says_what_the_whole_says() {
    for language in languages() {
        for source in sources(&language) {
            let (whole, mut texts) = (Texts::from(source.as_str()), Texts::default());
            let mut count = 0;
            for piece in pieces(&source) {
                texts.read(piece);
                count += 1;
            }
            assert!(
                count > source.len() / 20_000,
                "{language}: {count} pieces of {}",
                source.len()
            );
            assert!(whole.0 == texts.0, "{language}: other texts in pieces");
        }
    }
    assert_eq!(pieces("").count(), 0);
}

#[test]
fn what_comes_later_is_found_and_does_not_change_what_was_there() {
    let words = Words::new("en", "a = first\n".into(), NUMERALS);
    assert_eq!(words.say("b"), "b");
    assert!(words.add("a = later\nb = second\n"));
    assert_eq!(
        (words.say("a"), words.say("b")),
        ("first".into(), "second".into())
    );
    assert!(!words.add("c = third\n"), "only once");
}

#[test]
fn a_missing_text_shows_its_key_and_nothing_breaks() {
    let words = Words::new("xx-not-a-language", "broken = { ".into(), NUMERALS);
    assert_eq!(words.say("broken"), "broken");
    assert_eq!(words.of_city("spot", "somewhere"), "somewhere");
}
