//! The one true model of what is around the visitor. All three views show it; none of them changes it.
//!
//! In: frames and messages of the relay, the visitor's wishes ([`controls::Controls`]), the time. Out: the stance to
//! send, the figures to show, the camera. It never knows a socket, an element of the page or a clock of its own, so
//! that all of it runs in native tests.

pub mod ambient;
pub mod around;
pub mod bicycles;
pub mod camera;
pub mod clock;
mod company;
pub mod controls;
pub mod gait;
mod give_way;
pub mod landmarks;
pub mod me;
pub mod others;
pub mod passing;
mod rites;
pub mod seen;
pub mod sounds;
pub mod talk;
pub mod transit;
mod ways;

use std::rc::Rc;

use glam::{Vec2, Vec3Swizzles};
use shared::{
    cell::{Decoder, Event, FrameError, tick_at, tick_ms},
    city::{City, Place, SpotName},
    motion::Motion,
    protocol::{ClientMessage, Destination, Periods, Ride, Stance, VisitorId, Welcome},
    space::{Heading, Point, Position},
    walk::Ground,
};

use self::{
    bicycles::Racks,
    camera::{Camera, View},
    clock::RelayClock,
    company::Company,
    controls::{Controls, Wish},
    me::Me,
    others::Others,
    passing::Passing,
    seen::Seen,
    sounds::Sounds,
    transit::{Call, Transit},
};

/// Longest step of the model's time, in seconds: after a hidden tab it goes on from here, not from the past.
const LONGEST_STEP_S: f32 = 0.25;

/// How near someone has to come to be announced, in metres.
const NEAR_M: f32 = 12.0;

/// How long who has spoken is looked at, in milliseconds, and how many of them at most.
const HEEDED_MS: f64 = 4_500.0;
const MOST_HEEDED: usize = 8;

/// From here on one is where one set out to go, in metres.
const THERE_M: f32 = 2.0;

/// Most gestures of others that are told of at once.
const MOST_TOLD: usize = 3;

/// Which way is "forward" for the controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Away from the camera: the stage.
    Camera,
    /// Up the screen is north: the map.
    North,
}

/// What came about in a step that others should hear of.
#[allow(
    clippy::large_enum_variant,
    reason = "a handful exist at a time, for a moment; on 32 bits it is smaller"
)]
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// To be sent to the relay.
    Send(ClientMessage),
    /// The walk to a chosen point is over.
    Reached,
    /// The visitor walks with someone now, or with nobody any more.
    Company,
    /// Another spot is nearest now: its index in the place.
    Spot(usize),
    /// Another portal is within reach now, or none any more.
    Portal,
    /// There is something to tell of vehicles, or nothing any more.
    Transit,
    /// There is something else to do with bicycles ([`World::bicycle`]) than this, which there was before.
    Bicycle(Option<bool>),
    /// Another act of a rite nearby has begun, or there is none nearby any more.
    Act,
    /// The ground one stands on can be seen in other years, or no more.
    Years,
    /// Someone came near.
    Near(VisitorId),
    /// Someone near makes a gesture.
    Does(VisitorId, Motion),
}

/// The model.
pub struct World {
    city: Rc<City>,
    place: usize,
    /// Which copy of the place; none before the first welcome.
    pub channel: Option<u16>,
    /// What can be walked on.
    pub ground: Ground,
    /// The relays' clock.
    pub clock: RelayClock,
    /// The own avatar.
    pub me: Me,
    /// Everyone else.
    pub others: Others,
    /// From where the stage is seen.
    pub camera: Camera,
    /// What the visitor wants.
    pub controls: Controls,
    /// What "forward" means.
    pub orientation: Orientation,
    /// What of the place is heard.
    pub sounds: Sounds,
    /// The lines of the place.
    pub transit: Transit,
    racks: Racks,
    /// What there was to do with bicycles at the last step.
    bicycle: Option<bool>,
    decoder: Decoder,
    periods: Periods,
    nearest_spot: Option<usize>,
    /// The portal within reach: its number among the parts.
    portal: Option<usize>,
    /// The channel that the visitor was in last, in each of the places they have been to.
    been_in: Vec<(String, u16)>,
    /// Who has spoken lately, the last one last, and until when they are looked at.
    speakers: Vec<(VisitorId, f64)>,
    /// The rite nearby, and its act, at the last step.
    act: Option<(usize, usize)>,
    /// Whether there are other years of the ground, at the last step.
    has_years: bool,
    /// Where the visitor set out to go, in metres, until it is reached.
    pub beacon: Option<Vec2>,
    company: Company,
    passing: Passing,
    last_ms: Option<f64>,
    relay_ms: f64,
}

