//! Health, readiness, metrics, and how many people are where.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use axum::{
    Json,
    extract::{ConnectInfo, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::app::App;

/// `GET /healthz`: the process answers.
pub(super) async fn health() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: new visitors may be sent here.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Response {
    if !app.drain.is_ready() {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n").into_response();
    }
    "ready\n".into_response()
}

/// `GET /metrics`: for Prometheus.
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Response {
    app.rooms.note();
    let mime = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, mime)], app.metrics.render()).into_response()
}

/// `GET /api/places`: for the map where a `WebSocket` is blocked. An address whose `WebSocket`s are refused right now is
/// refused here too, so that its page does not take the one for the other. A kiosk asks under its name (`?kiosk=`), and so
/// reports that it is well.
pub(super) async fn places(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    if app.gate.is_refusing(app.gate.address(peer, &headers)) {
        return (StatusCode::TOO_MANY_REQUESTS, no_store).into_response();
    }
    app.metrics.kiosks.note(query.as_deref(), Instant::now());
    let places: Vec<Value> = app
        .rooms
        .places()
        .map(|(place, people)| json!({ "place": place, "people": people }))
        .collect();
    (no_store, Json(places)).into_response()
}
