//! What was said while someone's line was lost is recovered, or the gap is told.

use std::time::Duration;

use anyhow::Result;
use cluster::{Redis, Relay, Start, Visitor, hello};
use shared::protocol::{ClientMessage, Notice, Reach};

async fn two_relays() -> Result<(Redis, Relay, Relay)> {
    let redis = Redis::start().await?;
    let (one, two) = (
        Relay::start(Start::on(&redis)).await?,
        Relay::start(Start::on(&redis)).await?,
    );
    Ok((redis, one, two))
}

/// Says lines, and waits for the receipt of each.
async fn say_all(speaker: &mut Visitor, lines: &[&str]) -> Result<()> {
    for line in lines {
        speaker.say(Reach::Place, line).await?;
        speaker.until("the receipt", |v| v.heard(line)).await?;
    }
    Ok(())
}

/// A spot out of hearing of where visitors arrive.
fn far_spot(visitor: &Visitor) -> Result<String> {
    let here = visitor.welcome.stance.position.point;
    let (place, _) = cluster::world();
    let far = place
        .spots
        .iter()
        .find(|spot| spot.position.point.distance_cm(here) > 2.0 * shared::protocol::HEARING_CM);
    Ok(far
        .ok_or_else(|| anyhow::anyhow!("the city has more than one spot"))?
        .id
        .clone())
}

#[tokio::test]
async fn chat_missed_while_the_line_was_lost_is_recovered_on_another_relay_in_its_order() -> Result<()> {
    let (redis, mut one, two) = two_relays().await?;
    let mut away = Visitor::arrive(&one, "Ana").await?;
    let mut speaker = Visitor::arrive(&two, "Bo").await?;
    say_all(&mut speaker, &["before"]).await?;
    away.until("the line before", |v| v.heard("before")).await?;
    let back = away.coming_back();
    one.kill().await?;
    drop(away);
    say_all(&mut speaker, &["first", "second", "third"]).await?;
    let three = Relay::start(Start::on(&redis)).await?;
    let mut again = Visitor::enter(&three, back).await?;
    again.until("what was missed", |v| v.missed.is_some()).await?;
    assert_eq!(again.recovered(), ["first", "second", "third"]);
    assert!(!again.gap);
    assert!(again.welcome.resumed);
    say_all(&mut speaker, &["after"]).await?;
    again.until("the line after", |v| v.heard("after")).await?;
    Ok(())
}

#[tokio::test]
async fn nothing_is_told_to_someone_who_missed_nothing_or_is_new() -> Result<()> {
    let (_redis, one, two) = two_relays().await?;
    let mut speaker = Visitor::arrive(&two, "Bo").await?;
    say_all(&mut speaker, &["before"]).await?;
    let mut new = Visitor::arrive(&one, "Ana").await?;
    new.watch_for(Duration::from_millis(1_500)).await?;
    assert_eq!((new.missed.as_ref(), new.said.len()), (None, 0));
    say_all(&mut speaker, &["now"]).await?;
    new.until("the line", |v| v.heard("now")).await?;
    let mut again = Visitor::enter(&two, new.coming_back()).await?;
    again.watch_for(Duration::from_millis(1_500)).await?;
    assert_eq!(again.recovered(), Vec::<&str>::new());
    assert!(!again.gap);
    Ok(())
}

#[tokio::test]
async fn what_was_said_out_of_hearing_is_not_recovered() -> Result<()> {
    let (_redis, one, two) = two_relays().await?;
    let away = Visitor::arrive(&one, "Ana").await?;
    let mut far = hello("Bo");
    far.destination.spot = Some(far_spot(&away)?);
    let mut far = Visitor::enter(&two, far).await?;
    let mut near = Visitor::arrive(&two, "Cho").await?;
    let back = away.coming_back();
    drop(away);
    far.say(Reach::Near, "far whisper").await?;
    far.until("the receipt", |v| v.heard("far whisper")).await?;
    near.say(Reach::Near, "near whisper").await?;
    near.until("the receipt", |v| v.heard("near whisper")).await?;
    far.say(Reach::Place, "shout").await?;
    far.until("the receipt", |v| v.heard("shout")).await?;
    let mut again = Visitor::enter(&two, back).await?;
    again.until("what was missed", |v| v.missed.is_some()).await?;
    assert_eq!(again.recovered(), ["near whisper", "shout"]);
    Ok(())
}

#[tokio::test]
async fn more_than_is_kept_is_told_as_a_gap() -> Result<()> {
    let (_redis, one, two) = two_relays().await?;
    let away = Visitor::arrive(&one, "Ana").await?;
    let back = away.coming_back();
    drop(away);
    // A visitor may say six things at once: twenty visitors say more than a hundred.
    for speaker in 0..20 {
        let mut speaker = Visitor::arrive(&two, &format!("speaker {speaker}")).await?;
        say_all(&mut speaker, &["1", "2", "3", "4", "5", "6"]).await?;
        speaker.leave().await?;
    }
    let mut again = Visitor::enter(&two, back).await?;
    again.until("what was missed", |v| v.missed.is_some()).await?;
    assert!(again.gap);
    assert_eq!(again.recovered().len(), 100);
    Ok(())
}

