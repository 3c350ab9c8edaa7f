//! Lines of vehicles, and where each vehicle is at any time.
//!
//! A timetable is a function of the relays' clock and of nothing else: relays and pages need not tell one another where a
//! vehicle is, nor whoever rides in it, and none is ever late.

use glam::{Vec2, vec2};
use serde::{Deserialize, Serialize};

use super::strip::Strip;
use crate::{
    motion::Motion,
    protocol::Stance,
    space::{Heading, Point, Position},
};

/// From how far a vehicle that stands at a stop can be boarded, in centimetres from its middle.
pub const BOARDING_CM: f32 = 3_000.0;

/// A line of vehicles that go round and round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransitLine {
    /// Key of its name in the pack's locales (`part-<name>`).
    pub name: String,
    /// What goes along it.
    pub vehicle: Vehicle,
    /// How many of them, evenly spread.
    pub vehicles: u8,
    /// The way, which ends where it begins.
    pub path: Vec<Point>,
    /// Where they stand for a while, in the order of the way.
    pub stops: Vec<Stop>,
}

/// A stop of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// [`super::Spot::id`]: the stop is called as this spot is.
    pub spot: String,
    /// How far along the way it is, in centimetres.
    pub along_cm: u32,
}

/// What goes along a line. Variants are only appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Vehicle {
    /// A red high-decker whose rear half is open to the sky.
    Bus,
    /// A drone taxi: four seats under rotors. It rises and sinks where it stops, and flies straight in between.
    Drone,
    /// A tram of 1899: two axles, a cabin under a roof, and benches behind it that are open to the sky.
    Tram,
}

/// How a kind of vehicle goes, and where one sits in it.
struct Manner {
    cruise_m_s: f32,
    gain_m_s2: f32,
    stands_s: f32,
    rises_s: f32,
    height_m: f32,
    /// Half its width and half its length, in metres.
    half_m: [f32; 2],
    /// From its middle to where it turns, in metres.
    axle_m: f32,
    /// From the ground to under the feet of whoever sits in it, in metres.
    floor_m: f32,
    /// Columns of seats: how far each is to the right of the middle, in metres.
    columns: &'static [f32],
    rows: u8,
    /// How far ahead of the middle the first row is, and how far apart rows are, in metres.
    row_m: [f32; 2],
}

impl Vehicle {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Bus, Self::Drone, Self::Tram];

    fn manner(self) -> Manner {
        match self {
            Self::Bus => Manner {
                cruise_m_s: 11.0,
                gain_m_s2: 1.4,
                stands_s: 14.0,
                rises_s: 0.0,
                height_m: 0.0,
                half_m: [1.3, 6.0],
                axle_m: 3.0,
                floor_m: 1.5,
                columns: &[-0.9, -0.45, 0.45, 0.9],
                rows: 6,
                row_m: [-0.5, 0.85],
            },
            Self::Drone => Manner {
                cruise_m_s: 24.0,
                gain_m_s2: 2.0,
                stands_s: 20.0,
                rises_s: 20.0,
                height_m: 160.0,
                half_m: [1.3, 2.2],
                axle_m: 1.5,
                floor_m: 0.55,
                columns: &[-0.45, 0.45],
                rows: 2,
                row_m: [0.55, 1.05],
            },
            Self::Tram => Manner {
                cruise_m_s: 5.0,
                gain_m_s2: 0.7,
                stands_s: 16.0,
                rises_s: 0.0,
                height_m: 0.0,
                half_m: [1.1, 3.7],
                axle_m: 1.0,
                floor_m: 0.85,
                columns: &[-0.75, -0.25, 0.25, 0.75],
                rows: 2,
                row_m: [-1.9, 0.85],
            },
        }
    }

    /// How many can sit in it.
    pub fn seats(self) -> u16 {
        let manner = self.manner();
        manner.columns.len() as u16 * u16::from(manner.rows)
    }

    /// Half its width and half its length, in metres.
    pub fn half_m(self) -> Vec2 {
        Vec2::from_array(self.manner().half_m)
    }

    /// How high its floor is above what it stands on, in metres.
    pub fn floor_m(self) -> f32 {
        self.manner().floor_m
    }

    /// Where a seat is, in metres to the right of its middle and ahead of it.
    fn seat(self, seat: u16) -> Vec2 {
        let manner = self.manner();
        let columns = manner.columns.len().max(1);
        let (row, column) = (usize::from(seat) / columns, usize::from(seat) % columns);
        let [first, apart] = manner.row_m;
        let aside = manner.columns.get(column).copied().unwrap_or_default();
        vec2(aside, first - apart * row as f32)
    }
}

