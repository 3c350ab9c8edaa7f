//! What a room holds, and how visitors come and go.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, atomic::Ordering},
};

use shared::{
    cell::Rate,
    check::MotionCheck,
    city::{Place, Spot, transit::Timetable},
    moderation::Role,
    motion::{Motion, TOP_M_S},
    protocol::{CloseReason, Notice, RelayMessage, Stance, VisitorId, Welcome},
    space::{Cell, Heading, Point, Position},
    walk::Ground,
};

use super::{
    People, Surroundings,
    local::{Frame, LocalStreams},
    moderation::Decisions,
    moved_on::{MovedOn, stands_for_ms},
    names::Names,
    peers::{Effect, Peers},
    restore::restored,
    views::Views,
    visitor::{Presence, Visitor, Watch},
};
use crate::{
    backplane::{Card, Company, Envelope, Parcel, Topic},
    channel::ChannelId,
    ledger::{Line, Numbering},
    outbox::Outbox,
    session::{Arrival, Continuity},
};

/// How long an avatar stands after its connection was lost: a reload takes less, and nobody sees it flicker.
pub(super) const STANDS_FOR_MS: u64 = 5_000;

/// How much longer than its ticket's age someone may have been under way: what a ticket tells was heard late.
const LINE_LAG_MS: u64 = 4_000;

/// How far from a spot those who arrive there are scattered, in centimetres.
const SCATTER_CM: f32 = 350.0;

/// The visitors of a place.
pub(super) struct Room {
    pub(super) place: Arc<Place>,
    pub(super) channel: ChannelId,
    pub(super) ground: Ground,
    /// When which vehicle is where.
    pub(super) timetables: Vec<Timetable>,
    pub(super) around: Surroundings,
    /// This relay's visitors.
    pub(super) visitors: BTreeMap<VisitorId, Visitor>,
    /// Who has gone on at another relay.
    pub(super) moved_on: MovedOn,
    pub(super) local: LocalStreams,
    pub(super) peers: Peers,
    /// What hosts have decided.
    pub(super) decisions: Decisions,
    pub(super) views: Views,
    /// Of whom everyone is told with the next near frames who they are.
    pub(super) news: BTreeSet<VisitorId>,
    /// Who everyone is, as it is told.
    pub(super) names: Names,
    /// Who has left since that was told last.
    pub(super) gone: BTreeSet<VisitorId>,
    /// What this relay listens to, and the numbers of what it has published.
    pub(super) topics: BTreeSet<Topic>,
    pub(super) numbers: HashMap<(Cell, Rate), u32>,
    /// The number of people last told to clients, none if they were told different ones, and when.
    pub(super) told_people: (Option<u32>, u64),
    pub(super) alive_ms: u64,
    /// The last tick.
    pub(super) ticked: u32,
    pub(super) company: Company,
    pub(super) numbering: Numbering,
    people: Arc<People>,
}

impl Room {
    pub(super) fn new(
        place: Arc<Place>,
        channel: ChannelId,
        around: Surroundings,
        people: Arc<People>,
    ) -> Self {
        Self {
            ground: Ground::new(&place),
            timetables: place.transit.iter().map(Timetable::new).collect(),
            decisions: Decisions::with(around.levers.rules(&place.id)),
            place,
            channel,
            local: LocalStreams::new(around.source, around.periods),
            peers: Peers::new(around.source),
            visitors: BTreeMap::new(),
            moved_on: MovedOn::default(),
            views: Views::default(),
            news: BTreeSet::new(),
            names: Names::default(),
            gone: BTreeSet::new(),
            topics: BTreeSet::new(),
            numbers: HashMap::new(),
            told_people: (Some(0), 0),
            alive_ms: 0,
            ticked: 0,
            company: *around.backplane.company().borrow(),
            numbering: Numbering::default(),
            people,
            around,
        }
    }

    /// How many people are here, on all relays.
    pub(super) fn count(&self) -> u32 {
        self.visitors.len() as u32 + self.peers.people()
    }

