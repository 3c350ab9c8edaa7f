//! Motion is the client's own, and checked.

use std::time::Duration;

use anyhow::Result;
use cluster::{Relay, Start, Visitor, apart, run_from, steps_from, world};
use shared::{
    motion::{Motion, TOP_M_S},
    protocol::{PING_EVERY_MS, TICK_HZ},
    space::{Heading, Point, Position},
};

#[tokio::test]
async fn a_leap_is_corrected_and_nobody_sees_it() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let (mut cheat, mut bystander) = (
        Visitor::arrive(&relay, "C").await?,
        Visitor::arrive(&relay, "Bo").await?,
    );
    let (id, before) = (cheat.id(), cheat.welcome.stance);
    bystander
        .until("Bo sees the cheat", |b| b.seen.contains_key(&id))
        .await?;
    // Farther than a cyclist gets in the longest silence.
    let farthest_cm = TOP_M_S * 100.0 * (3 * PING_EVERY_MS) as f32 / 1_000.0;
    let mut leap = before;
    leap.position.point.x += farthest_cm as i32 + 1_000;
    let sequence = cheat.claim(leap).await?;
    cheat
        .until("the correction", |c| c.corrections == [(sequence, before)])
        .await?;
    bystander.watch_for(Duration::from_millis(300)).await?;
    assert!(apart(bystander.seen[&id], before) < 0.5);
    Ok(())
}

#[tokio::test]
async fn running_on_and_on_faster_than_anyone_can_is_corrected() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut cheat = Visitor::arrive(&relay, "C").await?;
    let way = steps_from(cheat.welcome.stance, 4);
    // To and fro over a metre, 30 m/s: more than the bucket and all that flows into it.
    for turn in 0..150 {
        let stance = if turn % 2 == 0 {
            way[3]
        } else {
            cheat.welcome.stance
        };
        cheat.claim(stance).await?;
        cheat.watch_for(Duration::from_millis(30)).await?;
    }
    assert!(!cheat.corrections.is_empty());
    Ok(())
}

/// The longest silence that a connection survives, and all that was sent meanwhile.
#[tokio::test]
async fn fifteen_seconds_of_honest_running_delivered_at_once_are_believed() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut runner = Visitor::arrive(&relay, "R").await?;
    let id = runner.id();
    let ticks = 3 * PING_EVERY_MS as usize * TICK_HZ as usize / 1_000;
    let mut way = run_from(runner.welcome.stance, 30, ticks);
    // Unlike every stance before it.
    way[ticks - 1].motion = Motion::Stand;
    let goal = way[ticks - 1];
    for stance in way {
        runner.claim(stance).await?;
    }
    runner
        .until("the last step", |r| {
            r.seen.get(&id).is_some_and(|seen| *seen == goal)
        })
        .await?;
    assert_eq!((runner.corrections, runner.notices), (vec![], vec![]));
    Ok(())
}

#[tokio::test]
async fn nobody_walks_into_a_building() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut cheat = Visitor::arrive(&relay, "C").await?;
    let (_, ground) = world();
    let start = cheat.welcome.stance;
    let step = |from: Position, turn: u8, way_m: f32| {
        let way = Heading(turn).direction() * way_m;
        Position {
            point: Point::from_m(from.point.to_m() + way),
            ..from
        }
    };
    // Deep inside something: half a metre around it, nobody can stand.
    let is_deep = |at: &Position| (0..8).all(|eighth| !ground.is_free(step(*at, eighth * 32, 0.5)));
    let solid = (1..120)
        .flat_map(|ring| (0..64).map(move |turn| (ring, turn * 4)))
        .map(|(ring, turn)| step(start.position, turn, 0.5 * ring as f32))
        .find(|at| !ground.is_free(*at) && is_deep(at))
        .expect("something stands in the place");
    let mut inside = start;
    inside.position = solid;
    let sequence = cheat.claim(inside).await?;
    cheat
        .until("the correction", |c| c.corrections == [(sequence, start)])
        .await
}
