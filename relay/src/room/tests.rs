//! What a client sees of another relay's visitors, when the backplane loses whatever it likes; and a yard for all tests.

use std::{collections::BTreeMap, sync::Arc};

use bytes::Bytes;
use proptest::prelude::*;
use shared::{
    cell::{Decoder, Event},
    city::{Kit, Part, Place, Spot},
    look::Look,
    moderation::Role,
    protocol::{RelayMessage, Source, Stance, VisitorId},
    space::{CELL_CM, Cell, Heading, Point, Position},
};

use super::{
    Surroundings,
    interest::{Scene, watches},
    local::LocalStreams,
    peers::{Effect, GONE_AFTER_MS, Peers},
    state::Room,
};
use crate::{
    backplane::{Card, Envelope, LocalHub, Parcel},
    channel::ChannelId,
    ledger::Ledger,
    locales::Locales,
    metrics::Metrics,
    session::TicketKey,
};

const FAR: Source = Source { relay: 1, epoch: 7 };
const NEAR: Source = Source { relay: 2, epoch: 9 };
const CENTER: Cell = Cell { x: 0, z: 0 };
const TICK_MS: u64 = 67;

/// A yard of 60 m by 60 m, with two spots 30 m apart and, between them, a wall of 20 m.
pub(super) fn yard() -> Place {
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
        tiled: true,
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
    }
}

/// The yard's room, of a relay that is alone.
pub(super) fn room() -> Room {
    let around = Surroundings {
        source: NEAR,
        backplane: Arc::new(LocalHub::default()),
        key: TicketKey::from_seed([7; 32]),
        directory: Arc::default(),
        locales: Arc::new(Locales::new(&BTreeMap::new(), "en")),
        ledger: Ledger::alone(),
        metrics: Metrics::default(),
    };
    Room::new(
        Arc::new(yard()),
        ChannelId::new("yard", 1),
        around,
        Arc::default(),
    )
}

/// What happens at a tick.
#[derive(Clone, Debug)]
enum Step {
    /// A visitor of the far relay comes, or goes somewhere.
    Move { visitor: u64, x: i32, z: i32 },
    /// A visitor of the far relay leaves.
    Leave { visitor: u64 },
    /// Nothing.
    Rest,
}

fn step() -> impl Strategy<Value = (Step, [bool; 3])> {
    let coordinate = || -6 * CELL_CM..6 * CELL_CM;
    let step = prop_oneof![
        4 => (1..6_u64, coordinate(), coordinate()).prop_map(|(visitor, x, z)| Step::Move { visitor, x, z }),
        1 => (1..6_u64).prop_map(|visitor| Step::Leave { visitor }),
        1 => Just(Step::Rest),
    ];
    // What is lost of: frames, introductions, signs of life and rosters.
    (step, prop::array::uniform3(prop::bool::weighted(0.3)))
}

/// A client, and whom it sees where.
#[derive(Default)]
struct Client {
    decoder: Decoder,
    sees: BTreeMap<VisitorId, Stance>,
}

impl Client {
    fn read(&mut self, message: &Bytes) {
        let Ok(RelayMessage::Frames(frames)) = RelayMessage::decode(message) else {
            unreachable!()
        };
        let mut events = Vec::new();
        self.decoder.read(&frames, &mut events).unwrap();
        for event in events {
            match event {
                Event::At { visitor, stance, .. } => {
                    self.sees.insert(visitor, stance);
                }
                Event::Left { visitor, .. } => {
                    self.sees.remove(&visitor);
                }
                Event::Gap { .. } => {}
            }
        }
    }
}

/// A relay with visitors, one without, and a client of the latter.
struct World {
    now_ms: u64,
    visitors: BTreeMap<VisitorId, Stance>,
    streams: LocalStreams,
    peers: Peers,
    own: LocalStreams,
    client: Client,
    watched: Option<Cell>,
}

impl World {
    fn new() -> Self {
        Self {
            now_ms: 1_800_000_000_000,
            visitors: BTreeMap::new(),
            streams: LocalStreams::new(FAR),
            peers: Peers::new(NEAR),
            own: LocalStreams::new(NEAR),
            client: Client::default(),
            watched: None,
        }
    }

    fn card(visitor: VisitorId) -> Card {
        Card {
            visitor,
            generation: 1,
            name: format!("visitor {}", visitor.0),
            look: Look::default(),
            role: Role::Visitor,
        }
    }

    fn tell(&mut self, parcel: Parcel, lost: bool) {
        if lost {
            return;
        }
        let effects = self.peers.receive(Envelope::new(FAR, parcel), self.now_ms);
        if effects.contains(&Effect::Ask(FAR)) {
            let tick = shared::cell::tick_at(self.now_ms);
            let cards = self.visitors.keys().map(|visitor| Self::card(*visitor)).collect();
            let cells = self.streams.occupied();
            let key_frames = cells
                .into_iter()
                .filter_map(|cell| self.streams.key_frame(cell, tick))
                .flatten()
                .collect();
            self.peers.receive(
                Envelope::new(FAR, Parcel::Roster { cards, key_frames }),
                self.now_ms,
            );
        }
    }