impl World {
    /// A world at a place of a city, seen from a spot, before anyone is in it. None when the city has no such place.
    pub fn new(city: Rc<City>, place: &str, spot: Option<&str>) -> Option<Self> {
        let index = city
            .places
            .iter()
            .position(|candidate| candidate.id == place)
            .or_else(|| {
                let arrival = city.arrival_place()?;
                city.places
                    .iter()
                    .position(|candidate| candidate.id == arrival.id)
            })?;
        let here = city.places.get(index)?;
        let start = spot
            .and_then(|spot| here.spot(spot))
            .or_else(|| here.spot(&city.arrival.spot))
            .or_else(|| here.spots.first())?;
        let stance = Stance {
            position: start.position,
            heading: start.heading,
            ..Stance::default()
        };
        let ground = Ground::new(here);
        Some(Self {
            ground,
            clock: RelayClock::default(),
            me: Me::new(stance),
            others: Others::default(),
            camera: Camera::behind(stance),
            controls: Controls::default(),
            orientation: Orientation::Camera,
            sounds: Sounds::of(here),
            transit: Transit::of(here),
            racks: Racks::of(here),
            bicycle: None,
            channel: None,
            decoder: Decoder::default(),
            periods: Periods::default(),
            nearest_spot: None,
            portal: None,
            been_in: Vec::new(),
            speakers: Vec::new(),
            act: None,
            has_years: false,
            beacon: None,
            company: Company::default(),
            passing: Passing::of(here),
            last_ms: None,
            relay_ms: 0.0,
            place: index,
            city,
        })
    }

    /// The city.
    pub fn city(&self) -> &Rc<City> {
        &self.city
    }

    /// The place the visitor is in.
    pub fn place(&self) -> Option<&Place> {
        self.city.places.get(self.place)
    }

    /// The relays' clock at the last step, in milliseconds since 1970.
    pub fn relay_ms(&self) -> f64 {
        self.relay_ms
    }

    /// Index of the spot nearest to the own avatar.
    pub fn nearest_spot(&self) -> Option<usize> {
        self.nearest_spot
    }

    /// Where the portal leads that is within reach, if one is.
    pub fn door(&self) -> Option<&SpotName> {
        let place = self.place()?;
        place
            .portal_near(self.me.stance().position)
            .map(|(_, to)| to)
            .filter(|_| self.me.present)
    }

    /// A spot of any place, or where one stands there, in the channel that the visitor was in there.
    pub fn destination_at(&self, place: &str, spot: Option<&str>) -> Destination {
        let before = self.been_in.iter().find(|(known, _)| known == place);
        Destination {
            place: place.to_owned(),
            spot: spot.map(str::to_owned),
            channel: before.map(|(_, channel)| *channel),
            beside: None,
        }
    }

    /// This ground in other years and now, the earliest first, and which of them it is; none where there is only now.
    pub fn years(&self) -> Option<(Vec<&Place>, usize)> {
        let here = self.place().filter(|_| self.me.present)?;
        let years = self.city.years(here, self.me.stance().position.point);
        let index = years.iter().position(|place| place.id == here.id)?;
        (years.len() > 1).then_some((years, index))
    }

