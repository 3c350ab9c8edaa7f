//! The own avatar: moves at once as the visitor wishes, tells the relay at most [`TICK_HZ`] times a second, and no more
//! often than the relay tells others, and stands where the relay says when it says so.

use glam::{Vec2, Vec3Swizzles};
use shared::{
    look::Look,
    motion::Motion,
    protocol::{ClientMessage, Periods, Ride, Stance, TICK_HZ, VisitorId, Welcome},
    space::{Heading, Level, Point, Position},
    walk::Ground,
};

use super::{
    controls::Wish,
    ease,
    gait::Gait,
    seen::{Seen, Whose, seed},
    transit::Seat,
    turn,
};

/// Step of the prediction, in seconds.
const STEP_S: f32 = 1.0 / 60.0;

/// How fast the body turns to where it walks: the share of the angle per second, as an exponential rate.
const TURN_RATE: f32 = 12.0;

/// How fast a correction by the relay fades from the picture, as an exponential rate.
const SLIP_RATE: f32 = 9.0;

/// Corrections and arrivals farther off than this are shown as what they are, in metres.
const LARGEST_SLIP_M: f32 = 3.0;

/// How long the relay may take to set the avatar down, in milliseconds: a relay that was asked too much answers never.
const SET_DOWN_WITHIN_MS: f64 = 3_000.0;

/// The own avatar.
#[derive(Clone, Debug)]
pub struct Me {
    /// Who the visitor is; 0 before the first welcome.
    pub visitor: VisitorId,
    /// The name the relay settled on.
    pub name: String,
    /// The look.
    pub look: Look,
    /// Whether the avatar is in the place: from the first welcome on.
    pub present: bool,
    /// The seat in a vehicle, while there is one.
    pub ride: Option<Ride>,
    /// How high the feet are above the ground, in metres.
    pub lift_m: f32,
    at: Vec2,
    level: Level,
    heading: f32,
    gait: Gait,
    /// What it does while it does nothing: it stands, or stands astride a bicycle.
    rest: Motion,
    /// How far the picture still lags behind `at` after a correction.
    slip: Vec2,
    remainder_s: f32,
    periods: Periods,
    sent: Option<Stance>,
    sent_ms: f64,
    /// Whether it is to be told even if it is the same as before.
    anew: bool,
    /// The last telling that it was told for: see [`Periods::telling`].
    told: u32,
    /// How it stood since, where the way from there was still straight.
    straight: Option<Stance>,
    sequence: u32,
    connected: bool,
    /// The relay was asked to set the avatar down elsewhere, and may take until then, in milliseconds.
    set_down_until_ms: Option<f64>,
}

impl Me {
    /// An avatar that stands so.
    pub fn new(stance: Stance) -> Self {
        Self {
            visitor: VisitorId::default(),
            name: String::new(),
            look: Look::default(),
            present: false,
            ride: None,
            rest: Motion::Stand,
            lift_m: 0.0,
            at: stance.position.point.to_m(),
            level: stance.position.level,
            heading: stance.heading.radians(),
            gait: Gait::default(),
            slip: Vec2::ZERO,
            remainder_s: 0.0,
            periods: Periods::default(),
            sent: None,
            sent_ms: 0.0,
            anew: false,
            told: 0,
            straight: None,
            sequence: 0,
            connected: false,
            set_down_until_ms: None,
        }
    }

    /// The relay let the visitor in.
    pub fn arrive(&mut self, welcome: &Welcome) {
        self.visitor = welcome.visitor;
        self.name.clone_from(&welcome.name);
        self.look = welcome.look;
        self.place_at(welcome.stance);
        self.present = true;
        self.ride = None;
        self.connected = true;
        self.periods = welcome.periods;
        self.sequence = 0;
        self.hold(welcome.stance);
        self.set_down_until_ms = None;
    }

    /// The connection is gone: nothing is to be sent until the next welcome.
    pub fn disconnect(&mut self) {
        self.connected = false;
    }

