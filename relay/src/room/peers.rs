//! The other relays in this room: their streams, their visitors, whether they live.
//!
//! Their frames are decoded once here, to hold what newcomers need, and forwarded unchanged. The parcels of each group
//! and rate are numbered: when one is missing, that group's key frames are asked for, and nothing of it is forwarded
//! until they come. A visitor that was missed shows in the counts of the signs of life; then the roster is asked for.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use bytes::Bytes;
use shared::{
    cell::{self, Decoder, Kind, Rate, StreamId},
    protocol::{Said, Source, Stance, VisitorId},
    space::{Cell, Position},
};

use super::local::Frame;
use crate::backplane::{Card, Envelope, Parcel, Topic};

/// A relay that was not heard for so long has gone, and its visitors with it. It says that it lives twice a second.
pub(super) const GONE_AFTER_MS: u64 = 2_500;

/// How soon the same thing may be asked again.
const ASK_AGAIN_MS: u64 = 1_000;

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
    decoder: Decoder,
    cards: BTreeMap<VisitorId, (Source, Card)>,
    bundles: BTreeMap<BundleId, Bundle>,
    /// Topics whose parcels arrive.
    open: BTreeSet<(Cell, Rate)>,
    /// Frames to forward at the next tick, in order.
    arrived: Vec<Frame>,
    topology: u64,
}

struct Relay {
    heard_ms: u64,
    asked_ms: Option<u64>,
    /// Groups in which it says to have streams.
    groups: BTreeSet<Cell>,
}

/// All streams of a relay in a group at a rate.
type BundleId = (Cell, Rate, Source);

/// What is known of a bundle.
#[derive(Default)]
struct Bundle {
    progress: Progress,
    /// The number that the last sign of life told: by the next one it must have come.
    told: u32,
    cells: BTreeSet<Cell>,
}

#[derive(Clone, Copy)]
enum Progress {
    /// All parcels up to this number have been read.
    InStep(u32),
    /// The key frames are needed, and were last asked for then.
    Waiting(Option<u64>),
}

impl Default for Progress {
    fn default() -> Self {
        Self::Waiting(None)
    }
}

impl Peers {
    pub(super) fn new(ours: Source) -> Self {
        Self {
            ours,
            relays: BTreeMap::new(),
            decoder: Decoder::default(),
            cards: BTreeMap::new(),
            bundles: BTreeMap::new(),
            open: BTreeSet::new(),
            arrived: Vec::new(),
            topology: 0,
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
            } => self.read(group, rate, source, number, frames.into()),
            Parcel::Seed {
                group,
                rate,
                number,
                key_frames,
            } => self.seed(group, rate, source, number, key_frames.into()),
            Parcel::Entered(card) => self.enter(source, card, &mut effects),
            Parcel::Left(visitor) => self.leave(source, visitor, &mut effects),
            // What hosts decide is the room's to hear.
            Parcel::Moderation(_) => {}
            Parcel::Said { said, at } => effects.push(Effect::Said(said, at)),
            Parcel::Alive { groups, digest } => {
                self.compare(source, &groups);
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
        self.open.insert((group, rate));
        let there = self
            .relays
            .iter()
            .filter(|(_, relay)| relay.groups.contains(&group));
        for source in there.map(|(source, _)| *source).collect::<Vec<_>>() {
            // What was known of it is old by now.
            self.bundles.entry((group, rate, source)).or_default().progress = Progress::default();
        }
    }

    /// Parcels arrive for these topics only.
    pub(super) fn follow_only(&mut self, topics: &BTreeSet<Topic>) {
        let followed = |group: Cell, rate: Rate| topics.contains(&Topic::Frames(group, rate));
        self.open.retain(|(group, rate)| followed(*group, *rate));
        let ended = self
            .bundles
            .keys()
            .filter(|(group, rate, _)| !followed(*group, *rate));
        for bundle in ended.copied().collect::<Vec<_>>() {
            self.forget(bundle);
        }
    }

    /// Every group in which another relay has streams.
    pub(super) fn groups(&self) -> BTreeSet<Cell> {
        self.relays
            .values()
            .flat_map(|relay| relay.groups.iter().copied())
            .collect()
    }

    /// Which key frames must be asked for now, and of whom.
    pub(super) fn seeds_to_ask(&mut self, now_ms: u64) -> BTreeMap<Source, Vec<(Cell, Rate)>> {
        let mut asks: BTreeMap<Source, Vec<(Cell, Rate)>> = BTreeMap::new();
        for ((group, rate, source), bundle) in &mut self.bundles {
            let Progress::Waiting(asked_ms) = &mut bundle.progress else {
                continue;
            };
            if self.open.contains(&(*group, *rate))
                && asked_ms.is_none_or(|asked| now_ms.saturating_sub(asked) >= ASK_AGAIN_MS)
            {
                *asked_ms = Some(now_ms);
                asks.entry(*source).or_default().push((*group, *rate));
            }
        }
        asks
    }

    /// The clock was set back: nothing was heard or asked later than now.
    pub(super) fn rewind(&mut self, now_ms: u64) {
        for relay in self.relays.values_mut() {
            relay.heard_ms = relay.heard_ms.min(now_ms);
            relay.asked_ms = None;
        }
        for bundle in self.bundles.values_mut() {
            if let Progress::Waiting(asked_ms) = &mut bundle.progress {
                *asked_ms = None;
            }
        }
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
            let bundles = self.bundles.keys().filter(|(_, _, of)| *of == source);
            for bundle in bundles.copied().collect::<Vec<_>>() {
                self.forget(bundle);
            }
            for visitor in self.visitors_of(source).collect::<Vec<_>>() {
                self.leave(source, visitor, &mut effects);
            }
        }
        effects
    }

