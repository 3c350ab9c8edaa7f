//! One process's share of the crowd, driven by one thread.
//!
//! In: orders on the standard input. Out: reports on the standard output. What has arrived is read before it is
//! understood, so that no relay is taken for late because what it sends takes longer to understand.

use std::{
    collections::{BTreeMap, HashSet, VecDeque},
    io::{ErrorKind, Read as _, Write as _},
    ops::Range,
    process,
    sync::mpsc::{self, Receiver, TryRecvError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, Result, bail};
use crowd::websocket::{self, Opcode};
use mio::{Events, Interest, Poll, Token, net::TcpStream};
use shared::{
    cell::tick_at,
    protocol::{ClientMessage, PING_EVERY_MS, Periods, REFUSE_SUBPROTOCOL, SUBPROTOCOL, TICK_HZ},
};

use crate::{
    ages::Ages,
    checker::Directory,
    ground::homes,
    machine,
    orders::{Assignment, Order, Outcome, Present, Progress, Report},
    reading::Reading,
    tally::{Faults, Findings, Tally},
    truth::Truth,
    visitor::{Eyes, State, Visitor},
};

/// Most bytes of one read.
const CHUNK: usize = 16 << 10;

/// Pieces that are understood between two looks for what has arrived.
const PIECES_AT_ONCE: usize = 16;

/// More than this is not left for later.
const UNREAD_AT_MOST: usize = 64 << 20;

/// How long all stand still before anyone looks around: two seconds of quiet, and the far rate's period.
const QUIET_MS: f64 = 2_500.0;

/// Ticks between two pings of a visitor.
const PING_TICKS: u32 = PING_EVERY_MS as u32 * TICK_HZ / 1_000;

/// A share of the crowd.
pub struct Part {
    assignment: Assignment,
    place: String,
    clock: Clock,
    poll: Poll,
    events: Events,
    visitors: Vec<Visitor>,
    /// Visitors in the order in which their moves are due in every tick.
    order: Vec<usize>,
    next: usize,
    /// The tick that `next` is about to move in.
    tick: u32,
    arrivals: usize,
    unread: Unread,
    /// What all visitors of this part read by and count in.
    pub(crate) reading: Reading,
    window: Option<(i64, i64)>,
    counted: Option<Tally>,
    has_told_present: bool,
    cpu_before: f64,
    pulse_us: i64,
}

/// Microseconds since the rehearsal began, the same in all parts.
struct Clock {
    started: Instant,
    started_us: i64,
}

impl Clock {
    fn new(begin_ms: u64) -> Result<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        Ok(Self {
            started: Instant::now(),
            started_us: now.as_micros() as i64 - begin_ms as i64 * 1_000,
        })
    }

    fn now_us(&self) -> i64 {
        self.started_us + self.started.elapsed().as_micros() as i64
    }
}

/// What has arrived and is not understood yet.
#[derive(Default)]
struct Unread {
    bytes: Vec<u8>,
    used: usize,
    pieces: VecDeque<Piece>,
}

/// What one read gave.
struct Piece {
    visitor: usize,
    bytes: Range<usize>,
    at_us: i64,
}

/// Runs a part until the first process lets it go.
pub fn run() -> Result<()> {
    // Each connection is an open file.
    rlimit::increase_nofile_limit(u64::MAX)?;
    let mut first = String::new();
    std::io::stdin().read_line(&mut first)?;
    let assignment: Assignment = serde_json::from_str(&first)?;
    let (sender, orders) = mpsc::channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            let Ok(order) = serde_json::from_str(&line) else {
                return;
            };
            if sender.send(order).is_err() {
                return;
            }
        }
    });
    Part::new(assignment)?.run(&orders)
}

fn report(report: &Report) -> Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, report)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

impl Part {
    fn new(assignment: Assignment) -> Result<Self> {
        let (place, homes) = homes(&assignment.city, assignment.place.as_deref(), &assignment.spots)?;
        let truth = Truth::new(assignment.seed, assignment.visitors, assignment.scene, homes);
        let own = (assignment.part..assignment.visitors).step_by(assignment.parts.max(1) as usize);
        let visitors: Vec<Visitor> = own.map(Visitor::new).collect();
        let mut order: Vec<usize> = (0..visitors.len()).collect();
        order.sort_by_key(|place| {
            visitors
                .get(*place)
                .map(|visitor| truth.due_us(visitor.number, 0))
        });
        Ok(Self {
            place,
            clock: Clock::new(assignment.begin_ms)?,
            poll: Poll::new()?,
            events: Events::with_capacity(1_024),
            visitors,
            order,
            next: 0,
            tick: 1,
            arrivals: 0,
            unread: Unread::default(),
            reading: Reading {
                truth,
                directory: Directory::default(),
                tally: Tally::default(),
                faults: Faults::default(),
                welcomes: Ages::default(),
                periods: Periods::default(),
                knows_periods: false,
                first_tick: tick_at(assignment.begin_ms),
                pulse: Progress::default(),
            },
            window: None,
            counted: None,
            has_told_present: false,
            cpu_before: 0.0,
            pulse_us: 0,
            assignment,
        })
    }

