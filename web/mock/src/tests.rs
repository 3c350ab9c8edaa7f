//! What a page is promised by the made-up world, in the project's second city.

use std::path::Path;

use shared::{
    cell::{Decoder, Event},
    city::source,
};

use super::*;

const NOW: u64 = 1_795_334_400_000;
const TICK_MS: u64 = 67;

fn world(scene: &str) -> World {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/cities/hamlet");
    let read = |path: &str| std::fs::read_to_string(pack.join(path)).map_err(|error| error.to_string());
    let city = source::compile(&read).unwrap();
    World::new(&city.encode(), scene).unwrap()
}

fn hello() -> ClientMessage {
    ClientMessage::Hello(Hello {
        name: "Mina".to_owned(),
        ..Hello::default()
    })
}

fn hears(world: &mut World, message: &ClientMessage, now_ms: u64) -> Vec<RelayMessage> {
    messages(world.hear(&message.encode(), now_ms))
}

/// All must fit into what a page takes.
fn messages(told: Vec<Told>) -> Vec<RelayMessage> {
    let message = |told| match told {
        Told::Message(message) => RelayMessage::decode(&message.encode()).unwrap(),
        Told::Close(code) => panic!("closed with {code}"),
    };
    told.into_iter().map(message).collect()
}

/// All that is told in some seconds.
fn passes(world: &mut World, from_ms: u64, seconds: u64) -> Vec<Told> {
    let ticks = seconds * 1_000 / TICK_MS;
    (1..=ticks)
        .flat_map(|tick| world.tick(from_ms + tick * TICK_MS))
        .collect()
}

fn came(scene: &str) -> (World, Welcome) {
    let mut world = world(scene);
    let mut told = hears(&mut world, &hello(), NOW);
    let RelayMessage::Welcome(welcome) = told.remove(0) else {
        panic!("no welcome first: {told:?}")
    };
    (world, welcome)
}

#[test]
fn whoever_comes_sees_everyone_walk_about_where_one_can_walk() {
    for (scene, people) in [("1", 12), ("crowd", 300)] {
        let (mut world, welcome) = came(scene);
        assert_eq!((welcome.name.as_str(), welcome.people), ("Mina", people + 1));
        let mut decoder = Decoder::default();
        let mut seen: BTreeMap<VisitorId, Vec<Stance>> = BTreeMap::new();
        for told in messages(passes(&mut world, NOW, 30)) {
            let RelayMessage::Frames(frames) = told else {
                continue;
            };
            let mut events = Vec::new();
            decoder.read(&frames, &mut events).unwrap();
            for event in events {
                match event {
                    Event::At { visitor, stance, .. } => seen.entry(visitor).or_default().push(stance),
                    Event::Left { .. } => {}
                    Event::Gap { .. } => panic!("a gap"),
                }
            }
        }
        assert_eq!(seen.len(), people as usize);
        let here = world.here.as_ref().unwrap();
        for stances in seen.values() {
            assert!(stances.iter().all(|stance| here.ground.is_free(stance.position)));
        }
        let walked = seen.values().filter(|stances| {
            let first = stances[0].position.point;
            stances
                .iter()
                .any(|stance| stance.position.point.distance_cm(first) > 300.0)
        });
        assert!(walked.count() > people as usize / 3);
    }
}

#[test]
fn what_is_said_comes_back_and_is_answered() {
    let (mut world, _) = came("1");
    let say = ClientMessage::Say {
        reach: Reach::Near,
        utterance: Utterance::Phrase(0),
    };
    let said = |told: &RelayMessage| match told {
        RelayMessage::Said(said) => Some((said.line, said.visitor)),
        _ => None,
    };
    let receipt = hears(&mut world, &say, NOW);
    let (line, who) = said(&receipt[0]).unwrap();
    assert_eq!(who, ME);
    let answers: Vec<_> = messages(passes(&mut world, NOW, 3))
        .iter()
        .filter_map(said)
        .collect();
    assert!(answers.iter().any(|(next, who)| *next > line && *who != ME));
}

#[test]
fn scenes_are_what_their_names_say() {
    for reason in CloseReason::ALL {
        let told = world(&format!("close-{}", reason.name())).hear(&hello().encode(), NOW);
        assert_eq!(told, [Told::Close(reason.code())]);
    }
    assert_eq!(came("host").1.role, Role::Host);
    assert_eq!(came("empty").1.people, 1);
    let happens = |scene: &str| {
        let (mut world, _) = came(scene);
        passes(&mut world, NOW, 4)
    };
    let has = |scene: &str, what: fn(&RelayMessage) -> bool| {
        let told = happens(scene);
        assert!(
            told.iter()
                .any(|told| matches!(told, Told::Message(message) if what(message))),
            "{scene}"
        );
    };
    has("alone", |told| *told == RelayMessage::Notice(Notice::Alone));
    has("announced", |told| matches!(told, RelayMessage::Announced(_)));
    has("helper", |told| {
        matches!(told, RelayMessage::Help(HelpNews::Called { .. }))
    });
    assert_eq!(happens("lost").last(), Some(&Told::Close(GONE)));
    let again = ClientMessage::Hello(Hello {
        stance: Some(Stance::default()),
        ..Hello::default()
    });
    assert_eq!(world("lost").hear(&again.encode(), NOW), [Told::Close(GONE)]);
}

#[test]
fn whoever_boards_gets_off_where_the_vehicle_stands_next() {
    let (mut world, _) = came("1");
    let place = &world.city.places[world.here.as_ref().unwrap().place];
    assert!(!place.transit.is_empty(), "the second city has a line");
    let riding = |told: &[RelayMessage]| match told {
        [RelayMessage::Riding(ride)] => *ride,
        _ => panic!("{told:?}"),
    };
    let board = ClientMessage::Board { line: 0, vehicle: 0 };
    assert!(riding(&hears(&mut world, &board, NOW)).is_some_and(|ride| !ride.alights));
    assert!(riding(&hears(&mut world, &ClientMessage::Alight, NOW)).is_some_and(|ride| ride.alights));
    let told = messages(passes(&mut world, NOW, 300));
    assert!(told.contains(&RelayMessage::Riding(None)));
}
