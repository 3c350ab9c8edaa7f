//! A made-up world, for those who work on the page: no relay, nobody else, and yet people who walk, talk and answer.
//!
//! In: a compiled city, the name of a scene, and the page's own messages. Out: a relay's messages. It is no relay: it lets one
//! page in, believes everything, and remembers nothing.

mod people;
mod scene;

use std::collections::BTreeMap;

use shared::{
    cell::{Encoder, HEARTBEAT_TICKS, Rate, StreamId, tick_at},
    city::{City, DecodeError, transit::Timetable},
    help::{HelpAct, HelpNews},
    moderation::{Announcement, Lever, Role},
    protocol::{
        ClientMessage, CloseReason, Destination, Hello, Notice, Periods, Reach, RelayMessage, Ride, Said,
        Source, Stance, TICK_HZ, Utterance, VisitorId, Welcome, Who,
    },
    space::{Cell, Point, Position},
    walk::Ground,
};

use self::{
    people::{Person, around},
    scene::Scene,
};

/// The page's own visitor.
const ME: VisitorId = VisitorId(1);

/// Someone says something so often, in ticks.
const SAID_EVERY: u32 = 10 * TICK_HZ;

/// When, after the welcome, what a scene has in store happens, in milliseconds.
const IN_STORE_MS: u64 = 3_000;

/// How long an answer takes, in milliseconds.
const ANSWER_MS: u64 = 1_500;

/// The close code of a line that is gone.
const GONE: u16 = 1_006;

/// What the page is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// A message of a relay.
    Message(RelayMessage),
    /// The connection ends, with this code.
    Close(u16),
}

/// The world, for one connection.
pub struct World {
    city: City,
    scene: Scene,
    /// Where the visitor is, once there.
    here: Option<Here>,
    /// What will be told, and when, in milliseconds; in no order.
    later: Vec<(u64, Told)>,
    /// Numbers lines.
    lines: u64,
    /// Counts what people have said.
    sayings: usize,
}

/// A place with everyone in it.
struct Here {
    place: usize,
    ground: Ground,
    me: Who,
    stance: Stance,
    people: Vec<Person>,
    streams: BTreeMap<Cell, Encoder>,
    ticked: u32,
    ride: Option<Ride>,
}

impl World {
    /// Of a compiled city, and a scene by its name. An error when the city cannot be read.
    pub fn new(city: &[u8], scene: &str) -> Result<Self, DecodeError> {
        Ok(Self {
            city: City::decode(city)?,
            scene: Scene::named(scene),
            here: None,
            later: Vec::new(),
            lines: 0,
            sayings: 0,
        })
    }

    /// Takes in a message of the page, at a time in milliseconds since 1970.
    pub fn hear(&mut self, message: &[u8], now_ms: u64) -> Vec<Told> {
        match ClientMessage::decode(message) {
            Ok(ClientMessage::Hello(hello)) => self.hello(hello, now_ms),
            Ok(message) => self.answer(message, now_ms),
            Err(error) => vec![Told::Close(CloseReason::from(error).code())],
        }
    }

    /// What a tick brings: who moved, and whatever is due.
    pub fn tick(&mut self, now_ms: u64) -> Vec<Told> {
        let tick = tick_at(now_ms);
        let mut told = Vec::new();
        if let Some(here) = self.here.as_mut().filter(|here| here.ticked != tick) {
            here.ticked = tick;
            for person in &mut here.people {
                person.step(&here.ground, tick);
            }
            let frames = here.frames(tick);
            if !frames.is_empty() {
                told.push(Told::Message(RelayMessage::Frames(frames)));
            }
            if tick.is_multiple_of(SAID_EVERY) && !here.people.is_empty() {
                let speaker = &here.people[self.sayings % here.people.len()];
                let (who, utterance) = (speaker.who.clone(), speaker.says(self.sayings));
                let reach = if self.sayings.is_multiple_of(3) {
                    Reach::Place
                } else {
                    Reach::Near
                };
                self.sayings += 1;
                told.push(self.said(&who, reach, utterance, now_ms));
            }
        }
        told.extend(self.alight(now_ms));
        let (due, later) = std::mem::take(&mut self.later)
            .into_iter()
            .partition(|(at_ms, _)| *at_ms <= now_ms);
        self.later = later;
        let due: Vec<(u64, Told)> = due;
        for (_, due) in due {
            if matches!(due, Told::Close(_)) {
                self.here = None;
            }
            told.push(due);
        }
        told
    }

