//! Any other address: a file, or the page of a place.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    extract::{ConnectInfo, RawQuery, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

use super::page;
use crate::app::App;

/// A file of a bundle or a generated one; else the page, for those who ask for a page.
pub(super) async fn file_or_page(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let path = uri.path();
    if let Some(asset) = app.site.file(path) {
        return asset.answer(&headers);
    }
    // A missing script or picture must not come back as a page.
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let wants_page = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_none_or(|accept| accept.contains("text/html") || accept.contains("*/*"));
    if is_file || !wants_page {
        return (StatusCode::NOT_FOUND, "not found\n").into_response();
    }
    let asking = page::Asking {
        query: query.as_deref().unwrap_or_default(),
        headers: &headers,
        peer,
    };
    page::of_path(&app, path, &asking)
}
