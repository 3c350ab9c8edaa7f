//! A place that is full has another channel; nobody is squeezed in, and nobody is lost.

use std::time::Duration;

use anyhow::Result;
use cluster::{Closed, Redis, Relay, Start, Visitor, hello};
use shared::protocol::{CloseReason, Hello, Notice, Reach};
use tokio::task::JoinSet;

/// Relays with room for so many in each channel.
async fn two_relays(capacity: u32) -> Result<(Redis, Relay, Relay)> {
    let redis = Redis::start().await?;
    let start = || Start::on(&redis).capacity(capacity);
    let (one, two) = (Relay::start(start()).await?, Relay::start(start()).await?);
    Ok((redis, one, two))
}

fn wishing(name: &str, channel: u16) -> Hello {
    let mut hello = hello(name);
    hello.destination.channel = Some(channel);
    hello
}

/// Comes in at one of two relays, sixty times at once.
async fn rush(one: &Relay, two: &Relay, wish: Option<u16>) -> Result<Vec<Visitor>> {
    let mut joining = JoinSet::new();
    for number in 0..60 {
        let url = if number % 2 == 0 { one } else { two }.socket_url();
        let mut hello = hello(&format!("visitor {number}"));
        hello.destination.channel = wish;
        joining.spawn(async move { Visitor::enter_at(&url, hello).await });
    }
    joining.join_all().await.into_iter().collect()
}

fn in_channel(visitors: &[Visitor], channel: u16) -> usize {
    visitors.iter().filter(|v| v.welcome.channel == channel).count()
}

#[tokio::test]
async fn a_race_of_sixty_for_twenty_seats_on_two_relays_overfills_nothing() -> Result<()> {
    let (redis, one, two) = two_relays(20).await?;
    let visitors = rush(&one, &two, None).await?;
    let counts: Vec<usize> = (1..=4).map(|channel| in_channel(&visitors, channel)).collect();
    assert_eq!(counts, [20, 20, 20, 0]);
    assert_eq!(
        redis.ask("ZCARD metaverse-seoul:1:{downtown}:seats:1").await?,
        "20"
    );
    // Everyone in the channel sees everyone in it, and nobody of another.
    for mut visitor in visitors {
        let number = visitor.welcome.channel;
        visitor
            .until("twenty people", |v| v.people == 20 && v.seen.len() == 20)
            .await?;
        let strayed = visitor.notices.contains(&Notice::OtherChannel);
        assert_eq!(strayed, number != 1);
    }
    Ok(())
}

#[tokio::test]
async fn a_race_for_one_wished_channel_overfills_nothing() -> Result<()> {
    let (_redis, one, two) = two_relays(20).await?;
    let visitors = rush(&one, &two, Some(3)).await?;
    assert_eq!((in_channel(&visitors, 3), in_channel(&visitors, 1)), (20, 20));
    Ok(())
}

#[tokio::test]
async fn friends_with_one_link_meet_while_there_is_room_and_are_told_when_there_is_none() -> Result<()> {
    let (_redis, one, two) = two_relays(2).await?;
    let mut ana = Visitor::enter(&one, wishing("Ana", 2)).await?;
    let mut bo = Visitor::enter(&two, wishing("Bo", 2)).await?;
    assert_eq!((ana.welcome.channel, bo.welcome.channel), (2, 2));
    let (ana_id, bo_id) = (ana.id(), bo.id());
    ana.until("Ana sees Bo", |v| v.seen.contains_key(&bo_id)).await?;
    bo.until("Bo sees Ana", |v| v.seen.contains_key(&ana_id)).await?;
    let mut cho = Visitor::enter(&one, wishing("Cho", 2)).await?;
    assert_eq!(cho.welcome.channel, 1);
    cho.until("Cho is told", |v| v.notices == [Notice::OtherChannel])
        .await?;
    assert_eq!(ana.notices, []);
    // What is said in one channel is not heard in another.
    ana.say(Reach::Place, "only here").await?;
    bo.until("the line", |v| v.heard("only here")).await?;
    cho.watch_for(Duration::from_millis(500)).await?;
    assert!(!cho.heard("only here") && cho.people == 1 && !cho.seen.contains_key(&ana_id));
    // A seat that is given back is free at once.
    bo.leave().await?;
    ana.until("Bo has left", |v| v.gone.contains(&bo_id)).await?;
    let dae = Visitor::enter(&two, wishing("Dae", 2)).await?;
    assert_eq!(dae.welcome.channel, 2);
    Ok(())
}

