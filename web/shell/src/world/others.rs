//! Everyone else: shown a little in the past, between two things that are known, so that they walk evenly although
//! frames come unevenly.

use std::collections::VecDeque;

use glam::Vec2;
use litemap::LiteMap;
use shared::{
    look::Look,
    moderation::Role,
    motion::{Motion, TOP_M_S},
    protocol::{Ride, Stance, TICK_HZ, VisitorId},
    space::Level,
};

use super::{
    ease,
    gait::Gait,
    seen::{Seen, Whose, seed},
    turn,
};

/// How far in the past others are shown, in ticks, beyond the ticks between two frames of theirs: one of jitter, and a
/// little. Near ones are shown 150 ms in the past.
const PLAYOUT_TICKS: f64 = 1.25;

/// How fast that changes for someone who comes nearer or goes farther off, in ticks a second: half a second for a
/// change to the middle rate and back. Going back in time looks like standing, so it never goes faster than time itself.
const DELAY_TICKS_PER_S: f64 = 0.5 * TICK_HZ as f64;

/// How long someone goes on walking when no frame comes, in ticks (0.25 s), if frames are that frequent.
const EXTRAPOLATE_TICKS: f64 = 3.75;

/// A walker of whom nothing was heard for so long, beyond the ticks between two frames, has stood still in between.
const STALE_TICKS: f64 = 19.0;

/// How long it takes to fade in or out, in seconds.
const FADE_S: f32 = 0.4;

/// Moves longer than this between two frames, beyond what a runner makes, are jumps (set down at a spot), in metres.
const JUMP_M: f32 = 8.0;

/// How fast the error of an extrapolation fades from the picture, as an exponential rate.
const SLIP_RATE: f32 = 8.0;

/// How fast a body turns, as an exponential rate.
const TURN_RATE: f32 = 14.0;

/// Samples kept of each.
const KEPT: usize = 12;

/// How much farther off than "near" someone must go before coming near is news again.
const LEAVE_FACTOR: f32 = 1.6;

/// Where someone was at a tick.
#[derive(Clone, Copy, Debug)]
struct Sample {
    tick: f64,
    at: Vec2,
    level: Level,
    heading: f32,
    motion: Motion,
}

/// Someone else in the place.
#[derive(Clone, Debug)]
struct Other {
    samples: VecDeque<Sample>,
    at: Vec2,
    level: Level,
    heading: f32,
    gait: Gait,
    slip: Vec2,
    /// Ticks between two frames that show this figure.
    period: f64,
    /// How far in the past it is shown, in ticks.
    delay: f64,
    opacity: f32,
    /// The tick that is shown.
    play: f64,
    here: bool,
    near: bool,
    /// The seat in a vehicle, when it rides.
    ride: Option<Ride>,
    /// Seen in a frame since the connection began.
    confirmed: bool,
}

/// What is known of someone apart from where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The given name.
    pub name: String,
    /// The look.
    pub look: Look,
    /// What the person is to the others.
    pub role: Role,
}

/// Everyone else.
#[derive(Clone, Debug, Default)]
pub struct Others {
    present: LiteMap<VisitorId, Other>,
    identities: LiteMap<VisitorId, Identity>,
    /// A number for each, greater for those of whom the visitor heard later.
    came: LiteMap<VisitorId, u32>,
    next: u32,
    /// Whom the visitor has blocked, with their names: no view shows them.
    pub blocked: LiteMap<VisitorId, String>,
    /// Seconds left until those who are not in the new streams are let go.
    unconfirmed_s: Option<f32>,
    /// Those of whom the new connection has not told yet who they are.
    untold: LiteMap<VisitorId, ()>,
}

impl Others {
    /// The visitor goes on in another place: nobody of this one is there. Who is blocked stays blocked.
    pub fn leave_behind(&mut self) {
        *self = Self {
            blocked: std::mem::take(&mut self.blocked),
            ..Self::default()
        };
    }

