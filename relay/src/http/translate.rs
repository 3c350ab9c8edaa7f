//! Lines of the chat in another language: asked of the operator's translator in the visitor's place, which so never hears
//! from the visitor's browser.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;
use shared::text::LINE_CHARS;

use crate::app::App;

/// The largest request that is read: the longest line, in the widest letters and as pieces.
pub(super) const REQUEST_BYTES: usize = 4 << 10;

/// Pieces of a line at most: what stands between its numbers and addresses.
const MOST_PIECES: usize = 40;

/// What a page asks for: a line, or pieces of one.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    source: String,
    target: String,
    texts: Vec<String>,
}

impl Asked {
    /// Whether a page of this relay could ask so.
    fn is_sound(&self, app: &App) -> bool {
        let chars: usize = self.texts.iter().map(|text| text.chars().count()).sum();
        let known = |tag: &str| app.locales.offered(&[]).contains(&tag);
        (1..=MOST_PIECES).contains(&self.texts.len())
            && (1..=LINE_CHARS).contains(&chars)
            && known(&self.source)
            && known(&self.target)
    }
}

/// `POST /api/translate`: for pages of this relay, so many for each address; 404 where the operator has named no
/// translator, 502 where it gave no translation. What is said is written down nowhere.
pub(super) async fn translate(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Json(asked): Json<Asked>,
) -> Response {
    let answered = answer(&app, peer, &headers, &asked).await;
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    let answered = answered.map(|texts| Json(json!({ "texts": texts })));
    (no_store, answered).into_response()
}

async fn answer(
    app: &App,
    peer: SocketAddr,
    headers: &HeaderMap,
    asked: &Asked,
) -> Result<Vec<String>, StatusCode> {
    let translator = app.translator.as_ref().ok_or(StatusCode::NOT_FOUND)?;
    if !app.gate.is_asked_by_page(headers) {
        return Err(StatusCode::FORBIDDEN);
    }
    if !asked.is_sound(app) {
        return Err(StatusCode::BAD_REQUEST);
    }
    if !app.gate.may_translate(app.gate.address(peer, headers)) {
        return Err(StatusCode::TOO_MANY_REQUESTS);
    }
    app.metrics.translations_asked.inc();
    let translated = translator
        .translate(&asked.texts, &asked.source, &asked.target)
        .await;
    translated.map_err(|error| {
        app.metrics.translations_failed.inc();
        // With its causes: of a connection that fails, only they tell why.
        let error = format!("{:#}", anyhow::Error::from(error));
        tracing::debug!(error, "the translator gave no translation");
        StatusCode::BAD_GATEWAY
    })
}
