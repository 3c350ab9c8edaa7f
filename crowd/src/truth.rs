//! What everyone really did lately, and when it was due: an update is told by its content, and its age counts from the
//! moment its move was due, so that a late generator never flatters a relay.
//!
//! In: homes, seed and scene, and how far time has gone, in microseconds since the rehearsal began. It is the same in
//! every process, so checkers know visitors of all of them.

use std::ops::RangeInclusive;

use crowd::seeded::Seeded;
use shared::{
    cell::Rate,
    motion::Motion,
    protocol::{Stance, TICK_HZ},
    space::{Heading, Point},
};

use crate::{
    ground::Home,
    options::Scene,
    trace::{Step, Track},
};

/// Ticks that are remembered: seventeen seconds.
const REMEMBERED: u32 = 256;

/// Unit of the far rate's positions, in centimetres.
const FAR_UNIT_CM: i32 = 10;

/// All visitors of a rehearsal.
pub struct Truth {
    homes: Vec<Home>,
    tracks: Vec<Track>,
    recent: Vec<[Step; REMEMBERED as usize]>,
    /// When in each tick a visitor moves, in microseconds: each has a beat of its own.
    beats: Vec<u32>,
    /// The last tick whose steps are known.
    made: u32,
    /// From this tick on everyone stands.
    stop: u32,
}

/// What an update turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// News of what the visitor began to do at a tick.
    New {
        /// The tick.
        tick: u32,
        /// How many changes came between the one told last and this one.
        passed: u32,
    },
    /// What was known before.
    Known,
    /// Nothing that the visitor has done.
    Strange,
}

/// Microseconds from the beginning to a tick.
pub fn tick_us(tick: u32) -> i64 {
    i64::from(tick) * 1_000_000 / i64::from(TICK_HZ)
}

impl Truth {
    /// Everyone at tick 0.
    pub fn new(seed: u64, visitors: u32, scene: Scene, homes: Vec<Home>) -> Self {
        let neighbours = visitors / homes.len().max(1) as u32;
        let track = |visitor: u32| {
            let home = homes.get(visitor as usize % homes.len().max(1))?;
            Some(Track::new(seed, visitor, scene, home, neighbours))
        };
        let beat = |visitor| (Seeded::of(!seed, visitor).fraction() * tick_us(1) as f32) as u32;
        let mut truth = Self {
            tracks: (0..visitors).filter_map(track).collect(),
            recent: vec![[Step::default(); REMEMBERED as usize]; visitors as usize],
            beats: (0..visitors).map(beat).collect(),
            homes,
            made: 0,
            stop: u32::MAX,
        };
        truth.make(0);
        truth
    }

    /// Lets everyone stand from a tick on.
    pub fn stop_at(&mut self, tick: u32) {
        self.stop = tick.max(self.made + 1);
    }

    /// The tick from which everyone stands.
    pub fn stop(&self) -> u32 {
        self.stop
    }

    /// Goes on to a time.
    pub fn advance(&mut self, now_us: i64) {
        while tick_us(self.made + 1) <= now_us {
            self.made += 1;
            self.make(self.made);
        }
    }

    fn make(&mut self, tick: u32) {
        let (now, before) = (place(tick), place(tick.wrapping_sub(1)));
        for (track, recent) in self.tracks.iter_mut().zip(&mut self.recent) {
            let last = recent.get(before).copied().unwrap_or_default();
            let step = if tick < self.stop {
                track.step()
            } else {
                Step {
                    motion: Motion::Stand,
                    ..last
                }
            };
            if let Some(recent) = recent.get_mut(now) {
                *recent = step;
            }
        }
    }

    /// The last tick whose steps are known.
    pub fn made(&self) -> u32 {
        self.made
    }

    /// When a visitor's step of a tick is due.
    pub fn due_us(&self, visitor: u32, tick: u32) -> i64 {
        tick_us(tick) + self.beats.get(visitor as usize).copied().map_or(0, i64::from)
    }

    /// Where a visitor stays.
    pub fn home(&self, visitor: u32) -> Option<&Home> {
        self.homes.get(visitor as usize % self.homes.len().max(1))
    }

    /// A visitor's step of a tick that is still remembered.
    pub fn step(&self, visitor: u32, tick: u32) -> Option<Step> {
        let remembered = tick <= self.made && self.made - tick < REMEMBERED;
        let recent = self.recent.get(visitor as usize).filter(|_| remembered)?;
        recent.get(place(tick)).copied()
    }

    /// Which step an update shows to someone who was last told of the tick `last`.
    pub fn told(&self, visitor: u32, stance: Stance, rate: Rate, last: Option<u32>) -> Told {
        let (Some(home), Some(recent)) = (self.home(visitor), self.recent.get(visitor as usize)) else {
            return Told::Strange;
        };
        let oldest = (self.made + 1).saturating_sub(REMEMBERED);
        let at = |tick: u32| recent.get(place(tick)).copied().unwrap_or_default();
        let sight = Sight::new(home, stance, rate);
        let found = (oldest..=self.made).rev().find(|tick| sight.shows(at(*tick)));
        let Some(found) = found.filter(|_| stance.position.level == home.level) else {
            return Told::Strange;
        };
        let from = last.unwrap_or(0).max(oldest);
        // It may have done the same for a while.
        let mut tick = found;
        while tick > from && at(tick - 1) == at(found) {
            tick -= 1;
        }
        if last.is_some_and(|last| tick <= last) {
            return Told::Known;
        }
        let passed = (from + 1..tick).filter(|tick| at(*tick) != at(tick - 1)).count();
        Told::New {
            tick,
            passed: passed as u32,
        }
    }

