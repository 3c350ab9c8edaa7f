//! The model as a whole: what a visitor is promised about the own avatar and about others.

use std::rc::Rc;

use shared::{
    cell::{self, Encoder, StreamId},
    check::MotionCheck,
    city::{City, Finish, Kit, Part, Place, Spot, SpotName},
    motion::Motion,
    protocol::{ClientMessage, Periods, Stance, VisitorId, Welcome},
    space::{Heading, Point, Position},
};

use super::{Happening, World, controls::Hold};

pub(super) const START_MS: u64 = 1_795_334_400_000;

pub(super) fn city() -> Rc<City> {
    let square = |side: i32| {
        vec![
            Point::new(-side, -side),
            Point::new(side, -side),
            Point::new(side, side),
            Point::new(-side, side),
        ]
    };
    let spot = |id: &str, x, z| Spot {
        id: id.into(),
        position: Position {
            point: Point::new(x, z),
            level: 0,
        },
        heading: Heading(0),
    };
    Rc::new(City {
        id: "test".into(),
        attribution: "none".into(),
        utc_offset_min: 540,
        languages: vec!["ko".into()],
        arrival: name("square", "middle"),
        places: vec![
            Place {
                id: "square".into(),
                origin_lat_lon: [37.5, 127.0],
                capacity: 100,
                bounds: square(20_000),
                spots: vec![spot("middle", 0, 0), spot("east", 5_000, 0)],
                parts: vec![Part {
                    name: None,
                    level: 0,
                    kit: Kit::Portal {
                        at: Point::new(0, -1_000),
                        facing: Heading(128),
                        width_cm: 160,
                        to: name("room", "desk"),
                    },
                }],
                strolls: Vec::new(),
                transit: Vec::new(),
                ceiling_cm: 0,
                above_cm: 0,
                past: None,
                rites: Vec::new(),
            },
            Place {
                id: "room".into(),
                origin_lat_lon: [37.5, 127.0],
                capacity: 100,
                bounds: square(600),
                spots: vec![spot("desk", 0, 0)],
                parts: Vec::new(),
                strolls: Vec::new(),
                transit: Vec::new(),
                ceiling_cm: 300,
                above_cm: 0,
                past: None,
                rites: Vec::new(),
            },
        ],
    })
}

fn name(place: &str, spot: &str) -> SpotName {
    SpotName {
        place: place.into(),
        spot: spot.into(),
    }
}

pub(super) fn welcome(place: &str, channel: u16, stance: Stance) -> Welcome {
    Welcome {
        visitor: VisitorId(1),
        ticket: Vec::new(),
        name: "me".into(),
        look: shared::look::Look::default(),
        place: place.into(),
        channel,
        stance,
        resumed: false,
        relay_ms: START_MS,
        people: 2,
        periods: Periods::default(),
        role: shared::moderation::Role::Visitor,
    }
}

pub(super) fn entered() -> World {
    entered_in(city(), Periods::default())
}

pub(super) fn entered_in(city: Rc<City>, periods: Periods) -> World {
    let mut world = World::new(city, "square", None).unwrap();
    let welcome = Welcome {
        periods,
        ..welcome("square", 3, Stance::default())
    };
    world.welcome(&welcome, 0.0);
    world.advance(0.0);
    world
}

#[test]
fn a_door_within_reach_is_told_of_and_behind_it_is_another_place() {
    let mut world = entered();
    assert_eq!(world.door(), None, "too far off");
    world.controls.hold(Hold::Forward, true);
    let told = run(&mut world, 0.0, 9_000.0);
    world.controls.hold(Hold::Forward, false);
    let doors = told.iter().filter(|told| **told == Happening::Portal);
    assert_eq!(doors.count(), 1);
    let to = world.door().cloned().unwrap();
    assert_eq!(to, name("room", "desk"));
    assert_eq!(
        world.destination_at("room", Some("desk")).channel,
        None,
        "any will do"
    );

    let inside = Stance {
        heading: Heading(64),
        ..Stance::default()
    };
    assert!(world.welcome(&welcome("room", 1, inside), 9_000.0));
    assert_eq!(world.place().unwrap().id, "room");
    assert_eq!((world.me.at(), world.door()), (glam::Vec2::ZERO, None));
    assert!((world.camera.yaw - inside.heading.radians()).abs() < 0.01);
    // Told once more what is near, although it has the same number here.
    assert!(run(&mut world, 9_000.0, 100.0).contains(&Happening::Spot(0)));
    world.controls.hold(Hold::Back, true);
    run(&mut world, 9_100.0, 9_000.0);
    assert!(world.me.at().abs().max_element() < 6.0, "the walls hold");
    let eye = world.camera.view(800.0, 600.0).eye;
    assert!(eye.y < 3.0, "below the ceiling: {eye}");

    // Back to where the friends are.
    let back = world.destination_at("square", Some("middle"));
    assert_eq!(back.channel, Some(3));
    assert!(world.welcome(&welcome("square", 3, Stance::default()), 20_000.0));
    assert!(!world.welcome(&welcome("square", 3, Stance::default()), 21_000.0));
}

