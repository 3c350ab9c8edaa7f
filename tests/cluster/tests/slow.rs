//! One client that does not read delays nobody.

use std::time::Duration;

use anyhow::Result;
use cluster::{Relay, Start, Visitor, steps_from};

#[tokio::test]
async fn a_stalled_client_does_not_delay_the_others() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut walker = Visitor::arrive(&relay, "W").await?;
    let _stalled = Visitor::arrive(&relay, "S").await?.stall();
    let mut bystander = Visitor::arrive(&relay, "Bo").await?;
    let id = walker.id();
    bystander
        .until("Bo sees the walker", |b| b.seen.contains_key(&id))
        .await?;
    bystander.longest_pause = Duration::ZERO;
    let way = steps_from(walker.welcome.stance, 4);
    for turn in 0..40 {
        walker.claim(way[turn % 4]).await?;
        tokio::try_join!(
            walker.watch_for(Duration::from_millis(66)),
            bystander.watch_for(Duration::from_millis(66))
        )?;
    }
    assert!(
        bystander.longest_pause < Duration::from_millis(500),
        "{:?}",
        bystander.longest_pause
    );
    Ok(())
}

#[tokio::test]
async fn a_client_that_neither_reads_nor_writes_is_ended_and_leaves() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut bystander = Visitor::arrive(&relay, "Bo").await?;
    let stalled = Visitor::arrive(&relay, "S").await?;
    let id = stalled.id();
    let _socket = stalled.stall();
    bystander
        .until("Bo sees it", |b| b.names.contains_key(&id))
        .await?;
    // Silent for 15 s, then the avatar stands for 5 s.
    bystander
        .within(Duration::from_secs(25), "it leaves", |b| b.gone.contains(&id))
        .await
}
