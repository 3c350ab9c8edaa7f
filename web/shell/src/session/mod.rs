//! The connection to a relay, as a machine of states: what to do when, and what to tell the visitor.
//!
//! In: what happened ([`Event`]), the time, a random number. Out: what is to be done ([`Action`]). It never touches a
//! socket: [`socket`] does, and tests do not.

pub mod socket;

use shared::protocol::{CloseReason, PING_EVERY_MS};

/// How long an attempt may take before it counts as failed, in milliseconds.
const ATTEMPT_MS: f64 = 12_000.0;

/// A connection silent for this long is dead, in milliseconds.
const SILENT_MS: f64 = 3.0 * PING_EVERY_MS as f64;

/// Shortest and longest wait before another attempt, in milliseconds, before jitter.
const WAIT_MS: [f64; 2] = [400.0, 20_000.0];

/// After so many attempts that never opened, the network is suspected to block sockets.
const SUSPECT_BLOCKED_AFTER: u32 = 3;

/// A connection that lasted this long was a good one, in milliseconds: the waits begin anew at their shortest. One that
/// is lost again right after each welcome must not be sought ten times a second.
const STEADY_MS: f64 = 10_000.0;

/// Wait between attempts where sockets are blocked, in milliseconds.
const BLOCKED_WAIT_MS: f64 = 30_000.0;

/// Where the connection stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// The visitor has not asked to come in.
    Out,
    /// A socket is being opened, or the relay has not welcomed the visitor yet.
    Connecting {
        /// When it began.
        since_ms: f64,
        /// Whether the socket is open.
        opened: bool,
    },
    /// The visitor is in.
    In {
        /// Since when.
        since_ms: f64,
        /// When something was last heard.
        heard_ms: f64,
        /// When a ping was last sent.
        pinged_ms: f64,
    },
    /// The connection was lost, and another attempt is due.
    Waiting {
        /// When it is due.
        until_ms: f64,
    },
    /// Over, until the visitor asks again.
    Ended(CloseReason),
}

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The visitor asks to come in, or to try again.
    Enter,
    /// The socket is open.
    Opened,
    /// The relay let the visitor in.
    Welcomed,
    /// Anything was heard.
    Heard,
    /// The socket is closed, with this code.
    Closed(u16),
    /// What came could not be read.
    Unreadable,
    /// The relay answers over HTTP although no socket opens.
    Reachable,
    /// Time passes.
    Tick,
    /// The device says that it has a network again.
    Online,
}

/// Something to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Open a socket.
    Open,
    /// Say hello on it.
    Greet,
    /// Ask for the relay's clock.
    Ping,
    /// Give the socket up.
    Drop,
    /// Find out whether the relay answers over HTTP.
    Probe,
    /// Load the page anew: the relay speaks another version.
    Reload,
}

/// The machine.
#[derive(Clone, Debug)]
pub struct Session {
    state: State,
    /// Attempts since the last connection that lasted.
    attempts: u32,
    /// Attempts in a row whose socket never opened.
    unopened: u32,
    blocked: bool,
    been_in: bool,
    /// Why the relay did not keep the visitor last time, if it said so and that passes.
    refused: Option<CloseReason>,
    /// Whether the page was loaded anew for a version already.
    reloaded: bool,
}

impl Session {
    /// Before anything. `reloaded`: whether the page was just loaded anew for a version.
    pub fn new(reloaded: bool) -> Self {
        Self {
            state: State::Out,
            attempts: 0,
            unopened: 0,
            blocked: false,
            been_in: false,
            refused: None,
            reloaded,
        }
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        self.state
    }

    /// Whether messages can be sent.
    pub fn is_in(&self) -> bool {
        matches!(self.state, State::In { .. })
    }

    /// Whether the network lets pages through but no sockets.
    pub fn is_blocked(&self) -> bool {
        self.blocked
    }

    /// Whether the last attempt failed, and another is due or under way.
    pub fn is_trying_again(&self) -> bool {
        match self.state {
            State::Connecting { .. } => self.refused.is_some(),
            state => matches!(state, State::Waiting { .. }),
        }
    }