    /// Lets the visitor in, or elsewhere.
    fn hello(&mut self, hello: Hello, now_ms: u64) -> Vec<Told> {
        if let Some(reason) = self.scene.refused {
            return vec![Told::Close(reason.code())];
        }
        // Whoever was in already has lost the line, and does not get it back.
        if self.scene.is_lost && self.here.is_none() && hello.stance.is_some() {
            return vec![Told::Close(GONE)];
        }
        let first = self.here.is_none();
        let Some((index, stance)) = self.stance(&hello.destination) else {
            return vec![Told::Message(RelayMessage::Notice(Notice::NoSuchSpot))];
        };
        let place = &self.city.places[index];
        let ground = Ground::new(place);
        let people = around(&ground, stance.position, self.scene.people);
        let me = Who {
            visitor: ME,
            name: Some(hello.name)
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| "1".to_owned()),
            look: hello.look,
            role: self.scene.role,
        };
        let all = people.iter().map(|person| person.who.clone()).collect();
        let welcome = Welcome {
            visitor: ME,
            ticket: Vec::new(),
            name: me.name.clone(),
            look: me.look,
            place: place.id.clone(),
            channel: hello.destination.channel.unwrap_or(1),
            stance,
            resumed: false,
            relay_ms: now_ms,
            people: people.len() as u32 + 1,
            role: me.role,
            periods: Periods::default(),
        };
        self.here = Some(Here {
            place: index,
            ground,
            me,
            stance,
            people,
            streams: BTreeMap::new(),
            ticked: 0,
            ride: None,
        });
        if first {
            self.store(now_ms);
        }
        let messages = [
            RelayMessage::Welcome(welcome),
            RelayMessage::Who(all),
            RelayMessage::Chat(self.scene.chat),
        ];
        messages.map(Told::Message).into()
    }

    /// Where a wish leads: beside someone, to a spot, or to where visitors are received.
    fn stance(&self, wish: &Destination) -> Option<(usize, Stance)> {
        if let (Some(beside), Some(here)) = (wish.beside, &self.here) {
            let caller = here.people.iter().find(|person| person.who.visitor == beside)?;
            let mut stance = caller.stance;
            let aside = Point::new(stance.position.point.x + 150, stance.position.point.z);
            stance.position = here.ground.slide(stance.position, aside);
            return Some((here.place, stance));
        }
        let of = |id: &str| self.city.places.iter().position(|place| place.id == id);
        let index = of(&wish.place).or_else(|| of(&self.city.arrival.place))?;
        let place = &self.city.places[index];
        let spot = wish.spot.as_deref().and_then(|spot| place.spot(spot));
        let spot = spot
            .or_else(|| place.spot(&self.city.arrival.spot))
            .or(place.spots.first())?;
        let stance = Stance {
            position: spot.position,
            heading: spot.heading,
            ..Stance::default()
        };
        Some((index, stance))
    }

    /// What the scene has in store for whoever has come.
    fn store(&mut self, now_ms: u64) {
        let at_ms = now_ms + IN_STORE_MS;
        let Scene {
            notice,
            announces,
            is_lost,
            role,
            ..
        } = self.scene;
        let mut store = |message| self.later.push((at_ms, Told::Message(message)));
        if let Some(notice) = notice {
            store(RelayMessage::Notice(notice));
        }
        let host = self.here.as_ref().and_then(|here| here.people.get(1));
        if let Some(host) = host.filter(|_| announces) {
            store(RelayMessage::Announced(Announcement {
                name: host.who.name.clone(),
                role: host.who.role,
                text: "The lanterns are lit at seven.".to_owned(),
                language: "en".to_owned(),
                at_ms,
            }));
        }
        let caller = self.here.as_ref().and_then(|here| here.people.get(2));
        if let (Some(caller), Some(here), true) = (caller, &self.here, role >= Role::Helper) {
            store(RelayMessage::Help(HelpNews::Called {
                visitor: caller.who.visitor,
                name: caller.who.name.clone(),
                place: self.city.places[here.place].id.clone(),
            }));
        }
        if is_lost {
            self.later.push((at_ms, Told::Close(GONE)));
        }
    }

    /// Answers whoever is in.
    fn answer(&mut self, message: ClientMessage, now_ms: u64) -> Vec<Told> {
        let Some(here) = self.here.as_mut() else {
            return Vec::new();
        };
        let place = &self.city.places[here.place];
        let told = match message {
            ClientMessage::Move { stance, .. } => {
                here.stance = stance;
                return Vec::new();
            }
            ClientMessage::Say { reach, utterance } => {
                let me = here.me.clone();
                let friend = here.nearest().cloned();
                let receipt = self.said(&me, reach, utterance, now_ms);
                if let Some(friend) = friend {
                    let at_ms = now_ms + ANSWER_MS;
                    self.sayings += 1;
                    let answer = self.said(&friend.who, reach, friend.says(self.sayings), at_ms);
                    self.later.push((at_ms, answer));
                }
                return vec![receipt];
            }
            ClientMessage::Appear { name, look } => {
                here.me.look = look;
                if !name.is_empty() {
                    here.me.name = name;
                }
                RelayMessage::Who(vec![here.me.clone()])
            }
            ClientMessage::Ping { client_ms } => RelayMessage::Pong {
                client_ms,
                relay_ms: now_ms,
            },
            ClientMessage::Teleport { spot } => match place.spot(&spot) {
                Some(spot) => {
                    here.stance = Stance {
                        position: spot.position,
                        heading: spot.heading,
                        ..Stance::default()
                    };
                    correct(here.stance)
                }
                None => RelayMessage::Notice(Notice::NoSuchSpot),
            },
            ClientMessage::Reseed => {
                here.streams.clear();
                RelayMessage::Anew
            }
            ClientMessage::Lever(_) if !here.me.role.has_levers() => RelayMessage::Notice(Notice::NotAHost),
            ClientMessage::Lever(Lever::Announce { text, language }) => {
                RelayMessage::Announced(Announcement {
                    name: here.me.name.clone(),
                    role: here.me.role,
                    text,
                    language,
                    at_ms: now_ms,
                })
            }
            ClientMessage::Lever(Lever::Chat(rule)) => RelayMessage::Chat(rule),
            ClientMessage::Lever(_) => RelayMessage::Notice(Notice::Done),
            ClientMessage::Report { .. } => RelayMessage::Notice(Notice::Reported),
            ClientMessage::Help(HelpAct::Call) => {
                if let Some(helper) = here.people.first() {
                    let comes = RelayMessage::Help(HelpNews::Comes {
                        helper: helper.who.visitor,
                        name: helper.who.name.clone(),
                    });
                    self.later.push((now_ms + 2 * ANSWER_MS, Told::Message(comes)));
                }
                RelayMessage::Help(HelpNews::Told {
                    helpers: u32::from(!here.people.is_empty()),
                })
            }
            ClientMessage::Board { line, vehicle } => {
                here.ride = Some(Ride {
                    line,
                    vehicle,
                    seat: 0,
                    alights: false,
                });
                RelayMessage::Riding(here.ride)
            }
            ClientMessage::Alight => {
                if let Some(ride) = &mut here.ride {
                    ride.alights = true;
                }
                RelayMessage::Riding(here.ride)
            }
            ClientMessage::Hello(_)
            | ClientMessage::Help(HelpAct::Over)
            | ClientMessage::Block { .. }
            | ClientMessage::Light(_) => return Vec::new(),
        };
        vec![Told::Message(told)]
    }

    /// Whoever wants to get off does where the vehicle stands.
    fn alight(&mut self, now_ms: u64) -> Vec<Told> {
        let alights = self.here.as_mut().and_then(|here| {
            let ride = here.ride.filter(|ride| ride.alights)?;
            let line = self.city.places[here.place].transit.get(usize::from(ride.line))?;
            let moment = Timetable::new(line).moment(ride.vehicle, now_ms as f64)?;
            moment.stands.then(|| {
                here.ride = None;
                here.stance = Stance {
                    position: Position {
                        point: Point::from_m(moment.door_m()),
                        level: 0,
                    },
                    ..here.stance
                };
                here.stance
            })
        });
        let messages = alights.map(|stance| [RelayMessage::Riding(None), correct(stance)]);
        messages.into_iter().flatten().map(Told::Message).collect()
    }

    /// A line of someone, as it arrives.
    fn said(&mut self, who: &Who, reach: Reach, utterance: Utterance, at_ms: u64) -> Told {
        self.lines += 1;
        Told::Message(RelayMessage::Said(Said {
            line: self.lines,
            visitor: who.visitor,
            name: who.name.clone(),
            reach,
            utterance,
            at_ms,
        }))
    }
}

