//! Two relays, all connections there ever were, and what must hold.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use relay::{
    backplane::LocalHub,
    clock::Clock,
    ledger::Ledger,
    locales::Locales,
    metrics::Metrics,
    outbox::Outbox,
    room::{Act, Surroundings},
    rooms::Rooms,
    seats::Seats,
    session::{Ticket, TicketKey},
    stay::Stay,
};
use shared::{
    city::{City, Place, Spot, SpotName},
    look::Look,
    motion::TOP_M_S,
    protocol::{
        CloseReason, Destination, Hello, Notice, Periods, Reach, Source, Stance, Utterance, VisitorId,
    },
    space::{Heading, Point, Position},
};
use tokio::time::{Instant, sleep};

use crate::{
    client::{Line, Promised},
    step::{Brought, Deed, Entry, Step},
};

const START_MS: i64 = 1_800_000_000_000;

/// Long enough for everything that is on its way between rooms, relays and clients.
const MOMENT: Duration = Duration::from_millis(140);

/// Long enough for an avatar whose line was lost to leave, and for relays to notice what they have missed.
const REST: Duration = Duration::from_secs(8);

/// Connections in one input.
const MOST_LINES: usize = 24;

/// What the relay promises to whoever loses the line, in milliseconds.
const EXACT_FOR_MS: u64 = 60_000;
const PLACE_FOR_MS: u64 = 24 * 60 * 60 * 1_000;
const CLOCKS_DIFFER_MS: u64 = 10_000;

/// More than an honest walker may be ahead of a ticket, in milliseconds: what a silent line holds back, and then some.
const AHEAD_MS: u64 = 25_000;

/// The yard is soon full, the hall is not.
const CAPACITIES: [(&str, u32); 2] = [("yard", 2), ("hall", 50)];

/// Reading them takes longer than all else.
static LOCALES: LazyLock<Arc<Locales>> = LazyLock::new(|| Arc::new(Locales::new(&BTreeMap::new(), "en")));

pub struct World {
    city: City,
    key: TicketKey,
    clock: Clock,
    /// How far the clock was set from where it would be.
    set_ms: Arc<AtomicI64>,
    went_back: bool,
    /// Whether everything that is on its way has arrived.
    is_quiet: bool,
    relays: [Arc<Rooms>; 2],
    lines: Vec<Line>,
    /// All that were ever given, and what they say.
    tickets: Vec<(Vec<u8>, Ticket)>,
    /// Everyone there ever was, and where they said or were told that they stood.
    people: BTreeMap<VisitorId, BTreeSet<(i32, i32)>>,
    teleported: BTreeSet<VisitorId>,
    steps: Vec<Step>,
}

impl World {
    pub fn new() -> Self {
        let key = TicketKey::from_seed([7; 32]);
        let set_ms: Arc<AtomicI64> = Arc::default();
        let clock = {
            let (began, set_ms) = (Instant::now(), set_ms.clone());
            Clock::showing(move || {
                let since_ms = began.elapsed().as_millis() as i64;
                (START_MS + since_ms + set_ms.load(Ordering::Relaxed)) as u64
            })
        };
        let city = city();
        let hub = LocalHub::default();
        let relays = [1, 2].map(|relay| {
            let around = Surroundings {
                source: Source { relay, epoch: 9 },
                periods: Periods::default(),
                clock: clock.clone(),
                backplane: Arc::new(hub.clone()),
                key: key.clone(),
                directory: Arc::default(),
                locales: LOCALES.clone(),
                ledger: Ledger::alone(),
                levers: Arc::default(),
                desk: Arc::default(),
                filter: Arc::default(),
                reports: relay::reports::Reports::default(),
                seats: Seats::alone(),
                metrics: Metrics::default(),
            };
            Rooms::new(&city.places, around)
        });
        Self {
            city,
            key,
            clock,
            set_ms,
            went_back: false,
            is_quiet: true,
            relays,
            lines: Vec::new(),
            tickets: Vec::new(),
            people: BTreeMap::new(),
            teleported: BTreeSet::new(),
            steps: Vec::new(),
        }
    }

