//! How a visitor of the load speaks to each server: coming in, moving, and reading where the others are.
//!
//! All tell the same: the centimetre and the 1.4 degrees of [`Move`]. What a server adds to a message (numbers of visitors,
//! ticks, framing) is its own affair, and counted.

mod colyseus;
mod raw;
mod relay;
mod socketio;

use std::net::TcpStream;

use anyhow::Result;

pub use self::{
    colyseus::Colyseus,
    raw::Raw,
    relay::{Guests, Relay},
    socketio::SocketIo,
};
use crate::{trace::Move, websocket::Opcode};

/// Who a connection is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// Its number among all.
    pub number: u16,
    /// Number of the group in which everyone sees everyone.
    pub group: u16,
}

/// One visitor told of another, or of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Number of the visitor seen.
    pub visitor: u16,
    /// Where and how it was.
    pub at: Move,
}

/// One visitor's side of a server's protocol.
pub trait Wire {
    /// Comes in over a fresh, blocking connection. The answer is what was read beyond that: the beginning of the frames
    /// to come.
    fn join(&mut self, stream: &mut TcpStream) -> Result<Vec<u8>>;

    /// Appends the frames of a move.
    fn put_move(&mut self, at: Move, out: &mut Vec<u8>);

    /// Appends what keeps the connection of one who does not move.
    fn put_sign_of_life(&mut self, _out: &mut Vec<u8>) {}

    /// Reads a message: who was seen goes to `seen`, frames that must be answered to `answer`.
    fn read(
        &mut self,
        opcode: Opcode,
        payload: &[u8],
        seen: &mut Vec<Sighting>,
        answer: &mut Vec<u8>,
    ) -> Result<()>;
}
