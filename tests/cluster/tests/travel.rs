//! From place to place on one connection: a visitor is in one of them, counted once, and hears what is said there.

use std::time::Duration;

use anyhow::Result;
use cluster::{Closed, Redis, Relay, Start, Visitor, hello, steps_from, world};
use shared::{
    protocol::{ClientMessage, CloseReason, Notice, Reach, Stance},
    space::Point,
};

const LOBBY: &str = "city-hall";

async fn people(relay: &Relay, place: &str) -> Result<u32> {
    let told = relay
        .metric(&format!("seoul_people{{place=\"{place}\"}}"))
        .await?;
    Ok(told as u32)
}

/// Waits until so many seats of a place are taken: they are given back a moment after a visitor has gone.
async fn seats_in(redis: &Redis, place: &str, expected: u32) -> Result<()> {
    let ask = format!("ZCARD metaverse-seoul:1:{{{place}}}:seats:1");
    let asked = async {
        while redis.ask(&ask).await? != expected.to_string() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    };
    tokio::time::timeout(Duration::from_secs(3), asked).await?
}

#[tokio::test]
async fn whoever_goes_through_a_door_is_the_same_person_in_the_other_place_and_in_no_other() -> Result<()> {
    let redis = Redis::start().await?;
    let (one, two) = (
        Relay::start(Start::on(&redis)).await?,
        Relay::start(Start::on(&redis)).await?,
    );
    let mut bo = Visitor::arrive(&two, "Bo").await?;
    let mut ana = Visitor::arrive(&one, "Ana").await?;
    let (ana_id, bo_id) = (ana.id(), bo.id());
    bo.until("Bo sees Ana", |v| v.seen.contains_key(&ana_id)).await?;

    ana.travel(LOBBY, "lobby").await?;
    assert_eq!((ana.welcome.place.as_str(), ana.welcome.channel), (LOBBY, 1));
    assert_eq!((ana.id(), ana.welcome.name.as_str()), (ana_id, "Ana"));
    assert_eq!(ana.people, 1);
    bo.until("Ana has left", |v| v.gone.contains(&ana_id) && v.people == 1)
        .await?;
    // Both seats are where their owners are.
    for place in ["downtown", LOBBY] {
        seats_in(&redis, place, 1).await?;
    }
    assert_eq!(
        (people(&one, "downtown").await?, people(&one, LOBBY).await?),
        (1, 1)
    );

    // What is said in one place is not heard in the other.
    bo.say(Reach::Place, "outdoors").await?;
    bo.until("the receipt", |v| v.heard("outdoors")).await?;
    ana.say(Reach::Place, "indoors").await?;
    ana.until("the receipt", |v| v.heard("indoors")).await?;
    bo.travel(LOBBY, "lobby").await?;
    bo.until("they meet", |v| v.seen.contains_key(&ana_id) && v.people == 2)
        .await?;
    ana.until("they meet", |v| v.seen.contains_key(&bo_id) && v.people == 2)
        .await?;
    assert!(!ana.heard("outdoors") && !bo.heard("indoors"));
    bo.say(Reach::Place, "here I am").await?;
    ana.until("Bo is heard", |v| v.heard("here I am")).await?;

    // And out again.
    ana.travel("downtown", "city-hall-door").await?;
    bo.until("Ana has left again", |v| {
        v.gone.contains(&ana_id) && v.people == 1
    })
    .await?;
    let (place, _) = world();
    let door = place.spot("city-hall-door").map(|spot| spot.position.point);
    let away_cm = door.map(|door| door.distance_cm(ana.own.position.point));
    assert!(away_cm.is_some_and(|away_cm| away_cm < 500.0), "{away_cm:?}");
    Ok(())
}

/// Goes on where one stands, or at the first spot of a place that is not the same ground.
async fn change_year(visitor: &mut Visitor, place: &str) -> Result<()> {
    let before = visitor.moves;
    visitor.wish_for(place, None).await?;
    visitor.until("is welcomed there", |v| v.moves > before).await
}

#[tokio::test]
async fn in_another_year_one_stands_where_one_stood_unless_something_solid_does() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut ana = Visitor::arrive(&relay, "Ana").await?;
    ana.travel("donuimun", "donuimun-site").await?;
    let stood = ana.own.position;
    change_year(&mut ana, "donuimun-1900").await?;
    assert_eq!(
        (ana.welcome.place.as_str(), ana.own.position),
        ("donuimun-1900", stood)
    );
    change_year(&mut ana, "donuimun").await?;
    assert_eq!(
        (ana.welcome.place.as_str(), ana.own.position),
        ("donuimun", stood)
    );

    // In the middle of the street there are the gate's piers in 1900.
    let inside = Point::new(100, 700);
    ana.own.position.point = inside;
    change_year(&mut ana, "donuimun-1900").await?;
    assert_ne!(ana.own.position.point, inside);

    // Only there: nobody comes so to a place of their choice in another part of the city.
    let anywhere = ana.own.position.point;
    change_year(&mut ana, "downtown").await?;
    assert_ne!(ana.own.position.point, anywhere);
    Ok(())
}

