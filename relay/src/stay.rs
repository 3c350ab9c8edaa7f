//! One connection's stay in a place, whatever carries the connection: from its hello to its end.
//!
//! In: a hello and the outbox of whoever says it, then what the visitor does, then how the connection ended. Out: a seat in
//! a room with an avatar there, and in the outbox what the client is to be told. Of two connections with one session the
//! newer stays. It knows no sockets.

use shared::{
    city::{City, Place},
    protocol::{CloseReason, Destination, Hello, Notice, Ride, Stance, VisitorId},
};
use tokio::sync::oneshot;

use crate::{
    outbox::Outbox,
    room::{Act, Claim, Handle, Input},
    rooms::Rooms,
    session::{self, AddressMark, Continuity},
};

/// Why someone who wishes to be elsewhere does not go on there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The visitor stays, and is told.
    Stays(Notice),
    /// The connection ends.
    Ends(CloseReason),
}

/// A visitor who is in, through one connection.
#[derive(Debug)]
pub struct Stay {
    room: Handle,
    visitor: VisitorId,
    generation: u64,
}

impl Stay {
    /// Brings whoever says hello into a room; else why not. `address` is none where no limit by address holds.
    pub async fn begin(
        rooms: &Rooms,
        city: &City,
        hello: &Hello,
        address: Option<AddressMark>,
        outbox: Outbox,
    ) -> Result<Self, CloseReason> {
        let around = rooms.around();
        let mut arrival = session::admit(
            hello,
            city,
            &around.key,
            around.source.relay,
            around.clock.now_ms(),
        )
        .map_err(|error| {
            tracing::error!(%error, "nobody can come in");
            CloseReason::Full
        })?;
        arrival.credentials.address = address;
        let visitor = arrival.visitor;
        let generation = around
            .directory
            .enter(visitor, arrival.generation, outbox.clone())
            .ok_or(CloseReason::Draining)?;
        arrival.generation = generation;
        let Some((room, as_wished)) = rooms.seat(&arrival).await else {
            around.directory.leave(visitor, generation);
            return Err(CloseReason::Full);
        };
        arrival.strayed = !as_wished;
        // What was said in another channel is none of theirs who are in this one.
        arrival.heard = arrival.heard.filter(|_| as_wished);
        room.send(Input::Join(Box::new(arrival), outbox)).await;
        Ok(Self {
            room,
            visitor,
            generation,
        })
    }

