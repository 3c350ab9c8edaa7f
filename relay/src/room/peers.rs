//! The other relays in this room: whether they live, and who their visitors are. Their streams are [`Bundles`].
//!
//! Signs of life tell a digest of the visitors: when it is another than expected, the roster is asked for.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use shared::{
    cell::Rate,
    protocol::{Said, Source, VisitorId},
    space::{Cell, Position},
};

use super::bundles::Bundles;
use crate::backplane::{Card, Envelope, Parcel, Topic};

/// A relay that was not heard for so long has gone, and its visitors with it. It says that it lives twice a second.
pub(super) const GONE_AFTER_MS: u64 = 2_500;

/// How soon the same thing may be asked again.
pub(super) const ASK_AGAIN_MS: u64 = 1_000;

/// What a parcel means for the room.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Effect {
    /// Someone came in at another relay, or changed the name or the look.
    Entered(Card),
    /// Someone left another relay.
    Left(VisitorId),
    /// Someone at another relay said something.
    Said(Said, Position),
    /// A relay must be asked for its roster.
    AskRoster(Source),
    /// This relay is asked for its roster.
    RosterAsked,
    /// This relay is asked for the key frames of these groups and rates.
    SeedsAsked(Vec<(Cell, Rate)>),
}

/// The other relays.
pub(super) struct Peers {
    ours: Source,
    relays: BTreeMap<Source, Relay>,
    cards: BTreeMap<VisitorId, (Source, Card)>,
    /// Their streams.
    pub(super) bundles: Bundles,
}

struct Relay {
    heard_ms: u64,
    asked_ms: Option<u64>,
    /// Groups in which it says to have streams.
    groups: BTreeSet<Cell>,
}

impl Peers {
    pub(super) fn new(ours: Source) -> Self {
        Self {
            ours,
            relays: BTreeMap::new(),
            cards: BTreeMap::new(),
            bundles: Bundles::default(),
        }
    }

    /// Takes in what another relay told.
    pub(super) fn receive(&mut self, envelope: Envelope, now_ms: u64) -> Vec<Effect> {
        let Envelope { source, parcel, .. } = envelope;
        let mut effects = Vec::new();
        if source == self.ours {
            return effects;
        }
        let mut lost_touch = !self.relays.contains_key(&source);
        let relay = self.relays.entry(source).or_insert(Relay {
            heard_ms: now_ms,
            asked_ms: None,
            groups: BTreeSet::new(),
        });
        relay.heard_ms = now_ms;
        match parcel {
            Parcel::Frames {
                group,
                rate,
                number,
                frames,
            } => self.bundles.read(group, rate, source, number, frames.into()),
            Parcel::Seed {
                group,
                rate,
                number,
                key_frames,
            } => self.bundles.seed(group, rate, source, number, key_frames.into()),
            Parcel::Entered(card) => self.enter(source, card, &mut effects),
            Parcel::Left(visitor) => self.leave(source, visitor, &mut effects),
            // What hosts decide is the room's to hear, and calls for a helper the desk's.
            Parcel::Moderation(_) | Parcel::Help(_) => {}
            Parcel::Said { said, at } => effects.push(Effect::Said(said, at)),
            Parcel::Alive { groups, digest } => {
                relay.groups = groups.iter().map(|(group, _)| *group).collect();
                self.bundles.compare(source, &relay.groups, &groups);
                let cards = self.cards.iter().filter(|(_, (of, _))| *of == source);
                let known = Card::digest(cards.map(|(visitor, (_, card))| (visitor, card.generation)));
                lost_touch |= known != digest;
            }
            Parcel::AskRoster(of) => {
                if of.is_none_or(|of| of == self.ours) {
                    effects.push(Effect::RosterAsked);
                }
            }
            Parcel::AskSeeds { of, which } => {
                if of == self.ours {
                    effects.push(Effect::SeedsAsked(which));
                }
            }
            Parcel::Roster(cards) => {
                let listed: HashSet<VisitorId> = cards.iter().map(|card| card.visitor).collect();
                let unlisted: Vec<VisitorId> = self
                    .visitors_of(source)
                    .filter(|visitor| !listed.contains(visitor))
                    .collect();
                for visitor in unlisted {
                    self.leave(source, visitor, &mut effects);
                }
                for card in cards {
                    self.enter(source, card, &mut effects);
                }
                lost_touch = false;
            }
        }
        if lost_touch && self.may_ask_roster(source, now_ms) {
            effects.push(Effect::AskRoster(source));
        }
        effects
    }