    /// Makes the count known to those outside.
    pub(super) fn note_count(&self) {
        let People {
            here,
            moved_on,
            elsewhere,
        } = &*self.people;
        here.store(self.visitors.len() as u32, Ordering::Relaxed);
        moved_on.store(self.moved_on.len() as u32, Ordering::Relaxed);
        elsewhere.store(self.peers.people(), Ordering::Relaxed);
    }

    /// Where someone stands who comes in, what may be claimed from there, and whether all goes on as if nothing had been.
    fn arrives(&self, arrival: &Arrival, here: Option<&Visitor>, now_ms: u64) -> (Stance, MotionCheck, bool) {
        match arrival.continuity {
            Continuity::Exact {
                stance,
                claimed,
                age_ms,
            } => {
                // What this relay knows itself is newer than any ticket.
                let (known, mut check) = here.map_or_else(
                    || (stance, MotionCheck::spent(now_ms.saturating_sub(LINE_LAG_MS))),
                    |here| (here.stance, here.check),
                );
                let reach_cm = if here.is_some() {
                    check.reach_cm(now_ms)
                } else {
                    TOP_M_S * 100.0 * (age_ms + LINE_LAG_MS) as f32 / 1_000.0
                };
                let (stance, way_cm) = restored(&self.ground, known, claimed, reach_cm);
                if here.is_some() {
                    check.pay(way_cm, now_ms);
                }
                (stance, check, true)
            }
            Continuity::Ground(stance) if self.ground.is_free(stance.position) => {
                let stance = Stance {
                    motion: Motion::Stand,
                    ..stance
                };
                (stance, MotionCheck::new(now_ms), false)
            }
            Continuity::Beside(caller, seen) => (self.beside(caller, seen), MotionCheck::new(now_ms), false),
            Continuity::Ground(_) | Continuity::None => (
                self.at_spot(arrival.spot.as_deref(), arrival.visitor),
                MotionCheck::new(now_ms),
                false,
            ),
        }
    }

    pub(super) fn join(&mut self, arrival: Arrival, outbox: Outbox, now_ms: u64) {
        let visitor = arrival.visitor;
        let here = self.visitors.get(&visitor);
        if here.is_some_and(|here| here.generation >= arrival.generation) {
            return outbox.end(CloseReason::Superseded);
        }
        if self.is_banned(visitor, &arrival.credentials, now_ms) {
            self.around.desk.leave(visitor, arrival.generation);
            return outbox.end(CloseReason::Banned);
        }
        let (stance, check, resumed) = self.arrives(&arrival, here, now_ms);
        let (name, refused) = self.name_of(&arrival, now_ms);
        let light = arrival.light;
        let mut arrived = Visitor::new(
            arrival.generation,
            name,
            arrival.look,
            stance,
            light,
            outbox,
            now_ms,
        );
        arrived.check = check;
        if let Some(heard) = arrival.heard {
            arrived.came_ms = heard.came_ms;
        }
        arrived.credentials = arrival.credentials;
        arrived.role = arrived.role_in(&self.place.id, now_ms);
        let ticket = arrived.write_ticket(visitor, &self.channel, &self.around.key, now_ms);

        self.peers.hand_over(visitor);
        self.moved_on.remove(visitor);
        let before = self.visitors.insert(visitor, arrived);
        self.note_count();
        let people = self.count();
        if self.told_people.0 != Some(people) {
            // The welcome tells it; the others are told later.
            self.told_people.0 = None;
        }
        if let Some(arrived) = self.visitors.get(&visitor) {
            arrived.send(&RelayMessage::Welcome(Welcome {
                visitor,
                ticket,
                name: arrived.name.clone(),
                look: arrived.look,
                place: self.place.id.clone(),
                channel: self.channel.number,
                stance,
                resumed,
                relay_ms: now_ms,
                people,
                role: arrived.role,
                periods: self.around.periods,
            }));
            if self.company == Company::Alone {
                arrived.send(&RelayMessage::Notice(Notice::Alone));
            }
            if refused {
                arrived.send(&RelayMessage::Notice(Notice::NameRefused));
            }
            if arrival.strayed {
                arrived.send(&RelayMessage::Notice(Notice::OtherChannel));
            }
            if let (Some(heard), Some(outbox)) = (arrival.heard, arrived.outbox()) {
                let (ledger, stood) = (&self.around.ledger, stance.position);
                let blocked = arrived.credentials.blocked.clone();
                ledger.recover(&self.channel, heard, stood, blocked, outbox.clone());
            }
        }
        self.ride_on(visitor, before);
        self.tell_rules(visitor, now_ms);
        self.note_at_desk(visitor);
        if let Continuity::Beside(caller, _) = arrival.continuity {
            self.has_come(visitor, caller);
        }
        self.introduce(visitor);
    }

