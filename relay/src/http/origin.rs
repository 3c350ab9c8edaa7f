//! Under which address visitors reach the relay: what links that leave the page, such as QR codes and previews, begin with.
//!
//! The option decides; else the request tells: its `Host`, and of the scheme a trusted proxy's `X-Forwarded-Proto`.

use std::net::SocketAddr;

use axum::http::{HeaderMap, HeaderName, header};

use crate::app::App;

/// What proxies that end TLS say.
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Such as `https://seoul.example`; none when the request names no host that could stand in an address.
pub(super) fn of(app: &App, peer: SocketAddr, headers: &HeaderMap) -> Option<String> {
    if let Some(origin) = &app.site.origin {
        return Some(origin.clone());
    }
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(&header::HOST).filter(|host| is_host(host))?;
    let secure = app.gate.trusts(peer) && text(&PROTO).is_some_and(|proto| proto.trim() == "https");
    Some(format!("{}://{host}", if secure { "https" } else { "http" }))
}

/// Whether it can stand in an address and in a policy without meaning anything else there.
pub(super) fn is_host(host: &str) -> bool {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    !host.is_empty() && host.len() <= 255 && host.bytes().all(sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_nothing_but_a_host() {
        for host in ["seoul.example", "127.0.0.1:8080", "[::1]:8080"] {
            assert!(is_host(host), "{host}");
        }
        for host in ["", "a b", "x/y", "x\"><script>", "a;b", "user@host"] {
            assert!(!is_host(host), "{host}");
        }
    }
}
