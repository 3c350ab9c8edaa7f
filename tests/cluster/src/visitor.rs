//! A visitor without a browser: speaks the protocol, and remembers what it was told.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt as _, StreamExt as _};
use shared::{
    cell::{Decoder, Event, Rate},
    help::HelpNews,
    moderation::{Announcement, ChatRule, Lever, Role},
    protocol::{
        ClientMessage, CloseReason, Destination, Hello, Notice, REFUSE_SUBPROTOCOL, Reach, RelayMessage,
        Ride, SUBPROTOCOL, Said, Stance, Utterance, VisitorId, Welcome,
    },
};
use tokio::{
    net::{TcpSocket, TcpStream},
    time::{Instant, sleep_until, timeout},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, client_async, connect_async,
    tungstenite::{
        Message, client::IntoClientRequest as _, http::HeaderValue, protocol::frame::coding::CloseCode,
    },
};

use crate::{Relay, ground::PLACE};

/// How long anything may take before a test fails.
const PATIENCE: Duration = Duration::from_secs(15);

/// What a thin line holds unread, in bytes.
const THIN_BYTES: u32 = 2_048;

/// A bare WebSocket.
pub type RawSocket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How a connection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closed {
    /// With a reason of the protocol.
    Reason(CloseReason),
    /// Otherwise.
    Other(String),
}

/// A connected visitor.
pub struct Visitor {
    socket: RawSocket,
    decoder: Decoder,
    /// What it was told on arrival.
    pub welcome: Welcome,
    /// The newest ticket.
    pub ticket: Vec<u8>,
    /// Where it stands itself: as last claimed, welcomed or corrected.
    pub own: Stance,
    /// Who is where, itself included.
    pub seen: HashMap<VisitorId, Stance>,
    /// How closely each of them is followed.
    pub rates: HashMap<VisitorId, Rate>,
    /// Who is who.
    pub names: HashMap<VisitorId, String>,
    /// What was said, in the order of arrival.
    pub said: Vec<Said>,
    /// What was said while the connection was lost; none while nothing was told of it.
    pub missed: Option<Vec<Said>>,
    /// Whether it was told that some of it is lost.
    pub gap: bool,
    /// Who is more than a visitor.
    pub roles: HashMap<VisitorId, Role>,
    /// What everyone was told, in the order of arrival.
    pub announced: Vec<Announcement>,
    /// Who may speak.
    pub chat: ChatRule,
    /// Notices, in the order of arrival.
    pub notices: Vec<Notice>,
    /// What was told about calls for help.
    pub help: Vec<HelpNews>,
    /// Its seat in a vehicle, if it has one.
    pub ride: Option<Ride>,
    /// Corrections of its motion.
    pub corrections: Vec<(u32, Stance)>,
    /// Number of people, as last told.
    pub people: u32,
    /// Who was said to have gone.
    pub gone: HashSet<VisitorId>,
    /// Who went out of sight at any time.
    pub lost_sight_of: HashSet<VisitorId>,
    /// How often all streams began anew.
    pub anew: u32,
    /// The relay's clock, as last told.
    pub relay_ms: u64,
    /// How often it was welcomed elsewhere.
    pub moves: u32,
    /// Whether it has said hello again, and waits for what comes of it.
    travels: bool,
    /// How the connection ended, if it did.
    pub closed: Option<Closed>,
    /// Longest time between two messages with frames since it was last set to zero.
    pub longest_pause: Duration,
    last_frames: Instant,
    next_ping: Instant,
    sequence: u32,
}

/// A hello of someone new.
pub fn hello(name: &str) -> Hello {
    Hello {
        name: name.to_owned(),
        language: "en".to_owned(),
        destination: Destination {
            place: PLACE.to_owned(),
            ..Destination::default()
        },
        ..Hello::default()
    }
}

impl Visitor {
    /// Comes in as someone new.
    pub async fn arrive(relay: &Relay, name: &str) -> Result<Self> {
        Self::enter(relay, hello(name)).await
    }

    /// Comes in with a hello.
    pub async fn enter(relay: &Relay, hello: Hello) -> Result<Self> {
        Self::enter_with(relay, hello, &[]).await
    }

    /// Comes in from an address that a proxy names.
    pub async fn enter_from(relay: &Relay, hello: Hello, address: &str) -> Result<Self> {
        Self::enter_with(relay, hello, &[("x-forwarded-for", address)]).await
    }