    /// The visitor is in, for the first time, or again after a lost connection, or in another place, which is told.
    pub fn welcome(&mut self, welcome: &Welcome, now_ms: f64) -> bool {
        self.clock.set(now_ms, welcome.relay_ms as f64);
        let city = self.city.clone();
        let mut places = city.places.iter().enumerate();
        let there = places.find(|(_, place)| place.id == welcome.place);
        let moved = there.filter(|(index, _)| *index != self.place);
        let was_here = self.me.present
            && moved.is_some_and(|(_, place)| self.place().is_some_and(|here| here.site() == place.site()));
        if let Some((index, place)) = moved {
            self.place = index;
            self.ground = Ground::new(place);
            self.sounds = Sounds::of(place);
            self.transit = Transit::of(place);
            self.racks = Racks::of(place);
            self.passing = Passing::of(place);
            self.others.leave_behind();
            self.controls.stop();
            self.beacon = None;
            self.nearest_spot = None;
            self.me.present = false;
        }
        self.channel = Some(welcome.channel);
        self.been_in.retain(|(place, _)| *place != welcome.place);
        self.been_in.push((welcome.place.clone(), welcome.channel));
        let first = !self.me.present;
        self.me.arrive(welcome);
        if first {
            // One that is within reach on arrival is told of.
            self.portal = None;
            // In another year one goes on looking where one looked.
            if !was_here {
                self.camera = Camera::behind(welcome.stance);
            }
        }
        self.periods = welcome.periods;
        // Whom the new connection has not told of has left meanwhile.
        self.others.forget_names();
        self.begin_anew();
        moved.is_some()
    }

    /// All streams begin with their key frames; whoever is not in them has left meanwhile.
    pub fn begin_anew(&mut self) {
        self.decoder = Decoder::default();
        self.others.expect_anew();
    }

    /// Where to come in again if the session cannot go on exactly: near where the visitor was. None before the first
    /// welcome.
    pub fn destination(&self) -> Option<Destination> {
        let place = self.place().filter(|_| self.me.present)?;
        let spot = place.nearest_spot(self.me.stance().position);
        Some(Destination {
            place: place.id.clone(),
            spot: spot.map(|spot| spot.id.clone()),
            channel: self.channel,
            beside: None,
        })
    }

    /// Takes in the frames of one message that came at `now_ms`. Whether all streams must be asked for anew.
    pub fn read(&mut self, frames: &[u8], now_ms: f64) -> Result<bool, FrameError> {
        // The time of the last step would be too old: a hidden tab takes none, but its frames come all the same.
        let relay_ms = self.clock.at(now_ms);
        let mut events = Vec::new();
        let outcome = self.decoder.read(frames, &mut events);
        let mut gap = false;
        for event in events {
            match event {
                Event::At {
                    visitor,
                    stance,
                    tick,
                    rate,
                } if visitor != self.me.visitor => {
                    let period = self.periods.of(rate);
                    let began_ms = tick_ms(tick, relay_ms.max(0.0) as u64);
                    let ride = self.transit.ride_of(stance, began_ms as f64);
                    self.others
                        .at(visitor, stance, clock::tick_near(tick, relay_ms), period);
                    self.others.rides(visitor, ride);
                }
                Event::Left { visitor, tick } if visitor != self.me.visitor => {
                    self.others.left(visitor, clock::tick_near(tick, relay_ms));
                }
                Event::At { .. } | Event::Left { .. } => {}
                Event::Gap { .. } => gap = true,
            }
        }
        outcome.map(|()| gap)
    }

    /// The relay says that a claimed motion was not possible.
    pub fn correct(&mut self, stance: Stance) {
        self.me.correct(stance);
        // Whom one walks with is still there.
        if self.controls.following().is_none() {
            self.controls.stop();
        }
    }

    /// The relay says whether the visitor sits in a vehicle.
    pub fn ride(&mut self, ride: Option<Ride>) {
        self.me.ride = ride;
        self.controls.stop();
    }

    /// What there is to tell of vehicles now.
    pub fn call(&self) -> Option<Call> {
        let from = self.me.stance().position;
        self.transit
            .call(self.me.ride, from, self.relay_ms)
            .filter(|_| self.me.present)
    }

