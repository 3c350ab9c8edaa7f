//! Two rooms against a plain reference: whoever joins, moves, leaves and crowds, whatever the backplane loses, and however
//! slowly clients read, everyone sees everyone once all holds still. And a yard for all tests.

mod moving_on;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use bytes::Bytes;
use proptest::prelude::*;
use shared::{
    cell::{Decoder, Event, Rate},
    city::{Finish, Kit, Part, Place, Spot},
    look::Look,
    protocol::{Periods, RelayMessage, Source, Stance, VisitorId},
    space::{GROUP_CM, Heading, Point, Position},
};
use tokio::sync::{mpsc, watch};

use super::{
    Act, Surroundings, local::Crowding, peers::GONE_AFTER_MS, state::Room, task::deliver, tick::Ticks,
};
use crate::{
    backplane::{Backplane, Company, Delivery, LocalHub, Topic},
    channel::ChannelId,
    clock::Clock,
    ledger::Ledger,
    locales::Locales,
    metrics::Metrics,
    outbox::Outbox,
    reports::Reports,
    seats::Seats,
    session::{Arrival, Continuity, Credentials, TicketKey},
};

const TICK_MS: u64 = 67;
const START_MS: u64 = 1_800_000_000_000;

/// A yard of 60 m by 60 m, with two spots 30 m apart and, between them, a wall of 20 m.
pub(crate) fn yard() -> Place {
    let spot = |id: &str, x| Spot {
        id: id.to_owned(),
        position: Position {
            point: Point::new(x, 2_000),
            level: 0,
        },
        heading: Heading(0),
    };
    let wall = Kit::Wall {
        path: vec![Point::new(0, -1_000), Point::new(0, 1_000)],
        height_cm: 300,
        thickness_cm: 60,
        finish: Finish::Tiled,
    };
    Place {
        id: "yard".to_owned(),
        origin_lat_lon: [0.0, 0.0],
        capacity: 100,
        bounds: [(-3_000, -3_000), (3_000, -3_000), (3_000, 3_000), (-3_000, 3_000)]
            .map(|(x, z)| Point::new(x, z))
            .to_vec(),
        spots: vec![spot("west", -1_500), spot("east", 1_500)],
        parts: vec![Part {
            name: None,
            level: 0,
            kit: wall,
        }],
        strolls: Vec::new(),
        transit: Vec::new(),
        ceiling_cm: 0,
        above_cm: 0,
        past: None,
        rites: Vec::new(),
    }
}

/// The yard's room, of a relay that is alone.
pub(super) fn room() -> Room {
    room_of(alone())
}

fn room_over(source: Source, periods: Periods, backplane: Arc<dyn Backplane>) -> Room {
    room_of(Surroundings {
        source,
        periods,
        backplane,
        ..alone()
    })
}

/// What rooms need, of a relay that is alone.
pub(crate) fn alone() -> Surroundings {
    Surroundings {
        source: Source { relay: 2, epoch: 9 },
        periods: Periods::default(),
        clock: Clock::default(),
        backplane: Arc::new(LocalHub::default()),
        key: TicketKey::from_seed([7; 32]),
        directory: Arc::default(),
        locales: Arc::new(Locales::new(&BTreeMap::new(), "en")),
        ledger: Ledger::alone(),
        levers: Arc::default(),
        desk: Arc::default(),
        filter: Arc::default(),
        reports: Reports::default(),
        seats: Seats::alone(),
        metrics: Metrics::default(),
    }
}

/// The yard's room, of a relay.
pub(super) fn room_of(around: Surroundings) -> Room {
    Room::new(
        Arc::new(yard()),
        ChannelId::new("yard", 1),
        around,
        Arc::default(),
    )
}

/// Someone new who comes to a spot of the yard.
pub(crate) fn arrival(visitor: VisitorId, spot: &str, generation: u64) -> Arrival {
    Arrival {
        visitor,
        generation,
        place: "yard".to_owned(),
        spot: Some(spot.to_owned()),
        name: Some(format!("visitor {}", visitor.0)),
        look: Look::default(),
        language: "en".to_owned(),
        light: false,
        continuity: Continuity::None,
        channel: None,
        goes_on: false,
        strayed: false,
        heard: None,
        credentials: Credentials::default(),
    }
}

