//! A WebSocket on its bare TCP connection: reading is tungstenite's, writing is the outbox's.
//!
//! In: a request, and what the client sends. Out: messages, and into the [`Outbox`], which someone has to write, the answers
//! that the standard asks for. Nothing is kept between the socket's buffers and the relay's but a small buffer for what arrives.

use std::{
    future::{Future, poll_fn},
    io::{self, Read, Write},
    pin::Pin,
    task::{Context, Poll, Waker},
};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use hyper::upgrade::Parts;
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead as _, ReadBuf},
    net::{TcpStream, tcp::OwnedReadHalf},
};
use tungstenite::{
    Error, Message,
    error::ProtocolError,
    handshake::server::create_response_with_body,
    protocol::{CloseFrame, Role, WebSocketConfig, WebSocketContext},
};

use crate::{
    metrics::Sent,
    outbox::{Frame, Outbox},
};

/// Read buffer of a connection, allocated at once: client messages are small.
const READ_BUFFER_BYTES: usize = 256;

/// Larger messages than the protocol allows are still read up to this size, so that the reason can be told.
const MAX_READ_BYTES: usize = 64 << 10;

/// The bits of a frame's first byte that tell what it is, and those of a good-bye.
const OPCODE: u8 = 0x0F;
const CLOSE: u8 = 0x08;

/// A connection of a client.
pub struct WebSocket {
    reader: OwnedReadHalf,
    context: WebSocketContext,
    /// Whether reading has failed: what comes after that has no meaning.
    failed: bool,
    /// Bytes read since the last message: frames that never become one are not read for ever.
    read: usize,
    outbox: Outbox,
}

/// Answers a request for a WebSocket, and does with it what is to be done; what is written is counted.
pub fn shake_hands<Done>(
    mut request: Request,
    subprotocol: Option<&'static str>,
    sent: Sent,
    with: impl FnOnce(Box<WebSocket>) -> Done + Send + 'static,
) -> Response
where
    Done: Future<Output = ()> + Send + 'static,
{
    let mut response = match create_response_with_body(&request, Body::empty) {
        Ok(response) => response,
        Err(error) => return (StatusCode::BAD_REQUEST, format!("{error}\n")).into_response(),
    };
    if let Some(subprotocol) = subprotocol {
        let chosen = HeaderValue::from_static(subprotocol);
        response
            .headers_mut()
            .insert(header::SEC_WEBSOCKET_PROTOCOL, chosen);
    }
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let upgraded = match upgrade.await {
            Ok(upgraded) => upgraded.downcast::<TokioIo<TcpStream>>(),
            Err(error) => return tracing::debug!(%error, "a connection became no WebSocket"),
        };
        if let Ok(connection) = upgraded {
            with(Box::new(WebSocket::on(connection, sent))).await;
        } else {
            tracing::error!("a WebSocket on something other than a TCP connection");
        }
    });
    response
}

impl WebSocket {
    fn on(connection: Parts<TokioIo<TcpStream>>, sent: Sent) -> Self {
        // Copied, since the buffer in which it lies is large.
        let read = connection.read_buf.to_vec();
        Self::new(connection.io.into_inner(), read, sent)
    }

    fn new(connection: TcpStream, read: Vec<u8>, sent: Sent) -> Self {
        let (reader, writer) = connection.into_split();
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER_BYTES)
            .write_buffer_size(0)
            .max_message_size(Some(MAX_READ_BYTES))
            .max_frame_size(Some(MAX_READ_BYTES));
        Self {
            reader,
            context: WebSocketContext::from_partially_read(read, Role::Server, Some(config)),
            failed: false,
            read: 0,
            outbox: Outbox::new(writer, sent),
        }
    }

    /// What is written to the client.
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// The next message. Answers to pings are in the outbox when the one after it is asked for.
    pub async fn recv(&mut self) -> Result<Message, Error> {
        poll_fn(|context| self.poll_recv(context)).await
    }

    fn poll_recv(&mut self, waiting: &mut Context<'_>) -> Poll<Result<Message, Error>> {
        // tungstenite goes on in the middle of the frame that it refused, in a buffer that may be full.
        if self.failed {
            return Poll::Ready(Err(ProtocolError::ResetWithoutClosingHandshake.into()));
        }
        match self.wired(waiting, |context, wire| context.read(wire)) {
            Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => Poll::Pending,
            read => {
                self.failed = read.is_err();
                self.read = 0;
                Poll::Ready(read)
            }
        }
    }

    /// Hands a message of any kind over to the outbox.
    pub fn send(&mut self, message: Message) {
        // It fails when the connection is being closed: then nothing more can be said.
        let _ = self.wired(&mut nobody(), |context, wire| context.write(wire, message));
    }

    /// Says good-bye; nothing is written after it.
    pub fn close(&mut self, reason: CloseFrame) {
        // It fails when the client was first: then nothing more can be said.
        let _ = self.wired(&mut nobody(), |context, wire| context.close(wire, Some(reason)));
    }

    fn wired<T>(
        &mut self,
        waiting: &mut Context<'_>,
        act: impl FnOnce(&mut WebSocketContext, &mut Wire<'_, '_>) -> T,
    ) -> T {
        let mut wire = Wire {
            reader: &mut self.reader,
            read: &mut self.read,
            outbox: &self.outbox,
            waiting,
        };
        act(&mut self.context, &mut wire)
    }
}

/// What waits for nothing.
fn nobody() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

/// The two halves, as tungstenite wants them.
struct Wire<'a, 'b> {
    reader: &'a mut OwnedReadHalf,
    read: &'a mut usize,
    outbox: &'a Outbox,
    waiting: &'a mut Context<'b>,
}

impl Read for Wire<'_, '_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if *self.read > 2 * MAX_READ_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut buffer = ReadBuf::new(bytes);
        match Pin::new(&mut *self.reader).poll_read(self.waiting, &mut buffer) {
            Poll::Ready(read) => {
                *self.read += buffer.filled().len();
                read.map(|()| buffer.filled().len())
            }
            Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}

impl Write for Wire<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let frame = Frame::whole(bytes);
        if bytes.first().is_some_and(|first| first & OPCODE == CLOSE) {
            self.outbox.send_last(frame);
        } else {
            self.outbox.send_frame(frame);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write as _,
        net::{TcpListener, TcpStream},
    };

    use tungstenite::error::CapacityError;

    use super::*;

    #[tokio::test]
    async fn nothing_is_read_after_a_frame_that_is_too_large() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let ours = listener.accept().unwrap().0;
        ours.set_nonblocking(true).unwrap();
        let ours = tokio::net::TcpStream::from_std(ours).unwrap();
        // A header that tells of a mebibyte, and as much of it as fills the buffer.
        let mut read = vec![0x82, 0xFF, 0, 0, 0, 0, 0, 0x10, 0, 0];
        read.resize(4_096, 7);
        let mut socket = WebSocket::new(ours, read, Sent::default());
        let refused = socket.recv().await;
        assert!(matches!(
            refused,
            Err(Error::Capacity(CapacityError::MessageTooLong { .. }))
        ));
        client.write_all(&[7; 4_096]).unwrap();
        assert!(matches!(
            socket.recv().await,
            Err(Error::Protocol(ProtocolError::ResetWithoutClosingHandshake))
        ));
    }
}
