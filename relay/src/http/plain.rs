//! The plain pages: rules of use, privacy, accessibility. Written in Markdown (`assets/locales/<language>/relay/*.md`), made
//! into HTML at the start, and served without any script, so that every browser, printer and reading aid can do with them
//! what it likes.

use std::{collections::BTreeMap, fmt::Write as _, sync::Arc};

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse as _, Response},
};
use data_encoding::BASE64;
use pulldown_cmark::{Event, Parser, Tag, TagEnd, html::push_html};
use sha2::{Digest as _, Sha256};

use super::{
    asset::Asset,
    page::{asked, escape, language_links},
};
use crate::{app::App, locales, locales::Locales};

/// Their names, as they stand in addresses and before `.md`.
pub(super) const NAMES: [&str; 3] = ["rules", "privacy", "accessibility"];

/// Stands in a text where it says whom to write to.
const CONTACT: &str = "{contact}";

/// The tokens of the page itself, and what these pages add.
const STYLE: &str = concat!(
    include_str!("../../../assets/styles/app.css"),
    include_str!("../../../assets/styles/plain.css")
);

/// What the visitor has chosen in the page and its links pass on, each with what it may be.
const CHOICES: [(&str, &[&str]); 2] = [
    ("colours", &["light", "dark", "high"]),
    ("text", &["125", "150", "200"]),
];

/// One page in one language.
struct Text {
    title: String,
    html: String,
}

/// All pages.
pub(super) struct PlainPages {
    texts: BTreeMap<(&'static str, &'static str), Text>,
    policy: HeaderValue,
}

impl PlainPages {
    /// `contact` is an address of mail or of a page, to which people are to turn.
    pub(super) fn new(locales: &Locales, contact: Option<&str>) -> Self {
        let mut texts = BTreeMap::new();
        for name in NAMES {
            for (language, markdown) in locales::of_the_relay(&format!("{name}.md")) {
                let whom = match contact {
                    Some(contact) => {
                        locales.text_of(language, "pages-contact", &[("contact", &format!("<{contact}>"))])
                    }
                    None => locales.text(language, "pages-no-contact", &[]),
                };
                texts.insert((name, language), read(&markdown.replace(CONTACT, &whom)));
            }
        }
        let hash = BASE64.encode(&Sha256::digest(STYLE));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
        );
        Self {
            texts,
            policy: HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'")),
        }
    }
}

/// A page's title is its only heading of the first rank.
fn read(markdown: &str) -> Text {
    let (mut title, mut inside) = (String::new(), false);
    let events: Vec<Event<'_>> = Parser::new(markdown)
        .filter(|event| match event {
            Event::Start(Tag::Heading { level, .. }) if *level as usize == 1 => {
                inside = true;
                false
            }
            Event::End(TagEnd::Heading(level)) if *level as usize == 1 => {
                inside = false;
                false
            }
            Event::Text(text) if inside => {
                title.push_str(text);
                false
            }
            _ => true,
        })
        .collect();
    let mut html = String::new();
    push_html(&mut html, events.into_iter());
    Text { title, html }
}

/// `GET /rules`, `/privacy`, `/accessibility`.
pub(super) async fn page(
    State(app): State<Arc<App>>,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let language = app.locales.choose(asked(&query, "lang"), accepted);
    let pages = &app.site.plain;
    let name = NAMES
        .into_iter()
        .find(|name| uri.path().trim_matches('/') == *name);
    let found = name.and_then(|name| Some((name, pages.texts.get(&(name, language))?)));
    let Some((name, text)) = found else {
        return axum::http::StatusCode::NOT_FOUND.into_response();
    };
    let html = written(&app, name, text, language, &query);
    let mut answer = Asset::written_now(html.into(), "text/html; charset=utf-8").answer(&headers);
    let told = answer.headers_mut();
    told.insert(header::CONTENT_SECURITY_POLICY, pages.policy.clone());
    told.insert(
        header::VARY,
        HeaderValue::from_static("accept-encoding, accept-language"),
    );
    answer
}