/// What happens at a tick.
#[derive(Clone, Debug)]
enum Step {
    /// A visitor comes in at a relay: a new one, or one who is at the other.
    Join { who: u64, relay: usize, light: bool },
    /// A visitor is set down somewhere.
    Put { who: u64, x: i32, z: i32 },
    /// A visitor walks on.
    Walk { who: u64, dx: i32, dz: i32 },
    /// A visitor leaves.
    Leave { who: u64 },
    /// A visitor's client reads nothing for a time.
    Stall { who: u64 },
    /// From now on parcels are lost, or no longer.
    Lose(bool),
    /// Nothing.
    Rest,
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let coordinate = || -3 * GROUP_CM..3 * GROUP_CM;
    let who = || 1..13_u64;
    let step = prop_oneof![
        5 => (who(), 0..2_usize, prop::bool::weighted(0.2)).prop_map(|(who, relay, light)| Step::Join { who, relay, light }),
        3 => (who(), coordinate(), coordinate()).prop_map(|(who, x, z)| Step::Put { who, x, z }),
        3 => (who(), -900..900, -900..900).prop_map(|(who, x, z)| Step::Put { who, x, z }),
        6 => (who(), -40..40, -40..40).prop_map(|(who, dx, dz)| Step::Walk { who, dx, dz }),
        2 => who().prop_map(|who| Step::Leave { who }),
        1 => who().prop_map(|who| Step::Stall { who }),
        1 => any::<bool>().prop_map(Step::Lose),
        3 => Just(Step::Rest),
    ];
    prop::collection::vec(step, 1..most)
}

/// What is between the two relays.
#[derive(Default)]
struct Net {
    topics: [BTreeSet<Topic>; 2],
    waiting: [VecDeque<Delivery>; 2],
    loses: bool,
}

/// A relay's end of it.
struct End {
    relay: usize,
    net: Arc<Mutex<Net>>,
}

impl End {
    fn net(&self) -> MutexGuard<'_, Net> {
        self.net.lock().unwrap()
    }
}

impl Backplane for End {
    fn publish(&self, _: &str, topic: Topic, parcel: Bytes) {
        let mut net = self.net();
        let other = 1 - self.relay;
        if !net.loses && (topic == Topic::Room || net.topics[other].contains(&topic)) {
            net.waiting[other].push_back(Delivery::Parcel(parcel));
        }
    }

    fn listen(&self, _: &str) -> mpsc::Receiver<Delivery> {
        mpsc::channel(1).1
    }

    fn follow(&self, _: &str, topics: BTreeSet<Topic>) {
        let mut net = self.net();
        let before = std::mem::replace(&mut net.topics[self.relay], topics.clone());
        net.waiting[self.relay].extend(topics.difference(&before).map(|topic| Delivery::Opened(*topic)));
    }

    fn company(&self) -> watch::Receiver<Company> {
        watch::channel(Company::Together).1
    }

    fn has_listeners(&self) -> bool {
        true
    }
}

/// A visitor's client: whom it sees where and how closely, and who it was told they are.
struct Client {
    relay: usize,
    outbox: Outbox,
    decoder: Decoder,
    sees: BTreeMap<VisitorId, (Stance, Rate)>,
    /// Who went out of sight at any time.
    lost: BTreeSet<VisitorId>,
    names: BTreeMap<VisitorId, String>,
    stalls_for: u32,
}

impl Client {
    fn read(&mut self) {
        if self.stalls_for > 0 {
            self.stalls_for -= 1;
            return;
        }
        while let Some(message) = self.outbox.take() {
            match RelayMessage::decode(&message).unwrap() {
                RelayMessage::Frames(frames) => self.take(&frames),
                RelayMessage::Who(all) => self
                    .names
                    .extend(all.into_iter().map(|who| (who.visitor, who.name))),
                RelayMessage::Gone(all) => self.names.retain(|visitor, _| !all.contains(visitor)),
                RelayMessage::Anew => {
                    self.decoder = Decoder::default();
                    self.sees.clear();
                }
                _ => {}
            }
        }
    }

    fn take(&mut self, frames: &[u8]) {
        let mut events = Vec::new();
        self.decoder.read(frames, &mut events).unwrap();
        for event in events {
            match event {
                Event::At {
                    visitor,
                    stance,
                    rate,
                    ..
                } => {
                    self.sees.insert(visitor, (stance, rate));
                }
                Event::Left { visitor, .. } => {
                    self.sees.remove(&visitor);
                    self.lost.insert(visitor);
                }
                Event::Gap { stream } => panic!("a gap in {stream:?}"),
            }
        }
    }
}

/// Two relays and their clients.
struct World {
    now_ms: u64,
    rooms: [Room; 2],
    net: Arc<Mutex<Net>>,
    clients: BTreeMap<VisitorId, Client>,
}

impl World {
    fn new(periods: Periods) -> Self {
        let net: Arc<Mutex<Net>> = Arc::default();
        let rooms = [0, 1].map(|relay| {
            let source = Source {
                relay: relay as u16 + 1,
                epoch: 9,
            };
            let end = End {
                relay,
                net: net.clone(),
            };
            let mut room = room_over(source, periods, Arc::new(end));
            room.local.crowding = Crowding {
                split_above: 3,
                merge_up_to: 2,
            };
            room
        });
        for room in &rooms {
            room.greet();
        }
        Self {
            now_ms: START_MS,
            rooms,
            net,
            clients: BTreeMap::new(),
        }
    }

