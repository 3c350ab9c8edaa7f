//! Who sits in a vehicle, and goes with it.
//!
//! In: a seat that was taken, wishes to get off, the time. Out: the stances of those who ride, and where they are set down.
//! A vehicle is where its timetable says, at every relay alike; a rider is where the seat is.

use shared::{
    motion::Motion,
    protocol::{Notice, RelayMessage, Ride, Stance, VisitorId},
    space::{Point, Position},
};

use super::{state::Room, visitor::Visitor};

/// A wish to board that was on its way when the vehicle set off is granted for so long.
const LATE_MS: u64 = 1_500;

/// A visitor's seat.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seated {
    pub(super) ride: Ride,
    /// Of the connection that took it.
    generation: u64,
    /// Where the visitor stood before, or could have got off last.
    pub(super) stood: Stance,
    /// The stop at which that was; none where the visitor got on.
    stop: Option<usize>,
}

impl Room {
    /// Lets someone have the seat that was taken, if the vehicle stands near; otherwise it is given back.
    pub(super) fn board(&mut self, visitor: VisitorId, generation: u64, ride: Ride, now_ms: u64) {
        let boarding = self.visitors.get_mut(&visitor);
        let Some(boarding) = boarding.filter(|boarding| boarding.generation == generation) else {
            return self.give_back(visitor, ride, generation);
        };
        let table = self.timetables.get(usize::from(ride.line));
        let position = boarding.stance.position;
        let stands = table.is_some_and(|table| {
            [now_ms, now_ms.saturating_sub(LATE_MS)]
                .into_iter()
                .any(|ms| table.is_at_hand(ride.vehicle, position, ms as f64))
        });
        if let Some(seated) = &boarding.ride {
            // Of two wishes the first counts; asked for twice, it is the same seat.
            let alights = seated.ride.alights;
            if seated.ride != (Ride { alights, ..ride }) {
                self.give_back(visitor, ride, generation);
            }
        } else if stands {
            boarding.ride = Some(Seated {
                ride,
                generation,
                stood: boarding.stance,
                stop: None,
            });
            boarding.send(&RelayMessage::Riding(Some(ride)));
            self.around.metrics.boarded.inc();
        } else {
            boarding.send(&RelayMessage::Notice(Notice::VehicleGone));
            self.give_back(visitor, ride, generation);
        }
    }

    /// Someone wishes to get off.
    pub(super) fn alight(&mut self, visitor: VisitorId) {
        let rider = self.visitors.get_mut(&visitor);
        if let Some(rider) = rider
            && let Some(seated) = &mut rider.ride
        {
            seated.ride.alights = true;
            let ride = seated.ride;
            rider.send(&RelayMessage::Riding(Some(ride)));
        }
    }

    /// Moves everyone who rides to where their seats were when the tick began, as every page reckons it, and lets those off
    /// who wish so where the vehicle stands.
    pub(super) fn carry(&mut self, began_ms: u64, now_ms: u64) {
        let mut off = Vec::new();
        for (visitor, rider) in &mut self.visitors {
            let Some(seated) = &mut rider.ride else { continue };
            let Ride {
                line,
                vehicle,
                seat,
                alights,
            } = seated.ride;
            let table = self.timetables.get(usize::from(line));
            let moment = table.and_then(|table| table.moment(vehicle, began_ms as f64));
            let (Some(table), Some(moment)) = (table, moment) else {
                off.push((*visitor, seated.stood));
                continue;
            };
            let stance = moment.seated(table.vehicle(), seat);
            if moment.stands && (alights || seated.stop != Some(moment.stop)) {
                seated.stop = Some(moment.stop);
                seated.stood = Stance {
                    position: self.ground.nearest_free(Position {
                        point: Point::from_m(moment.door_m()),
                        level: stance.position.level,
                    }),
                    heading: stance.heading,
                    motion: Motion::Stand,
                };
                if alights {
                    off.push((*visitor, seated.stood));
                }
            }
            rider.place(stance);
        }
        for (visitor, stood) in off {
            self.set_down(visitor, stood, now_ms);
        }
    }

    /// Whoever sat somewhere does not any more, and the seat is free.
    pub(super) fn end_ride(&mut self, visitor: VisitorId) {
        let rider = self.visitors.get_mut(&visitor);
        let ended = rider.and_then(|rider| {
            let seated = rider.ride.take()?;
            rider.send(&RelayMessage::Riding(None));
            Some(seated)
        });
        if let Some(Seated { ride, generation, .. }) = ended {
            self.give_back(visitor, ride, generation);
        }
    }

