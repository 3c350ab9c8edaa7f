//! A pack's texts: read, and checked, so that nobody finds a key where a name should stand.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement},
    parser,
};
use shared::city::{City, source::PackError};

/// Most faults told at once: the first ones matter.
const MAX_FAULTS: usize = 50;

/// What a language's files hold.
#[derive(Default)]
struct Language {
    /// All files, one after the other.
    text: String,
    /// Where each message that says something stands: file and line.
    messages: BTreeMap<String, String>,
}

/// The Fluent texts of a city's languages, all files of a language one after the other.
pub(super) fn load(dir: &Path, city: &City) -> Result<BTreeMap<String, String>, Vec<PackError>> {
    let mut faults = Vec::new();
    let languages: BTreeMap<&str, Language> = city
        .languages
        .iter()
        .map(|tag| (tag.as_str(), read(dir, tag, &mut faults)))
        .collect();
    // What cannot be read would be missed as well: one fault is told once.
    if faults.is_empty() {
        faults = missing(city, &languages);
    }
    if faults.is_empty() {
        let texts = languages.into_iter();
        Ok(texts
            .map(|(tag, language)| (tag.to_owned(), language.text))
            .collect())
    } else {
        faults.truncate(MAX_FAULTS);
        Err(faults)
    }
}

/// Reads a language's files in the order of their names.
fn read(dir: &Path, tag: &str, faults: &mut Vec<PackError>) -> Language {
    let mut language = Language::default();
    let folder = format!("locales/{tag}");
    let names = match file_names(&dir.join(&folder)) {
        Ok(names) => names,
        Err(error) => {
            let what = format!("the texts of the language {tag:?} cannot be read: {error}");
            faults.push(fault(&folder, 0, what));
            return language;
        }
    };
    for name in names {
        let file = format!("{folder}/{name}");
        match fs::read_to_string(dir.join(&file)) {
            Ok(text) => {
                language.parse(&file, &text, faults);
                language.text.push_str(&text);
                // The next file's first line is no part of this one's last.
                language.text.push('\n');
            }
            Err(error) => faults.push(fault(&file, 0, error.to_string())),
        }
    }
    language
}

fn file_names(folder: &Path) -> std::io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Editors keep hidden files beside those that are open.
        if path.extension().is_some_and(|extension| extension == "ftl") && !name.starts_with('.') {
            names.insert(name.into_owned());
        }
    }
    Ok(names)
}

impl Language {
    /// Notes a file's messages, and what of it is no Fluent.
    fn parse(&mut self, file: &str, text: &str, faults: &mut Vec<PackError>) {
        let resource = parser::parse_runtime(text).unwrap_or_else(|(resource, errors)| {
            faults.extend(errors.iter().map(|error| {
                let what = format!("not a Fluent message: {error}");
                // A brace that is never closed is missed at the next message, which is in order.
                let entry = error.slice.as_ref().and_then(|slice| text.get(..slice.end));
                let end = entry.unwrap_or(text).trim_end().len();
                fault(file, line_at(text, error.pos.start.min(end)), what)
            }));
            resource
        });
        for entry in &resource.body {
            if let Entry::Message(message) = entry
                && message.value.is_some()
            {
                let name = message.id.name;
                let at = (name.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
                let line = line_at(text, at);
                if let Some(unread) = unread(message) {
                    let what = format!("the text {name} has {unread}, which pages do not read");
                    faults.push(fault(file, line, what));
                }
                let first = self.messages.insert(name.to_owned(), format!("{file}:{line}"));
                if let Some(first) = first {
                    let what = format!("the text {name} is there already, in {first}");
                    faults.push(fault(file, line, what));
                }
            }
        }
    }
}

/// What of Fluent a message has that pages do not read.
fn unread(message: &Message<&str>) -> Option<&'static str> {
    if message.attributes.is_empty() {
        message.value.as_ref().and_then(unread_in)
    } else {
        Some("an attribute")
    }
}

fn unread_in(pattern: &Pattern<&str>) -> Option<&'static str> {
    pattern.elements.iter().find_map(|element| match element {
        PatternElement::TextElement { .. } => None,
        PatternElement::Placeable { expression } => unread_of(expression),
    })
}

fn unread_of(expression: &Expression<&str>) -> Option<&'static str> {
    let inline = |expression: &InlineExpression<&str>| match expression {
        InlineExpression::FunctionReference { .. } => Some("a function"),
        InlineExpression::MessageReference {
            attribute: Some(_), ..
        }
        | InlineExpression::TermReference {
            attribute: Some(_), ..
        } => Some("an attribute"),
        InlineExpression::TermReference {
            arguments: Some(_), ..
        } => Some("an argument of a term"),
        InlineExpression::Placeable { expression } => unread_of(expression),
        _ => None,
    };
    match expression {
        Expression::Inline(expression) => inline(expression),
        Expression::Select { selector, variants } => {
            let mut variants = variants.iter();
            inline(selector).or_else(|| variants.find_map(|variant| unread_in(&variant.value)))
        }
    }
}

/// The messages that a language lacks: the names of places and spots, and whatever another language says.
fn missing(city: &City, languages: &BTreeMap<&str, Language>) -> Vec<PackError> {
    let mut wanted: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for place in &city.places {
        wanted.insert(format!("place-{}", place.id), None);
        wanted.extend(place.spots.iter().map(|spot| (format!("spot-{}", spot.id), None)));
        for rite in &place.rites {
            wanted.insert(format!("part-{}", rite.name), None);
            let acts = rite.acts.iter();
            wanted.extend(acts.map(|act| (format!("act-{}-{act}", rite.name), None)));
        }
    }
    for language in languages.values() {
        let said = language.messages.iter();
        wanted.extend(said.map(|(key, place)| (key.clone(), Some(place.as_str()))));
    }
    let mut faults = Vec::new();
    for (tag, language) in languages {
        let lacking = wanted
            .iter()
            .filter(|(key, _)| !language.messages.contains_key(*key));
        faults.extend(lacking.map(|(key, elsewhere)| {
            let elsewhere = elsewhere.map_or_else(String::new, |place| format!("; there is one in {place}"));
            let what = format!("there is no text {key} in the language {tag:?}{elsewhere}");
            fault(&format!("locales/{tag}"), 0, what)
        }));
    }
    faults
}

fn fault(file: &str, line: usize, what: String) -> PackError {
    PackError {
        file: file.to_owned(),
        line,
        what,
    }
}

/// The line of a byte, from 1.
fn line_at(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}