    fn join(&mut self, who: VisitorId, relay: usize, light: bool) {
        let outbox = Outbox::detached();
        let arrival = Arrival {
            light,
            ..arrival(who, "west", self.now_ms)
        };
        self.rooms[relay].join(arrival, outbox.clone(), self.now_ms);
        let client = Client {
            relay,
            outbox,
            decoder: Decoder::default(),
            sees: BTreeMap::new(),
            lost: BTreeSet::new(),
            names: BTreeMap::new(),
            stalls_for: 0,
        };
        self.clients.insert(who, client);
    }

    fn put(&mut self, who: VisitorId, to: impl Fn(Point) -> Point) {
        let Some(client) = self.clients.get(&who) else {
            return;
        };
        if let Some(visitor) = self.rooms[client.relay].visitors.get_mut(&who) {
            let position = Position {
                point: to(visitor.stance.position.point),
                level: 0,
            };
            visitor.place(Stance {
                position,
                ..visitor.stance
            });
        }
    }

    fn tick(&mut self, step: &Step) {
        self.now_ms += TICK_MS;
        match *step {
            Step::Join { who, relay, light } => self.join(VisitorId(who), relay, light),
            Step::Put { who, x, z } => self.put(VisitorId(who), |_| Point::new(x, z)),
            Step::Walk { who, dx, dz } => self.put(VisitorId(who), |at| Point::new(at.x + dx, at.z + dz)),
            Step::Leave { who } => {
                if self.clients.remove(&VisitorId(who)).is_some() {
                    for room in &mut self.rooms {
                        room.depart(VisitorId(who));
                    }
                }
            }
            Step::Stall { who } => {
                if let Some(client) = self.clients.get_mut(&VisitorId(who)) {
                    client.stalls_for = 40;
                }
            }
            Step::Lose(loses) => self.net.lock().unwrap().loses = loses,
            Step::Rest => {}
        }
        for (relay, room) in self.rooms.iter_mut().enumerate() {
            room.tick(self.now_ms);
            let waiting = std::mem::take(&mut self.net.lock().unwrap().waiting[relay]);
            for delivery in waiting {
                deliver(room, delivery, self.now_ms);
            }
        }
        for client in self.clients.values_mut() {
            client.read();
        }
    }

    /// From now on it counts who is out of sight.
    fn forget_losses(&mut self) {
        for client in self.clients.values_mut() {
            client.lost.clear();
        }
    }

    /// Lets everything come to rest.
    fn settle(&mut self) {
        self.tick(&Step::Lose(false));
        for _ in 0..90 {
            self.tick(&Step::Rest);
        }
    }

    fn truth(&self) -> BTreeMap<VisitorId, Stance> {
        let stance =
            |(id, client): (&VisitorId, &Client)| (*id, self.rooms[client.relay].visitors[id].stance);
        self.clients.iter().map(stance).collect()
    }

