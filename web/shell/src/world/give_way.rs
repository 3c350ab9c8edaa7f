//! Vehicles keep to their times and wait for nobody: whoever is in the way of one steps aside, and walks around one that
//! stands. Every page does so for its own visitor, so nobody is seen to be driven through.

use glam::Vec2;
use shared::city::transit::Moment;

use super::{World, controls::Wish, transit::Transit};

/// How far ahead one looks, from now on, in milliseconds: on foot there is time to step aside from the last.
const AHEAD_MS: [f64; 4] = [0.0, 500.0, 1_000.0, 1_500.0];

/// Farther off than this, in metres, nothing gets here in that time.
const NEAR_M: f32 = 50.0;

/// What comes sooner than this is run from, in milliseconds.
const SOON_MS: f64 = 1_000.0;

/// How far the middle of a person keeps from a vehicle, in metres.
const CLEAR_M: f32 = 0.35;

/// Within so much more, one walks along a vehicle and not towards it, in metres.
const BESIDE_M: f32 = 0.5;

/// What is higher than this above the street passes overhead, in metres.
const OVERHEAD_M: f32 = 2.4;

impl World {
    /// What is wished instead because of a vehicle, if one is in the way.
    pub(super) fn gives_way(&self, wish: Wish) -> Option<Wish> {
        let is_in_the_street =
            self.me.present && self.me.ride.is_none() && self.me.stance().position.level == 0;
        is_in_the_street
            .then(|| self.transit.give_way(wish, self.me.at(), self.relay_ms))
            .flatten()
    }
}

impl Transit {
    /// What a visitor at a point of the street wishes instead because of a vehicle; none where nothing is in the way.
    fn give_way(&self, wish: Wish, at: Vec2, ms: f64) -> Option<Wish> {
        self.tables.iter().find_map(|table| {
            let half = table.vehicle().half_m() + CLEAR_M;
            let mut near = table.vehicles(ms).filter(|(_, now)| now.at.distance(at) < NEAR_M);
            near.find_map(|(vehicle, _)| {
                AHEAD_MS.iter().find_map(|after_ms| {
                    let now = table.moment(vehicle, ms + after_ms)?;
                    if now.height_m >= OVERHEAD_M {
                        None
                    } else if now.stands && *after_ms == 0.0 {
                        around(wish, at, &now, half)
                    } else {
                        aside(wish, at, &now, half, *after_ms < SOON_MS)
                    }
                })
            })
        })
    }
}

/// Out of the way of what comes, to the nearer side; or not into it.
fn aside(wish: Wish, at: Vec2, now: &Moment, half: Vec2, soon: bool) -> Option<Wish> {
    let local = now.of_plan(at);
    let beyond = local.abs() - half;
    let out = Vec2::new(local.x.signum(), 0.0);
    if beyond.max_element() < 0.0 {
        return Some(Wish {
            direction: now.to_plan(out),
            run: soon,
            at_most_m: None,
        });
    }
    let wished = now.of_plan(now.at + wish.direction);
    (beyond.max_element() < BESIDE_M && wished.dot(out) < 0.0).then(|| Wish {
        direction: now.to_plan(wished.with_x(0.0)),
        ..wish
    })
}