    fn tick(&mut self, step: &Step, lost: [bool; 3]) {
        let [frames_lost, cards_lost, life_lost] = lost;
        self.now_ms += TICK_MS;
        match step {
            Step::Move { visitor, x, z } => {
                let position = Position {
                    point: Point::new(*x, *z),
                    level: 0,
                };
                let visitor = VisitorId(*visitor);
                let newly = self
                    .visitors
                    .insert(
                        visitor,
                        Stance {
                            position,
                            ..Stance::default()
                        },
                    )
                    .is_none();
                if newly {
                    self.tell(Parcel::Entered(Self::card(visitor)), cards_lost);
                }
            }
            Step::Leave { visitor } => {
                self.visitors.remove(&VisitorId(*visitor));
                self.tell(Parcel::Left(VisitorId(*visitor)), cards_lost);
            }
            Step::Rest => {}
        }
        let tick = shared::cell::tick_at(self.now_ms);
        let frames = self
            .streams
            .encode(tick, self.visitors.iter().map(|(id, stance)| (*id, *stance)));
        if !frames.is_empty() {
            self.tell(
                Parcel::Frames(frames.iter().flat_map(|(_, frame)| frame).copied().collect()),
                frames_lost,
            );
        }
        let occupied = self.streams.occupied().into_iter().collect();
        self.tell(
            Parcel::Alive {
                occupied,
                people: self.visitors.len() as u32,
            },
            life_lost,
        );
        self.peers.expire(self.now_ms);
        self.show(tick);
    }

    fn show(&mut self, tick: u32) {
        let arrived = self.peers.take_arrived();
        let mut scene = Scene::new(NEAR, tick, &self.own, &self.peers, arrived);
        let message = if self.watched == Some(CENTER) {
            scene.steady(CENTER)
        } else {
            scene.changed(self.watched, CENTER, false, &[])
        };
        self.watched = Some(CENTER);
        if let Some(message) = message {
            self.client.read(&message);
        }
    }

    fn in_sight(&self) -> BTreeMap<VisitorId, Stance> {
        let near = |(_, stance): &(&VisitorId, &Stance)| watches(CENTER, stance.position.cell());
        self.visitors
            .iter()
            .filter(near)
            .map(|(id, stance)| (*id, *stance))
            .collect()
    }
}

proptest! {
    #[test]
    fn whatever_the_backplane_loses_views_agree_once_it_holds_still(steps in prop::collection::vec(step(), 1..80)) {
        let mut world = World::new();
        for (step, lost) in &steps {
            world.tick(step, *lost);
        }
        for _ in 0..40 {
            world.tick(&Step::Rest, [false; 3]);
        }
        prop_assert_eq!(&world.client.sees, &world.in_sight());
        prop_assert_eq!(world.peers.people() as usize, world.visitors.len());
        for visitor in world.visitors.keys() {
            prop_assert!(world.peers.card(*visitor).is_some());
        }
    }
}

#[test]
fn a_relay_that_is_silent_for_too_long_takes_its_visitors_along() {
    let mut world = World::new();
    world.tick(
        &Step::Move {
            visitor: 1,
            x: 10,
            z: 10,
        },
        [false; 3],
    );
    world.tick(&Step::Rest, [false; 3]);
    assert_eq!(world.client.sees.len(), 1);
    world.now_ms += GONE_AFTER_MS + 1;
    let effects = world.peers.expire(world.now_ms);
    world.show(0);
    assert_eq!(effects, [Effect::Left(VisitorId(1))]);
    assert_eq!((world.client.sees.len(), world.peers.people()), (0, 0));
}

#[test]
fn a_client_that_walks_on_sees_what_is_new_and_no_longer_what_is_behind() {
    let mut local = LocalStreams::new(NEAR);
    let peers = Peers::new(FAR);
    let at = |x: i32| Stance {
        position: Position {
            point: Point::new(x, 0),
            level: 0,
        },
        ..Stance::default()
    };
    let far_cell = 7 * CELL_CM;
    let visitors = [(VisitorId(1), at(0)), (VisitorId(2), at(far_cell))];
    local.encode(1, visitors.into_iter());
    let mut client = Client::default();
    let mut read = |message: Option<Bytes>| {
        client.read(&message.unwrap());
        client.sees.keys().map(|id| id.0).collect::<Vec<_>>()
    };
    let mut scene = Scene::new(NEAR, 1, &local, &peers, []);
    let (here, there) = (Cell { x: 0, z: 0 }, Cell { x: 7, z: 0 });
    assert_eq!(read(scene.changed(None, here, false, &[])), [1]);
    assert_eq!(read(scene.changed(Some(here), there, false, &[])), [2]);
    // One that had missed frames gets key frames of what it still watches.
    assert_eq!(
        read(scene.changed(Some(there), Cell { x: 4, z: 0 }, true, &[])),
        [1, 2]
    );
}

#[test]
fn a_key_frame_that_was_asked_for_comes_in_the_message_of_the_tick() {
    let mut local = LocalStreams::new(NEAR);
    let peers = Peers::new(FAR);
    let here = CENTER;
    local.encode(1, [(VisitorId(1), Stance::default())].into_iter());
    // A client that has nothing of the streams it is thought to have.
    let mut client = Client::default();
    let mut scene = Scene::new(NEAR, 1, &local, &peers, []);
    assert_eq!(scene.changed(Some(here), here, false, &[]), None);
    client.read(&scene.changed(Some(here), here, false, &[(NEAR, here)]).unwrap());
    assert_eq!(client.sees.len(), 1);
    // A stream that is no more is ended.
    let gone = Scene::new(NEAR, 2, &LocalStreams::new(NEAR), &peers, []).changed(
        Some(here),
        here,
        false,
        &[(NEAR, here)],
    );
    client.read(&gone.unwrap());
    assert_eq!(client.sees.len(), 0);
}
