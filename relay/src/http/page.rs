//! The page, with the first screen written into it: the place's name, how many people are there, and its picture, in
//! the visitor's language. It is never kept by browsers.

use std::{fmt::Write as _, net::SocketAddr, sync::Arc};

use axum::{
    extract::{ConnectInfo, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use shared::city::{City, Place, Spot};

use super::{
    asset::Asset,
    generated::Generated,
    headers::page_policy,
    installed, mock, origin, plain,
    preview::{self, key_of},
};
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

/// Where an address leads.
pub(super) enum Found<'a> {
    /// To a place, and a spot of it where it has any.
    Here(&'a Place, Option<&'a Spot>),
    /// To nothing that exists, any more or yet: to where visitors are received, or into the place at least.
    Nowhere(Option<&'a Place>),
}

impl<'a> Found<'a> {
    /// By the path: `/`, `/<place>` or `/<place>/<spot>`.
    pub(super) fn at(city: &'a City, path: &str) -> Self {
        let path = path.trim_matches('/');
        if path.is_empty() {
            let arrival = city.arrival_place();
            return arrival.map_or(Self::Nowhere(None), |place| {
                Self::Here(place, place.spot(&city.arrival.spot))
            });
        }
        let mut names = path.split('/');
        let (place, spot, more) = (names.next().unwrap_or_default(), names.next(), names.next());
        let Some(place) = city.place(place).filter(|_| more.is_none()) else {
            return Self::Nowhere(city.arrival_place());
        };
        match spot {
            None => Self::Here(place, place.spots.first()),
            Some(spot) => match place.spot(spot) {
                Some(spot) => Self::Here(place, Some(spot)),
                None => Self::Nowhere(Some(place)),
            },
        }
    }
}

/// What a request for a page says beside its path.
pub(super) struct Asking<'a> {
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) peer: SocketAddr,
}

/// `GET /`.
pub(super) async fn arrival(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let asking = Asking {
        query: query.as_deref().unwrap_or_default(),
        headers: &headers,
        peer,
    };
    of_path(&app, "/", &asking)
}