    fn check(&self) {
        let truth = self.truth();
        let everyone: Vec<&VisitorId> = truth.keys().collect();
        for (who, client) in &self.clients {
            assert_eq!(
                client.sees.keys().collect::<Vec<_>>(),
                everyone,
                "whom {who:?} sees"
            );
            assert_eq!(
                client.names.keys().collect::<Vec<_>>(),
                everyone,
                "whom {who:?} knows"
            );
            for (other, (stance, rate)) in &client.sees {
                let slack_cm = if *rate == Rate::Far { 8.0 } else { 0.0 };
                let off_cm = stance.position.point.distance_cm(truth[other].position.point);
                assert!(
                    off_cm <= slack_cm,
                    "{who:?} sees {other:?} {off_cm} cm off, {rate:?}"
                );
            }
        }
        for room in &self.rooms {
            assert_eq!(room.count() as usize, everyone.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn everyone_sees_everyone_once_all_holds_still(steps in steps(120), near in prop_oneof![Just(1_u8), Just(5)]) {
        let mut world = World::new(Periods { near, middle: 3 * near, far: 15 });
        for step in &steps {
            world.tick(step);
        }
        world.settle();
        world.check();
        // And after that, nothing but heartbeats.
        world.settle();
        world.check();
    }
}

#[test]
fn near_ones_are_seen_to_the_centimetre_and_all_others_from_afar() {
    let mut world = World::new(Periods::default());
    for who in 1..=3 {
        world.join(VisitorId(who), 0, false);
    }
    let there = |x: i32| move |_| Point::new(x, 4);
    world.put(VisitorId(1), there(4));
    world.put(VisitorId(2), there(8));
    world.put(VisitorId(3), there(5 * GROUP_CM + 4));
    world.settle();
    world.check();
    let rates = |who| {
        world.clients[&VisitorId(who)]
            .sees
            .values()
            .map(|(_, rate)| *rate)
            .collect::<Vec<_>>()
    };
    assert_eq!(rates(1), [Rate::Near, Rate::Near, Rate::Far]);
    assert_eq!(rates(3), [Rate::Far, Rate::Far, Rate::Near]);
}

#[test]
fn a_relay_that_is_silent_for_too_long_takes_its_visitors_along() {
    let mut world = World::new(Periods::default());
    world.join(VisitorId(1), 0, false);
    world.join(VisitorId(2), 1, false);
    world.settle();
    world.check();
    world.net.lock().unwrap().loses = true;
    for _ in 0..=GONE_AFTER_MS / TICK_MS + 1 {
        world.tick(&Step::Rest);
    }
    for (who, client) in &world.clients {
        assert_eq!(client.sees.keys().collect::<Vec<_>>(), [who]);
        assert_eq!(client.names.keys().collect::<Vec<_>>(), [who]);
    }
    world.settle();
    world.check();
}

#[test]
fn what_is_not_urgent_comes_with_near_frames() {
    let near = 5;
    let mut world = World::new(Periods {
        near,
        middle: 15,
        far: 15,
    });
    world.join(VisitorId(1), 0, false);
    world.settle();
    world.join(VisitorId(2), 0, false);
    let outbox = world.clients[&VisitorId(1)].outbox.clone();
    let mut told_at = Vec::new();
    for tick in 0..u32::from(near) {
        world.now_ms += TICK_MS;
        world.rooms[0].tick(world.now_ms);
        while let Some(message) = outbox.take() {
            match RelayMessage::decode(&message).unwrap() {
                RelayMessage::Who(_) | RelayMessage::Count(2) => told_at.push(tick),
                RelayMessage::Frames(frames) => world.clients.get_mut(&VisitorId(1)).unwrap().take(&frames),
                _ => {}
            }
        }
    }
    assert_eq!(told_at.len(), 2, "a name and a count");
    assert_eq!(told_at.first(), told_at.last(), "in one tick of {near}");
    assert!(world.clients[&VisitorId(1)].sees.contains_key(&VisitorId(2)));
}

#[test]
fn a_new_name_reaches_who_was_here_and_who_comes_between_near_frames() {
    let mut world = World::new(Periods {
        near: 5,
        middle: 15,
        far: 15,
    });
    let renamed = VisitorId(1);
    for relay in [0, 1] {
        world.join(VisitorId(relay as u64 + 1), relay, false);
    }
    world.settle();
    for newcomer in 3..13 {
        world.join(VisitorId(newcomer), newcomer as usize % 2, false);
        let generation = world.rooms[0].visitors[&renamed].generation;
        let act = Act::Appear {
            name: format!("name {newcomer}"),
            look: Look::default(),
        };
        world.rooms[0].act(renamed, generation, act, world.now_ms);
        world.tick(&Step::Rest);
    }
    world.settle();
    world.check();
    for (who, client) in &world.clients {
        assert_eq!(client.names[&renamed], "name 12", "as {who:?} knows it");
    }
}

#[test]
fn what_is_due_at_a_tick_that_was_left_out_comes_at_the_next() {
    let due = |before, now, turn| Ticks { before, now }.are_due(15, turn);
    let dues: Vec<u32> = (1..=60).filter(|now| due(now - 1, *now, 0)).collect();
    assert_eq!(dues, [15, 30, 45, 60]);
    assert!(due(14, 16, 0) && !due(16, 17, 0));
    assert!(due(11, 12, 3) && !due(14, 15, 3));
    assert!(due(100, 20, 0), "a clock that was set back makes nobody wait");
}

#[test]
fn a_newcomer_in_a_crowd_sees_the_near_ones_first() {
    let mut world = World::new(Periods::default());
    Arc::make_mut(&mut world.rooms[0].place).capacity = 1_000;
    for who in 2..=800 {
        world.join(VisitorId(who), 0, false);
        let x = who as i32 * 60;
        world.put(VisitorId(who), |_| Point::new(x, 0));
    }
    world.settle();
    world.join(VisitorId(1), 0, true);
    world.put(VisitorId(1), |_| Point::new(100, 0));
    // With little credit, what is far comes later.
    for room in &mut world.rooms {
        if let Some(visitor) = room.visitors.get_mut(&VisitorId(1)) {
            visitor.watch.credit = 600;
        }
    }
    world.tick(&Step::Rest);
    let seen = |world: &World| {
        world.clients[&VisitorId(1)]
            .sees
            .keys()
            .map(|id| id.0)
            .collect::<Vec<_>>()
    };
    let first = seen(&world);
    assert!(first.contains(&2) && first.len() < 200, "{}", first.len());
    for _ in 0..90 {
        world.tick(&Step::Rest);
    }
    assert!(seen(&world).len() > first.len());
}
