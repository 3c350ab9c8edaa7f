//! Everything that is not the WebSocket: the page, the bundle's files, the city, health, metrics.
//!
//! In: GET requests. Out: answers made ready at the start, compressed once; only the page is written for each request,
//! with the first screen in it.

mod asset;
mod bundle;
mod generated;
mod headers;
mod page;
mod picture;
mod serve_file;
mod status;

use std::{path::Path, sync::Arc};

use axum::{Router, middleware, routing::get};
pub use bundle::BundleError;

use crate::{app::App, city::Pack, socket};
use bundle::Bundle;
use generated::Generated;
use picture::Pictures;

/// Page and files.
pub struct Site {
    bundle: Bundle,
    generated: Generated,
    pictures: Pictures,
}

impl Site {
    /// Makes everything ready: reads the bundle in `web`, compresses city and texts.
    pub fn new(web: &Path, dev: bool, pack: &Pack) -> Result<Self, BundleError> {
        Ok(Self {
            bundle: Bundle::open(web, dev)?,
            generated: Generated::new(pack, dev),
            pictures: Pictures::new(&pack.city),
        })
    }
}

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(page::arrival))
        .route("/ws", get(socket::upgrade))
        .route("/healthz", get(status::health))
        .route("/readyz", get(status::ready))
        .route("/metrics", get(status::metrics))
        .route("/api/places", get(status::places))
        .fallback(get(serve_file::file_or_page))
        .layer(middleware::map_response(headers::harden))
        .with_state(app)
}
