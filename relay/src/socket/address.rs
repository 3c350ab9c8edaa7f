//! From which address a connection comes.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

/// The address that limits count by: the client's own behind a trusted proxy, an IPv6 network of 64 bits as one.
pub(super) fn of(peer: SocketAddr, headers: &HeaderMap, trust_proxy: bool) -> IpAddr {
    let forwarded = || {
        // The last entry is the one that the proxy itself has written.
        let list = headers
            .get_all("x-forwarded-for")
            .iter()
            .next_back()?
            .to_str()
            .ok()?;
        list.rsplit(',').next()?.trim().parse().ok()
    };
    let address = if trust_proxy { forwarded() } else { None };
    match address.unwrap_or_else(|| peer.ip()).to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn peer() -> SocketAddr {
        "10.0.0.1:5000".parse().unwrap()
    }

    #[test]
    fn a_forwarded_address_counts_only_when_the_proxy_is_trusted() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "x-forwarded-for",
            HeaderValue::from_static("1.1.1.1, 203.0.113.9"),
        );
        assert_eq!(of(peer(), &headers, false).to_string(), "10.0.0.1");
        assert_eq!(of(peer(), &headers, true).to_string(), "203.0.113.9");
    }

    #[test]
    fn one_network_of_ipv6_is_one_address() {
        let at = |text: &str| of(format!("[{text}]:1").parse().unwrap(), &HeaderMap::new(), false);
        assert_eq!(at("2001:db8::1"), at("2001:db8::2:3"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:10.0.0.1").to_string(), "10.0.0.1");
    }
}