/// Runs the world for a time at 60 frames a second, and returns what came about.
pub(super) fn run(world: &mut World, from_ms: f64, for_ms: f64) -> Vec<Happening> {
    let mut all = Vec::new();
    let frames = (for_ms / 1_000.0 * 60.0) as u32;
    for frame in 1..=frames {
        all.extend(world.advance(from_ms + f64::from(frame) * 1_000.0 / 60.0));
    }
    all
}

#[test]
fn the_own_avatar_walks_at_once_and_at_the_speed_of_the_rules() {
    let mut world = entered();
    world.controls.hold(Hold::Forward, true);
    run(&mut world, 0.0, 2_000.0);
    let walked = world.me.at().length();
    assert!((walked - 2.0 * Motion::Walk.speed_m_s()).abs() < 0.1, "{walked}");
    assert!(world.me.at().y < 0.0, "forward is north here");
}

#[test]
fn moves_are_sent_at_most_fifteen_times_a_second_and_end_with_standing() {
    let mut world = entered();
    world.controls.hold(Hold::Forward, true);
    let walking = run(&mut world, 0.0, 1_000.0);
    let sends = |happenings: &[Happening]| {
        happenings
            .iter()
            .filter(|h| matches!(h, Happening::Send(_)))
            .count()
    };
    assert!((10..=15).contains(&sends(&walking)), "{}", sends(&walking));
    world.controls.hold(Hold::Forward, false);
    let stopping = run(&mut world, 1_000.0, 1_000.0);
    let last = stopping.iter().rev().find_map(|happening| match happening {
        Happening::Send(ClientMessage::Move { stance, .. }) => Some(*stance),
        _ => None,
    });
    assert_eq!(last.map(|stance| stance.motion), Some(Motion::Stand));
    assert_eq!(
        sends(&run(&mut world, 2_000.0, 1_000.0)),
        0,
        "who stands sends nothing"
    );
}

#[test]
fn a_relay_that_tells_others_seldom_is_told_seldom_and_of_every_corner() {
    let mut city = (*city()).clone();
    // Around the end of a wall, which is between here and there.
    city.places[0].parts.push(Part {
        name: None,
        level: 0,
        kit: Kit::Wall {
            path: vec![Point::new(-1_000, -300), Point::new(300, -300)],
            height_cm: 300,
            thickness_cm: 60,
            finish: Finish::default(),
        },
    });
    let periods = Periods {
        near: 15,
        middle: 45,
        far: 60,
    };
    let mut world = entered_in(Rc::new(city), periods);
    world.controls.hold(Hold::Run, true);
    let ends = [(-800, -900), (0, 0)].map(|(x, z)| Position {
        point: Point::new(x, z),
        level: 0,
    });
    let (trips, trip_ms) = (6, 5_300.0);
    let (mut at, mut moves) = (Stance::default(), 0);
    for trip in 0..trips {
        let there = ends[trip % 2];
        assert!(world.walk_to(there));
        let mut check = MotionCheck::new(START_MS);
        for slice in 0..53 {
            if slice < 30 {
                // Whoever begins an emote on the way, and runs on, goes around corners all the same.
                world.me.emote(Motion::Wave);
            }
            let from_ms = trip as f64 * trip_ms + f64::from(slice) * 100.0;
            for happening in run(&mut world, from_ms, 100.0) {
                if let Happening::Send(ClientMessage::Move { stance, .. }) = happening {
                    moves += 1;
                    assert!(
                        check.allow(&world.ground, at, stance, START_MS),
                        "{at:?} to {stance:?}"
                    );
                    at = stance;
                }
            }
        }
        let missed_m = world.me.at().distance(there.point.to_m());
        assert!(missed_m < 0.5, "{missed_m} m from the end of trip {trip}");
        assert_eq!(at, world.me.stance(), "where it ends is told");
    }
    // Some for the end of the wall, which has two corners.
    assert!((12..=32 + 4 * trips).contains(&moves), "{moves} moves");
}

