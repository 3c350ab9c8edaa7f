//! One line of the ledger: what was said and where, its number, and the form in which Redis keeps it.

use serde::{Deserialize, Serialize};
use shared::{
    protocol::{HEARING_CM, Reach, Said, Source},
    space::Position,
};

/// Bits of a line's number below the time.
const BELOW_TIME: u32 = 22;

/// Bits of a line's number for the count of lines in one millisecond.
const COUNT_BITS: u32 = 10;

/// Something said, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What was said.
    pub said: Said,
    /// Where the speaker stood.
    pub at: Position,
}

impl Line {
    /// When it was said, in milliseconds since 1970, by the relay that numbered it.
    pub fn said_ms(&self) -> u64 {
        time_of(self.said.line)
    }

    /// Whether someone who stands somewhere can hear it.
    pub fn is_heard_at(&self, position: Position) -> bool {
        self.said.reach == Reach::Place || position.point.distance_cm(self.at.point) <= HEARING_CM
    }

    /// The form in Redis: the number, highest byte first, so that bytes sort as lines do; then everything.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Serialising plain data into a vector cannot fail; a line without a body would be refused by `from_bytes`.
        let body = postcard::to_allocvec(self).unwrap_or_default();
        [self.said.line.to_be_bytes().as_slice(), &body].concat()
    }

    /// Reads a line; none when it is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (number, body) = bytes.split_first_chunk()?;
        let line: Self = postcard::from_bytes(body).ok()?;
        (line.said.line == u64::from_be_bytes(*number)).then_some(line)
    }
}

/// When the line with a number was said, in milliseconds since 1970.
pub fn time_of(number: u64) -> u64 {
    number >> BELOW_TIME
}

/// Numbers the lines of one room of one relay.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    last_ms: u64,
    count: u64,
}

impl Numbering {
    /// The next number, and its time. Time comes first, so that lines of all relays sort; then relay and count, so that
    /// no two are the same. A clock that was set back does not make a line older than the one before it.
    pub fn next(&mut self, source: Source, now_ms: u64) -> (u64, u64) {
        const FULL: u64 = 1 << COUNT_BITS;
        if now_ms > self.last_ms {
            (self.last_ms, self.count) = (now_ms, 0);
        } else {
            self.count += 1;
            if self.count == FULL {
                (self.last_ms, self.count) = (self.last_ms + 1, 0);
            }
        }
        let relay = u64::from(source.relay & 0xFFF);
        (
            self.last_ms << BELOW_TIME | relay << COUNT_BITS | self.count,
            self.last_ms,
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared::protocol::{Utterance, VisitorId};

    use super::*;

    proptest! {
        #[test]
        fn numbers_only_grow_whatever_the_clock_does(clock in prop::collection::vec(0_u64..5, 1..3_000)) {
            let mut numbering = Numbering::default();
            let source = Source { relay: 5, epoch: 1 };
            let mut last = 0;
            for now_ms in clock {
                let (number, at_ms) = numbering.next(source, now_ms);
                prop_assert!(number > last);
                prop_assert_eq!(time_of(number), at_ms);
                last = number;
            }
        }

        #[test]
        fn a_line_survives_and_bytes_sort_as_numbers_do(a: u64, b: u64, name in "\\PC{0,24}", text in "\\PC{0,300}") {
            let line = |number| Line {
                said: Said {
                    line: number,
                    visitor: VisitorId(3),
                    name: name.clone(),
                    reach: Reach::Near,
                    utterance: Utterance::Line { text: text.clone(), language: "ko".to_owned() },
                    at_ms: 1,
                },
                at: Position::default(),
            };
            prop_assert_eq!(Line::from_bytes(&line(a).to_bytes()), Some(line(a)));
            if a != b {
                prop_assert_eq!(line(a).to_bytes() < line(b).to_bytes(), a < b);
            }
        }

        #[test]
        fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Line::from_bytes(&bytes);
        }
    }
}
