//! One connection's stay in a place, whatever carries the connection: from its hello to its end.
//!
//! In: a hello, then what the visitor does, then how the connection ended. Out: a seat in a room with an avatar there, and
//! an inlet with what the client is to be told. Of two connections with one session the newer stays.

use shared::{
    city::City,
    protocol::{CloseReason, Hello, VisitorId},
};

use crate::{
    outbox::{self, Inlet},
    room::{Act, Handle, Input},
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
    ) -> Result<(Self, Inlet), CloseReason> {
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
        let (outbox, inlet) = outbox::channel();
        let visitor = arrival.visitor;
        let generation = around
            .directory
            .enter(visitor, arrival.generation, outbox.clone());
        arrival.generation = generation;
        let Some((room, as_wished)) = rooms.seat(&arrival).await else {
            around.directory.leave(visitor, generation);
            return Err(CloseReason::Full);
        };
        arrival.strayed = !as_wished;
        // What was said in another channel is none of theirs who are in this one.
        arrival.heard = arrival.heard.filter(|_| as_wished);
        room.send(Input::Join(Box::new(arrival), outbox)).await;
        let stay = Self {
            room,
            visitor,
            generation,
        };
        Ok((stay, inlet))
    }

    /// Who it is.
    pub fn visitor(&self) -> VisitorId {
        self.visitor
    }

    /// Of the connection: the newest one of a session counts.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The visitor does something. Waits while the room is busy.
    pub async fn act(&self, act: Act) {
        self.room
            .send(Input::Act {
                visitor: self.visitor,
                generation: self.generation,
                act,
            })
            .await;
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
