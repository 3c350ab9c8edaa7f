//! Ends a connection so that the reason arrives.

use std::time::Duration;

use shared::protocol::CloseReason;
use tokio::time::{sleep, timeout};
use tungstenite::{Error, protocol::CloseFrame};

use super::WebSocket;

/// How long the close frame may take to be written.
const WRITE_WITHIN: Duration = Duration::from_secs(1);

/// How long the client may take to close its side. A socket that is dropped earlier, with unread bytes in it, resets
/// the connection, and the reason may be lost on the way.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// Answers a client that has closed its side; does nothing where the line is broken.
pub(super) async fn answer(socket: &mut WebSocket) {
    let answered = async {
        // The answer is made when one would read on.
        let _ = socket.recv().await;
        socket.outbox().write_all().await
    };
    let _ = timeout(WRITE_WITHIN, answered).await;
}

/// Closes with a reason.
pub(super) async fn close(mut socket: Box<WebSocket>, reason: CloseReason) {
    socket.close(CloseFrame {
        code: reason.code().into(),
        reason: reason.name().into(),
    });
    let sent = timeout(WRITE_WITHIN, socket.outbox().write_all()).await;
    if !matches!(sent, Ok(Ok(()))) {
        return;
    }
    let answered = async {
        loop {
            match socket.recv().await {
                Ok(_) => {}
                Err(Error::ConnectionClosed | Error::AlreadyClosed) => return,
                // Nothing more can be read; the client still needs a moment to read what was sent.
                Err(_) => return sleep(Duration::from_millis(500)).await,
            }
        }
    };
    // Whether it answers or not, this is the end.
    let _ = timeout(ANSWER_WITHIN, answered).await;
}