    fn run(&mut self, orders: &Receiver<Order>) -> Result<()> {
        loop {
            match orders.try_recv() {
                Ok(Order::Count { from_ms, to_ms }) => self.count(from_ms, to_ms),
                Ok(Order::Check(expected)) => self.check(&expected)?,
                Ok(Order::End) => {
                    self.say_good_bye();
                    return Ok(());
                }
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => bail!("the first process has gone"),
            }
            let now_us = self.clock.now_us();
            self.reading.truth.advance(now_us);
            self.let_in(now_us)?;
            self.make_moves_due(now_us);
            self.keep_window(now_us);
            self.tell(now_us)?;
            // The system waits in whole milliseconds: those who are due within one move together.
            let wait = if self.unread.pieces.is_empty() {
                let until = self.next_due_us().saturating_sub(self.clock.now_us());
                Duration::from_micros(until.clamp(1_000, 50_000) as u64)
            } else {
                Duration::ZERO
            };
            if !self.pump(wait)? || self.unread.used > UNREAD_AT_MOST {
                self.understand(PIECES_AT_ONCE);
            }
        }
    }

    fn count(&mut self, from_ms: u64, to_ms: u64) {
        let us = |ms: u64| ms as i64 * 1_000;
        self.window = Some((us(from_ms), us(to_ms)));
        self.reading
            .truth
            .stop_at((to_ms * u64::from(TICK_HZ) / 1_000) as u32);
    }

    /// Begins and ends the time in which figures are taken.
    fn keep_window(&mut self, now_us: i64) {
        let Some((from, to)) = self.window else { return };
        if self.counted.is_none() && now_us >= to {
            while self.understand(PIECES_AT_ONCE) {}
            let mut tally = std::mem::take(&mut self.reading.tally);
            tally.cpu_s = machine::cpu_s(process::id()) - self.cpu_before;
            self.counted = Some(tally);
        } else if self.cpu_before == 0.0 && now_us >= from {
            self.cpu_before = machine::cpu_s(process::id());
            self.reading.tally = Tally::default();
        }
    }

    /// Lets those connect whose turn has come.
    fn let_in(&mut self, now_us: i64) -> Result<()> {
        while let Some(visitor) = self.visitors.get_mut(self.arrivals) {
            let due_us = f64::from(visitor.number) / self.assignment.join_per_second.max(0.01) * 1e6;
            if due_us as i64 > now_us {
                break;
            }
            let servers = &self.assignment.servers;
            let server = servers
                .get(visitor.number as usize % servers.len().max(1))
                .context("no relay is named")?;
            let protocols = format!("{SUBPROTOCOL}, {REFUSE_SUBPROTOCOL}");
            let request = websocket::request(&server.host, &server.path, &protocols);
            match TcpStream::connect(server.address) {
                Ok(mut stream) => {
                    let interest = Interest::READABLE | Interest::WRITABLE;
                    self.poll
                        .registry()
                        .register(&mut stream, Token(self.arrivals), interest)?;
                    visitor.connect(stream, request, now_us);
                }
                Err(error) => {
                    visitor.end();
                    self.reading.note_error(&error.into());
                }
            }
            self.arrivals += 1;
        }
        Ok(())
    }

    fn next_due_us(&self) -> i64 {
        let visitor = self
            .order
            .get(self.next)
            .and_then(|place| self.visitors.get(*place));
        visitor.map_or(i64::MAX, |visitor| {
            self.reading.truth.due_us(visitor.number, self.tick)
        })
    }