#[test]
fn where_frames_are_far_apart_one_arrives_all_the_same() {
    let mut world = entered();
    let there = Position {
        point: Point::from_m(world.me.at() + glam::vec2(2.99, 0.0)),
        level: 0,
    };
    assert!(world.walk_to(there));
    let reached = (1..40).find(|frame| {
        let happenings = world.advance(f64::from(*frame) * 230.0);
        happenings.contains(&Happening::Reached)
    });
    assert!(reached.is_some_and(|frame| frame < 14), "{reached:?}");
}

#[test]
fn a_correction_holds_and_the_picture_eases_towards_it() {
    let mut world = entered();
    world.controls.hold(Hold::Forward, true);
    run(&mut world, 0.0, 1_000.0);
    world.controls.hold(Hold::Forward, false);
    let shown = world.me.shown_at();
    world.correct(Stance::default());
    assert!(world.me.at().length() < 0.01);
    assert!(world.me.shown_at().distance(shown) < 0.01);
    run(&mut world, 1_000.0, 2_000.0);
    assert!(world.me.shown_at().length() < 0.01);
}

fn at_east() -> Stance {
    Stance {
        position: Position {
            point: Point::new(5_000, 0),
            level: 0,
        },
        heading: Heading(64),
        motion: Motion::Stand,
    }
}

#[test]
fn while_the_relay_sets_the_avatar_down_elsewhere_no_move_takes_it_back() {
    let mut world = entered();
    world.controls.hold(Hold::Forward, true);
    run(&mut world, 0.0, 500.0);
    world.me.await_set_down(500.0);
    let meanwhile = run(&mut world, 500.0, 300.0);
    assert!(!meanwhile.iter().any(|h| matches!(h, Happening::Send(_))));
    world.correct(at_east());
    let after = run(&mut world, 800.0, 300.0);
    let first = after.iter().find_map(|happening| match happening {
        Happening::Send(ClientMessage::Move { stance, .. }) => Some(stance.position.point.to_m()),
        _ => None,
    });
    assert!(first.is_some_and(|at| at.distance(Point::new(5_000, 0).to_m()) < 1.0));
    world.me.await_set_down(1_100.0);
    world.me.stay();
    assert!(
        run(&mut world, 1_100.0, 300.0)
            .iter()
            .any(|h| matches!(h, Happening::Send(_)))
    );
    world.me.await_set_down(1_400.0);
    assert!(
        run(&mut world, 1_400.0, 4_000.0)
            .iter()
            .any(|h| matches!(h, Happening::Send(_))),
        "a relay that never answers does not hold the avatar for ever"
    );
}

#[test]
fn after_a_correction_the_relay_is_told_the_heading_that_the_visitor_keeps() {
    let mut world = entered();
    world.correct(at_east());
    let told = run(&mut world, 0.0, 300.0)
        .iter()
        .find_map(|happening| match happening {
            Happening::Send(ClientMessage::Move { stance, .. }) => Some(stance.heading),
            _ => None,
        });
    assert_eq!(told, Some(Heading::from_radians(world.me.heading())));
    assert_ne!(told, Some(at_east().heading));
}

#[test]
fn whoever_comes_back_wants_to_be_near_where_they_were() {
    let mut world = World::new(city(), "square", None).unwrap();
    assert_eq!(world.destination(), None);
    world = entered();
    world.correct(at_east());
    let destination = world.destination().unwrap();
    assert_eq!(destination.place, "square");
    assert_eq!(destination.spot.as_deref(), Some("east"));
}

#[test]
fn a_page_that_is_hidden_stops_the_avatar_and_can_tell_it_without_a_frame() {
    let mut world = entered();
    world.controls.hold(Hold::Forward, true);
    run(&mut world, 0.0, 500.0);
    world.rest();
    let Some(ClientMessage::Move { stance, .. }) = world.due(1_000.0) else {
        panic!("nothing told")
    };
    assert_eq!(stance.motion, Motion::Stand);
    assert_eq!(world.due(2_000.0), None);
    run(&mut world, 2_000.0, 500.0);
    assert_eq!(world.me.motion(), Motion::Stand);
}

#[test]
fn a_walker_of_whom_nothing_more_is_heard_does_not_walk_on_the_spot() {
    let mut world = entered();
    let walking = Stance {
        motion: Motion::Walk,
        ..Stance::default()
    };
    let id = VisitorId(2);
    world.others.at(id, walking, START_MS as f64 / 1_000.0 * 15.0, 1);
    run(&mut world, 0.0, 3_000.0);
    let seen = world.others.seen().next().unwrap();
    assert_eq!(seen.gait.motion, Motion::Stand);
}

