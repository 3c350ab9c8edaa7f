//! For those who work on the page: all its components side by side, each on a made-up world of its own.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

use super::{asset::Asset, headers::page_policy};

/// The name in `?mock=` of all components together; every other names a scene.
pub(super) const ALL: &str = "all";

/// The page of all components. Its script makes everything on it.
pub(super) fn components(directory: &str, language: &str, nonce: &str, headers: &HeaderMap) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"icon\" href=\"data:,\">\
         <link rel=\"stylesheet\" href=\"{directory}/mock_components.css\">\
         <script type=\"module\" src=\"{directory}/mock_components.js\"></script></head><body></body></html>"
    );
    let policy = format!("{}; frame-src 'self'", page_policy(nonce, None, None));
    let mut response = Asset::written_now(html.into(), "text/html; charset=utf-8").answer(headers);
    let policy = HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}
