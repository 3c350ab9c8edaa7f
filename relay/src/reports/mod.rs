//! Reports of visitors about one another: kept in a file that whoever runs the relay reads with `relay reports`.
//!
//! In: who reports whom, and the lines that were said, as the relay itself remembers them. Out: a line of JSON in
//! `reports.jsonl` of the data directory, on the disk before the reporter is told so. Each relay writes its own file. It
//! decides nothing about anyone.
//!
//! | file | one idea |
//! |---|---|
//! | `keeper` | the thread that writes |
//! | `table` | what `relay reports` prints |

mod keeper;
mod table;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use shared::{
    phrases,
    protocol::{Reach, Said, Utterance, VisitorId},
};

pub use self::{
    keeper::Reports,
    table::{run, since},
};

/// Name of the file in the data directory.
const FILE: &str = "reports.jsonl";

/// Lines that go with a report.
pub const LINES: usize = 20;

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// When, as RFC 3339 writes it.
    pub when: String,
    /// Who reports.
    pub by: Person,
    /// Whom.
    pub about: Person,
    /// Where.
    pub place: String,
    /// In which channel.
    pub channel: u16,
    /// What the two and everyone there had said last, oldest first; at most [`LINES`].
    pub lines: Vec<ReportedLine>,
}

/// Someone, as the others knew him.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The number of the session, as the log of levers names it; text, since not every reader of JSON counts so far.
    pub visitor: String,
    /// The name then.
    pub name: String,
}

impl Person {
    /// Someone with a name.
    pub fn new(visitor: VisitorId, name: &str) -> Self {
        Self {
            visitor: visitor.0.to_string(),
            name: name.to_owned(),
        }
    }
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedLine {
    /// When, as RFC 3339 writes it.
    pub when: String,
    /// Who.
    pub who: Person,
    /// Whether it was for everyone in the place, not only for those near.
    pub to_all: bool,
    /// What: the words, or the name of a ready-made phrase in brackets.
    pub text: String,
}

impl From<&Said> for ReportedLine {
    fn from(said: &Said) -> Self {
        Self {
            when: at(said.at_ms),
            who: Person::new(said.visitor, &said.name),
            to_all: said.reach == Reach::Place,
            text: match &said.utterance {
                Utterance::Line { text, .. } => text.clone(),
                Utterance::Phrase(index) => format!("({})", phrases::key(*index).unwrap_or_default()),
            },
        }
    }
}

/// A time in milliseconds since 1970, as RFC 3339 writes it, to the second.
pub fn at(ms: u64) -> String {
    // What lies beyond the year 9999 cannot be written.
    const LAST_MS: u64 = 253_402_300_799_000;
    let time: SystemTime = UNIX_EPOCH + Duration::from_millis(ms.min(LAST_MS));
    humantime::format_rfc3339_seconds(time).to_string()
}
