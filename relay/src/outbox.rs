//! What waits to be written to a client: bounded, so that a client that does not read costs nobody else anything.
//!
//! Frames of avatars use only the first part of it: what is lost of them is mended by key frames. The rest is for
//! what must arrive in full, such as chat; when that is full too, the client is cut off.

use bytes::Bytes;
use shared::protocol::{CloseReason, RelayMessage};
use tokio::sync::{mpsc, watch};

/// Messages that may wait in all.
const CAPACITY: usize = 128;

/// Messages that may wait before frames are left out: two seconds of ticks.
const FRAMES_UP_TO: usize = 30;

/// A client that has at most this many messages waiting has caught up.
const CAUGHT_UP_AT: usize = 4;

/// The sending end of a client's outbox, and the word that ends its connection.
#[derive(Clone, Debug)]
pub struct Outbox {
    messages: mpsc::Sender<Bytes>,
    end: watch::Sender<Option<CloseReason>>,
}

/// The receiving end, held by the connection.
#[derive(Debug)]
pub struct Inlet {
    /// What to write, in order.
    pub messages: mpsc::Receiver<Bytes>,
    /// Why to stop, once that is decided.
    pub end: watch::Receiver<Option<CloseReason>>,
}

/// A new outbox.
pub fn channel() -> (Outbox, Inlet) {
    let (sender, receiver) = mpsc::channel(CAPACITY);
    let (end, ended) = watch::channel(None);
    (
        Outbox {
            messages: sender,
            end,
        },
        Inlet {
            messages: receiver,
            end: ended,
        },
    )
}

impl Outbox {
    /// Hands over a message that must arrive; ends the connection when there is no more room for it.
    pub fn send(&self, message: &RelayMessage) {
        self.send_encoded(message.encode().into());
    }

    /// As [`Self::send`], for a message that many receive.
    pub fn send_encoded(&self, message: Bytes) {
        if let Err(mpsc::error::TrySendError::Full(_)) = self.messages.try_send(message) {
            self.end(CloseReason::TooSlow);
        }
    }

    /// Hands over a message of frames; false when the client is too far behind to be given more.
    pub fn offer_frames(&self, message: Bytes) -> bool {
        self.has_room()
            && !matches!(
                self.messages.try_send(message),
                Err(mpsc::error::TrySendError::Full(_))
            )
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
        CAPACITY - self.messages.capacity()
    }

    /// Ends the connection; the first reason counts.
    pub fn end(&self, reason: CloseReason) {
        self.end.send_if_modified(|end| {
            let first = end.is_none();
            end.get_or_insert(reason);
            first
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_left_out_long_before_chat_is_lost() {
        let (outbox, mut inlet) = channel();
        let frames = || Bytes::from_static(b"frames");
        assert_eq!(
            (0..100).filter(|_| outbox.offer_frames(frames())).count(),
            FRAMES_UP_TO
        );
        outbox.send(&RelayMessage::Count(1));
        assert_eq!(*inlet.end.borrow(), None);
        for _ in 0..FRAMES_UP_TO {
            assert!(inlet.messages.try_recv().is_ok());
        }
        assert!(outbox.has_caught_up() && outbox.offer_frames(frames()));
    }

    #[test]
    fn a_client_that_reads_nothing_is_ended_for_being_too_slow() {
        let (outbox, inlet) = channel();
        for people in 0..=CAPACITY as u32 {
            outbox.send(&RelayMessage::Count(people));
        }
        assert_eq!(*inlet.end.borrow(), Some(CloseReason::TooSlow));
    }

    #[test]
    fn the_first_reason_to_end_counts() {
        let (outbox, inlet) = channel();
        outbox.end(CloseReason::Superseded);
        outbox.end(CloseReason::Draining);
        assert_eq!(*inlet.end.borrow(), Some(CloseReason::Superseded));
    }
}
