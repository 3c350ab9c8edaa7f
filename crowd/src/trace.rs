//! What each visitor does, tick after tick: a pure function of the seed, the visitor's number and the tick.
//!
//! It knows neither relays nor the clock. Positions are whole centimetres from the visitor's spot, headings steps of
//! 1.4 degrees: what is sent is what must arrive.

use std::f32::consts::{PI, TAU};

use crowd::seeded::Seeded;
use glam::{Vec2, vec2};
use shared::{
    motion::{Motion, WALK_M_S},
    protocol::{Stance, TICK_HZ},
    space::{Heading, Point, Position},
};

use crate::{ground::Home, options::Scene};

/// Centimetres that a walker covers between two ticks.
const STEP_CM: f32 = WALK_M_S * 100.0 / TICK_HZ as f32;

/// What a walker turns between two ticks, in radians: 60 degrees a second.
const TURN: f32 = PI / 3.0 / TICK_HZ as f32;

/// A waypoint nearer than this has been reached, in centimetres: more than the width of the tightest circle, so that
/// nobody walks around one for ever, nor leaves the ground while turning.
const ARRIVED_CM: f32 = 400.0;

/// People on a square metre before the stage, at its closest.
const CROWDED: f32 = 2.0;

/// What a visitor does at a tick, from its spot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Centimetres to the east.
    pub x: i16,
    /// Centimetres to the south.
    pub z: i16,
    /// Where it faces.
    pub heading: Heading,
    /// What it does.
    pub motion: Motion,
}

impl Step {
    /// As the relays take it.
    pub fn stance(self, home: &Home) -> Stance {
        let point = Point::new(home.point.x + i32::from(self.x), home.point.z + i32::from(self.z));
        Stance {
            position: Position {
                point,
                level: home.level,
            },
            heading: self.heading,
            motion: self.motion,
        }
    }
}

/// What one visitor does.
#[derive(Clone, Debug)]
pub struct Track {
    random: Seeded,
    at: Vec2,
    low: Vec2,
    high: Vec2,
    /// Where it faces, in radians clockwise from north.
    angle: f32,
    motion: Motion,
    part: Part,
}

#[derive(Clone, Debug)]
enum Part {
    /// Walks from waypoint to waypoint.
    Walker { to: Vec2 },
    /// Stands, and does something else after so many ticks.
    Idler { until: u32 },
    /// Stands before the stage; shuffles on for some ticks, or claps until then.
    Listener { until: u32, shuffles: u32 },
}

impl Track {
    /// A visitor of a scene; `neighbours` is about how many share the home.
    pub fn new(seed: u64, visitor: u32, scene: Scene, home: &Home, neighbours: u32) -> Self {
        let mut random = Seeded::of(seed, visitor);
        let chance = random.fraction();
        let (part, listeners) = match scene {
            Scene::Walk => (Part::Walker { to: Vec2::ZERO }, 0),
            Scene::Idle => (Part::Idler { until: 0 }, 0),
            Scene::Stage => (
                Part::Listener {
                    until: 0,
                    shuffles: 0,
                },
                neighbours,
            ),
            Scene::Mixed if chance < 0.5 => (Part::Walker { to: Vec2::ZERO }, 0),
            Scene::Mixed if chance < 0.75 => (Part::Idler { until: 0 }, 0),
            Scene::Mixed => (
                Part::Listener {
                    until: 0,
                    shuffles: 0,
                },
                neighbours / 4,
            ),
        };
        let cm = |point: Point| vec2(point.x as f32, point.z as f32);
        let mut track = Self {
            random,
            at: Vec2::ZERO,
            low: cm(home.low),
            high: cm(home.high),
            angle: 0.0,
            motion: Motion::Stand,
            part,
        };
        track.angle = track.random.fraction() * TAU;
        track.at = track.waypoint();
        match &mut track.part {
            Part::Walker { to } => {
                *to = track.at;
                track.motion = Motion::Walk;
            }
            Part::Idler { until } => *until = track.random.ticks(0.0, 30.0),
            Part::Listener { until, .. } => {
                *until = track.random.ticks(0.0, 8.0);
                track.stand_before_stage(listeners);
            }
        }
        track
    }

    /// Goes on to the next tick.
    pub fn step(&mut self) -> Step {
        match self.part {
            Part::Walker { .. } => self.walk(),
            Part::Idler { until: 0 } => self.idle(),
            Part::Listener {
                until: 0,
                shuffles: 0,
            } => self.listen(),
            Part::Listener {
                ref mut until,
                ref mut shuffles,
            } if *shuffles > 0 => {
                *shuffles -= 1;
                *until = 1;
                self.advance();
            }
            Part::Idler { ref mut until } | Part::Listener { ref mut until, .. } => *until -= 1,
        }
        Step {
            x: self.at.x.round() as i16,
            z: self.at.y.round() as i16,
            heading: Heading::from_radians(self.angle),
            motion: self.motion,
        }
    }

    fn walk(&mut self) {
        let Part::Walker { mut to } = self.part else {
            return;
        };
        while self.at.distance(to) < ARRIVED_CM {
            to = self.waypoint();
        }
        self.part = Part::Walker { to };
        let way = to - self.at;
        let off = (way.x.atan2(-way.y) - self.angle + PI).rem_euclid(TAU) - PI;
        self.angle += off.clamp(-TURN, TURN);
        self.advance();
    }

    /// A step to where it faces, within the ground. What is sent is whole steps of 1.4 degrees, and one walks where one
    /// faces.
    fn advance(&mut self) {
        let heading = Heading::from_radians(self.angle);
        self.at = (self.at + heading.direction() * STEP_CM).clamp(self.low, self.high);
    }

