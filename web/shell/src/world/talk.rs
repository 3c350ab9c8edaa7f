//! What was said: the lines of the chat, their translations, and the bubbles over heads.

use std::collections::VecDeque;

use shared::protocol::{Said, VisitorId};

/// Lines kept.
const KEPT: usize = 200;

/// The lines of the chat, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    /// By number, each with its translation.
    lines: VecDeque<(Said, Translation)>,
    /// Numbers of lines after which some may be missing; 0 for before all.
    gaps: Vec<u64>,
}

/// A line or an announcement in the reader's language, for those who ask for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translation {
    /// Once it is here.
    text: Option<String>,
    /// Whether the reader wants to see it, not the original.
    wanted: bool,
}

impl Translation {
    /// What shows instead of the original.
    pub fn shown(&self) -> Option<&str> {
        self.text.as_deref().filter(|_| self.wanted)
    }

    /// Turns from the original to the translation, or back. True when it is not here yet, and nobody fetches it.
    pub fn turn(&mut self) -> bool {
        let is_here = self.text.is_some();
        let is_asked_for = !is_here && !self.wanted;
        self.wanted = !is_here || !self.wanted;
        is_asked_for
    }

    /// Takes it in, or that there is none. Gives it when it shows now.
    pub fn came(&mut self, text: Option<String>) -> Option<&str> {
        // Of a language that the reader has left, nobody waits for it.
        self.text = text.filter(|_| self.wanted);
        self.wanted = self.text.is_some();
        self.shown()
    }

    /// The key of what its button says.
    pub fn button(&self) -> &'static str {
        match (&self.text, self.wanted) {
            (_, false) => "translate",
            (None, true) => "translate-waits",
            (Some(_), true) => "translate-back",
        }
    }
}

/// What the chat shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    /// A line, and its translation.
    Said(&'a Said, &'a Translation),
    /// Some lines may be missing here.
    Gap,
}

impl Talk {
    /// Takes in a line, where it belongs among the others: what was missed comes late. False when it was there already
    /// (after a new connection), or is older than all that is kept.
    pub fn hear(&mut self, said: Said) -> bool {
        let Err(mut index) = self.find(said.line) else {
            return false;
        };
        if self.lines.len() == KEPT {
            if index == 0 {
                return false;
            }
            self.lines.pop_front();
            index -= 1;
        }
        self.lines.insert(index, (said, Translation::default()));
        true
    }

    /// Notes that lines may be missing after one, 0 for before all.
    pub fn note_gap(&mut self, after: u64) {
        if let Err(at) = self.gaps.binary_search(&after) {
            self.gaps.insert(at, after);
        }
    }

    /// The number of the newest line; 0 when there is none.
    pub fn newest(&self) -> u64 {
        self.lines.back().map_or(0, |(said, _)| said.line)
    }

