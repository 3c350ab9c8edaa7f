//! Ends a connection so that the reason arrives.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use shared::protocol::CloseReason;
use tokio::time::{sleep, timeout};

/// How long the close frame may take to be written.
const WRITE_WITHIN: Duration = Duration::from_secs(1);

/// How long the client may take to close its side. A socket that is dropped earlier, with unread bytes in it, resets
/// the connection, and the reason may be lost on the way.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// Closes with a reason.
pub(super) async fn close(mut socket: WebSocket, reason: CloseReason) {
    let frame = CloseFrame {
        code: reason.code(),
        reason: reason.name().into(),
    };
    let sent = timeout(WRITE_WITHIN, socket.send(Message::Close(Some(frame)))).await;
    if !matches!(sent, Ok(Ok(()))) {
        return;
    }
    let answered = async {
        while let Some(message) = socket.recv().await {
            if message.is_err() {
                // Nothing more can be read; the client still needs a moment to read what was sent.
                sleep(Duration::from_millis(500)).await;
                return;
            }
        }
    };
    // Whether it answers or not, this is the end.
    let _ = timeout(ANSWER_WITHIN, answered).await;
}
