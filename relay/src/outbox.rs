//! What waits to be written to a client: bounded, so that a client that does not read costs nobody else anything.
//!
//! In: messages. Out: WebSocket frames, written to the socket by whoever has made them ready: the room at the end of a
//! tick, the connection otherwise. So a tick that only tells of avatars costs a client one write, and wakes no task; what
//! the socket does not take is left to the connection.
//!
//! Frames of avatars use only the first part of it: what is lost of them is mended by key frames. The rest is for
//! what must arrive in full, such as chat; when that is full too, the client is cut off.

use std::{
    collections::VecDeque,
    future::{pending, poll_fn},
    io::{self, IoSlice},
    iter,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
    time::Duration,
};

use bytes::Bytes;
use shared::protocol::{CloseReason, RelayMessage};
use tokio::{net::tcp::OwnedWriteHalf, time::timeout};
use tungstenite::protocol::frame::{
    FrameHeader,
    coding::{Data, OpCode},
};

use crate::metrics::Sent;

/// Messages that may wait in all.
const CAPACITY: usize = 128;

/// Messages that may wait before frames are left out: two seconds of ticks.
const FRAMES_UP_TO: usize = 30;

/// A client that has at most this many messages waiting has caught up.
const CAUGHT_UP_AT: usize = 4;

/// Messages that are written in one go.
const WRITTEN_AT_ONCE: usize = 8;

/// A client that reads nothing for so long, while something waits for it, is cut off. One that merely reads slowly is not:
/// it is shown less.
const WRITE_WITHIN: Duration = Duration::from_secs(15);

/// A client's outbox, and the word that ends its connection. All clones are one.
#[derive(Clone, Debug)]
pub struct Outbox(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// None where messages are only looked at.
    socket: Option<OwnedWriteHalf>,
    sent: Sent,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Frame>,
    /// Bytes of the first one that have been written.
    written: usize,
    /// Why to end, once that is decided.
    end: Option<CloseReason>,
    /// Whether the good-bye waits here or is written: nothing may follow it.
    closed: bool,
    /// Whether the line is broken.
    lost: bool,
    /// The connection's task, while it waits.
    connection: Option<Waker>,
}

/// A message as a WebSocket frame: made once, however many receive it.
#[derive(Clone, Debug)]
pub struct Frame(Bytes);

/// Why a connection ends from within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The relay wants it so.
    Reason(CloseReason),
    /// The line is broken.
    Lost,
}

/// What a connection has to do for its outbox.
enum Due {
    Write,
    Stop(Stop),
}

impl Outbox {
    /// The outbox of a socket, and where to count what it takes.
    pub fn new(socket: OwnedWriteHalf, sent: Sent) -> Self {
        Self(Arc::new(Shared {
            socket: Some(socket),
            sent,
            state: Mutex::default(),
        }))
    }

    /// An outbox without a socket: what is handed over can be taken out again.
    pub fn detached() -> Self {
        Self(Arc::new(Shared {
            socket: None,
            sent: Sent::default(),
            state: Mutex::default(),
        }))
    }

    /// Takes the next message out, without its frame; none where a socket takes them.
    pub fn take(&self) -> Option<Bytes> {
        if self.0.socket.is_some() {
            return None;
        }
        let Frame(mut frame) = self.state().waiting.pop_front()?;
        let (_, length) = FrameHeader::parse(&mut io::Cursor::new(&frame)).ok()??;
        Some(frame.split_off(frame.len() - length as usize))
    }

    /// Hands over a message that must arrive; ends the connection when there is no more room for it.
    pub fn send(&self, message: &RelayMessage) {
        self.send_frame(Frame::of(message));
    }

    /// As [`Self::send`], for a message that many receive.
    pub fn send_frame(&self, frame: Frame) {
        let mut state = self.state();
        if state.waiting.len() < CAPACITY {
            state.push(frame);
        } else {
            state.end.get_or_insert(CloseReason::TooSlow);
        }
        state.wake();
    }

    /// Hands over a message of frames, which is written with the next [`Self::flush`]; false when the client is too far
    /// behind to be given more.
    pub fn offer_frames(&self, message: Frame) -> bool {
        let mut state = self.state();
        let has_room = state.waiting.len() < FRAMES_UP_TO;
        if has_room {
            state.push(message);
        }
        has_room
    }

    /// Writes what waits; what the socket does not take is left to the connection.
    pub fn flush(&self) {
        let mut state = self.state();
        if !self.0.write(&mut state) || state.lost {
            state.wake();
        }
    }

    /// Whether the client keeps up.
    pub fn has_room(&self) -> bool {
        self.waiting() < FRAMES_UP_TO
    }

    /// Whether a client that had fallen behind has read nearly everything.
    pub fn has_caught_up(&self) -> bool {
        self.waiting() <= CAUGHT_UP_AT
    }

    /// Messages that wait to be written.
    pub fn waiting(&self) -> usize {
        self.state().waiting.len()
    }