    /// Someone came back through another connection who was riding.
    pub(super) fn ride_on(&mut self, visitor: VisitorId, before: Option<Visitor>) {
        let seated = before.and_then(|before| before.ride);
        if let (Some(seated), Some(back)) = (seated, self.visitors.get_mut(&visitor)) {
            back.ride = Some(seated);
            back.send(&RelayMessage::Riding(Some(seated.ride)));
        }
    }

    fn give_back(&self, visitor: VisitorId, ride: Ride, generation: u64) {
        let seats = &self.around.seats;
        let vehicle = (ride.line, ride.vehicle);
        seats.leave_vehicle(&self.channel, vehicle, ride.seat, visitor, generation);
    }
}

#[cfg(test)]
mod tests {
    use shared::city::transit::{Stop, Timetable, TransitLine, Vehicle};

    use super::{
        super::{
            Act, Claim,
            tests::{arrival, room},
        },
        *,
    };
    use crate::outbox::Outbox;

    const START_MS: u64 = 1_800_000_000_000;
    const TICK_MS: u64 = 67;
    const ANA: VisitorId = VisitorId(7);

    /// A bus that goes round in the yard, by its western and its eastern spot.
    fn bus() -> TransitLine {
        let stop = |spot: &str, along_cm| Stop {
            spot: spot.to_owned(),
            along_cm,
        };
        let corners = [
            (-2_000, 2_000),
            (2_000, 2_000),
            (2_000, 2_400),
            (-2_000, 2_400),
            (-2_000, 2_000),
        ];
        TransitLine {
            name: "round".to_owned(),
            vehicle: Vehicle::Bus,
            vehicles: 1,
            path: corners.map(|(x, z)| Point::new(x, z)).to_vec(),
            stops: vec![stop("west", 500), stop("east", 3_500)],
        }
    }

    /// A room at a moment when its bus stands in the west, with a visitor in the west.
    fn at_the_stop() -> (Room, u64) {
        let mut room = room();
        let table = Timetable::new(&bus());
        let stands = |ms: &u64| {
            let now = table.moment(0, *ms as f64);
            now.is_some_and(|now| now.stands && now.stop == 0)
        };
        let now_ms = (0..10_000).map(|k| START_MS + k * TICK_MS).find(stands);
        let now_ms = now_ms.expect("it stands there in every period");
        room.timetables = vec![table];
        room.join(arrival(ANA, "west", now_ms), Outbox::detached(), now_ms);
        (room, now_ms)
    }

    fn seat(seat: u16) -> Ride {
        Ride {
            line: 0,
            vehicle: 0,
            seat,
            alights: false,
        }
    }

    fn stance(room: &Room) -> Stance {
        room.visitors[&ANA].stance
    }

    fn ticks(room: &mut Room, from_ms: u64, count: u64) -> u64 {
        for tick in 1..=count {
            room.tick(from_ms + tick * TICK_MS);
        }
        from_ms + count * TICK_MS
    }

    #[test]
    fn a_rider_goes_where_the_seat_goes_whatever_the_page_says_and_gets_off_at_the_next_stop() {
        let (mut room, now_ms) = at_the_stop();
        let generation = now_ms;
        let stood = stance(&room);
        room.board(ANA, generation, seat(5), now_ms);
        let mut now_ms = now_ms;
        let mut farthest_m = 0.0_f32;
        room.act(ANA, generation, Act::Alight, now_ms);
        // Where the bus still stands, one gets off at once.
        now_ms = ticks(&mut room, now_ms, 1);
        assert!(room.visitors[&ANA].ride.is_none());
        room.board(ANA, generation, seat(5), now_ms);
        for _ in 0..600 {
            now_ms = ticks(&mut room, now_ms, 1);
            let began_ms = shared::cell::tick_ms(shared::cell::tick_at(now_ms), now_ms);
            let expected = room.timetables[0].seated(0, 5, began_ms as f64);
            assert_eq!(Some(stance(&room)), expected);
            room.judge(
                Claim {
                    visitor: ANA,
                    generation,
                    sequence: 1,
                    stance: stood,
                },
                now_ms,
            );
            assert_eq!(Some(stance(&room)), expected);
            farthest_m =
                farthest_m.max(stance(&room).position.point.distance_cm(stood.position.point) / 100.0);
            let now = room.timetables[0].moment(0, now_ms as f64);
            if now.is_some_and(|now| now.stop == 0 && !now.stands) {
                room.act(ANA, generation, Act::Alight, now_ms);
                break;
            }
        }
        for _ in 0..600 {
            now_ms = ticks(&mut room, now_ms, 1);
            if room.visitors[&ANA].ride.is_none() {
                break;
            }
        }
        let off = stance(&room);
        assert_eq!(off.motion, Motion::Stand);
        assert!(room.ground.is_free(off.position));
        assert!(off.position.point.x > 0, "in the east: {off:?}");
    }

