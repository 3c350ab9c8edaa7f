//! What was said: the last lines of each channel, for those whose line was lost meanwhile.
//!
//! In: what is said on this relay, and what others told. Out: receipts to the speakers, once a line is where it outlives
//! this relay (in Redis, or, when the relays cannot be reached, in its memory); lines that were missed on the way to the
//! rooms; and to visitors who come back what they missed, or that there is a gap. Rooms never wait for it: they note into
//! memory, and a task of its own talks to Redis. It knows nothing of who may speak.
//!
//! | file | one idea |
//! |---|---|
//! | `line` | a line, its number, its bytes |
//! | `memory` | the last lines of a channel, and what someone missed of them |
//! | `keeper` | the task that brings memory and Redis together |

mod keeper;
mod line;
mod memory;

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use shared::{
    protocol::{RelayMessage, Said, VisitorId},
    space::Position,
};
use tokio::sync::{Notify, mpsc, watch};

pub use self::{
    line::{Line, Numbering, time_of},
    memory::{HeardUntil, KEPT, Memory},
};
use crate::{
    backplane::{Company, StoredLedger},
    channel::ChannelId,
    clock::Clock,
    outbox::Outbox,
    room::Input,
};

/// The lines of all channels.
#[derive(Clone)]
pub struct Ledger(Arc<Shared>);

struct Shared {
    channels: Mutex<HashMap<ChannelId, Kept>>,
    /// Whether there is a Redis that the keeper brings lines to.
    shares: bool,
    wake: Notify,
}

/// One channel.
struct Kept {
    memory: Memory,
    /// Who is to be told when a line is safe.
    receipts: Vec<(u64, Outbox)>,
    /// Who waits to be told what was missed.
    waiting: Vec<Waiting>,
    /// The room here, when it is open.
    room: Option<mpsc::WeakSender<Input>>,
    /// How many lines Redis should have counted by what was heard here; none before the first look.
    expected: Option<u64>,
    /// When the room was opened: what was said before was for others.
    opened_ms: u64,
}

struct Waiting {
    heard: HeardUntil,
    stood: Position,
    /// Whom the visitor does not want to hear.
    blocked: BTreeSet<VisitorId>,
    outbox: Outbox,
}

impl Ledger {
    /// The ledger of a relay that is the only one: its memory is all there is.
    pub fn alone() -> Self {
        Self::new(false)
    }

    /// A ledger over Redis; its task lives as long as the relay.
    pub fn shared(stored: StoredLedger, company: watch::Receiver<Company>, clock: Clock) -> Self {
        let ledger = Self::new(true);
        tokio::spawn(keeper::keep(ledger.0.clone(), stored, company, clock));
        ledger
    }

    fn new(shares: bool) -> Self {
        Self(Arc::new(Shared {
            channels: Mutex::default(),
            shares,
            wake: Notify::new(),
        }))
    }

    /// A room opens, and listens from now on.
    pub fn open(&self, channel: &ChannelId, room: mpsc::WeakSender<Input>, now_ms: u64) {
        let shares = self.0.shares;
        let mut channels = self.0.channels();
        let kept = channels
            .entry(channel.clone())
            .or_insert_with(|| Kept::since(now_ms));
        if shares {
            // While there was no room here, others may have spoken.
            kept.memory.stop_listening(now_ms);
            kept.expected = None;
        }
        kept.room = Some(room);
        kept.opened_ms = now_ms;
        drop(channels);
        self.0.wake.notify_one();
    }

    /// Someone on this relay says something: whoever waits at the outbox gets it as receipt once it is safe.
    pub fn say(&self, channel: &ChannelId, line: Line, speaker: Outbox, now_ms: u64) {
        let number = line.said.line;
        let mut channels = self.0.channels();
        let kept = channels
            .entry(channel.clone())
            .or_insert_with(|| Kept::since(now_ms));
        if self.0.shares {
            kept.memory.add(line, now_ms, false);
            kept.receipts.push((number, speaker));
            drop(channels);
            self.0.wake.notify_one();
        } else {
            let receipt = RelayMessage::Said(line.said.clone());
            kept.memory.add(line, now_ms, true);
            speaker.send(&receipt);
        }
    }

    /// Another relay told of a line; false when it is known, or too old to be told.
    pub fn hear(&self, channel: &ChannelId, line: &Line, now_ms: u64) -> bool {
        let mut channels = self.0.channels();
        let kept = channels
            .entry(channel.clone())
            .or_insert_with(|| Kept::since(now_ms));
        let is_new = kept.memory.add(line.clone(), now_ms, true);
        if is_new && let Some(expected) = &mut kept.expected {
            *expected += 1;
        }
        is_new
    }

    /// The last lines of a channel that are wanted, oldest first, as far as this relay remembers.
    pub fn last(&self, channel: &ChannelId, at_most: usize, is_wanted: impl Fn(&Line) -> bool) -> Vec<Said> {
        let channels = self.0.channels();
        let memory = channels.get(channel).map(|kept| &kept.memory);
        let newest_first = memory.into_iter().flat_map(Memory::newest_first);
        let mut lines: Vec<Said> = newest_first
            .filter(|line| is_wanted(line))
            .take(at_most)
            .map(|line| line.said.clone())
            .collect();
        lines.reverse();
        lines
    }

    /// Tells someone who comes back what was said meanwhile, as soon as that is known.
    pub fn recover(
        &self,
        channel: &ChannelId,
        heard: HeardUntil,
        stood: Position,
        blocked: BTreeSet<VisitorId>,
        outbox: Outbox,
    ) {
        let mut channels = self.0.channels();
        let Some(kept) = channels.get_mut(channel) else {
            return;
        };
        kept.waiting.push(Waiting {
            heard,
            stood,
            blocked,
            outbox,
        });
        if self.0.shares {
            drop(channels);
            self.0.wake.notify_one();
        } else {
            kept.answer();
        }
    }
}

impl Shared {
    fn channels(&self) -> MutexGuard<'_, HashMap<ChannelId, Kept>> {
        // Nothing under this lock can leave it half-changed.
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn since(now_ms: u64) -> Self {
        Self {
            memory: Memory::since(now_ms),
            receipts: Vec::new(),
            waiting: Vec::new(),
            room: None,
            expected: None,
            opened_ms: now_ms,
        }
    }

    fn is_open(&self) -> bool {
        self.room.as_ref().is_some_and(|room| room.strong_count() > 0)
    }

    /// Answers everyone who waits, from memory.
    fn answer(&mut self) {
        for waiting in std::mem::take(&mut self.waiting) {
            let (mut lines, gap) = self.memory.missed(waiting.heard, waiting.stood);
            lines.retain(|said| !waiting.blocked.contains(&said.visitor));
            if gap || !lines.is_empty() {
                waiting.outbox.send(&RelayMessage::Missed { lines, gap });
            }
        }
    }
}
