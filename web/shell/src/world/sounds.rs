//! What is heard where: traffic, water, a market, wind, steps, a bell. Numbers only; [`crate::sound`] makes sound of them.

use glam::Vec2;
use shared::{
    city::{Kit, Place, Subject, Surface},
    motion::Motion,
    walk,
};

use super::{
    along,
    gait::Gait,
    seen::{Seen, Whose},
};

/// Farther off nothing but the bell is heard, in metres.
const EARSHOT_M: f32 = 70.0;

/// Steps of others are heard within so many metres.
const STEPS_M: f32 = 14.0;

/// A sound from somewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Voice {
    /// How loud: 0 silent, 1 next to it.
    pub gain: f32,
    /// From where: -1 left, 1 right.
    pub pan: f32,
}

impl Voice {
    /// Of something `away` from an ear that looks along `yaw`, half as loud at `half_m`.
    fn from(away: Vec2, yaw: f32, half_m: f32) -> Self {
        let distance = away.length();
        if distance > EARSHOT_M {
            return Self::default();
        }
        let right = Vec2::new(yaw.cos(), yaw.sin());
        // What is at hand is on both sides.
        let pan = away.dot(right) / distance.max(4.0);
        let fade = 1.0 - distance / EARSHOT_M;
        Self {
            gain: fade / (1.0 + (distance / half_m).powi(2)),
            pan: pan * 0.8,
        }
    }

    fn louder(self, other: Self) -> Self {
        if other.gain > self.gain { other } else { self }
    }
}

/// What lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ambience {
    /// The wind, the same on both sides.
    pub wind: Voice,
    /// Traffic of wide streets.
    pub traffic: Voice,
    /// Running water.
    pub water: Voice,
    /// Voices of a market.
    pub market: Voice,
}

/// A tone that leads to where the visitor set out to go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lead {
    /// How it is heard.
    pub voice: Voice,
    /// Its pitch: high ahead, lower to the sides, low behind, which two ears alone do not tell from ahead.
    pub hz: f32,
    /// How long until the next, in milliseconds: the nearer, the shorter.
    pub pause_ms: f64,
}

/// The tone from a point that is `away` (metres) from an ear that looks along `yaw`.
pub fn lead(away: Vec2, yaw: f32) -> Lead {
    let distance = away.length();
    let ahead = away.normalize_or_zero().dot(along(yaw));
    let (quiet, pan) = (
        1.0 / (1.0 + distance / 60.0),
        Voice::from(away.clamp_length_max(4.0), yaw, 4.0).pan,
    );
    Lead {
        voice: Voice {
            gain: quiet.max(0.35),
            pan,
        },
        hz: match ahead {
            // Within 25 degrees.
            ahead if ahead > 0.906 => 880.0,
            ahead if ahead > 0.0 => 660.0,
            _ => 440.0,
        },
        pause_ms: f64::from(distance.clamp(4.0, 60.0)) * 15.0 + 240.0,
    }
}

/// What a foot falls on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footing {
    /// Slabs, asphalt.
    Stone,
    /// Grass.
    Grass,
    /// Sand and earth.
    Earth,
    /// Boards.
    Wood,
}

/// What of a place is heard.
#[derive(Clone, Debug, Default)]
pub struct Sounds {
    is_room: bool,
    streets: Vec<[Vec2; 2]>,
    waters: Vec<[Vec2; 2]>,
    stalls: Vec<Vec2>,
    bells: Vec<Vec2>,
    soft: Vec<([Vec2; 2], Vec<Vec2>, Footing)>,
}

