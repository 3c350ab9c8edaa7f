//! Bicycles of the city: who is near a rack may take one, and get off it anywhere.

use glam::Vec2;
use shared::{
    city::{
        Kit, Place,
        measures::{BICYCLES_APART_CM, parked_m},
    },
    look::WHEELCHAIR,
    space::{Heading, Level, Point, Position},
};

use super::{
    World,
    gait::Gait,
    seen::{Seen, Whose},
};

/// How near to a rack one can take a bicycle, in metres.
const AT_HAND_M: f32 = 4.0;

/// Farther off bicycles are not shown, in metres.
const SHOWN_M: f32 = 90.0;

/// The racks of a place.
#[derive(Clone, Debug, Default)]
pub struct Racks(Vec<Rack>);

#[derive(Clone, Debug)]
struct Rack {
    at: Point,
    level: Level,
    facing: Heading,
    bicycles: u8,
}

impl Racks {
    /// Of a place.
    pub fn of(place: &Place) -> Self {
        let racks = place.parts.iter().filter_map(|part| match &part.kit {
            Kit::BicycleRack { at, facing, bicycles } => Some(Rack {
                at: *at,
                level: part.level,
                facing: *facing,
                bicycles: *bicycles,
            }),
            _ => None,
        });
        Self(racks.collect())
    }

    /// Whether a bicycle is at hand.
    fn near(&self, from: Position) -> bool {
        let reach = |rack: &Rack| AT_HAND_M + f32::from(rack.bicycles) * BICYCLES_APART_CM / 200.0;
        let at = from.point.to_m();
        let mut here = self.0.iter().filter(|rack| rack.level == from.level);
        here.any(|rack| rack.at.to_m().distance(at) < reach(rack))
    }

    /// The bicycles that stand in racks near a point.
    pub fn seen(&self, from: Vec2) -> impl Iterator<Item = Seen> {
        let near = self
            .0
            .iter()
            .filter(move |rack| rack.at.to_m().distance(from) < SHOWN_M);
        near.flat_map(|rack| {
            let parked = parked_m(rack.at, rack.facing, rack.bicycles);
            parked.map(|at| bicycle(at, rack.level, rack.facing.radians()))
        })
    }
}

fn bicycle(at: Vec2, level: Level, heading: f32) -> Seen {
    Seen {
        whose: Whose::Bicycle,
        at,
        level,
        y: 0.0,
        heading,
        gait: Gait::default(),
        opacity: 1.0,
        look: shared::look::Look::default(),
        seed: 0.0,
        ride: None,
    }
}

/// The bicycles under those of the figures near a point who are on one. A wheelchair goes as fast by itself.
pub fn under(figures: &[Seen], from: Vec2) -> Vec<Seen> {
    let rides = |figure: &&Seen| {
        let cycles = figure.gait.motion.is_cycling() && figure.look.aid != WHEELCHAIR;
        cycles && figure.at.distance(from) < SHOWN_M
    };
    let riding = figures.iter().filter(rides);
    riding
        .map(|figure| Seen {
            y: figure.y,
            opacity: figure.opacity,
            ..bicycle(figure.at, figure.level, figure.heading)
        })
        .collect()
}

impl World {
    /// Whether the visitor is on a bicycle, or could take one; none when there is nothing to do with any.
    pub fn bicycle(&self) -> Option<bool> {
        if !self.me.present || self.me.ride.is_some() {
            return None;
        }
        let at_hand = || self.racks.near(self.me.stance().position).then_some(false);
        if self.me.cycles() { Some(true) } else { at_hand() }
    }

    /// Takes a bicycle that is at hand, or gets off it. Whether anything came of it.
    pub fn take_bicycle(&mut self) -> bool {
        let Some(on) = self.bicycle() else { return false };
        self.controls.stop();
        self.me.cycle(!on);
        true
    }
}

#[cfg(test)]
mod tests {
    use shared::{
        city::{City, Part},
        motion::Motion,
        protocol::{Periods, Stance},
    };

    use super::*;
    use crate::world::{
        Happening,
        controls::Hold,
        tests::{city, entered_in, run, welcome},
    };

    fn with_rack() -> World {
        let mut city: City = (*city()).clone();
        city.places[0].parts.push(Part {
            name: None,
            level: 0,
            kit: Kit::BicycleRack {
                at: Point::new(0, 300),
                facing: Heading(0),
                bicycles: 4,
            },
        });
        entered_in(city.into(), Periods::default())
    }

    #[test]
    fn whoever_is_near_a_rack_takes_a_bicycle_is_fast_and_gets_off_anywhere() {
        let mut world = with_rack();
        assert_eq!(world.bicycle(), Some(false));
        assert!(world.take_bicycle());
        assert_eq!(
            (world.bicycle(), world.me.motion()),
            (Some(true), Motion::Astride)
        );
        world.controls.hold(Hold::Right, true);
        let told = run(&mut world, 0.0, 2_000.0);
        assert!(
            told.contains(&Happening::Bicycle(Some(false))),
            "there is something else to do now"
        );
        let way = world.me.at().length();
        assert!((way - 2.0 * Motion::Cycle.speed_m_s()).abs() < 0.4, "{way}");
        world.controls.hold(Hold::Right, false);
        run(&mut world, 2_000.0, 500.0);
        assert_eq!(world.me.motion(), Motion::Astride);
        let bicycles = |world: &World| {
            world
                .seen()
                .iter()
                .filter(|seen| seen.whose == Whose::Bicycle)
                .count()
        };
        assert_eq!(bicycles(&world), 5, "four in the rack, and the own one");
        assert!(world.take_bicycle());
        assert_eq!((world.bicycle(), world.me.motion()), (None, Motion::Stand));
        assert!(!world.take_bicycle(), "none is at hand");
        assert_eq!(bicycles(&world), 4);
    }

    #[test]
    fn a_lost_line_takes_no_bicycle_and_whoever_is_set_down_elsewhere_stands_there_on_foot() {
        let mut world = with_rack();
        assert!(world.take_bicycle());
        let held = world.me.stance();
        world.welcome(&welcome("square", 3, held), 1_000.0);
        assert_eq!(world.bicycle(), Some(true));
        world.correct(Stance {
            motion: Motion::Stand,
            ..held
        });
        assert_eq!((world.bicycle(), world.me.motion()), (Some(false), Motion::Stand));
    }
}