    /// Goes on where another hello on the same connection wishes to be: at a spot of any place, as a link would lead there,
    /// or beside someone who calls for a helper. Until there is a seat, the visitor stays.
    pub async fn go_on(
        &mut self,
        rooms: &Rooms,
        city: &City,
        mut hello: Hello,
        address: Option<AddressMark>,
        outbox: Outbox,
    ) -> Result<(), Hindrance> {
        let around = rooms.around();
        let called = hello.destination.beside.map(|caller| {
            let call = around.desk.call_for(self.visitor, caller);
            call.map(|call| (caller, call))
                .ok_or(Hindrance::Stays(Notice::NotHere))
        });
        let called = called.transpose()?;
        if let Some((caller, call)) = &called {
            if call.channel == self.room.channel {
                self.act(Act::Come(*caller)).await;
                return Ok(());
            }
            hello.destination = Destination {
                place: call.channel.place.clone(),
                channel: Some(call.channel.number),
                ..Destination::default()
            };
        }
        let wished = &hello.destination;
        let place = city.place(&wished.place);
        let spot = wished.spot.as_deref();
        if place.is_none_or(|place| spot.is_some_and(|spot| place.spot(spot).is_none())) {
            return Err(Hindrance::Stays(Notice::NoSuchSpot));
        }
        let relay = around.source.relay;
        let now_ms = around.clock.now_ms();
        let mut arrival = session::admit(&hello, city, &around.key, relay, now_ms).map_err(|error| {
            tracing::error!(%error, "nobody can go on");
            Hindrance::Ends(CloseReason::Full)
        })?;
        if arrival.visitor != self.visitor {
            return Err(Hindrance::Ends(CloseReason::Malformed));
        }
        arrival.credentials.address = address;
        // Set down, not restored: it is a wish to be there, not to come back. In another year one stands where one stood.
        let site = |place: &str| city.place(place).map(Place::site);
        let is_other_year = arrival.place != self.room.channel.place
            && site(&arrival.place) == site(&self.room.channel.place);
        let stands = hello.stance.filter(|_| is_other_year && spot.is_none());
        arrival.continuity = match (called, stands) {
            (Some((caller, call)), _) => Continuity::Beside(caller, call.at),
            (None, Some(stance)) => Continuity::Ground(stance),
            (None, None) => Continuity::None,
        };
        arrival.heard = None;
        arrival.generation = session::generation(now_ms, arrival.generation.max(self.generation), relay);
        let (from, to) = (self.generation, arrival.generation);
        if !around.directory.renew(self.visitor, from, to) {
            return Err(Hindrance::Ends(CloseReason::Superseded));
        }
        let Some((room, as_wished)) = rooms.seat(&arrival).await else {
            around.directory.renew(self.visitor, to, from);
            return Err(Hindrance::Stays(Notice::PlaceFull));
        };
        arrival.strayed = !as_wished && wished.channel.is_some();
        if room.channel != self.room.channel {
            // Nothing of the room before is told after the welcome of the new one.
            let (gone, when_gone) = oneshot::channel();
            self.room
                .send(Input::Depart {
                    visitor: self.visitor,
                    generation: from,
                    gone,
                })
                .await;
            // It is dropped unsent, whatever becomes of the room.
            let _ = when_gone.await;
        }
        room.send(Input::Join(Box::new(arrival), outbox)).await;
        self.room = room;
        self.generation = to;
        Ok(())
    }

    /// Who it is.
    pub fn visitor(&self) -> VisitorId {
        self.visitor
    }

    /// Of the connection: the newest one of a session counts.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The visitor says to be somewhere, by the move of a number. Waits while the room is busy.
    pub fn claim(&self, sequence: u32, stance: Stance) -> impl Future<Output = ()> {
        self.room.claim(Claim {
            visitor: self.visitor,
            generation: self.generation,
            sequence,
            stance,
        })
    }

    /// The visitor wishes to sit in a vehicle: takes a seat that nobody has, at this relay or another. The room sees whether
    /// the vehicle can be boarded, and gives the seat back if not.
    pub async fn board(&self, rooms: &Rooms, line: u8, vehicle: u8) -> Result<(), Notice> {
        let of_line = self.room.place.transit.get(usize::from(line));
        let of_line = of_line.filter(|of_line| vehicle < of_line.vehicles);
        let of_line = of_line.ok_or(Notice::VehicleGone)?;
        let seats = &rooms.around().seats;
        let taken = seats.take_in_vehicle(
            &self.room.channel,
            (line, vehicle),
            of_line.vehicle.seats(),
            self.visitor,
            self.generation,
        );
        let seat = taken.await.ok_or(Notice::VehicleFull)?;
        let ride = Ride {
            line,
            vehicle,
            seat,
            alights: false,
        };
        let (visitor, generation) = (self.visitor, self.generation);
        let board = Input::Board {
            visitor,
            generation,
            ride,
        };
        self.room.send(board).await;
        Ok(())
    }

    /// The visitor does something else. Waits while the room is busy.
    pub fn act(&self, act: Act) -> impl Future<Output = ()> {
        self.room.send(Input::Act {
            visitor: self.visitor,
            generation: self.generation,
            act,
        })
    }

    /// The connection has ended. Unless it is for good, seat and avatar are kept for a while: whoever only lost the line may
    /// be back in a moment.
    pub async fn end(self, rooms: &Rooms, for_good: bool) {
        let Self {
            room,
            visitor,
            generation,
        } = self;
        rooms.around().directory.leave(visitor, generation);
        rooms.leave(&room.channel, visitor, generation, for_good);
        room.send(Input::Leave {
            visitor,
            generation,
            at_once: for_good,
        })
        .await;
    }
}