/// A vehicle at an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Its middle, in metres.
    pub at: Vec2,
    /// Where it faces, clockwise from north, in radians.
    pub heading: f32,
    /// How high it is above the street, in metres.
    pub height_m: f32,
    /// The stop at which it stands, or which it has left last.
    pub stop: usize,
    /// Whether it stands there, with its doors open.
    pub stands: bool,
}

/// A line with the times of its vehicles.
#[derive(Clone, Debug)]
pub struct Timetable {
    vehicle: Vehicle,
    vehicles: u8,
    way: Strip,
    legs: Vec<Leg>,
    period_s: f64,
}

/// From when a vehicle stands at one stop until it stands at the next.
#[derive(Clone, Copy, Debug)]
struct Leg {
    begins_s: f64,
    from_m: f32,
    length_m: f32,
}

impl Timetable {
    /// Of a line; without stops nothing goes along it.
    pub fn new(line: &TransitLine) -> Self {
        let way = Strip::new(line.path.iter().map(|point| point.to_m()).collect());
        let (whole_m, manner) = (way.length(), line.vehicle.manner());
        let along = |stop: &Stop| stop.along_cm as f32 / 100.0;
        let next = line.stops.iter().cycle().skip(1);
        let mut period_s = 0.0;
        let legs = line.stops.iter().zip(next).map(|(stop, next)| {
            let leg = Leg {
                begins_s: period_s,
                from_m: along(stop),
                length_m: (along(next) - along(stop)).rem_euclid(whole_m.max(1.0)),
            };
            period_s += f64::from(manner.stands_s + 2.0 * manner.rises_s + manner.under_way_s(leg.length_m));
            leg
        });
        Self {
            vehicle: line.vehicle,
            legs: legs.collect(),
            vehicles: line.vehicles,
            period_s,
            way,
        }
    }

    /// What goes along it.
    pub fn vehicle(&self) -> Vehicle {
        self.vehicle
    }

    /// Its vehicles, by number, at a time of the relays' clock in milliseconds.
    pub fn vehicles(&self, ms: f64) -> impl Iterator<Item = (u8, Moment)> {
        (0..self.vehicles).filter_map(move |vehicle| Some((vehicle, self.moment(vehicle, ms)?)))
    }

    /// A vehicle at a time; none where there is no such vehicle.
    pub fn moment(&self, vehicle: u8, ms: f64) -> Option<Moment> {
        let time_s = self.time_s(vehicle, ms)?;
        let (stop, leg) = self
            .legs
            .iter()
            .enumerate()
            .rfind(|(_, leg)| leg.begins_s <= time_s)?;
        let manner = self.vehicle.manner();
        let since_s = (time_s - leg.begins_s) as f32 - manner.stands_s;
        let under_way_s = manner.under_way_s(leg.length_m);
        let gone_m = manner.gone_m(since_s - manner.rises_s, leg.length_m);
        // It rises before it goes, and sinks once it is there.
        let (rises_s, sinks_s) = (since_s, 2.0 * manner.rises_s + under_way_s - since_s);
        let risen = (rises_s.min(sinks_s) / manner.rises_s.max(0.01)).clamp(0.0, 1.0);
        let (front, rear) = (
            self.on_way(leg.from_m + gone_m + manner.axle_m),
            self.on_way(leg.from_m + gone_m - manner.axle_m),
        );
        let ahead = front - rear;
        Some(Moment {
            at: (front + rear) / 2.0,
            heading: ahead.x.atan2(-ahead.y),
            height_m: manner.height_m * risen * risen * (3.0 - 2.0 * risen),
            stop,
            stands: since_s < 0.0,
        })
    }

    /// How long until a vehicle stands at a stop, in seconds; 0 while one does.
    pub fn comes_in_s(&self, stop: usize, ms: f64) -> Option<f64> {
        let begins_s = self.legs.get(stop)?.begins_s;
        let stands_s = f64::from(self.vehicle.manner().stands_s);
        (0..self.vehicles)
            .filter_map(|vehicle| {
                let since_s = (self.time_s(vehicle, ms)? - begins_s).rem_euclid(self.period_s);
                Some(if since_s < stands_s {
                    0.0
                } else {
                    self.period_s - since_s
                })
            })
            .min_by(f64::total_cmp)
    }

    /// How a vehicle stands at a stop.
    pub fn standing(&self, stop: usize) -> Option<Moment> {
        let begins_s = self.legs.get(stop)?.begins_s;
        self.moment(0, (begins_s + 0.001) * 1_000.0)
    }

    /// Where the line stops, in metres.
    pub fn stops(&self) -> impl Iterator<Item = Vec2> {
        self.legs.iter().map(|leg| self.on_way(leg.from_m))
    }