    async fn enter_with(relay: &Relay, hello: Hello, headers: &[(&'static str, &str)]) -> Result<Self> {
        let socket = Self::socket(relay, &[SUBPROTOCOL, REFUSE_SUBPROTOCOL], headers).await?;
        Self::greet(socket, hello).await
    }

    /// Comes in with a hello, at an address.
    pub async fn enter_at(url: &str, hello: Hello) -> Result<Self> {
        let socket = Self::handshake_at(url, &[SUBPROTOCOL, REFUSE_SUBPROTOCOL], &[]).await?;
        Self::greet(socket.0, hello).await
    }

    /// Says hello on a socket.
    pub async fn greet(mut socket: RawSocket, hello: Hello) -> Result<Self> {
        socket
            .send(Message::Binary(ClientMessage::Hello(hello).encode().into()))
            .await?;
        let first = timeout(PATIENCE, socket.next()).await.context("no welcome")?;
        let welcome = match first.context("closed before the welcome")?? {
            Message::Binary(bytes) => match RelayMessage::decode(&bytes)? {
                RelayMessage::Welcome(welcome) => welcome,
                other => bail!("expected a welcome: {other:?}"),
            },
            other => bail!("expected a welcome: {other:?}"),
        };
        let now = Instant::now();
        Ok(Self {
            socket,
            decoder: Decoder::default(),
            ticket: welcome.ticket.clone(),
            people: welcome.people,
            own: welcome.stance,
            welcome,
            seen: HashMap::new(),
            rates: HashMap::new(),
            names: HashMap::new(),
            said: Vec::new(),
            missed: None,
            gap: false,
            roles: HashMap::new(),
            announced: Vec::new(),
            chat: ChatRule::Open,
            notices: Vec::new(),
            help: Vec::new(),
            ride: None,
            corrections: Vec::new(),
            gone: HashSet::new(),
            lost_sight_of: HashSet::new(),
            anew: 0,
            relay_ms: 0,
            moves: 0,
            travels: false,
            closed: None,
            longest_pause: Duration::ZERO,
            last_frames: now,
            next_ping: now,
            sequence: 0,
        })
    }

    /// A WebSocket with some subprotocols and further headers.
    pub async fn socket(
        relay: &Relay,
        protocols: &[&str],
        headers: &[(&'static str, &str)],
    ) -> Result<RawSocket> {
        Ok(Self::handshake(relay, protocols, headers).await?.0)
    }

    /// As [`Self::socket`]; also the subprotocol that the relay selected.
    pub async fn handshake(
        relay: &Relay,
        protocols: &[&str],
        headers: &[(&'static str, &str)],
    ) -> Result<(RawSocket, Option<String>)> {
        Self::handshake_at(&relay.socket_url(), protocols, headers).await
    }

    async fn handshake_at(
        url: &str,
        protocols: &[&str],
        headers: &[(&'static str, &str)],
    ) -> Result<(RawSocket, Option<String>)> {
        let mut request = url.into_client_request()?;
        if !protocols.is_empty() {
            request.headers_mut().insert(
                "sec-websocket-protocol",
                HeaderValue::from_str(&protocols.join(", "))?,
            );
        }
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value)?);
        }
        let (socket, response) = timeout(PATIENCE, connect_async(request))
            .await
            .context("no handshake")??;
        let selected = response.headers().get("sec-websocket-protocol");
        Ok((
            socket,
            selected.and_then(|name| name.to_str().ok()).map(str::to_owned),
        ))
    }

    /// Comes in through a line that holds little: whoever does not read on it has soon stopped the relay from writing.
    pub async fn arrive_on_a_thin_line(relay: &Relay, name: &str) -> Result<Self> {
        let thin = TcpSocket::new_v4()?;
        thin.set_recv_buffer_size(THIN_BYTES)?;
        let stream = thin.connect(relay.host().parse()?).await?;
        let mut request = relay.socket_url().into_client_request()?;
        let protocols = HeaderValue::from_str(&[SUBPROTOCOL, REFUSE_SUBPROTOCOL].join(", "))?;
        request.headers_mut().insert("sec-websocket-protocol", protocols);
        let handshake = client_async(request, MaybeTlsStream::Plain(stream));
        let (socket, _) = timeout(PATIENCE, handshake).await.context("no handshake")??;
        Self::greet(socket, hello(name)).await
    }

    /// Who it is.
    pub fn id(&self) -> VisitorId {
        self.welcome.visitor
    }

    /// Sends a message.
    pub async fn send(&mut self, message: &ClientMessage) -> Result<()> {
        self.send_bytes(&message.encode()).await
    }

    /// Sends bytes that may be no message.
    pub async fn send_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.socket.send(Message::Binary(bytes.to_vec().into())).await?)
    }

    /// Claims a stance; the answer is the number of the claim.
    pub async fn claim(&mut self, stance: Stance) -> Result<u32> {
        self.sequence += 1;
        self.own = stance;
        self.send(&ClientMessage::Move {
            sequence: self.sequence,
            stance,
        })
        .await?;
        Ok(self.sequence)
    }

    /// Wishes to go on elsewhere, with a hello on the same connection.
    pub async fn wish_for(&mut self, place: &str, spot: Option<&str>) -> Result<()> {
        let mut hello = self.coming_back();
        hello.stance = Some(self.own);
        hello.destination = Destination {
            place: place.to_owned(),
            spot: spot.map(str::to_owned),
            ..Destination::default()
        };
        self.travels = true;
        self.send(&ClientMessage::Hello(hello)).await
    }

    /// As a helper, wishes to be beside someone who calls.
    pub async fn wish_to_be_beside(&mut self, caller: VisitorId) -> Result<()> {
        let mut hello = self.coming_back();
        hello.stance = Some(self.own);
        hello.destination.beside = Some(caller);
        self.travels = true;
        self.send(&ClientMessage::Hello(hello)).await
    }

    /// Goes on elsewhere.
    pub async fn travel(&mut self, place: &str, spot: &str) -> Result<()> {
        let before = self.moves;
        self.wish_for(place, Some(spot)).await?;
        self.until("is welcomed elsewhere", |visitor| visitor.moves > before)
            .await
    }

    /// Says a line.
    pub async fn say(&mut self, reach: Reach, text: &str) -> Result<()> {
        let utterance = Utterance::Line {
            text: text.to_owned(),
            language: "en".to_owned(),
        };
        self.send(&ClientMessage::Say { reach, utterance }).await
    }

    /// Pulls a lever of hosts.
    pub async fn pull(&mut self, lever: Lever) -> Result<()> {
        self.send(&ClientMessage::Lever(lever)).await
    }

    /// Pulls a lever, and waits for the word that it worked.
    pub async fn moderate(&mut self, lever: Lever) -> Result<()> {
        let done = |visitor: &Self| {
            visitor
                .notices
                .iter()
                .filter(|notice| **notice == Notice::Done)
                .count()
        };
        let before = done(self);
        let what = format!("{lever:?} works");
        self.pull(lever).await?;
        self.until(&what, |visitor| done(visitor) > before).await
    }

    /// Whether a line has arrived.
    pub fn heard(&self, line: &str) -> bool {
        self.said.iter().any(|said| text_of(said) == line)
    }

    /// How often a line has arrived, recovered or not, by its number once.
    pub fn times_heard(&self, line: &str) -> usize {
        let all = self.said.iter().chain(self.missed.iter().flatten());
        all.filter(|said| text_of(said) == line).count()
    }

    /// The texts of what was recovered, in the order of arrival.
    pub fn recovered(&self) -> Vec<&str> {
        self.missed.iter().flatten().map(text_of).collect()
    }

    /// A hello that goes on where this visitor is.
    pub fn coming_back(&self) -> Hello {
        Hello {
            ticket: self.ticket.clone(),
            last_line: self.said.iter().map(|said| said.line).max().unwrap_or(0),
            ..hello(&self.welcome.name)
        }
    }

    /// Reads until something is so.
    pub async fn until(&mut self, what: &str, so: impl Fn(&Self) -> bool) -> Result<()> {
        self.within(PATIENCE, what, so).await
    }

    /// Reads until something is so, for a limited time.
    pub async fn within(&mut self, limit: Duration, what: &str, so: impl Fn(&Self) -> bool) -> Result<()> {
        let deadline = Instant::now() + limit;
        while !so(self) {
            if let Some(closed) = &self.closed {
                bail!("closed ({closed:?}) before: {what}");
            }
            if !self.read_one(deadline).await? {
                bail!(
                    "waited in vain for: {what}; sees {:?}, people {}",
                    self.seen,
                    self.people
                );
            }
        }
        Ok(())
    }

    /// Reads whatever comes in a time.
    pub async fn watch_for(&mut self, time: Duration) -> Result<()> {
        let deadline = Instant::now() + time;
        while self.closed.is_none() && self.read_one(deadline).await? {}
        Ok(())
    }

    /// Leaves with a good-bye.
    pub async fn leave(mut self) -> Result<()> {
        let frame = tokio_tungstenite::tungstenite::protocol::CloseFrame {
            code: CloseCode::Normal,
            reason: "".into(),
        };
        Ok(self.socket.close(Some(frame)).await?)
    }

    /// The socket, which nobody reads any more.
    pub fn stall(self) -> RawSocket {
        self.socket
    }

    /// Reads one message; false when the deadline came first.
    async fn read_one(&mut self, deadline: Instant) -> Result<bool> {
        loop {
            tokio::select! {
                message = self.socket.next() => {
                    match message {
                        Some(Ok(message)) => self.take(message)?,
                        Some(Err(error)) => self.closed = Some(Closed::Other(error.to_string())),
                        None => {
                            self.closed.get_or_insert(Closed::Other("no close frame".to_owned()));
                        }
                    }
                    return Ok(true);
                }
                () = sleep_until(self.next_ping) => {
                    self.next_ping = Instant::now() + Duration::from_secs(2);
                    // A failure shows when reading.
                    let _ = self.send(&ClientMessage::Ping { client_ms: 7 }).await;
                }
                () = sleep_until(deadline) => return Ok(false),
            }
        }
    }

    fn take(&mut self, message: Message) -> Result<()> {
        let bytes = match message {
            Message::Binary(bytes) => bytes,
            Message::Close(frame) => {
                self.closed = Some(closed(frame.as_ref()));
                return Ok(());
            }
            _ => return Ok(()),
        };
        match RelayMessage::decode(&bytes)? {
            RelayMessage::Frames(frames) => {
                let now = Instant::now();
                self.longest_pause = self.longest_pause.max(now - self.last_frames);
                self.last_frames = now;
                self.take_frames(&frames)?;
            }
            RelayMessage::Who(all) => {
                for who in all {
                    self.names.insert(who.visitor, who.name);
                    self.roles.insert(who.visitor, who.role);
                }
            }
            RelayMessage::Said(said) => self.said.push(said),
            RelayMessage::Correct { sequence, stance } => {
                self.own = stance;
                self.corrections.push((sequence, stance));
            }
            RelayMessage::Count(people) => self.people = people,
            RelayMessage::Ticket(ticket) => self.ticket = ticket,
            RelayMessage::Announced(announcement) => self.announced.push(announcement),
            RelayMessage::Chat(rule) => self.chat = rule,
            RelayMessage::Notice(notice) => self.notices.push(notice),
            RelayMessage::Help(news) => self.help.push(news),
            RelayMessage::Riding(ride) => self.ride = ride,
            RelayMessage::Gone(all) => self.gone.extend(all),
            RelayMessage::Anew => {
                self.decoder = Decoder::default();
                self.seen.clear();
                self.rates.clear();
                self.anew += 1;
            }
            RelayMessage::Missed { lines, gap } => {
                if self.missed.replace(lines).is_some() {
                    bail!("told twice what was missed");
                }
                self.gap = gap;
            }
            RelayMessage::Pong { relay_ms, .. } => self.relay_ms = relay_ms,
            RelayMessage::Welcome(_) if !self.travels => bail!("a second welcome"),
            RelayMessage::Welcome(welcome) => {
                self.travels = false;
                self.moves += 1;
                self.decoder = Decoder::default();
                self.seen.clear();
                self.rates.clear();
                self.names.clear();
                self.gone.clear();
                self.own = welcome.stance;
                self.people = welcome.people;
                self.ticket.clone_from(&welcome.ticket);
                self.sequence = 0;
                self.welcome = welcome;
            }
        }
        Ok(())
    }

    fn take_frames(&mut self, frames: &[u8]) -> Result<()> {
        let mut events = Vec::new();
        self.decoder.read(frames, &mut events)?;
        for event in events {
            match event {
                Event::At {
                    visitor,
                    stance,
                    rate,
                    ..
                } => {
                    self.seen.insert(visitor, stance);
                    self.rates.insert(visitor, rate);
                }
                Event::Left { visitor, .. } => {
                    self.seen.remove(&visitor);
                    self.rates.remove(&visitor);
                    self.lost_sight_of.insert(visitor);
                }
                Event::Gap { stream } => bail!("a gap in {stream:?}"),
            }
        }
        Ok(())
    }
}

/// A line's text; empty for a phrase.
pub(crate) fn text_of(said: &Said) -> &str {
    match &said.utterance {
        Utterance::Line { text, .. } => text,
        Utterance::Phrase(_) => "",
    }
}

/// Reads a socket to its end.
pub async fn until_closed(socket: &mut RawSocket) -> Result<Closed> {
    let reading = async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Close(frame))) => return closed(frame.as_ref()),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Closed::Other(error.to_string()),
                None => return Closed::Other("no close frame".to_owned()),
            }
        }
    };
    timeout(PATIENCE, reading).await.context("not closed")
}

fn closed(frame: Option<&tokio_tungstenite::tungstenite::protocol::CloseFrame>) -> Closed {
    let reason = frame.and_then(|frame| {
        let reason = CloseReason::from_code(frame.code.into())?;
        (frame.reason.as_str() == reason.name()).then_some(reason)
    });
    reason.map_or_else(|| Closed::Other(format!("{frame:?}")), Closed::Reason)
}
