//! One WebSocket connection: its gate, its hello, its limits, its end.
//!
//! In: the client's messages, each read and checked here. Out: what the room put into the outbox. It knows nothing of
//! cells or of other visitors.

mod address;
mod closing;
mod conversation;
mod gate;
mod pace;

use std::{net::SocketAddr, sync::Arc};

pub use address::Address;
use axum::{
    extract::{ConnectInfo, State, WebSocketUpgrade, ws::WebSocket},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
pub use gate::{Gate, Permit};
use shared::protocol::{CloseReason, REFUSE_SUBPROTOCOL, SUBPROTOCOL};

use crate::app::App;

/// Read buffer of a connection, allocated at once: client messages are small.
const READ_BUFFER_BYTES: usize = 2 << 10;

/// Messages are gathered up to this size before they are written.
const WRITE_BUFFER_BYTES: usize = 4 << 10;

/// Most that may wait unwritten inside the WebSocket: one message of the largest size, and some.
const MAX_WRITE_BUFFER_BYTES: usize = 512 << 10;

/// Larger messages than the protocol allows are still read up to this size, so that the reason can be told.
const MAX_READ_BYTES: usize = 64 << 10;

/// `GET /ws`.
pub async fn upgrade(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    let address = app.gate.address(peer, &headers);
    let offers = |name: &str| {
        socket
            .requested_protocols()
            .any(|offered| offered.as_bytes() == name.as_bytes())
    };
    let verdict = if app.drain.is_moving() {
        Err(CloseReason::Draining)
    } else if offers(SUBPROTOCOL) {
        app.gate.pass(address, &headers)
    } else {
        Err(CloseReason::Version)
    };
    let may_explain = verdict.is_ok() || app.gate.may_explain(address);
    let socket = limit(socket);
    match verdict {
        Ok(permit) => socket
            .protocols([SUBPROTOCOL])
            .on_upgrade(move |socket| async move { conversation::hold(&app, socket, address, permit).await }),
        Err(reason) => {
            app.metrics.note_end(Some(reason), false);
            tracing::debug!(address = %address.counted, reason = reason.name(), "refused");
            if may_explain {
                socket
                    .protocols([REFUSE_SUBPROTOCOL])
                    .on_upgrade(move |socket| refuse(socket, reason))
            } else {
                (
                    StatusCode::TOO_MANY_REQUESTS,
                    "too many connections from this address\n",
                )
                    .into_response()
            }
        }
    }
}

/// Sets the limits that every WebSocket of the relay has.
pub fn limit(socket: WebSocketUpgrade) -> WebSocketUpgrade {
    socket
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(MAX_WRITE_BUFFER_BYTES)
        .max_message_size(MAX_READ_BYTES)
        .max_frame_size(MAX_READ_BYTES)
}

async fn refuse(socket: WebSocket, reason: CloseReason) {
    closing::close(socket, reason).await;
}