    /// Lets something happen, and all that follows from it unless the next step comes at once.
    pub async fn take(&mut self, step: Step, at_once: bool) {
        self.steps.push(step);
        match step {
            Step::Hello(entry) => self.enter(entry).await,
            Step::Leave { line } => self.hang_up(line, true).await,
            Step::Lose { line } => self.hang_up(line, false).await,
            Step::Act { line, deed } => self.act(line, deed).await,
            Step::Stall { line } => {
                if let Some(line) = self.live(line) {
                    let line = &mut self.lines[line];
                    line.reads = !line.reads;
                }
            }
            Step::Wait { ms } => sleep(Duration::from_millis(ms)).await,
            Step::Jump { ms } => {
                self.went_back |= ms < 0;
                self.set_ms.fetch_add(ms, Ordering::Relaxed);
            }
            Step::Rest => self.rest().await,
        }
        self.is_quiet = false;
        self.read().await;
        if !at_once {
            self.pass(MOMENT).await;
        }
    }

    /// Lets time pass in which everyone reads.
    async fn pass(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while Instant::now() < until {
            sleep(MOMENT).await;
            self.read().await;
        }
        self.is_quiet = true;
        if !self.went_back {
            self.check_lines();
        }
    }

    /// Lets everything come to rest: then it is as it should.
    pub async fn rest(&mut self) {
        // Whoever is cut off meanwhile stands for a while.
        loop {
            let live = self.live_lines();
            self.pass(REST).await;
            if self.live_lines() == live {
                break;
            }
        }
        self.check_lines();
        for (index, relay) in self.relays.iter().enumerate() {
            let here = self
                .lines
                .iter()
                .filter(|line| line.is_live() && line.relay == index);
            self.must(here.count() == relay.visitors() as usize, "visitors are counted");
        }
        // Where someone is who has not read the welcome, nobody here knows.
        if self
            .lines
            .iter()
            .any(|line| line.is_live() && line.welcome.is_none())
        {
            return;
        }
        for line in self.lines.iter().filter(|line| line.is_live() && line.reads) {
            let company: BTreeSet<VisitorId> = self
                .lines
                .iter()
                .filter(|other| other.is_live() && other.channel() == line.channel())
                .map(|other| other.visitor)
                .collect();
            self.must(
                line.people as usize == company.len(),
                "clients know how many are there",
            );
            self.must(line.names == company, "clients know who is there");
        }
    }

    /// Everyone leaves: then nobody is there.
    pub async fn end(mut self) {
        for line in 0..self.lines.len() {
            self.lines[line].reads = true;
            self.hang_up_line(line, true).await;
        }
        sleep(MOMENT).await;
        for relay in &self.relays {
            self.must(relay.visitors() == 0, "nobody is left");
            for (_, people) in relay.places() {
                self.must(people == 0, "nobody is seen who has left");
            }
        }
    }

    async fn enter(&mut self, entry: Entry) {
        if self.lines.len() == MOST_LINES {
            return;
        }
        let now_ms = self.clock.now_ms();
        let (sealed, ticket) = self.ticket(entry.ticket);
        let ticket = ticket.filter(|ticket| {
            ticket.issued_ms <= now_ms + CLOCKS_DIFFER_MS
                && now_ms.saturating_sub(ticket.issued_ms) <= PLACE_FOR_MS
        });
        let hello = self.hello(&entry, sealed, ticket.as_ref());
        let promised = self.promise(&hello, ticket, now_ms, entry.relay);
        if let (Some(ticket), Some(claim)) = (&promised.ticket, hello.stance) {
            self.note(ticket.visitor, claim.position);
        }
        let outbox = Outbox::detached();
        let rooms = &self.relays[entry.relay];
        let Ok(stay) = Stay::begin(rooms, &self.city, &hello, None, outbox.clone()).await else {
            return self.must(false, "there is always another channel");
        };
        let (visitor, generation) = (stay.visitor(), stay.generation());
        match &promised.ticket {
            Some(ticket) => {
                self.must(visitor == ticket.visitor, "a session goes on as the same person");
                self.must(generation > ticket.generation, "a new connection is a newer one");
            }
            None => {
                self.must(
                    !self.people.contains_key(&visitor),
                    "nobody becomes someone else without that one's ticket",
                );
            }
        }
        let same_again = self
            .lines
            .iter()
            .any(|line| line.visitor == visitor && line.generation == generation);
        self.must(!same_again, "no two connections are equally new");
        self.people.entry(visitor).or_default();
        self.lines.push(Line {
            relay: entry.relay,
            stay: Some(stay),
            ended: None,
            visitor,
            generation,
            promised,
            welcome: None,
            reads: true,
            at: Position::default(),
            people: 0,
            names: BTreeSet::new(),
            notices: Vec::new(),
            outbox,
        });
    }

