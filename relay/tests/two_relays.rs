//! Two relays in one process, on clocks that the test sets: the real rooms, without sockets.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use relay::{
    backplane::LocalHub, clock::Clock, ledger::Ledger, locales::Locales, metrics::Metrics, outbox::Outbox,
    room::Surroundings, rooms::Rooms, seats::Seats, session::TicketKey, stay::Stay,
};
use shared::{
    cell::{Decoder, Event},
    city::{City, Place, Spot, SpotName},
    protocol::{CloseReason, Destination, Hello, Periods, RelayMessage, Source, Stance, VisitorId},
    space::{Heading, Point, Position},
};
use tokio::time::{Instant, sleep};

const START_MS: i64 = 1_800_000_000_000;

/// Within this time after a clock was set, all must be as if it had not been.
const HEALED: Duration = Duration::from_secs(2);

/// An avatar whose line was lost stands for so long.
const STANDS: Duration = Duration::from_secs(5);

const STEP: Duration = Duration::from_millis(100);

struct Relay {
    rooms: Arc<Rooms>,
    ahead_ms: Arc<AtomicI64>,
}

impl Relay {
    fn new(relay: u16, city: &City, hub: &LocalHub, began: Instant) -> Self {
        let ahead_ms: Arc<AtomicI64> = Arc::default();
        let set = ahead_ms.clone();
        let clock = Clock::showing(move || {
            (START_MS + began.elapsed().as_millis() as i64 + set.load(Ordering::Relaxed)) as u64
        });
        let around = Surroundings {
            source: Source { relay, epoch: 9 },
            periods: Periods::default(),
            clock,
            backplane: Arc::new(hub.clone()),
            key: TicketKey::from_seed([7; 32]),
            directory: Arc::default(),
            locales: Arc::new(Locales::new(&BTreeMap::new(), "en")),
            ledger: Ledger::alone(),
            levers: Arc::default(),
            desk: Arc::default(),
            filter: Arc::default(),
            reports: relay::reports::Reports::default(),
            seats: Seats::alone(),
            metrics: Metrics::default(),
        };
        Self {
            rooms: Rooms::new(&city.places, around),
            ahead_ms,
        }
    }

    fn set_ahead(&self, ms: i64) {
        self.ahead_ms.store(ms, Ordering::Relaxed);
    }
}

/// Someone who walks to and fro, and what is shown to them.
struct Visitor {
    stay: Stay,
    outbox: Outbox,
    decoder: Decoder,
    sees: BTreeSet<VisitorId>,
    names: BTreeSet<VisitorId>,
    ticket: Vec<u8>,
    stance: Option<Stance>,
    steps: u32,
}

impl Visitor {
    async fn arrive(relay: &Relay, city: &City, ticket: Vec<u8>) -> Self {
        let hello = Hello {
            ticket,
            name: "Mina".to_owned(),
            destination: Destination {
                place: "yard".to_owned(),
                ..Destination::default()
            },
            ..Hello::default()
        };
        let outbox = Outbox::detached();
        let Ok(stay) = Stay::begin(&relay.rooms, city, &hello, None, outbox.clone()).await else {
            panic!("there is a seat for everyone");
        };
        Self {
            stay,
            outbox,
            decoder: Decoder::default(),
            sees: BTreeSet::new(),
            names: BTreeSet::new(),
            ticket: Vec::new(),
            stance: None,
            steps: 0,
        }
    }

    fn id(&self) -> VisitorId {
        self.stay.visitor()
    }

    async fn step(&mut self) {
        if let Some(stance) = &mut self.stance {
            let way = if (self.steps / 20).is_multiple_of(2) {
                12
            } else {
                -12
            };
            stance.position.point.x += way;
            self.steps += 1;
            self.stay.claim(self.steps, *stance).await;
        }
    }

    fn read(&mut self) {
        assert_eq!(self.outbox.ended(), None);
        while let Some(message) = self.outbox.take() {
            let Ok(message) = RelayMessage::decode(&message) else {
                panic!("not a message of this version");
            };
            match message {
                RelayMessage::Welcome(welcome) => {
                    self.stance = Some(welcome.stance);
                    self.ticket = welcome.ticket;
                }
                RelayMessage::Correct { stance, .. } => self.stance = Some(stance),
                RelayMessage::Who(all) => self.names.extend(all.iter().map(|who| who.visitor)),
                RelayMessage::Gone(all) => self.names.retain(|visitor| !all.contains(visitor)),
                RelayMessage::Anew => {
                    self.decoder = Decoder::default();
                    self.sees.clear();
                }
                RelayMessage::Frames(frames) => self.show(&frames),
                _ => {}
            }
        }
    }

    fn show(&mut self, frames: &[u8]) {
        let mut events = Vec::new();
        assert_eq!(self.decoder.read(frames, &mut events), Ok(()));
        for event in events {
            match event {
                Event::At { visitor, .. } => {
                    self.sees.insert(visitor);
                }
                Event::Left { visitor, .. } => {
                    self.sees.remove(&visitor);
                }
                Event::Gap { stream } => panic!("a gap in {stream:?}"),
            }
        }
    }
}

/// Lets everyone walk and read for a time.
async fn walk(visitors: &mut [Visitor], time: Duration) {
    let until = Instant::now() + time;
    while Instant::now() < until {
        for visitor in &mut *visitors {
            visitor.step().await;
        }
        sleep(STEP).await;
        for visitor in &mut *visitors {
            visitor.read();
        }
    }
}

