//! `/oembed?url=…`: what another site needs to know to show a spot's link (oEmbed 1.0): as a frame where `--embed-from`
//! allows any, else with its picture.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json,
    extract::{ConnectInfo, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use serde_json::json;

use super::{
    origin,
    page::{self, Found, escape},
    preview::{self, PICTURE},
};
use crate::app::App;

/// Size of a frame where the site asks for none smaller: the page works from 400 by 300 on.
const FRAME: [u32; 2] = [800, 500];

/// What is asked.
#[derive(Deserialize)]
pub(super) struct Asked {
    url: String,
    format: Option<String>,
    maxwidth: Option<u32>,
    maxheight: Option<u32>,
}

/// `GET /oembed`.
pub(super) async fn describe(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    if asked.format.as_deref().is_some_and(|format| format != "json") {
        return (StatusCode::NOT_IMPLEMENTED, "only JSON\n").into_response();
    }
    let origin = origin::of(&app, peer, &headers);
    let found = origin
        .as_deref()
        .zip(path_of(&asked.url))
        .filter(|(origin, (host, _))| path_of(origin).is_some_and(|(own, _)| own == *host))
        .and_then(|(origin, (_, path))| match Found::at(&app.city, path) {
            Found::Here(place, spot) => Some((origin, place, spot)),
            Found::Nowhere(_) => None,
        });
    let Some((origin, place, spot)) = found else {
        return (StatusCode::NOT_FOUND, "not an address of this city\n").into_response();
    };
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let query = asked.url.split_once('?').map_or("", |(_, query)| query);
    let language = app.locales.choose(page::asked(query, "lang"), accepted);
    let address = preview::address(origin, place, spot);
    let title = app.locales.text(language, &preview::key_of(place, spot), &[]);
    let mut answer = json!({
        "version": "1.0",
        "type": "link",
        "title": title,
        "provider_name": app.locales.text(language, "brand", &[]),
        "provider_url": origin,
    });
    if let Some(picture) = preview::picture(&app, origin, place, spot) {
        answer["thumbnail_url"] = json!(picture);
        answer["thumbnail_width"] = json!(PICTURE[0]);
        answer["thumbnail_height"] = json!(PICTURE[1]);
    }
    if app.site.embed_from.is_some() {
        let [width, height] = [(FRAME[0], asked.maxwidth), (FRAME[1], asked.maxheight)]
            .map(|(usual, most)| usual.min(most.unwrap_or(usual)));
        answer["type"] = json!("rich");
        answer["width"] = json!(width);
        answer["height"] = json!(height);
        answer["html"] = json!(format!(
            "<iframe src=\"{address}\" width=\"{width}\" height=\"{height}\" title=\"{}\" style=\"border:0\" \
             allow=\"fullscreen\" loading=\"lazy\"></iframe>",
            escape(&title)
        ));
    }
    Json(answer).into_response()
}

/// Host and path of an address.
fn path_of(url: &str) -> Option<(&str, &str)> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    Some((host, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_and_a_path() {
        assert_eq!(path_of("https://a.b:1/c/d?e=/f#g"), Some(("a.b:1", "/c/d")));
        assert_eq!(path_of("http://a.b?x"), Some(("a.b", "")));
        assert_eq!(path_of("javascript://a.b/"), None);
        assert_eq!(path_of("//a.b/"), None);
    }
}
