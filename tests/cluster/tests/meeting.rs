//! Visitors on different relays meet.

use std::time::{Duration, Instant};

use anyhow::Result;
use cluster::{Redis, Relay, Start, Visitor, apart, hello, steps_from};
use shared::protocol::{ClientMessage, Reach, Utterance};

async fn two_relays() -> Result<(Redis, Relay, Relay)> {
    let redis = Redis::start().await?;
    let (one, two) = (
        Relay::start(Start::on(&redis)).await?,
        Relay::start(Start::on(&redis)).await?,
    );
    Ok((redis, one, two))
}

/// Two visitors who see one another, by name.
async fn meet(one: &Relay, two: &Relay) -> Result<(Visitor, Visitor)> {
    let (mut a, mut b) = (
        Visitor::arrive(one, "Ana").await?,
        Visitor::arrive(two, "Bo").await?,
    );
    let (a_id, b_id) = (a.id(), b.id());
    a.until("Ana sees Bo", |a| {
        a.seen.contains_key(&b_id) && a.names.contains_key(&b_id)
    })
    .await?;
    b.until("Bo sees Ana", |b| {
        b.seen.contains_key(&a_id) && b.names.contains_key(&a_id)
    })
    .await?;
    Ok((a, b))
}

#[tokio::test]
async fn visitors_on_two_relays_see_each_other_by_name_and_count() -> Result<()> {
    let (_redis, one, two) = two_relays().await?;
    let (mut a, mut b) = meet(&one, &two).await?;
    assert_eq!(
        (a.names[&b.id()].as_str(), b.names[&a.id()].as_str()),
        ("Bo", "Ana")
    );
    a.until("two people", |a| a.people == 2).await?;
    b.until("two people", |b| b.people == 2).await?;
    Ok(())
}

#[tokio::test]
async fn a_walk_on_one_relay_is_seen_on_the_other_within_a_second_and_to_the_centimetre() -> Result<()> {
    let (_redis, one, two) = two_relays().await?;
    let (mut a, mut b) = meet(&one, &two).await?;
    let way = steps_from(a.welcome.stance, 12);
    for stance in &way {
        a.claim(*stance).await?;
        a.watch_for(Duration::from_millis(66)).await?;
    }
    let (id, goal) = (a.id(), way[way.len() - 1]);
    b.within(Duration::from_secs(1), "Bo sees Ana's last step", |b| {
        b.seen
            .get(&id)
            .is_some_and(|seen| apart(*seen, goal) < 0.5 && seen.motion == goal.motion)
    })
    .await?;
    assert_eq!(a.corrections, []);
    Ok(())
}

#[tokio::test]
async fn a_line_and_a_phrase_cross_and_the_speaker_gets_a_receipt() -> Result<()> {
    let (_redis, one, two) = two_relays().await?;
    let (mut a, mut b) = meet(&one, &two).await?;
    a.say(Reach::Place, "\u{202E}안녕 \u{7}everyone").await?;
    a.until("the receipt", |a| a.heard("안녕 everyone")).await?;
    b.until("the line", |b| b.heard("안녕 everyone")).await?;
    assert_eq!(a.said[0].line, b.said[0].line);
    assert_eq!(b.said[0].name, "Ana");
    a.send(&ClientMessage::Say {
        reach: Reach::Near,
        utterance: Utterance::Phrase(2),
    })
    .await?;
    b.until("the phrase", |b| {
        b.said.iter().any(|said| said.utterance == Utterance::Phrase(2))
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn near_lines_are_not_heard_far_away() -> Result<()> {
    let (_redis, one, two) = two_relays().await?;
    let (mut a, mut b) = meet(&one, &two).await?;
    let far = cluster::world().0.spots.iter().find(|spot| {
        spot.position.point.distance_cm(b.welcome.stance.position.point) > 2.0 * shared::protocol::HEARING_CM
    });
    let spot = far.expect("the city has more than one spot").id.clone();
    a.send(&ClientMessage::Teleport { spot: spot.clone() }).await?;
    a.until("set down", |a| !a.corrections.is_empty()).await?;
    let (a_id, there) = (a.id(), a.corrections[0].1);
    // Someone near the speaker, at the relay of the one who is far: the whisper came there before the shout.
    let mut near = hello("Cho");
    near.destination.spot = Some(spot);
    let mut near = Visitor::enter(&two, near).await?;
    near.until("Cho sees Ana at the spot", |c| {
        c.seen.get(&a_id).is_some_and(|seen| apart(*seen, there) < 0.5)
    })
    .await?;
    a.say(Reach::Near, "whisper").await?;
    a.say(Reach::Place, "shout").await?;
    a.until("the receipt", |a| a.heard("whisper")).await?;
    near.until("the whisper, near by", |c| c.heard("whisper")).await?;
    b.until("the shout", |b| b.heard("shout")).await?;
    assert!(!b.heard("whisper"));
    Ok(())
}

#[tokio::test]
async fn a_changed_name_reaches_the_other_relay() -> Result<()> {
    let (_redis, one, two) = two_relays().await?;
    let (mut a, mut b) = meet(&one, &two).await?;
    let look = a.welcome.look;
    a.send(&ClientMessage::Appear {
        name: "Anna".to_owned(),
        look,
    })
    .await?;
    let id = a.id();
    b.until("the new name", |b| {
        b.names.get(&id).is_some_and(|name| name == "Anna")
    })
    .await
}

#[tokio::test]
async fn whoever_says_good_bye_is_gone_at_once() -> Result<()> {
    let (_redis, one, two) = two_relays().await?;
    let (a, mut b) = meet(&one, &two).await?;
    let id = a.id();
    a.leave().await?;
    let left = Instant::now();
    b.within(Duration::from_secs(1), "Ana has gone", |b| b.gone.contains(&id))
        .await?;
    // The far rate's frames, one a second, are the last to do without her.
    let rest = Duration::from_secs(2).saturating_sub(left.elapsed());
    b.within(rest, "no stream shows Ana", |b| !b.seen.contains_key(&id))
        .await
}

#[tokio::test]
async fn three_relays_agree_on_who_is_there() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut visitors = vec![
        Visitor::arrive(&one, "one").await?,
        Visitor::arrive(&two, "two").await?,
    ];
    // The third comes when the others have told one another everything: it must ask for what it missed.
    for visitor in &mut visitors {
        visitor
            .until("two people", |v| v.people == 2 && v.seen.len() == 2)
            .await?;
    }
    let three = Relay::start(Start::on(&redis)).await?;
    visitors.push(Visitor::arrive(&three, "three").await?);
    for visitor in &mut visitors {
        visitor
            .until("three people", |v| {
                v.people == 3 && v.seen.len() == 3 && v.names.len() >= 2
            })
            .await?;
    }
    Ok(())
}
