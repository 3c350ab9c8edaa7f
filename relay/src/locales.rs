//! The texts that the relay writes in the visitor's language: the interface's own, and the city pack's.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use shared::text::served_language;
use unic_langid::LanguageIdentifier;

/// Every Fluent file of the interface: language, name and text, files of a language in the order of their names.
const INTERFACE: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// As much for what visitors do not download: texts, plain pages, lists of words.
const OF_THE_RELAY: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/locales_relay.rs"));

/// The texts of all languages.
pub struct Locales {
    bundles: BTreeMap<String, FluentBundle<FluentResource>>,
    /// The pack's first language: what visitors read whose own is missing.
    fallback: String,
}

/// What the page needs only when it can be used already.
const LATER: [&str; 2] = ["panels.ftl", "phrases.ftl"];

/// The interface's Fluent texts by language, all files of a language one after the other.
pub fn interface() -> BTreeMap<String, String> {
    texts(|file| !LATER.contains(&file))
}

/// Those that the page fetches when it can be used already.
pub fn later() -> BTreeMap<String, String> {
    texts(|file| LATER.contains(&file))
}

fn texts(wanted: fn(&str) -> bool) -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (language, _, text) in INTERFACE.iter().filter(|(_, file, _)| wanted(file)) {
        let all = texts.entry((*language).to_owned()).or_default();
        all.push_str(text);
        all.push('\n');
    }
    texts
}

/// A file of the relay's own in each language that has it, such as `rules.md`.
pub fn of_the_relay(name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let named = OF_THE_RELAY.iter().filter(move |(_, file, _)| *file == name);
    named.map(|(language, _, text)| (*language, *text))
}

/// Every language of the interface.
pub fn languages() -> BTreeSet<&'static str> {
    INTERFACE.iter().map(|(language, ..)| *language).collect()
}

impl Locales {
    /// Joins the interface's texts and a pack's. A language that the interface lacks is not offered. What cannot be
    /// parsed is left out and logged.
    pub fn new(pack: &BTreeMap<String, String>, fallback: &str) -> Self {
        let mut bundles = BTreeMap::new();
        let relay: BTreeMap<&str, &str> = of_the_relay("relay.ftl").collect();
        for (language, text) in interface() {
            let id: LanguageIdentifier = language.parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![id]);
            bundle.set_use_isolating(false);
            let texts = [
                Some(text.as_str()),
                relay.get(language.as_str()).copied(),
                pack.get(&language).map(String::as_str),
            ];
            for text in texts.into_iter().flatten() {
                let resource =
                    FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
                        tracing::warn!(language, ?errors, "some Fluent messages cannot be read");
                        resource
                    });
                bundle.add_resource_overriding(resource);
            }
            bundles.insert(language, bundle);
        }
        let fallback = bundles
            .keys()
            .find(|language| *language == fallback)
            .or_else(|| bundles.keys().next())
            .cloned();
        Self {
            fallback: fallback.unwrap_or_default(),
            bundles,
        }
    }

    /// All languages, in the order in which they are offered: those named first, then the others.
    pub fn offered<'a>(&'a self, first: &'a [String]) -> Vec<&'a str> {
        let others = self.bundles.keys().filter(|language| !first.contains(language));
        let first = first
            .iter()
            .filter(|language| self.bundles.contains_key(*language));
        first.chain(others).map(String::as_str).collect()
    }

    /// The language for a visitor: the one asked for in the address, else the best of the browser's list
    /// (`Accept-Language`), else the pack's first.
    pub fn choose(&self, asked: Option<&str>, accepted: Option<&str>) -> &str {
        let mut wishes: Vec<(f32, &str)> = accepted
            .unwrap_or_default()
            .split(',')
            .take(20)
            .filter_map(|entry| {
                let mut parts = entry.split(';');
                let tag = parts.next()?.trim();
                let weight = parts
                    .find_map(|part| part.trim().strip_prefix("q=")?.parse().ok())
                    .unwrap_or(1.0);
                Some((weight, tag))
            })
            .collect();
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
        asked
            .into_iter()
            .chain(wishes.into_iter().map(|(_, tag)| tag))
            .find_map(|tag| self.known(tag))
            .unwrap_or(&self.fallback)
    }

    fn known(&self, tag: &str) -> Option<&str> {
        served_language(self.bundles.keys().map(String::as_str), tag)
    }

    /// A message in a language, with its numbers; in the fallback language, else the key itself, when it is missing.
    pub fn text(&self, language: &str, key: &str, numbers: &[(&'static str, u32)]) -> String {
        self.format(language, key, &numbers.iter().copied().collect())
    }

    /// As [`Self::text`], for a message that other texts are set into.
    pub fn text_of(&self, language: &str, key: &str, texts: &[(&'static str, &str)]) -> String {
        self.format(language, key, &texts.iter().copied().collect())
    }

    fn format(&self, language: &str, key: &str, args: &FluentArgs<'_>) -> String {
        [language, &self.fallback]
            .into_iter()
            .find_map(|language| {
                let bundle = self.bundles.get(language)?;
                let pattern = bundle.get_message(key)?.value()?;
                let mut errors = Vec::new();
                Some(
                    bundle
                        .format_pattern(pattern, Some(args), &mut errors)
                        .into_owned(),
                )
            })
            .unwrap_or_else(|| key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locales() -> Locales {
        let pack = |text: &str| text.to_owned();
        Locales::new(
            &BTreeMap::from([
                ("ko".to_owned(), pack("place-downtown = 도심")),
                ("en".to_owned(), pack("place-downtown = Downtown")),
            ]),
            "ko",
        )
    }

    #[test]
    fn the_address_decides_before_the_browser_and_the_browser_before_the_city() {
        let locales = locales();
        assert_eq!(locales.choose(Some("en"), Some("ko")), "en");
        assert_eq!(
            locales.choose(None, Some("fr;q=0.9, en-GB;q=0.8, ko;q=0.2")),
            "en"
        );
        assert_eq!(locales.choose(Some("xx"), Some("de")), "ko");
        assert_eq!(locales.choose(None, None), "ko");
    }

    #[test]
    fn texts_of_interface_and_pack_are_joined_and_count_people() {
        let locales = locales();
        assert_eq!(locales.text("en", "place-downtown", &[]), "Downtown");
        assert!(locales.text("en", "people-here", &[("count", 1)]).contains("One"));
        assert!(locales.text("ko", "people-here", &[("count", 12)]).contains("12"));
        assert_eq!(locales.text("en", "no-such-key", &[]), "no-such-key");
    }

    #[test]
    fn all_languages_have_what_the_relay_itself_says() {
        let locales = locales();
        for key in [
            "brand",
            "people-here",
            "entry-enter",
            "entry-entering",
            "entry-note",
            "first-loading",
            "first-noscript",
            "first-guest",
            "pages-label",
            "pages-back",
            "pages-contact",
            "pages-no-contact",
            "version-ready",
            "version-reload",
            "version-later",
        ] {
            for language in locales.offered(&[]) {
                let bundle = &locales.bundles[language];
                assert!(bundle.has_message(key), "{language}: {key}");
            }
        }
    }
}
