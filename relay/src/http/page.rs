//! The page, with the first screen written into it: the place's name, how many people are there, and its picture, in
//! the visitor's language. It is never kept by browsers.

use std::{fmt::Write as _, sync::Arc};

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use shared::city::{Place, Spot};

use super::{asset::Asset, generated::Generated, headers::page_policy};
use crate::app::App;

/// Where Trunk left room for the nonce: named in Trunk.toml.
const NONCE: &str = "{{__TRUNK NONCE__}}";

/// Where index.html leaves room for what the shell needs at its start.
const BOOT: &str = "<!--boot-->";

/// Where index.html leaves room for the first screen.
const FIRST: &str = "<!--first-->";

/// What the first screen's button does before the shell is there: it keeps that it was pressed.
const EARLY: &str = "{const enter=document.getElementById('enter-early');\
    enter.onclick=()=>{enter.disabled=true;enter.textContent=enter.dataset.pressed}}";

/// The language that index.html is written in.
const LANG: &str = "<html lang=\"ko\"";

/// `GET /`.
pub(super) async fn arrival(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let spot = app.city.arrival.spot.clone();
    match app.city.arrival_place() {
        Some(place) => {
            let spot = place.spot(&spot);
            render(&app, place, spot, query.as_deref(), &headers, StatusCode::OK)
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /<place>` and `GET /<place>/<spot>`; what does not exist gets the arrival place, and a status that says so.
pub(super) fn of_path(app: &App, path: &str, query: Option<&str>, headers: &HeaderMap) -> Response {
    let mut names = path.trim_matches('/').split('/');
    let (place, spot, more) = (names.next().unwrap_or_default(), names.next(), names.next());
    let found = app.city.place(place).filter(|_| more.is_none());
    let spot_found = found.and_then(|place| spot.map_or(place.spots.first(), |spot| place.spot(spot)));
    match (found.or_else(|| app.city.arrival_place()), found.zip(spot_found)) {
        (Some(place), Some((_, spot))) => render(app, place, Some(spot), query, headers, StatusCode::OK),
        (Some(place), None) => render(
            app,
            place,
            place.spots.first(),
            query,
            headers,
            StatusCode::NOT_FOUND,
        ),
        (None, _) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn render(
    app: &App,
    place: &Place,
    spot: Option<&Spot>,
    query: Option<&str>,
    headers: &HeaderMap,
    status: StatusCode,
) -> Response {
    let (template, engines) = match app.site.bundle.index() {
        Ok(index) => index,
        Err(error) => {
            tracing::error!(%error, "cannot serve the page");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let Ok(nonce) = nonce() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let language = app
        .locales
        .choose(query.and_then(asked_language), text(header::ACCEPT_LANGUAGE));
    let people = app.rooms.people(&place.id);
    let generated = &app.site.generated;
    let boot = json!({
        "city": generated.city,
        "languages": languages(app),
        "texts": generated.texts,
        "locales": generated.locales,
        "later": generated.later,
        "engine": engines,
        "place": place.id,
        "spot": spot.map(|spot| &spot.id),
        "people": people,
    });
    // Inside a script element only `<` can end it; JSON allows to write it so.
    let boot = boot.to_string().replace('<', "\\u003c");
    let boot = format!(
        "{}<script type=\"application/json\" id=\"boot\">{boot}</script>{}",
        preview(app, place, spot, language),
        early(generated, language, &engines)
    );
    let html = entitled(&template, &title(app, place, spot, language))
        .replacen(LANG, &format!("<html lang=\"{language}\""), 1)
        .replacen(BOOT, &boot, 1)
        .replacen(FIRST, &first_screen(app, place, spot, language, query, people), 1)
        .replace(NONCE, &nonce);
    let policy = HeaderValue::try_from(page_policy(&nonce, text(header::HOST)))
        .unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let mut response = Asset::written_now(html.into(), "text/html; charset=utf-8").answer(headers);
    *response.status_mut() = status;
    let answer = response.headers_mut();
    answer.insert(
        header::VARY,
        HeaderValue::from_static("accept-encoding, accept-language"),
    );
    answer.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// The languages in the order in which they are offered, each with what it calls itself.
fn languages(app: &App) -> Vec<[String; 2]> {
    let offered = app.locales.offered(&app.city.languages);
    let named = |language: &str| {
        [
            language.to_owned(),
            app.locales.text(language, "language-name", &[]),
        ]
    };
    offered.into_iter().map(named).collect()
}

/// Has the browser fetch the texts while the shell itself is under way: the page is usable with those two, and all else
/// that shared the line with them, the city first, would keep the visitor waiting.
///
/// The engine's worker is only a few hundred bytes, and on a far line it would be asked for a moment late.
fn early(generated: &Generated, language: &str, engines: &Value) -> String {
    let worker = engines.as_object().and_then(|engines| engines.values().next());
    let worker = worker.and_then(Value::as_str).map_or_else(String::new, |url| {
        format!("<link rel=\"modulepreload\" href=\"{}\">", escape(url))
    });
    let texts = [&generated.locales, &generated.texts].map(|by_language| by_language[language].as_array());
    let texts = texts.into_iter().flatten().flatten().filter_map(Value::as_str);
    texts.fold(worker, |mut out, url| {
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<link rel=\"preload\" as=\"fetch\" crossorigin=\"anonymous\" href=\"{}\">",
            escape(url)
        );
        out
    })
}

/// What messengers and search engines show of a link, in the words of the pack (Open Graph).
fn preview(app: &App, place: &Place, spot: Option<&Spot>, language: &str) -> String {
    let key = key_of(place, spot);
    let about_key = format!("{key}-about");
    let about = app.locales.text(language, &about_key, &[]);
    let mut told = vec![
        ("og:type", "website".to_owned()),
        ("og:site_name", app.locales.text(language, "brand", &[])),
        ("og:locale", language.replace('-', "_")),
        ("og:title", app.locales.text(language, &key, &[])),
    ];
    // A text that is not there is told by its key.
    if about != about_key {
        told.push(("og:description", about.clone()));
        told.push(("description", about));
    }
    let meta = |(name, content): (&str, String)| {
        let kind = if name.starts_with("og:") {
            "property"
        } else {
            "name"
        };
        format!("<meta {kind}=\"{name}\" content=\"{}\">", escape(&content))
    };
    told.into_iter().map(meta).collect()
}

/// The key of the name of where one is.
fn key_of(place: &Place, spot: Option<&Spot>) -> String {
    spot.map_or_else(
        || format!("place-{}", place.id),
        |spot| format!("spot-{}", spot.id),
    )
}

/// The document's title: the same that the shell gives it once it runs.
fn title(app: &App, place: &Place, spot: Option<&Spot>, language: &str) -> String {
    let here = app.locales.text(language, &key_of(place, spot), &[]);
    app.locales.text_of(language, "title", &[("spot", &here)])
}

/// The page with a title where it has an element for one.
fn entitled(template: &str, title: &str) -> String {
    match template
        .split_once("<title>")
        .zip(template.split_once("</title>"))
    {
        Some(((before, _), (_, after))) => format!("{before}<title>{}</title>{after}", escape(title)),
        None => template.to_owned(),
    }
}

/// The language that an address asks for: the first one named. A tag needs no escapes, and whatever else the query holds
/// is no reason to refuse the page.
fn asked_language(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang="))
}

/// What the entry screen will show, where it will show it, and its button, which can be pressed at once: the shell takes
/// the place of all this without anything moving, and lets in whoever has pressed.
fn first_screen(
    app: &App,
    place: &Place,
    spot: Option<&Spot>,
    language: &str,
    query: Option<&str>,
    people: u32,
) -> String {
    let text = |key: &str| escape(&app.locales.text(language, key, &[("count", people)]));
    let picture = spot.map_or("", |spot| app.site.pictures.around(&place.id, &spot.id));
    let named = text(&format!("place-{}", place.id));
    let (over, title) = match spot {
        Some(spot) => (named, text(&format!("spot-{}", spot.id))),
        None => (text("brand"), named),
    };
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<main id=\"first\" class=\"entry first\">\
         {picture}\
         <div class=\"entry-bar\"><span class=\"brand\">{}</span>\
         <nav class=\"languages\" aria-label=\"{}\">{}</nav></div>\
         <div class=\"entry-card\">\
         <p class=\"entry-place\">{over}</p>\
         <h1>{title}</h1>\
         <p class=\"entry-people\"><span class=\"dot\"></span>{}</p>\
         <div class=\"entry-you\"></div>\
         <button type=\"button\" class=\"primary large\" id=\"enter-early\" data-pressed=\"{}\">{}</button>\
         <p class=\"first-loading\" role=\"status\">{}</p>\
         <p class=\"entry-note\">{}</p>\
         <noscript><p class=\"trouble\">{}</p></noscript>\
         </div></main>\
         <script nonce=\"{NONCE}\">{EARLY}</script>",
        text("brand"),
        text("language-label"),
        language_links(app, language, query.unwrap_or_default()),
        text("people-here"),
        text("entry-entering"),
        text("entry-enter"),
        text("first-loading"),
        text("entry-note"),
        text("first-noscript"),
    );
    out
}

/// The same address in each language.
fn language_links(app: &App, chosen: &str, query: &str) -> String {
    let others: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("lang="))
        .collect();
    let link = |[tag, name]: [String; 2]| {
        let lang = format!("lang={tag}");
        let current = if tag == chosen {
            " aria-current=\"true\""
        } else {
            ""
        };
        format!(
            "<a class=\"chip\" lang=\"{tag}\" href=\"?{}\"{current}>{}</a>",
            escape(&[&[lang.as_str()], &others[..]].concat().join("&")),
            escape(&name)
        )
    };
    languages(app).into_iter().map(link).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn nonce() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_le_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_takes_the_place_of_the_templates_and_cannot_end_its_element() {
        assert_eq!(
            entitled("<head><title></title></head>", "</title><b>"),
            "<head><title>&lt;/title&gt;&lt;b&gt;</title></head>"
        );
        assert_eq!(entitled("<p></p>", "t"), "<p></p>");
    }

    #[test]
    fn the_first_language_of_an_address_counts_whatever_else_is_in_it() {
        assert_eq!(asked_language("lang=en&lang=ko"), Some("en"));
        assert_eq!(asked_language("a=%zz&&lang=ko"), Some("ko"));
        assert_eq!(asked_language("slang=en"), None);
    }
}