    /// The vehicle that can be boarded from a position now, if one can.
    pub fn at_hand(&self, from: Position, ms: f64) -> Option<u8> {
        self.vehicles(ms)
            .find(|(_, now)| now.is_at_hand(from))
            .map(|(vehicle, _)| vehicle)
    }

    /// Whether a vehicle can be boarded from a position then.
    pub fn is_at_hand(&self, vehicle: u8, from: Position, ms: f64) -> bool {
        self.moment(vehicle, ms).is_some_and(|now| now.is_at_hand(from))
    }

    /// How someone is who sits in a vehicle then.
    pub fn seated(&self, vehicle: u8, seat: u16, ms: f64) -> Option<Stance> {
        Some(self.moment(vehicle, ms)?.seated(self.vehicle, seat))
    }

    /// The vehicle and the seat in which someone sat at a point then, in metres; none when nobody could have.
    pub fn seat_at(&self, at: Vec2, ms: f64) -> Option<(u8, u16)> {
        /// What is seen of someone far off is rounded, and told of seldom.
        const OFF_M: f32 = 6.0;
        /// No seat is farther from the middle of its vehicle.
        const LONGEST_M: f32 = 6.0;
        let mut nearest = None;
        let mut least_m = OFF_M;
        for (vehicle, now) in self.vehicles(ms) {
            if now.at.distance(at) > OFF_M + LONGEST_M {
                continue;
            }
            for seat in 0..self.vehicle.seats() {
                let off_m = now.seat_m(self.vehicle, seat).distance(at);
                if off_m < least_m {
                    least_m = off_m;
                    nearest = Some((vehicle, seat));
                }
            }
        }
        nearest
    }

    /// Where a vehicle is in the period, in seconds.
    fn time_s(&self, vehicle: u8, ms: f64) -> Option<f64> {
        let phase = f64::from(vehicle) / f64::from(self.vehicles);
        (vehicle < self.vehicles && self.period_s > 0.0)
            .then(|| (ms / 1_000.0 + phase * self.period_s).rem_euclid(self.period_s))
    }

    fn on_way(&self, along_m: f32) -> Vec2 {
        self.way.at(along_m.rem_euclid(self.way.length().max(1.0)), 0.0)
    }
}

impl Moment {
    fn is_at_hand(&self, from: Position) -> bool {
        self.stands && from.level == 0 && Point::from_m(self.at).distance_cm(from.point) <= BOARDING_CM
    }

    /// How someone is who sits on a seat of a vehicle now.
    pub fn seated(&self, vehicle: Vehicle, seat: u16) -> Stance {
        Stance {
            position: Position {
                point: Point::from_m(self.seat_m(vehicle, seat)),
                level: 0,
            },
            heading: Heading::from_radians(self.heading),
            motion: Motion::Ride,
        }
    }

    /// Where one gets off, in metres.
    pub fn door_m(&self) -> Vec2 {
        /// To its right, clear of it.
        const DOOR_M: f32 = 2.6;
        self.at + Vec2::from_angle(self.heading) * DOOR_M
    }

    /// Where a seat of a vehicle is now, in metres.
    pub fn seat_m(&self, vehicle: Vehicle, seat: u16) -> Vec2 {
        self.at + self.to_plan(vehicle.seat(seat))
    }

    /// A point of the plan as the vehicle has it: to the right of its middle and ahead of it, in metres.
    pub fn of_plan(&self, at: Vec2) -> Vec2 {
        let (right, ahead) = self.axes();
        vec2(right.dot(at - self.at), ahead.dot(at - self.at))
    }

    /// What is so far to the vehicle's right and ahead, as a way on the plan.
    pub fn to_plan(&self, local: Vec2) -> Vec2 {
        let (right, ahead) = self.axes();
        right * local.x + ahead * local.y
    }

    /// To its right, and ahead.
    fn axes(&self) -> (Vec2, Vec2) {
        let (sin, cos) = self.heading.sin_cos();
        (vec2(cos, sin), vec2(sin, -cos))
    }
}

impl Manner {
    /// How long it takes from standing to standing, in seconds.
    fn under_way_s(&self, length_m: f32) -> f32 {
        let (cruise, gain) = (self.cruise_m_s, self.gain_m_s2);
        if length_m * gain >= cruise * cruise {
            length_m / cruise + cruise / gain
        } else {
            2.0 * (length_m / gain).sqrt()
        }
    }

