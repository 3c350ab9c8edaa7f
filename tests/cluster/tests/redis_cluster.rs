//! Relays on a real Redis Cluster.

use std::time::Duration;

use anyhow::Result;
use cluster::{Crowd, RedisCluster, Relay, Start, Visitor};
use shared::protocol::{Notice, Reach};

#[tokio::test(flavor = "multi_thread")]
async fn two_relays_meet_and_talk_over_a_cluster() -> Result<()> {
    let redis = RedisCluster::start().await?;
    let (one, two) = tokio::try_join!(
        Relay::start(Start::at(&redis.url())),
        Relay::start(Start::at(&redis.url()))
    )?;
    let (mut a, mut b) = (
        Visitor::arrive(&one, "Ana").await?,
        Visitor::arrive(&two, "Bo").await?,
    );
    let (a_id, b_id) = (a.id(), b.id());
    a.until("Ana sees Bo", |a| a.seen.contains_key(&b_id)).await?;
    b.until("Bo sees Ana", |b| b.seen.contains_key(&a_id)).await?;
    a.say(Reach::Place, "hello, cluster").await?;
    b.until("Bo hears Ana", |b| b.heard("hello, cluster")).await?;
    a.until("the receipt", |a| a.heard("hello, cluster")).await?;
    // A ticket of the one is good at the other.
    let back = a.coming_back();
    drop(a);
    let again = Visitor::enter(&two, back).await?;
    assert!(again.welcome.resumed && again.id() == a_id);

    b.leave().await?;
    again.leave().await?;

    let mut crowd = Crowd::gather(&[&one, &two], 10).await?;
    crowd.walk_for(Duration::from_secs(3)).await?;
    crowd.agrees_after_quiet().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_master_is_killed_and_restarted_and_all_meet_again() -> Result<()> {
    let mut redis = RedisCluster::start().await?;
    let (one, two) = tokio::try_join!(
        Relay::start(Start::at(&redis.url())),
        Relay::start(Start::at(&redis.url()))
    )?;
    let mut crowd = Crowd::gather(&[&one, &two], 10).await?;
    crowd.walk_for(Duration::from_secs(1)).await?;
    let master = redis.holder("metaverse-seoul:1:room:downtown:1").await?;
    redis.kill(master).await?;
    crowd
        .walk_until(
            Duration::from_secs(10),
            "all are told that they are alone",
            |visitor| visitor.notices.last() == Some(&Notice::Alone),
        )
        .await?;
    redis.start_again(master).await?;
    let took = crowd
        .walk_until(
            Duration::from_secs(6),
            "all are told that they are together",
            |visitor| visitor.notices.last() == Some(&Notice::Together),
        )
        .await?;
    println!("together after {took:?}");
    crowd.agrees_after_quiet().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_takes_over_from_a_master_that_is_killed_and_all_meet_again() -> Result<()> {
    let mut redis = RedisCluster::start().await?;
    let master = redis.holder("metaverse-seoul:1:room:downtown:1").await?;
    let replica = redis.add_replica(master).await?;
    let (one, two) = tokio::try_join!(
        Relay::start(Start::at(&redis.url())),
        Relay::start(Start::at(&redis.url()))
    )?;
    let mut crowd = Crowd::gather(&[&one, &two], 10).await?;
    let mut speaker = Visitor::arrive(&one, "Speaker").await?;
    speaker.say(Reach::Place, "before").await?;
    speaker
        .until("the receipt", |speaker| speaker.heard("before"))
        .await?;
    let back = speaker.coming_back();
    speaker.leave().await?;
    crowd.walk_for(Duration::from_secs(1)).await?;
    redis.kill(master).await?;
    redis.has_taken_over(&replica).await?;
    // Where it was quicker than the relays notice, nobody has been told anything.
    let took = crowd
        .walk_until(
            Duration::from_secs(10),
            "nobody is told any more that they are alone",
            |visitor| visitor.notices.last() != Some(&Notice::Alone),
        )
        .await?;
    println!("together {took:?} after the replica took over");
    crowd.agrees_after_quiet().await?;
    // Seats and lines, which are on the new master, are given and kept as before.
    let mut speaker = Visitor::enter(&two, back).await?;
    assert!(speaker.welcome.resumed);
    speaker.say(Reach::Place, "after").await?;
    speaker
        .until("the receipt", |speaker| speaker.heard("after"))
        .await
}