    fn make_moves_due(&mut self, now_us: i64) {
        while self.tick <= self.reading.truth.made() {
            let Some(place) = self.order.get(self.next).copied() else {
                self.next = 0;
                self.tick += 1;
                continue;
            };
            let Some(visitor) = self.visitors.get_mut(place) else {
                return;
            };
            let due_us = self.reading.truth.due_us(visitor.number, self.tick);
            if due_us > now_us {
                return;
            }
            self.next += 1;
            if let Err(error) = self.reading.make_move(visitor, self.tick, now_us - due_us) {
                self.reading.note_error(&error);
                visitor.end();
            }
        }
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
            let Token(place) = event.token();
            let Some(visitor) = self.visitors.get_mut(place) else {
                continue;
            };
            let mut outcome = Ok(());
            if event.is_writable() {
                outcome = visitor.flush();
            }
            if event.is_readable() && outcome.is_ok() {
                outcome = self.unread.read(place, visitor, &self.clock);
            }
            if let Err(error) = outcome {
                // What it said before may tell why.
                while self.understand(PIECES_AT_ONCE) {}
                if let Some(visitor) = self.visitors.get_mut(place)
                    && !matches!(visitor.state, State::Over)
                {
                    visitor.end();
                    self.reading.note_error(&error);
                }
            }
        }
        let any = !events.is_empty();
        self.events = events;
        Ok(any)
    }

    /// Understands some of what was put aside; whether there is more.
    fn understand(&mut self, at_most: usize) -> bool {
        for _ in 0..at_most {
            let Some(piece) = self.unread.pieces.pop_front() else {
                self.unread.used = 0;
                return false;
            };
            let arrived = self.unread.bytes.get(piece.bytes).unwrap_or_default();
            let Some(visitor) = self.visitors.get_mut(piece.visitor) else {
                continue;
            };
            if matches!(visitor.state, State::Over) {
                continue;
            }
            if let Err(error) =
                self.reading
                    .take(visitor, arrived, piece.at_us, &self.assignment, &self.place)
            {
                visitor.end();
                self.reading.note_error(&error);
            }
        }
        true
    }

    /// Tells the first process how it goes, and once all have stood still for long enough, who is in.
    fn tell(&mut self, now_us: i64) -> Result<()> {
        let far_s = f64::from(self.reading.periods.far) / f64::from(TICK_HZ);
        if now_us - self.pulse_us >= 1_000_000 {
            let mut pulse = std::mem::take(&mut self.reading.pulse);
            for visitor in &self.visitors {
                pulse.inside += u32::from(matches!(visitor.state, State::Inside(_)));
                pulse.over += u32::from(matches!(visitor.state, State::Over));
            }
            pulse.cpu = machine::cpu_s(process::id());
            pulse.far_s = if self.reading.knows_periods { far_s } else { 0.0 };
            pulse.faults = self.reading.faults.clone();
            self.pulse_us = now_us;
            report(&Report::Progress(pulse))?;
        }
        let Some((_, to)) = self.window else { return Ok(()) };
        let quiet_us = ((QUIET_MS + far_s * 1_000.0) * 1_000.0) as i64;
        if !self.has_told_present && now_us >= to + quiet_us {
            self.has_told_present = true;
            let mut present: Present = BTreeMap::new();
            for visitor in &self.visitors {
                if let State::Inside(inside) = &visitor.state {
                    present.entry(inside.channel).or_default().push(visitor.number);
                }
            }
            report(&Report::Present(present))?;
        }
        Ok(())
    }

    /// Lets the checkers look around, and tells everything.
    fn check(&mut self, expected: &Present) -> Result<()> {
        while self.understand(PIECES_AT_ONCE) {}
        let expected: BTreeMap<u16, HashSet<u32>> = expected
            .iter()
            .map(|(channel, all)| (*channel, all.iter().copied().collect()))
            .collect();
        let mut findings = Findings::default();
        let mut count = 0;
        for visitor in &self.visitors {
            let State::Inside(inside) = &visitor.state else {
                continue;
            };
            count += 1;
            if let (Eyes::Open(checker), Some(expected)) = (&inside.eyes, expected.get(&inside.channel)) {
                let (truth, directory) = (&self.reading.truth, &self.reading.directory);
                let is_light = self.assignment.light;
                findings.merge(&checker.look_around(visitor.number, expected, is_light, truth, directory));
            }
        }
        report(&Report::Done(Box::new(Outcome {
            tally: self.counted.take().unwrap_or_default(),
            faults: self.reading.faults.clone(),
            findings,
            welcomes: self.reading.welcomes.clone(),
            inside: count,
            memory_bytes: machine::memory_bytes(process::id()),
        })))
    }

    fn say_good_bye(&mut self) {
        for visitor in &mut self.visitors {
            let is_inside = matches!(visitor.state, State::Inside(_));
            // Whoever cannot say good-bye just goes.
            let _ = is_inside.then(|| visitor.put(Opcode::Close, &1_000_u16.to_be_bytes()));
        }
    }
}

impl Unread {
    /// Reads all that has arrived for a visitor, and puts it aside.
    fn read(&mut self, place: usize, visitor: &mut Visitor, clock: &Clock) -> Result<()> {
        let Some(stream) = visitor.stream() else {
            return Ok(());
        };
        loop {
            if self.bytes.len() < self.used + CHUNK {
                self.bytes
                    .resize((2 * self.bytes.len()).max(self.used + CHUNK), 0);
            }
            let room = self
                .bytes
                .get_mut(self.used..self.used + CHUNK)
                .unwrap_or_default();
            let read = match stream.read(room) {
                Ok(0) => bail!("lost: the relay closed the connection without a reason"),
                Ok(read) => read,
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::NotConnected) => {
                    return Ok(());
                }
                Err(error) => return Err(error.into()),
            };
            self.pieces.push_back(Piece {
                visitor: place,
                bytes: self.used..self.used + read,
                at_us: clock.now_us(),
            });
            self.used += read;
            if read < CHUNK {
                return Ok(());
            }
        }
    }
}

/// Whether a visitor pings at a tick.
pub(crate) fn pings(visitor: u32, tick: u32) -> bool {
    visitor % PING_TICKS == tick % PING_TICKS
}

/// A ping.
pub(crate) fn ping() -> ClientMessage {
    ClientMessage::Ping { client_ms: 0 }
}