    /// How far it has come some seconds after it set off.
    fn gone_m(&self, since_s: f32, length_m: f32) -> f32 {
        let whole_s = self.under_way_s(length_m);
        let gains_s = (self.cruise_m_s / self.gain_m_s2).min(whole_s / 2.0);
        let since_s = since_s.clamp(0.0, whole_s);
        let gaining = |s: f32| self.gain_m_s2 * s * s / 2.0;
        if since_s < gains_s {
            gaining(since_s)
        } else if since_s > whole_s - gains_s {
            length_m - gaining(whole_s - since_s)
        } else {
            gaining(gains_s) + (since_s - gains_s) * self.gain_m_s2 * gains_s
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(vehicle: Vehicle) -> Timetable {
        let corner = |x, z| Point::new(x * 100, z * 100);
        let stop = |along_m: u32| Stop {
            spot: "somewhere".to_owned(),
            along_cm: along_m * 100,
        };
        Timetable::new(&TransitLine {
            name: "round".to_owned(),
            vehicle,
            vehicles: 3,
            path: vec![
                corner(0, 0),
                corner(300, 0),
                corner(300, 300),
                corner(0, 300),
                corner(0, 0),
            ],
            stops: vec![stop(20), stop(150), stop(700)],
        })
    }

    #[test]
    fn vehicles_go_on_without_a_leap_and_stand_at_every_stop() {
        for vehicle in Vehicle::ALL {
            let table = square(vehicle);
            let mut stood = Vec::new();
            let mut before: Option<Moment> = None;
            for tenth in 0..(table.period_s * 10.0) as u32 {
                let now = table
                    .moment(1, 1.8e12 + f64::from(tenth) * 100.0)
                    .expect("there is a second vehicle");
                let fastest_m = vehicle.manner().cruise_m_s * 0.11;
                if let Some(before) = before {
                    assert!(now.at.distance(before.at) < fastest_m, "{before:?} to {now:?}");
                    assert!((now.height_m - before.height_m).abs() < 1.5);
                }
                if now.stands {
                    stood.push(now.stop);
                    assert!(now.height_m < 0.001);
                }
                before = Some(now);
            }
            let tenths = (vehicle.manner().stands_s * 10.0) as i32;
            for stop in 0..3 {
                let times = stood.iter().filter(|at| **at == stop).count() as i32;
                assert!((times - tenths).abs() <= 2, "stop {stop}: {times}");
            }
        }
    }

    #[test]
    fn what_comes_is_there_when_it_was_said_to_be() {
        let table = square(Vehicle::Bus);
        for ms in [0.0, 1.8e12, 1.800_000_033_333e12] {
            for stop in 0..3 {
                let wait_s = table.comes_in_s(stop, ms).expect("it stops there");
                let then = ms + (wait_s + 1.0) * 1_000.0;
                let stands = |(_, now): (u8, Moment)| now.stands && now.stop == stop;
                assert!(table.vehicles(then).any(stands), "stop {stop} in {wait_s} s");
            }
        }
    }

    #[test]
    fn everyone_sits_on_a_seat_of_their_own_and_is_found_there() {
        for vehicle in Vehicle::ALL {
            let table = square(vehicle);
            for ms in [0.0, 41_000.0, 97_000.0] {
                for seat in 0..vehicle.seats() {
                    let stance = table.seated(2, seat, ms).expect("it is there");
                    assert_eq!(stance.motion, Motion::Ride);
                    let at = stance.position.point.to_m();
                    assert_eq!(table.seat_at(at, ms), Some((2, seat)));
                }
            }
        }
    }

    #[test]
    fn one_boards_what_stands_and_nothing_from_afar() {
        let table = square(Vehicle::Bus);
        let at_stop = |x: i32| Position {
            point: Point::new(x * 100, 500),
            level: 0,
        };
        let mut boarded = 0;
        for second in 0..table.period_s as u32 {
            let ms = f64::from(second) * 1_000.0;
            if let Some(vehicle) = table.at_hand(at_stop(20), ms) {
                boarded += 1;
                assert!(table.moment(vehicle, ms).is_some_and(|now| now.stands));
            }
            assert_eq!(table.at_hand(at_stop(75), ms), None);
        }
        // Three vehicles, each for as long as it stands.
        assert!((39..=45).contains(&boarded), "{boarded} s");
    }

    #[test]
    fn a_line_without_stops_has_no_vehicles() {
        let table = Timetable::new(&TransitLine {
            name: String::new(),
            vehicle: Vehicle::Bus,
            vehicles: 0,
            path: Vec::new(),
            stops: Vec::new(),
        });
        assert_eq!(table.vehicles(0.0).count(), 0);
        assert_eq!(table.moment(0, 0.0), None);
        assert_eq!(table.comes_in_s(0, 0.0), None);
    }
}
