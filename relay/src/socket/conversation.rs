//! A connection from its hello to its end.

use std::{io::ErrorKind, pin::pin, sync::Arc, time::Duration};

use shared::{
    moderation::Lever,
    protocol::{
        ClientMessage, CloseReason, HELLO_DEADLINE_MS, Hello, MessageError, Notice, PING_EVERY_MS,
        RelayMessage, Stance,
    },
};
use tokio::time::{Instant, sleep, timeout};
use tungstenite::{
    Error, Message,
    error::{CapacityError, ProtocolError},
    protocol::frame::coding::CloseCode,
};

use super::{
    Address, Permit, WebSocket, closing,
    pace::{Pace, Verdict},
};
use crate::{
    app::App,
    outbox::{Outbox, Stop},
    room::Act,
    session::AddressMark,
    stay::{Hindrance, Stay},
};

/// A client that sends nothing for so long is gone, or frozen.
const SILENT_FOR: Duration = Duration::from_millis(3 * PING_EVERY_MS);

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

impl From<Stop> for End {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Reason(reason) => Self::Closed(reason),
            Stop::Lost => Self::Lost,
        }
    }
}

/// Holds a connection until it ends. What is handed on by value takes its memory here twice: socket and visitor are boxed.
pub(super) async fn hold(app: &Arc<App>, mut socket: Box<WebSocket>, address: Address, permit: Permit) {
    // Coming in and going take more memory than staying: it is given back meanwhile.
    let end = match Box::pin(come_in(app, &mut socket, address)).await {
        Ok(mut visitor) => {
            let end = visitor.listen(&mut socket).await;
            Box::pin(visitor.leave(end)).await;
            end
        }
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
    match reason {
        Some(reason) => Box::pin(closing::close(socket, reason)).await,
        None => Box::pin(closing::answer(&mut socket)).await,
    }
    drop(permit);
}

/// Waits for the hello, and brings a visitor into a room.
async fn come_in<'a>(
    app: &'a App,
    socket: &mut WebSocket,
    address: Address,
) -> Result<Box<Conversation<'a>>, End> {
    let hello = greet(app, socket).await?;
    let outbox = socket.outbox().clone();
    let stay = Stay::begin(&app.rooms, &app.city, &hello, mark(app, address), outbox.clone())
        .await
        .map_err(End::Closed)?;
    Ok(Box::new(Conversation {
        app,
        stay,
        outbox,
        address,
        pace: Pace::new(),
    }))
}

