//! From which address a connection comes.
//!
//! In: the peer of the connection, and what proxies have written. Out: the address that limits count by. Only what a
//! trusted proxy wrote is believed: each proxy appends whom it heard from, so the list is read from its end, and the
//! first entry that is no trusted proxy is the client. What stands before that, the client may have made up.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// Who limits count as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// The client's own address; an IPv6 network of 64 bits counts as one.
    pub counted: IpAddr,
    /// Whether no limit by address holds.
    pub exempt: bool,
}

/// Reads addresses by the options of the relay.
#[derive(Clone, Debug, Default)]
pub(super) struct Reader {
    /// Proxies that are believed.
    pub(super) trusted: Vec<IpNet>,
    /// Networks for which no limit by address holds.
    pub(super) exempt: Vec<IpNet>,
}

impl Reader {
    /// What a peer's own address is counted as; none for a trusted proxy, behind which are many, and for who is exempt.
    pub(super) fn counts(&self, peer: SocketAddr) -> Option<IpAddr> {
        let address = self.read(peer, &HeaderMap::new());
        (!address.exempt && !self.trusts(peer)).then_some(address.counted)
    }

    /// Whether a peer is a proxy that is believed.
    pub(super) fn trusts(&self, peer: SocketAddr) -> bool {
        holds(&self.trusted, peer.ip().to_canonical())
    }

    /// The address of a client.
    pub(super) fn read(&self, peer: SocketAddr, headers: &HeaderMap) -> Address {
        let mut client = peer.ip().to_canonical();
        let lists = headers.get_all("x-forwarded-for").iter().rev();
        let entries = lists.flat_map(|list| list.to_str().unwrap_or_default().rsplit(','));
        for entry in entries {
            if !holds(&self.trusted, client) {
                break;
            }
            // A proxy that writes something else is the last one that is known to be real.
            let Some(before) = address(entry.trim()) else {
                break;
            };
            client = before;
        }
        let counted = match client {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
            v4 @ IpAddr::V4(_) => v4,
        };
        Address {
            counted,
            exempt: holds(&self.exempt, client),
        }
    }
}

fn holds(networks: &[IpNet], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(&address))
}

/// An entry of the list; some proxies write a port as well.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = bare.unwrap_or(entry).parse::<IpAddr>();
    let address = address.or_else(|_| entry.parse::<SocketAddr>().map(|socket| socket.ip()));
    Some(address.ok()?.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn reader(trusted: &[&str], exempt: &[&str]) -> Reader {
        let networks = |list: &[&str]| list.iter().map(|network| network.parse().unwrap()).collect();
        Reader {
            trusted: networks(trusted),
            exempt: networks(exempt),
        }
    }

    fn read(reader: &Reader, peer: &str, lists: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append("x-forwarded-for", HeaderValue::from_static(list));
        }
        let peer = SocketAddr::new(peer.parse().unwrap(), 5_000);
        reader.read(peer, &headers).counted.to_string()
    }

    #[test]
    fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
        let lists = ["1.1.1.1, 203.0.113.9"];
        assert_eq!(read(&reader(&[], &[]), "10.0.0.1", &lists), "10.0.0.1");
        assert_eq!(
            read(&reader(&["10.0.0.0/8"], &[]), "10.0.0.1", &lists),
            "203.0.113.9"
        );
        assert_eq!(
            read(&reader(&["10.0.0.0/8"], &[]), "192.0.2.1", &lists),
            "192.0.2.1"
        );
    }

    #[test]
    fn behind_several_proxies_the_last_that_is_not_trusted_is_the_client() {
        let reader = reader(&["10.0.0.0/8", "2001:db8::/32"], &[]);
        let made_up = "6.6.6.6, 203.0.113.9, 10.0.0.7, 10.0.0.8";
        assert_eq!(read(&reader, "10.0.0.1", &[made_up]), "203.0.113.9");
        assert_eq!(
            read(&reader, "10.0.0.1", &["6.6.6.6, 203.0.113.9", "10.0.0.7"]),
            "203.0.113.9"
        );
        // Only proxies in the list: the first of them is where the request began.
        assert_eq!(read(&reader, "10.0.0.1", &["10.0.0.9, 10.0.0.7"]), "10.0.0.9");
        assert_eq!(read(&reader, "10.0.0.1", &["6.6.6.6, unknown"]), "10.0.0.1");
        assert_eq!(read(&reader, "10.0.0.1", &["203.0.113.9:4711"]), "203.0.113.9");
        assert_eq!(
            read(&reader, "::ffff:10.0.0.1", &["[2001:db8::7]:443, 10.0.0.2"]),
            "2001:db8::"
        );
    }

    #[test]
    fn one_network_of_ipv6_is_one_address() {
        let at = |text: &str| read(&reader(&[], &[]), text, &[]);
        assert_eq!(at("2001:db8::1"), at("2001:db8::2:3"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:10.0.0.1"), "10.0.0.1");
    }

    #[test]
    fn a_network_is_exempt_by_the_clients_own_address() {
        let reader = reader(&["10.0.0.0/8"], &["203.0.113.0/24", "2001:db8::5/128"]);
        let exempt = |peer: &str, list: &'static str| {
            let mut headers = HeaderMap::new();
            headers.append("x-forwarded-for", HeaderValue::from_static(list));
            let peer = SocketAddr::new(peer.parse().unwrap(), 5_000);
            reader.read(peer, &headers).exempt
        };
        assert!(exempt("10.0.0.1", "203.0.113.9"));
        assert!(!exempt("10.0.0.1", "203.0.112.9"));
        assert!(!exempt("192.0.2.1", "203.0.113.9"));
        assert!(exempt("2001:db8::5", "") && !exempt("2001:db8::6", ""));
    }
}