    /// Lines and gaps, oldest first.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let mut gaps = self.gaps.iter().peekable();
        let mut entries = Vec::with_capacity(self.lines.len());
        for (said, translation) in &self.lines {
            // Gaps that are older than all lines kept are one.
            while gaps.next_if(|after| **after < said.line).is_some() {
                if !matches!(entries.last(), Some(Entry::Gap)) {
                    entries.push(Entry::Gap);
                }
            }
            entries.push(Entry::Said(said, translation));
        }
        if gaps.next().is_some() {
            entries.push(Entry::Gap);
        }
        entries
    }

    /// Turns a line from its original to its translation, or back. Gives the line when the translation is not here yet, and
    /// nobody fetches it.
    pub fn turn(&mut self, number: u64) -> Option<&Said> {
        let (said, translation) = self.line(number)?;
        translation.turn().then_some(said)
    }

    /// Takes in a translation, or that there is none. Gives both when one shows now.
    pub fn translated(&mut self, number: u64, text: Option<String>) -> Option<(&Said, &str)> {
        let (said, translation) = self.line(number)?;
        Some((said, translation.came(text)?))
    }

    /// Forgets all translations, for a reader of another language.
    pub fn forget_translations(&mut self) {
        for (_, translation) in &mut self.lines {
            *translation = Translation::default();
        }
    }

    fn line(&mut self, number: u64) -> Option<&mut (Said, Translation)> {
        let index = self.find(number).ok()?;
        self.lines.get_mut(index)
    }

    /// Where a line is, or where it belongs.
    fn find(&self, number: u64) -> Result<usize, usize> {
        self.lines.binary_search_by_key(&number, |(said, _)| said.line)
    }

    /// Forgets what someone has said.
    pub fn forget(&mut self, visitor: VisitorId) {
        self.lines.retain(|(line, _)| line.visitor != visitor);
    }

    /// All lines, oldest first.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &Said> {
        self.lines.iter().map(|(said, _)| said)
    }

    /// What someone says at the moment: the last line, for as long as it takes to read it.
    pub fn bubble(&self, visitor: VisitorId, relay_ms: f64) -> Option<&Said> {
        const SHORTEST_MS: f64 = 5_000.0;
        const PER_CHARACTER_MS: f64 = 70.0;
        let said = self.lines().rev().find(|said| said.visitor == visitor)?;
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
    fn what_was_missed_stands_where_it_belongs_and_a_gap_where_it_is() {
        let mut talk = Talk::default();
        talk.hear(line(10, 0));
        talk.note_gap(10);
        talk.hear(line(40, 0));
        assert!(talk.hear(line(30, 0)) && !talk.hear(line(40, 0)));
        let shown: Vec<u64> = talk
            .entries()
            .iter()
            .map(|entry| match entry {
                Entry::Said(said, _) => said.line,
                Entry::Gap => 0,
            })
            .collect();
        assert_eq!(
            (shown.as_slice(), talk.newest()),
            ([10, 0, 30, 40].as_slice(), 40)
        );
    }

    #[test]
    fn a_gap_shows_although_nothing_was_ever_said() {
        let mut talk = Talk::default();
        talk.note_gap(0);
        assert_eq!(talk.entries(), [Entry::Gap]);
    }

    #[test]
    fn what_is_older_than_all_that_is_kept_does_not_come_back() {
        let mut talk = Talk::default();
        for number in 2..2 + KEPT as u64 {
            assert!(talk.hear(line(number, 0)));
        }
        assert!(!talk.hear(line(1, 0)));
        assert_eq!(talk.lines().count(), KEPT);
    }

    #[test]
    fn a_translation_is_fetched_once_and_the_original_is_one_touch_away() {
        let shown = |talk: &Talk| match talk.entries().as_slice() {
            [Entry::Said(_, translation)] => (translation.shown().map(str::to_owned), translation.button()),
            _ => unreachable!(),
        };
        let mut talk = Talk::default();
        talk.hear(line(1, 0));
        assert_eq!(shown(&talk), (None, "translate"));
        assert!(talk.turn(1).is_some() && talk.turn(1).is_none());
        assert_eq!(shown(&talk), (None, "translate-waits"));
        assert!(talk.translated(1, Some("Hello".into())).is_some());
        let translated = (Some("Hello".to_owned()), "translate-back");
        assert_eq!(shown(&talk), translated);
        assert!(talk.turn(1).is_none());
        assert_eq!(shown(&talk), (None, "translate"));
        assert!(talk.turn(1).is_none());
        assert_eq!(shown(&talk), translated);
        talk.forget_translations();
        assert!(talk.turn(1).is_some());
    }

    #[test]
    fn where_there_is_no_translation_the_original_stays_and_it_can_be_asked_for_again() {
        let mut talk = Talk::default();
        talk.hear(line(1, 0));
        assert!(talk.turn(1).is_some());
        assert!(talk.translated(1, None).is_none());
        assert!(talk.turn(1).is_some());
        assert!(talk.turn(2).is_none() && talk.translated(2, Some("Hello".into())).is_none());
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