impl Here {
    /// Who stands nearest to the visitor.
    fn nearest(&self) -> Option<&Person> {
        let far = |person: &&Person| {
            let at = person.stance.position.point;
            at.distance_cm(self.stance.position.point)
        };
        self.people.iter().min_by(|a, b| far(a).total_cmp(&far(b)))
    }

    /// The frames of a tick, of all groups in which people are or were.
    fn frames(&mut self, tick: u32) -> Vec<u8> {
        let mut inside: BTreeMap<Cell, Vec<(VisitorId, Stance)>> =
            self.streams.keys().map(|cell| (*cell, Vec::new())).collect();
        for person in &self.people {
            let cell = Cell::at(person.stance.position.point, 0);
            inside
                .entry(cell)
                .or_default()
                .push((person.who.visitor, person.stance));
        }
        let mut frames = Vec::new();
        for (cell, people) in inside {
            let stream = StreamId {
                source: Source::default(),
                rate: Rate::Near,
                cell,
            };
            let encoder = self.streams.entry(cell).or_insert_with(|| Encoder::new(stream));
            let frame = encoder.frame(tick, &people);
            let beats = tick.is_multiple_of(HEARTBEAT_TICKS);
            let frame = frame.or_else(|| beats.then(|| encoder.heartbeat(tick)).flatten());
            frames.extend(frame.into_iter().flatten());
        }
        frames
    }
}

/// Where the visitor stands from now on.
fn correct(stance: Stance) -> RelayMessage {
    RelayMessage::Correct { sequence: 0, stance }
}

#[cfg(test)]
mod tests;
