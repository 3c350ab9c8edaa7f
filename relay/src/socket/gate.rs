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
use prometheus_client::metrics::gauge::Gauge;
use shared::protocol::{CloseReason, VisitorId};

use super::address::{Address, Reader};
use crate::{
    crowds::{Crowds, Member},
    options::ServeOptions,
};

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
/// allowance.
const SAID_A_SECOND_AT_AN_ADDRESS: u32 = 30;

/// For so many connections at an address one thing more may be said there each second: a school, a hall or a mobile
/// carrier behind one address can talk, however many they are.
const TALKERS_A_SECOND: u32 = 5;

/// How many times what may be said in a second may be said in one go.
const SAID_AT_ONCE_SECONDS: u32 = 4;

/// Translations that an address may ask for each second after the first ones, beside those for its crowd: as with what
/// is said.
const TRANSLATED_A_SECOND_AT_AN_ADDRESS: u32 = 2;

/// Seconds after which a session that has reported may report once more.
const REPORT_EVERY: Duration = Duration::from_mins(2);

/// Reports that a session may make in one go.
const REPORTS_AT_ONCE: NonZeroU32 = NonZeroU32::new(3).unwrap();

/// As much for all sessions of one address: coming in anew gives nobody the means to fill the file.
const REPORT_EVERY_AT_AN_ADDRESS: Duration = Duration::from_secs(20);
const REPORTS_AT_ONCE_AT_AN_ADDRESS: NonZeroU32 = NonZeroU32::new(20).unwrap();

/// What an address earns each second. Saying something costs the more the fewer may be said there.
const EARNED_A_SECOND: u32 = 30_000;

/// Decides who may connect.
pub struct Gate {
    capacity: u32,
    allowed_origins: Vec<String>,
    addresses: Reader,
    inside: Arc<AtomicU32>,
    joins: Option<DefaultKeyedRateLimiter<IpAddr>>,
    explained: DefaultKeyedRateLimiter<IpAddr>,
    /// When each address was last refused without a reason.
    refused: Mutex<HashMap<IpAddr, Instant>>,
    said: DefaultKeyedRateLimiter<VisitorId>,
    said_at: DefaultKeyedRateLimiter<IpAddr>,
    translated_at: DefaultKeyedRateLimiter<IpAddr>,
    reported: DefaultKeyedRateLimiter<VisitorId>,
    reported_at: DefaultKeyedRateLimiter<IpAddr>,
    crowds: Crowds,
    connections: Gauge,
}

/// A connection's place among the relay's capacity, given back when dropped.
pub struct Permit {
    inside: Arc<AtomicU32>,
    connections: Gauge,
    _member: Member,
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.inside.fetch_sub(1, Ordering::Relaxed);
        self.connections.dec();
    }
}

impl Gate {
    /// A gate by the options, and where to count connections.
    pub fn new(options: &ServeOptions, connections: Gauge) -> Self {
        let joins = NonZeroU32::new(options.joins_per_second)
            .map(|each| RateLimiter::keyed(Quota::per_second(each).allow_burst(FIRST_JOINS)));
        Self {
            capacity: options.capacity,
            allowed_origins: options
                .allow_origin
                .iter()
                .map(|origin| origin.trim_end_matches('/').to_owned())
                .collect(),
            addresses: Reader {
                trusted: options.trust_proxy.clone(),
                exempt: options.exempt.clone(),
            },
            inside: Arc::default(),
            joins,
            explained: RateLimiter::keyed(Quota::per_second(EXPLAINED_A_SECOND)),
            refused: Mutex::default(),
            said: RateLimiter::keyed(Quota::per_second(SAID_A_SECOND).allow_burst(SAID_AT_ONCE)),
            said_at: RateLimiter::keyed(EARNED),
            translated_at: RateLimiter::keyed(EARNED),
            reported: RateLimiter::keyed(once_in(REPORT_EVERY).allow_burst(REPORTS_AT_ONCE)),
            reported_at: RateLimiter::keyed(
                once_in(REPORT_EVERY_AT_AN_ADDRESS).allow_burst(REPORTS_AT_ONCE_AT_AN_ADDRESS),
            ),
            crowds: Crowds::default(),
            connections,
        }
    }

