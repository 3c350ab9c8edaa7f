//! From what a client is shown to what it is to be shown: the ends of streams, key frames of new ones, near ones first,
//! as many as the client's credit allows; the rest follows at later ticks.

use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;
use shared::{
    cell::{StreamId, close_frame},
    protocol::RelayMessage,
};

use super::views::{Frames, Selection, Streams};
use crate::outbox::Frame;

/// Makes the messages of a tick. Clients that go from the same to the same get the same bytes.
pub(super) struct Scene<'a> {
    streams: Streams<'a>,
    frames: Frames,
    /// By the address of the choice, which is held, so that no other can have it meanwhile.
    steady: HashMap<*const Selection, (Arc<Selection>, Option<Frame>)>,
    changed: HashMap<(*const Selection, *const Selection), (Arc<Selection>, Change)>,
    key_frames: HashMap<StreamId, Bytes>,
}

/// What brings a client from one choice to another.
#[derive(Clone)]
pub(super) struct Change {
    /// The message; none when there is nothing to tell.
    pub(super) message: Option<Frame>,
    /// What the client is shown after it.
    pub(super) shown: Arc<Selection>,
    key_bytes: usize,
}

impl<'a> Scene<'a> {
    pub(super) fn new(streams: Streams<'a>, frames: Frames) -> Self {
        Self {
            streams,
            frames,
            steady: HashMap::new(),
            changed: HashMap::new(),
            key_frames: HashMap::new(),
        }
    }

    /// What there is to choose from.
    pub(super) fn streams(&self) -> &Streams<'a> {
        &self.streams
    }

    /// The message for clients that go on with a choice; none when nothing has changed.
    pub(super) fn steady(&mut self, selection: &Arc<Selection>) -> Option<Frame> {
        let frames = &self.frames;
        let make = || (selection.clone(), message(frames.of(selection)));
        self.steady
            .entry(Arc::as_ptr(selection))
            .or_insert_with(make)
            .1
            .clone()
    }

    /// The way from a choice to another, with at most about `credit` bytes of key frames, though at least one.
    pub(super) fn change(
        &mut self,
        shown: &Arc<Selection>,
        target: &Arc<Selection>,
        credit: usize,
    ) -> Change {
        let key = (Arc::as_ptr(shown), Arc::as_ptr(target));
        if let Some((_, change)) = self
            .changed
            .get(&key)
            .filter(|(_, change)| change.key_bytes <= credit)
        {
            return change.clone();
        }
        let change = self.make_change(shown, target, credit);
        if Arc::ptr_eq(&change.shown, target) {
            self.changed.insert(key, (shown.clone(), change.clone()));
        }
        change
    }

    fn make_change(&mut self, shown: &Selection, target: &Arc<Selection>, credit: usize) -> Change {
        let held = sorted(&shown.streams);
        let mut wanted: Vec<StreamId> = target.streams.clone();
        if target.all_far && !shown.all_far {
            let mut far: Vec<(i32, StreamId)> = self.far_from(target);
            far.sort_unstable();
            wanted.extend(far.into_iter().map(|(_, stream)| stream));
        }
        let kept = sorted(&wanted);
        let mut bytes: Vec<u8> = Vec::new();
        for stream in held.iter().filter(|stream| kept.binary_search(stream).is_err()) {
            bytes.extend(close_frame(*stream));
        }
        let (mut key_bytes, mut complete, mut streams) = (0, true, Vec::new());
        for stream in wanted {
            if held.binary_search(&stream).is_ok() {
                bytes.extend(self.frames.of_stream(stream));
                streams.push(stream);
            } else if key_bytes <= credit {
                let key_frame = self.key_frame(stream);
                key_bytes += key_frame.len();
                bytes.extend(key_frame);
                streams.push(stream);
            } else {
                complete = false;
            }
        }
        if shown.all_far && target.all_far {
            bytes.extend(self.frames.far());
        }
        let shown = if complete {
            target.clone()
        } else {
            Arc::new(Selection {
                streams,
                all_far: shown.all_far,
            })
        };
        Change {
            message: message(bytes),
            shown,
            key_bytes,
        }
    }

    /// Every far stream, and how far it is from the nearest stream of a choice.
    fn far_from(&self, target: &Selection) -> Vec<(i32, StreamId)> {
        let center = target.streams.first().map(|stream| stream.cell);
        let gap_cm = |stream: StreamId| center.map_or(0, |center| center.gap_cm(stream.cell));
        self.streams
            .far()
            .map(|(stream, _)| (gap_cm(stream), stream))
            .collect()
    }

    fn key_frame(&mut self, stream: StreamId) -> Bytes {
        let streams = &self.streams;
        // A stream that waits for its own key frame is shown once that arrives, which is forwarded.
        let make = || streams.key_frame(stream).unwrap_or_default().into();
        self.key_frames.entry(stream).or_insert_with(make).clone()
    }
}

/// Some hundreds are sorted and looked through sooner than put into a tree.
fn sorted(streams: &[StreamId]) -> Vec<StreamId> {
    let mut sorted = streams.to_vec();
    sorted.sort_unstable();
    sorted
}

fn message(frames: Vec<u8>) -> Option<Frame> {
    (!frames.is_empty()).then(|| Frame::of(&RelayMessage::Frames(frames)))
}
