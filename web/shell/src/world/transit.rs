//! The place's lines of vehicles as they are met: what goes where, what stands near, and where a seat is.
//!
//! In: the relays' clock, which alone tells where vehicles are. Out: vehicles and seats at that time.

use glam::Vec3;
use shared::{
    city::{
        Place,
        transit::{Moment, Timetable, Vehicle},
    },
    motion::Motion,
    protocol::{Ride, Stance},
    space::Position,
};

use super::{
    gait::Gait,
    seen::{Seen, Whose},
};

/// The lines of a place.
#[derive(Clone, Debug, Default)]
pub struct Transit {
    pub(super) tables: Vec<Timetable>,
    /// What was told of last.
    told: Option<Call>,
}

/// What there is to tell of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// A vehicle can be boarded: its line, and which it is.
    AtHand(u8, u8),
    /// The visitor sits in a vehicle, which stands at a stop, or comes to it.
    Riding(Ride, usize, bool),
}

/// A seat at an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seat {
    /// Under the feet of whoever sits there, in metres.
    pub feet: Vec3,
    /// Where it faces, clockwise from north, in radians.
    pub heading: f32,
}

impl Transit {
    /// Of a place.
    pub fn of(place: &Place) -> Self {
        Self {
            tables: place.transit.iter().map(Timetable::new).collect(),
            told: None,
        }
    }

    /// What there is to tell, whether it is new or not.
    pub fn call(&self, ride: Option<Ride>, from: Position, ms: f64) -> Option<Call> {
        if let Some(ride) = ride {
            let table = self.table(ride.line)?;
            let now = table.moment(ride.vehicle, ms)?;
            let ahead = usize::from(!now.stands);
            return Some(Call::Riding(
                ride,
                (now.stop + ahead) % table.stops().count(),
                now.stands,
            ));
        }
        (0_u8..).zip(&self.tables).find_map(|(line, table)| {
            let vehicle = table.at_hand(from, ms)?;
            Some(Call::AtHand(line, vehicle))
        })
    }

    /// Whether there is something else to tell than before.
    pub fn is_news(&mut self, call: Option<Call>) -> bool {
        call != std::mem::replace(&mut self.told, call)
    }

    /// Where a seat is.
    pub fn seat(&self, ride: Ride, ms: f64) -> Option<Seat> {
        let table = self.table(ride.line)?;
        let now = table.moment(ride.vehicle, ms)?;
        let at = now.seat_m(table.vehicle(), ride.seat);
        Some(Seat {
            feet: Vec3::new(at.x, now.height_m + table.vehicle().floor_m(), at.y),
            heading: now.heading,
        })
    }

    /// The seat of someone who rode so at a time.
    pub fn ride_of(&self, stance: Stance, ms: f64) -> Option<Ride> {
        let at = stance.position.point.to_m();
        if stance.motion != Motion::Ride {
            return None;
        }
        (0_u8..).zip(&self.tables).find_map(|(line, table)| {
            let (vehicle, seat) = table.seat_at(at, ms)?;
            Some(Ride {
                line,
                vehicle,
                seat,
                alights: false,
            })
        })
    }

    /// All vehicles, as all views show them.
    pub fn seen(&self, ms: f64) -> impl Iterator<Item = Seen> {
        self.moments(ms).map(|(vehicle, now)| Seen {
            whose: Whose::Vehicle(vehicle),
            at: now.at,
            level: 0,
            y: now.height_m,
            heading: now.heading,
            gait: Gait::default(),
            opacity: 1.0,
            look: shared::look::Look::default(),
            seed: 0.0,
            ride: None,
        })
    }

    /// Where all vehicles are at a time.
    pub(super) fn moments(&self, ms: f64) -> impl Iterator<Item = (Vehicle, Moment)> {
        self.tables
            .iter()
            .flat_map(move |table| table.vehicles(ms).map(|(_, now)| (table.vehicle(), now)))
    }

    /// A line with a stop within 80 m of a position, and in how many seconds a vehicle is there.
    pub fn coming(&self, from: Position, ms: f64) -> Option<(usize, f64)> {
        const NEAR_M: f32 = 80.0;
        let here = from.point.to_m();
        self.tables.iter().enumerate().find_map(|(line, table)| {
            let (stop, _) = table
                .stops()
                .enumerate()
                .find(|(_, at)| at.distance(here) < NEAR_M)?;
            Some((line, table.comes_in_s(stop, ms)?))
        })
    }

    fn table(&self, line: u8) -> Option<&Timetable> {
        self.tables.get(usize::from(line))
    }
}