    /// Parcels of a topic arrive from now on.
    pub(super) fn opened(&mut self, topic: Topic) {
        let Topic::Frames(group, rate) = topic else {
            return;
        };
        let there = self
            .relays
            .iter()
            .filter(|(_, relay)| relay.groups.contains(&group));
        self.bundles.opened(group, rate, there.map(|(source, _)| *source));
    }

    /// Every group in which another relay has streams.
    pub(super) fn groups(&self) -> BTreeSet<Cell> {
        self.relays
            .values()
            .flat_map(|relay| relay.groups.iter().copied())
            .collect()
    }

    /// The clock was set back: nothing was heard or asked later than now.
    pub(super) fn rewind(&mut self, now_ms: u64) {
        for relay in self.relays.values_mut() {
            relay.heard_ms = relay.heard_ms.min(now_ms);
            relay.asked_ms = None;
        }
        self.bundles.rewind();
    }

    /// Notices relays that have gone.
    pub(super) fn expire(&mut self, now_ms: u64) -> Vec<Effect> {
        let silent = |relay: &Relay| now_ms.saturating_sub(relay.heard_ms) > GONE_AFTER_MS;
        let gone: Vec<Source> = self
            .relays
            .iter()
            .filter(|(_, relay)| silent(relay))
            .map(|(source, _)| *source)
            .collect();
        let mut effects = Vec::new();
        for source in gone {
            tracing::info!(relay = source.relay, epoch = source.epoch, "a relay has gone");
            self.relays.remove(&source);
            self.bundles.forget_all_of(source);
            for visitor in self.visitors_of(source).collect::<Vec<_>>() {
                self.leave(source, visitor, &mut effects);
            }
        }
        effects
    }

    /// Who someone at another relay is.
    pub(super) fn card(&self, visitor: VisitorId) -> Option<&Card> {
        self.cards.get(&visitor).map(|(_, card)| card)
    }

    /// How many visitors the other relays have here.
    pub(super) fn people(&self) -> u32 {
        self.cards.len() as u32
    }

    /// Everyone at another relay, and where they were last seen from afar.
    pub(super) fn visitors(&self) -> impl Iterator<Item = (VisitorId, Option<Position>)> {
        let seen = self.bundles.seen();
        self.cards
            .keys()
            .map(move |visitor| (*visitor, seen.get(visitor).map(|stance| stance.position)))
    }

    /// Someone has come from another relay to this one.
    pub(super) fn hand_over(&mut self, visitor: VisitorId) {
        self.cards.remove(&visitor);
    }

    fn visitors_of(&self, source: Source) -> impl Iterator<Item = VisitorId> {
        self.cards
            .iter()
            .filter(move |(_, (of, _))| *of == source)
            .map(|(visitor, _)| *visitor)
    }

    fn may_ask_roster(&mut self, source: Source, now_ms: u64) -> bool {
        let Some(relay) = self.relays.get_mut(&source) else {
            return false;
        };
        let may = relay
            .asked_ms
            .is_none_or(|asked| now_ms.saturating_sub(asked) >= ASK_AGAIN_MS);
        if may {
            relay.asked_ms = Some(now_ms);
        }
        may
    }

    fn enter(&mut self, source: Source, card: Card, effects: &mut Vec<Effect>) {
        let known = self.cards.get(&card.visitor);
        if known.is_some_and(|(_, known)| known.generation > card.generation) {
            return;
        }
        if known.is_none_or(|(of, known)| *of != source || *known != card) {
            self.cards.insert(card.visitor, (source, card.clone()));
            effects.push(Effect::Entered(card));
        }
    }

    fn leave(&mut self, source: Source, visitor: VisitorId, effects: &mut Vec<Effect>) {
        // Whoever went on to a third relay has not left.
        if self.cards.get(&visitor).is_some_and(|(of, _)| *of == source) {
            self.cards.remove(&visitor);
            effects.push(Effect::Left(visitor));
        }
    }
}