    /// The seat in a vehicle on which someone is.
    pub fn rides(&mut self, visitor: VisitorId, ride: Option<Ride>) {
        if let Some(other) = self.present.get_mut(&visitor) {
            other.ride = ride;
        }
    }

    /// Someone is here, at a full tick number, and is told of every `period` ticks.
    pub fn at(&mut self, visitor: VisitorId, stance: Stance, tick: f64, period: u32) {
        let sample = Sample {
            tick,
            at: stance.position.point.to_m(),
            level: stance.position.level,
            heading: stance.heading.radians(),
            motion: stance.motion,
        };
        let period = f64::from(period);
        let other = self
            .present
            .entry(visitor)
            .or_insert_with(|| Other::new(sample, period));
        other.period = period;
        other.take(sample);
    }

    /// Someone left a stream at a tick; another stream may have shown them at the same tick.
    pub fn left(&mut self, visitor: VisitorId, tick: f64) {
        if let Some(other) = self.present.get_mut(&visitor)
            && other.samples.back().is_none_or(|last| last.tick < tick)
        {
            other.here = false;
        }
    }

    /// Someone left the place.
    pub fn gone(&mut self, visitor: VisitorId) {
        self.identities.remove(&visitor);
        self.came.remove(&visitor);
        if let Some(other) = self.present.get_mut(&visitor) {
            other.here = false;
        }
    }

    /// Who someone is.
    pub fn who(&mut self, visitor: VisitorId, identity: Identity) {
        self.untold.remove(&visitor);
        if !self.came.contains_key(&visitor) {
            self.next += 1;
            self.came.insert(visitor, self.next);
        }
        self.identities.insert(visitor, identity);
    }

    /// A new connection: those whom its frames do not show within some seconds have left while it was away.
    pub fn expect_anew(&mut self) {
        const PATIENCE_S: f32 = 4.0;
        for (_, other) in self.present.iter_mut() {
            other.confirmed = false;
            other.samples.clear();
        }
        self.unconfirmed_s = Some(PATIENCE_S);
    }

    /// Names that are not told again within some seconds are of people who have left.
    pub fn forget_names(&mut self) {
        self.untold.clear();
        self.untold
            .extend(self.identities.keys().map(|visitor| (*visitor, ())));
    }

    /// Goes on to the relays' time.
    pub fn advance(&mut self, relay_ms: f64, dt_s: f32) {
        if let Some(left) = &mut self.unconfirmed_s {
            *left -= dt_s;
            if *left <= 0.0 {
                self.unconfirmed_s = None;
                for (_, other) in self.present.iter_mut().filter(|(_, other)| !other.confirmed) {
                    other.here = false;
                }
                for (visitor, ()) in std::mem::take(&mut self.untold) {
                    if self.present.get(&visitor).is_none_or(|other| !other.confirmed) {
                        self.identities.remove(&visitor);
                        self.came.remove(&visitor);
                    }
                }
            }
        }
        let now = relay_ms / 1_000.0 * f64::from(TICK_HZ);
        for (_, other) in self.present.iter_mut() {
            other.advance(now, dt_s);
        }
        self.present.retain(|_, other| other.here || other.opacity > 0.0);
    }

    /// All look at who speaks.
    pub fn heed(&mut self, speakers: &[(VisitorId, Vec2)], dt_s: f32) {
        for (id, other) in self.present.iter_mut() {
            other.gait.heed(*id, other.at, other.heading, speakers, dt_s);
        }
    }

    /// Those near by who have begun an emote within the last step.
    pub fn newly_doing(&self, dt_s: f32) -> impl Iterator<Item = (VisitorId, Motion)> {
        let begins = move |other: &Other| {
            let emotes = other.gait.motion.duration_s().is_some();
            emotes && other.near && dt_s > 0.0 && other.gait.since_s <= dt_s
        };
        let doing = self.present.iter().filter(move |(_, other)| begins(other));
        doing.map(|(id, other)| (*id, other.gait.motion))
    }