    /// The name that an arrival is given, and whether the one wished for is refused.
    fn name_of(&self, arrival: &Arrival, now_ms: u64) -> (String, bool) {
        let badge = arrival.credentials.badge.as_ref();
        let may_claim = badge.is_some_and(|badge| badge.role(&self.place.id, now_ms) > Role::Visitor);
        let refuses = |name: &String| self.around.filter.refuses_name(name, may_claim);
        match &arrival.name {
            Some(name) if !refuses(name) => (name.clone(), false),
            wished => {
                let number = (arrival.visitor.0 % 9_000) as u32 + 1_000;
                let locales = &self.around.locales;
                let name = locales.text(&arrival.language, "first-guest", &[("number", number)]);
                (name, wished.is_some())
            }
        }
    }

    /// Tells a visitor of this relay something.
    pub(super) fn tell(&self, visitor: VisitorId, message: &RelayMessage) {
        if let Some(visitor) = self.visitors.get(&visitor) {
            visitor.send(message);
        }
    }

    /// Tells the other relays, and all clients, who the visitor is.
    pub(super) fn introduce(&mut self, visitor: VisitorId) {
        if let Some(about) = self.visitors.get(&visitor) {
            self.publish(Parcel::Entered(about.card(visitor)));
            self.news.insert(visitor);
            self.gone.remove(&visitor);
        }
    }

    pub(super) fn leave(&mut self, visitor: VisitorId, generation: u64, at_once: bool, now_ms: u64) {
        let Some(leaving) = self.visitors.get_mut(&visitor) else {
            return;
        };
        if leaving.generation != generation {
            return;
        }
        if at_once {
            return self.depart(visitor);
        }
        leaving.presence = Presence::Standing {
            until_ms: now_ms + STANDS_FOR_MS,
        };
        leaving.place(Stance {
            motion: leaving.stance.motion.at_rest(),
            ..leaving.stance
        });
        leaving.watch = Watch::default();
        self.around.desk.lose(visitor, generation);
    }

    /// Someone goes on in another room through the same connection.
    pub(super) fn go_on(&mut self, visitor: VisitorId, generation: u64) {
        let ours = self.visitors.get(&visitor);
        if ours.is_some_and(|ours| ours.generation == generation) {
            self.remove(visitor);
        }
    }

    /// The session goes on in another room: nobody stands here for it.
    pub(super) fn let_go(&mut self, visitor: VisitorId, generation: u64, here: bool) {
        if self
            .visitors
            .get(&visitor)
            .is_some_and(|ours| ours.generation < generation)
        {
            self.around.directory.entered_elsewhere(visitor, generation);
            if here {
                self.remove(visitor);
            } else {
                self.depart(visitor);
            }
        }
    }

    /// Ends the stay of a visitor of this relay.
    pub(super) fn depart(&mut self, visitor: VisitorId) {
        if let Some(left) = self.remove(visitor) {
            self.around.desk.leave(visitor, left.generation);
        }
    }

