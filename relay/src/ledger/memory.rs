//! The last lines of one channel, as one relay remembers them, and since when it remembers.
//!
//! Pure: time is an argument. What it tells a visitor who comes back is all that was said meanwhile, or that there is a
//! gap; it never claims to know what it cannot.

use std::collections::BTreeMap;

use shared::{protocol::Said, space::Position};

use super::line::{Line, time_of};

/// Lines kept of a channel.
pub const KEPT: usize = 100;

/// How much later than its own time a line may reach a client that hears everything: clocks differ, parcels travel. What
/// was said within it before the last sign of a client is sent to it again; clients tell doubles by their numbers.
const SLACK_MS: u64 = 5_000;

/// Until when a visitor who comes back has heard everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeardUntil {
    /// When the visitor came into the channel, in milliseconds since 1970: what was said before was for others.
    pub came_ms: u64,
    /// In milliseconds since 1970, on the relays' clock.
    pub ms: u64,
    /// The newest line that the client has; 0 for none.
    pub line: u64,
}

/// The last lines of a channel.
#[derive(Clone, Debug)]
pub struct Memory {
    lines: BTreeMap<u64, Remembered>,
    since_ms: u64,
    trimmed_ms: u64,
}

#[derive(Clone, Debug)]
struct Remembered {
    line: Line,
    /// When this relay learned of it while it was listening; 0 for what it found when it began to.
    learned_ms: u64,
    /// Whether it is in the store that outlives this relay.
    stored: bool,
}

impl Memory {
    /// An empty memory that begins now.
    pub fn since(now_ms: u64) -> Self {
        Self {
            lines: BTreeMap::new(),
            since_ms: now_ms,
            trimmed_ms: 0,
        }
    }

    /// Everything said since then is here, but for what [`Self::trimmed_ms`] tells.
    pub fn since_ms(&self) -> u64 {
        self.since_ms
    }

    /// When the newest line was said that was forgotten for newer ones; 0 when none was.
    pub fn trimmed_ms(&self) -> u64 {
        self.trimmed_ms
    }

    /// From now on others may have spoken unheard.
    pub fn stop_listening(&mut self, now_ms: u64) {
        self.since_ms = now_ms;
    }

    /// Takes in what a store remembers besides: all lines of it are added, so its word on the past counts as ours.
    pub fn learn(&mut self, since_ms: u64, trimmed_ms: u64) {
        self.since_ms = self.since_ms.min(since_ms);
        self.trimmed_ms = self.trimmed_ms.max(trimmed_ms);
    }

    /// Adds a line; false when it was here, or is older than all that is kept.
    pub fn add(&mut self, line: Line, learned_ms: u64, stored: bool) -> bool {
        let number = line.said.line;
        if self.lines.contains_key(&number) || time_of(number) < self.trimmed_ms {
            return false;
        }
        let remembered = Remembered {
            line,
            learned_ms,
            stored,
        };
        self.lines.insert(number, remembered);
        while self.lines.len() > KEPT
            && let Some((forgotten, _)) = self.lines.pop_first()
        {
            self.trimmed_ms = self.trimmed_ms.max(time_of(forgotten));
        }
        self.lines.contains_key(&number)
    }

    /// What was said by the number of the line.
    pub fn get(&self, number: u64) -> Option<&Said> {
        self.lines.get(&number).map(|remembered| &remembered.line.said)
    }

    /// Whether a line is here.
    pub fn has(&self, number: u64) -> bool {
        self.lines.contains_key(&number)
    }

