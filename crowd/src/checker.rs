//! One visitor who decodes everything, and holds it against the truth.

use std::collections::HashSet;

use rustc_hash::FxHashMap;
use shared::{
    cell::{Decoder, Event, FrameError, Rate},
    protocol::{Periods, Stance, VisitorId, Who},
};

use crate::{
    tally::{Faults, Findings, Tally},
    truth::{Told, Truth, tick_us},
};

/// Who is who: relays give visitors random ids, and tell names.
#[derive(Debug, Default)]
pub struct Directory(FxHashMap<VisitorId, u32>);

/// What names of this crowd begin with.
const NAME: &str = "rehearsal ";

impl Directory {
    /// The name of a visitor.
    pub fn name(visitor: u32) -> String {
        format!("{NAME}{visitor}")
    }

    /// Notes a name; whether it is one of this crowd's.
    pub fn note(&mut self, id: VisitorId, name: &str) -> bool {
        let number = name.strip_prefix(NAME).and_then(|number| number.parse().ok());
        if let Some(number) = number {
            self.0.insert(id, number);
        }
        number.is_some()
    }

    fn number(&self, id: VisitorId) -> Option<u32> {
        self.0.get(&id).copied()
    }
}

/// What is known of someone.
#[derive(Debug, Default)]
struct Person {
    /// Its number in this crowd, once that is known.
    number: Option<u32>,
    /// Whether the name was told.
    is_named: bool,
    /// How the avatar was told last; none when it is not in sight.
    seen: Option<(Stance, Rate)>,
    /// The tick of the last step that was recognised; none until the first.
    told: Option<u32>,
    /// When a step was recognised first; before it the avatar stood where it came in.
    since_us: i64,
}

/// A visitor who checks everything.
#[derive(Default)]
pub struct Checker {
    decoder: Decoder,
    events: Vec<Event>,
    people: FxHashMap<VisitorId, Person>,
}

/// What a checker reads by, and where it counts.
pub struct Books<'a> {
    /// What everyone really did.
    pub truth: &'a Truth,
    /// Who is who.
    pub directory: &'a mut Directory,
    /// What arrived.
    pub tally: &'a mut Tally,
    /// What was wrong.
    pub faults: &'a mut Faults,
    /// Ages of near updates, for the screen.
    pub pulse: &'a mut crate::ages::Ages,
    /// How often frames are due.
    pub periods: Periods,
}

impl Checker {
    /// Reads frames that arrived at a time; how many gaps they show.
    pub fn read(&mut self, frames: &[u8], at_us: i64, books: &mut Books<'_>) -> Result<u64, FrameError> {
        let mut events = std::mem::take(&mut self.events);
        let outcome = self.decoder.read(frames, &mut events);
        let mut gaps = 0;
        for event in events.drain(..) {
            match event {
                Event::At {
                    visitor,
                    stance,
                    rate,
                    ..
                } => self.see(visitor, stance, rate, at_us, books),
                Event::Left { visitor, .. } => {
                    if let Some(person) = self.people.get_mut(&visitor) {
                        person.seen = None;
                        person.told = None;
                    }
                }
                Event::Gap { .. } => gaps += 1,
            }
        }
        self.events = events;
        outcome.map(|()| gaps)
    }

    fn see(&mut self, visitor: VisitorId, stance: Stance, rate: Rate, at_us: i64, books: &mut Books<'_>) {
        let person = self.people.entry(visitor).or_default();
        let before = person.seen.replace((stance, rate));
        if person.number.is_none() {
            person.number = books.directory.number(visitor);
        }
        let Some(number) = person.number else { return };
        match books.truth.told(number, stance, rate, person.told) {
            Told::New { tick, passed } => {
                let first = person.told.replace(tick).is_none();
                if first {
                    person.since_us = at_us;
                }
                // The first sight at a rate is of what may have been so for long.
                if first || before.is_none_or(|(_, last)| last != rate) {
                    return;
                }
                let age_us = at_us - books.truth.due_us(number, tick);
                let period = books.periods.of(rate);
                let tally = books.tally.rate(rate);
                tally.ages.add(age_us);
                tally.late += u64::from(age_us > tick_us(period + 1));
                tally.superseded += u64::from((passed + 1).saturating_sub(period));
                if rate == Rate::Near {
                    books.pulse.add(age_us);
                }
            }
            Told::Known => {}
            // Whoever has just come in stands at the spot, and a slower stream may tell of that a while longer.
            Told::Strange => {
                let settled_us = tick_us(2 * books.periods.of(Rate::Far));
                let settled = person.told.is_some() && at_us - person.since_us > settled_us;
                books.faults.strange += u64::from(settled);
            }
        }
    }

