//! A file as it is served: its forms, its type, how long browsers may keep it.

use std::io::Write as _;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

/// Below this size compressing is not worth a header.
const COMPRESS_FROM_BYTES: usize = 256;

/// Brotli's effort for what is compressed at the start: a second for a city, and within a few per cent of the best.
const BROTLI_QUALITY: i32 = 9;

/// A year, in seconds.
const KEEP_FOR_EVER: &str = "public, max-age=31536000, immutable";

/// How long browsers may keep a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// For a year: its name changes with its content.
    ForEver,
    /// But ask each time whether it has changed.
    Ask,
    /// Not at all.
    Not,
}

/// A file as it is served.
#[derive(Clone, Debug)]
pub(super) struct Asset {
    pub(super) plain: Bytes,
    pub(super) brotli: Option<Bytes>,
    pub(super) gzip: Option<Bytes>,
    pub(super) mime: &'static str,
    pub(super) keep: Keep,
    tag: HeaderValue,
}

impl Asset {
    pub(super) fn new(
        plain: Bytes,
        brotli: Option<Bytes>,
        gzip: Option<Bytes>,
        mime: &'static str,
        keep: Keep,
    ) -> Self {
        let tag = format!("\"{}\"", fingerprint(&plain));
        let tag = HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("\"\""));
        Self {
            plain,
            brotli,
            gzip,
            mime,
            keep,
            tag,
        }
    }

    /// Compresses bytes that were made here.
    pub(super) fn compressed(plain: Bytes, mime: &'static str, keep: Keep) -> Self {
        if plain.len() < COMPRESS_FROM_BYTES {
            return Self::new(plain, None, None, mime, keep);
        }
        let (brotli, gzip) = (to_brotli(&plain), to_gzip(&plain, flate2::Compression::best()));
        Self::new(plain, brotli, gzip, mime, keep)
    }

    /// What was written for one request: compressed by the quickest means, kept by nobody.
    pub(super) fn written_now(plain: Bytes, mime: &'static str) -> Self {
        let gzip = to_gzip(&plain, flate2::Compression::fast());
        Self {
            plain,
            brotli: None,
            gzip,
            mime,
            keep: Keep::Not,
            tag: HeaderValue::from_static("\"\""),
        }
    }

    /// The answer to a request with these headers.
    pub(super) fn answer(&self, request: &HeaderMap) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.mime));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        let keep = match self.keep {
            Keep::ForEver => KEEP_FOR_EVER,
            Keep::Ask => "no-cache",
            Keep::Not => "no-store",
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
        if self.keep != Keep::Not {
            headers.insert(header::ETAG, self.tag.clone());
            if request
                .get(header::IF_NONE_MATCH)
                .is_some_and(|known| known == self.tag)
            {
                return (StatusCode::NOT_MODIFIED, headers).into_response();
            }
        }
        let (body, encoding) = match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts(request, "br") => (brotli, Some("br")),
            (_, Some(gzip)) if accepts(request, "gzip") => (gzip, Some("gzip")),
            _ => (&self.plain, None),
        };
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        (headers, Body::from(body.clone())).into_response()
    }
}

/// A short name for some content.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let number = digest
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}

/// The media type of a file name.
pub(super) fn mime_of(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ogg" => "audio/ogg",
        "mp3" => "audio/mpeg",
        "ftl" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    request
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|list| {
            list.split(',').any(|entry| {
                let mut parts = entry.split(';').map(str::trim);
                let named = parts
                    .next()
                    .is_some_and(|name| name.eq_ignore_ascii_case(encoding));
                named && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        })
}

fn to_brotli(plain: &[u8]) -> Option<Bytes> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*plain, &mut out, &params).ok()?;
    Some(out.into())
}

fn to_gzip(plain: &[u8], effort: flate2::Compression) -> Option<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), effort);
    encoder.write_all(plain).ok()?;
    Some(encoder.finish().ok()?.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(keep: Keep) -> Asset {
        Asset::compressed(Bytes::from("x".repeat(1_000)), "text/plain", keep)
    }

    fn asking(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn the_best_encoding_that_the_browser_takes_is_sent() {
        let encoding = |accepted: &str| {
            let response = asset(Keep::Ask).answer(&asking(header::ACCEPT_ENCODING, accepted));
            response
                .headers()
                .get(header::CONTENT_ENCODING)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(encoding("gzip, deflate, br, zstd").as_deref(), Some("br"));
        assert_eq!(encoding("gzip, br;q=0").as_deref(), Some("gzip"));
        assert_eq!(encoding("identity"), None);
    }

    #[test]
    fn an_unchanged_file_is_not_sent_again() {
        let asset = asset(Keep::Ask);
        let tag = asset.answer(&HeaderMap::new()).headers()[header::ETAG]
            .to_str()
            .unwrap()
            .to_owned();
        let response = asset.answer(&asking(header::IF_NONE_MATCH, &tag));
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
    }
}