    /// Nobody stands here any more. What the desk knows goes along to another room of this relay.
    fn remove(&mut self, visitor: VisitorId) -> Option<Visitor> {
        self.end_ride(visitor);
        let removed = self.visitors.remove(&visitor)?;
        self.publish(Parcel::Left(visitor));
        self.gone.insert(visitor);
        self.note_count();
        Some(removed)
    }

    /// Takes in what another relay told.
    pub(super) fn receive(&mut self, envelope: Envelope, now_ms: u64) {
        let envelope = match envelope {
            Envelope {
                source,
                parcel: Parcel::Moderation(news),
                ..
            } if source != self.around.source => return self.hear_moderation(news, now_ms),
            other => other,
        };
        let effects = self.peers.receive(envelope, now_ms);
        self.apply(effects, now_ms);
    }

    pub(super) fn apply(&mut self, effects: Vec<Effect>, now_ms: u64) {
        for effect in effects {
            match effect {
                Effect::Entered(card) => self.entered_elsewhere(&card, now_ms),
                Effect::Left(visitor) => {
                    self.moved_on.remove(visitor);
                    if !self.visitors.contains_key(&visitor) {
                        self.gone.insert(visitor);
                    }
                }
                Effect::Said(said, at) => {
                    let line = Line { said, at };
                    if self.around.ledger.hear(&self.channel, &line, now_ms) {
                        self.hear(&line, None);
                    }
                }
                Effect::AskRoster(of) => self.publish(Parcel::AskRoster(Some(of))),
                Effect::RosterAsked => self.send_roster(),
                Effect::SeedsAsked(which) => self.send_seeds(&which),
            }
        }
        self.note_count();
    }

    fn entered_elsewhere(&mut self, card: &Card, now_ms: u64) {
        let visitor = card.visitor;
        self.around.directory.entered_elsewhere(visitor, card.generation);
        if let Some(ours) = self.visitors.get(&visitor) {
            if ours.generation >= card.generation {
                return self.peers.hand_over(visitor);
            }
            // The avatar goes on at the other relay: nobody is told that it left.
            self.around.desk.leave(visitor, ours.generation);
            let until_ms = now_ms + stands_for_ms(self.around.periods);
            self.moved_on.add(visitor, ours.stance, until_ms);
            self.visitors.remove(&visitor);
        }
        self.note_count();
        self.gone.remove(&visitor);
        self.news.insert(visitor);
    }

    fn send_roster(&self) {
        let cards = self.visitors.iter().map(|(id, visitor)| visitor.card(*id));
        self.publish(Parcel::Roster(cards.collect()));
        self.publish_rules();
    }

    fn send_seeds(&self, which: &[(Cell, Rate)]) {
        for (group, rate) in which {
            let seed = Parcel::Seed {
                group: *group,
                rate: *rate,
                number: self.numbers.get(&(*group, *rate)).copied().unwrap_or(0),
                key_frames: self.local.key_frames(*group, *rate),
            };
            self.publish_to(Topic::Frames(*group, *rate), seed);
        }
    }

    /// Publishes the frames of a tick, one parcel for each group and rate.
    pub(super) fn publish_frames(&mut self, frames: &[Frame]) {
        if !self.around.backplane.has_listeners() {
            // Whoever listens later must notice that it has missed something.
            let ids = frames
                .iter()
                .map(|(stream, _)| (stream.cell.group(), stream.rate))
                .collect::<BTreeSet<_>>();
            for id in ids {
                let number = self.numbers.entry(id).or_insert(0);
                *number = number.wrapping_add(1);
            }
            return;
        }
        let mut bundles: BTreeMap<(Cell, Rate), Vec<u8>> = BTreeMap::new();
        for (stream, frame) in frames {
            bundles
                .entry((stream.cell.group(), stream.rate))
                .or_default()
                .extend(frame);
        }
        for ((group, rate), frames) in bundles {
            let number = self.numbers.entry((group, rate)).or_insert(0);
            *number = number.wrapping_add(1);
            let parcel = Parcel::Frames {
                group,
                rate,
                number: *number,
                frames,
            };
            self.publish_to(Topic::Frames(group, rate), parcel);
        }
    }

