//! What breaks in a crowd heals: after two seconds of quiet all see the same, and nothing acknowledged is lost.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Result;
use cluster::{Crowd, MovableClock, Proxy, Redis, Relay, Start, Visitor, size};
use futures_util::SinkExt as _;
use shared::protocol::{ClientMessage, Notice};
use tokio::io::AsyncReadExt as _;
use tokio_tungstenite::tungstenite::Message;

/// A relay that is gone or frozen is noticed within this time.
const NOTICED: Duration = Duration::from_secs(3);

/// Time for what takes pauses between attempts to connect.
const HEALED: Duration = Duration::from_secs(10);

fn second(count: u64) -> Duration {
    Duration::from_secs(count)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_is_killed_in_a_crowd_and_its_visitors_go_on_elsewhere() -> Result<()> {
    let redis = Redis::start().await?;
    let (one, two, mut three) = tokio::try_join!(
        Relay::start(Start::on(&redis)),
        Relay::start(Start::on(&redis)),
        Relay::start(Start::on(&redis))
    )?;
    let count = size(200, 45);
    let mut crowd = Crowd::gather(&[&one, &two, &three], count).await?;
    crowd.walk_for(second(2)).await?;
    three.kill().await?;
    let took = crowd
        .walk_until(
            NOTICED,
            "all are in again, and everyone is seen",
            move |visitor| visitor.closed.is_none() && visitor.seen.len() == count,
        )
        .await?;
    println!("all seen again after {took:?}");
    crowd.agrees_after_quiet().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_relay_is_noticed_within_three_seconds_and_seeded_anew_when_it_goes_on() -> Result<()> {
    let redis = Redis::start().await?;
    let (one, two) = tokio::try_join!(Relay::start(Start::on(&redis)), Relay::start(Start::on(&redis)))?;
    let mut crowd = Crowd::gather(&[&one, &two], size(60, 20)).await?;
    crowd.walk_for(second(1)).await?;
    let frozen = crowd.of(&two);
    two.freeze(true).await?;
    let took = crowd
        .walk_until(NOTICED, "those of the frozen relay have left", move |visitor| {
            frozen.contains(&visitor.id()) || frozen.iter().all(|id| !visitor.seen.contains_key(id))
        })
        .await?;
    println!("noticed after {took:?}");
    crowd.walk_for(second(1)).await?;
    two.freeze(false).await?;
    let count = crowd.visitors().count();
    let took = crowd
        .walk_until(HEALED, "everyone is seen", move |visitor| {
            visitor.seen.len() == count
        })
        .await?;
    println!("seeded anew after {took:?}");
    crowd.agrees_after_quiet().await
}

#[tokio::test(flavor = "multi_thread")]
async fn redis_is_killed_and_restarted_in_a_crowd() -> Result<()> {
    let mut redis = Redis::start().await?;
    let (one, two) = tokio::try_join!(Relay::start(Start::on(&redis)), Relay::start(Start::on(&redis)))?;
    let mut crowd = Crowd::gather(&[&one, &two], size(60, 20)).await?;
    crowd.walk_for(second(1)).await?;
    redis.kill().await?;
    crowd
        .walk_until(HEALED, "all are told that they are alone", |visitor| {
            visitor.notices.last() == Some(&Notice::Alone)
        })
        .await?;
    crowd.walk_for(second(2)).await?;
    redis.start_again().await?;
    let took = crowd
        .walk_until(second(5), "all are told that they are together", |visitor| {
            visitor.notices.last() == Some(&Notice::Together)
        })
        .await?;
    println!("together after {took:?}");
    crowd.agrees_after_quiet().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_cut_off_from_redis_goes_on_alone_and_meets_the_others_again() -> Result<()> {
    let redis = Redis::start().await?;
    let line = Proxy::before(&redis).await?;
    let (one, two) = tokio::try_join!(
        Relay::start(Start::on(&redis)),
        Relay::start(Start::at(&line.url()))
    )?;
    let mut crowd = Crowd::gather(&[&one, &two], size(60, 20)).await?;
    crowd.walk_for(second(1)).await?;
    let cut_off = crowd.of(&two);
    line.cut(true);
    let there = cut_off.clone();
    let took = crowd
        .walk_until(
            second(4),
            "each side has lost the other, and the one that is alone says so",
            move |visitor| {
                let is_cut_off = there.contains(&visitor.id());
                let sees_own_side = visitor.seen.keys().all(|id| there.contains(id) == is_cut_off);
                sees_own_side && is_cut_off == (visitor.notices.last() == Some(&Notice::Alone))
            },
        )
        .await?;
    println!("apart after {took:?}");
    crowd.walk_for(second(2)).await?;
    line.cut(false);
    let took = crowd
        .walk_until(
            HEALED,
            "those who were alone are told that it is over",
            move |visitor| {
                !cut_off.contains(&visitor.id()) || visitor.notices.last() == Some(&Notice::Together)
            },
        )
        .await?;
    println!("together after {took:?}");
    crowd.agrees_after_quiet().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_visitor_of_a_relay_is_not_told_that_it_is_alone() -> Result<()> {
    let redis = Redis::start().await?;
    let line = Proxy::before(&redis).await?;
    line.delay(Duration::from_millis(200));
    let relay = Relay::start(Start::at(&line.url())).await?;
    let mut first = Visitor::arrive(&relay, "First").await?;
    // Whatever was to be told of has been told by then.
    first.until("a pong", |first| first.relay_ms > 0).await?;
    assert_eq!(first.notices, []);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_redis_makes_the_others_late_but_parts_nobody() -> Result<()> {
    let redis = Redis::start().await?;
    let line = Proxy::before(&redis).await?;
    let (one, two) = tokio::try_join!(
        Relay::start(Start::at(&line.url())),
        Relay::start(Start::at(&line.url()))
    )?;
    let mut crowd = Crowd::gather(&[&one, &two], size(60, 20)).await?;
    line.delay(Duration::from_millis(200));
    crowd.walk_for(second(5)).await?;
    crowd.agrees_after_quiet().await?;
    line.delay(Duration::ZERO);
    crowd.walk_for(second(1)).await?;
    crowd.agrees_after_quiet().await?;
    let notices: Vec<_> = crowd
        .visitors()
        .filter(|visitor| !visitor.notices.is_empty())
        .map(|visitor| &visitor.notices)
        .collect();
    assert!(notices.is_empty(), "{notices:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_reads_a_byte_a_second_is_cut_off_and_delays_nobody() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut crowd = Crowd::gather(&[&relay], 40).await?;
    let slow = Visitor::arrive_on_a_thin_line(&relay, "Slow").await?;
    let id = slow.id();
    // It asks again and again for everything, so that there is a lot to read.
    let reading = tokio::spawn(async move {
        let mut socket = slow.stall();
        loop {
            for _ in 0..10 {
                let reseed = Message::Binary(ClientMessage::Reseed.encode().into());
                let _ = socket.send(reseed).await;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            let _ = socket.get_mut().read(&mut [0]).await;
        }
    });
    crowd.forget_pauses();
    crowd
        .walk_until(Duration::from_secs(50), "the slow one has gone", move |visitor| {
            visitor.gone.contains(&id)
        })
        .await?;
    reading.abort();
    let pause = crowd.longest_pause();
    assert!(pause < Duration::from_secs(1), "{pause:?}");
    let cut_off = relay
        .metric("seoul_connections_ended_total{reason=\"too-slow\"}")
        .await?;
    assert!((cut_off - 1.0).abs() < f64::EPSILON, "{cut_off}");
    crowd.agrees_after_quiet().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a relay under libfaketime needs a quiet machine: cargo xtask test --full"]
async fn a_clock_that_jumps_parts_nobody_for_long_and_leaves_no_ghost() -> Result<()> {
    let Some(clock) = MovableClock::new()? else {
        println!("skipped: there is no libfaketime (apt-get install faketime)");
        return Ok(());
    };
    let redis = Redis::start().await?;
    let (one, two) = tokio::try_join!(
        Relay::start(Start::on(&redis)),
        Relay::start(Start::on(&redis).clock(&clock))
    )?;
    let mut crowd = Crowd::gather(&[&one, &two], 12).await?;
    let count = crowd.visitors().count();
    for ahead_s in [90, -90] {
        let mut lost = Visitor::arrive(&two, "Lost").await?;
        let id = lost.id();
        clock.set_ahead(ahead_s)?;
        // Its avatar stands for some seconds after this, on a clock that has just been set.
        lost.relay_ms = 0;
        lost.until("the clock's time", |lost| lost.relay_ms > 0).await?;
        let right_ms = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        let is_ahead_ms = i128::from(lost.relay_ms) - i128::try_from(right_ms)?;
        assert!(
            (is_ahead_ms - i128::from(ahead_s) * 1_000).abs() < 1_000,
            "{is_ahead_ms}"
        );
        drop(lost);
        clock.set_ahead(ahead_s - 30)?;
        let took = crowd
            .walk_until(
                HEALED,
                "everyone is seen, but for the one who lost the line",
                move |visitor| visitor.seen.len() == count && !visitor.seen.contains_key(&id),
            )
            .await?;
        println!("{ahead_s} s ahead: all seen after {took:?}");
        crowd.agrees_after_quiet().await?;
    }
    Ok(())
}