#[tokio::test]
async fn nothing_of_the_place_before_comes_after_the_welcome_of_the_next() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut outdoors = Vec::new();
    for number in 0..12 {
        outdoors.push(Visitor::arrive(&relay, &format!("visitor {number}")).await?);
    }
    let mut ana = Visitor::arrive(&relay, "Ana").await?;
    ana.until("the crowd", |v| v.seen.len() == 13).await?;
    // Her reader's bookkeeping fails at a frame or a name of the room before.
    for place in [LOBBY, "gallery", LOBBY] {
        let spot = if place == LOBBY { "lobby" } else { "gallery" };
        ana.travel(place, spot).await?;
        ana.watch_for(Duration::from_millis(300)).await?;
        let own = ana.id();
        assert!(ana.seen.keys().all(|seen| *seen == own), "{:?}", ana.seen);
        assert!(ana.names.keys().all(|known| *known == own), "{:?}", ana.names);
    }
    Ok(())
}

#[tokio::test]
async fn a_wish_that_cannot_be_granted_is_told_and_leaves_everything_as_it_was() -> Result<()> {
    let relay = Relay::start(Start::alone().capacity(1)).await?;
    let mut ana = Visitor::arrive(&relay, "Ana").await?;
    let own = ana.id();
    ana.until("Ana sees herself", |v| v.seen.contains_key(&own))
        .await?;
    for (place, spot) in [("atlantis", None), (LOBBY, Some("cellar"))] {
        ana.notices.clear();
        ana.wish_for(place, spot).await?;
        ana.until("a plain word", |v| v.notices == [Notice::NoSuchSpot])
            .await?;
    }
    // All sixty-four channels of the lobby are taken.
    let mut inside = Vec::new();
    for number in 0..64 {
        let mut hello = hello(&format!("visitor {number}"));
        LOBBY.clone_into(&mut hello.destination.place);
        inside.push(Visitor::enter(&relay, hello).await?);
    }
    ana.notices.clear();
    ana.wish_for(LOBBY, Some("lobby")).await?;
    ana.until("it is full", |v| v.notices == [Notice::PlaceFull])
        .await?;
    // She is still there, walks on, and a seat that is given back is hers.
    let way = steps_from(ana.own, 4);
    for stance in way {
        ana.claim(stance).await?;
    }
    let there = ana.own;
    let arrived = |v: &Visitor| v.seen.get(&own).map(|seen| seen.position) == Some(there.position);
    ana.until("Ana has walked", arrived).await?;
    assert_eq!(ana.corrections, []);
    if let Some(visitor) = inside.pop() {
        visitor.leave().await?;
    }
    tokio::time::timeout(Duration::from_secs(15), async {
        while ana.moves == 0 {
            ana.wish_for(LOBBY, Some("lobby")).await?;
            ana.watch_for(Duration::from_millis(700)).await?;
        }
        Ok::<_, anyhow::Error>(())
    })
    .await??;
    assert_eq!(ana.welcome.channel, 64);
    Ok(())
}

#[tokio::test]
async fn a_hello_of_someone_else_on_a_connection_ends_it() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let bo = Visitor::arrive(&relay, "Bo").await?;
    let mut ana = Visitor::arrive(&relay, "Ana").await?;
    let mut hello = bo.coming_back();
    LOBBY.clone_into(&mut hello.destination.place);
    ana.send(&ClientMessage::Hello(hello)).await?;
    ana.until("the end", |v| {
        v.closed == Some(Closed::Reason(CloseReason::Malformed))
    })
    .await
}

#[tokio::test]
async fn who_lost_the_line_in_a_room_comes_back_into_it() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut ana = Visitor::arrive(&relay, "Ana").await?;
    ana.travel("gallery", "gallery").await?;
    let mut back = ana.coming_back();
    "gallery".clone_into(&mut back.destination.place);
    let (id, stood): (_, Stance) = (ana.id(), ana.own);
    drop(ana);
    let again = Visitor::enter(&relay, back).await?;
    assert_eq!((again.id(), again.welcome.place.as_str()), (id, "gallery"));
    assert!(again.welcome.resumed && again.own.position == stood.position);
    Ok(())
}
