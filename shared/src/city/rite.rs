//! A rite: a re-enactment by ambient figures, in acts that follow one another without end. Which act it is, and where
//! everyone is in it, is a function of the relays' clock, so that all see the same and nothing of it is ever sent.

use glam::Vec2;
use serde::{Deserialize, Serialize};

use crate::{
    look::Look,
    motion::Motion,
    space::{Heading, Level, Point},
};

/// How fast performers go from one act's place to the next one's, in metres a second: with dignity.
pub const PACE_M_S: f32 = 0.8;

/// How long they take to turn to their way, and back at its end, in seconds.
const TURN_S: f32 = 0.7;

/// A rite of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rite {
    /// Key of its name (`part-<name>`), and of what is told of each act (`act-<name>-<act>`).
    pub name: String,
    /// Its middle.
    pub at: Point,
    /// How near to it one is told of the acts, in centimetres.
    pub heard_cm: u32,
    /// The acts. Never empty.
    pub acts: Vec<String>,
    /// How long each lasts, in seconds.
    pub act_s: u16,
    /// Who takes part.
    pub performers: Vec<Performers>,
}

/// Some who do the same, in rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Performers {
    /// Where the middle of the foremost row is: the same in all acts, or one for each.
    pub path: Vec<Point>,
    /// The floor.
    pub level: Level,
    /// Where they look.
    pub heading: Heading,
    /// How many rows, one behind the other, and how many stand in each.
    pub rows: u8,
    /// How many stand in a row.
    pub columns: u8,
    /// How far they are apart, in centimetres.
    pub apart_cm: u32,
    /// [`Look::outfit`], [`Look::upper`], [`Look::lower`], [`Look::head`].
    pub dress: [u8; 4],
    /// What they do in each act.
    pub does: Vec<Motion>,
}

/// Someone who takes part, at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Performer {
    /// In metres.
    pub at: Vec2,
    /// The floor.
    pub level: Level,
    /// Clockwise from north, in radians.
    pub heading: f32,
    /// What is done, and since when, in seconds.
    pub motion: Motion,
    /// Seconds since it began.
    pub since_s: f32,
    /// What was done before.
    pub before: Motion,
    /// Metres walked.
    pub stride_m: f32,
    /// How the performer looks.
    pub look: Look,
    /// Another number for each.
    pub number: u64,
}

impl Rite {
    /// The act at a time of the relays' clock, in milliseconds, and how long it has lasted, in seconds.
    pub fn now(&self, relay_ms: f64) -> (usize, f32) {
        let act_s = f64::from(self.act_s.max(1));
        let count = self.acts.len().max(1) as f64;
        let since_s = (relay_ms / 1_000.0).rem_euclid(act_s * count);
        ((since_s / act_s) as usize, (since_s % act_s) as f32)
    }

    /// Everyone who takes part, at a time of the relays' clock.
    pub fn performers(&self, relay_ms: f64) -> impl Iterator<Item = Performer> {
        let (act, since_s) = self.now(relay_ms);
        let groups = self.performers.iter().enumerate();
        groups.flat_map(move |(index, group)| {
            group.at(act, since_s, f32::from(self.act_s), index as u64 * 1_024)
        })
    }
}

impl Performers {
    /// How many there are.
    pub fn count(&self) -> u32 {
        u32::from(self.rows) * u32::from(self.columns)
    }

    /// How long they take to their place in an act, in seconds.
    pub fn walk_s(&self, act: usize) -> f32 {
        let [from, to] = self.way(act);
        from.distance(to) / PACE_M_S
    }

    /// Where they were in the act before, and where they are in this one.
    fn way(&self, act: usize) -> [Vec2; 2] {
        let count = self.path.len().max(1);
        let of = |act: usize| self.path.get(act % count).map_or(Vec2::ZERO, |at| at.to_m());
        [of((act + count - 1) % count), of(act)]
    }

    fn at(&self, act: usize, since_s: f32, act_s: f32, first: u64) -> impl Iterator<Item = Performer> {
        let does = |act: usize| self.does.get(act).copied().unwrap_or_default();
        let [from, to] = self.way(act);
        let (way, walk_s) = (to - from, self.walk_s(act));
        let stands = self.heading.radians();
        let along = way.x.atan2(-way.y);
        let middle = from + way * (since_s / walk_s.max(f32::EPSILON)).min(1.0);
        let walked_m = since_s.min(walk_s) * PACE_M_S;
        // Whoever walks turns to the way, and back at its end.
        let turned = (since_s / TURN_S)
            .min((walk_s + TURN_S - since_s) / TURN_S)
            .clamp(0.0, 1.0);
        let heading = stands + nearer_turn(along - stands) * turned * f32::from(u8::from(walk_s > 0.0));
        let before = if walk_s > 0.0 {
            Motion::Walk
        } else {
            does((act + self.does.len().max(1) - 1) % self.does.len().max(1))
        };
        let (motion, before, since_s) = match (since_s < walk_s, does(act).duration_s()) {
            (true, _) => (Motion::Walk, Motion::Walk, since_s),
            // What ends begins again, as often as the act has time for all of it.
            (false, Some(lasts_s)) => {
                let (gone_s, rounds) = (since_s - walk_s, ((act_s - walk_s) / lasts_s).floor());
                let round = (gone_s / lasts_s).floor();
                if round < rounds {
                    let before = if round > 0.0 { does(act) } else { before };
                    (does(act), before, gone_s - round * lasts_s)
                } else {
                    (Motion::Stand, does(act), gone_s - rounds * lasts_s)
                }
            }
            (false, None) if walk_s <= 0.0 && before == does(act) => (before, before, since_s + act_s),
            (false, None) => (does(act), before, since_s - walk_s),
        };
        let (right, ahead) = (
            Vec2::from_angle(stands),
            Vec2::from_angle(stands - std::f32::consts::FRAC_PI_2),
        );
        let apart = self.apart_cm as f32 / 100.0;
        (0..self.count()).map(move |number| {
            let (row, column) = (number / u32::from(self.columns), number % u32::from(self.columns));
            let aside = column as f32 - (f32::from(self.columns) - 1.0) / 2.0;
            let number = first + u64::from(number);
            let [outfit, upper, lower, head] = self.dress;
            Performer {
                at: middle + (right * aside - ahead * row as f32) * apart,
                level: self.level,
                heading,
                motion,
                since_s,
                before,
                stride_m: walked_m,
                look: Look {
                    outfit,
                    upper,
                    lower,
                    head,
                    head_colour: 1,
                    hair: 3,
                    aid: 0,
                    age: 0,
                    ..Look::from_seed(number.wrapping_mul(7_919))
                },
                number,
            }
        })
    }
}

