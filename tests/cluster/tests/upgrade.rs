//! Relays are stopped and started anew, one after the other, and nobody outside sees more than a blink.

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::Result;
use cluster::{Closed, Redis, Relay, Start, Visitor, until_closed};
use futures_util::StreamExt as _;
use shared::protocol::CloseReason;
use tempfile::TempDir;
use tokio::task::JoinSet;

/// Watches for a while; whoever is told to go on elsewhere does so, and is the same there.
async fn come_back(mut walker: Visitor, other: String) -> Result<Visitor> {
    walker.watch_for(Duration::from_millis(2_500)).await?;
    let Some(closed) = &walker.closed else {
        return Ok(walker);
    };
    assert_eq!(*closed, Closed::Reason(CloseReason::Draining));
    let (back, id) = (walker.coming_back(), walker.id());
    drop(walker);
    let again = Visitor::enter_at(&other, back).await?;
    assert!(again.welcome.resumed && again.id() == id);
    Ok(again)
}

#[tokio::test]
async fn three_relays_are_restarted_in_turn_and_a_watcher_loses_sight_of_nobody() -> Result<()> {
    let redis = Redis::start().await?;
    let start = || {
        Start::on(&redis)
            .with("--drain-after", "0")
            .with("--drain-over", "1")
    };
    let mut relays = Vec::new();
    for _ in 0..3 {
        relays.push(Relay::start(start()).await?);
    }
    let mut watcher = Visitor::arrive(&relays[2], "watcher").await?;
    let mut walkers = Vec::new();
    for number in 0..6 {
        walkers.push(Visitor::arrive(&relays[number % 2], &format!("walker {number}")).await?);
    }
    watcher
        .until("everyone", |v| v.seen.len() == 7 && v.people == 7)
        .await?;
    // The watcher's own relay stays; the two others are stopped, and started anew.
    for stopping in 0..2 {
        relays[stopping].terminate().await?;
        let other = relays[1 - stopping].socket_url();
        // All at once, as pages do: an avatar whose visitor is away stands for some seconds only.
        let mut moving: JoinSet<Result<Visitor>> = walkers
            .into_iter()
            .map(|walker| come_back(walker, other.clone()))
            .collect();
        let mut moved = Vec::new();
        while let Some(walker) = moving.join_next().await {
            moved.push(walker??);
        }
        watcher.watch_for(Duration::from_millis(50)).await?;
        walkers = moved;
        assert!(relays[stopping].ended().await?);
        relays[stopping].start_again().await?;
    }
    watcher.watch_for(Duration::from_secs(3)).await?;
    assert!(
        watcher.gone.is_empty(),
        "{:?} were said to have gone",
        watcher.gone
    );
    assert!(
        watcher.lost_sight_of.is_empty(),
        "{:?} went out of sight",
        watcher.lost_sight_of
    );
    assert_eq!((watcher.seen.len(), watcher.people), (7, 7));
    Ok(())
}

#[tokio::test]
async fn a_stopping_relay_says_first_that_it_is_not_ready_and_serves_on_meanwhile() -> Result<()> {
    let mut relay = Relay::start(Start::alone().with("--drain-after", "2")).await?;
    let mut visitor = Visitor::arrive(&relay, "Ana").await?;
    relay.terminate().await?;
    while !relay.get("/readyz").await?.starts_with("HTTP/1.1 503") {}
    let late = Visitor::arrive(&relay, "Bo").await?;
    assert_eq!(visitor.closed, None);
    visitor
        .until("the good-bye", |v| {
            v.closed == Some(Closed::Reason(CloseReason::Draining))
        })
        .await?;
    drop((visitor, late));
    assert!(relay.ended().await?);
    Ok(())
}

#[tokio::test]
async fn whoever_is_moved_first_does_not_wait_for_the_last() -> Result<()> {
    let mut relay = Relay::start(Start::alone().with("--drain-over", "6")).await?;
    let mut leaving = Vec::new();
    for name in ["Ana", "Bo"] {
        let mut socket = Visitor::arrive(&relay, name).await?.stall();
        leaving.push(tokio::spawn(async move {
            let closed = until_closed(&mut socket).await?;
            let told = Instant::now();
            // A page hears of the end when the line is closed, not when it reads the good-bye.
            while socket.next().await.is_some() {}
            Ok::<_, anyhow::Error>((closed, told.elapsed()))
        }));
    }
    relay.terminate().await?;
    for left in leaving {
        let (closed, took) = left.await??;
        assert_eq!(closed, Closed::Reason(CloseReason::Draining));
        assert!(took < Duration::from_secs(1), "{took:?}");
    }
    assert!(relay.ended().await?);
    Ok(())
}

#[tokio::test]
async fn hashed_files_of_earlier_bundles_stay_served_and_nothing_else_of_them() -> Result<()> {
    let earlier = TempDir::new()?;
    fs::write(
        earlier.path().join("index.html"),
        "<html lang=\"ko\">earlier</html>",
    )?;
    fs::write(earlier.path().join("shell-0123456789abcdef.js"), "earlier shell")?;
    fs::write(earlier.path().join("icon.svg"), "earlier icon")?;
    let path = earlier.path().to_string_lossy().into_owned();
    let relay = Relay::start(Start::alone().with("--web-previous", &path)).await?;
    let kept = relay.get("/shell-0123456789abcdef.js").await?;
    assert!(
        kept.starts_with("HTTP/1.1 200") && kept.ends_with("earlier shell"),
        "{kept}"
    );
    assert!(kept.contains("immutable"), "{kept}");
    assert!(relay.get("/icon.svg").await?.starts_with("HTTP/1.1 404"));
    assert!(!relay.get("/").await?.contains("earlier"));
    Ok(())
}
