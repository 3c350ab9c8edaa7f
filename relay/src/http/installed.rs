//! What makes a page an installed one: its manifest, its icons, and the service worker that keeps it for a second visit.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use serde_json::{Value, json};
use shared::city::City;

use super::{
    asset::{Asset, Keep, fingerprint, mime_of},
    page::asked,
};
use crate::{app::App, locales::Locales};

/// Where the service worker is: at the root, so that it may answer for every place.
const WORKER: &str = "/sw.js";

/// What it does, after the words that are written before it here.
const KEEPING: &str = include_str!("../../../assets/scripts/keeping.js");

/// Its end, for those who change the code: a page that is kept would hide what they change.
const NOT_KEEPING: &str = include_str!("../../../assets/scripts/not_keeping.js");

/// Icons by address.
const ICONS: [(&str, &[u8]); 6] = [
    (
        "/icons/icon.svg",
        include_bytes!("../../../assets/icons/icon.svg"),
    ),
    (
        "/icons/maskable.svg",
        include_bytes!("../../../assets/icons/icon-maskable.svg"),
    ),
    (
        "/icons/icon-192.png",
        include_bytes!("../../../assets/icons/icon-192.png"),
    ),
    (
        "/icons/icon-512.png",
        include_bytes!("../../../assets/icons/icon-512.png"),
    ),
    (
        "/icons/maskable-512.png",
        include_bytes!("../../../assets/icons/maskable-512.png"),
    ),
    (
        "/icons/touch-180.png",
        include_bytes!("../../../assets/icons/touch-180.png"),
    ),
];

/// Spots that can be opened from the icon at once.
const SHORTCUTS: usize = 4;

/// The elements for the page's head.
pub(super) fn elements(language: &str) -> String {
    format!(
        "<link rel=\"manifest\" href=\"/app.webmanifest?lang={language}\">\
         <link rel=\"apple-touch-icon\" href=\"/icons/touch-180.png\">"
    )
}

/// The files that never change while the relay runs: the icons, and the service worker for a page that is made of `parts`.
pub(super) fn files(city: &City, parts: &str, dev: bool) -> Vec<(&'static str, Asset)> {
    let places: Vec<&str> = city.places.iter().map(|place| place.id.as_str()).collect();
    let version = fingerprint(format!("{parts}{KEEPING}").as_bytes());
    let worker = if dev {
        NOT_KEEPING.to_owned()
    } else {
        format!(
            "const VERSION = {};\nconst PLACES = {};\n{KEEPING}",
            json!(version),
            json!(places)
        )
    };
    let worker = Asset::compressed(worker.into(), mime_of(WORKER), Keep::Ask);
    let icon = |(address, bytes): (&'static str, &'static [u8])| {
        (
            address,
            Asset::new(Bytes::from_static(bytes), None, None, mime_of(address), Keep::Ask),
        )
    };
    ICONS.into_iter().map(icon).chain([(WORKER, worker)]).collect()
}

/// The texts of the offer of another version, by language.
pub(super) fn words(locales: &Locales, languages: &[String]) -> Value {
    let said = |language: &str| {
        let say = |key| locales.text(language, key, &[]);
        json!({ "ready": say("version-ready"), "reload": say("version-reload"), "later": say("version-later") })
    };
    let offered = locales.offered(languages).into_iter();
    Value::Object(
        offered
            .map(|language| (language.to_owned(), said(language)))
            .collect(),
    )
}

/// `GET /app.webmanifest?lang=…`.
pub(super) async fn manifest(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let query = query.unwrap_or_default();
    let language = app.locales.choose(asked(&query, "lang"), accepted);
    let say = |key: &str| app.locales.text(language, key, &[]);
    let png = |file: &str, pixels: u32, purpose: &str| json!({ "src": format!("/icons/{file}.png"), "sizes": format!("{pixels}x{pixels}"), "type": "image/png", "purpose": purpose });
    let svg = |file: &str, purpose: &str| json!({ "src": format!("/icons/{file}.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": purpose });
    let spots = app.city.arrival_place().into_iter().flat_map(|place| {
        let spots = place.spots.iter().take(SHORTCUTS);
        spots.map(move |spot| json!({ "name": say(&format!("spot-{}", spot.id)), "url": format!("/{}/{}", place.id, spot.id) }))
    });
    let manifest = json!({
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "name": say("brand"),
        "short_name": say("brand"),
        "lang": language,
        "display": "standalone",
        "background_color": "#f3efe4",
        "theme_color": "#f3efe4",
        "icons": [
            png("icon-192", 192, "any"),
            png("icon-512", 512, "any"),
            png("maskable-512", 512, "maskable"),
            svg("icon", "any"),
            svg("maskable", "maskable"),
        ],
        "shortcuts": spots.collect::<Vec<_>>(),
    });
    let told = [
        (header::CONTENT_TYPE, "application/manifest+json"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "accept-language"),
    ];
    (told, manifest.to_string()).into_response()
}
