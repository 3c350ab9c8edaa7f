//! What a part's visitors read by: each message understood, counted, and answered where it must be.

use std::sync::LazyLock;

use anyhow::{Result, bail, ensure};
use crowd::{
    seeded::Seeded,
    websocket::{self, Opcode},
};
use shared::{
    look::Look,
    protocol::{ClientMessage, CloseReason, Destination, Hello, Periods, RelayMessage, Stance, Welcome},
};

use crate::{
    ages::Ages,
    checker::{Books, Directory},
    orders::{Assignment, Progress},
    part::{ping, pings},
    streams::Streams,
    tally::{Faults, Tally},
    truth::Truth,
    visitor::{Eyes, Inside, State, Visitor},
};

/// What a part's visitors share.
pub struct Reading {
    /// What everyone really does.
    pub truth: Truth,
    /// Who is who.
    pub directory: Directory,
    /// What arrived.
    pub tally: Tally,
    /// What was wrong.
    pub faults: Faults,
    /// How long coming in took.
    pub welcomes: Ages,
    /// How often frames are due.
    pub periods: Periods,
    /// Whether a relay has told so.
    pub knows_periods: bool,
    /// The relays' tick when the rehearsal began.
    pub first_tick: u32,
    /// Of the last second.
    pub pulse: Progress,
}

impl Reading {
    /// Notes that a connection failed, or was ended by the relay.
    pub fn note_error(&mut self, error: &anyhow::Error) {
        let (map, name) = match error.downcast_ref::<Ended>() {
            Some(Ended(reason)) => (&mut self.faults.closed, reason.clone()),
            None => (&mut self.faults.errors, format!("{error:#}")),
        };
        *map.entry(name).or_default() += 1;
    }

    /// Sends what a visitor does at a tick, if that is new and others will see it, and what keeps the connection.
    pub fn make_move(&mut self, visitor: &mut Visitor, tick: u32, lag_us: i64) -> Result<()> {
        let State::Inside(inside) = &visitor.state else {
            return Ok(());
        };
        let telling = self
            .periods
            .telling(inside.id, self.first_tick.wrapping_add(tick));
        let step = self.truth.step(visitor.number, tick);
        if let (Some(step), Some(home)) = (step, self.truth.home(visitor.number))
            && visitor.sent != Some(step)
            && visitor.told != telling
        {
            visitor.told = telling;
            visitor.walk(step, home)?;
            self.tally.moves += 1;
            self.tally.lag.add(lag_us);
        }
        if pings(visitor.number, tick) {
            visitor.send(&ping())?;
        }
        Ok(())
    }

    /// Takes what has arrived for a visitor.
    pub fn take(
        &mut self,
        visitor: &mut Visitor,
        arrived: &[u8],
        at_us: i64,
        assignment: &Assignment,
        place: &str,
    ) -> Result<()> {
        self.tally.bytes += arrived.len() as u64;
        self.pulse.bytes += arrived.len() as u64;
        let mut whole = Vec::new();
        let mut rest = visitor.join(arrived, &mut whole);
        if matches!(visitor.state, State::Asking) && websocket::take_answer(&mut rest)?.is_some() {
            visitor.state = State::Greeting;
            let hello = hello(visitor.number, assignment, place, self.truth.home(visitor.number));
            visitor.send(&ClientMessage::Hello(hello))?;
        }
        if !matches!(visitor.state, State::Asking) {
            while let Some((opcode, payload)) = websocket::take(&mut rest)? {
                match opcode {
                    Opcode::Binary => self.understand(visitor, payload, at_us, assignment, place)?,
                    Opcode::Ping => visitor.put(Opcode::Pong, payload)?,
                    Opcode::Text | Opcode::Pong => {}
                    Opcode::Close => return Err(Ended::by(payload).into()),
                }
            }
        }
        visitor.keep(rest);
        Ok(())
    }