    /// Notes who some are.
    pub fn introduce(&mut self, who: Vec<Who>, directory: &mut Directory) {
        for who in who {
            if directory.note(who.visitor, &who.name) || !who.name.is_empty() {
                self.people.entry(who.visitor).or_default().is_named = true;
            }
        }
    }

    /// Forgets who some were.
    pub fn forget(&mut self, gone: &[VisitorId]) {
        for visitor in gone {
            if let Some(person) = self.people.get_mut(visitor) {
                person.is_named = false;
                if person.seen.is_none() {
                    self.people.remove(visitor);
                }
            }
        }
    }

    /// All streams end, and begin again.
    pub fn begin_anew(&mut self) {
        self.decoder = Decoder::default();
        for person in self.people.values_mut() {
            person.seen = None;
            person.told = None;
        }
    }

    /// Looks around when all stand still: `expected` is who should be here, `own` this visitor's number.
    pub fn look_around(
        &self,
        own: u32,
        expected: &HashSet<u32>,
        is_light: bool,
        truth: &Truth,
        directory: &Directory,
    ) -> Findings {
        let mut findings = Findings {
            checkers: 1,
            expected: expected.len() as u64,
            ..Findings::default()
        };
        let mut found = HashSet::new();
        for (id, person) in &self.people {
            let Some((stance, rate)) = person.seen else {
                continue;
            };
            let Some(number) = directory.number(*id) else {
                findings.others += u64::from(person.is_named);
                findings.nameless += u64::from(!person.is_named);
                continue;
            };
            if !expected.contains(&number) {
                findings.ghosts += 1;
                continue;
            }
            found.insert(number);
            findings.misplaced += u64::from(!truth.is_shown(number, truth.stop(), stance, rate));
            findings.nameless += u64::from(!person.is_named && number != own);
        }
        if is_light {
            // Light mode leaves out those far away when there are many.
            findings.expected = found.len() as u64;
        }
        findings.missing = findings.expected - found.len() as u64;
        findings
    }
}

#[cfg(test)]
mod tests {
    use shared::{
        cell::{Encoder, StreamId},
        space::{Cell, Point},
    };

    use super::*;
    use crate::{ages::Ages, ground::Home, options::Scene};

    fn truth() -> Truth {
        let home = Home {
            spot: "middle".to_owned(),
            point: Point::new(1_500, 1_500),
            level: 0,
            low: Point::new(-1_500, -1_500),
            high: Point::new(1_500, 1_500),
        };
        Truth::new(9, 3, Scene::Walk, vec![home])
    }

    #[test]
    fn ages_misses_ghosts_and_the_missing_are_found() {
        let mut truth = truth();
        let stream = StreamId {
            cell: Cell::at(Point::new(0, 0), 2),
            ..StreamId::default()
        };
        let mut encoder = Encoder::new(stream);
        let mut checker = Checker::default();
        let (mut directory, mut tally, mut faults) =
            (Directory::default(), Tally::default(), Faults::default());
        for number in [0, 1, 7] {
            assert!(directory.note(VisitorId(100 + u64::from(number)), &Directory::name(number)));
        }
        truth.stop_at(60);
        for tick in 1..=62 {
            truth.advance(tick_us(tick + 1) - 1);
            let at = |number: u32| {
                truth
                    .step(number, tick)
                    .unwrap()
                    .stance(truth.home(number).unwrap())
            };
            let inside = [
                (VisitorId(100), at(0)),
                (VisitorId(101), at(1)),
                (VisitorId(107), at(0)),
            ];
            // The frame of one tick is lost to the world, and one is late.
            let Some(frame) = (tick != 20).then(|| encoder.frame(tick, &inside)).flatten() else {
                continue;
            };
            let late_us = if tick == 30 { tick_us(3) } else { tick_us(1) };
            let mut books = Books {
                truth: &truth,
                directory: &mut directory,
                tally: &mut tally,
                faults: &mut faults,
                pulse: &mut Ages::default(),
                periods: Periods::default(),
            };
            let gaps = checker.read(&frame, tick_us(tick) + late_us, &mut books).unwrap();
            assert_eq!(gaps, 0);
        }
        let near = &tally.rates[0];
        assert_eq!((near.ages.count(), near.late, near.superseded), (2 * 58, 2, 2));
        assert_eq!(faults.strange, 0);

        let expected: HashSet<u32> = [0, 1, 2].into();
        let found = checker.look_around(0, &expected, false, &truth, &directory);
        assert_eq!((found.missing, found.ghosts, found.misplaced), (1, 1, 0));
        assert_eq!(found.nameless, 1, "of those here one other's name was not told");
    }
}