#[test]
fn the_names_of_those_who_left_while_the_connection_was_away_are_forgotten() {
    let mut world = entered();
    let (here, left, coming) = (VisitorId(2), VisitorId(3), VisitorId(4));
    for id in [here, left] {
        world.others.who(id, named("지민"));
        world
            .others
            .at(id, Stance::default(), START_MS as f64 / 1_000.0 * 15.0, 1);
    }
    run(&mut world, 0.0, 1_000.0);
    world.others.forget_names();
    world.others.expect_anew();
    world.others.at(
        here,
        Stance::default(),
        START_MS as f64 / 1_000.0 * 15.0 + 20.0,
        1,
    );
    world.others.who(coming, named("서연"));
    run(&mut world, 1_000.0, 5_000.0);
    assert!(world.others.identity(here).is_some());
    assert!(world.others.identity(left).is_none());
    assert!(
        world.others.identity(coming).is_some(),
        "a name may come before the first frame"
    );
}

#[test]
fn frames_are_dated_by_when_they_come_not_by_the_last_step() {
    let mut world = entered();
    let id = VisitorId(2);
    let stance = |x| Stance {
        position: Position {
            point: Point::new(x, 100),
            level: 0,
        },
        ..Stance::default()
    };
    let mut encoder = Encoder::new(StreamId::default());
    let mut frame = |after_ms: u64, x| {
        let tick = cell::tick_at(START_MS + after_ms);
        encoder.frame(tick, &[(id, stance(x))]).unwrap()
    };
    world.read(&frame(0, 100), 0.0).unwrap();
    run(&mut world, 0.0, 500.0);
    // The page is hidden for 50 minutes, in which the low bits of a tick nearly come round; frames come all the same.
    for minute in 1..=50 {
        let after_ms = minute * 60_000;
        world
            .read(&frame(after_ms, 100 + minute as i32 * 10), after_ms as f64)
            .unwrap();
    }
    run(&mut world, 3_000_000.0, 2_000.0);
    let at = world.others.at_m(id).unwrap().0;
    assert!(at.distance(Point::new(600, 100).to_m()) < 0.01, "{at}");
}

#[test]
fn others_walk_evenly_although_frames_come_unevenly() {
    let mut world = entered();
    let id = VisitorId(2);
    let tick_ms = 1_000.0 / f64::from(shared::protocol::TICK_HZ);
    let first = (START_MS as f64 / tick_ms).floor();
    let mut next = 0;
    let mut before = None;
    let mut now = 0.0;
    while now < 3_000.0 {
        now += 1_000.0 / 60.0;
        // Frames arrive late by up to 70 ms, each by another amount.
        while f64::from(next) * tick_ms + f64::from(next * 37 % 70) <= now {
            let stance = Stance {
                position: Position {
                    point: Point::new(0, next * 13),
                    level: 0,
                },
                heading: Heading(128),
                motion: Motion::Walk,
            };
            world.others.at(id, stance, first + f64::from(next), 1);
            next += 1;
        }
        world.advance(now);
        let at = world.others.at_m(id).unwrap().0;
        if let Some(was) = before
            && now > 400.0
        {
            let step: f32 = at.distance(was);
            assert!((0.01..0.06).contains(&step), "{step} m in a frame at {now} ms");
        }
        before = Some(at);
    }
}

#[test]
fn once_still_others_are_exactly_where_they_are() {
    let mut world = entered();
    let id = VisitorId(2);
    let first = (START_MS as f64 / 1_000.0 * 15.0).floor();
    for step in 0..10 {
        let motion = if step == 9 { Motion::Stand } else { Motion::Run };
        let stance = Stance {
            position: Position {
                point: Point::new(step * 33, 0),
                level: 0,
            },
            heading: Heading(64),
            motion,
        };
        world.others.at(id, stance, first + f64::from(step), 1);
    }
    run(&mut world, 0.0, 3_000.0);
    let at = world.others.at_m(id).unwrap().0;
    assert!(at.distance(Point::new(297, 0).to_m()) < 0.005, "{at}");
}

