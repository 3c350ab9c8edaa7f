//! Clients that do not read delay nobody, however many they are.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use cluster::{Relay, Start, Visitor, apart, steps_from};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use shared::{protocol::Stance, space::Heading};

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

/// Clients that stall at the same time.
const STALLED: usize = 300;

/// Someone who walks to and fro, and someone who watches: how long each step takes from one to the other.
struct Pair {
    walker: Visitor,
    companion: Visitor,
    way: Vec<Stance>,
    turn: usize,
    ages: Vec<Duration>,
}

impl Pair {
    async fn meet(relay: &Relay) -> Result<Self> {
        let walker = Visitor::arrive(relay, "Wi").await?;
        let mut companion = Visitor::arrive(relay, "Co").await?;
        let id = walker.id();
        companion
            .until("Co sees Wi", |c| c.seen.contains_key(&id))
            .await?;
        Ok(Self {
            way: steps_from(walker.welcome.stance, 12),
            walker,
            companion,
            turn: 0,
            ages: Vec::new(),
        })
    }

    /// One step, seen by the other.
    async fn step(&mut self) -> Result<()> {
        self.turn += 1;
        let there_and_back = 2 * self.way.len() - 2;
        let along = self.turn % there_and_back;
        let stance = self.way[along.min(there_and_back - along)];
        let (id, claimed) = (self.walker.id(), Instant::now());
        self.walker.claim(stance).await?;
        self.companion
            .within(Duration::from_secs(5), "Co sees the step", |c| {
                c.seen.get(&id).is_some_and(|seen| apart(*seen, stance) < 0.5)
            })
            .await?;
        self.ages.push(claimed.elapsed());
        self.walker.watch_for(Duration::from_millis(60)).await
    }

    /// Walks until a count of the relay has come so far.
    async fn walk_until(&mut self, relay: &Relay, metric: &str, count: usize) -> Result<()> {
        let began = Instant::now();
        while relay.metric(metric).await? < count as f64 {
            let told = relay.metric(metric).await?;
            ensure!(
                began.elapsed() < Duration::from_mins(1),
                "{metric} came to {told}, not {count}"
            );
            for _ in 0..10 {
                self.step().await?;
            }
        }
        Ok(())
    }
}

#[tokio::test]
async fn three_hundred_stalled_clients_are_left_behind_then_cut_off_and_a_walking_pair_notices_nothing()
-> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut pair = Pair::meet(&relay).await?;
    let mut slow = Visitor::arrive_on_a_thin_line(&relay, "Slow").await?;
    let mut stalled: Vec<Visitor> = stream::iter(0..STALLED)
        .map(|number| {
            let (relay, name) = (&relay, format!("S{number}"));
            async move { Visitor::arrive_on_a_thin_line(relay, &name).await }
        })
        .buffer_unordered(20)
        .try_collect()
        .await?;
    // They turn about without end, and read nothing: each is written to at every tick.
    let turning = tokio::spawn(async move {
        for heading in (0..=u8::MAX).step_by(32).cycle() {
            for visitor in &mut stalled {
                let stance = Stance {
                    heading: Heading(heading),
                    ..visitor.welcome.stance
                };
                // One that was cut off cannot be written to.
                let _ = visitor.claim(stance).await;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    });
    pair.walk_until(&relay, "seoul_clients_behind_total", STALLED + 1)
        .await?;
    // Whoever reads again is given key frames: a gap would end the test's own decoder.
    let (id, there) = (pair.walker.id(), pair.companion.seen[&pair.walker.id()]);
    slow.until("Slow sees where Wi is", |s| {
        s.seen.get(&id).is_some_and(|seen| apart(*seen, there) < 0.5)
    })
    .await?;
    pair.walk_until(
        &relay,
        "seoul_connections_ended_total{reason=\"too-slow\"}",
        STALLED,
    )
    .await?;
    turning.abort();
    pair.ages.sort();
    let ages = &pair.ages;
    let (median, p99) = (ages[ages.len() / 2], ages[ages.len() * 99 / 100]);
    println!("{} steps seen: median {median:?}, p99 {p99:?}", ages.len());
    // A tick is 67 ms: whoever keeps up sees a step with the next one or the one after. One stalled write that others
    // had to wait for would take seconds; a machine that is busy with other tests, a part of one.
    assert!(
        median < Duration::from_millis(150) && p99 < Duration::from_millis(1_500),
        "median {median:?}, p99 {p99:?}"
    );
    assert_eq!(
        (&pair.walker.closed, &pair.companion.closed, &slow.closed),
        (&None, &None, &None)
    );
    Ok(())
}