    /// All lines, the newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Line> {
        self.lines.values().rev().map(|remembered| &remembered.line)
    }

    /// Lines that the store has not got, oldest first.
    pub fn unstored(&self) -> impl Iterator<Item = &Line> {
        self.lines
            .values()
            .filter(|remembered| !remembered.stored)
            .map(|remembered| &remembered.line)
    }

    /// Notes that a line is in the store.
    pub fn note_stored(&mut self, number: u64) {
        if let Some(remembered) = self.lines.get_mut(&number) {
            remembered.stored = true;
        }
    }

    /// The store has exactly these of the lines here, or has lost them all: what is missing there is to be given to it.
    pub fn compare(&mut self, is_in_store: impl Fn(u64) -> bool) {
        for (number, remembered) in &mut self.lines {
            remembered.stored = is_in_store(*number);
        }
    }

    /// What someone who stood somewhere and had heard everything until then missed, oldest first; and whether there may
    /// have been more.
    pub fn missed(&self, heard: HeardUntil, stood: Position) -> (Vec<Said>, bool) {
        let from_ms = heard.ms.saturating_sub(SLACK_MS);
        let lines = self
            .lines
            .values()
            .filter(|remembered| remembered.line.said_ms() >= from_ms || remembered.learned_ms >= from_ms)
            .filter(|remembered| remembered.line.said_ms() >= heard.came_ms)
            .filter(|remembered| remembered.line.said.line != heard.line)
            .filter(|remembered| remembered.line.is_heard_at(stood))
            .map(|remembered| remembered.line.said.clone())
            .collect();
        let gap = self.since_ms > heard.ms || self.trimmed_ms >= heard.ms;
        (lines, gap)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared::{
        protocol::{Reach, Source, Utterance, VisitorId},
        space::Point,
    };

    use super::{super::line::Numbering, *};

    const BEGAN: u64 = 1_800_000_000_000;

    fn line(number: u64, reach: Reach, x: i32) -> Line {
        Line {
            said: Said {
                line: number,
                visitor: VisitorId(1),
                name: "Ana".to_owned(),
                reach,
                utterance: Utterance::Phrase(0),
                at_ms: time_of(number),
            },
            at: Position {
                point: Point::new(x, 0),
                level: 0,
            },
        }
    }

    proptest! {
        /// Whatever is said and whenever someone is away: every line of the meantime comes, or the gap is told.
        #[test]
        fn never_a_silent_hole(
            pauses in prop::collection::vec(0_u64..20_000, 1..260),
            began in 0_usize..260,
            left in 0_usize..260,
        ) {
            let mut numbering = Numbering::default();
            let mut now = BEGAN;
            let mut all = Vec::new();
            let mut memory = None;
            let mut heard = HeardUntil { came_ms: 0, ms: 0, line: 0 };
            for (index, pause) in pauses.iter().enumerate() {
                now += pause + 1;
                if index >= began {
                    memory.get_or_insert_with(|| Memory::since(now));
                }
                let (number, _) = numbering.next(Source { relay: 1, epoch: 1 }, now);
                all.push(number);
                if let Some(memory) = &mut memory {
                    memory.add(line(number, Reach::Place, 0), now, true);
                }
                if index == left.min(pauses.len() - 1) {
                    heard = HeardUntil { came_ms: 0, ms: now, line: number };
                }
            }
            let memory = memory.unwrap_or_else(|| Memory::since(now));
            let (lines, gap) = memory.missed(heard, Position::default());
            let got: Vec<u64> = lines.iter().map(|said| said.line).collect();
            prop_assert!(got.is_sorted());
            let all_came = all.iter().filter(|number| **number > heard.line).all(|number| got.contains(number));
            prop_assert!(all_came || gap);
            if began <= left && all.len() <= KEPT {
                prop_assert!(!gap, "nothing was missed, and nothing was said to be");
            }
        }
    }

    #[test]
    fn a_line_that_comes_twice_is_kept_once() {
        let mut memory = Memory::since(BEGAN);
        let said = line(BEGAN << 22, Reach::Place, 0);
        assert!(memory.add(said.clone(), BEGAN, true));
        assert!(!memory.add(said, BEGAN + 5, true));
        let heard = HeardUntil {
            came_ms: BEGAN,
            ms: BEGAN,
            line: 0,
        };
        assert_eq!(memory.missed(heard, Position::default()).0.len(), 1);
    }

    #[test]
    fn what_was_said_out_of_hearing_is_not_recovered() {
        let mut memory = Memory::since(BEGAN);
        memory.add(line((BEGAN + 1) << 22, Reach::Near, 9_000), BEGAN, true);
        memory.add(line((BEGAN + 2) << 22, Reach::Near, 900), BEGAN, true);
        memory.add(line((BEGAN + 3) << 22, Reach::Place, 9_000), BEGAN, true);
        let (lines, _) = memory.missed(
            HeardUntil {
                came_ms: BEGAN,
                ms: BEGAN,
                line: 0,
            },
            Position::default(),
        );
        let numbers: Vec<u64> = lines.iter().map(|said| time_of(said.line) - BEGAN).collect();
        assert_eq!(numbers, [2, 3]);
    }

    #[test]
    fn what_was_said_before_someone_came_is_not_recovered() {
        let mut memory = Memory::since(BEGAN);
        memory.add(line((BEGAN + 1) << 22, Reach::Place, 0), BEGAN, true);
        let heard = HeardUntil {
            came_ms: BEGAN + 2,
            ms: BEGAN + 3,
            line: 0,
        };
        assert_eq!(memory.missed(heard, Position::default()), (Vec::new(), false));
    }

    #[test]
    fn a_line_that_came_late_is_recovered_although_older_ones_were_heard() {
        let mut memory = Memory::since(BEGAN);
        let late = line((BEGAN + 1) << 22, Reach::Place, 0);
        memory.add(late, BEGAN + 60_000, true);
        let heard = HeardUntil {
            came_ms: BEGAN,
            ms: BEGAN + 58_000,
            line: (BEGAN + 58_000) << 22,
        };
        assert_eq!(memory.missed(heard, Position::default()).0.len(), 1);
    }

    #[test]
    fn a_store_that_lost_everything_is_given_all_again() {
        let mut memory = Memory::since(BEGAN);
        memory.add(line((BEGAN + 1) << 22, Reach::Place, 0), BEGAN, true);
        memory.add(line((BEGAN + 2) << 22, Reach::Place, 0), BEGAN, false);
        assert_eq!(memory.unstored().count(), 1);
        memory.compare(|_| false);
        assert_eq!(memory.unstored().count(), 2);
        memory.note_stored((BEGAN + 1) << 22);
        assert_eq!(memory.unstored().count(), 1);
    }
}
