//! The other relays in this place: their streams, their visitors, and whether they live.
//!
//! Their frames are decoded once here, to hold what newcomers need, and forwarded unchanged. Everything that may be
//! lost on the way is noticed: a frame by its sequence number, a visitor by the counts in the signs of life, an emptied
//! cell by their list of occupied ones. Then everything is asked for anew.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use bytes::Bytes;
use shared::{
    cell::{self, Decoder, Event, Kind},
    protocol::{Said, Source, VisitorId},
    space::{Cell, Position},
};

use crate::backplane::{Card, Envelope, Parcel};

/// A relay that was not heard for so long has gone, and its visitors with it. It says that it lives twice a second.
pub(super) const GONE_AFTER_MS: u64 = 2_500;

/// How soon the same relay may be asked again.
const ASK_AGAIN_MS: u64 = 1_000;

/// What a parcel means for the room.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Effect {
    /// Someone came in at another relay, or changed the name or the look.
    Entered(Card),
    /// Someone left another relay.
    Left(VisitorId),
    /// Someone at another relay entered a cell.
    Moved(VisitorId, Cell),
    /// Someone at another relay said something.
    Said(Said, Position),
    /// A relay must be asked for its roster.
    Ask(Source),
    /// This relay is asked for its roster.
    Asked,
}

/// The other relays.
pub(super) struct Peers {
    ours: Source,
    relays: BTreeMap<Source, Relay>,
    decoder: Decoder,
    cards: BTreeMap<VisitorId, (Source, Card)>,
    seats: HashMap<VisitorId, Seat>,
    /// Streams in step, empty ones too.
    streams: BTreeSet<(Cell, Source)>,
    /// Streams that wait for their key frame: nothing of them is forwarded.
    broken: BTreeSet<(Cell, Source)>,
    /// Frames to forward at the next tick, in order.
    arrived: Vec<(Cell, Source, Bytes)>,
}

struct Relay {
    heard_ms: u64,
    asked_ms: Option<u64>,
}

/// Where someone stands, as the frames told last.
#[derive(Clone, Copy)]
struct Seat {
    position: Position,
    source: Source,
    cell: Cell,
}

impl Peers {
    pub(super) fn new(ours: Source) -> Self {
        Self {
            ours,
            relays: BTreeMap::new(),
            decoder: Decoder::default(),
            cards: BTreeMap::new(),
            seats: HashMap::new(),
            streams: BTreeSet::new(),
            broken: BTreeSet::new(),
            arrived: Vec::new(),
        }
    }

    /// Takes in what another relay told.
    pub(super) fn receive(&mut self, envelope: Envelope, now_ms: u64) -> Vec<Effect> {
        let Envelope { source, parcel, .. } = envelope;
        let mut effects = Vec::new();
        if source == self.ours {
            return effects;
        }
        let mut suspicious = !self.relays.contains_key(&source);
        let relay = self.relays.entry(source).or_insert(Relay {
            heard_ms: now_ms,
            asked_ms: None,
        });
        relay.heard_ms = now_ms;
        match parcel {
            Parcel::Frames(frames) => suspicious |= self.read(source, frames.into(), false, &mut effects),
            Parcel::Entered(card) => self.enter(source, card, &mut effects),
            Parcel::Left(visitor) => self.leave(source, visitor, &mut effects),
            // What hosts decide is the room's to hear.
            Parcel::Moderation(_) => {}
            Parcel::Said { said, at } => effects.push(Effect::Said(said, at)),
            Parcel::Alive { occupied, people } => {
                suspicious |= self.has_lost_touch(source, &occupied.into_iter().collect(), people);
            }
            Parcel::Ask(of) => {
                if of.is_none_or(|of| of == self.ours) {
                    effects.push(Effect::Asked);
                }
            }
            Parcel::Roster { cards, key_frames } => {
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
                suspicious = self.read(source, key_frames.into(), true, &mut effects);
            }
        }
        if suspicious && self.may_ask(source, now_ms) {
            effects.push(Effect::Ask(source));
        }
        effects
    }

    /// Notices relays that have gone.
    pub(super) fn expire(&mut self, now_ms: u64) -> Vec<Effect> {
        let gone: Vec<Source> = self
            .relays
            .iter()
            .filter(|(_, relay)| now_ms.saturating_sub(relay.heard_ms) > GONE_AFTER_MS)
            .map(|(source, _)| *source)
            .collect();
        let mut effects = Vec::new();
        for source in gone {
            tracing::info!(relay = source.relay, epoch = source.epoch, "a relay has gone");
            self.relays.remove(&source);
            let streams: Vec<Cell> = self
                .streams
                .iter()
                .chain(&self.broken)
                .filter(|(_, of)| *of == source)
                .map(|(cell, _)| *cell)
                .collect();
            for cell in streams {
                self.forget(cell, source);
            }
            self.seats.retain(|_, seat| seat.source != source);
            let visitors: Vec<VisitorId> = self.visitors_of(source).collect();
            for visitor in visitors {
                self.leave(source, visitor, &mut effects);
            }
        }
        effects
    }