    #[test]
    fn whoever_is_not_there_in_time_gets_no_seat_and_nobody_says_so_of_oneself() {
        let (mut room, now_ms) = at_the_stop();
        let generation = now_ms;
        let mut afar = stance(&room);
        afar.position.point = Point::new(2_900, -2_900);
        room.set_down(ANA, afar, now_ms);
        room.board(ANA, generation, seat(0), now_ms);
        assert!(room.visitors[&ANA].ride.is_none(), "from afar");
        let mut claimed = stance(&room);
        claimed.motion = Motion::Ride;
        room.judge(
            Claim {
                visitor: ANA,
                generation,
                sequence: 1,
                stance: claimed,
            },
            now_ms + 5_000,
        );
        assert_eq!(stance(&room).motion, Motion::Stand);
    }

    #[tokio::test]
    async fn a_seat_is_free_again_after_a_ride_a_teleport_and_a_good_bye() {
        let (mut room, now_ms) = at_the_stop();
        let generation = now_ms;
        let seats = room.around.seats.clone();
        let channel = room.channel.clone();
        // Nobody else gets the one seat that there is, until it is given back.
        let take = async |who: u64| {
            let visitor = VisitorId(who);
            seats
                .take_in_vehicle(&channel, (0, 0), 1, visitor, generation)
                .await
        };
        let ends: [&dyn Fn(&mut Room); 3] = [
            &|room| {
                room.act(ANA, generation, Act::Alight, now_ms);
                room.carry(now_ms, now_ms);
            },
            &|room| {
                let spot = "west".to_owned();
                room.act(ANA, generation, Act::Teleport { spot }, now_ms);
            },
            &|room| room.leave(ANA, generation, true, now_ms),
        ];
        for end in ends {
            assert_eq!(take(ANA.0).await, Some(0));
            room.board(ANA, generation, seat(0), now_ms);
            assert!(room.visitors[&ANA].ride.is_some());
            assert_eq!(take(8).await, None);
            end(&mut room);
            assert_eq!(take(8).await, Some(0));
            seats.leave_vehicle(&channel, (0, 0), 0, VisitorId(8), generation);
        }
    }

    #[tokio::test]
    async fn a_seat_that_an_older_connection_took_is_free_again() {
        let (mut room, now_ms) = at_the_stop();
        let (seats, channel) = (room.around.seats.clone(), room.channel.clone());
        let take = async |who, generation| seats.take_in_vehicle(&channel, (0, 0), 1, who, generation).await;
        assert_eq!(take(ANA, now_ms).await, Some(0));
        // Meanwhile the session goes on through another connection.
        room.join(arrival(ANA, "west", now_ms + 1), Outbox::detached(), now_ms + 1);
        room.board(ANA, now_ms, seat(0), now_ms + 1);
        assert!(room.visitors[&ANA].ride.is_none());
        assert_eq!(take(VisitorId(8), now_ms).await, Some(0));
    }

    #[test]
    fn whoever_comes_back_in_time_still_sits_there() {
        let (mut room, now_ms) = at_the_stop();
        room.board(ANA, now_ms, seat(3), now_ms);
        room.leave(ANA, now_ms, false, now_ms);
        let later_ms = ticks(&mut room, now_ms, 20);
        room.join(arrival(ANA, "west", later_ms), Outbox::detached(), later_ms);
        ticks(&mut room, later_ms, 1);
        assert_eq!(room.visitors[&ANA].ride.map(|seated| seated.ride), Some(seat(3)));
        assert_eq!(stance(&room).motion, Motion::Ride);
        // Who does not come back leaves, as everyone whose line is lost.
        room.leave(ANA, later_ms, false, later_ms);
        ticks(&mut room, later_ms, 90);
        assert!(room.visitors.is_empty());
    }
}
