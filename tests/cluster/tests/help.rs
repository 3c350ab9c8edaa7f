//! Calls for a helper: from any place and channel to every helper of the city, at whichever relay, and back that one has
//! come.

use std::time::Duration;

use anyhow::Result;
use cluster::{Redis, Relay, Start, Visitor, hello, invitation, invited};
use shared::{
    help::{HelpAct, HelpNews},
    moderation::Role,
    protocol::{ClientMessage, Hello, Notice, VisitorId},
};

const LOBBY: &str = "city-hall";

/// How near a helper is set down, in centimetres.
const BESIDE_CM: f32 = 200.0;

/// A relay that is killed, or that nobody reaches any more, is missed within this time.
const SOON: Duration = Duration::from_secs(5);

async fn two_relays() -> Result<(Redis, Relay, Relay)> {
    let redis = Redis::start().await?;
    let (one, two) = (
        Relay::start(Start::on(&redis)).await?,
        Relay::start(Start::on(&redis)).await?,
    );
    Ok((redis, one, two))
}

/// A helper by an invitation to downtown, who is there.
async fn helper(redis: &Redis, relay: &Relay, name: &str) -> Result<Visitor> {
    let helper = Visitor::enter(relay, invited(name, &invitation(redis, "helper").await?)).await?;
    assert_eq!(helper.welcome.role, Role::Helper);
    Ok(helper)
}

fn in_place(name: &str, place: &str) -> Hello {
    let mut hello = hello(name);
    place.clone_into(&mut hello.destination.place);
    hello
}

/// Calls, again and again, until the relay has counted so many helpers: relays hear of one another within a moment.
async fn call_until_told(caller: &mut Visitor, helpers: u32) -> Result<()> {
    let told = HelpNews::Told { helpers };
    let calling = async {
        while caller.help.last() != Some(&told) {
            caller.send(&ClientMessage::Help(HelpAct::Call)).await?;
            caller.watch_for(Duration::from_millis(300)).await?;
        }
        Ok(())
    };
    tokio::time::timeout(SOON, calling).await?
}

/// Waits until a helper has heard that someone calls from a place, as the last news.
async fn hears(helper: &mut Visitor, caller: VisitorId, from: &str) -> Result<()> {
    let what = format!("a call from {from}");
    helper
        .until(&what, |helper| {
            matches!(
                helper.help.last(),
                Some(HelpNews::Called { visitor, place, .. }) if *visitor == caller && place == from
            )
        })
        .await
}

/// Waits until a helper has heard that a call is over, as the last news.
async fn hears_the_end(helper: &mut Visitor, caller: VisitorId) -> Result<()> {
    let over = HelpNews::Over { visitor: caller };
    helper
        .within(SOON, "that it is over", |helper| {
            helper.help.last() == Some(&over)
        })
        .await
}

fn assert_beside(helper: &Visitor, caller: &Visitor) {
    let place = |visitor: &Visitor| (visitor.welcome.place.clone(), visitor.welcome.channel);
    assert_eq!(place(helper), place(caller));
    let apart_cm = helper.own.position.point.distance_cm(caller.own.position.point);
    assert!((50.0..BESIDE_CM).contains(&apart_cm), "{apart_cm} cm");
}

#[tokio::test]
async fn a_call_from_another_place_reaches_helpers_at_all_relays_and_one_of_them_comes() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut hana = helper(&redis, &one, "Hana").await?;
    let mut jun = helper(&redis, &two, "Jun").await?;
    let mut bo = Visitor::enter(&two, in_place("Bo", LOBBY)).await?;
    let (hana_id, bo_id) = (hana.id(), bo.id());
    call_until_told(&mut bo, 2).await?;
    let called = HelpNews::Called {
        visitor: bo_id,
        name: "Bo".to_owned(),
        place: LOBBY.to_owned(),
    };
    for helper in [&mut hana, &mut jun] {
        hears(helper, bo_id, LOBBY).await?;
        assert_eq!(helper.help, std::slice::from_ref(&called), "once");
    }

    hana.wish_to_be_beside(bo_id).await?;
    hana.until("is welcomed there", |h| h.moves == 1).await?;
    assert_beside(&hana, &bo);
    assert_eq!(hana.welcome.role, Role::Helper, "of the whole city");
    bo.until("that she has come", |b| {
        matches!(b.help.last(), Some(HelpNews::Comes { helper, name }) if *helper == hana_id && name == "Hana")
    })
    .await?;
    bo.until("she is seen", |b| b.seen.contains_key(&hana_id)).await?;
    hears_the_end(&mut jun, bo_id).await?;
    // For the others there is nobody to go to any more.
    jun.wish_to_be_beside(bo_id).await?;
    jun.until("a plain word", |j| j.notices == [Notice::NotHere])
        .await?;
    assert_eq!(jun.welcome.place, "downtown");

    // She is there for the next one as well.
    let mut cho = Visitor::arrive(&two, "Cho").await?;
    call_until_told(&mut cho, 2).await?;
    hears(&mut hana, cho.id(), "downtown").await
}

#[tokio::test]
async fn in_the_same_channel_a_helper_is_set_down_beside_the_caller() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut hana = helper(&redis, &one, "Hana").await?;
    let mut hello = hello("Bo");
    hello.destination.spot = Some("gwanghwamun".to_owned());
    let mut bo = Visitor::enter(&two, hello).await?;
    call_until_told(&mut bo, 1).await?;
    hears(&mut hana, bo.id(), "downtown").await?;
    hana.wish_to_be_beside(bo.id()).await?;
    hana.until("is set down", |h| !h.corrections.is_empty()).await?;
    assert_beside(&hana, &bo);
    assert_eq!(hana.moves, 0, "no second welcome");
    bo.until("that she has come", |b| {
        matches!(b.help.last(), Some(HelpNews::Comes { .. }))
    })
    .await
}