    /// A ticket, and what it says if the relays gave it.
    fn ticket(&self, brought: Brought) -> (Vec<u8>, Option<Ticket>) {
        let given = |back: usize| {
            let newest = self.tickets.len().checked_sub(1)?;
            self.tickets.get(newest - back % (newest + 1))
        };
        let taken = match brought {
            Brought::Nothing => None,
            Brought::Given(which) => given(which).map(|(sealed, says)| (sealed.clone(), Some(says.clone()))),
            Brought::Altered { which, at, bits } => given(which).map(|(sealed, _)| {
                let mut sealed = sealed.clone();
                let at = at % sealed.len();
                sealed[at] ^= bits;
                (sealed, None)
            }),
            Brought::Forged(which) => given(which).map(|(_, says)| {
                let newer = Ticket {
                    generation: says.generation + 1_000_000,
                    ..says.clone()
                };
                (newer.seal(&TicketKey::from_seed([8; 32])), None)
            }),
        };
        taken.unwrap_or_default()
    }

    fn hello(&self, entry: &Entry, sealed: Vec<u8>, ticket: Option<&Ticket>) -> Hello {
        let place = entry.place.map_or("nowhere", |place| CAPACITIES[place].0);
        let stance = ticket.zip(entry.claim).map(|(ticket, (dx, dz))| Stance {
            position: moved(ticket.stance.position, dx, dz),
            ..Stance::default()
        });
        Hello {
            ticket: sealed,
            name: if entry.named { "Mina" } else { "" }.to_owned(),
            look: Look::default(),
            language: "en".to_owned(),
            destination: Destination {
                place: place.to_owned(),
                channel: entry.channel,
                ..Destination::default()
            },
            stance,
            ..Hello::default()
        }
    }

    fn promise(&self, hello: &Hello, ticket: Option<Ticket>, now_ms: u64, relay: usize) -> Promised {
        let wish = &hello.destination;
        let wished = self.city.place(&wish.place).map(|place| place.id.clone());
        let place = wished
            .or_else(|| ticket.as_ref().map(|ticket| ticket.place.clone()))
            .unwrap_or_else(|| "yard".to_owned());
        let same = ticket.as_ref().filter(|ticket| ticket.place == place);
        let channel = wish.channel.or(same.map(|ticket| ticket.channel));
        let resumed = same.is_some_and(|ticket| {
            channel == Some(ticket.channel) && now_ms.saturating_sub(ticket.issued_ms) <= EXACT_FOR_MS
        });
        let channel = channel.unwrap_or(1);
        let given = Some(hello.name.clone()).filter(|name| !name.is_empty());
        let visitor = ticket.as_ref().map(|ticket| ticket.visitor);
        // Without a Redis a relay only sees that the other one is full, not of whom.
        let seated_here = visitor.filter(|visitor| {
            let mut lines = self.lines.iter();
            lines.all(|line| line.visitor != *visitor || line.relay == relay)
        });
        Promised {
            has_room: self.has_room(&place, channel, seated_here),
            name: given.or_else(|| ticket.as_ref().map(|ticket| ticket.name.clone())),
            ticket,
            place,
            channel,
            resumed,
            look: hello.look,
        }
    }

