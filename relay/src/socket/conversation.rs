//! A connection from its hello to its end.

use std::{pin::pin, sync::Arc, time::Duration};

use axum::extract::ws::{Message, WebSocket, close_code};
use bytes::Bytes;
use futures_util::SinkExt as _;
use shared::{
    moderation::Lever,
    protocol::{
        ClientMessage, CloseReason, HELLO_DEADLINE_MS, Hello, MessageError, Notice, PING_EVERY_MS,
        RelayMessage,
    },
};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until, timeout},
};
use tokio_tungstenite::tungstenite;

use super::{
    Address, Permit, closing,
    pace::{Pace, Verdict},
};
use crate::{app::App, outbox::Inlet, room::Act, session::AddressMark, stay::Stay};

/// A client that sends nothing for so long is gone, or frozen.
const SILENT_FOR: Duration = Duration::from_millis(3 * PING_EVERY_MS);

/// A client that takes so long to read what was written is cut off.
const WRITE_WITHIN: Duration = Duration::from_secs(15);

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The client said that the visitor leaves.
    Left,
    /// The connection was lost, or the page is being loaded again.
    Lost,
    /// The relay ends it.
    Closed(CloseReason),
}

/// Holds a connection until it ends.
pub(super) async fn hold(app: &Arc<App>, mut socket: WebSocket, address: Address, permit: Permit) {
    let end = match greet(app, &mut socket).await {
        Ok(hello) => admit(app, &mut socket, address, &hello).await,
        Err(end) => end,
    };
    let reason = if let End::Closed(reason) = end {
        Some(reason)
    } else {
        None
    };
    app.metrics.note_end(reason, end == End::Left);
    tracing::debug!(?end, "a connection ended");
    // A relay that stops waits for every permit, and so for every good-bye; otherwise the next one may come in now.
    let permit = (reason == Some(CloseReason::Draining)).then_some(permit);
    if let Some(reason) = reason {
        closing::close(socket, reason).await;
    }
    drop(permit);
}

/// Waits for the hello.
async fn greet(app: &App, socket: &mut WebSocket) -> Result<Hello, End> {
    let first = async {
        loop {
            if let Some(message) = read(app, socket.recv().await)? {
                return Ok(message);
            }
        }
    };
    let first = tokio::select! {
        first = timeout(Duration::from_millis(HELLO_DEADLINE_MS), first) => {
            first.map_err(|_| End::Closed(CloseReason::Silent))??
        }
        () = app.drain.closed() => return Err(End::Closed(CloseReason::Draining)),
    };
    match first {
        ClientMessage::Hello(hello) => Ok(hello),
        _ => Err(End::Closed(CloseReason::Malformed)),
    }
}

/// Brings a visitor into a room, and out of it at the end.
async fn admit(app: &App, socket: &mut WebSocket, address: Address, hello: &Hello) -> End {
    let mark = (!address.exempt).then(|| AddressMark::new(&app.key, address.counted));
    let (stay, inlet) = match Stay::begin(&app.rooms, &app.city, hello, mark).await {
        Ok(in_a_room) => in_a_room,
        Err(reason) => return End::Closed(reason),
    };
    let end = Conversation {
        app,
        stay: &stay,
        address,
        pace: Pace::new(),
    }
    .run(socket, inlet)
    .await;
    let for_good = match end {
        End::Left => true,
        End::Lost => false,
        End::Closed(reason) => !reason.is_passing(),
    };
    stay.end(&app.rooms, for_good).await;
    end
}

/// A visitor who is in.
struct Conversation<'a> {
    app: &'a App,
    stay: &'a Stay,
    address: Address,
    pace: Pace,
}

