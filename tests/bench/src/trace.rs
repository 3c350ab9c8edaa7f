//! The seeded walking trace that every server is given: waypoint after waypoint inside a square, at walking
//! speed, turning no faster than people do.
//!
//! Positions are whole centimetres from the middle of the walker's group, headings are steps of 1.4 degrees: what is
//! sent is what must arrive. It knows neither servers nor the clock.

use std::f32::consts::{PI, TAU};

use ::crowd::seeded::Seeded;
use glam::{Vec2, vec2};
use shared::{
    motion::{Motion, WALK_M_S},
    protocol::TICK_HZ,
    space::Heading,
};

/// Centimetres that a walker covers between two moves.
const STEP_CM: f32 = WALK_M_S * 100.0 / TICK_HZ as f32;

/// What a walker turns between two moves, in radians: 60 degrees a second.
const TURN: f32 = PI / 3.0 / TICK_HZ as f32;

/// A waypoint nearer than this has been reached, in centimetres: more than the width of the tightest circle, so that
/// nobody walks around one for ever.
const ARRIVED_CM: f32 = 400.0;

/// What a move says: where, from the middle of the group, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Move {
    /// Centimetres to the east.
    pub x: i16,
    /// Centimetres to the south.
    pub z: i16,
    /// Where it faces.
    pub heading: Heading,
}

impl Move {
    /// The form that the peers take: x, z, heading, motion; little-endian.
    pub fn bytes(self) -> [u8; 6] {
        let ([a, b], [c, d]) = (self.x.to_le_bytes(), self.z.to_le_bytes());
        [a, b, c, d, self.heading.0, Motion::Walk.index()]
    }

    /// Reads the form that the peers pass on.
    pub fn from_bytes([a, b, c, d, heading, _]: [u8; 6]) -> Self {
        Self {
            x: i16::from_le_bytes([a, b]),
            z: i16::from_le_bytes([c, d]),
            heading: Heading(heading),
        }
    }
}

/// One walker.
#[derive(Clone, Debug)]
pub struct Walker {
    random: Seeded,
    half_side_cm: f32,
    at: Vec2,
    to: Vec2,
    /// Where it faces, in radians clockwise from north.
    angle: f32,
}

impl Walker {
    /// Somewhere in a square of a side in centimetres around the middle of the group.
    pub fn new(seed: u64, side_cm: u16) -> Self {
        let mut walker = Self {
            random: Seeded::new(seed),
            half_side_cm: f32::from(side_cm) / 2.0,
            at: Vec2::ZERO,
            to: Vec2::ZERO,
            angle: 0.0,
        };
        walker.at = walker.waypoint();
        walker.to = walker.waypoint();
        walker.angle = walker.random.fraction() * TAU;
        walker
    }

    /// Where the walker is a tick later: never the same place twice in a row.
    pub fn step(&mut self) -> Move {
        while self.at.distance(self.to) < ARRIVED_CM {
            self.to = self.waypoint();
        }
        let way = self.to - self.at;
        let off = (way.x.atan2(-way.y) - self.angle + PI).rem_euclid(TAU) - PI;
        self.angle += off.clamp(-TURN, TURN);
        // What is sent is whole steps of 1.4 degrees, and one walks where one faces.
        let heading = Heading::from_radians(self.angle);
        self.at += heading.direction() * STEP_CM;
        Move {
            x: self.at.x.round() as i16,
            z: self.at.y.round() as i16,
            heading,
        }
    }

    /// Far enough from the edge of the square to turn inside it.
    fn waypoint(&mut self) -> Vec2 {
        let reach = self.half_side_cm - ARRIVED_CM;
        let mut along = || (self.random.fraction() * 2.0 - 1.0) * reach;
        vec2(along(), along())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walker_keeps_its_speed_stays_inside_and_never_stands() {
        let mut walker = Walker::new(7, 2_400);
        let mut last = walker.step();
        for _ in 0..10_000 {
            let next = walker.step();
            let step = f32::from(next.x - last.x).hypot(f32::from(next.z - last.z));
            assert!((step - STEP_CM).abs() < 1.5, "{last:?} to {next:?}");
            assert!(next.x.abs() <= 1_200 && next.z.abs() <= 1_200);
            last = next;
        }
    }

    #[test]
    fn the_same_seed_walks_the_same_way() {
        let way = |seed| {
            let mut walker = Walker::new(seed, 4_800);
            (0..100).map(|_| walker.step()).collect::<Vec<_>>()
        };
        assert_eq!(way(1), way(1));
        assert_ne!(way(1), way(2));
    }

    #[test]
    fn a_move_survives_its_wire_form() {
        let there = Move {
            x: -1_200,
            z: 777,
            heading: Heading(200),
        };
        assert_eq!(Move::from_bytes(there.bytes()), there);
    }
}
