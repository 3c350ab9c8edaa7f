//! One WebSocket connection: its gate, its hello, its limits, its end.
//!
//! In: the client's messages, each read and checked here. Out: what the room put into the outbox. It knows nothing of
//! cells or of other visitors.

mod address;
mod closing;
mod conversation;
mod gate;
mod pace;
mod web_socket;

use std::{net::SocketAddr, sync::Arc};

pub use address::Address;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
pub use gate::{Gate, Permit};
use shared::protocol::{CloseReason, REFUSE_SUBPROTOCOL, SUBPROTOCOL};
pub use web_socket::{WebSocket, shake_hands};

use crate::app::App;

/// `GET /ws`.
pub async fn upgrade(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let address = app.gate.address(peer, request.headers());
    let verdict = if app.drain.is_moving() {
        Err(CloseReason::Draining)
    } else if offers(&request, SUBPROTOCOL) {
        app.gate.pass(address, request.headers())
    } else {
        Err(CloseReason::Version)
    };
    let may_explain = verdict.is_ok() || app.gate.may_explain(address);
    let sent = app.metrics.sent.clone();
    match verdict {
        Ok(permit) => shake_hands(request, Some(SUBPROTOCOL), sent, move |socket| async move {
            conversation::hold(&app, socket, address, permit).await;
        }),
        Err(reason) => {
            app.metrics.note_end(Some(reason), false);
            tracing::debug!(address = %address.counted, reason = reason.name(), "refused");
            if may_explain {
                let refused = offers(&request, REFUSE_SUBPROTOCOL).then_some(REFUSE_SUBPROTOCOL);
                shake_hands(request, refused, sent, move |socket| {
                    closing::close(socket, reason)
                })
            } else {
                // Whoever waits on it would keep the place of a newcomer.
                (
                    StatusCode::TOO_MANY_REQUESTS,
                    [(header::CONNECTION, "close")],
                    "too many connections from this address\n",
                )
                    .into_response()
            }
        }
    }
}

/// Whether a client speaks a subprotocol.
fn offers(request: &Request, subprotocol: &str) -> bool {
    let offered = request.headers().get_all(header::SEC_WEBSOCKET_PROTOCOL);
    let mut names = offered
        .iter()
        .filter_map(|names| names.to_str().ok())
        .flat_map(|names| names.split(','));
    names.any(|name| name.trim() == subprotocol)
}