/// Waits for the hello.
async fn greet(app: &App, socket: &mut WebSocket) -> Result<Hello, End> {
    let first = async {
        loop {
            if let Some(message) = read(app, socket.recv().await)? {
                return Ok::<_, End>(message);
            }
            // Nobody else writes yet.
            socket.outbox().flush();
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

/// Stands for an address where limits by address hold.
fn mark(app: &App, address: Address) -> Option<AddressMark> {
    (!address.exempt).then(|| AddressMark::new(&app.key, address.counted))
}

/// What a message asks of the room.
enum Wish {
    /// To be somewhere.
    Move { sequence: u32, stance: Stance },
    /// To be in another room, perhaps.
    GoOn(Box<Hello>),
    /// To sit in a vehicle.
    Board { line: u8, vehicle: u8 },
    /// Anything else.
    Act(Act),
}

/// A visitor who is in.
struct Conversation<'a> {
    app: &'a App,
    stay: Stay,
    outbox: Outbox,
    address: Address,
    pace: Pace,
}

impl Conversation<'_> {
    /// Goes out of the room.
    async fn leave(self, end: End) {
        let for_good = match end {
            End::Left => true,
            End::Lost => false,
            End::Closed(reason) => !reason.is_passing(),
        };
        self.stay.end(&self.app.rooms, for_good).await;
    }

    /// Takes what the client sends, until the end.
    async fn listen(&mut self, socket: &mut WebSocket) -> End {
        let outbox = self.outbox.clone();
        let mut tended = pin!(outbox.tend());
        let mut heard = Instant::now();
        let mut silence = pin!(sleep(SILENT_FOR));
        loop {
            tokio::select! {
                biased;
                stop = &mut tended => return stop.into(),
                received = socket.recv() => {
                    heard = Instant::now();
                    let taken = match read(self.app, received) {
                        Ok(Some(message)) => self.take(message),
                        Ok(None) => self.slow_down(self.pace.count()).map(|()| None),
                        Err(end) => Err(end),
                    };
                    match taken {
                        Ok(Some(Wish::Move { sequence, stance })) => self.stay.claim(sequence, stance).await,
                        // The others are rare, and can hold much.
                        Ok(Some(Wish::GoOn(hello))) => {
                            if let Err(end) = Box::pin(self.go_on(*hello)).await {
                                return end;
                            }
                        }
                        Ok(Some(Wish::Board { line, vehicle })) => Box::pin(self.board(line, vehicle)).await,
                        Ok(Some(Wish::Act(act))) => Box::pin(self.stay.act(act)).await,
                        Ok(None) => {}
                        Err(end) => return end,
                    }
                }
                // It is set anew only when it is over: most clients are heard much more often.
                () = &mut silence => {
                    if heard.elapsed() >= SILENT_FOR {
                        return End::Closed(CloseReason::Silent);
                    }
                    silence.as_mut().reset(heard + SILENT_FOR);
                }
            }
        }
    }

    /// What the room is asked for by a message that keeps within all limits.
    fn take(&self, message: ClientMessage) -> Result<Option<Wish>, End> {
        let mut verdict = self.pace.count();
        if verdict == Verdict::Take
            && tells_everyone(&message)
            && !self.app.gate.may_say(self.stay.visitor(), self.address)
        {
            verdict = self.pace.exceeded();
        }
        if verdict != Verdict::Take {
            return self.slow_down(verdict).map(|()| None);
        }
        if matches!(message, ClientMessage::Report { .. })
            && !self.app.gate.may_report(self.stay.visitor(), self.address)
        {
            self.outbox.send(&RelayMessage::Notice(Notice::ReportedEnough));
            return Ok(None);
        }
        let act = match message {
            ClientMessage::Hello(hello) => return Ok(Some(Wish::GoOn(Box::new(hello)))),
            ClientMessage::Ping { client_ms } => {
                self.outbox.send(&RelayMessage::Pong {
                    client_ms,
                    relay_ms: self.app.rooms.around().clock.now_ms(),
                });
                return Ok(None);
            }
            ClientMessage::Move { sequence, stance } => return Ok(Some(Wish::Move { sequence, stance })),
            ClientMessage::Say { reach, utterance } => Act::Say { reach, utterance },
            ClientMessage::Appear { name, look } => Act::Appear { name, look },
            ClientMessage::Teleport { spot } => Act::Teleport { spot },
            ClientMessage::Reseed => Act::Reseed,
            ClientMessage::Light(light) => Act::Light(light),
            ClientMessage::Lever(lever) => Act::Lever(lever),
            ClientMessage::Help(act) => Act::Help(act),
            ClientMessage::Block { visitor, blocked } => Act::Block {
                other: visitor,
                blocked,
            },
            ClientMessage::Report { visitor } => Act::Report { other: visitor },
            ClientMessage::Board { line, vehicle } => return Ok(Some(Wish::Board { line, vehicle })),
            ClientMessage::Alight => Act::Alight,
        };
        Ok(Some(Wish::Act(act)))
    }

    /// The visitor wishes to be elsewhere.
    async fn go_on(&mut self, hello: Hello) -> Result<(), End> {
        let App { rooms, city, .. } = self.app;
        let (mark, outbox) = (mark(self.app, self.address), self.outbox.clone());
        match self.stay.go_on(rooms, city, hello, mark, outbox).await {
            Ok(()) => Ok(()),
            Err(Hindrance::Stays(notice)) => {
                self.outbox.send(&RelayMessage::Notice(notice));
                Ok(())
            }
            Err(Hindrance::Ends(reason)) => Err(End::Closed(reason)),
        }
    }

    /// The visitor wishes to sit in a vehicle.
    async fn board(&mut self, line: u8, vehicle: u8) {
        if let Err(notice) = self.stay.board(&self.app.rooms, line, vehicle).await {
            self.outbox.send(&RelayMessage::Notice(notice));
        }
    }

    fn slow_down(&self, verdict: Verdict) -> Result<(), End> {
        match verdict {
            Verdict::Take => return Ok(()),
            Verdict::End => return Err(End::Closed(CloseReason::TooFast)),
            Verdict::Drop { .. } => self.app.metrics.messages_dropped.inc(),
        };
        if verdict == (Verdict::Drop { tell: true }) {
            self.outbox.send(&RelayMessage::Notice(Notice::Slower));
        }
        Ok(())
    }
}

/// Whether others have to read it: such messages are limited by session and by address.
fn tells_everyone(message: &ClientMessage) -> bool {
    matches!(
        message,
        ClientMessage::Hello(_)
            | ClientMessage::Say { .. }
            | ClientMessage::Appear { .. }
            | ClientMessage::Lever(Lever::Announce { .. })
            | ClientMessage::Help(_)
    )
}

/// Reads what was received; none for WebSocket's own pings and pongs.
fn read(app: &App, received: Result<Message, Error>) -> Result<Option<ClientMessage>, End> {
    let bytes = match received.map_err(|error| broken(&error))? {
        Message::Binary(bytes) => bytes,
        Message::Text(_) | Message::Frame(_) => return Err(End::Closed(CloseReason::Malformed)),
        Message::Ping(_) | Message::Pong(_) => return Ok(None),
        // A page that is loaded again says "going away"; only a farewell says "normal".
        Message::Close(frame) => {
            return Err(if frame.is_some_and(|frame| frame.code == CloseCode::Normal) {
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
fn broken(error: &Error) -> End {
    match error {
        Error::Capacity(CapacityError::MessageTooLong { .. }) => End::Closed(CloseReason::TooLarge),
        Error::Io(error) if error.kind() == ErrorKind::FileTooLarge => End::Closed(CloseReason::TooLarge),
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => End::Lost,
        Error::Protocol(_) | Error::Utf8(_) => End::Closed(CloseReason::Malformed),
        _ => End::Lost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every connection takes so much as long as it lasts, beside its buffers, its socket and its visitor.
    const TASK_AT_MOST_BYTES: usize = 1_024;

    fn size_of_task<Task>(
        _: impl FnOnce(&'static Arc<App>, Box<WebSocket>, Address, Permit) -> Task,
    ) -> usize {
        size_of::<Task>()
    }

    #[test]
    fn the_task_of_a_connection_is_small() {
        let size = size_of_task(hold);
        assert!(size <= TASK_AT_MOST_BYTES, "{size} bytes");
    }
}