    /// Those who came within `near_m` since the last call and whose names are known.
    pub fn newly_near(&mut self, from: Vec2, near_m: f32) -> Vec<VisitorId> {
        let mut news = Vec::new();
        for (id, other) in self.present.iter_mut() {
            let distance = other.at.distance(from);
            if self.blocked.contains_key(id) {
                other.near = false;
            } else if other.near {
                other.near = distance < near_m * LEAVE_FACTOR;
            } else if other.here && distance < near_m && self.identities.contains_key(id) {
                other.near = true;
                news.push(*id);
            }
        }
        news
    }

    /// Where someone is shown, in metres; none when out of view.
    pub fn at_m(&self, visitor: VisitorId) -> Option<(Vec2, Level)> {
        self.present.get(&visitor).map(|other| (other.at, other.level))
    }

    /// Where to meet someone: none when no view shows them.
    pub fn to_meet(&self, visitor: VisitorId) -> Option<(Vec2, Level)> {
        self.at_m(visitor)
            .filter(|_| !self.blocked.contains_key(&visitor))
    }

    /// Whether someone sits in a vehicle.
    pub fn is_riding(&self, visitor: VisitorId) -> bool {
        self.present
            .get(&visitor)
            .is_some_and(|other| other.ride.is_some())
    }

    /// What someone is called here: of those who share a name the ones who came later have a number, so that each can be
    /// told from the others by what is heard.
    pub fn name_of(&self, visitor: VisitorId) -> Option<String> {
        let name = &self.identities.get(&visitor)?.name;
        let came = |visitor: &VisitorId| self.came.get(visitor).copied().unwrap_or_default();
        let own = came(&visitor);
        let namesakes = self.identities.iter().filter(|(_, other)| other.name == *name);
        Some(match namesakes.filter(|(other, _)| came(other) < own).count() {
            0 => name.clone(),
            before => format!("{name} ({})", before + 1),
        })
    }

    /// Name and look of someone, when they are known.
    pub fn identity(&self, visitor: VisitorId) -> Option<&Identity> {
        self.identities.get(&visitor)
    }

    /// Everyone in view who is not leaving, with where they are shown.
    pub fn in_view(&self) -> impl Iterator<Item = (VisitorId, Vec2)> {
        self.present
            .iter()
            .filter(|(id, other)| other.here && !self.blocked.contains_key(id))
            .map(|(id, other)| (*id, other.at))
    }

    /// Everyone, as all views show them.
    pub fn seen(&self) -> impl Iterator<Item = Seen> {
        let shown = self
            .present
            .iter()
            .filter(|(id, _)| !self.blocked.contains_key(id));
        shown.map(|(id, other)| Seen {
            whose: Whose::Person(*id),
            at: other.at,
            level: other.level,
            y: 0.0,
            heading: other.heading,
            gait: other.gait,
            opacity: other.opacity,
            look: self
                .identities
                .get(id)
                .map_or_else(|| Look::from_seed(id.0), |identity| identity.look),
            seed: seed(id.0),
            ride: other.ride,
        })
    }
}

impl Other {
    fn new(sample: Sample, period: f64) -> Self {
        Self {
            samples: VecDeque::new(),
            at: sample.at,
            level: sample.level,
            heading: sample.heading,
            gait: Gait {
                motion: sample.motion,
                ..Gait::default()
            },
            slip: Vec2::ZERO,
            period,
            delay: period + PLAYOUT_TICKS,
            opacity: 0.0,
            play: f64::MIN,
            here: true,
            near: false,
            ride: None,
            confirmed: true,
        }
    }