    /// The address that limits count by.
    pub fn address(&self, peer: SocketAddr, headers: &HeaderMap) -> Address {
        self.addresses.read(peer, headers)
    }

    /// The address that plain connections of a peer are counted by; none where they are of many clients, as a proxy's are,
    /// or of a network that is exempt.
    pub fn counts(&self, peer: SocketAddr) -> Option<IpAddr> {
        self.addresses.counts(peer)
    }

    /// Whether a peer is a proxy whose word counts.
    pub fn trusts(&self, peer: SocketAddr) -> bool {
        self.addresses.trusts(peer)
    }

    /// Lets a connection in, or says why not.
    pub fn pass(&self, address: Address, headers: &HeaderMap) -> Result<Permit, CloseReason> {
        if !self.allows_origin(headers) {
            return Err(CloseReason::Origin);
        }
        if !address.exempt
            && self
                .joins
                .as_ref()
                .is_some_and(|joins| joins.check_key(&address.counted).is_err())
        {
            return Err(CloseReason::TooMany);
        }
        if self.inside.fetch_add(1, Ordering::Relaxed) >= self.capacity {
            self.inside.fetch_sub(1, Ordering::Relaxed);
            return Err(CloseReason::Full);
        }
        self.connections.inc();
        Ok(Permit {
            inside: self.inside.clone(),
            connections: self.connections.clone(),
            _member: self.crowds.join(address.counted),
        })
    }

    /// Whether a refusal may be explained to an address; notes it if not.
    pub fn may_explain(&self, address: Address) -> bool {
        let may = self.explained.check_key(&address.counted).is_ok();
        if !may {
            locked(&self.refused).insert(address.counted, Instant::now());
        }
        may
    }

    /// Whether an address is being refused right now.
    pub fn is_refusing(&self, address: Address) -> bool {
        locked(&self.refused)
            .get(&address.counted)
            .is_some_and(|at| at.elapsed() < REFUSED_FOR)
    }

    /// Whether a visitor at an address may say something now.
    pub fn may_say(&self, visitor: VisitorId, address: Address) -> bool {
        if self.said.check_key(&visitor).is_err() {
            return false;
        }
        self.has_earned(&self.said_at, SAID_A_SECOND_AT_AN_ADDRESS, address)
    }

    /// Whether an address may have something translated now.
    pub fn may_translate(&self, address: Address) -> bool {
        self.has_earned(&self.translated_at, TRANSLATED_A_SECOND_AT_AN_ADDRESS, address)
    }

    /// Whether an address may do now what it may do `few` times a second, and more often with a crowd.
    fn has_earned(&self, limit: &DefaultKeyedRateLimiter<IpAddr>, few: u32, address: Address) -> bool {
        if address.exempt {
            return true;
        }
        let may_a_second = few + self.crowds.at(address.counted) / TALKERS_A_SECOND;
        let cost = NonZeroU32::new(EARNED_A_SECOND / may_a_second).unwrap_or(NonZeroU32::MIN);
        matches!(limit.check_key_n(&address.counted, cost), Ok(Ok(())))
    }

    /// Whether a visitor at an address may report someone now.
    pub fn may_report(&self, visitor: VisitorId, address: Address) -> bool {
        self.reported.check_key(&visitor).is_ok()
            && (address.exempt || self.reported_at.check_key(&address.counted).is_ok())
    }

    /// Forgets those who have kept well within their limits; called now and then.
    pub fn tidy(&self) {
        if let Some(joins) = &self.joins {
            joins.retain_recent();
        }
        self.explained.retain_recent();
        locked(&self.refused).retain(|_, at| at.elapsed() < REFUSED_FOR);
        self.said.retain_recent();
        self.said_at.retain_recent();
        self.translated_at.retain_recent();
        self.reported.retain_recent();
        self.reported_at.retain_recent();
    }

    /// How many connections are open.
    pub fn inside(&self) -> u32 {
        self.inside.load(Ordering::Relaxed)
    }