#[test]
fn someone_who_crosses_into_another_cell_does_not_blink() {
    let mut world = entered();
    let id = VisitorId(2);
    let first = (START_MS as f64 / 1_000.0 * 15.0).floor();
    world.others.at(id, Stance::default(), first, 1);
    run(&mut world, 0.0, 1_000.0);
    world.others.at(id, Stance::default(), first + 15.0, 1);
    world.others.left(id, first + 15.0);
    run(&mut world, 1_000.0, 1_000.0);
    assert_eq!(world.others.in_view().count(), 1);
    world.others.left(id, first + 31.0);
    run(&mut world, 2_000.0, 1_000.0);
    assert_eq!(world.others.in_view().count(), 0);
}

#[test]
fn coming_near_is_told_once() {
    let mut world = entered();
    let id = VisitorId(2);
    world.others.who(id, named("지민"));
    world
        .others
        .at(id, Stance::default(), START_MS as f64 / 1_000.0 * 15.0, 1);
    let near = run(&mut world, 0.0, 2_000.0)
        .into_iter()
        .filter(|h| matches!(h, Happening::Near(_)))
        .count();
    assert_eq!(near, 1);
}

#[test]
fn a_gesture_of_someone_near_is_told_once_and_a_speaker_is_looked_at() {
    let mut world = entered();
    let id = VisitorId(2);
    let first = START_MS as f64 / 1_000.0 * 15.0;
    let at = |motion| Stance {
        position: Position {
            point: Point::new(300, 0),
            level: 0,
        },
        motion,
        ..Stance::default()
    };
    world.others.who(id, named("지민"));
    world.others.at(id, at(Motion::Stand), first, 1);
    run(&mut world, 0.0, 1_000.0);
    world.others.at(id, at(Motion::Heart), first + 15.0, 1);
    let told: Vec<Happening> = run(&mut world, 1_000.0, 2_000.0)
        .into_iter()
        .filter(|happening| matches!(happening, Happening::Does(..)))
        .collect();
    assert_eq!(told, [Happening::Does(id, Motion::Heart)]);

    world.spoke(id);
    run(&mut world, 3_000.0, 1_500.0);
    let seen = world.seen();
    assert!(seen[0].gait.gaze > 1.0, "who speaks stands to the east");
    assert!(seen[1].gait.speaks);
}

#[test]
fn whoever_is_blocked_is_in_no_view_until_unblocked() {
    let mut world = entered();
    let id = VisitorId(2);
    world.others.who(id, named("지민"));
    world
        .others
        .at(id, Stance::default(), START_MS as f64 / 1_000.0 * 15.0, 1);
    world.others.blocked.insert(id, "지민".to_owned());
    let near = run(&mut world, 0.0, 1_000.0)
        .into_iter()
        .any(|happening| matches!(happening, Happening::Near(_)));
    assert!(!near);
    let person = |figure: &super::seen::Seen| figure.whose == super::seen::Whose::Person(id);
    assert!(!world.seen().iter().any(person));
    assert_eq!(world.others.in_view().count(), 0);
    world.others.blocked.clear();
    assert!(world.seen().iter().any(person));
}

#[test]
fn the_nearest_spot_follows_the_visitor() {
    let mut world = entered();
    assert_eq!(world.nearest_spot(), Some(0));
    world.correct(Stance {
        position: Position {
            point: Point::new(4_900, 0),
            level: 0,
        },
        ..Stance::default()
    });
    let happenings = run(&mut world, 0.0, 200.0);
    assert!(happenings.contains(&Happening::Spot(1)));
}

#[test]
fn those_far_off_walk_evenly_although_they_are_told_of_once_a_second() {
    let mut world = entered();
    let id = VisitorId(2);
    let first = (START_MS as f64 / 1_000.0 * 15.0).floor();
    let mut before = None;
    for frame in 0..600 {
        let now = f64::from(frame) * 1_000.0 / 60.0;
        if frame % 60 == 0 {
            let stance = Stance {
                position: Position {
                    point: Point::new(0, frame / 60 * 200),
                    level: 0,
                },
                heading: Heading(128),
                motion: Motion::Walk,
            };
            world.others.at(id, stance, first + f64::from(frame) / 4.0, 15);
        }
        world.advance(now);
        let at = world.others.at_m(id).unwrap().0;
        if let Some(was) = before
            && now > 1_500.0
        {
            let step: f32 = at.distance(was);
            assert!((0.02..0.05).contains(&step), "{step} m in a frame at {now} ms");
        }
        before = Some(at);
    }
}

fn named(name: &str) -> super::others::Identity {
    super::others::Identity {
        name: name.to_owned(),
        look: shared::look::Look::default(),
        role: shared::moderation::Role::Visitor,
    }
}
