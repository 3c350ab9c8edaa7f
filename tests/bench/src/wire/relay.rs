//! The relay itself: its own protocol and cell streams, as the page speaks them.

use std::{cell::RefCell, collections::HashMap, io::Write as _, net::TcpStream, rc::Rc};

use anyhow::{Context, Result, bail, ensure};
use shared::{
    cell::{Decoder, Event, Rate},
    motion::Motion,
    protocol::{ClientMessage, Destination, Hello, RelayMessage, SUBPROTOCOL, Stance, VisitorId},
    space::{Point, Position},
};

use super::{Sighting, Visitor, Wire};
use crate::{
    city,
    trace::Move,
    websocket::{self, Opcode},
};

/// Who is who: the relay gives visitors random ids.
#[derive(Default)]
pub struct Guests {
    /// Middle of each group's square.
    homes: Vec<Point>,
    visitors: RefCell<HashMap<VisitorId, Visitor>>,
}

impl Guests {
    /// Nobody yet, in a city with these homes.
    pub fn new(homes: Vec<Point>) -> Rc<Self> {
        Rc::new(Self {
            homes,
            visitors: RefCell::default(),
        })
    }

    fn home(&self, group: u16) -> Result<Point> {
        let home = self.homes.get(usize::from(group));
        home.copied().context("the city has a home for each group")
    }
}

/// A visitor of the relay.
pub struct Relay {
    visitor: Visitor,
    guests: Rc<Guests>,
    home: Point,
    decoder: Decoder,
    events: Vec<Event>,
    sequence: u32,
}

impl Relay {
    /// One of the guests.
    pub fn new(visitor: Visitor, guests: Rc<Guests>) -> Result<Self> {
        let home = guests.home(visitor.group)?;
        Ok(Self {
            visitor,
            guests,
            home,
            decoder: Decoder::default(),
            events: Vec::new(),
            sequence: 0,
        })
    }

    fn read_frames(&mut self, frames: &[u8], seen: &mut Vec<Sighting>, answer: &mut Vec<u8>) -> Result<()> {
        self.decoder.read(frames, &mut self.events)?;
        let visitors = self.guests.visitors.borrow();
        for event in self.events.drain(..) {
            match event {
                Event::At {
                    visitor,
                    stance,
                    rate,
                    ..
                } if rate != Rate::Far => {
                    // Whoever is not in the list yet is still coming in.
                    let Some(other) = visitors.get(&visitor) else {
                        continue;
                    };
                    let home = self.guests.home(other.group)?;
                    let point = stance.position.point;
                    seen.push(Sighting {
                        visitor: other.number,
                        at: Move {
                            x: (point.x - home.x) as i16,
                            z: (point.z - home.z) as i16,
                            heading: stance.heading,
                        },
                    });
                }
                // What is far off would be more than the others are asked for.
                Event::At { .. } | Event::Left { .. } => {}
                Event::Gap { .. } => put(answer, &ClientMessage::Reseed),
            }
        }
        Ok(())
    }
}

impl Wire for Relay {
    fn join(&mut self, stream: &mut TcpStream) -> Result<Vec<u8>> {
        let header = format!("Sec-WebSocket-Protocol: {SUBPROTOCOL}\r\n");
        let mut buffer = websocket::upgrade(stream, "/ws", &header)?;
        let hello = Hello {
            name: format!("w{}", self.visitor.number),
            language: "en".to_owned(),
            destination: Destination {
                place: city::PLACE.to_owned(),
                spot: Some(city::spot(self.visitor.group)),
                ..Destination::default()
            },
            ..Hello::default()
        };
        let mut out = Vec::new();
        put(&mut out, &ClientMessage::Hello(hello));
        stream.write_all(&out)?;
        let (_, first) = websocket::next(stream, &mut buffer)?;
        let RelayMessage::Welcome(welcome) = RelayMessage::decode(&first)? else {
            bail!("expected a welcome");
        };
        ensure!(welcome.place == city::PLACE, "set down in {}", welcome.place);
        self.guests
            .visitors
            .borrow_mut()
            .insert(welcome.visitor, self.visitor);
        Ok(buffer)
    }

    fn put_move(&mut self, at: Move, out: &mut Vec<u8>) {
        self.sequence += 1;
        let point = Point::new(self.home.x + i32::from(at.x), self.home.z + i32::from(at.z));
        let stance = Stance {
            position: Position { point, level: 0 },
            heading: at.heading,
            motion: Motion::Walk,
        };
        let sequence = self.sequence;
        put(out, &ClientMessage::Move { sequence, stance });
    }

    fn put_sign_of_life(&mut self, out: &mut Vec<u8>) {
        put(out, &ClientMessage::Ping { client_ms: 0 });
    }

    fn read(
        &mut self,
        _opcode: Opcode,
        payload: &[u8],
        seen: &mut Vec<Sighting>,
        answer: &mut Vec<u8>,
    ) -> Result<()> {
        match RelayMessage::decode(payload)? {
            RelayMessage::Frames(frames) => self.read_frames(&frames, seen, answer),
            RelayMessage::Correct { .. } => bail!("the relay does not believe the trace"),
            _ => Ok(()),
        }
    }
}

fn put(out: &mut Vec<u8>, message: &ClientMessage) {
    websocket::put(out, Opcode::Binary, &message.encode());
}
