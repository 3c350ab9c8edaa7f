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

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{Router, middleware, routing::get};
pub use bundle::BundleError;

use crate::{app::App, city::Pack, socket};
use asset::Asset;
use bundle::Bundle;
use generated::Generated;
use picture::Pictures;

/// Page and files.
pub struct Site {
    bundle: Bundle,
    previous: Vec<Bundle>,
    generated: Generated,
    pictures: Pictures,
}

impl Site {
    /// Makes everything ready: reads the bundle in `web`, compresses city and texts.
    pub fn new(web: &Path, previous: &[PathBuf], dev: bool, pack: &Pack) -> Result<Self, BundleError> {
        let previous = previous.iter().map(|web| Bundle::open(web, false));
        Ok(Self {
            bundle: Bundle::open(web, dev)?,
            previous: previous.collect::<Result<_, _>>()?,
            generated: Generated::new(pack, dev),
            pictures: Pictures::new(&pack.city),
        })
    }
}

impl Site {
    /// A file by its path in the address; of earlier bundles only what says by its name that it never changes.
    fn file(&self, path: &str) -> Option<Asset> {
        let earlier = || self.previous.iter().find_map(|bundle| bundle.kept_file(path));
        self.generated
            .file(path)
            .cloned()
            .or_else(|| self.bundle.file(path))
            .or_else(earlier)
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