    fn take(&mut self, sample: Sample) {
        self.here = true;
        self.confirmed = true;
        let before = self.at_tick(self.play);
        if let Some(last) = self.samples.back().copied() {
            if last.tick > sample.tick {
                return;
            }
            let walking = last.motion.speed_m_s() > 0.0;
            let gap = sample.tick - last.tick;
            let run_m = TOP_M_S * self.period as f32 / TICK_HZ as f32;
            if last.at.distance(sample.at) > JUMP_M + run_m {
                self.samples.clear();
            } else if gap < 0.5 {
                self.samples.pop_back();
            } else if gap > self.period + 0.5 && (!walking || gap > self.period + STALE_TICKS) {
                // Nothing is sent of someone who stands: he stood until just before he moved.
                self.samples.push_back(Sample {
                    tick: sample.tick - self.period,
                    ..last
                });
            }
        }
        self.samples.push_back(sample);
        while self.samples.len() > KEPT {
            self.samples.pop_front();
        }
        // What was shown beyond what is known now fades instead of jumping.
        let shown = before.map_or(self.at, |shown| shown.at + self.slip);
        let error = self.at_tick(self.play).map_or(Vec2::ZERO, |now| shown - now.at);
        self.slip = if error.length() < JUMP_M {
            error
        } else {
            Vec2::ZERO
        };
    }

    fn advance(&mut self, now: f64, dt_s: f32) {
        let step = DELAY_TICKS_PER_S * f64::from(dt_s);
        self.delay += (self.period + PLAYOUT_TICKS - self.delay).clamp(-step, step);
        let play = now - self.delay;
        self.play = play;
        let target = if self.here { 1.0 } else { 0.0 };
        let step = dt_s / FADE_S;
        self.opacity += (target - self.opacity).clamp(-step, step);

        while self.samples.len() > 2 && self.samples.get(1).is_some_and(|second| second.tick <= play) {
            self.samples.pop_front();
        }
        let Some(now) = self.at_tick(play) else {
            self.gait.advance(dt_s, 0.0, 0.0);
            return;
        };
        let was = self.at;
        self.slip *= 1.0 - ease(SLIP_RATE, dt_s);
        self.at = now.at + self.slip;
        self.level = now.level;
        let turned = turn(self.heading, now.heading) * ease(TURN_RATE, dt_s);
        self.heading = (self.heading + turned).rem_euclid(std::f32::consts::TAU);
        self.gait.set(now.motion);
        let walked = self.at.distance(was);
        self.gait
            .advance(dt_s, if walked < JUMP_M { walked } else { 0.0 }, turned);
    }

    /// Where the samples put this figure at a tick.
    fn at_tick(&self, play: f64) -> Option<Shown> {
        let first = self.samples.front()?;
        let Some(second) = self.samples.get(1) else {
            let mut shown = first.still();
            if play - first.tick > self.period + STALE_TICKS && first.motion.speed_m_s() > 0.0 {
                // Who walked when last heard of has long stopped: nobody walks without frames.
                shown.motion = first.motion.at_rest();
            }
            return Some(shown);
        };
        let span = (second.tick - first.tick).max(1e-6);
        let share = ((play - first.tick) / span).max(0.0);
        if share <= 1.0 {
            let at = first.at.lerp(second.at, share as f32);
            let heading = first.heading + turn(first.heading, second.heading) * share as f32;
            // Someone who moves in between is already walking, whatever he did before.
            let moves = second.motion.speed_m_s() > 0.0 && first.at != second.at;
            let motion = if moves { second.motion } else { first.motion };
            let level = if share < 0.5 { first.level } else { second.level };
            return Some(Shown {
                at,
                level,
                heading,
                motion,
            });
        }
        let late = play - second.tick;
        if second.motion.speed_m_s() == 0.0 {
            return Some(second.still());
        }
        let per_tick = (second.at - first.at) / span as f32;
        let at = second.at + per_tick * late.min(EXTRAPOLATE_TICKS) as f32;
        let motion = if late > EXTRAPOLATE_TICKS {
            second.motion.at_rest()
        } else {
            second.motion
        };
        Some(Shown {
            at,
            level: second.level,
            heading: second.heading,
            motion,
        })
    }
}

/// Where a figure is at an instant.
struct Shown {
    at: Vec2,
    level: Level,
    heading: f32,
    motion: Motion,
}

impl Sample {
    fn still(&self) -> Shown {
        Shown {
            at: self.at,
            level: self.level,
            heading: self.heading,
            motion: self.motion,
        }
    }
}