    /// How many parcels of frames of a group were published, at each rate.
    pub(super) fn numbers_of(&self, group: Cell) -> [u32; Rate::ALL.len()] {
        Rate::ALL.map(|rate| self.numbers.get(&(group, rate)).copied().unwrap_or(0))
    }

    /// Follows the topics that matter now, and asks for what is missing of them.
    pub(super) fn follow(&mut self, now_ms: u64) {
        if !self.around.backplane.has_listeners() {
            return;
        }
        let wanted = self.views.topics(&self.peers);
        if wanted != self.topics {
            self.peers.bundles.follow_only(&wanted);
            self.around
                .backplane
                .follow(&self.channel.to_string(), wanted.clone());
            self.topics = wanted;
        }
        for (of, which) in self.peers.bundles.seeds_to_ask(now_ms) {
            self.around.metrics.stream_gaps.inc_by(which.len() as u64);
            self.publish(Parcel::AskSeeds { of, which });
        }
    }

    pub(super) fn publish(&self, parcel: Parcel) {
        self.publish_to(Topic::Room, parcel);
    }

    fn publish_to(&self, topic: Topic, parcel: Parcel) {
        self.publish_in(&self.channel, topic, parcel);
    }

    pub(super) fn publish_in(&self, channel: &ChannelId, topic: Topic, parcel: Parcel) {
        let backplane = &self.around.backplane;
        if backplane.has_listeners() {
            let parcel = Envelope::new(self.around.source, parcel).encode();
            backplane.publish(&channel.to_string(), topic, parcel);
        }
    }

    /// The other relays were lost, or found again.
    pub(super) fn found_company(&mut self, company: Company) {
        if company == self.company {
            return;
        }
        self.company = company;
        let notice = match company {
            Company::Alone => Notice::Alone,
            Company::Together => {
                self.greet();
                Notice::Together
            }
        };
        for visitor in self.visitors.values() {
            visitor.send(&RelayMessage::Notice(notice));
        }
    }

    /// Tells the other relays everything, and asks them for the same.
    pub(super) fn greet(&self) {
        self.send_roster();
        self.publish(Parcel::AskRoster(None));
    }

    /// Where someone who arrives at a spot stands: near it, not on top of the others.
    pub(super) fn at_spot(&self, spot: Option<&str>, visitor: VisitorId) -> Stance {
        let Some(spot) = spot
            .and_then(|id| self.place.spot(id))
            .or_else(|| self.place.spots.first())
        else {
            return Stance::default();
        };
        let position = scattered(spot, &self.place, visitor, &self.ground);
        Stance {
            position,
            heading: spot.heading,
            motion: Motion::Stand,
        }
    }
}

/// A free position near a spot, nearer to it than to any other, different for different visitors.
fn scattered(spot: &Spot, place: &Place, visitor: VisitorId, ground: &Ground) -> Position {
    let [turn, far, ..] = visitor.0.to_le_bytes();
    let others = place.spots.iter().filter(|other| other.id != spot.id);
    let apart_cm = others.map(|other| other.position.point.distance_cm(spot.position.point));
    let reach_cm = apart_cm.map(|apart_cm| apart_cm / 2.0).fold(SCATTER_CM, f32::min);
    let distance_cm = reach_cm * (f32::from(far) / 255.0).sqrt();
    let direction = Heading(turn).direction();
    let Position { point, level } = spot.position;
    let point = Point::new(
        point.x + (direction.x * distance_cm) as i32,
        point.z + (direction.y * distance_cm) as i32,
    );
    let position = Position { point, level };
    if ground.is_free(position) && ground.is_clear(spot.position, position) {
        position
    } else {
        spot.position
    }
}