    /// Ends the connection; the first reason counts.
    pub fn end(&self, reason: CloseReason) {
        let mut state = self.state();
        state.end.get_or_insert(reason);
        state.wake();
    }

    /// Why the connection is to end, once that is decided.
    pub fn ended(&self) -> Option<CloseReason> {
        self.state().end
    }

    /// Hands over the good-bye: it comes before all that waits, which is given up, and nothing is taken after it.
    pub(crate) fn send_last(&self, frame: Frame) {
        let mut state = self.state();
        // What is written in part must be written whole, or nothing after it could be read.
        let begun = usize::from(state.written > 0);
        state.waiting.truncate(begun);
        state.push(frame);
        state.closed = true;
        state.wake();
    }

    /// Writes what others have left, until the connection is to end; the answer is why.
    pub(crate) async fn tend(&self) -> Stop {
        loop {
            match poll_fn(|context| self.poll_due(context)).await {
                Due::Write if self.write() => {}
                // It is rare, and larger than all the rest of a connection that waits.
                Due::Write => {
                    if let Err(stop) = Box::pin(self.push_on()).await {
                        return stop;
                    }
                }
                Due::Stop(stop) => return stop,
            }
        }
    }

    async fn push_on(&self) -> Result<(), Stop> {
        tokio::select! {
            biased;
            stop = poll_fn(|context| self.poll_stop(context)) => Err(stop),
            written = self.write_all() => written.map_err(|error| match error.kind() {
                io::ErrorKind::TimedOut => Stop::Reason(CloseReason::TooSlow),
                _ => Stop::Lost,
            }),
        }
    }

    /// Writes all that waits; an error when the line is broken, or the client reads nothing at all for too long.
    pub async fn write_all(&self) -> io::Result<()> {
        while !self.write() {
            match &self.0.socket {
                Some(socket) => timeout(WRITE_WITHIN, socket.writable()).await??,
                None => pending().await,
            }
        }
        Ok(())
    }

    /// Writes what the socket takes; whether nothing is left to be written.
    fn write(&self) -> bool {
        self.0.write(&mut self.state())
    }

    fn poll_due(&self, context: &Context<'_>) -> Poll<Due> {
        let mut state = self.state();
        match state.stop() {
            Some(stop) => Poll::Ready(Due::Stop(stop)),
            None if state.waiting.is_empty() => state.wait(context),
            None => Poll::Ready(Due::Write),
        }
    }

    fn poll_stop(&self, context: &Context<'_>) -> Poll<Stop> {
        let mut state = self.state();
        state.stop().map_or_else(|| state.wait(context), Poll::Ready)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing under this lock can leave it half-changed.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    /// Writes until all is written, the line is lost, or the socket takes no more: then the answer is false.
    fn write(&self, state: &mut State) -> bool {
        while !state.waiting.is_empty() {
            let Some(socket) = &self.socket else {
                return false;
            };
            match state.write_some(socket) {
                Ok(bytes) => state.take_written(bytes, &self.sent),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return false,
                Err(_) => {
                    state.lost = true;
                    state.waiting.clear();
                }
            }
        }
        // What a stalled client made it grow to is given back.
        state.waiting.shrink_to(CAUGHT_UP_AT);
        true
    }
}

impl State {
    fn push(&mut self, frame: Frame) {
        if !self.closed && !self.lost {
            self.waiting.push_back(frame);
        }
    }

    fn stop(&self) -> Option<Stop> {
        let reason = self.end.map(Stop::Reason);
        reason.or_else(|| self.lost.then_some(Stop::Lost))
    }

    fn wait<T>(&mut self, context: &Context<'_>) -> Poll<T> {
        match &self.connection {
            Some(waker) if waker.will_wake(context.waker()) => {}
            _ => self.connection = Some(context.waker().clone()),
        }
        Poll::Pending
    }

    fn wake(&self) {
        if let Some(connection) = &self.connection {
            connection.wake_by_ref();
        }
    }

    fn write_some(&self, socket: &OwnedWriteHalf) -> io::Result<usize> {
        let mut frames = self.waiting.iter().map(|Frame(bytes)| bytes.as_ref());
        let first = frames.next().and_then(|first| first.get(self.written..));
        let first = first.unwrap_or_default();
        if self.waiting.len() == 1 {
            return socket.try_write(first);
        }
        let mut slices = [IoSlice::new(&[]); WRITTEN_AT_ONCE];
        let mut count = 0;
        for (slice, bytes) in slices.iter_mut().zip(iter::once(first).chain(frames)) {
            *slice = IoSlice::new(bytes);
            count += 1;
        }
        socket.try_write_vectored(slices.get(..count).unwrap_or_default())
    }

    /// Takes out what has been written as a whole.
    fn take_written(&mut self, bytes: usize, sent: &Sent) {
        self.written += bytes;
        sent.bytes.inc_by(bytes as u64);
        while let Some(first) = self.waiting.front().filter(|first| self.written >= first.len()) {
            self.written -= first.len();
            sent.messages.inc();
            self.waiting.pop_front();
        }
    }
}

impl Frame {
    /// Of a message.
    pub fn of(message: &RelayMessage) -> Self {
        Self::binary(&message.encode())
    }

