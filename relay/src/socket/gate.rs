//! Decides who may connect: pages of an allowed origin, within the relay's capacity, not too many at once from one
//! address.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use axum::http::{HeaderMap, header};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use shared::protocol::{CloseReason, VisitorId};

use super::address;
use crate::{metrics::Metrics, options::ServeOptions};

/// Connections that an address may open at once: a school behind one address comes in together.
const FIRST_JOINS: NonZeroU32 = NonZeroU32::new(500).unwrap();

/// Refusals a second that are explained to an address: each costs a handshake. Beyond, it gets a plain HTTP error.
const EXPLAINED_A_SECOND: NonZeroU32 = NonZeroU32::new(50).unwrap();

/// How long after an unexplained refusal an address is told over plain HTTP too. A page cannot tell such a refusal from a
/// network that blocks `WebSocket` connections; it asks over HTTP next.
const REFUSED_FOR: Duration = Duration::from_secs(5);

/// Things that a session may say each second after the first ones; counted over all its connections.
const SAID_A_SECOND: NonZeroU32 = NonZeroU32::new(1).unwrap();

/// Things that a session may say in one go.
const SAID_AT_ONCE: NonZeroU32 = NonZeroU32::new(6).unwrap();

/// Things that all sessions of one address may say each second after the first ones: coming in anew gives nobody a fresh
/// allowance, and a school behind one address can still talk.
const SAID_A_SECOND_AT_AN_ADDRESS: NonZeroU32 = NonZeroU32::new(30).unwrap();

/// Things that all sessions of one address may say in one go.
const SAID_AT_ONCE_AT_AN_ADDRESS: NonZeroU32 = NonZeroU32::new(120).unwrap();

/// Decides who may connect.
pub struct Gate {
    capacity: u32,
    allowed_origins: Vec<String>,
    trust_proxy: bool,
    inside: Arc<AtomicU32>,
    joins: Option<DefaultKeyedRateLimiter<IpAddr>>,
    explained: DefaultKeyedRateLimiter<IpAddr>,
    /// When each address was last refused without a reason.
    refused: Mutex<HashMap<IpAddr, Instant>>,
    said: DefaultKeyedRateLimiter<VisitorId>,
    said_at: DefaultKeyedRateLimiter<IpAddr>,
    metrics: Metrics,
}

/// A connection's place among the relay's capacity, given back when dropped.
pub struct Permit {
    inside: Arc<AtomicU32>,
    metrics: Metrics,
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.inside.fetch_sub(1, Ordering::Relaxed);
        self.metrics.connections.dec();
    }
}

impl Gate {
    /// A gate by the options.
    pub fn new(options: &ServeOptions, metrics: Metrics) -> Self {
        let joins = NonZeroU32::new(options.joins_per_second)
            .map(|each| RateLimiter::keyed(Quota::per_second(each).allow_burst(FIRST_JOINS)));
        Self {
            capacity: options.capacity,
            allowed_origins: options
                .allow_origin
                .iter()
                .map(|origin| origin.trim_end_matches('/').to_owned())
                .collect(),
            trust_proxy: options.trust_proxy,
            inside: Arc::default(),
            joins,
            explained: RateLimiter::keyed(Quota::per_second(EXPLAINED_A_SECOND)),
            refused: Mutex::default(),
            said: RateLimiter::keyed(Quota::per_second(SAID_A_SECOND).allow_burst(SAID_AT_ONCE)),
            said_at: RateLimiter::keyed(
                Quota::per_second(SAID_A_SECOND_AT_AN_ADDRESS).allow_burst(SAID_AT_ONCE_AT_AN_ADDRESS),
            ),
            metrics,
        }
    }

    /// The address that limits count by.
    pub fn address(&self, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
        address::of(peer, headers, self.trust_proxy)
    }

    /// Lets a connection in, or says why not.
    pub fn pass(&self, address: IpAddr, headers: &HeaderMap) -> Result<Permit, CloseReason> {
        if !self.allows_origin(headers) {
            return Err(CloseReason::Origin);
        }
        if self
            .joins
            .as_ref()
            .is_some_and(|joins| joins.check_key(&address).is_err())
        {
            return Err(CloseReason::TooMany);
        }
        if self.inside.fetch_add(1, Ordering::Relaxed) >= self.capacity {
            self.inside.fetch_sub(1, Ordering::Relaxed);
            return Err(CloseReason::Full);
        }
        self.metrics.connections.inc();
        Ok(Permit {
            inside: self.inside.clone(),
            metrics: self.metrics.clone(),
        })
    }

    /// Whether a refusal may be explained to an address; notes it if not.
    pub fn may_explain(&self, address: IpAddr) -> bool {
        let may = self.explained.check_key(&address).is_ok();
        if !may {
            self.refused().insert(address, Instant::now());
        }
        may
    }

