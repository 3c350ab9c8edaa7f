//! Any other address: a file, or the page of a place.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

use super::page;
use crate::app::App;

/// A file of a bundle or a generated one; else the page, for those who ask for a page.
pub(super) async fn file_or_page(
    State(app): State<Arc<App>>,
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
    page::of_path(&app, path, query.as_deref(), &headers)
}