/// Along what stands there; on the way somewhere, by the shorter way around it.
fn around(wish: Wish, at: Vec2, now: &Moment, half: Vec2) -> Option<Wish> {
    let local = now.of_plan(at);
    let beyond = local.abs() - half;
    let wished = now.of_plan(now.at + wish.direction);
    let (out, across) = if beyond.x > beyond.y {
        (Vec2::X * local.x.signum(), Vec2::Y)
    } else {
        (Vec2::Y * local.y.signum(), Vec2::X)
    };
    if beyond.max_element() >= BESIDE_M || wished.dot(out) >= 0.0 {
        return None;
    }
    let along = match wish.at_most_m {
        Some(left_m) => {
            let goal = local + wished * left_m;
            across * across.dot(local + goal).signum()
        }
        None => across * across.dot(wished),
    };
    Some(Wish {
        direction: now.to_plan(along),
        ..wish
    })
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use shared::{
        city::{
            City,
            transit::{Stop, TransitLine, Vehicle},
        },
        protocol::Periods,
        space::{Point, Position},
    };

    use super::*;
    use crate::world::{
        World,
        controls::Hold,
        tests::{START_MS, city, entered_in},
    };

    /// A bus goes round a long square whose first side leads through the middle of the place, along x; it stands there.
    fn beside_a_road(stop_x: i32) -> World {
        let corner = |x: i32, z: i32| Point::new(x * 100, z * 100);
        let mut city = City::clone(&city());
        city.places[0].transit = vec![TransitLine {
            name: "round".to_owned(),
            vehicle: Vehicle::Bus,
            vehicles: 1,
            path: vec![
                corner(-80, 0),
                corner(80, 0),
                corner(80, 90),
                corner(-80, 90),
                corner(-80, 0),
            ],
            stops: [80 + stop_x, 330]
                .map(|along_m: i32| Stop {
                    spot: "middle".to_owned(),
                    along_cm: (along_m * 100) as u32,
                })
                .into(),
        }];
        entered_in(Rc::new(city), Periods::default())
    }

    /// Goes on for a time, and says the least that was between visitor and bus, in metres.
    fn watch(world: &mut World, from_s: f64, for_s: f64) -> f32 {
        let mut least = f32::INFINITY;
        for frame in 0..(for_s * 60.0) as u32 {
            world.advance((from_s + f64::from(frame) / 60.0) * 1_000.0);
            for (vehicle, now) in world.transit.moments(world.relay_ms()) {
                let beyond = now.of_plan(world.me.at()).abs() - vehicle.half_m();
                least = least.min(beyond.max_element());
            }
        }
        least
    }

    /// When the bus stands at its stop in the middle next, and when it has gone, in seconds of the page's clock.
    fn stands(world: &World) -> (f64, f64) {
        let stands = |s: &f64| {
            let ms = START_MS as f64 + s * 1_000.0;
            world
                .transit
                .moments(ms)
                .any(|(_, now)| now.stands && now.stop == 0)
        };
        let seconds = || (0..2_000).map(|tenth| f64::from(tenth) / 10.0);
        let first = seconds().skip_while(stands).find(stands).unwrap();
        let gone = seconds().skip_while(|s| *s < first).find(|s| !stands(s)).unwrap();
        (first, gone)
    }

    #[test]
    fn whoever_stands_in_the_way_of_a_bus_steps_aside_and_stays_there() {
        let mut world = beside_a_road(60);
        let least = watch(&mut world, 0.0, 100.0);
        assert!(least > 0.1 && least < 3.0, "{least}");
        let at = world.me.at();
        assert!(
            at.x.abs() < 1.0 && at.y.abs() < 3.0,
            "not farther than it takes: {at}"
        );
    }

    #[test]
    fn whoever_crosses_a_street_waits_for_the_bus_and_goes_on() {
        for later_s in [0.0, 0.4, 0.8, 1.2, 1.6, 2.0] {
            let mut world = beside_a_road(60);
            let (stands_s, _) = stands(&world);
            // It passes the middle nine seconds before it stands, and the street is three seconds away.
            let sets_off_s = stands_s - 13.5 + later_s;
            world.controls.hold(Hold::Back, true);
            watch(&mut world, 0.0, 4.0);
            world.controls.hold(Hold::Back, false);
            watch(&mut world, 4.0, sets_off_s - 4.0);
            world.controls.hold(Hold::Forward, true);
            let least = watch(&mut world, sets_off_s, 14.0);
            assert!(least > 0.1 && least < 3.0, "{later_s}: {least}");
            assert!(world.me.at().y < -1.65, "across: {}", world.me.at());
        }
    }

    #[test]
    fn a_way_leads_around_a_bus_that_stands() {
        let mut world = beside_a_road(0);
        let (stands_s, gone_s) = stands(&world);
        let to = |x, z| Position {
            point: Point::new(x, z),
            level: 0,
        };
        watch(&mut world, 0.0, stands_s - 5.0);
        world.walk_to(to(100, 400));
        watch(&mut world, stands_s - 5.0, 5.0);
        world.walk_to(to(100, -400));
        let least = watch(&mut world, stands_s, 12.0);
        assert!(stands_s + 12.0 < gone_s, "it stands all the time");
        assert!(least > 0.1, "{least}");
        assert!(
            world.me.at().distance(Vec2::new(1.0, -4.0)) < 0.2,
            "{}",
            world.me.at()
        );
    }
}
