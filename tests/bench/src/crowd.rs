//! The load: many visitors of one server, driven by one thread.
//!
//! In: a server's address and a wire for each visitor. Out: figures of what arrived. Moves are sent when they are due,
//! by the generator's own clock; an update's age counts from then, so that a late generator never flatters a server.

use std::{
    collections::VecDeque,
    io::{ErrorKind, Read, Write},
    net::SocketAddr,
    ops::Range,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use mio::{Events, Interest, Poll, Token, net::TcpStream};

use crate::{
    history::{Ages, TICK, Told, Way},
    websocket::{self, Opcode},
    wire::{Sighting, Wire},
};

/// A server that takes longer for one step of coming in has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// While this many come in, those who are in are not heard.
const JOIN_AT_ONCE: usize = 20;

/// Most bytes of one read.
const CHUNK: usize = 16 << 10;

/// Pieces that are understood between two looks for what has arrived.
const PIECES_AT_ONCE: usize = 16;

/// One visitor's connection.
struct Visitor {
    stream: TcpStream,
    wire: Box<dyn Wire>,
    /// The beginning of a frame that has not arrived as a whole.
    inbox: Vec<u8>,
    /// What the server would not take yet.
    outbox: Vec<u8>,
    /// Number of the newest move that was told of each member of the group.
    last_told: Vec<u32>,
}

/// Figures of what arrived.
pub struct Tally {
    /// Which moves count: those due from here on,
    pub from: Instant,
    /// and before this.
    pub to: Instant,
    /// Ages of the updates of those moves.
    pub ages: Ages,
    /// Bytes read from servers, WebSocket headers included, while moves counted.
    pub bytes: u64,
    /// Updates of what nobody did.
    pub strange: u64,
}

/// A crowd of visitors in groups of equal size.
pub struct Crowd {
    poll: Poll,
    events: Events,
    visitors: Vec<Visitor>,
    group_size: usize,
    ways: Vec<Way>,
    /// Visitors in the order in which their moves are due in every tick.
    order: Vec<usize>,
    next: usize,
    tally: Option<Tally>,
    unread: Unread,
    seen: Vec<Sighting>,
}

/// What has arrived and is not understood yet. Reading comes first, so that no server is taken for late because what it
/// sends takes longer to understand.
#[derive(Default)]
struct Unread {
    bytes: Vec<u8>,
    pieces: VecDeque<Piece>,
}

/// What one read gave.
struct Piece {
    visitor: usize,
    bytes: Range<usize>,
    at: Instant,
}

impl Crowd {
    /// Nobody yet.
    pub fn new(group_size: usize) -> Result<Self> {
        Ok(Self {
            poll: Poll::new()?,
            events: Events::with_capacity(1_024),
            visitors: Vec::new(),
            group_size,
            ways: Vec::new(),
            order: Vec::new(),
            next: 0,
            tally: None,
            unread: Unread::default(),
            seen: Vec::new(),
        })
    }

    /// How many are in.
    pub fn len(&self) -> usize {
        self.visitors.len()
    }

    /// Brings visitors in, one after the other, until there are `count`.
    pub fn join(
        &mut self,
        server: SocketAddr,
        count: usize,
        wire: impl Fn(usize) -> Result<Box<dyn Wire>>,
    ) -> Result<()> {
        while self.visitors.len() < count {
            let number = self.visitors.len();
            self.join_one(server, wire(number)?)
                .with_context(|| format!("bringing in visitor {number}"))?;
            if number.is_multiple_of(JOIN_AT_ONCE) {
                self.pump(Duration::ZERO)?;
                while self.understand(PIECES_AT_ONCE)? {}
            }
        }
        Ok(())
    }

    fn join_one(&mut self, server: SocketAddr, mut wire: Box<dyn Wire>) -> Result<()> {
        let mut stream = std::net::TcpStream::connect(server)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let inbox = wire.join(&mut stream)?;
        stream.set_nonblocking(true)?;
        let mut stream = TcpStream::from_std(stream);
        let index = self.visitors.len();
        self.poll
            .registry()
            .register(&mut stream, Token(index), Interest::READABLE | Interest::WRITABLE)?;
        self.visitors.push(Visitor {
            stream,
            wire,
            inbox,
            outbox: Vec::new(),
            last_told: vec![0; self.group_size],
        });
        self.read(index)
    }

    /// Lets everyone begin to walk in a square of a side in centimetres.
    pub fn set_out(&mut self, seed: u64, side_cm: u16) {
        let begin = Instant::now();
        self.ways = (0..self.visitors.len() as u64)
            .map(|number| Way::new(seed ^ (number << 32), side_cm, begin))
            .collect();
        self.order = (0..self.visitors.len()).collect();
        self.order
            .sort_by_key(|number| self.ways.get(*number).map(Way::next_due));
        self.next = 0;
    }

    /// Begins to count moves that are due in the span.
    pub fn count(&mut self, from: Instant, to: Instant) {
        self.tally = Some(Tally {
            from,
            to,
            ages: Ages::new(),
            bytes: 0,
            strange: 0,
        });
    }

    /// What was counted, and how many updates were due in all.
    pub fn take_tally(&mut self) -> Option<(Tally, u64)> {
        let tally = self.tally.take()?;
        let others = self.group_size as u64 - 1;
        let due = self
            .ways
            .iter()
            .map(|way| way.count_due(tally.from, tally.to) * others)
            .sum();
        Some((tally, due))
    }

    /// Walks, or only listens when nobody has set out, until an instant.
    pub fn run_until(&mut self, end: Instant) -> Result<()> {
        loop {
            let now = Instant::now();
            if now >= end {
                return Ok(());
            }
            let next_due = self.make_moves_due(now)?;
            let wake = next_due.map_or(end, |due| due.min(end));
            // The system waits in whole milliseconds: those who are due within one move together.
            let wait = if self.unread.pieces.is_empty() {
                wake.saturating_duration_since(now).max(Duration::from_millis(1))
            } else {
                Duration::ZERO
            };
            if !self.pump(wait)? {
                self.understand(PIECES_AT_ONCE)?;
            }
        }
    }

    /// Sends what keeps connections on which nobody moves.
    pub fn send_signs_of_life(&mut self) -> Result<()> {
        for index in 0..self.visitors.len() {
            if let Some(visitor) = self.visitors.get_mut(index) {
                visitor.wire.put_sign_of_life(&mut visitor.outbox);
                visitor.flush()?;
            }
        }
        Ok(())
    }

    fn make_moves_due(&mut self, now: Instant) -> Result<Option<Instant>> {
        while let Some(index) = self.order.get(self.next).copied() {
            let (Some(way), Some(visitor)) = (self.ways.get_mut(index), self.visitors.get_mut(index)) else {
                break;
            };
            let due = way.next_due();
            if due > now {
                return Ok(Some(due));
            }
            visitor.wire.put_move(way.make(), &mut visitor.outbox);
            visitor.flush()?;
            self.next = (self.next + 1) % self.order.len();
        }
        Ok(None)
    }

    /// Reads what has arrived; whether anything had.
    fn pump(&mut self, wait: Duration) -> Result<bool> {
        let mut events = std::mem::replace(&mut self.events, Events::with_capacity(0));
        let polled = self.poll.poll(&mut events, Some(wait));
        if let Err(error) = polled
            && error.kind() != ErrorKind::Interrupted
        {
            return Err(error.into());
        }
        for event in &events {
            let Token(index) = event.token();
            if event.is_writable()
                && let Some(visitor) = self.visitors.get_mut(index)
            {
                visitor.flush()?;
            }
            if event.is_readable() {
                self.read(index).with_context(|| format!("visitor {index}"))?;
            }
        }
        let any = !events.is_empty();
        self.events = events;
        Ok(any)
    }

    /// Reads all that has arrived for a visitor, and puts it aside.
    fn read(&mut self, index: usize) -> Result<()> {
        let Some(visitor) = self.visitors.get_mut(index) else {
            return Ok(());
        };
        loop {
            let begin = self.unread.bytes.len();
            self.unread.bytes.resize(begin + CHUNK, 0);
            let room = self.unread.bytes.get_mut(begin..).unwrap_or_default();
            let read = match visitor.stream.read(room) {
                Ok(0) => bail!("the server closed the connection"),
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::WouldBlock => 0,
                Err(error) => return Err(error.into()),
            };
            self.unread.bytes.truncate(begin + read);
            let at = Instant::now();
            if let Some(tally) = &mut self.tally
                && (tally.from..tally.to).contains(&at)
            {
                tally.bytes += read as u64;
            }
            self.unread.pieces.push_back(Piece {
                visitor: index,
                bytes: begin..begin + read,
                at,
            });
            if read < CHUNK {
                return Ok(());
            }
        }
    }

    /// Understands some of what was put aside; whether there is more.
    fn understand(&mut self, at_most: usize) -> Result<bool> {
        for _ in 0..at_most {
            let Some(piece) = self.unread.pieces.pop_front() else {
                self.unread.bytes.clear();
                return Ok(false);
            };
            let Some(visitor) = self.visitors.get_mut(piece.visitor) else {
                continue;
            };
            let arrived = self.unread.bytes.get(piece.bytes).unwrap_or_default();
            visitor
                .take(arrived, &mut self.seen)
                .with_context(|| format!("visitor {}", piece.visitor))?;
            if let Some(tally) = &mut self.tally {
                let group = piece.visitor / self.group_size * self.group_size;
                visitor.note(piece.visitor, group, &self.seen, &self.ways, tally, piece.at);
            }
            self.seen.clear();
        }
        Ok(true)
    }
}

impl Visitor {
    /// Takes the frames that are whole with what has arrived.
    fn take(&mut self, arrived: &[u8], seen: &mut Vec<Sighting>) -> Result<()> {
        let mut inbox = std::mem::take(&mut self.inbox);
        let mut rest = arrived;
        if !inbox.is_empty() {
            inbox.extend(arrived);
            rest = inbox.as_slice();
        }
        let waiting = self.outbox.len();
        while let Some((opcode, payload)) = websocket::take(&mut rest)? {
            match opcode {
                Opcode::Text | Opcode::Binary => self.wire.read(opcode, payload, seen, &mut self.outbox)?,
                Opcode::Ping => websocket::put(&mut self.outbox, Opcode::Pong, payload),
                Opcode::Pong => {}
                Opcode::Close => bail!(
                    "the server ended the connection: {}",
                    String::from_utf8_lossy(payload.get(2..).unwrap_or_default())
                ),
            }
        }
        self.inbox.extend(rest);
        if self.outbox.len() > waiting {
            self.flush()?;
        }
        Ok(())
    }

    fn note(
        &mut self,
        own: usize,
        group: usize,
        seen: &[Sighting],
        ways: &[Way],
        tally: &mut Tally,
        now: Instant,
    ) {
        for sighting in seen {
            let other = usize::from(sighting.visitor);
            let Some(last) = other
                .checked_sub(group)
                .and_then(|member| self.last_told.get_mut(member))
            else {
                continue;
            };
            let Some(way) = ways.get(other) else { continue };
            match way.told(sighting.at, *last) {
                Told::New { number, due } => {
                    *last = number;
                    if other != own && (tally.from..tally.to).contains(&due) {
                        tally.ages.add(now - due);
                    }
                }
                Told::Known => {}
                Told::Strange => tally.strange += u64::from(now > tally.from),
            }
        }
    }

    fn flush(&mut self) -> Result<()> {
        while !self.outbox.is_empty() {
            match self.stream.write(&self.outbox) {
                Ok(written) => {
                    ensure!(written > 0, "the connection takes nothing");
                    self.outbox.drain(..written);
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// The deadline of an update: two ticks after its move was due.
pub const DEADLINE: Duration = Duration::from_nanos(2 * TICK.as_nanos() as u64);