#[tokio::test]
async fn a_helper_is_let_into_a_full_channel_and_one_who_is_not_leaves_the_call_to_the_others() -> Result<()>
{
    let redis = Redis::start().await?;
    let relay = Relay::start(Start::on(&redis).capacity(1)).await?;
    let mut hana = helper(&redis, &relay, "Hana").await?;
    let mut bo = Visitor::arrive(&relay, "Bo").await?;
    assert_eq!((hana.welcome.channel, bo.welcome.channel), (1, 2));
    call_until_told(&mut bo, 1).await?;
    hears(&mut hana, bo.id(), "downtown").await?;

    // As if so many other helpers had come that no more are let in.
    let seats = "metaverse-seoul:1:{downtown}:seats:2";
    let others = 1_001..1_009;
    for other in others.clone() {
        redis
            .ask(&format!("ZADD {seats} 9000000000000000 {other}"))
            .await?;
    }
    hana.wish_to_be_beside(bo.id()).await?;
    hana.until("a plain word", |h| h.notices == [Notice::PlaceFull])
        .await?;
    assert_eq!((hana.moves, hana.help.len()), (0, 1), "it stands");
    for other in others {
        redis.ask(&format!("ZREM {seats} {other}")).await?;
    }
    hana.wish_to_be_beside(bo.id()).await?;
    hana.until("is welcomed there", |h| h.moves == 1).await?;
    assert_beside(&hana, &bo);
    // That was a helper's seat: whoever else wishes for this channel finds it full.
    let mut hello = hello("Cho");
    hello.destination.channel = Some(2);
    assert_ne!(Visitor::enter(&relay, hello).await?.welcome.channel, 2);
    Ok(())
}

#[tokio::test]
async fn a_call_follows_the_caller_is_told_to_whoever_helps_later_and_ends_with_the_visit() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut bo = Visitor::arrive(&two, "Bo").await?;
    let id = bo.id();
    call_until_told(&mut bo, 0).await?;
    let mut hana = helper(&redis, &one, "Hana").await?;
    hears(&mut hana, id, "downtown").await?;
    bo.travel(LOBBY, "lobby").await?;
    hears(&mut hana, id, LOBBY).await?;
    call_until_told(&mut bo, 1).await?;

    // A lost line is no end; going on at another relay is none either, where the page says that it still calls.
    let back = bo.coming_back();
    drop(bo);
    let mut bo = Visitor::enter(
        &one,
        Hello {
            destination: in_place("", LOBBY).destination,
            ..back
        },
    )
    .await?;
    call_until_told(&mut bo, 1).await?;
    hana.wish_to_be_beside(id).await?;
    hana.until("is welcomed there", |h| h.moves == 1).await?;
    assert_beside(&hana, &bo);

    let mut cho = Visitor::arrive(&two, "Cho").await?;
    let id = cho.id();
    call_until_told(&mut cho, 1).await?;
    hears(&mut hana, id, "downtown").await?;
    cho.leave().await?;
    hears_the_end(&mut hana, id).await
}

#[tokio::test]
async fn a_call_that_is_taken_back_is_over_and_nobody_but_helpers_comes() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut hana = helper(&redis, &one, "Hana").await?;
    let mut eve = Visitor::arrive(&one, "Eve").await?;
    let mut bo = Visitor::enter(&two, in_place("Bo", LOBBY)).await?;
    call_until_told(&mut bo, 1).await?;
    hears(&mut hana, bo.id(), LOBBY).await?;
    eve.wish_to_be_beside(bo.id()).await?;
    eve.until("a plain word", |e| e.notices == [Notice::NotHere])
        .await?;
    assert_eq!((eve.moves, eve.help.len()), (0, 0));
    bo.send(&ClientMessage::Help(HelpAct::Over)).await?;
    hears_the_end(&mut hana, bo.id()).await
}

#[tokio::test]
async fn a_relay_that_vanishes_takes_its_callers_and_its_helpers_along() -> Result<()> {
    let (redis, one, mut two) = two_relays().await?;
    let mut hana = helper(&redis, &one, "Hana").await?;
    let _jun = helper(&redis, &two, "Jun").await?;
    let mut bo = Visitor::enter(&two, in_place("Bo", LOBBY)).await?;
    let mut cho = Visitor::arrive(&one, "Cho").await?;
    call_until_told(&mut cho, 2).await?;
    call_until_told(&mut bo, 2).await?;
    hears(&mut hana, bo.id(), LOBBY).await?;
    two.kill().await?;
    hears_the_end(&mut hana, bo.id()).await?;
    call_until_told(&mut cho, 1).await
}

#[tokio::test]
async fn without_redis_each_relay_goes_on_with_its_own_helpers() -> Result<()> {
    let (mut redis, one, two) = two_relays().await?;
    let _hana = helper(&redis, &one, "Hana").await?;
    let mut jun = helper(&redis, &two, "Jun").await?;
    let mut bo = Visitor::enter(&two, in_place("Bo", LOBBY)).await?;
    call_until_told(&mut bo, 2).await?;
    redis.kill().await?;
    bo.until("alone", |b| b.notices.contains(&Notice::Alone)).await?;
    call_until_told(&mut bo, 1).await?;
    jun.wish_to_be_beside(bo.id()).await?;
    jun.until("is welcomed there", |j| j.moves == 1).await?;
    assert_beside(&jun, &bo);
    Ok(())
}
