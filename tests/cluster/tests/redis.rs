//! Redis comes and goes; relays come and go.

use std::time::Duration;

use anyhow::Result;
use cluster::{Redis, Relay, Start, Visitor};
use shared::protocol::{Notice, Reach};

#[tokio::test]
async fn after_redis_was_killed_and_is_back_visitors_meet_again() -> Result<()> {
    let mut redis = Redis::start().await?;
    let (one, two) = (
        Relay::start(Start::on(&redis)).await?,
        Relay::start(Start::on(&redis)).await?,
    );
    let (mut a, mut b) = (
        Visitor::arrive(&one, "Ana").await?,
        Visitor::arrive(&two, "Bo").await?,
    );
    let (a_id, b_id) = (a.id(), b.id());
    a.until("Ana sees Bo", |a| a.seen.contains_key(&b_id)).await?;

    redis.kill().await?;
    a.until("Ana is told, and alone", |a| {
        a.notices == [Notice::Alone] && !a.seen.contains_key(&b_id)
    })
    .await?;
    b.until("Bo is told, and alone", |b| {
        b.notices == [Notice::Alone] && b.people == 1
    })
    .await?;
    // Each relay goes on by itself.
    let mut c = Visitor::arrive(&one, "Cho").await?;
    c.until("Cho sees Ana", |c| c.seen.contains_key(&a_id)).await?;
    assert_eq!(c.notices.last(), Some(&Notice::Alone));

    redis.start_again().await?;
    let c_id = c.id();
    a.until("Ana sees Bo again", |a| {
        a.seen.contains_key(&b_id) && a.people == 3
    })
    .await?;
    b.until("Bo sees both", |b| {
        b.seen.contains_key(&a_id) && b.seen.contains_key(&c_id)
    })
    .await?;
    assert_eq!(a.notices, [Notice::Alone, Notice::Together]);
    b.say(Reach::Place, "back").await?;
    a.until("chat crosses again", |a| a.heard("back")).await?;
    assert!((one.metric("seoul_backplane_up").await? - 1.0).abs() < f64::EPSILON);
    Ok(())
}

#[tokio::test]
async fn the_visitors_of_a_killed_relay_leave_within_three_seconds() -> Result<()> {
    let redis = Redis::start().await?;
    let (one, mut two) = (
        Relay::start(Start::on(&redis)).await?,
        Relay::start(Start::on(&redis)).await?,
    );
    let (mut a, b) = (
        Visitor::arrive(&one, "Ana").await?,
        Visitor::arrive(&two, "Bo").await?,
    );
    let b_id = b.id();
    a.until("Ana sees Bo", |a| {
        a.seen.contains_key(&b_id) && a.names.contains_key(&b_id)
    })
    .await?;
    two.kill().await?;
    let left = |a: &Visitor| !a.seen.contains_key(&b_id) && a.gone.contains(&b_id);
    a.within(Duration::from_secs(3), "Bo leaves", left).await?;
    a.until("the count follows", |a| a.people == 1).await
}