    /// The frames to forward since the last call, in order.
    pub(super) fn take_arrived(&mut self) -> Vec<Frame> {
        std::mem::take(&mut self.arrived)
    }

    /// Changes whenever a stream begins or ends.
    pub(super) fn topology(&self) -> u64 {
        self.topology
    }

    /// The leaves of a group: whose they are, and how many people are in each.
    pub(super) fn leaves(&self, group: Cell) -> impl Iterator<Item = (Source, Cell, usize)> {
        self.streams(group, Rate::Near)
            .map(|stream| (stream.source, stream.cell, self.decoder.len(stream)))
    }

    /// The far streams, and how many people are in each.
    pub(super) fn far(&self) -> impl Iterator<Item = (StreamId, usize)> {
        let far = self
            .bundles
            .iter()
            .filter(|((_, rate, _), bundle)| *rate == Rate::Far && !bundle.cells.is_empty());
        far.map(|((cell, rate, source), _)| {
            let stream = StreamId {
                source: *source,
                rate: *rate,
                cell: *cell,
            };
            (stream, self.decoder.len(stream))
        })
    }

    /// A stream as it stands; none when it is unknown or broken.
    pub(super) fn key_frame(&self, stream: StreamId) -> Option<Vec<u8>> {
        self.decoder.key_frame(stream)
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
        let seen: BTreeMap<VisitorId, Stance> = self
            .far()
            .flat_map(|(stream, _)| self.decoder.inside(stream))
            .collect();
        self.cards
            .keys()
            .map(move |visitor| (*visitor, seen.get(visitor).map(|stance| stance.position)))
    }

    /// Someone has come from another relay to this one.
    pub(super) fn hand_over(&mut self, visitor: VisitorId) {
        self.cards.remove(&visitor);
    }

