//! Visitors come and go without end, and the relay stays as it was.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use cluster::{Crowd, Relay, Start};

/// Visitors that come together, walk, and leave.
const TOGETHER: usize = 50;

/// How long they stay.
const STAY: Duration = Duration::from_secs(3);

/// What memory may swing by, in bytes: what allocators keep of one crowd or another. In the twenty minutes that are
/// measured some ten thousand visitors come and go, so a leak of 1 KB for each would show, and a task is larger.
const SWING_BYTES: f64 = 8e6;

/// Crowds come and go for a time; one in three loses its lines without a good-bye. The answer is how many visitors there
/// were, and the relay's memory after each crowd.
async fn churn(relay: &Relay, time: Duration) -> Result<(usize, Vec<f64>)> {
    let began = Instant::now();
    let mut memory = Vec::new();
    while began.elapsed() < time {
        let mut crowd = Crowd::gather(&[relay], TOGETHER).await?;
        crowd.walk_for(STAY).await?;
        if memory.len() % 3 == 0 {
            drop(crowd);
        } else {
            crowd.leave().await?;
        }
        until(relay, "all have gone", "seoul_people{place=\"downtown\"}", 0.0).await?;
        memory.push(relay.metric("seoul_memory_bytes").await?);
    }
    Ok((memory.len() * TOGETHER, memory))
}

async fn until(relay: &Relay, what: &str, metric: &str, at_most: f64) -> Result<()> {
    let began = Instant::now();
    while relay.metric(metric).await? > at_most {
        ensure!(
            began.elapsed() < Duration::from_secs(15),
            "waited in vain: {what}"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

/// A relay that has warmed up returns to its tasks and its memory.
async fn soak(warm_up: Duration, time: Duration) -> Result<()> {
    // All of them come from one address.
    let relay = Relay::start(Start::alone().with("--joins-per-second", "0")).await?;
    let tasks = relay.metric("seoul_tasks").await?;
    ensure!(tasks > 0.0, "the relay tells no tasks");
    churn(&relay, warm_up).await?;
    let before = relay.metric("seoul_memory_bytes").await?;
    let (visitors, memory) = churn(&relay, time).await?;
    let most = memory.iter().copied().fold(0.0, f64::max);
    let after = memory.last().copied().unwrap_or_default();
    println!(
        "{visitors} visitors; memory {before} bytes before them, {after} after, {most} at most; {tasks} tasks without"
    );
    until(&relay, "connections end", "seoul_connections", 0.0).await?;
    until(&relay, "tasks are as many as at the start", "seoul_tasks", tasks).await?;
    ensure!(
        before > 0.0 && after < before + SWING_BYTES,
        "memory grew from {before} to {after} bytes"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_task_stays_behind_when_visitors_have_left() -> Result<()> {
    soak(Duration::from_secs(5), Duration::from_secs(10)).await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "half an hour: cargo xtask test --full"]
async fn half_an_hour_of_coming_and_going_takes_no_memory() -> Result<()> {
    soak(Duration::from_mins(10), Duration::from_mins(20)).await
}