    /// Whether an address is being refused right now.
    pub fn is_refusing(&self, address: IpAddr) -> bool {
        self.refused()
            .get(&address)
            .is_some_and(|at| at.elapsed() < REFUSED_FOR)
    }

    fn refused(&self) -> MutexGuard<'_, HashMap<IpAddr, Instant>> {
        // Nothing under this lock can leave it half-changed.
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a visitor at an address may say something now.
    pub fn may_say(&self, visitor: VisitorId, address: IpAddr) -> bool {
        self.said.check_key(&visitor).is_ok() && self.said_at.check_key(&address).is_ok()
    }

    /// Forgets those who have kept well within their limits; called now and then.
    pub fn tidy(&self) {
        if let Some(joins) = &self.joins {
            joins.retain_recent();
        }
        self.explained.retain_recent();
        self.refused().retain(|_, at| at.elapsed() < REFUSED_FOR);
        self.said.retain_recent();
        self.said_at.retain_recent();
    }

    /// How many connections are open.
    pub fn inside(&self) -> u32 {
        self.inside.load(Ordering::Relaxed)
    }

    /// Browsers always name the origin of the page; programs that name none are no danger to a visitor's session.
    fn allows_origin(&self, headers: &HeaderMap) -> bool {
        let text = |name| {
            headers
                .get(name)
                .and_then(|value: &axum::http::HeaderValue| value.to_str().ok())
        };
        if !headers.contains_key(header::ORIGIN) {
            return true;
        }
        let Some(origin) = text(header::ORIGIN) else {
            return false;
        };
        let own = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"));
        (own.is_some() && own == text(header::HOST))
            || self.allowed_origins.iter().any(|allowed| allowed == origin)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use clap::Parser as _;

    use super::*;
    use crate::options::{Cli, Command};

    const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn gate(arguments: &[&str]) -> Gate {
        let cli = Cli::try_parse_from(["relay", "serve"].iter().chain(arguments)).unwrap();
        let Command::Serve(options) = cli.command else {
            unreachable!()
        };
        Gate::new(&options, Metrics::default())
    }

    fn from(origin: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("seoul.example:8080"));
        headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        headers
    }

    #[test]
    fn pages_of_the_own_host_and_of_allowed_origins_may_connect() {
        let gate = gate(&["--allow-origin", "https://city.example"]);
        assert!(gate.pass(ADDRESS, &from("http://seoul.example:8080")).is_ok());
        assert!(gate.pass(ADDRESS, &from("https://city.example")).is_ok());
        assert!(gate.pass(ADDRESS, &HeaderMap::new()).is_ok());
        for origin in [
            "http://seoul.example",
            "https://evil.example",
            "null",
            "http://seoul.example:8080.evil.example",
        ] {
            assert_eq!(
                gate.pass(ADDRESS, &from(origin)).err(),
                Some(CloseReason::Origin),
                "{origin}"
            );
        }
    }

    #[test]
    fn a_full_relay_takes_another_when_one_has_left() {
        let gate = gate(&["--capacity", "1"]);
        let permit = gate.pass(ADDRESS, &HeaderMap::new()).ok();
        assert!(permit.is_some());
        assert_eq!(
            gate.pass(ADDRESS, &HeaderMap::new()).err(),
            Some(CloseReason::Full)
        );
        drop(permit);
        assert!(gate.pass(ADDRESS, &HeaderMap::new()).is_ok());
    }

    #[test]
    fn a_flood_from_one_address_leaves_others_alone() {
        let gate = gate(&["--capacity", "5000", "--joins-per-second", "1"]);
        let refused = (0..1_000)
            .filter(|_| gate.pass(ADDRESS, &HeaderMap::new()).is_err())
            .count();
        assert!(refused > 400, "{refused}");
        assert!(gate.pass("10.0.0.1".parse().unwrap(), &HeaderMap::new()).is_ok());
    }

    #[test]
    fn a_refusal_that_is_not_explained_is_told_over_plain_http() {
        let gate = gate(&[]);
        while gate.may_explain(ADDRESS) {
            assert!(!gate.is_refusing(ADDRESS));
        }
        assert!(gate.is_refusing(ADDRESS));
        assert!(!gate.is_refusing("10.0.0.1".parse().unwrap()));
    }

    #[test]
    fn coming_in_anew_gives_no_fresh_allowance_to_speak() {
        let gate = gate(&[]);
        let said = (1..=1_000)
            .filter(|visitor| gate.may_say(VisitorId(*visitor), ADDRESS))
            .count();
        assert!((120..200).contains(&said), "{said}");
        assert!(gate.may_say(VisitorId(1_001), "10.0.0.1".parse().unwrap()));
    }
}