/// The same angle the shorter way round.
fn nearer_turn(angle: f32) -> f32 {
    let tau = std::f32::consts::TAU;
    (angle + tau / 2.0).rem_euclid(tau) - tau / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rite() -> Rite {
        Rite {
            name: "rite".into(),
            at: Point::new(0, 0),
            heard_cm: 5_000,
            acts: ["welcome", "offering", "farewell"].map(String::from).into(),
            act_s: 30,
            performers: vec![
                Performers {
                    path: vec![Point::new(0, 0)],
                    level: 0,
                    heading: Heading(0),
                    rows: 2,
                    columns: 3,
                    apart_cm: 100,
                    dress: [7, 6, 6, 4],
                    does: vec![Motion::Stand, Motion::Bow, Motion::Stand],
                },
                Performers {
                    path: vec![Point::new(0, 0), Point::new(0, -800), Point::new(0, 0)],
                    level: 0,
                    heading: Heading(0),
                    rows: 1,
                    columns: 1,
                    apart_cm: 100,
                    dress: [7, 1, 1, 4],
                    does: vec![Motion::Stand; 3],
                },
            ],
        }
    }

    #[test]
    fn acts_follow_one_another_and_begin_anew() {
        let rite = rite();
        let acts: Vec<usize> = (0..7)
            .map(|at| rite.now(f64::from(at) * 30_000.0 + 1.0).0)
            .collect();
        assert_eq!(acts, [0, 1, 2, 0, 1, 2, 0]);
        assert!((rite.now(45_000.0).1 - 15.0).abs() < 1e-3);
    }

    #[test]
    fn they_stand_in_rows_that_look_one_way_and_do_the_same() {
        let at: Vec<Performer> = rite().performers(31_000.0).take(6).collect();
        let places: Vec<[f32; 2]> = at.iter().map(|one| one.at.to_array()).collect();
        let rows = [
            [-1.0, 0.0],
            [0.0, 0.0],
            [1.0, 0.0],
            [-1.0, 1.0],
            [0.0, 1.0],
            [1.0, 1.0],
        ];
        for (place, row) in places.iter().zip(rows) {
            assert!(Vec2::from(*place).distance(row.into()) < 1e-4, "{places:?}");
        }
        assert!(
            at.iter()
                .all(|one| one.motion == Motion::Bow && one.heading.abs() < 1e-4)
        );
    }

    #[test]
    fn nothing_is_begun_that_the_act_has_no_time_for_and_who_goes_on_does_not_begin_anew() {
        let rite = rite();
        let dancer = |ms: f64| rite.performers(ms).next().unwrap();
        let lasts_s = Motion::Bow.duration_s().unwrap();
        let end = dancer(59_900.0);
        assert_eq!((end.motion, end.before), (Motion::Stand, Motion::Bow));
        assert!(end.since_s < lasts_s, "it stands since the last round");
        let after = dancer(60_100.0);
        assert_eq!((after.motion, after.before), (Motion::Stand, Motion::Bow));
        let at_first = dancer(90_100.0);
        assert!(
            at_first.motion == Motion::Stand && at_first.since_s > 1.0,
            "it has stood since the act before"
        );
    }

    #[test]
    fn who_has_another_place_in_the_next_act_walks_there_and_never_jumps() {
        let rite = rite();
        let walker = |ms: f64| rite.performers(ms).last().unwrap();
        let mut before = walker(0.0);
        for step in 1..4_000 {
            let now = walker(f64::from(step) * 25.0);
            assert!(now.at.distance(before.at) < 0.03, "at step {step}");
            assert!(
                nearer_turn(now.heading - before.heading).abs() < 0.2,
                "at step {step}"
            );
            before = now;
        }
        assert_eq!(walker(32_000.0).motion, Motion::Walk);
        assert_eq!(walker(45_000.0).motion, Motion::Stand);
        assert!(walker(45_000.0).at.distance(Vec2::new(0.0, -8.0)) < 1e-3);
    }
}