    /// Goes on to the time `now_ms` of the page's clock.
    pub fn advance(&mut self, now_ms: f64) -> Vec<Happening> {
        let dt_s = self
            .last_ms
            .map_or(0.0, |last| ((now_ms - last) / 1_000.0) as f32)
            .clamp(0.0, LONGEST_STEP_S);
        self.last_ms = Some(now_ms);
        self.relay_ms = self.clock.advance(now_ms, dt_s);
        let mut happenings = Vec::new();

        let yaw = match self.orientation {
            Orientation::Camera => self.camera.yaw,
            Orientation::North => 0.0,
        };
        let seat = self
            .me
            .ride
            .and_then(|ride| self.transit.seat(ride, self.relay_ms));
        let wish = if seat.is_some() {
            Wish::default()
        } else {
            self.controls.wish(yaw, self.me.at())
        };
        let gives_way = self.gives_way(wish);
        let walked = self.me.advance(&self.ground, gives_way.unwrap_or(wish), dt_s);
        // Whoever waits for a bus to pass is not stuck.
        let tries_s = if gives_way.is_some() { 0.0 } else { dt_s };
        let ended = self.controls.walked(self.me.at(), walked, tries_s);
        if ended && self.controls.following().is_none() {
            happenings.push(Happening::Reached);
        }
        if self.keep_up() {
            happenings.push(Happening::Company);
        }
        if self
            .beacon
            .is_some_and(|beacon| beacon.distance(self.me.at()) < THERE_M)
        {
            self.beacon = None;
        }
        if let Some(seat) = seat {
            // Whoever looks ahead looks ahead around a corner, too.
            self.camera.yaw += turn(self.me.heading(), seat.heading);
            self.me.sit(seat);
        }
        self.camera.orbit_by(self.controls.orbit(), dt_s);
        self.camera.follow(&self.me, &self.ground, dt_s);
        happenings.extend(self.due(now_ms).map(Happening::Send));

        self.others.advance(self.relay_ms, dt_s);
        self.heed_speakers(dt_s);
        let doing = self.others.newly_doing(dt_s).take(MOST_TOLD);
        happenings.extend(doing.map(|(visitor, motion)| Happening::Does(visitor, motion)));
        for visitor in self.others.newly_near(self.me.at(), NEAR_M) {
            happenings.push(Happening::Near(visitor));
        }
        if let Some(spot) = self.spot_now()
            && self.nearest_spot != Some(spot)
        {
            self.nearest_spot = Some(spot);
            happenings.push(Happening::Spot(spot));
        }
        let near = self
            .place()
            .and_then(|place| place.portal_near(self.me.stance().position));
        let portal = near.map(|(part, _)| part);
        if portal != self.portal {
            self.portal = portal;
            happenings.push(Happening::Portal);
        }
        let act = self.act_now();
        if act != self.act {
            self.act = act;
            happenings.push(Happening::Act);
        }
        let has_years = self.years().is_some();
        if has_years != self.has_years {
            self.has_years = has_years;
            happenings.push(Happening::Years);
        }
        let bicycle = self.bicycle();
        if bicycle != self.bicycle {
            let before = std::mem::replace(&mut self.bicycle, bicycle);
            happenings.push(Happening::Bicycle(before));
        }
        let call = self.call();
        if self.transit.is_news(call) {
            happenings.push(Happening::Transit);
        }
        happenings
    }

    /// What the relay is to be told of the own avatar at `now_ms`, if anything is due.
    pub fn due(&mut self, now_ms: f64) -> Option<ClientMessage> {
        let tick = tick_at(self.clock.at(now_ms) as u64);
        self.me.due(&self.ground, now_ms, tick)
    }

    /// Someone has said something: those around look there for a while.
    pub fn spoke(&mut self, visitor: VisitorId) {
        self.speakers.retain(|(speaker, _)| *speaker != visitor);
        if self.speakers.len() == MOST_HEEDED {
            self.speakers.remove(0);
        }
        self.speakers.push((visitor, self.relay_ms + HEEDED_MS));
    }

    fn heed_speakers(&mut self, dt_s: f32) {
        let now_ms = self.relay_ms;
        self.speakers.retain(|(_, until_ms)| now_ms < *until_ms);
        let at = |visitor: VisitorId| {
            if visitor == self.me.visitor {
                return Some(self.me.at());
            }
            self.others.at_m(visitor).map(|(at, _)| at)
        };
        let speakers: Vec<(VisitorId, Vec2)> = self
            .speakers
            .iter()
            .filter_map(|(visitor, _)| Some((*visitor, at(*visitor)?)))
            .collect();
        self.others.heed(&speakers, dt_s);
        self.me.heed(&speakers, dt_s);
    }

    /// Nothing is wished any more, and the avatar stops: the page is hidden, and no step will come for a long time.
    pub fn rest(&mut self) {
        self.controls = Controls::default();
        self.me.stop();
    }