    /// Of an encoded message.
    pub fn binary(message: &[u8]) -> Self {
        let header = FrameHeader {
            opcode: OpCode::Data(Data::Binary),
            ..FrameHeader::default()
        };
        let length = message.len() as u64;
        let mut frame = Vec::with_capacity(header.len(length) + message.len());
        // Writing to a vector cannot fail.
        let _ = header.format(length, &mut frame);
        frame.extend(message);
        Self(frame.into())
    }

    /// Of what is a frame already.
    pub(crate) fn whole(frame: &[u8]) -> Self {
        Self(Bytes::copy_from_slice(frame))
    }

    /// Bytes that it takes on the line.
    #[expect(clippy::len_without_is_empty, reason = "a frame has a header at least")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::Read as _,
        net::{TcpListener, TcpStream},
    };

    use tokio::task::spawn_blocking;

    use super::*;

    #[test]
    fn frames_are_left_out_long_before_chat_is_lost() {
        let outbox = Outbox::detached();
        let frames = || Frame::binary(b"frames");
        assert_eq!(
            (0..100).filter(|_| outbox.offer_frames(frames())).count(),
            FRAMES_UP_TO
        );
        outbox.send(&RelayMessage::Count(1));
        assert_eq!(outbox.ended(), None);
        for _ in 0..FRAMES_UP_TO {
            assert!(outbox.take().is_some());
        }
        assert!(outbox.has_caught_up() && outbox.offer_frames(frames()));
    }

    #[test]
    fn a_client_that_reads_nothing_is_ended_for_being_too_slow() {
        let outbox = Outbox::detached();
        for people in 0..=CAPACITY as u32 {
            outbox.send(&RelayMessage::Count(people));
        }
        assert_eq!(outbox.ended(), Some(CloseReason::TooSlow));
    }

    #[test]
    fn the_first_reason_to_end_counts() {
        let outbox = Outbox::detached();
        outbox.end(CloseReason::Superseded);
        outbox.end(CloseReason::Draining);
        assert_eq!(outbox.ended(), Some(CloseReason::Superseded));
    }

    /// An outbox, and the client's end of its line.
    async fn line() -> (Outbox, TcpStream) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let ours = listener.accept().unwrap().0;
        ours.set_nonblocking(true).unwrap();
        let (_, writer) = tokio::net::TcpStream::from_std(ours).unwrap().into_split();
        writer.writable().await.unwrap();
        (Outbox::new(writer, Sent::default()), client)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_the_socket_does_not_take_at_once_arrives_whole_and_in_order() {
        let (outbox, mut client) = line().await;
        let message = |number: u8| vec![number; 200_000];
        for number in 0..40 {
            outbox.send_frame(Frame::binary(&message(number)));
        }
        outbox.flush();
        assert!(!outbox.has_caught_up(), "so much fits into no socket's buffer");
        let tended = tokio::spawn(async move { outbox.tend().await });
        let read = spawn_blocking(move || {
            for number in 0..40 {
                let (mut header, mut bytes) = ([0; 10], vec![0; 200_000]);
                client.read_exact(&mut header).unwrap();
                assert_eq!(header, [0x82, 127, 0, 0, 0, 0, 0, 3, 0x0D, 0x40]);
                client.read_exact(&mut bytes).unwrap();
                assert_eq!(bytes, message(number));
            }
            client
        });
        let _client = read.await.unwrap();
        assert!(!tended.is_finished());
        tended.abort();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_good_bye_comes_after_what_is_begun_and_before_all_that_waits() {
        let (outbox, mut client) = line().await;
        for number in 0..CAPACITY as u8 {
            outbox.send_frame(Frame::binary(&vec![number; 200_000]));
        }
        outbox.flush();
        outbox.send_last(Frame::whole(&[0x88, 2, 3, 232]));
        outbox.send(&RelayMessage::Count(1));
        let read = spawn_blocking(move || {
            let mut all = Vec::new();
            client.read_to_end(&mut all).unwrap();
            all
        });
        outbox.write_all().await.unwrap();
        drop(outbox);
        let all = read.await.unwrap();
        assert!(all.ends_with(&[0x88, 2, 3, 232]));
        assert_eq!((all.len() - 4) % 200_010, 0, "whole messages, and the good-bye");
        assert!(all.len() < CAPACITY * 200_010, "not all of them");
    }

    #[tokio::test]
    async fn a_line_that_breaks_and_a_reason_to_end_both_end_the_tending() {
        let (outbox, client) = line().await;
        drop(client);
        let lost = async {
            loop {
                outbox.send(&RelayMessage::Count(1));
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            stop = outbox.tend() => assert_eq!(stop, Stop::Lost),
            () = lost => {}
        }
        let (outbox, _client) = line().await;
        outbox.end(CloseReason::Removed);
        assert_eq!(outbox.tend().await, Stop::Reason(CloseReason::Removed));
    }
}