    /// Turns, greets, or is done with it.
    fn idle(&mut self) {
        let (motion, ticks) = if self.motion != Motion::Stand {
            (Motion::Stand, self.random.ticks(10.0, 30.0))
        } else if self.random.fraction() < 0.5 {
            self.angle += self.random.between(-1.0, 1.0);
            (Motion::Stand, self.random.ticks(10.0, 30.0))
        } else {
            self.gesture(&[Motion::Wave, Motion::Bow])
        };
        self.motion = motion;
        self.part = Part::Idler { until: ticks };
    }

    /// Claps, shuffles, or is done with it.
    fn listen(&mut self) {
        let mut shuffles = 0;
        let (motion, until) = if self.motion != Motion::Stand {
            (Motion::Stand, self.random.ticks(3.0, 12.0))
        } else if self.random.fraction() < 0.6 {
            self.gesture(&[Motion::Clap, Motion::Wave])
        } else {
            self.angle += self.random.between(-0.5, 0.5);
            shuffles = 1 + self.random.ticks(0.0, 0.2);
            (Motion::Walk, 1)
        };
        self.motion = motion;
        self.part = Part::Listener { until, shuffles };
    }

    fn gesture(&mut self, all: &[Motion]) -> (Motion, u32) {
        let chosen = all.get((self.random.fraction() * all.len() as f32) as usize);
        let motion = chosen.copied().unwrap_or_default();
        let ticks = motion.duration_s().unwrap_or(2.0) * TICK_HZ as f32;
        (motion, ticks as u32)
    }

    /// In a half-circle around the middle of the ground's north side, as close as people stand.
    fn stand_before_stage(&mut self, listeners: u32) {
        let stage = vec2(f32::midpoint(self.low.x, self.high.x), self.low.y);
        let farthest_cm = 100.0 * (2.0 * listeners.max(1) as f32 / (PI * CROWDED)).sqrt();
        let off =
            Vec2::from_angle(self.random.between(0.0, PI)) * farthest_cm * self.random.fraction().sqrt();
        self.at = (stage + off).clamp(self.low, self.high);
        self.angle = (stage.x - self.at.x).atan2(self.at.y - stage.y);
    }

    /// Far enough from the edge of the ground to turn inside it.
    fn waypoint(&mut self) -> Vec2 {
        let mut along = |low: f32, high: f32| {
            let edge = ARRIVED_CM.min((high - low) / 2.0);
            self.random.between(low + edge, high - edge)
        };
        vec2(along(self.low.x, self.high.x), along(self.low.y, self.high.y))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use shared::{check::MotionCheck, city::source::compile, walk::Ground};

    use super::*;
    use crate::ground::homes;

    const SCENES: [Scene; 4] = [Scene::Walk, Scene::Idle, Scene::Stage, Scene::Mixed];

    fn seoul() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/cities/seoul")
    }

    #[test]
    fn the_relays_rules_never_correct_the_trace() {
        let read =
            |path: &str| std::fs::read_to_string(seoul().join(path)).map_err(|error| error.to_string());
        let city = compile(&read).unwrap();
        let ground = Ground::new(city.place("downtown").unwrap());
        let (_, homes) = homes(&seoul(), None, &["all".to_owned()]).unwrap();
        assert!(homes.len() > 1);
        for (number, scene) in (0..).zip(SCENES.repeat(10)) {
            let home = &homes[number as usize % homes.len()];
            let mut track = Track::new(7, number, scene, home, 400);
            // Comes in late, and is then anywhere on the ground at once.
            for _ in 0..number * 40 {
                track.step();
            }
            let mut at = Stance {
                position: Position {
                    point: home.point,
                    level: home.level,
                },
                ..Stance::default()
            };
            let mut check = MotionCheck::new(1_000_000);
            for tick in 0..3_000_u64 {
                let next = track.step().stance(home);
                let now_ms = 1_000_000 + tick * 1_000 / u64::from(TICK_HZ);
                assert!(
                    check.allow(&ground, at, next, now_ms),
                    "{scene:?} {number}: {at:?} to {next:?}"
                );
                let step_cm = at.position.point.distance_cm(next.position.point);
                assert!(tick == 0 || step_cm <= next.motion.speed_m_s() * 100.0 / TICK_HZ as f32 + 1.5);
                at = next;
            }
        }
    }

    #[test]
    fn the_same_seed_and_number_do_the_same() {
        let (_, homes) = homes(&seoul(), None, &[]).unwrap();
        for scene in SCENES {
            let all = |seed, number| {
                let mut track = Track::new(seed, number, scene, &homes[0], 100);
                (0..2_000).map(|_| track.step()).collect::<Vec<_>>()
            };
            assert_eq!(all(1, 5), all(1, 5));
            assert_ne!(all(1, 5), all(1, 6));
            assert_ne!(all(1, 5), all(2, 5));
        }
    }

    #[test]
    fn walkers_never_stand_and_a_still_crowd_seldom_stirs() {
        let (_, homes) = homes(&seoul(), None, &[]).unwrap();
        let stirs = |scene| {
            let changes = |number| {
                let mut track = Track::new(3, number, scene, &homes[0], 100);
                let mut last = track.step();
                let mut count = 0;
                for _ in 0..1_500 {
                    let next = track.step();
                    count += u32::from(next != last);
                    last = next;
                }
                count
            };
            (0..20).map(changes).sum::<u32>()
        };
        assert_eq!(stirs(Scene::Walk), 20 * 1_500);
        assert!((20..20 * 30).contains(&stirs(Scene::Idle)));
        assert!(stirs(Scene::Stage) < 20 * 300);
    }
}