    /// Key of the plain words for where it stands.
    pub fn words(&self) -> String {
        let words = match (self.state, self.refused) {
            (State::Out, _) => "connection-out",
            _ if self.blocked => "connection-blocked",
            (State::In { .. }, _) => "connection-in",
            (State::Ended(reason), _) | (State::Connecting { .. } | State::Waiting { .. }, Some(reason)) => {
                return format!("close-{}", reason.name());
            }
            _ if self.been_in => "connection-again",
            (State::Connecting { .. }, None) => "connection-connecting",
            (State::Waiting { .. }, None) => "connection-waiting",
        };
        words.to_owned()
    }

    /// Takes in what happened. `random` is between 0 and 1.
    pub fn on(&mut self, event: Event, now_ms: f64, random: f64) -> Vec<Action> {
        match (event, self.state) {
            (Event::Enter, State::Out | State::Waiting { .. } | State::Ended(_))
            | (Event::Online, State::Waiting { .. }) => self.open(now_ms),
            (Event::Opened, State::Connecting { since_ms, .. }) => {
                self.state = State::Connecting {
                    since_ms,
                    opened: true,
                };
                self.unopened = 0;
                vec![Action::Greet]
            }
            (Event::Welcomed, State::Connecting { .. }) => {
                self.state = State::In {
                    since_ms: now_ms,
                    heard_ms: now_ms,
                    pinged_ms: now_ms,
                };
                self.blocked = false;
                self.refused = None;
                self.been_in = true;
                self.reloaded = false;
                vec![Action::Ping]
            }
            (
                Event::Heard,
                State::In {
                    since_ms, pinged_ms, ..
                },
            ) => {
                // In a hidden tab ticks come once a minute, messages as ever: they keep the connection alive there.
                self.stay(since_ms, now_ms, pinged_ms, now_ms)
            }
            (Event::Closed(code), State::Connecting { .. } | State::In { .. }) => {
                self.closed(code, now_ms, random)
            }
            (Event::Unreadable, State::Connecting { .. } | State::In { .. }) => {
                let mut actions = vec![Action::Drop];
                actions.extend(self.wait(now_ms, random));
                actions
            }
            (Event::Reachable, State::Connecting { .. } | State::Waiting { .. }) => {
                self.blocked = self.unopened >= SUSPECT_BLOCKED_AFTER;
                Vec::new()
            }
            (Event::Tick, _) => self.tick(now_ms, random),
            _ => Vec::new(),
        }
    }

    fn tick(&mut self, now_ms: f64, random: f64) -> Vec<Action> {
        match self.state {
            State::Waiting { until_ms } if now_ms >= until_ms => self.open(now_ms),
            State::Connecting { since_ms, opened } if now_ms - since_ms > ATTEMPT_MS => {
                if !opened {
                    // A relay that is away refuses at once; what swallows an attempt is rather the network.
                    self.unopened = SUSPECT_BLOCKED_AFTER;
                }
                let mut actions = vec![Action::Drop];
                actions.extend(self.wait(now_ms, random));
                actions
            }
            State::In { heard_ms, .. } if now_ms - heard_ms > SILENT_MS => {
                let mut actions = vec![Action::Drop];
                actions.extend(self.wait(now_ms, random));
                actions
            }
            State::In {
                since_ms,
                heard_ms,
                pinged_ms,
            } => self.stay(since_ms, heard_ms, pinged_ms, now_ms),
            _ => Vec::new(),
        }
    }

    /// Stays in, and pings when it is time.
    fn stay(&mut self, since_ms: f64, heard_ms: f64, pinged_ms: f64, now_ms: f64) -> Vec<Action> {
        let due = now_ms - pinged_ms > PING_EVERY_MS as f64;
        self.state = State::In {
            since_ms,
            heard_ms,
            pinged_ms: if due { now_ms } else { pinged_ms },
        };
        if due { vec![Action::Ping] } else { Vec::new() }
    }

    fn open(&mut self, now_ms: f64) -> Vec<Action> {
        self.state = State::Connecting {
            since_ms: now_ms,
            opened: false,
        };
        vec![Action::Open]
    }