    /// Whether a request that browsers name an origin for comes from a page that may connect.
    pub fn is_asked_by_page(&self, headers: &HeaderMap) -> bool {
        headers.contains_key(header::ORIGIN) && self.allows_origin(headers)
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

/// What an address earns, and how much of it is kept.
const EARNED: Quota = Quota::per_second(NonZeroU32::new(EARNED_A_SECOND).unwrap())
    .allow_burst(NonZeroU32::new(EARNED_A_SECOND * SAID_AT_ONCE_SECONDS).unwrap());

/// One in so long. A period of no length, which there is none of here, would mean one a second.
fn once_in(period: Duration) -> Quota {
    Quota::with_period(period).unwrap_or(Quota::per_second(NonZeroU32::MIN))
}

fn locked<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing under these locks can leave it half-changed.
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use clap::Parser as _;

    use super::*;
    use crate::options::{Cli, Command};

    const ADDRESS: Address = Address {
        counted: IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
        exempt: false,
    };

    fn elsewhere() -> Address {
        Address {
            counted: "10.0.0.1".parse().unwrap(),
            exempt: false,
        }
    }

    fn gate(arguments: &[&str]) -> Gate {
        let cli = Cli::try_parse_from(["relay", "serve"].iter().chain(arguments)).unwrap();
        let Command::Serve(options) = cli.command else {
            unreachable!()
        };
        Gate::new(&options, Gauge::default())
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
        assert!(gate.pass(elsewhere(), &HeaderMap::new()).is_ok());
    }

    #[test]
    fn a_refusal_that_is_not_explained_is_told_over_plain_http() {
        let gate = gate(&[]);
        while gate.may_explain(ADDRESS) {
            assert!(!gate.is_refusing(ADDRESS));
        }
        assert!(gate.is_refusing(ADDRESS));
        assert!(!gate.is_refusing(elsewhere()));
    }

    #[test]
    fn coming_in_anew_gives_no_fresh_allowance_to_speak() {
        let gate = gate(&[]);
        let said = (1..=1_000)
            .filter(|visitor| gate.may_say(VisitorId(*visitor), ADDRESS))
            .count();
        assert!((120..200).contains(&said), "{said}");
        assert!(gate.may_say(VisitorId(1_001), elsewhere()));
    }

    #[test]
    fn a_school_behind_one_address_can_all_say_hello() {
        let gate = gate(&["--joins-per-second", "1000"]);
        let pupils: Vec<Permit> = (0..400)
            .filter_map(|_| gate.pass(ADDRESS, &HeaderMap::new()).ok())
            .collect();
        assert_eq!(pupils.len(), 400);
        let said = (1..=400)
            .filter(|visitor| gate.may_say(VisitorId(*visitor), ADDRESS))
            .count();
        assert_eq!(said, 400);
        drop(pupils);
        assert_eq!(gate.crowds.at(ADDRESS.counted), 0);
    }

    #[test]
    fn an_address_alone_has_a_few_lines_translated_and_a_crowd_more() {
        let gate = gate(&["--joins-per-second", "1000"]);
        let translated = || (0..1_000).filter(|_| gate.may_translate(ADDRESS)).count();
        let alone = translated();
        assert!((8..12).contains(&alone), "{alone}");
        assert!(gate.may_translate(elsewhere()));
        let pupils: Vec<Permit> = (0..400)
            .filter_map(|_| gate.pass(elsewhere(), &HeaderMap::new()).ok())
            .collect();
        let together = (0..1_000).filter(|_| gate.may_translate(elsewhere())).count();
        assert!(together > 200, "{together}");
        drop(pupils);
    }

    #[test]
    fn a_session_and_an_address_may_report_a_few_times() {
        let gate = gate(&[]);
        assert_eq!(
            (0..10).filter(|_| gate.may_report(VisitorId(1), ADDRESS)).count(),
            3
        );
        let many = (2..100)
            .filter(|visitor| gate.may_report(VisitorId(*visitor), ADDRESS))
            .count();
        assert!((17..20).contains(&many), "{many}");
        assert!(gate.may_report(VisitorId(100), elsewhere()));
    }

    #[test]
    fn an_exempt_network_is_not_counted() {
        let gate = gate(&["--capacity", "5000", "--joins-per-second", "1"]);
        let hall = Address {
            exempt: true,
            ..ADDRESS
        };
        assert!((0..1_000).all(|_| gate.pass(hall, &HeaderMap::new()).is_ok()));
        assert!((1..=1_000).all(|visitor| gate.may_say(VisitorId(visitor), hall)));
        // Each visitor's own limit holds there too.
        assert!((0..10).any(|_| !gate.may_say(VisitorId(1), hall)));
    }
}
