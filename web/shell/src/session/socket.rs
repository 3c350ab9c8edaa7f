//! The WebSocket itself: messages out, messages and endings in.

use gloo_events::EventListener;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use shared::protocol::{ClientMessage, REFUSE_SUBPROTOCOL, RelayMessage, SUBPROTOCOL};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};
use yew::Callback;

/// What a socket tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// It is open.
    Opened,
    /// A message came.
    Message(RelayMessage),
    /// A message came that this version does not define.
    Unreadable,
    /// It is closed, with this code.
    Closed(u16),
}

/// An open or opening socket. Dropping it closes it, and nothing more is heard of it.
pub struct Socket {
    socket: WebSocket,
    _listeners: [EventListener; 3],
}

impl Socket {
    /// Opens a socket. None when the browser refuses even to try.
    pub fn open(url: &str, on: &Callback<Heard>) -> Option<Self> {
        let protocols = Array::of2(
            &JsValue::from_str(SUBPROTOCOL),
            &JsValue::from_str(REFUSE_SUBPROTOCOL),
        );
        let socket = WebSocket::new_with_str_sequence(url, &protocols).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let opened = on.clone();
        let message = on.clone();
        let closed = on.clone();
        let listeners = [
            EventListener::new(&socket, "open", {
                let socket = socket.clone();
                move |_| {
                    // Under the other subprotocol only a close with its reason follows.
                    if socket.protocol() == SUBPROTOCOL {
                        opened.emit(Heard::Opened);
                    }
                }
            }),
            EventListener::new(&socket, "message", move |event| {
                if let Some(event) = event.dyn_ref::<MessageEvent>() {
                    message.emit(read(&event.data()));
                }
            }),
            EventListener::new(&socket, "close", move |event| {
                let code = event.dyn_ref::<CloseEvent>().map_or(1006, CloseEvent::code);
                closed.emit(Heard::Closed(code));
            }),
        ];
        Some(Self {
            socket,
            _listeners: listeners,
        })
    }

    /// Says good-bye: the visitor leaves for good.
    pub fn leave(&self) {
        const NORMAL: u16 = 1_000;
        let _ = self.socket.close_with_code(NORMAL);
    }

    /// Sends a message; dropped when the socket is not open, which its close event will tell.
    pub fn send(&self, message: &ClientMessage) {
        let _ = self.socket.send_with_u8_array(&message.encode());
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}

fn read(data: &JsValue) -> Heard {
    let Some(buffer) = data.dyn_ref::<ArrayBuffer>() else {
        return Heard::Unreadable;
    };
    match RelayMessage::decode(&Uint8Array::new(buffer).to_vec()) {
        Ok(message) => Heard::Message(message),
        Err(error) => {
            web_sys::console::warn_1(&format!("message of the relay: {error}").into());
            Heard::Unreadable
        }
    }
}