/// Links to all pages, for a page that itself can do nothing without scripts.
pub(super) fn links(app: &App, language: &str) -> String {
    let texts = &app.site.plain.texts;
    let titles = NAMES
        .iter()
        .filter_map(|name| Some((name, texts.get(&(*name, language))?)));
    let links =
        titles.map(|(name, text)| format!("<a href=\"/{name}?lang={language}\">{}</a>", escape(&text.title)));
    links.collect::<Vec<_>>().join(" · ")
}

fn written(app: &App, name: &str, text: &Text, language: &str, query: &str) -> String {
    let say = |key: &str| escape(&app.locales.text(language, key, &[]));
    let chosen = CHOICES.map(|(key, known)| (key, asked(query, key).filter(|value| known.contains(value))));
    let chosen = || chosen.iter().filter_map(|(key, value)| Some((*key, (*value)?)));
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(out, "<!doctype html><html lang=\"{language}\"");
    for (key, value) in chosen() {
        let _ = write!(out, " data-{key}=\"{value}\"");
    }
    let passed_on = chosen().fold(String::new(), |mut words, (key, value)| {
        let _ = write!(words, "&amp;{key}={value}");
        words
    });
    let link = |(other, text): (&str, &Text)| {
        let current = if other == name {
            " aria-current=\"page\""
        } else {
            ""
        };
        let title = escape(&text.title);
        format!("<a href=\"/{other}?lang={language}{passed_on}\"{current}>{title}</a>")
    };
    let texts = &app.site.plain.texts;
    let others = NAMES
        .iter()
        .filter_map(|other| Some((*other, texts.get(&(*other, language))?)));
    let links: String = others.map(link).collect();
    let kept = query.split('&').filter(|pair| {
        pair.split_once('=')
            .is_some_and(|(key, value)| chosen().any(|chosen| chosen == (key, value)))
    });
    let _ = write!(
        out,
        "><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · {brand}</title><style>{STYLE}</style></head>\
         <body class=\"plain\">\
         <header><a class=\"plain-back\" href=\"/?lang={language}\">{back}</a>\
         <nav class=\"languages\" aria-label=\"{languages}\">{chips}</nav></header>\
         <main><h1>{title}</h1>{html}</main>\
         <footer><nav aria-label=\"{label}\">{links}</nav><p>{brand}</p></footer>\
         </body></html>",
        title = escape(&text.title),
        brand = say("brand"),
        back = say("pages-back"),
        languages = say("language-label"),
        chips = language_links(app, language, &kept.collect::<Vec<_>>().join("&")),
        html = text.html,
        label = say("pages-label"),
    );
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn pages(contact: Option<&str>) -> PlainPages {
        PlainPages::new(&Locales::new(&BTreeMap::new(), "ko"), contact)
    }

    #[test]
    fn every_page_is_there_in_every_language_and_says_the_same_in_as_many_pieces() {
        let pages = pages(None);
        for name in NAMES {
            let shape = |language| {
                let text = &pages.texts[&(name, language)];
                ["<h2>", "<li>", "<p>"].map(|tag| text.html.matches(tag).count())
            };
            let of_english = shape("en");
            assert!(
                of_english.iter().all(|count| *count > 0),
                "{name}: {of_english:?}"
            );
            for language in locales::languages() {
                assert_eq!(shape(language), of_english, "{name} in {language}");
            }
        }
        let titles: BTreeSet<&str> = pages.texts.values().map(|text| text.title.as_str()).collect();
        assert!(!titles.contains("") && titles.len() == pages.texts.len());
    }

    #[test]
    fn whom_to_write_to_is_a_link_where_there_is_someone() {
        for (contact, link) in [
            ("help@seoul.example", "<a href=\"mailto:help@seoul.example\">"),
            (
                "https://seoul.example/help",
                "<a href=\"https://seoul.example/help\">",
            ),
        ] {
            for ((name, language), text) in &pages(Some(contact)).texts {
                assert!(text.html.contains(link), "{name} in {language}");
            }
        }
        for text in pages(None).texts.values() {
            assert!(!text.html.contains(CONTACT) && !text.html.contains("<a "));
        }
    }
}