    /// Whether an update shows what a visitor did at a tick.
    pub fn is_shown(&self, visitor: u32, tick: u32, stance: Stance, rate: Rate) -> bool {
        let step = self.step(visitor, tick).zip(self.home(visitor));
        step.is_some_and(|(step, home)| {
            stance.position.level == home.level && Sight::new(home, stance, rate).shows(step)
        })
    }
}

fn place(tick: u32) -> usize {
    (tick % REMEMBERED) as usize
}

/// What an update shows, from the spot: nearly all of a checker's time goes into comparing it with steps.
struct Sight {
    heading: Heading,
    motion: Motion,
    /// The least and the greatest that x and z can be.
    x: RangeInclusive<i32>,
    z: RangeInclusive<i32>,
}

impl Sight {
    fn new(home: &Home, stance: Stance, rate: Rate) -> Self {
        let half = FAR_UNIT_CM / 2;
        let along = |v: i32, home: i32| {
            let (low, high) = match rate {
                Rate::Near | Rate::Middle => (v, v),
                Rate::Far if (v - half).rem_euclid(FAR_UNIT_CM) == 0 => (v - half, v + half - 1),
                // What is told is the middle of a unit, or it is wrong.
                Rate::Far => (1, 0),
            };
            low - home..=high - home
        };
        let Point { x, z } = stance.position.point;
        Self {
            heading: stance.heading,
            motion: stance.motion,
            x: along(x, home.point.x),
            z: along(z, home.point.z),
        }
    }

    fn shows(&self, step: Step) -> bool {
        step.heading == self.heading
            && step.motion == self.motion
            && self.x.contains(&i32::from(step.x))
            && self.z.contains(&i32::from(step.z))
    }
}

#[cfg(test)]
mod tests {
    use shared::{cell::Encoder, cell::StreamId, protocol::VisitorId, space::Cell};

    use super::*;

    fn truth(scene: Scene) -> Truth {
        let home = Home {
            spot: "middle".to_owned(),
            point: Point::new(-12_345, 6_789),
            level: 1,
            low: Point::new(-3_000, -3_000),
            high: Point::new(3_000, 3_000),
        };
        Truth::new(5, 20, scene, vec![home])
    }

    fn stance(truth: &Truth, tick: u32) -> Stance {
        truth.step(3, tick).unwrap().stance(truth.home(3).unwrap())
    }

    #[test]
    fn an_update_is_told_by_its_content() {
        let mut truth = truth(Scene::Walk);
        truth.advance(tick_us(400));
        let told = |tick, last| truth.told(3, stance(&truth, tick), Rate::Near, last);
        assert_eq!(
            told(400, None),
            Told::New {
                tick: 400,
                passed: 255 - 1
            }
        );
        assert_eq!(told(399, Some(398)), Told::New { tick: 399, passed: 0 });
        assert_eq!(told(400, Some(397)), Told::New { tick: 400, passed: 2 });
        assert_eq!(told(400, Some(400)), Told::Known);
        let mut off = stance(&truth, 400);
        off.position.point.x += 1;
        assert_eq!(truth.told(3, off, Rate::Near, None), Told::Strange);
    }

    #[test]
    fn whoever_stands_for_long_tells_nothing_new() {
        let mut truth = truth(Scene::Walk);
        truth.stop_at(100);
        truth.advance(tick_us(150));
        let still = stance(&truth, 150);
        assert_eq!(
            truth.told(3, still, Rate::Near, Some(99)),
            Told::New { tick: 100, passed: 0 }
        );
        assert_eq!(truth.told(3, still, Rate::Near, Some(100)), Told::Known);
        assert!(truth.is_shown(3, 150, still, Rate::Near));
    }

    #[test]
    fn what_the_far_stream_tells_is_found() {
        let mut truth = truth(Scene::Walk);
        truth.advance(tick_us(30));
        let whole = stance(&truth, 30);
        let stream = StreamId {
            rate: Rate::Far,
            cell: Cell::at(whole.position.point, 0),
            ..StreamId::default()
        };
        let mut encoder = Encoder::new(stream);
        let frame = encoder.frame(1, &[(VisitorId(1), whole)]).unwrap();
        let (mut decoder, mut events) = (shared::cell::Decoder::default(), Vec::new());
        decoder.read(&frame, &mut events).unwrap();
        let [shared::cell::Event::At { stance, .. }] = events.as_slice() else {
            panic!("{events:?}")
        };
        assert_eq!(
            truth.told(3, *stance, Rate::Far, Some(20)),
            Told::New { tick: 30, passed: 9 }
        );
    }
}