    fn streams(&self, group: Cell, rate: Rate) -> impl Iterator<Item = StreamId> {
        let all = (group, rate, Source::default())..=(group, rate, LAST);
        self.bundles.range(all).flat_map(move |((_, _, source), bundle)| {
            let source = *source;
            bundle.cells.iter().map(move |cell| StreamId {
                source,
                rate,
                cell: *cell,
            })
        })
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

    /// Compares what is known of a relay's streams with what it tells of them.
    fn compare(&mut self, source: Source, told: &[(Cell, [u32; Rate::ALL.len()])]) {
        let groups: BTreeSet<Cell> = told.iter().map(|(group, _)| *group).collect();
        let ended = self
            .bundles
            .keys()
            .filter(|(group, _, of)| *of == source && !groups.contains(group));
        for bundle in ended.copied().collect::<Vec<_>>() {
            self.forget(bundle);
        }
        for (group, numbers) in told {
            for (rate, number) in Rate::ALL.into_iter().zip(numbers) {
                if !self.open.contains(&(*group, rate)) {
                    continue;
                }
                let bundle = self.bundles.entry((*group, rate, source)).or_default();
                // Signs of life and frames may overtake one another, but not by half a second.
                let missed = |last: u32| (bundle.told.wrapping_sub(last) as i32) > 0;
                if matches!(bundle.progress, Progress::InStep(last) if missed(last)) {
                    bundle.progress = Progress::default();
                }
                bundle.told = *number;
            }
        }
        if let Some(relay) = self.relays.get_mut(&source) {
            relay.groups = groups;
        }
    }

    /// Reads the next parcel of a bundle; what is out of order waits for the key frames.
    fn read(&mut self, group: Cell, rate: Rate, source: Source, number: u32, frames: Bytes) {
        let id = (group, rate, source);
        let bundle = self.bundles.entry(id).or_insert_with(|| Bundle {
            // The first parcel of all needs nothing before it.
            progress: if number == 1 {
                Progress::InStep(0)
            } else {
                Progress::default()
            },
            ..Bundle::default()
        });
        match bundle.progress {
            Progress::InStep(last) if number == last.wrapping_add(1) => {
                bundle.progress = Progress::InStep(number);
                if self.take(id, frames).is_none()
                    && let Some(bundle) = self.bundles.get_mut(&id)
                {
                    bundle.progress = Progress::default();
                }
            }
            Progress::InStep(last) if (number.wrapping_sub(last) as i32) <= 0 => {}
            Progress::InStep(_) => bundle.progress = Progress::default(),
            Progress::Waiting(_) => {}
        }
    }

    /// Begins all streams of a bundle anew.
    fn seed(&mut self, group: Cell, rate: Rate, source: Source, number: u32, key_frames: Bytes) {
        let id = (group, rate, source);
        let bundle = self.bundles.entry(id).or_default();
        if matches!(bundle.progress, Progress::InStep(last) if (number.wrapping_sub(last) as i32) <= 0) {
            return;
        }
        bundle.progress = Progress::InStep(number);
        let before = std::mem::take(&mut bundle.cells);
        if self.take(id, key_frames).is_none()
            && let Some(bundle) = self.bundles.get_mut(&id)
        {
            bundle.progress = Progress::default();
        }
        let now = self
            .bundles
            .get(&id)
            .map(|bundle| bundle.cells.clone())
            .unwrap_or_default();
        for cell in before.difference(&now) {
            self.end(StreamId {
                source,
                rate,
                cell: *cell,
            });
        }
    }

    /// Reads frames of a bundle and keeps them for forwarding; none when they are damaged.
    fn take(&mut self, id: BundleId, mut frames: Bytes) -> Option<()> {
        let (group, rate, source) = id;
        while !frames.is_empty() {
            let (header, length) = cell::header(&frames).ok()?;
            let frame = frames.split_to(length);
            let stream = header.stream;
            if stream.source != source || stream.rate != rate || stream.cell.group() != group {
                return None;
            }
            let mut events = Vec::new();
            self.decoder.read(&frame, &mut events).ok()?;
            if events
                .iter()
                .any(|event| matches!(event, cell::Event::Gap { .. }))
            {
                return None;
            }
            let bundle = self.bundles.entry(id).or_default();
            let changed = if header.kind == Kind::Close {
                bundle.cells.remove(&stream.cell)
            } else {
                bundle.cells.insert(stream.cell)
            };
            self.topology += u64::from(changed);
            self.arrived.push((stream, frame));
        }
        Some(())
    }

    /// Ends all streams of a bundle here and for the clients.
    fn forget(&mut self, id: BundleId) {
        let (_, rate, source) = id;
        if let Some(bundle) = self.bundles.remove(&id) {
            for cell in bundle.cells {
                self.end(StreamId { source, rate, cell });
            }
        }
    }

    fn end(&mut self, stream: StreamId) {
        // The clients are told by the frame; what this relay knows of visitors is in their cards.
        self.decoder.forget(stream, &mut Vec::new());
        self.arrived.push((stream, cell::close_frame(stream).into()));
        self.topology += 1;
    }
}

/// Not before any other relay.
const LAST: Source = Source {
    relay: u16::MAX,
    epoch: u16::MAX,
};