    /// A claimed motion was not possible, or the avatar was set down elsewhere. What the relay holds counts as sent: the
    /// own heading, which the visitor keeps, is told next.
    pub fn correct(&mut self, stance: Stance) {
        self.place_at(stance);
        self.hold(stance);
        self.set_down_until_ms = None;
    }

    /// The relay was asked to set the avatar down elsewhere: until it answers nothing is sent, since a move from here
    /// that arrives after would take the avatar back.
    pub fn await_set_down(&mut self, now_ms: f64) {
        self.set_down_until_ms = Some(now_ms + SET_DOWN_WITHIN_MS);
    }

    /// Whether the relay has been asked, and has not answered yet.
    pub fn waits_to_be_set_down(&self, now_ms: f64) -> bool {
        self.set_down_until_ms.is_some_and(|until_ms| now_ms < until_ms)
    }

    /// The relay will not set the avatar down elsewhere.
    pub fn stay(&mut self) {
        self.set_down_until_ms = None;
    }

    /// Turns where it stands, clockwise, by radians.
    pub fn turn_by(&mut self, by: f32) {
        self.heading = (self.heading + by).rem_euclid(std::f32::consts::TAU);
    }

    /// Stops walking at once.
    pub fn stop(&mut self) {
        if self.gait.motion.speed_m_s() > 0.0 {
            self.gait.set(self.rest);
        }
    }

    /// Takes a bicycle, or gets off it.
    pub fn cycle(&mut self, cycles: bool) {
        if self.cycles() != cycles {
            self.rest = if cycles { Motion::Astride } else { Motion::Stand };
            self.gait.set(self.rest);
        }
    }

    /// Whether it is on a bicycle.
    pub fn cycles(&self) -> bool {
        self.rest == Motion::Astride
    }

    /// Begins an emote, or sits down; not on a bicycle.
    pub fn emote(&mut self, motion: Motion) {
        self.rest = Motion::Stand;
        self.gait.restart(motion);
        // Without this a second wave would look to the relay like the first going on.
        self.anew = true;
    }

    /// Metres `(x, z)`, as the rules know it.
    pub fn at(&self) -> Vec2 {
        self.at
    }

    /// Metres `(x, z)`, as the picture shows it.
    pub fn shown_at(&self) -> Vec2 {
        self.at + self.slip
    }

    /// Clockwise from north, in radians.
    pub fn heading(&self) -> f32 {
        self.heading
    }

    /// What it does.
    pub fn motion(&self) -> Motion {
        self.gait.motion
    }

    /// As the relay is told.
    pub fn stance(&self) -> Stance {
        Stance {
            position: Position {
                point: Point::from_m(self.at),
                level: self.level,
            },
            heading: Heading::from_radians(self.heading),
            motion: self.gait.motion,
        }
    }

    /// Goes on for `dt_s` as wished. Returns the metres that were walked.
    pub fn advance(&mut self, ground: &Ground, wish: Wish, dt_s: f32) -> f32 {
        self.slip *= 1.0 - ease(SLIP_RATE, dt_s);
        self.remainder_s += dt_s;
        let (mut walked, before) = (0.0, self.heading);
        while self.remainder_s >= STEP_S {
            self.remainder_s -= STEP_S;
            // Where frames are far apart, many steps go towards one goal: none of them past it.
            let left = wish.at_most_m.map(|left| (left - walked).max(0.0));
            walked += self.step(
                ground,
                Wish {
                    at_most_m: left,
                    ..wish
                },
            );
        }
        let turned = turn(before, self.heading);
        self.gait.advance(dt_s, walked, turned);
        if self
            .gait
            .motion
            .duration_s()
            .is_some_and(|lasts| self.gait.since_s >= lasts)
        {
            self.gait.set(Motion::Stand);
        }
        walked
    }

    /// Goes where its seat goes.
    pub fn sit(&mut self, seat: Seat) {
        self.rest = Motion::Stand;
        self.at = seat.feet.xz();
        self.lift_m = seat.feet.y;
        self.slip = Vec2::ZERO;
        self.heading = seat.heading;
        self.gait.set(Motion::Ride);
    }