/// `GET /<place>` and `GET /<place>/<spot>`; what does not exist gets the arrival place, and a status that says so.
pub(super) fn of_path(app: &App, path: &str, asking: &Asking<'_>) -> Response {
    match Found::at(&app.city, path) {
        Found::Here(place, spot) => render(app, place, spot, asking, StatusCode::OK),
        Found::Nowhere(Some(place)) => {
            let spot = match app.city.arrival_place() {
                Some(arrival) if arrival.id == place.id => place.spot(&app.city.arrival.spot),
                _ => None,
            };
            let spot = spot.or_else(|| place.spots.first());
            render(app, place, spot, asking, StatusCode::NOT_FOUND)
        }
        Found::Nowhere(None) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn render(
    app: &App,
    place: &Place,
    spot: Option<&Spot>,
    asking: &Asking<'_>,
    status: StatusCode,
) -> Response {
    let (template, workers) = match app.site.bundle.index() {
        Ok(index) => index,
        Err(error) => {
            tracing::error!(%error, "cannot serve the page");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let Ok(nonce) = nonce() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let Asking { query, headers, peer } = *asking;
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let language = app
        .locales
        .choose(asked(query, "lang"), text(header::ACCEPT_LANGUAGE));
    let mock = workers.mock.filter(|_| asked(query, "mock").is_some());
    // A made-up world is seen as a map, and by nobody else.
    let (engines, people) = match mock {
        Some(_) => (Value::default(), 0),
        None => (workers.engines, app.rooms.people(&place.id)),
    };
    if let Some(directory) = mock
        .as_deref()
        .filter(|_| asked(query, "mock") == Some(mock::ALL))
    {
        return mock::components(directory, language, &nonce, headers);
    }
    let is_missing = status == StatusCode::NOT_FOUND;
    let generated = &app.site.generated;
    let mut boot = json!({
        "city": generated.city,
        "languages": languages(app),
        "texts": generated.texts,
        "locales": generated.locales,
        "later": generated.later,
        "engine": engines,
        "place": place.id,
        "spot": spot.map(|spot| &spot.id),
        "people": people,
        "missing": is_missing,
    });
    if let Some(directory) = &mock {
        boot["mock"] = json!(directory);
    }
    // Inside a script element only `<` can end it; JSON allows to write it so.
    let boot = boot.to_string().replace('<', "\\u003c");
    let boot = format!(
        "{}{}<script type=\"application/json\" id=\"boot\">{boot}</script>{}{}",
        preview::elements(
            app,
            place,
            spot,
            language,
            origin::of(app, peer, headers).as_deref()
        ),
        installed::elements(language),
        early(generated, language, &engines),
        beside(&generated.beside),
    );
    let html = entitled(&template, &title(app, place, spot, language))
        .replacen(LANG, &format!("<html lang=\"{language}\""), 1)
        .replacen(BOOT, &boot, 1)
        .replacen(
            FIRST,
            &first_screen(app, place, spot, language, query, people, is_missing),
            1,
        )
        .replace(NONCE, &nonce);
    let policy = HeaderValue::try_from(page_policy(
        &nonce,
        text(header::HOST),
        // Beside each other on the page of all components.
        app.site.embed_from.as_deref().or(mock.as_deref().map(|_| "")),
    ))
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

/// The script beside the shell, which waits for everything else.
fn beside(address: &str) -> String {
    format!("<script type=\"module\" async fetchpriority=\"low\" src=\"{address}\"></script>")
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

/// A word of an address's query, such as the language that it asks for: the first one named. What is understood needs no
/// escapes, and whatever else the query holds is no reason to refuse the page.
pub(super) fn asked<'a>(query: &'a str, key: &str) -> Option<&'a str> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == key).map(|(_, value)| value)
}

/// What the entry screen will show, where it will show it, and its button, which can be pressed at once: the shell takes
/// the place of all this without anything moving, and lets in whoever has pressed.
fn first_screen(
    app: &App,
    place: &Place,
    spot: Option<&Spot>,
    language: &str,
    query: &str,
    people: u32,
    is_missing: bool,
) -> String {
    let text = |key: &str| escape(&app.locales.text(language, key, &[("count", people)]));
    let picture = spot.map_or("", |spot| app.site.pictures.around(&place.id, &spot.id));
    let named = text(&format!("place-{}", place.id));
    let (over, title) = match spot {
        Some(spot) => (named, text(&format!("spot-{}", spot.id))),
        None => (text("brand"), named),
    };
    let missing = if is_missing {
        format!("<p class=\"trouble missing\">{}</p>", text("entry-missing"))
    } else {
        String::new()
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
         {missing}\
         <div class=\"entry-you\"></div>\
         <button type=\"button\" class=\"primary large\" id=\"enter-early\" data-pressed=\"{}\">{}</button>\
         <a class=\"secondary easy-on\" href=\"?{}\">{}</a>\
         <p class=\"first-loading\" role=\"status\">{}</p>\
         <p class=\"entry-note\">{}</p>\
         <noscript><p class=\"trouble\">{}</p><p class=\"first-pages\">{}</p></noscript>\
         </div></main>\
         <script nonce=\"{NONCE}\">{EARLY}</script>",
        text("brand"),
        text("language-label"),
        language_links(app, language, query),
        text("people-here"),
        text("entry-entering"),
        text("entry-enter"),
        escape(&[query, "easy"].join(if query.is_empty() { "" } else { "&" })),
        text("easy-on"),
        text("first-loading"),
        text("entry-note"),
        text("first-noscript"),
        plain::links(app, language),
    );
    out
}

/// The same address in each language.
pub(super) fn language_links(app: &App, chosen: &str, query: &str) -> String {
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

pub(super) fn escape(text: &str) -> String {
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
        assert_eq!(asked("lang=en&lang=ko", "lang"), Some("en"));
        assert_eq!(asked("a=%zz&&lang=ko", "lang"), Some("ko"));
        assert_eq!(asked("slang=en", "lang"), None);
    }
}
