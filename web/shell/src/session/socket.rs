//! The WebSocket itself: messages out, messages and endings in. For those who work on the page a worker can stand at its other
//! end, which says what a relay would: see `web/mock`.

use gloo_events::EventListener;
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use shared::protocol::{ClientMessage, REFUSE_SUBPROTOCOL, RelayMessage, SUBPROTOCOL};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket, Worker, WorkerOptions, WorkerType};
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
    line: Line,
    _listeners: Vec<EventListener>,
}

/// What is at the other end.
enum Line {
    Relay(WebSocket),
    Mock(Worker),
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
        let listeners = vec![
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
            line: Line::Relay(socket),
            _listeners: listeners,
        })
    }

    /// Begins a scene of the made-up world, in the compiled city of an address. None when the browser refuses even to try.
    pub fn to_mock(directory: &str, city: &str, scene: &str, on: &Callback<Heard>) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&format!("{directory}/mock_worker.js"), &options).ok()?;
        let begin = Object::new();
        for (key, value) in [("city", city), ("scene", scene)] {
            Reflect::set(&begin, &key.into(), &value.into()).ok()?;
        }
        worker.post_message(&begin).ok()?;
        let on = on.clone();
        let listener = EventListener::new(&worker, "message", move |event| {
            if let Some(data) = event.dyn_ref::<MessageEvent>().map(MessageEvent::data) {
                on.emit(if data.is_string() {
                    Heard::Opened
                } else if let Some(code) = data.as_f64() {
                    Heard::Closed(code as u16)
                } else {
                    read(&Uint8Array::new(&data).buffer())
                });
            }
        });
        Some(Self {
            line: Line::Mock(worker),
            _listeners: vec![listener],
        })
    }

    /// Says good-bye: the visitor leaves for good.
    pub fn leave(&self) {
        const NORMAL: u16 = 1_000;
        if let Line::Relay(socket) = &self.line {
            let _ = socket.close_with_code(NORMAL);
        }
    }

    /// Sends a message; dropped when the socket is not open, which its close event will tell.
    pub fn send(&self, message: &ClientMessage) {
        let bytes = message.encode();
        let _ = match &self.line {
            Line::Relay(socket) => socket.send_with_u8_array(&bytes),
            Line::Mock(worker) => worker.post_message(&Uint8Array::from(bytes.as_slice())),
        };
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        match &self.line {
            Line::Relay(socket) => {
                let _ = socket.close();
            }
            Line::Mock(worker) => worker.terminate(),
        }
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