impl Conversation<'_> {
    async fn run(&self, socket: &mut WebSocket, mut inlet: Inlet) -> End {
        let mut heard = Instant::now();
        let mut drained = pin!(self.app.drain.turn());
        loop {
            tokio::select! {
                biased;
                reason = ended(&mut inlet.end) => return End::Closed(reason),
                () = &mut drained => return End::Closed(CloseReason::Draining),
                message = inlet.messages.recv() => {
                    // The room drops an outbox only for a newer connection, which has already ended this one.
                    let Some(message) = message else { return End::Closed(CloseReason::Superseded) };
                    if let Err(end) = self.write(socket, message, &mut inlet).await {
                        return end;
                    }
                }
                received = socket.recv() => {
                    heard = Instant::now();
                    let outcome = match read(self.app, received) {
                        Ok(Some(message)) => self.take(socket, message).await,
                        Ok(None) => self.slow_down(socket, self.pace.count()).await,
                        Err(end) => Err(end),
                    };
                    if let Err(end) = outcome {
                        return end;
                    }
                }
                () = sleep_until(heard + SILENT_FOR) => return End::Closed(CloseReason::Silent),
            }
        }
    }

    /// Writes a message and all that wait behind it.
    async fn write(&self, socket: &mut WebSocket, first: Bytes, inlet: &mut Inlet) -> Result<(), End> {
        let metrics = &self.app.metrics;
        let all = async {
            let mut next = Some(first);
            while let Some(message) = next {
                metrics.messages_sent.inc();
                metrics.bytes_sent.inc_by(message.len() as u64);
                socket.feed(Message::Binary(message)).await?;
                next = inlet.messages.try_recv().ok();
            }
            socket.flush().await
        };
        tokio::select! {
            written = timeout(WRITE_WITHIN, all) => match written {
                Ok(Ok(())) => Ok(()),
                Ok(Err(_)) => Err(End::Lost),
                Err(_) => Err(End::Closed(CloseReason::TooSlow)),
            },
            reason = ended(&mut inlet.end) => Err(End::Closed(reason)),
        }
    }

    /// Writes a message that answers the one just read.
    async fn answer(&self, socket: &mut WebSocket, message: &RelayMessage) -> Result<(), End> {
        let bytes: Bytes = message.encode().into();
        self.app.metrics.messages_sent.inc();
        self.app.metrics.bytes_sent.inc_by(bytes.len() as u64);
        match timeout(WRITE_WITHIN, socket.send(Message::Binary(bytes))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Lost),
            Err(_) => Err(End::Closed(CloseReason::TooSlow)),
        }
    }

    async fn take(&self, socket: &mut WebSocket, message: ClientMessage) -> Result<(), End> {
        let mut verdict = self.pace.count();
        if verdict == Verdict::Take
            && tells_everyone(&message)
            && !self.app.gate.may_say(self.stay.visitor(), self.address)
        {
            verdict = self.pace.exceeded();
        }
        if verdict != Verdict::Take {
            return self.slow_down(socket, verdict).await;
        }
        let act = match message {
            ClientMessage::Hello(_) => return Err(End::Closed(CloseReason::Malformed)),
            ClientMessage::Ping { client_ms } => {
                let pong = RelayMessage::Pong {
                    client_ms,
                    relay_ms: self.app.rooms.around().clock.now_ms(),
                };
                return self.answer(socket, &pong).await;
            }
            ClientMessage::Move { sequence, stance } => Act::Move { sequence, stance },
            ClientMessage::Say { reach, utterance } => Act::Say { reach, utterance },
            ClientMessage::Appear { name, look } => Act::Appear { name, look },
            ClientMessage::Teleport { spot } => Act::Teleport { spot },
            ClientMessage::Reseed => Act::Reseed,
            ClientMessage::Light(light) => Act::Light(light),
            ClientMessage::Lever(lever) => Act::Lever(lever),
            ClientMessage::Block { visitor, blocked } => Act::Block {
                other: visitor,
                blocked,
            },
        };
        self.stay.act(act).await;
        Ok(())
    }

    async fn slow_down(&self, socket: &mut WebSocket, verdict: Verdict) -> Result<(), End> {
        match verdict {
            Verdict::Take => return Ok(()),
            Verdict::End => return Err(End::Closed(CloseReason::TooFast)),
            Verdict::Drop { .. } => self.app.metrics.messages_dropped.inc(),
        };
        if verdict == (Verdict::Drop { tell: true }) {
            return self.answer(socket, &RelayMessage::Notice(Notice::Slower)).await;
        }
        Ok(())
    }
}

/// Whether others have to read it: such messages are limited by session and by address.
fn tells_everyone(message: &ClientMessage) -> bool {
    matches!(
        message,
        ClientMessage::Say { .. }
            | ClientMessage::Appear { .. }
            | ClientMessage::Lever(Lever::Announce { .. })
    )
}

/// Waits until the connection is to be ended.
async fn ended(end: &mut watch::Receiver<Option<CloseReason>>) -> CloseReason {
    match end.wait_for(Option::is_some).await {
        Ok(reason) => (*reason).unwrap_or(CloseReason::Superseded),
        // All senders are gone: a newer connection has taken the visitor over.
        Err(_) => CloseReason::Superseded,
    }
}

/// Reads what was received; none for WebSocket's own pings and pongs.
fn read(app: &App, received: Option<Result<Message, axum::Error>>) -> Result<Option<ClientMessage>, End> {
    let bytes = match received {
        None => return Err(End::Lost),
        Some(Err(error)) => return Err(broken(error)),
        Some(Ok(Message::Binary(bytes))) => bytes,
        Some(Ok(Message::Text(_))) => return Err(End::Closed(CloseReason::Malformed)),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(None),
        // A page that is loaded again says "going away"; only a farewell says "normal".
        Some(Ok(Message::Close(frame))) => {
            return Err(if frame.is_some_and(|frame| frame.code == close_code::NORMAL) {
                End::Left
            } else {
                End::Lost
            });
        }
    };
    app.metrics.messages_received.inc();
    app.metrics.bytes_received.inc_by(bytes.len() as u64);
    match ClientMessage::decode(&bytes) {
        Ok(message) => Ok(Some(message)),
        Err(error) => {
            if !matches!(error, MessageError::TooLarge(_)) {
                tracing::debug!(%error, "a malformed message");
            }
            Err(End::Closed(error.into()))
        }
    }
}

/// What an error of the WebSocket means.
fn broken(error: axum::Error) -> End {
    use tungstenite::error::{CapacityError, Error};
    match error.into_inner().downcast_ref::<Error>() {
        Some(Error::Capacity(CapacityError::MessageTooLong { .. })) => End::Closed(CloseReason::TooLarge),
        Some(Error::Protocol(tungstenite::error::ProtocolError::ResetWithoutClosingHandshake)) => End::Lost,
        Some(Error::Protocol(_) | Error::Utf8(_)) => End::Closed(CloseReason::Malformed),
        _ => End::Lost,
    }
}