    /// Whether a channel must have a seat for someone: whoever was last seen there may still hold one.
    fn has_room(&self, place: &str, channel: u16, visitor: Option<VisitorId>) -> bool {
        let mut last: BTreeMap<VisitorId, (u64, Option<(&str, u16)>)> = BTreeMap::new();
        for line in &self.lines {
            let newest = last.entry(line.visitor).or_default();
            if line.generation >= newest.0 {
                *newest = (line.generation, line.channel());
            }
        }
        let held = last.iter().filter(|(other, (_, seat))| {
            // Where someone is whose welcome was not read yet, nobody knows.
            Some(**other) != visitor && seat.is_none_or(|seat| seat == (place, channel))
        });
        let capacity = CAPACITIES
            .iter()
            .find(|(id, _)| *id == place)
            .map_or(0, |(_, seats)| *seats);
        let exists = (1..=shared::protocol::MAX_CHANNELS).contains(&channel);
        exists && self.is_quiet && !self.went_back && held.count() < capacity as usize
    }

    async fn act(&mut self, line: usize, deed: Deed) {
        let Some(index) = self.live(line) else { return };
        let (visitor, at) = (self.lines[index].visitor, self.lines[index].at);
        let act = match deed {
            Deed::Move { dx, dz } => {
                let position = moved(at, dx, dz);
                self.note(visitor, position);
                self.lines[index].at = position;
                let stance = Stance {
                    position,
                    ..Stance::default()
                };
                if let Some(stay) = &self.lines[index].stay {
                    stay.claim(self.steps.len() as u32, stance).await;
                }
                return;
            }
            Deed::Teleport { spot } => {
                self.teleported.insert(visitor);
                Act::Teleport {
                    spot: ["west", "east", "nowhere"][usize::from(spot % 3)].to_owned(),
                }
            }
            Deed::Say => Act::Say {
                reach: Reach::Place,
                utterance: Utterance::Phrase(0),
            },
            Deed::Rename => Act::Appear {
                name: format!("Jun {}", self.steps.len()),
                look: Look::default(),
            },
            Deed::Reseed => Act::Reseed,
            Deed::Light(light) => Act::Light(light),
        };
        if let Some(stay) = &self.lines[index].stay {
            stay.act(act).await;
        }
    }

    /// The connection that a number names among those that hold.
    fn live(&self, number: usize) -> Option<usize> {
        let live: Vec<usize> = (0..self.lines.len())
            .filter(|line| self.lines[*line].is_live())
            .collect();
        live.get(number % live.len().max(1)).copied()
    }

    fn live_lines(&self) -> usize {
        self.lines.iter().filter(|line| line.is_live()).count()
    }

    async fn hang_up(&mut self, line: usize, for_good: bool) {
        if let Some(line) = self.live(line) {
            self.hang_up_line(line, for_good).await;
        }
    }

    async fn hang_up_line(&mut self, line: usize, for_good: bool) {
        let line = &mut self.lines[line];
        if let Some(stay) = line.stay.take() {
            stay.end(&self.relays[line.relay], for_good).await;
        }
    }

    /// Every client reads; every connection ends that the relay has ended.
    async fn read(&mut self) {
        for index in 0..self.lines.len() {
            if !self.lines[index].is_live() {
                continue;
            }
            let was_welcome = self.lines[index].welcome.is_some();
            let (tickets, stood) = self.lines[index].read();
            let visitor = self.lines[index].visitor;
            if !was_welcome && self.lines[index].welcome.is_some() {
                self.check_welcome(&self.lines[index]);
            }
            for position in stood {
                self.note(visitor, position);
            }
            for sealed in tickets {
                let says = Ticket::open(&sealed, &self.key);
                self.must(
                    says.as_ref().is_some_and(|says| says.visitor == visitor),
                    "tickets are one's own",
                );
                self.tickets.extend(says.map(|says| (sealed, says)));
            }
            let ended = self.lines[index].outbox.ended();
            if let Some(reason) = ended {
                self.lines[index].ended = Some(reason);
                self.hang_up_line(index, !reason.is_passing()).await;
                self.check_end(&self.lines[index], reason);
            }
        }
    }

