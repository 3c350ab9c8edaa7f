//! What hosts have decided about a place, as the relays tell it one another.
//!
//! Rules can be merged in any order and any number of times: of two decisions about the same thing the later counts. So
//! a relay that was away, or has just begun, learns them from any other, and what was lost on the way is mended by the
//! next telling.

use std::collections::{BTreeMap, btree_map::Entry};

use serde::{Deserialize, Serialize};
use shared::{
    moderation::{Announcement, ChatRule},
    protocol::VisitorId,
};

use crate::session::AddressMark;

/// What relays tell one another about the moderation of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moderation {
    /// Rules, all or some.
    Rules(Rules),
    /// Whoever has this visitor ends the visit.
    Remove(VisitorId),
    /// Everyone is told something.
    Announced(Announcement),
}

/// Something that holds for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Measure {
    /// Nothing that a visitor says is passed on.
    Muted(VisitorId),
    /// A visitor may not come in.
    Banned(VisitorId),
    /// Newcomers from where a visitor is may not come in; whichever relay has the visitor knows the address.
    AddressOf(VisitorId),
    /// Newcomers from an address may not come in, as long as [`Self::AddressOf`] that visitor holds.
    AddressBanned(AddressMark, VisitorId),
}

/// For how long something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Term {
    /// When it was decided, in milliseconds since 1970.
    pub decided_ms: u64,
    /// Whether it was ended before its time. Remembered until then, so that nobody brings it back who has not heard.
    pub lifted: bool,
    /// When it ends by itself, in milliseconds since 1970.
    pub until_ms: u64,
}

/// The rules of a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Who may speak, and when that was decided.
    chat: (u64, ChatRule),
    terms: BTreeMap<Measure, Term>,
}

impl Rules {
    /// Only this rule about the chat.
    pub fn of_chat(rule: ChatRule, decided_ms: u64) -> Self {
        Self {
            chat: (decided_ms, rule),
            terms: BTreeMap::new(),
        }
    }

    /// Only these terms.
    pub fn of_terms(terms: impl IntoIterator<Item = (Measure, Term)>) -> Self {
        Self {
            terms: terms.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Whether nothing was ever decided, or all of it is over.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Who may speak.
    pub fn chat(&self) -> ChatRule {
        self.chat.1
    }

    /// Until when a measure holds; none when it does not.
    pub fn holds(&self, measure: Measure, now_ms: u64) -> Option<u64> {
        let term = self.terms.get(&measure)?;
        (!term.lifted && now_ms < term.until_ms).then_some(term.until_ms)
    }

    /// Whether newcomers from an address may not come in.
    pub fn bans_address(&self, address: AddressMark, now_ms: u64) -> bool {
        let first = Measure::AddressBanned(address, VisitorId(0));
        self.terms
            .range(first..)
            .map_while(|(measure, _)| match measure {
                Measure::AddressBanned(of, visitor) if *of == address => Some((*measure, *visitor)),
                _ => None,
            })
            .any(|(measure, visitor)| {
                self.holds(measure, now_ms).is_some()
                    && self.holds(Measure::AddressOf(visitor), now_ms).is_some()
            })
    }

    /// The term that ends a measure now; none when it does not hold.
    pub fn lift(&self, measure: Measure, now_ms: u64) -> Option<Term> {
        let until_ms = self.holds(measure, now_ms)?;
        Some(Term {
            decided_ms: now_ms,
            lifted: true,
            until_ms,
        })
    }

    /// Takes in other rules; the answer is what was news among them.
    #[must_use]
    pub fn merge(&mut self, other: Self) -> Self {
        let mut news = Self::default();
        if other.chat > self.chat {
            self.chat = other.chat;
            news.chat = other.chat;
        }
        for (measure, term) in other.terms {
            match self.terms.entry(measure) {
                Entry::Occupied(mut known) => {
                    if term <= *known.get() {
                        continue;
                    }
                    // The end of an earlier decision that somebody may still tell is kept in mind.
                    let until_ms = if term.lifted {
                        term.until_ms.max(known.get().until_ms)
                    } else {
                        term.until_ms
                    };
                    known.insert(Term { until_ms, ..term });
                }
                Entry::Vacant(unknown) => {
                    unknown.insert(term);
                }
            }
            news.terms.insert(measure, term);
        }
        news
    }

    /// Forgets what is over.
    pub fn forget(&mut self, now_ms: u64) {
        self.terms.retain(|_, term| now_ms < term.until_ms);
    }

    /// What they hold about whom.
    pub fn terms(&self) -> impl Iterator<Item = (Measure, Term)> {
        self.terms.iter().map(|(measure, term)| (*measure, *term))
    }

    /// How many people and addresses are kept out now.
    pub fn kept_out(&self, now_ms: u64) -> usize {
        let counts = |measure| matches!(measure, Measure::Banned(_) | Measure::AddressOf(_));
        self.terms()
            .filter(|(measure, _)| counts(*measure) && self.holds(*measure, now_ms).is_some())
            .count()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rules() -> impl Strategy<Value = Rules> {
        let term =
            (0..3_u64, 0..4_u64, 1..9_u64, any::<bool>()).prop_map(|(who, decided_ms, lasts, lifted)| {
                let until_ms = decided_ms + lasts;
                let term = Term {
                    decided_ms,
                    lifted,
                    until_ms,
                };
                (Measure::Muted(VisitorId(who)), term)
            });
        let rule = prop::sample::select(ChatRule::ALL.to_vec());
        (0..4_u64, rule, prop::collection::vec(term, 0..4)).prop_map(|(decided_ms, rule, terms)| Rules {
            chat: (decided_ms, rule),
            ..Rules::of_terms(terms)
        })
    }

    /// What holds, which is all that anyone notices.
    fn holding(rules: &Rules) -> Vec<(ChatRule, Vec<bool>)> {
        (0..14)
            .map(|now_ms| {
                let holds = |who| rules.holds(Measure::Muted(VisitorId(who)), now_ms).is_some();
                (rules.chat(), (0..3).map(holds).collect())
            })
            .collect()
    }

    proptest! {
        #[test]
        fn relays_agree_whatever_the_order_of_the_news(parts in prop::collection::vec(rules(), 0..6)) {
            let (mut there, mut here) = (Rules::default(), Rules::default());
            for part in &parts {
                let _news = there.merge(part.clone());
            }
            for part in parts.iter().rev().chain(&parts) {
                let _news = here.merge(part.clone());
            }
            prop_assert_eq!(holding(&there), holding(&here));
        }
    }

    #[test]
    fn a_measure_that_was_lifted_is_not_brought_back_by_an_old_telling() {
        let who = Measure::Muted(VisitorId(7));
        let term = Term {
            decided_ms: 10,
            lifted: false,
            until_ms: 100,
        };
        let told = Rules::of_terms([(who, term)]);
        let mut rules = told.clone();
        let lifted = rules.lift(who, 20).unwrap();
        assert!(!rules.merge(Rules::of_terms([(who, lifted)])).is_empty());
        assert_eq!(rules.holds(who, 20), None);
        rules.forget(50);
        assert!(rules.merge(told).is_empty());
        assert_eq!(rules.holds(who, 50), None);
        rules.forget(100);
        assert!(rules.is_empty());
    }
}