fn all_see_all(visitors: &[Visitor]) {
    let everyone: BTreeSet<VisitorId> = visitors.iter().map(Visitor::id).collect();
    for visitor in visitors {
        assert_eq!(visitor.sees, everyone, "whom {:?} sees", visitor.id());
        assert_eq!(visitor.names, everyone, "whom {:?} knows", visitor.id());
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_jumps_parts_nobody_for_long_and_leaves_no_ghost() {
    let (city, hub, began) = (city(), LocalHub::default(), Instant::now());
    let relays = [1, 2].map(|relay| Relay::new(relay, &city, &hub, began));
    let mut visitors = Vec::new();
    for number in 0..12 {
        visitors.push(Visitor::arrive(&relays[number % 2], &city, Vec::new()).await);
    }
    walk(&mut visitors, HEALED).await;
    all_see_all(&visitors);
    for ahead_s in [90, 60, -120, -150, 3_600, 0, -90_000, 0] {
        let lost = Visitor::arrive(&relays[1], &city, Vec::new()).await;
        walk(&mut visitors, Duration::from_secs(1)).await;
        assert!(visitors.iter().all(|visitor| visitor.sees.contains(&lost.id())));
        lost.stay.end(&relays[1].rooms, false).await;
        relays[1].set_ahead(ahead_s * 1_000);
        walk(&mut visitors, STANDS + HEALED).await;
        all_see_all(&visitors);
        for relay in &relays {
            assert_eq!(relay.rooms.visitors(), 6, "{ahead_s} s ahead");
            assert_eq!(relay.rooms.people("yard"), 12, "{ahead_s} s ahead");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_jumps_is_no_reason_to_see_people_leave_for_long() {
    let (city, hub, began) = (city(), LocalHub::default(), Instant::now());
    let relays = [1, 2].map(|relay| Relay::new(relay, &city, &hub, began));
    let mut visitors = Vec::new();
    for relay in &relays {
        visitors.push(Visitor::arrive(relay, &city, Vec::new()).await);
    }
    walk(&mut visitors, HEALED).await;
    for ahead_s in [1, -1, 30, -30, 86_400, 0] {
        relays[0].set_ahead(ahead_s * 1_000);
        walk(&mut visitors, HEALED).await;
        all_see_all(&visitors);
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_leaves_one_relay_is_counted_at_the_other_no_more() {
    let (city, hub, began) = (city(), LocalHub::default(), Instant::now());
    let relays = [1, 2].map(|relay| Relay::new(relay, &city, &hub, began));
    let visitor = Visitor::arrive(&relays[0], &city, Vec::new()).await;
    sleep(STEP).await;
    assert_eq!(relays[1].rooms.people("yard"), 1);
    visitor.stay.end(&relays[0].rooms, true).await;
    sleep(STEP).await;
    assert_eq!(relays[1].rooms.people("yard"), 0);
}

#[tokio::test(start_paused = true)]
async fn of_two_connections_in_the_same_instant_one_stays_on_any_relays() {
    let (city, hub, began) = (city(), LocalHub::default(), Instant::now());
    let relays = [1, 2].map(|relay| Relay::new(relay, &city, &hub, began));
    for other in [0, 1] {
        let mut first = Visitor::arrive(&relays[0], &city, Vec::new()).await;
        sleep(STEP).await;
        first.read();
        // Two tabs that a browser restores, each with a copy of the ticket.
        let one = Visitor::arrive(&relays[0], &city, first.ticket.clone()).await;
        let two = Visitor::arrive(&relays[other], &city, first.ticket.clone()).await;
        sleep(HEALED).await;
        let ends = [&first, &one, &two].map(|visitor| visitor.outbox.ended());
        assert_eq!(ends[0], Some(CloseReason::Superseded));
        assert_eq!(ends.iter().filter(|end| end.is_none()).count(), 1, "{ends:?}");
        if other == 0 {
            assert_eq!(ends[2], None, "the later is the newer");
        }
        for (visitor, relay) in [(first, 0), (one, 0), (two, other)] {
            visitor.stay.end(&relays[relay].rooms, true).await;
        }
    }
}

fn city() -> City {
    let spot = Spot {
        id: "gate".to_owned(),
        position: Position {
            point: Point::new(0, 0),
            level: 0,
        },
        heading: Heading(0),
    };
    let place = Place {
        id: "yard".to_owned(),
        origin_lat_lon: [0.0, 0.0],
        capacity: 100,
        bounds: [(-5_000, -5_000), (5_000, -5_000), (5_000, 5_000), (-5_000, 5_000)]
            .map(|(x, z)| Point::new(x, z))
            .to_vec(),
        spots: vec![spot],
        parts: Vec::new(),
        strolls: Vec::new(),
        transit: Vec::new(),
        ceiling_cm: 0,
        above_cm: 0,
        past: None,
        rites: Vec::new(),
    };
    City {
        id: "test".to_owned(),
        attribution: "none".to_owned(),
        utc_offset_min: 0,
        languages: vec!["en".to_owned()],
        arrival: SpotName {
            place: "yard".to_owned(),
            spot: "gate".to_owned(),
        },
        places: vec![place],
    }
}