#[tokio::test]
async fn a_redis_that_forgot_everything_is_given_the_last_lines_again_without_doubles() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let away = Visitor::arrive(&one, "Ana").await?;
    let mut speaker = Visitor::arrive(&two, "Bo").await?;
    let mut listener = Visitor::arrive(&one, "Cho").await?;
    let back = away.coming_back();
    drop(away);
    say_all(&mut speaker, &["first", "second"]).await?;
    redis.forget_all().await?;
    say_all(&mut speaker, &["third"]).await?;
    listener.until("the third line", |v| v.heard("third")).await?;
    // Neither relay remembers anything of its own here.
    let three = Relay::start(Start::on(&redis)).await?;
    let mut again = Visitor::enter(&three, back).await?;
    again.until("what was missed", |v| v.missed.is_some()).await?;
    assert_eq!(again.recovered(), ["first", "second", "third"]);
    assert!(!again.gap);
    listener.watch_for(Duration::from_millis(1_500)).await?;
    for line in ["first", "second", "third"] {
        assert_eq!(listener.times_heard(line), 1, "{line}");
    }
    assert_eq!(
        redis.ask("ZCARD metaverse-seoul:1:{downtown:1}:lines").await?,
        "3"
    );
    Ok(())
}

#[tokio::test]
async fn what_was_said_while_redis_was_dead_reaches_everyone_when_it_is_back() -> Result<()> {
    let (mut redis, one, two) = two_relays().await?;
    let mut a = Visitor::arrive(&one, "Ana").await?;
    let mut b = Visitor::arrive(&two, "Bo").await?;
    say_all(&mut a, &["together"]).await?;
    b.until("the first line", |v| v.heard("together")).await?;
    redis.kill().await?;
    a.until("alone", |v| v.notices.contains(&Notice::Alone)).await?;
    b.until("alone", |v| v.notices.contains(&Notice::Alone)).await?;
    // Acknowledged although Redis is dead: this relay is alone, and remembers.
    say_all(&mut a, &["from one"]).await?;
    say_all(&mut b, &["from two"]).await?;
    redis.start_again().await?;
    a.until("together", |v| v.notices.contains(&Notice::Together))
        .await?;
    a.within(Duration::from_secs(3), "Bo's line", |v| v.heard("from two"))
        .await?;
    b.until("Ana's line", |v| v.heard("from one")).await?;
    a.watch_for(Duration::from_secs(2)).await?;
    for line in ["together", "from one", "from two"] {
        assert_eq!((a.times_heard(line), b.times_heard(line)), (1, 1), "{line}");
    }
    assert_eq!(
        redis.ask("ZCARD metaverse-seoul:1:{downtown:1}:lines").await?,
        "3"
    );
    // And Redis has them for a relay that was never there.
    let back = a.coming_back();
    drop(a);
    say_all(&mut b, &["later"]).await?;
    let three = Relay::start(Start::on(&redis)).await?;
    let mut again = Visitor::enter(&three, back).await?;
    again.until("what was missed", |v| v.missed.is_some()).await?;
    assert!(again.recovered().contains(&"later") && !again.gap);
    Ok(())
}

#[tokio::test]
async fn a_line_is_acknowledged_only_when_it_is_in_redis() -> Result<()> {
    let (redis, one, _two) = two_relays().await?;
    let mut speaker = Visitor::arrive(&one, "Ana").await?;
    let mut listener = Visitor::arrive(&one, "Bo").await?;
    say_all(&mut speaker, &["before"]).await?;
    redis.freeze(true).await?;
    speaker.say(Reach::Place, "held up").await?;
    // Nobody waits for Redis to hear it.
    listener
        .within(Duration::from_millis(500), "the line", |v| v.heard("held up"))
        .await?;
    speaker.watch_for(Duration::from_millis(500)).await?;
    assert!(!speaker.heard("held up"));
    redis.freeze(false).await?;
    speaker.until("the receipt", |v| v.heard("held up")).await?;
    assert!(
        redis
            .ask("ZRANGE metaverse-seoul:1:{downtown:1}:lines 0 -1")
            .await?
            .contains("held up")
    );
    Ok(())
}

#[tokio::test]
async fn a_relay_that_is_alone_remembers_and_one_that_was_killed_tells_of_the_gap() -> Result<()> {
    let mut relay = Relay::start(Start::alone()).await?;
    let away = Visitor::arrive(&relay, "Ana").await?;
    let mut speaker = Visitor::arrive(&relay, "Bo").await?;
    let back = away.coming_back();
    drop(away);
    say_all(&mut speaker, &["first"]).await?;
    let mut again = Visitor::enter(&relay, back).await?;
    again.until("what was missed", |v| v.missed.is_some()).await?;
    assert_eq!((again.recovered(), again.gap), (vec!["first"], false));
    let back = again.coming_back();
    relay.kill().await?;
    relay.start_again().await?;
    let mut again = Visitor::enter(&relay, back).await?;
    again.until("the gap", |v| v.missed.is_some()).await?;
    assert_eq!((again.recovered(), again.gap), (vec![], true));
    assert!(again.welcome.resumed);
    again.send(&ClientMessage::Ping { client_ms: 1 }).await?;
    Ok(())
}