#[tokio::test]
async fn page_and_metrics_count_the_people_of_all_channels() -> Result<()> {
    let (_redis, one, two) = two_relays(2).await?;
    let mut visitors = Vec::new();
    for number in 0..5 {
        visitors.push(Visitor::arrive(&one, &format!("visitor {number}")).await?);
    }
    assert!(one.get("/downtown?lang=en").await?.contains("5 people are here<"));
    assert!((one.metric("seoul_people{place=\"downtown\"}").await? - 5.0).abs() < 0.1);
    assert!((one.metric("seoul_channels{place=\"downtown\"}").await? - 3.0).abs() < 0.1);
    // The other relay has no room for the channels that nobody of it is in: it is told within some seconds.
    let deadline = tokio::time::Instant::now() + Duration::from_secs(12);
    while (two.metric("seoul_people{place=\"downtown\"}").await? - 5.0).abs() > 0.1 {
        assert!(
            tokio::time::Instant::now() < deadline,
            "the other relay counts too few"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Ok(())
}

#[tokio::test]
async fn a_full_channel_keeps_the_seat_of_someone_whose_relay_died() -> Result<()> {
    let (_redis, mut one, two) = two_relays(2).await?;
    let ana = Visitor::arrive(&one, "Ana").await?;
    let _bo = Visitor::arrive(&two, "Bo").await?;
    let back = ana.coming_back();
    one.kill().await?;
    let cho = Visitor::arrive(&two, "Cho").await?;
    assert_eq!(cho.welcome.channel, 2);
    let again = Visitor::enter(&two, back).await?;
    assert_eq!(
        (again.welcome.channel, again.welcome.resumed, again.id()),
        (1, true, ana.id())
    );
    Ok(())
}

#[tokio::test]
async fn whoever_follows_a_link_to_another_channel_leaves_the_first() -> Result<()> {
    let (_redis, one, two) = two_relays(5).await?;
    let mut watcher = Visitor::arrive(&one, "Bo").await?;
    let ana = Visitor::arrive(&one, "Ana").await?;
    let id = ana.id();
    watcher.until("Bo sees Ana", |v| v.seen.contains_key(&id)).await?;
    let mut there = ana.coming_back();
    there.destination.channel = Some(2);
    // Without a good-bye, and at another relay: the first would let the avatar stand.
    drop(ana);
    let there = Visitor::enter(&two, there).await?;
    assert_eq!((there.welcome.channel, there.id()), (2, id));
    watcher
        // Sooner than an avatar stands whose line was lost; counts are told once a second.
        .within(Duration::from_secs(3), "Ana has left this channel", |v| {
            !v.seen.contains_key(&id) && v.people == 1
        })
        .await
}

#[tokio::test]
async fn a_channel_that_was_overfilled_while_redis_was_dead_admits_nobody_until_it_is_not() -> Result<()> {
    let (mut redis, one, two) = two_relays(2).await?;
    redis.kill().await?;
    let mut visitors = Vec::new();
    for relay in [&one, &one, &two, &two] {
        let mut visitor = Visitor::arrive(relay, "visitor").await?;
        visitor
            .until("alone", |v| v.notices.contains(&Notice::Alone))
            .await?;
        visitors.push(visitor);
    }
    // By each relay's own knowledge there was room.
    assert_eq!(in_channel(&visitors, 1), 4);
    redis.start_again().await?;
    for visitor in &mut visitors {
        visitor
            .until("together", |v| v.notices.contains(&Notice::Together))
            .await?;
        visitor.until("four people", |v| v.people == 4).await?;
    }
    let next = Visitor::arrive(&one, "next").await?;
    assert_eq!(next.welcome.channel, 2);
    for _ in 0..2 {
        visitors.remove(0).leave().await?;
    }
    visitors[1].until("two people", |v| v.people == 2).await?;
    let next = Visitor::arrive(&two, "the next").await?;
    assert_eq!(next.welcome.channel, 2);
    visitors.remove(0).leave().await?;
    visitors[0].until("one person", |v| v.people == 1).await?;
    let last = Visitor::enter(&two, wishing("last", 1)).await?;
    assert_eq!(last.welcome.channel, 1);
    Ok(())
}

#[tokio::test]
async fn a_relay_that_is_alone_counts_by_itself() -> Result<()> {
    let relay = Relay::start(Start::alone().capacity(2)).await?;
    let mut channels = Vec::new();
    let mut visitors = Vec::new();
    for number in 0..5 {
        let visitor = Visitor::arrive(&relay, &format!("visitor {number}")).await?;
        channels.push(visitor.welcome.channel);
        visitors.push(visitor);
    }
    assert_eq!(channels, [1, 1, 2, 2, 3]);
    let first = visitors.remove(0);
    let again = Visitor::enter(&relay, first.coming_back()).await?;
    assert_eq!((again.welcome.channel, again.welcome.resumed), (1, true));
    Ok(())
}

#[tokio::test]
async fn a_tab_that_was_duplicated_in_a_further_channel_takes_the_session_over() -> Result<()> {
    let (_redis, one, two) = two_relays(1).await?;
    let _first = Visitor::arrive(&one, "Bo").await?;
    let mut older = Visitor::arrive(&one, "Ana").await?;
    assert_eq!(older.welcome.channel, 2);
    let newer = Visitor::enter(&two, older.coming_back()).await?;
    assert_eq!((newer.welcome.channel, newer.id()), (2, older.id()));
    older
        .until("the older is told", |v| {
            v.closed == Some(Closed::Reason(CloseReason::Superseded))
        })
        .await
}
