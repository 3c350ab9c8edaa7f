//! What one passes, for those who want to be told of everything: landmarks, and vehicles that stop nearby. One thing at a
//! time, and none again soon.

use glam::Vec2;
use shared::city::Place;

use super::{World, around::direction, landmarks};

/// From here on one is told of a landmark, in metres.
const NEAR_M: f32 = 30.0;

/// One does not pass what is larger, such as a road or the ground of a palace, in metres.
const LARGEST_M: f32 = 120.0;

/// How long before it comes one is told of a vehicle, in seconds.
const COMES_S: f64 = 5.0;

/// From one look around to the next, after something was told, and until the same is told again, in milliseconds.
const LOOK_MS: f64 = 500.0;
const PAUSE_MS: f64 = 5_000.0;
const AGAIN_MS: f64 = 60_000.0;

/// Something that is passed.
#[derive(Clone, Debug, PartialEq)]
pub enum Passed {
    /// A named part of the place, without `part-`, and in which of the directions it is.
    Landmark(String, &'static str),
    /// A vehicle of a line stops nearby.
    Vehicle(usize),
}

/// What can be passed in a place, and when one was told of it.
#[derive(Default)]
pub struct Passing {
    landmarks: Vec<Mark>,
    /// The line whose vehicle was there at the last look, and until when none is told again.
    stops: Option<usize>,
    stop_again_ms: f64,
    look_ms: f64,
}

/// One landmark.
struct Mark {
    name: String,
    extent_m: [Vec2; 2],
    is_near: bool,
    again_ms: f64,
}

impl Passing {
    /// Of a place.
    pub fn of(place: &Place) -> Self {
        let landmarks = landmarks::of(place).into_iter().filter(|landmark| {
            let [low, high] = landmark.extent_m;
            // Spots are told of as spots.
            (high - low).max_element() < LARGEST_M && place.spot(&landmark.name).is_none()
        });
        Self {
            landmarks: landmarks
                .map(|landmark| Mark {
                    name: landmark.name,
                    extent_m: landmark.extent_m,
                    is_near: false,
                    again_ms: 0.0,
                })
                .collect(),
            ..Self::default()
        }
    }

    /// The nearest landmark that has come near, by its name, and where it is.
    fn landmark(&mut self, here: Vec2, now_ms: f64) -> Option<(String, Vec2)> {
        let mut nearest: Option<(f32, &mut Mark)> = None;
        for mark in &mut self.landmarks {
            let distance = mark.at(here).distance(here);
            if distance > NEAR_M {
                mark.is_near = false;
            } else if !mark.is_near {
                let is_nearest = nearest.as_ref().is_none_or(|(least, _)| distance < *least);
                if now_ms < mark.again_ms {
                    mark.is_near = true;
                } else if is_nearest {
                    nearest = Some((distance, mark));
                }
            }
        }
        let (_, mark) = nearest?;
        mark.is_near = true;
        mark.again_ms = now_ms + AGAIN_MS;
        Some((mark.name.clone(), mark.at(here)))
    }
}

impl Mark {
    /// Its nearest point; its middle for whoever stands in it.
    fn at(&self, here: Vec2) -> Vec2 {
        let [low, high] = self.extent_m;
        let nearest = here.clamp(low, high);
        if nearest == here {
            low.midpoint(high)
        } else {
            nearest
        }
    }
}

impl World {
    /// What is passed now, if there is anything new.
    pub fn passes(&mut self) -> Option<Passed> {
        let (here, now_ms) = (self.me.at(), self.relay_ms);
        if now_ms < self.passing.look_ms || !self.me.present {
            return None;
        }
        self.passing.look_ms = now_ms + LOOK_MS;
        let passed = self.stopping(now_ms).map(Passed::Vehicle).or_else(|| {
            let (name, at) = self.passing.landmark(here, now_ms)?;
            Some(Passed::Landmark(name, direction(here, self.facing(), at)))
        })?;
        self.passing.look_ms = now_ms + PAUSE_MS;
        Some(passed)
    }

    /// The line whose vehicle has come to a stop nearby. Of one that can be boarded one is told anyway.
    fn stopping(&mut self, now_ms: f64) -> Option<usize> {
        let coming = self.transit.coming(self.me.stance().position, now_ms);
        let stops = coming
            .filter(|(_, in_s)| *in_s < COMES_S && self.me.ride.is_none())
            .map(|(line, _)| line);
        let is_new = stops != self.passing.stops && now_ms >= self.passing.stop_again_ms;
        self.passing.stops = stops;
        let line = stops.filter(|_| is_new && self.call().is_none())?;
        self.passing.stop_again_ms = now_ms + AGAIN_MS;
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use shared::{
        city::{Finish, Kit, Part},
        space::Point,
    };

    use super::{super::tests::city, *};

    const HALL: Vec2 = Vec2::new(100.0, 0.0);

    fn passing() -> Passing {
        let wall = |name: &str, from: i32, to: i32| Part {
            name: Some(name.into()),
            level: 0,
            kit: Kit::Wall {
                path: vec![Point::new(from, 0), Point::new(to, 0)],
                height_cm: 300,
                thickness_cm: 50,
                finish: Finish::Stone,
            },
        };
        let parts = vec![
            wall("hall", 10_000, 10_000),
            wall("city-wall", 0, 50_000),
            wall("east", 10_000, 10_000),
        ];
        Passing::of(&Place {
            parts,
            ..city().places[0].clone()
        })
    }

    #[test]
    fn a_landmark_is_told_when_it_comes_near_and_not_again_within_a_minute() {
        let mut passing = passing();
        let mut told = |metres: f32, seconds: f64| {
            let there = passing.landmark(HALL - Vec2::X * metres, 1e12 + seconds * 1_000.0);
            there.map(|(name, _)| name)
        };
        assert_eq!(told(40.0, 0.0), None);
        assert_eq!(told(29.0, 1.0).as_deref(), Some("hall"));
        assert_eq!(told(5.0, 2.0), None, "one is still there");
        assert_eq!(told(40.0, 3.0), None);
        assert_eq!(told(20.0, 30.0), None, "again too soon");
        assert_eq!(told(20.0, 90.0), None, "nothing has come near meanwhile");
        assert_eq!(told(40.0, 91.0), None);
        assert_eq!(told(20.0, 92.0).as_deref(), Some("hall"));
    }

    #[test]
    fn neither_spots_nor_what_is_too_large_is_passed() {
        let names: Vec<_> = passing().landmarks.into_iter().map(|mark| mark.name).collect();
        assert_eq!(names, ["hall"]);
    }
}