    fn check_welcome(&self, line: &Line) {
        let (Some(welcome), promised) = (&line.welcome, &line.promised) else {
            return;
        };
        self.must(welcome.visitor == line.visitor, "a welcome is for whom it greets");
        self.must(
            welcome.place == promised.place,
            "one comes in where one wished to, or was",
        );
        self.must(
            welcome.resumed == promised.resumed,
            "a session goes on exactly for a minute",
        );
        self.must(welcome.look == promised.look, "one looks as one wished to");
        self.must(!welcome.name.is_empty(), "everyone has a name");
        self.must(
            promised.name.as_ref().is_none_or(|name| *name == welcome.name),
            "one keeps one's name",
        );
        let strayed = welcome.channel != promised.channel;
        self.must(
            !(strayed && promised.has_room),
            "a channel that has room takes who wished for it",
        );
        self.must(
            strayed == line.notices.contains(&Notice::OtherChannel),
            "one is told of another channel, and only then",
        );
        let Some(ticket) = promised.ticket.as_ref().filter(|_| promised.resumed) else {
            return;
        };
        let (at, was) = (welcome.stance.position, ticket.stance.position);
        let known = self.people.get(&line.visitor);
        let here = (at.point.x, at.point.z);
        self.must(
            at == was || known.is_some_and(|known| known.contains(&here)),
            "one goes on where one was, or says to be",
        );
        let age_ms = welcome.relay_ms.saturating_sub(ticket.issued_ms);
        let reach_cm = TOP_M_S * (age_ms + AHEAD_MS) as f32 / 10.0;
        self.must(
            self.went_back
                || self.teleported.contains(&line.visitor)
                || at.point.distance_cm(was.point) <= reach_cm,
            "nobody flies while the line is lost",
        );
    }

    fn check_end(&self, line: &Line, reason: CloseReason) {
        match reason {
            CloseReason::Superseded => {
                let newer = self
                    .lines
                    .iter()
                    .any(|other| other.visitor == line.visitor && other.generation > line.generation);
                self.must(newer, "only a newer connection of one's own ends a connection");
            }
            CloseReason::TooSlow => self.must(!line.reads, "nobody is cut off who reads"),
            _ => self.must(false, "nothing else ends a connection"),
        }
    }

    /// Nobody is there twice.
    fn check_lines(&self) {
        let mut live = BTreeSet::new();
        for line in self.lines.iter().filter(|line| line.is_live()) {
            self.must(live.insert(line.visitor), "one visitor is there once");
            self.must(
                line.welcome.is_some() || !line.reads,
                "whoever is in was made welcome",
            );
        }
    }

    fn note(&mut self, visitor: VisitorId, at: Position) {
        let stood = self.people.entry(visitor).or_default();
        stood.insert((at.point.x, at.point.z));
    }

    fn must(&self, holds: bool, promise: &str) {
        assert!(holds, "broken: {promise}, after {:#?}", self.steps);
    }
}

impl Line {
    /// Where it is.
    fn channel(&self) -> Option<(&str, u16)> {
        let welcome = self.welcome.as_ref()?;
        Some((&welcome.place, welcome.channel))
    }
}

fn moved(from: Position, dx: i32, dz: i32) -> Position {
    Position {
        point: Point::new(from.point.x + dx, from.point.z + dz),
        ..from
    }
}

fn city() -> City {
    City {
        id: "fuzz".to_owned(),
        attribution: "none".to_owned(),
        utc_offset_min: 0,
        languages: vec!["en".to_owned()],
        arrival: SpotName {
            place: "yard".to_owned(),
            spot: "west".to_owned(),
        },
        places: CAPACITIES.map(|(id, capacity)| place(id, capacity)).to_vec(),
    }
}

/// A field of 600 m by 600 m, with two spots.
fn place(id: &str, capacity: u32) -> Place {
    let spot = |id: &str, x| Spot {
        id: id.to_owned(),
        position: Position {
            point: Point::new(x, 0),
            level: 0,
        },
        heading: Heading(0),
    };
    Place {
        id: id.to_owned(),
        origin_lat_lon: [0.0, 0.0],
        capacity,
        bounds: [
            (-30_000, -30_000),
            (30_000, -30_000),
            (30_000, 30_000),
            (-30_000, 30_000),
        ]
        .map(|(x, z)| Point::new(x, z))
        .to_vec(),
        spots: vec![spot("west", -1_500), spot("east", 1_500)],
        parts: Vec::new(),
        strolls: Vec::new(),
        transit: Vec::new(),
        ceiling_cm: 0,
        above_cm: 0,
        past: None,
        rites: Vec::new(),
    }
}
