//! Lines of vehicles across relays: everyone who rides in one is where its timetable says, and no two on one seat.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use cluster::{Redis, Relay, Start, Visitor, city};
use shared::{
    city::{City, transit::Timetable},
    motion::Motion,
    protocol::{ClientMessage, Notice, Ride, VisitorId},
    space::Position,
};

/// Longer than a round of the hamlet's line takes.
const A_ROUND: Duration = Duration::from_secs(100);

/// Those of the hamlet's line.
const VEHICLES: u8 = 3;

/// The hamlet's line of buses, and where its visitors arrive.
struct Line {
    table: Timetable,
    arrival: Position,
}

impl Line {
    fn of(hamlet: &City) -> Result<Self> {
        let place = hamlet.arrival_place().context("a place")?;
        let line = place.transit.first().context("a line")?;
        let spot = place.spot(&hamlet.arrival.spot).context("a spot")?;
        Ok(Self {
            table: Timetable::new(line),
            arrival: spot.position,
        })
    }

    /// The vehicle that has just come to where visitors arrive, once there is one.
    async fn comes(&self, rider: &mut Visitor) -> Result<u8> {
        let (told_ms, since) = (rider.welcome.relay_ms, Instant::now());
        let now_ms = || told_ms as f64 + since.elapsed().as_secs_f64() * 1_000.0;
        let stands = |vehicle: u8, ms: f64| self.table.is_at_hand(vehicle, self.arrival, ms);
        loop {
            // One that has stood for a while may be gone before everyone has asked.
            let ms = now_ms();
            let comes = |vehicle: &u8| stands(*vehicle, ms) && !stands(*vehicle, ms - 2_000.0);
            if let Some(vehicle) = (0..VEHICLES).find(comes) {
                return Ok(vehicle);
            }
            rider.watch_for(Duration::from_millis(200)).await?;
        }
    }
}

async fn board(rider: &mut Visitor, vehicle: u8) -> Result<Ride> {
    rider.send(&ClientMessage::Board { line: 0, vehicle }).await?;
    rider.until("a seat", |rider| rider.ride.is_some()).await?;
    rider.ride.context("a seat")
}

#[tokio::test]
async fn two_who_board_at_two_relays_sit_on_two_seats_and_each_sees_the_other_ride() -> Result<()> {
    let redis = Redis::start().await?;
    let hamlet = city("hamlet");
    let line = Line::of(&hamlet)?;
    let one = Relay::start(Start::on(&redis).city("hamlet")).await?;
    let two = Relay::start(Start::on(&redis).city("hamlet")).await?;
    let mut ana = Visitor::arrive(&one, "Ana").await?;
    let vehicle = line.comes(&mut ana).await?;
    let mut bo = Visitor::arrive(&two, "Bo").await?;
    let (ana_id, bo_id) = (ana.id(), bo.id());
    let (hers, his) = (board(&mut ana, vehicle).await?, board(&mut bo, vehicle).await?);
    assert_eq!((hers.vehicle, his.vehicle), (vehicle, vehicle));
    assert_ne!(hers.seat, his.seat);

    let (one_sees, other_sees) = tokio::join!(
        sees_ride(&mut ana, bo_id, &line, his),
        sees_ride(&mut bo, ana_id, &line, hers)
    );
    one_sees.and(other_sees)?;
    let (one_is_off, other_is_off) = tokio::join!(gets_off(&mut ana, &line), gets_off(&mut bo, &line));
    one_is_off.and(other_is_off)
}

/// Under way, the other is seen in the bus, wherever that is by then.
async fn sees_ride(rider: &mut Visitor, other: VisitorId, line: &Line, ride: Ride) -> Result<()> {
    let start = rider.own.position.point;
    rider
        .within(A_ROUND, "the other rides far", |rider| {
            let seen = rider.seen.get(&other);
            seen.is_some_and(|seen| {
                let rode_m = seen.position.point.distance_cm(start) / 100.0;
                seen.motion == Motion::Ride && rode_m > 25.0
            })
        })
        .await?;
    let seen = rider.seen[&other].position.point.to_m();
    // The relays' clock is this machine's; what is seen is some ticks old.
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let rides = (0..300).any(|step| {
        let ms = now.as_secs_f64() * 1_000.0 - f64::from(step) * 10.0;
        let there = line.table.seated(ride.vehicle, ride.seat, ms);
        there.is_some_and(|there| there.position.point.to_m().distance(seen) < 0.5)
    });
    assert!(rides, "{seen} is no place of seat {}", ride.seat);
    Ok(())
}

/// Gets off at the next stop, on free ground beside it.
async fn gets_off(rider: &mut Visitor, line: &Line) -> Result<()> {
    let before = rider.corrections.len();
    rider.send(&ClientMessage::Alight).await?;
    rider
        .within(A_ROUND, "off again", |rider| {
            rider.ride.is_none() && rider.corrections.len() > before
        })
        .await?;
    let beside_m = line
        .table
        .stops()
        .map(|stop| stop.distance(rider.own.position.point.to_m()))
        .fold(f32::INFINITY, f32::min);
    assert!((1.5..8.0).contains(&beside_m), "{beside_m} m from the stop");
    Ok(())
}

#[tokio::test]
async fn what_does_not_stand_there_is_not_boarded_and_no_such_vehicle_neither() -> Result<()> {
    let relay = Relay::start(Start::alone().city("hamlet")).await?;
    let line = Line::of(&city("hamlet"))?;
    let mut ana = Visitor::arrive(&relay, "Ana").await?;
    for (line, vehicle) in [(0, 200), (7, 0)] {
        ana.send(&ClientMessage::Board { line, vehicle }).await?;
    }
    ana.until("told of both", |ana| {
        ana.notices
            .iter()
            .filter(|notice| **notice == Notice::VehicleGone)
            .count()
            == 2
    })
    .await?;
    let here = line.comes(&mut ana).await?;
    let other = (here + 1) % VEHICLES;
    ana.send(&ClientMessage::Board {
        line: 0,
        vehicle: other,
    })
    .await?;
    ana.until("told of the third", |ana| ana.notices.len() >= 3)
        .await?;
    assert_eq!(ana.ride, None);
    // Nothing is lost by it.
    assert_eq!(board(&mut ana, here).await?.vehicle, here);
    Ok(())
}