impl Sounds {
    /// Of a place.
    pub fn of(place: &Place) -> Self {
        /// Streets with so many lanes are heard.
        const LOUD_LANES: u8 = 4;
        let mut sounds = Self {
            is_room: place.ceiling_cm > 0,
            ..Self::default()
        };
        for part in &place.parts {
            let line = || {
                part.kit
                    .points()
                    .iter()
                    .map(|point| point.to_m())
                    .collect::<Vec<_>>()
            };
            match &part.kit {
                Kit::Road { lanes, .. } if *lanes >= LOUD_LANES => sounds.streets.extend(pairs(&line())),
                Kit::Canal { .. } => sounds.waters.extend(pairs(&line())),
                Kit::Fountain { at, .. } => sounds.waters.push([at.to_m(); 2]),
                Kit::Stall { at, .. } => sounds.stalls.push(at.to_m()),
                Kit::Statue {
                    at,
                    figure: Subject::Bell,
                    ..
                } => sounds.bells.push(at.to_m()),
                Kit::Ground { surface, .. } => {
                    let footing = match surface {
                        Surface::Lawn => Footing::Grass,
                        Surface::Earth => Footing::Earth,
                        Surface::Planks => Footing::Wood,
                        _ => continue,
                    };
                    if let Some(extent) = part.kit.extent_m() {
                        sounds.soft.push((extent, line(), footing));
                    }
                }
                _ => {}
            }
        }
        sounds
    }

    /// What lasts, for an ear at a point that looks along `yaw` (radians, clockwise from north).
    pub fn ambience(&self, ear: Vec2, yaw: f32) -> Ambience {
        let nearest = |lines: &[[Vec2; 2]], half_m| {
            lines.iter().fold(Voice::default(), |heard, line| {
                heard.louder(Voice::from(on_line(ear, *line) - ear, yaw, half_m))
            })
        };
        let market = self
            .stalls
            .iter()
            .map(|stall| Voice::from(*stall - ear, yaw, 7.0));
        let (mut gain, mut pan) = (0.0, 0.0);
        for voice in market {
            gain += voice.gain;
            pan += voice.gain * voice.pan;
        }
        Ambience {
            wind: Voice {
                gain: if self.is_room { 0.0 } else { 1.0 },
                pan: 0.0,
            },
            traffic: nearest(&self.streets, 18.0),
            water: nearest(&self.waters, 8.0),
            market: Voice {
                gain: (gain * 0.4).min(1.0),
                pan: if gain > 0.0 { pan / gain } else { 0.0 },
            },
        }
    }

    /// What a foot falls on at a point.
    pub fn footing(&self, at: Vec2) -> Footing {
        let found = self.soft.iter().rev().find(|([low, high], outline, _)| {
            at.cmpge(*low).all() && at.cmple(*high).all() && walk::contains(outline, at)
        });
        found.map_or(Footing::Stone, |(_, _, footing)| *footing)
    }

    /// The loudest bell of the place, which is heard far.
    pub fn bell(&self, ear: Vec2, yaw: f32) -> Voice {
        /// Seven times as far as anything else.
        const CARRIES: f32 = 1.0 / 7.0;
        self.bells.iter().fold(Voice::default(), |heard, bell| {
            heard.louder(Voice::from((*bell - ear) * CARRIES, yaw, 20.0))
        })
    }
}

/// A foot that comes down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// On what.
    pub footing: Footing,
    /// How it is heard.
    pub voice: Voice,
}

/// Counts steps: of the visitor and of those who walk near.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    before: Vec<(u64, u32)>,
}

impl Steps {
    /// The steps since the last call.
    pub fn taken(&mut self, seen: &[Seen], sounds: &Sounds, ear: Vec2, yaw: f32) -> Vec<Step> {
        let mut now = Vec::new();
        let mut taken = Vec::new();
        for figure in seen.iter().filter(|figure| figure.at.distance(ear) < STEPS_M) {
            let (key, loud) = match figure.whose {
                Whose::Mine => (0, 0.6),
                Whose::Person(id) => (id.0, 0.9),
                Whose::Ambient | Whose::Vehicle(_) | Whose::Bicycle => continue,
            };
            let Some(count) = steps(&figure.gait) else {
                continue;
            };
            let last = self.before.iter().find(|(before, _)| *before == key);
            if last.is_some_and(|(_, last)| *last != count) {
                let voice = Voice::from(figure.at - ear, yaw, 4.0);
                taken.push(Step {
                    footing: sounds.footing(figure.at),
                    voice: Voice {
                        gain: voice.gain * loud,
                        ..voice
                    },
                });
            }
            now.push((key, count));
        }
        self.before = now;
        taken
    }
}