    /// Looks at who speaks.
    pub fn heed(&mut self, speakers: &[(VisitorId, Vec2)], dt_s: f32) {
        self.gait
            .heed(self.visitor, self.at, self.heading, speakers, dt_s);
    }

    /// The message that is due at `now_ms` and a tick of the relays' clock, if any.
    pub fn due(&mut self, ground: &Ground, now_ms: f64, tick: u32) -> Option<ClientMessage> {
        let now = self.stance();
        let too_soon = now_ms - self.sent_ms < 1_000.0 / f64::from(TICK_HZ);
        let waits = self.waits_to_be_set_down(now_ms);
        if !self.connected
            || self.ride.is_some()
            || waits
            || too_soon
            || (self.sent == Some(now) && !self.anew)
        {
            return None;
        }
        let telling = self.periods.telling(self.visitor, tick);
        let is_straight = |sent: Stance| ground.is_clear(sent.position, now.position);
        let stance = if self.sent.is_none_or(is_straight) {
            if telling == self.told {
                self.straight = Some(now);
                return None;
            }
            self.told = telling;
            now
        } else {
            // The relay believes straight ways only: around a corner it is told of the corner.
            self.straight.unwrap_or(now)
        };
        self.hold(stance);
        self.sent_ms = now_ms;
        self.sequence = self.sequence.wrapping_add(1);
        Some(ClientMessage::Move {
            sequence: self.sequence,
            stance,
        })
    }

    /// The relay holds this, or soon will.
    fn hold(&mut self, stance: Stance) {
        self.sent = Some(stance);
        self.straight = None;
        self.anew = false;
    }

    /// As all views show it, once it is in the place.
    pub fn seen(&self) -> Option<Seen> {
        self.present.then(|| Seen {
            whose: Whose::Mine,
            at: self.shown_at(),
            level: self.level,
            y: 0.0,
            heading: self.heading,
            gait: self.gait,
            opacity: 1.0,
            look: self.look,
            seed: seed(self.visitor.0),
            ride: self.ride,
        })
    }

    /// One step of the prediction. Returns the metres that were walked.
    fn step(&mut self, ground: &Ground, wish: Wish) -> f32 {
        let Some(direction) = wish.direction.try_normalize() else {
            if self.gait.motion.speed_m_s() > 0.0 {
                self.gait.set(self.rest);
            }
            return 0.0;
        };
        let motion = match (self.cycles(), wish.run) {
            (true, _) => Motion::Cycle,
            (false, true) => Motion::Run,
            (false, false) => Motion::Walk,
        };
        let mut stride = motion.speed_m_s() * STEP_S * wish.direction.length().min(1.0);
        if let Some(left) = wish.at_most_m {
            stride = stride.min(left);
        }
        let from = Position {
            point: Point::from_m(self.at),
            level: self.level,
        };
        let to = self.at + direction * stride;
        let wanted = Point::from_m(to);
        let reached = ground.slide(from, wanted);
        // Whole centimetres are too coarse for a slow step: they only decide when something is in the way.
        let next = if reached.point == wanted {
            to
        } else {
            reached.point.to_m()
        };
        let walked = next.distance(self.at);
        self.at = next;
        self.level = reached.level;
        self.heading = (self.heading
            + turn(self.heading, direction.x.atan2(-direction.y)) * ease(TURN_RATE, STEP_S))
        .rem_euclid(std::f32::consts::TAU);
        self.gait.set(motion);
        walked
    }

    fn place_at(&mut self, stance: Stance) {
        let at = stance.position.point.to_m();
        if at.distance(self.at) > 0.005 {
            let slip = self.shown_at() - at;
            self.slip = if self.present && slip.length() <= LARGEST_SLIP_M {
                slip
            } else {
                Vec2::ZERO
            };
            self.at = at;
        }
        self.level = stance.position.level;
        self.lift_m = 0.0;
        if !self.present {
            self.heading = stance.heading.radians();
        }
        // Who is set down elsewhere stands there on foot; a bicycle is kept over a lost line.
        self.cycle(stance.motion.is_cycling());
        self.gait.set(stance.motion);
    }
}
