//! One figure as all views show it.

use glam::{Vec2, Vec3};
use shared::{
    city::transit::Vehicle,
    look::Look,
    protocol::{Ride, VisitorId},
    space::Level,
    stage,
};

use super::gait::Gait;

/// Whose figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The visitor's own.
    Mine,
    /// Another person's.
    Person(VisitorId),
    /// The city's: never counted, never named.
    Ambient,
    /// Nobody's: a vehicle.
    Vehicle(Vehicle),
    /// Nobody's: a bicycle, also under who rides it.
    Bicycle,
}

/// A figure at an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Whose.
    pub whose: Whose,
    /// Metres `(x, z)`.
    pub at: Vec2,
    /// The floor.
    pub level: Level,
    /// Height of the feet, in metres: for [`super::World::seen`] to tell, which knows the ground.
    pub y: f32,
    /// Clockwise from north, in radians.
    pub heading: f32,
    /// What it does.
    pub gait: Gait,
    /// 0 invisible, 1 solid.
    pub opacity: f32,
    /// How it appears.
    pub look: Look,
    /// A number of its own, 0 to 1.
    pub seed: f32,
    /// The seat in a vehicle, for [`super::World::seen`] to tell where that is.
    pub ride: Option<Ride>,
}

impl Seen {
    /// Where the feet are, in metres.
    pub fn feet(&self) -> Vec3 {
        Vec3::new(self.at.x, self.y, self.at.y)
    }

    /// As the engine takes it.
    pub fn figure(&self) -> stage::Figure {
        let (flags, look) = match self.whose {
            Whose::Mine => (stage::OWN, self.look.to_bytes()),
            Whose::Vehicle(vehicle) => (stage::VEHICLE, [vehicle as u8; 12]),
            Whose::Bicycle => (stage::VEHICLE, [stage::BICYCLE; 12]),
            Whose::Person(_) | Whose::Ambient => (0, self.look.to_bytes()),
        };
        let lasted = (self.gait.lasted_s * 10.0) as u8;
        let angle = |rad: f32| (rad / stage::GAZE_RAD) as i8;
        stage::Figure {
            position: self.feet().to_array(),
            heading: self.heading,
            motion: [self.gait.motion.index(), self.gait.before.index(), flags, lasted],
            since_s: self.gait.since_s,
            stride_m: self.gait.stride_m,
            opacity: self.opacity,
            look,
            seed: self.seed,
            gaze: [
                angle(self.gait.gaze),
                i8::from(self.gait.speaks),
                angle(self.gait.turning),
                0,
            ],
            reserved: [0; 3],
        }
    }
}

/// A number between 0 and 1 of a visitor's own.
pub fn seed(id: u64) -> f32 {
    // Fibonacci hashing: neighbouring ids end up far apart.
    (id.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as f32 / (1_u32 << 24) as f32
}