/// How many steps a figure has taken: two in a turn of its legs, as the stage shows them. None while it stands.
fn steps(gait: &Gait) -> Option<u32> {
    let step_m = match gait.motion {
        Motion::Walk => 0.68,
        Motion::Run => 1.3,
        _ => return None,
    };
    Some((gait.stride_m / step_m) as u32)
}

/// The stretches of a line.
fn pairs(line: &[Vec2]) -> impl Iterator<Item = [Vec2; 2]> {
    line.iter()
        .zip(line.iter().skip(1))
        .map(|(from, to)| [*from, *to])
}

/// The point of a stretch nearest to another point.
fn on_line(at: Vec2, [from, to]: [Vec2; 2]) -> Vec2 {
    let way = to - from;
    let share = (at - from).dot(way) / way.length_squared().max(f32::EPSILON);
    from + way * share.clamp(0.0, 1.0)
}

/// Whether a whole turn of hours has begun since: when bells are rung.
pub fn struck(before: f32, now: f32) -> bool {
    before as u32 != now as u32 && (now - before).rem_euclid(24.0) < 1.0
}

#[cfg(test)]
mod tests {
    use std::f32::consts::TAU;

    use super::*;

    #[test]
    fn what_is_to_the_right_of_where_one_looks_is_heard_on_the_right() {
        // East of an ear that looks north; then of one that looks south.
        let east = Vec2::new(10.0, 0.0);
        assert!(Voice::from(east, 0.0, 8.0).pan > 0.5);
        assert!(Voice::from(east, TAU / 2.0, 8.0).pan < -0.5);
        assert_eq!(
            Voice::from(east * 10.0, 0.0, 8.0),
            Voice::default(),
            "out of earshot"
        );
        assert!(Voice::from(east, 0.0, 8.0).gain < Voice::from(east * 0.5, 0.0, 8.0).gain);
    }

    #[test]
    fn the_leading_tone_is_high_ahead_low_behind_and_on_the_side_where_it_comes_from() {
        let north = Vec2::new(0.0, -30.0);
        let [straight, to_the_left, behind] = [0.0, TAU / 6.0, TAU / 2.0].map(|yaw| lead(north, yaw));
        assert!(behind.hz < to_the_left.hz && to_the_left.hz < straight.hz);
        assert!(to_the_left.voice.pan < -0.5);
        assert!(
            lead(north * 0.2, 0.0).pause_ms < straight.pause_ms,
            "faster when near"
        );
        assert!(lead(north * 30.0, 0.0).voice.gain > 0.3, "heard from anywhere");
    }

    #[test]
    fn water_is_heard_along_all_of_its_line() {
        let sounds = Sounds {
            waters: vec![[Vec2::new(-500.0, 5.0), Vec2::new(500.0, 5.0)]],
            ..Sounds::default()
        };
        let near = sounds.ambience(Vec2::new(321.0, 0.0), 0.0);
        assert!(near.water.gain > 0.5, "{near:?}");
        assert_eq!(
            sounds.ambience(Vec2::new(0.0, 200.0), 0.0).water,
            Voice::default()
        );
        assert_eq!(near.market, Voice::default());
    }

    #[test]
    fn a_bell_is_rung_once_an_hour_also_at_midnight() {
        assert!(struck(11.999, 12.001));
        assert!(!struck(12.001, 12.5));
        assert!(struck(23.999, 0.001));
        assert!(!struck(13.0, 9.0), "the slider was moved back");
    }
}
