//! A visitor stays the same person over lost connections, reloads and relays.

use std::time::Duration;

use anyhow::Result;
use cluster::{Closed, Redis, Relay, Start, Visitor, apart, hello, steps_from};
use shared::protocol::{CloseReason, Hello, Stance};

fn coming_back(visitor: &Visitor, stance: Option<Stance>) -> Hello {
    Hello {
        ticket: visitor.ticket.clone(),
        stance,
        ..hello("Ana")
    }
}

async fn two_relays() -> Result<(Redis, Relay, Relay)> {
    let redis = Redis::start().await?;
    let (one, two) = (
        Relay::start(Start::on(&redis)).await?,
        Relay::start(Start::on(&redis)).await?,
    );
    Ok((redis, one, two))
}

#[tokio::test]
async fn a_ticket_goes_on_at_the_other_relay_when_the_first_dies() -> Result<()> {
    let (_redis, mut one, two) = two_relays().await?;
    let mut a = Visitor::arrive(&one, "Ana").await?;
    let way = steps_from(a.welcome.stance, 10);
    for stance in &way {
        a.claim(*stance).await?;
    }
    let (id, goal) = (a.id(), way[way.len() - 1]);
    a.until("the last step is taken", |a| {
        a.seen.get(&id).is_some_and(|seen| apart(*seen, goal) < 0.5)
    })
    .await?;
    one.kill().await?;
    let again = Visitor::enter(&two, coming_back(&a, Some(goal))).await?;
    assert!(again.welcome.resumed);
    assert_eq!(again.id(), id);
    assert!(
        apart(again.welcome.stance, goal) < 0.5,
        "{:?}",
        again.welcome.stance
    );
    Ok(())
}

#[tokio::test]
async fn a_claim_to_have_walked_too_far_meanwhile_is_not_believed() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let a = Visitor::arrive(&relay, "Ana").await?;
    let mut far = a.welcome.stance;
    far.position.point.x += 50_000;
    let again = Visitor::enter(&relay, coming_back(&a, Some(far))).await?;
    assert!(apart(again.welcome.stance, a.welcome.stance) < 0.5);
    Ok(())
}

#[tokio::test]
async fn a_forged_ticket_makes_a_new_visitor() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let a = Visitor::arrive(&relay, "Ana").await?;
    let mut forged = coming_back(&a, None);
    forged.ticket[0] ^= 1;
    let other = Visitor::enter(&relay, forged).await?;
    assert_ne!(other.id(), a.id());
    assert!(!other.welcome.resumed);
    Ok(())
}

#[tokio::test]
async fn the_newer_connection_wins_on_the_same_relay() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut older = Visitor::arrive(&relay, "Ana").await?;
    let newer = Visitor::enter(&relay, coming_back(&older, None)).await?;
    assert_eq!(newer.id(), older.id());
    assert_eq!(newer.welcome.people, 1);
    older
        .until("the older is told", |v| {
            v.closed == Some(Closed::Reason(CloseReason::Superseded))
        })
        .await
}

#[tokio::test]
async fn the_newer_connection_wins_across_relays_and_nobody_sees_a_double() -> Result<()> {
    let (_redis, one, two) = two_relays().await?;
    let mut bystander = Visitor::arrive(&one, "Bo").await?;
    let mut older = Visitor::arrive(&one, "Ana").await?;
    let id = older.id();
    bystander
        .until("Bo sees Ana", |b| b.seen.contains_key(&id) && b.people == 2)
        .await?;
    let mut newer = Visitor::enter(&two, coming_back(&older, None)).await?;
    older
        .until("the older is told", |v| {
            v.closed == Some(Closed::Reason(CloseReason::Superseded))
        })
        .await?;
    let b_id = bystander.id();
    newer
        .until("Ana sees Bo", |a| a.seen.contains_key(&b_id) && a.people == 2)
        .await?;
    bystander.watch_for(Duration::from_millis(700)).await?;
    assert!(bystander.seen.contains_key(&id));
    assert!(!bystander.gone.contains(&id));
    assert_eq!(bystander.people, 2);
    Ok(())
}

#[tokio::test]
async fn a_reload_is_no_flicker_for_others() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut bystander = Visitor::arrive(&relay, "Bo").await?;
    let a = Visitor::arrive(&relay, "Ana").await?;
    let id = a.id();
    bystander
        .until("Bo sees Ana", |b| b.seen.contains_key(&id))
        .await?;
    let back = coming_back(&a, None);
    // Without a good-bye, as when a page is loaded again.
    drop(a);
    bystander.watch_for(Duration::from_millis(800)).await?;
    let again = Visitor::enter(&relay, back).await?;
    assert!(again.welcome.resumed);
    bystander.watch_for(Duration::from_millis(300)).await?;
    assert!(!bystander.lost_sight_of.contains(&id) && !bystander.gone.contains(&id));
    Ok(())
}

#[tokio::test]
async fn whoever_loses_the_line_stands_for_a_while_and_then_leaves() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut bystander = Visitor::arrive(&relay, "Bo").await?;
    let a = Visitor::arrive(&relay, "Ana").await?;
    let id = a.id();
    bystander
        .until("Bo sees Ana", |b| {
            b.seen.contains_key(&id) && b.names.contains_key(&id)
        })
        .await?;
    drop(a);
    bystander.watch_for(Duration::from_secs(2)).await?;
    assert!(bystander.seen.contains_key(&id));
    bystander
        .until("Ana leaves", |b| b.gone.contains(&id) && b.people == 1)
        .await
}
