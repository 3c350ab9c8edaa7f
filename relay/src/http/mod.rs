//! Everything that is not the WebSocket: the page, the bundle's files, the city, health, metrics.
//!
//! In: GET requests, and lines to translate. Out: answers made ready at the start, compressed once; only the page is written
//! for each request, with the first screen in it.

mod asset;
mod bundle;
mod generated;
mod headers;
mod installed;
mod mock;
mod oembed;
mod origin;
mod page;
mod picture;
mod plain;
mod preview;
mod qr;
mod serve_file;
mod status;
mod translate;

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
pub use bundle::BundleError;

use crate::{app::App, city::Pack, locales::Locales, options::ServeOptions, socket};
use asset::Asset;
use bundle::Bundle;
use generated::Generated;
use picture::Pictures;
use plain::PlainPages;

/// Page and files.
pub struct Site {
    bundle: Bundle,
    previous: Vec<Bundle>,
    generated: Generated,
    pictures: Pictures,
    plain: PlainPages,
    /// Icons and service worker.
    installed: HashMap<&'static str, Asset>,
    /// Where visitors reach the relay, where the operator has said so.
    origin: Option<String>,
    /// The sites that may show the page in a frame, as a policy names them; none for no site.
    embed_from: Option<String>,
}

impl Site {
    /// Makes everything ready: reads the bundle, compresses city and texts.
    pub fn new(options: &ServeOptions, pack: &Pack, locales: &Locales) -> Result<Self, BundleError> {
        let previous = options.web_previous.iter().map(|web| Bundle::open(web, false));
        let bundle = Bundle::open(&options.web, options.dev)?;
        let generated = Generated::new(pack, locales, options);
        let (template, workers) = bundle.index()?;
        let parts = format!("{template}{}{}", workers.engines, generated.parts());
        Ok(Self {
            installed: installed::files(&pack.city, &parts, options.dev)
                .into_iter()
                .collect(),
            bundle,
            previous: previous.collect::<Result<_, _>>()?,
            generated,
            pictures: Pictures::new(&pack.city),
            plain: PlainPages::new(locales, options.contact.as_deref()),
            origin: options.origin.clone(),
            embed_from: (!options.embed_from.is_empty()).then(|| options.embed_from.join(" ")),
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
            .or_else(|| self.installed.get(path).cloned())
            .or_else(|| self.bundle.file(path))
            .or_else(earlier)
    }
}

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    let plain = plain::NAMES.into_iter().fold(Router::new(), |routes, name| {
        routes.route(&format!("/{name}"), get(plain::page))
    });
    plain
        .route("/", get(page::arrival))
        .route("/ws", get(socket::upgrade))
        .route("/healthz", get(status::health))
        .route("/readyz", get(status::ready))
        .route("/metrics", get(status::metrics))
        .route("/api/places", get(status::places))
        .route(
            "/api/translate",
            post(translate::translate).layer(DefaultBodyLimit::max(translate::REQUEST_BYTES)),
        )
        .route("/qr/{place}/{spot}", get(qr::code))
        .route("/oembed", get(oembed::describe))
        .route("/app.webmanifest", get(installed::manifest))
        .fallback(get(serve_file::file_or_page))
        .layer(middleware::map_response(headers::harden))
        .with_state(app)
}