    fn understand(
        &mut self,
        visitor: &mut Visitor,
        payload: &[u8],
        at_us: i64,
        assignment: &Assignment,
        place: &str,
    ) -> Result<()> {
        let State::Inside(inside) = &mut visitor.state else {
            let RelayMessage::Welcome(welcome) = RelayMessage::decode(payload)? else {
                bail!("no welcome");
            };
            ensure!(welcome.place == place, "set down in {}", welcome.place);
            self.welcome(visitor, &welcome, at_us, assignment);
            return Ok(());
        };
        let bytes = payload.len() + websocket::header_bytes(payload.len());
        if let Some(frames) = frames(payload) {
            let mut gaps = 0;
            let moved = match &mut inside.eyes {
                Eyes::Half(streams) => self.tally.count(frames, bytes - frames.len(), |contents| {
                    gaps += u64::from(streams.is_gap(contents.header));
                })?,
                Eyes::Open(checker) => {
                    let moved = self.tally.count(frames, bytes - frames.len(), |_| {})?;
                    gaps = checker.read(
                        frames,
                        at_us,
                        &mut Books {
                            truth: &self.truth,
                            directory: &mut self.directory,
                            tally: &mut self.tally,
                            faults: &mut self.faults,
                            pulse: &mut self.pulse.ages,
                            periods: self.periods,
                        },
                    )?;
                    moved
                }
            };
            self.pulse.updates += moved;
            if gaps > 0 {
                self.faults.gaps += gaps;
                visitor.send(&ClientMessage::Reseed)?;
            }
            return Ok(());
        }
        self.tally.other_bytes += bytes as u64;
        match (kind(payload), &mut inside.eyes) {
            (Kind::Anew, eyes) => {
                self.faults.anew += 1;
                match eyes {
                    Eyes::Half(streams) => streams.begin_anew(),
                    Eyes::Open(checker) => checker.begin_anew(),
                }
            }
            (Kind::Correct, _) => self.faults.corrected += 1,
            (Kind::Who, Eyes::Open(checker)) => {
                if let RelayMessage::Who(who) = RelayMessage::decode(payload)? {
                    checker.introduce(who, &mut self.directory);
                }
            }
            (Kind::Gone, Eyes::Open(checker)) => {
                if let RelayMessage::Gone(gone) = RelayMessage::decode(payload)? {
                    checker.forget(&gone);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn welcome(&mut self, visitor: &mut Visitor, welcome: &Welcome, at_us: i64, assignment: &Assignment) {
        self.welcomes.add(at_us - visitor.began_us);
        self.periods = welcome.periods;
        self.knows_periods = true;
        self.directory
            .note(welcome.visitor, &Directory::name(visitor.number));
        let checks = checks(visitor.number, assignment.visitors, assignment.checkers);
        visitor.state = State::Inside(Inside {
            id: welcome.visitor,
            channel: welcome.channel,
            eyes: if checks {
                Eyes::Open(Box::default())
            } else {
                Eyes::Half(Streams::default())
            },
        });
    }
}

/// Whether a visitor is one of the checkers: one of each so many, and not always in the same place among them, so that
/// they are spread over parts and relays.
fn checks(visitor: u32, visitors: u32, checkers: u32) -> bool {
    let (all, checkers) = (u64::from(visitors), u64::from(checkers.min(visitors)));
    let first = |share: u64| (share * all).div_ceil(checkers);
    let share = u64::from(visitor) * checkers / all.max(1);
    checkers > 0 && u64::from(visitor) == first(share) + share % (first(share + 1) - first(share))
}

fn hello(visitor: u32, assignment: &Assignment, place: &str, home: Option<&crate::ground::Home>) -> Hello {
    Hello {
        name: Directory::name(visitor),
        // A crowd that is looked at should look like one.
        look: Look::from_seed(Seeded::of(assignment.seed, visitor).draw()),
        language: "en".to_owned(),
        light: assignment.light,
        destination: Destination {
            place: place.to_owned(),
            spot: home.map(|home| home.spot.clone()),
            ..Destination::default()
        },
        ..Hello::default()
    }
}

/// What a message is, as far as a visitor cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Frames,
    Who,
    Correct,
    Gone,
    Anew,
    Other,
}

/// The first bytes of the messages that a visitor cares for, as the protocol writes them.
static FIRST_BYTES: LazyLock<Vec<(u8, Kind)>> = LazyLock::new(|| {
    let correct = RelayMessage::Correct {
        sequence: 0,
        stance: Stance::default(),
    };
    let messages = [
        (RelayMessage::Frames(Vec::new()), Kind::Frames),
        (RelayMessage::Who(Vec::new()), Kind::Who),
        (correct, Kind::Correct),
        (RelayMessage::Gone(Vec::new()), Kind::Gone),
        (RelayMessage::Anew, Kind::Anew),
    ];
    let first = |(message, kind): (RelayMessage, Kind)| Some((*message.encode().first()?, kind));
    messages.into_iter().filter_map(first).collect()
});

/// Looks at the first byte only: most visitors need no more, and most messages are frames.
fn kind(payload: &[u8]) -> Kind {
    let found = FIRST_BYTES
        .iter()
        .find(|(first, _)| payload.first() == Some(first));
    found.map_or(Kind::Other, |(_, kind)| *kind)
}

/// The frames in a message; none when it is another. Without a copy, since there are tens of thousands a second.
fn frames(payload: &[u8]) -> Option<&[u8]> {
    if kind(payload) != Kind::Frames {
        return None;
    }
    let mut rest = payload.get(1..)?;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if first & 0x80 == 0 {
            return Some(rest);
        }
    }
    None
}

/// The relay ended the connection, for this reason.
#[derive(Debug)]
struct Ended(String);

impl Ended {
    fn by(payload: &[u8]) -> Self {
        let code = payload
            .first_chunk()
            .map_or(1_005, |code| u16::from_be_bytes(*code));
        let known = CloseReason::from_code(code).map(|reason| reason.name().to_owned());
        Self(known.unwrap_or_else(|| format!("code {code}")))
    }
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the relay ended the connection: {}", self.0)
    }
}

impl std::error::Error for Ended {}

#[cfg(test)]
mod tests {
    use shared::protocol::VisitorId;