    /// The frames to forward since the last call, in order.
    pub(super) fn take_arrived(&mut self) -> Vec<(Cell, Source, Bytes)> {
        std::mem::take(&mut self.arrived)
    }

    /// Streams in step.
    pub(super) fn streams(&self) -> impl Iterator<Item = (Cell, Source)> {
        self.streams.iter().copied()
    }

    /// A stream as it stands; none when it is unknown or broken.
    pub(super) fn key_frame(&self, source: Source, cell: Cell) -> Option<Vec<u8>> {
        self.decoder.key_frame(source, cell)
    }

    /// Who someone at another relay is.
    pub(super) fn card(&self, visitor: VisitorId) -> Option<&Card> {
        self.cards.get(&visitor).map(|(_, card)| card)
    }

    /// How many visitors the other relays have here.
    pub(super) fn people(&self) -> u32 {
        self.cards.len() as u32
    }

    /// Those whose position and name are both known.
    pub(super) fn visitors(&self) -> impl Iterator<Item = (VisitorId, Position)> {
        self.cards
            .keys()
            .filter_map(|visitor| Some((*visitor, self.seats.get(visitor)?.position)))
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

    fn may_ask(&mut self, source: Source, now_ms: u64) -> bool {
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

    /// Reads frames of a relay and keeps them for forwarding; of a roster's key frames only those that are needed.
    /// Whether something is missing.
    fn read(&mut self, source: Source, mut frames: Bytes, roster: bool, effects: &mut Vec<Effect>) -> bool {
        let mut missing = false;
        while !frames.is_empty() {
            let Ok((header, length)) = cell::header(&frames) else {
                return true;
            };
            let frame = frames.split_to(length);
            let stream = (header.cell, source);
            if header.source != source || (roster && self.streams.contains(&stream)) {
                continue;
            }
            if header.kind == Kind::Key {
                self.broken.remove(&stream);
            }
            let mut events = Vec::new();
            let read = self.decoder.read(&frame, &mut events);
            for event in events {
                missing |= self.note(event, source, header.cell, effects);
            }
            if read.is_err() || self.broken.contains(&stream) {
                self.streams.remove(&stream);
                self.broken.insert(stream);
                missing = true;
            } else {
                self.streams.insert(stream);
                self.arrived.push((header.cell, source, frame));
            }
        }
        missing
    }

    /// Notes what a frame told; whether it told of a gap.
    fn note(&mut self, event: Event, source: Source, cell: Cell, effects: &mut Vec<Effect>) -> bool {
        match event {
            Event::At { visitor, stance, .. } => {
                let seat = Seat {
                    position: stance.position,
                    source,
                    cell,
                };
                let before = self.seats.insert(visitor, seat);
                if before.is_none_or(|before| before.cell != cell) {
                    effects.push(Effect::Moved(visitor, cell));
                }
                false
            }
            Event::Left { visitor, .. } => {
                self.seats.remove(&visitor);
                false
            }
            Event::Gap { source, cell } => {
                self.broken.insert((cell, source));
                true
            }
        }
    }

    /// Compares what is known of a relay with what it says; forgets streams of cells that have emptied unnoticed.
    fn has_lost_touch(&mut self, source: Source, occupied: &BTreeSet<Cell>, people: u32) -> bool {
        let known = self.streams.iter().chain(&self.broken);
        let stale: Vec<Cell> = known
            .filter(|(cell, of)| *of == source && !occupied.contains(cell))
            .filter(|stream| self.broken.contains(stream) || !self.decoder.is_empty(source, stream.0))
            .map(|(cell, _)| *cell)
            .collect();
        for cell in stale {
            self.forget(cell, source);
            self.seats
                .retain(|_, seat| (seat.cell, seat.source) != (cell, source));
        }
        let unnamed = self
            .seats
            .iter()
            .any(|(visitor, seat)| seat.source == source && !self.cards.contains_key(visitor));
        let unseen = occupied
            .iter()
            .any(|cell| !self.streams.contains(&(*cell, source)));
        unnamed || unseen || self.visitors_of(source).count() != people as usize
    }

    /// Ends a stream here and for the clients.
    fn forget(&mut self, cell: Cell, source: Source) {
        let mut events = Vec::new();
        self.decoder.forget(source, cell, &mut events);
        for event in events {
            if let Event::Left { visitor, .. } = event {
                self.seats.remove(&visitor);
            }
        }
        self.streams.remove(&(cell, source));
        self.arrived
            .push((cell, source, cell::close_frame(source, cell).into()));
    }
}