    /// Sets off to a point, around what is in the way. Says whether there is a way.
    pub fn walk_to(&mut self, to: Position) -> bool {
        let route = self.ground.path(self.me.stance().position, to);
        // Where the way ends, which is beside what stands in a goal.
        self.beacon = route.last().map(|end| end.point.to_m());
        self.controls.set_route(self.me.at(), route);
        self.beacon.is_some()
    }

    /// What is seen from above at a point of the plan, in metres: where a tap on the map leads.
    pub fn seen_from_above(&self, at: Vec2) -> Position {
        let point = Point::from_m(at);
        Position {
            point,
            level: self.ground.seen_from_above(point),
        }
    }

    /// What of the ground is seen at a point of the screen, if any: on the street, or below it where it is open.
    pub fn ground_at(&self, view: &View, screen: Vec2) -> Option<Position> {
        let lowest = self
            .ground
            .levels_m()
            .map(|(level, _)| level)
            .min()
            .unwrap_or_default();
        self.ground.levels_m().find_map(|(level, height_m)| {
            let at = view.ground_at(screen, height_m)?;
            let seen = self.seen_from_above(at).level;
            (seen == level || view.eye.y < 0.0 || level == lowest).then(|| Position {
                point: Point::from_m(at),
                level,
            })
        })
    }

    /// How high the ground is at a position, in metres.
    pub fn height_m(&self, at: Position) -> f32 {
        self.ground.height_m(at.point.to_m(), at.level)
    }

    /// Looks at once where a spot looks: after being set down there.
    pub fn face(&mut self, heading: Heading) {
        self.camera.yaw = heading.radians();
    }

    /// Where "ahead" is for what is told and heard, in radians: on the stage what is on the screen, also when the avatar
    /// looks elsewhere.
    pub fn facing(&self) -> f32 {
        match self.orientation {
            Orientation::Camera => self.camera.yaw,
            Orientation::North => self.me.heading(),
        }
    }

    /// Everyone to be shown now: the own avatar first, then people, then ambient figures, and at last
    /// vehicles and bicycles.
    pub fn seen(&self) -> Vec<Seen> {
        let mut seen = Vec::new();
        seen.extend(self.me.seen());
        seen.extend(self.others.seen());
        if let Some(place) = self.place() {
            ambient::figures(place, self.me.shown_at(), self.relay_ms, &mut seen);
        }
        for figure in &mut seen {
            if let Some(seat) = figure
                .ride
                .and_then(|ride| self.transit.seat(ride, self.relay_ms))
            {
                figure.at = seat.feet.xz();
                figure.y = seat.feet.y;
                figure.heading = seat.heading;
            } else {
                figure.y = self.ground.height_m(figure.at, figure.level);
            }
        }
        let ridden = bicycles::under(&seen, self.me.at());
        seen.extend(self.transit.seen(self.relay_ms));
        seen.extend(ridden);
        let parked = self.racks.seen(self.me.at());
        seen.extend(parked.map(|bicycle| Seen {
            y: self.ground.height_m(bicycle.at, bicycle.level),
            ..bicycle
        }));
        seen
    }

    /// The city's own clock: the hour (0 to 24) and the day of the year (0 to 366).
    pub fn city_time(&self) -> (f32, f32) {
        clock::hour_and_day(self.relay_ms, self.city.utc_offset_min)
    }

    fn spot_now(&self) -> Option<usize> {
        let place = self.place()?;
        let spot = place.nearest_spot(self.me.stance().position)?;
        place.spots.iter().position(|candidate| candidate.id == spot.id)
    }
}

/// The way from one angle to another, in radians, the shorter way round.
pub fn turn(from: f32, to: f32) -> f32 {
    let tau = std::f32::consts::TAU;
    (to - from + tau / 2.0).rem_euclid(tau) - tau / 2.0
}

/// The share of a gap that closes in `dt_s` when it closes at `rate` a second, however the time is cut into steps.
pub fn ease(rate: f32, dt_s: f32) -> f32 {
    1.0 - (-rate * dt_s).exp()
}

/// The unit vector `(x, z)` along an angle, clockwise from north.
pub fn along(angle: f32) -> Vec2 {
    Vec2::new(angle.sin(), -angle.cos())
}

#[cfg(test)]
mod tests;
