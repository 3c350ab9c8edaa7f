//! What was said: the lines of the chat, and the bubbles over heads.

use std::collections::VecDeque;

use shared::protocol::{Said, VisitorId};

/// Lines kept.
const KEPT: usize = 200;

/// The lines of the chat, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    lines: VecDeque<Said>,
}

impl Talk {
    /// Takes in a line. False when it was there already (after a new connection).
    pub fn hear(&mut self, said: Said) -> bool {
        if self.lines.iter().rev().any(|line| line.line == said.line) {
            return false;
        }
        if self.lines.len() == KEPT {
            self.lines.pop_front();
        }
        self.lines.push_back(said);
        true
    }

    /// All lines, oldest first.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &Said> {
        self.lines.iter()
    }

    /// What someone says at the moment: the last line, for as long as it takes to read it.
    pub fn bubble(&self, visitor: VisitorId, relay_ms: f64) -> Option<&Said> {
        const SHORTEST_MS: f64 = 5_000.0;
        const PER_CHARACTER_MS: f64 = 70.0;
        let said = self.lines.iter().rev().find(|said| said.visitor == visitor)?;
        let length = match &said.utterance {
            shared::protocol::Utterance::Line { text, .. } => text.chars().count(),
            shared::protocol::Utterance::Phrase(_) => 12,
        };
        let lasts = SHORTEST_MS + PER_CHARACTER_MS * length as f64;
        (relay_ms - (said.at_ms as f64) < lasts).then_some(said)
    }
}

#[cfg(test)]
mod tests {
    use shared::protocol::{Reach, Utterance};

    use super::*;

    fn line(number: u64, at_ms: u64) -> Said {
        Said {
            line: number,
            visitor: VisitorId(7),
            name: "지민".into(),
            reach: Reach::Near,
            utterance: Utterance::Phrase(0),
            at_ms,
        }
    }

    #[test]
    fn a_line_that_comes_twice_is_shown_once() {
        let mut talk = Talk::default();
        assert!(talk.hear(line(1, 0)));
        assert!(!talk.hear(line(1, 0)));
        assert_eq!(talk.lines().count(), 1);
    }

    #[test]
    fn a_bubble_goes_when_it_has_been_read() {
        let mut talk = Talk::default();
        talk.hear(line(1, 1_000));
        assert!(talk.bubble(VisitorId(7), 2_000.0).is_some());
        assert!(talk.bubble(VisitorId(7), 60_000.0).is_none());
        assert!(talk.bubble(VisitorId(8), 2_000.0).is_none());
    }
}
