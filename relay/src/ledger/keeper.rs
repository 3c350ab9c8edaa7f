//! The task that brings memory and Redis together.
//!
//! Each round it offers Redis what only this relay has, and learns what it has not. Redis counts the lines of a channel:
//! when its count differs from what was heard here, something was lost on the way (a parcel, a time without Redis on
//! either side), and all lines are read. A Redis that lost its memory says so, and is given all; adding twice changes
//! nothing.

use std::{collections::HashSet, sync::Arc, time::Duration};

use shared::protocol::RelayMessage;
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};

use super::{Kept, Shared};
use crate::{
    backplane::{Company, Offer, Stored, StoredLedger},
    channel::ChannelId,
    clock::Clock,
    ledger::{KEPT, Line},
    room::Input,
};

/// How often Redis is asked although nothing happened here.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How soon it is asked again after it failed to answer, or has come back: then the others bring what only they have, in the
/// same moment as this relay, which may be a moment after it was asked what there is.
const LOOK_SOON: Duration = Duration::from_millis(300);

/// Talks to Redis, for ever.
pub(super) async fn keep(
    shared: Arc<Shared>,
    stored: StoredLedger,
    mut company: watch::Receiver<Company>,
    clock: Clock,
) {
    let mut looks = interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut complained = false;
    loop {
        let mut soon = tokio::select! {
            _ = looks.tick() => false,
            () = shared.wake.notified() => false,
            Ok(()) = company.changed() => true,
        };
        let alone = *company.borrow() == Company::Alone;
        let due: Vec<ChannelId> = shared
            .channels()
            .iter()
            .filter(|(_, kept)| kept.is_open() || kept.memory.unstored().next().is_some())
            .map(|(channel, _)| channel.clone())
            .collect();
        for channel in due {
            let brought = tokio::select! {
                biased;
                // What was asked before Redis went or came back may wait long for its answer: asked anew, it does not.
                Ok(()) = company.changed() => {
                    shared.wake.notify_one();
                    soon = true;
                    break;
                }
                brought = bring_together(&shared, &stored, &channel, &clock) => brought,
            };
            match &brought {
                Err(error) if !complained => tracing::warn!(%error, "cannot keep what is said in Redis"),
                _ => {}
            }
            complained = brought.is_err();
            soon |= complained;
            if let Some(kept) = shared.channels().get_mut(&channel) {
                kept.settle(brought.is_ok(), alone);
            }
        }
        if soon {
            looks.reset_after(LOOK_SOON);
        }
    }
}

/// What one round does for a channel.
struct Round {
    all: bool,
    /// Whether nothing was known of Redis before it.
    first: bool,
    since_ms: u64,
    trimmed_ms: u64,
    expected: Option<u64>,
    lines: Vec<Line>,
}

async fn bring_together(
    shared: &Shared,
    stored: &StoredLedger,
    channel: &ChannelId,
    clock: &Clock,
) -> Result<(), redis::RedisError> {
    let mut all = false;
    loop {
        let Some(round) = shared.channels().get_mut(channel).map(|kept| kept.begin(all)) else {
            return Ok(());
        };
        let offer = Offer {
            all: round.all,
            since_ms: round.since_ms,
            trimmed_ms: round.trimmed_ms,
            expected: round.expected,
            lines: &round.lines,
        };
        let answer = stored.keep(channel, offer).await?;
        if let Some(answer) = answer {
            let knows_less = answer.since_ms > round.since_ms;
            if let Some(kept) = shared.channels().get_mut(channel) {
                kept.end(&round, answer, clock.now_ms());
            }
            if !knows_less || all {
                return Ok(());
            }
        } else {
            stored.remind().await?;
        }
        all = true;
    }
}

impl Kept {
    /// What to offer: what Redis has not got, or all.
    fn begin(&mut self, all: bool) -> Round {
        if all {
            self.memory.compare(|_| false);
        }
        let lines: Vec<Line> = self.memory.unstored().cloned().collect();
        Round {
            all,
            first: self.expected.is_none(),
            since_ms: self.memory.since_ms(),
            trimmed_ms: self.memory.trimmed_ms(),
            // What is given to a Redis that knows nothing, or may know it already, is counted there.
            expected: self
                .expected
                .filter(|_| !all)
                .map(|expected| expected + lines.len() as u64),
            lines,
        }
    }

    /// Takes in what Redis answered.
    fn end(&mut self, round: &Round, answer: Stored, now_ms: u64) {
        for line in &round.lines {
            self.memory.note_stored(line.said.line);
        }
        // Lines that were heard while Redis was asked are in nobody's count yet: the next look finds out.
        self.expected = Some(answer.added);
        let Some(lines) = answer.lines else {
            return self.memory.learn(answer.since_ms, answer.trimmed_ms);
        };
        let mut unheard = Vec::new();
        for line in &lines {
            let news = !round.first || line.said_ms() >= self.opened_ms;
            if news && self.is_open() && !self.memory.has(line.said.line) {
                unheard.push(line.clone());
            }
        }
        if !unheard.is_empty()
            && let Some(room) = self
                .room
                .as_ref()
                .and_then(tokio::sync::mpsc::WeakSender::upgrade)
            && room.try_send(Input::Recovered(unheard.clone())).is_err()
        {
            // The room is too busy to hear them: they are left unknown, and read again at the next look.
            self.expected = None;
            return;
        }
        let there: HashSet<u64> = lines.iter().map(|line| line.said.line).collect();
        let oldest = lines.first().map_or(0, |line| line.said.line);
        let is_full = lines.len() >= KEPT;
        for line in lines {
            let learned_ms = if unheard.iter().any(|other| other.said.line == line.said.line) {
                now_ms
            } else {
                0
            };
            self.memory.add(line, learned_ms, true);
        }
        // What others told of, but never brought there, is brought by us.
        self.memory
            .compare(|number| there.contains(&number) || (is_full && number < oldest));
        self.memory.learn(answer.since_ms, answer.trimmed_ms);
    }

    /// After a round: receipts for what is safe, answers for those who wait.
    fn settle(&mut self, reached: bool, alone: bool) {
        let memory = &self.memory;
        let unsafe_yet: HashSet<u64> = memory.unstored().map(|line| line.said.line).collect();
        self.receipts.retain(|(number, speaker)| {
            // Without the other relays, this memory is all that can be had.
            if unsafe_yet.contains(number) && !alone {
                return true;
            }
            if let Some(said) = memory.get(*number) {
                speaker.send(&RelayMessage::Said(said.clone()));
            }
            false
        });
        if self.expected.is_some() || !reached {
            self.answer();
        }
    }
}