    fn closed(&mut self, code: u16, now_ms: f64, random: f64) -> Vec<Action> {
        let reason = CloseReason::from_code(code);
        self.refused = reason;
        if reason.is_some() {
            // Whoever tells a reason was reached by a socket.
            self.unopened = 0;
            self.blocked = false;
        } else if let State::Connecting { opened: false, .. } = self.state {
            self.unopened += 1;
        }
        match reason {
            Some(CloseReason::Version) if !self.reloaded => {
                self.reloaded = true;
                self.state = State::Ended(CloseReason::Version);
                vec![Action::Reload]
            }
            Some(reason) if !reason.is_passing() => {
                self.state = State::Ended(reason);
                Vec::new()
            }
            _ => self.wait(now_ms, random),
        }
    }

    /// Full jitter over the upper two thirds: thousands who lost the same relay do not come back in step.
    fn wait(&mut self, now_ms: f64, random: f64) -> Vec<Action> {
        if let State::In { since_ms, .. } = self.state
            && now_ms - since_ms >= STEADY_MS
        {
            self.attempts = 0;
        }
        let suspect = self.unopened >= SUSPECT_BLOCKED_AFTER;
        let longest = if self.blocked {
            BLOCKED_WAIT_MS
        } else {
            (WAIT_MS[0] * f64::from(1_u32 << self.attempts.min(10))).min(WAIT_MS[1])
        };
        self.attempts = self.attempts.saturating_add(1);
        self.state = State::Waiting {
            until_ms: now_ms + longest * (1.0 + 2.0 * random) / 3.0,
        };
        if suspect { vec![Action::Probe] } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entered() -> Session {
        let mut session = Session::new(false);
        assert_eq!(session.on(Event::Enter, 0.0, 0.5), [Action::Open]);
        assert_eq!(session.on(Event::Opened, 10.0, 0.5), [Action::Greet]);
        assert_eq!(session.on(Event::Welcomed, 20.0, 0.5), [Action::Ping]);
        session
    }

    /// Lets time pass until something is to be done.
    fn next(session: &mut Session, from_ms: f64) -> (f64, Vec<Action>) {
        let mut now = from_ms;
        loop {
            now += 100.0;
            let actions = session.on(Event::Tick, now, 0.5);
            if !actions.is_empty() || now > from_ms + 120_000.0 {
                return (now, actions);
            }
        }
    }

    #[test]
    fn an_attempt_that_is_swallowed_is_suspicious_at_once() {
        let mut session = Session::new(false);
        session.on(Event::Enter, 0.0, 0.5);
        let (_, actions) = next(&mut session, 0.0);
        assert_eq!(actions, [Action::Drop, Action::Probe]);
        session.on(Event::Reachable, 13_000.0, 0.5);
        assert!(session.is_blocked(), "pages pass, sockets do not");
    }

    #[test]
    fn a_lost_connection_comes_back_by_itself() {
        let mut session = entered();
        session.on(Event::Closed(1006), 1_000.0, 0.5);
        assert_eq!(session.words(), "connection-again");
        let (now, actions) = next(&mut session, 1_000.0);
        assert_eq!(actions, [Action::Open]);
        assert!(now < 2_000.0);
    }

    #[test]
    fn waits_grow_and_stay_within_bounds() {
        let mut session = entered();
        let (mut now, mut last) = (1_000.0, 0.0);
        for _ in 0..12 {
            session.on(Event::Closed(1006), now, 0.5);
            let State::Waiting { until_ms } = session.state() else {
                panic!("not waiting")
            };
            let wait = until_ms - now;
            assert!(wait >= last - 0.001 && wait <= WAIT_MS[1]);
            last = wait;
            now = until_ms;
            session.on(Event::Tick, now, 0.5);
            session.on(Event::Opened, now, 0.5);
        }
    }

    #[test]
    fn a_silent_relay_is_given_up() {
        let mut session = entered();
        let mut now = 20.0;
        let mut dropped = false;
        while now < 30_000.0 && !dropped {
            now += 100.0;
            dropped = session.on(Event::Tick, now, 0.5).contains(&Action::Drop);
        }
        assert!(dropped && now > SILENT_MS && now < SILENT_MS + 500.0);
    }

    #[test]
    fn a_hidden_tab_stays_in_by_what_it_hears() {
        let mut session = entered();
        let mut pings = 0;
        // No tick comes for a minute, only the relay's heartbeats.
        for second in 1..=60 {
            pings += session
                .on(Event::Heard, 20.0 + f64::from(second) * 1_000.0, 0.5)
                .iter()
                .filter(|action| **action == Action::Ping)
                .count();
        }
        assert!((9..=12).contains(&pings), "{pings}");
    }

    #[test]
    fn a_relay_that_drops_everyone_it_welcomes_is_sought_ever_less_often() {
        let mut session = entered();
        let (mut now, mut last) = (100.0, 0.0);
        for _ in 0..6 {
            session.on(Event::Closed(1006), now, 0.5);
            let State::Waiting { until_ms } = session.state() else {
                panic!("not waiting")
            };
            assert!(until_ms - now > last);
            last = until_ms - now;
            now = until_ms;
            session.on(Event::Tick, now, 0.5);
            session.on(Event::Opened, now, 0.5);
            session.on(Event::Welcomed, now, 0.5);
        }
        now += STEADY_MS;
        session.on(Event::Closed(1006), now, 0.5);
        let State::Waiting { until_ms } = session.state() else {
            panic!("not waiting")
        };
        assert!(
            until_ms - now < last / 4.0,
            "a connection that lasted is forgiven"
        );
    }

    #[test]
    fn another_version_loads_the_page_anew_but_only_once() {
        let code = CloseReason::Version.code();
        let mut session = Session::new(false);
        session.on(Event::Enter, 0.0, 0.5);
        assert_eq!(session.on(Event::Closed(code), 5.0, 0.5), [Action::Reload]);
        let mut again = Session::new(true);
        again.on(Event::Enter, 0.0, 0.5);
        assert_eq!(again.on(Event::Closed(code), 5.0, 0.5), []);
        assert_eq!(again.words(), "close-version");
    }

    #[test]
    fn the_older_of_two_connections_does_not_fight_back() {
        let mut session = entered();
        session.on(Event::Closed(CloseReason::Superseded.code()), 100.0, 0.5);
        assert_eq!(next(&mut session, 100.0).1, []);
        assert_eq!(session.words(), "close-superseded");
        assert_eq!(session.on(Event::Enter, 200.0, 0.5), [Action::Open]);
    }

    #[test]
    fn a_relay_that_tells_its_reason_is_not_a_blocked_network() {
        let mut session = Session::new(false);
        let mut now = 0.0;
        session.on(Event::Enter, now, 0.5);
        for _ in 0..6 {
            assert_eq!(session.on(Event::Closed(CloseReason::Full.code()), now, 0.5), []);
            session.on(Event::Reachable, now, 0.5);
            assert_eq!(session.words(), "close-full");
            now = next(&mut session, now).0;
            assert!(session.is_trying_again());
            assert_eq!(
                session.words(),
                "close-full",
                "also while the next attempt is under way"
            );
        }
        session.on(Event::Opened, now, 0.5);
        session.on(Event::Welcomed, now, 0.5);
        assert_eq!(session.words(), "connection-in");
        session.on(Event::Closed(1006), now, 0.5);
        assert_eq!(session.words(), "connection-again");
    }

    #[test]
    fn a_network_that_blocks_sockets_is_told_from_a_relay_that_is_away() {
        let mut session = Session::new(false);
        let mut now = 0.0;
        session.on(Event::Enter, now, 0.5);
        let mut probes = 0;
        for _ in 0..4 {
            probes += session
                .on(Event::Closed(1006), now, 0.5)
                .iter()
                .filter(|a| **a == Action::Probe)
                .count();
            now = next(&mut session, now).0;
        }
        assert!(probes >= 1);
        assert!(
            !session.is_blocked(),
            "a relay that is away is not a blocked network"
        );
        session.on(Event::Reachable, now, 0.5);
        assert_eq!(session.words(), "connection-blocked");
    }
}
