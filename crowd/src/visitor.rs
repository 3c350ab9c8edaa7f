//! One visitor's connection: from the request to the end.

use std::io::{ErrorKind, Write as _};

use anyhow::{Context as _, Result, bail, ensure};
use crowd::websocket::{self, Opcode};
use mio::net::TcpStream;
use shared::protocol::{ClientMessage, VisitorId};

use crate::{checker::Checker, streams::Streams, trace::Step};

/// More than this waiting to be sent means that the relay does not read.
const CLOGGED_BYTES: usize = 64 << 10;

/// One visitor.
pub struct Visitor {
    /// Its number in the whole crowd.
    pub number: u32,
    /// How far it has come.
    pub state: State,
    stream: Option<TcpStream>,
    /// The beginning of a frame that has not arrived as a whole.
    inbox: Vec<u8>,
    /// What the relay would not take yet.
    outbox: Vec<u8>,
    /// When it began to connect, in microseconds since the beginning.
    pub began_us: i64,
    sequence: u32,
    /// What it told last.
    pub sent: Option<Step>,
    /// Which telling that was for.
    pub told: u32,
}

/// How far a visitor has come.
pub enum State {
    /// Its turn has not come.
    Waiting,
    /// Has asked for a WebSocket.
    Asking,
    /// Has said hello.
    Greeting,
    /// Is in.
    Inside(Inside),
    /// The connection has ended or failed.
    Over,
}

/// A visitor who is in.
pub struct Inside {
    /// Who the relays say that it is.
    pub id: VisitorId,
    /// The channel of the place.
    pub channel: u16,
    /// How it follows what it is sent.
    pub eyes: Eyes,
}

/// How a visitor follows what it is sent.
pub enum Eyes {
    /// Decodes and checks everything.
    Open(Box<Checker>),
    /// Only counts, and checks the frames' numbers.
    Half(Streams),
}

impl Visitor {
    /// One whose turn has not come.
    pub fn new(number: u32) -> Self {
        Self {
            number,
            state: State::Waiting,
            stream: None,
            inbox: Vec::new(),
            outbox: Vec::new(),
            began_us: 0,
            sequence: 0,
            sent: None,
            told: 0,
        }
    }

    /// Begins to connect, with a request to be sent as soon as that is possible.
    pub fn connect(&mut self, stream: TcpStream, request: Vec<u8>, now_us: i64) {
        self.stream = Some(stream);
        self.outbox = request;
        self.state = State::Asking;
        self.began_us = now_us;
    }

    /// The connection, while there is one.
    pub fn stream(&mut self) -> Option<&mut TcpStream> {
        self.stream.as_mut()
    }

    /// Lets go of the connection.
    pub fn end(&mut self) {
        self.state = State::Over;
        self.stream = None;
        self.inbox = Vec::new();
        self.outbox = Vec::new();
    }

    /// Puts what was half read before what has arrived.
    pub fn join<'a>(&mut self, arrived: &'a [u8], whole: &'a mut Vec<u8>) -> &'a [u8] {
        if self.inbox.is_empty() {
            return arrived;
        }
        *whole = std::mem::take(&mut self.inbox);
        whole.extend(arrived);
        whole
    }

    /// Keeps what is half read.
    pub fn keep(&mut self, rest: &[u8]) {
        self.inbox = rest.to_vec();
    }

    /// Sends a move.
    pub fn walk(&mut self, step: Step, home: &crate::ground::Home) -> Result<()> {
        self.sequence += 1;
        self.sent = Some(step);
        let stance = step.stance(home);
        let sequence = self.sequence;
        self.send(&ClientMessage::Move { sequence, stance })
    }

    /// Sends a message, or as much of it as the connection takes now.
    pub fn send(&mut self, message: &ClientMessage) -> Result<()> {
        self.put(Opcode::Binary, &message.encode())
    }

    /// Sends a frame.
    pub fn put(&mut self, opcode: Opcode, payload: &[u8]) -> Result<()> {
        ensure!(self.outbox.len() < CLOGGED_BYTES, "the relay does not read");
        let waits = !self.outbox.is_empty();
        websocket::put(&mut self.outbox, opcode, payload);
        if waits { Ok(()) } else { self.flush() }
    }

    /// Sends what waits.
    pub fn flush(&mut self) -> Result<()> {
        let Some(stream) = &mut self.stream else {
            return Ok(());
        };
        while !self.outbox.is_empty() {
            match stream.write(&self.outbox) {
                Ok(0) => bail!("the connection takes nothing"),
                Ok(written) if written == self.outbox.len() => self.outbox.clear(),
                Ok(written) => drop(self.outbox.drain(..written)),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::NotConnected) => {
                    return Ok(());
                }
                Err(error) => return Err(error).context("sending"),
            }
        }
        // Ten thousand buffers of the longest message ever sent would be much memory for nothing.
        if self.outbox.capacity() > 512 {
            self.outbox = Vec::new();
        }
        Ok(())
    }
}
