//! Security headers of every answer, and the Content-Security-Policy.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

use super::origin::is_host;

/// For scripts: a worker lives under the policy that its own script came with.
const SCRIPT_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
                             img-src 'self' data: blob:; frame-ancestors 'none'";

/// For everything that is neither page nor script: it can do nothing even when opened by itself.
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

const COMMON: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// Adds what every answer carries; what a handler has set itself stays.
pub(super) async fn harden(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in COMMON {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let is_script = headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|mime| mime.as_bytes().starts_with(b"text/javascript"));
        let policy = if is_script { SCRIPT_POLICY } else { FILE_POLICY };
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    // It knows only all or nothing: where the policy allows some site to show a page in a frame, it would forbid it.
    let no_frames = headers
        .get(header::CONTENT_SECURITY_POLICY)
        .and_then(|policy| policy.to_str().ok())
        .is_none_or(|policy| policy.contains("frame-ancestors 'none'"));
    if no_frames {
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    response
}

/// The policy of a page: scripts and styles only from here or with this response's nonce, connections only to here, and in
/// frames only of the sites `embed_from`, where there are any.
///
/// `host` is the request's own: not every browser counts `ws:` of the same host as `'self'`.
pub(super) fn page_policy(nonce: &str, host: Option<&str>, embed_from: Option<&str>) -> String {
    let sockets = host
        .filter(|host| is_host(host))
        .map(|host| format!(" ws://{host} wss://{host}"))
        .unwrap_or_default();
    let frames = embed_from.map_or_else(|| "'none'".to_owned(), |sites| format!("'self' {sites}"));
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         connect-src 'self'{sockets}; img-src 'self' data: blob:; worker-src 'self'; font-src 'self'; \
         manifest-src 'self'; media-src 'self'; base-uri 'none'; frame-ancestors {frames}; form-action 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_cannot_smuggle_anything_into_the_policy() {
        assert!(page_policy("n", Some("seoul.example:8080"), None).contains("wss://seoul.example:8080"));
        assert!(!page_policy("n", Some("x; script-src *"), None).contains("script-src *"));
    }
}
