//! One connection's stay in a place, whatever carries the connection: from its hello to its end.
//!
//! In: a hello and the outbox of whoever says it, then what the visitor does, then how the connection ended. Out: a seat in
//! a room with an avatar there, and in the outbox what the client is to be told. Of two connections with one session the
//! newer stays. It knows no sockets.

use shared::{
    city::City,
    protocol::{CloseReason, Hello, Stance, VisitorId},
};

use crate::{
    outbox::Outbox,
    room::{Act, Claim, Handle, Input},
    rooms::Rooms,
    session::{self, AddressMark},
};

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
