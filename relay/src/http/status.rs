//! Health, readiness, metrics, and how many people are where.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
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
    if app.is_draining() {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n").into_response();
    }
    "ready\n".into_response()
}

/// `GET /metrics`: for Prometheus.
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Response {
    let mime = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, mime)], app.metrics.render()).into_response()
}

/// `GET /api/places`: for the map where a `WebSocket` is blocked.
pub(super) async fn places(State(app): State<Arc<App>>) -> Response {
    let places: Vec<Value> = app
        .rooms
        .values()
        .map(|room| json!({ "place": room.place.id, "people": room.people() }))
        .collect();
    ([(header::CACHE_CONTROL, "no-store")], Json(places)).into_response()
}