    use super::*;

    #[test]
    fn first_bytes_tell_what_a_message_is() {
        let long = vec![7; 300];
        let message = RelayMessage::Frames(long.clone()).encode();
        assert_eq!(frames(&message), Some(long.as_slice()));
        assert_eq!(frames(&RelayMessage::Count(1).encode()), None);
        let correct = RelayMessage::Correct {
            sequence: 1,
            stance: Stance::default(),
        };
        let kinds = [
            (RelayMessage::Who(Vec::new()), Kind::Who),
            (correct, Kind::Correct),
            (RelayMessage::Gone(vec![VisitorId(1)]), Kind::Gone),
            (RelayMessage::Anew, Kind::Anew),
            (RelayMessage::Count(9), Kind::Other),
        ];
        for (message, expected) in kinds {
            assert_eq!(kind(&message.encode()), expected, "{message:?}");
        }
    }

    #[test]
    fn checkers_are_as_many_as_asked_for_and_spread() {
        for (visitors, checkers) in [(10, 3), (2_000, 200), (5, 9), (7, 0)] {
            let all: Vec<u32> = (0..visitors)
                .filter(|number| checks(*number, visitors, checkers))
                .collect();
            assert_eq!(all.len() as u32, checkers.min(visitors));
        }
        let even = (0..1_000).filter(|number| checks(*number, 1_000, 100) && number % 2 == 0);
        assert!((40..=60).contains(&even.count()));
    }

    #[test]
    fn a_closing_is_told_by_the_protocols_name() {
        let mut faults = Reading {
            truth: Truth::new(1, 0, crate::options::Scene::Walk, Vec::new()),
            directory: Directory::default(),
            tally: Tally::default(),
            faults: Faults::default(),
            welcomes: Ages::default(),
            periods: Periods::default(),
            knows_periods: false,
            first_tick: 0,
            pulse: Progress::default(),
        };
        faults.note_error(&Ended::by(&CloseReason::TooMany.code().to_be_bytes()).into());
        faults.note_error(&anyhow::anyhow!("reset"));
        assert_eq!(faults.faults.closed["too-many"], 1);
        assert_eq!(faults.faults.errors["reset"], 1);
    }
}
