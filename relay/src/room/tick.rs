//! The order of things at a tick.

use std::sync::Arc;

use shared::{
    cell::{Rate, tick_at, tick_ms},
    protocol::{CloseReason, RelayMessage, TICK_HZ, VisitorId},
    space::Cell,
};

use super::{
    change::Scene,
    state::Room,
    views::{Frames, Selection, Streams, VIEW_DEPTH},
    visitor::{Presence, Visitor, Watch},
};
use crate::{
    backplane::{Card, Parcel},
    outbox::{Frame, Outbox},
};

/// How often the other relays hear that this one lives.
const ALIVE_EVERY_MS: u64 = 500;

/// How often clients hear how many people there are, at most.
const COUNT_EVERY_MS: u64 = 1_000;

/// Bytes of key frames that a client is given in one tick, or one key frame if it takes more: far below what a message
/// may hold, since a connection's buffers keep the size of the largest message they ever had.
const KEYS_A_TICK_BYTES: usize = 16 << 10;

/// A client that has been behind for so long is cut off.
const BEHIND_AT_MOST_MS: u64 = 15_000;

/// This tick, and the one before it: a room that is kept waiting leaves some out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ticks {
    pub(super) before: u32,
    pub(super) now: u32,
}

impl Ticks {
    /// Whether it is the turn of what comes once in a period: `turn` ticks before those that the period divides, or as soon
    /// as that is possible.
    pub(super) fn are_due(self, period: u32, turn: u32) -> bool {
        let number = |tick: u32| tick.wrapping_add(turn) / period;
        number(self.before) != number(self.now)
    }
}

impl Room {
    pub(super) fn tick(&mut self, now_ms: u64) {
        let now = tick_at(now_ms);
        let before = std::mem::replace(&mut self.ticked, now);
        let ticks = Ticks { before, now };
        self.end_standing(now_ms);
        self.moved_on.end(now_ms);
        self.carry(tick_ms(now, now_ms), now_ms);
        let gone = self.peers.expire(now_ms);
        self.apply(gone, now_ms);
        self.keep_rules(now_ms);
        self.show(ticks, now_ms);
        self.note_count();
        let mut names = std::mem::take(&mut self.names);
        names.move_on();
        // What is not urgent goes out with near frames, in one write.
        if ticks.are_due(self.around.periods.of(Rate::Near), 0) {
            self.tell_news(&mut names);
            self.tell_count(now_ms);
            self.renew_tickets(now_ms);
        }
        self.tell_newcomers(&mut names);
        self.names = names;
        if ticks.are_due(TICK_HZ, 0) {
            self.sample();
        }
        self.flush();
    }

    /// Writes to each client what the tick has for it, all in one go.
    fn flush(&self) {
        for outbox in self.visitors.values().filter_map(Visitor::outbox) {
            outbox.flush();
        }
    }

    /// Notes once a second how much waits for each client.
    fn sample(&self) {
        for outbox in self.visitors.values().filter_map(Visitor::outbox) {
            let waiting = outbox.waiting() as f64;
            self.around.metrics.outbox_messages.0.observe(waiting);
        }
    }

    fn end_standing(&mut self, now_ms: u64) {
        let over: Vec<VisitorId> = self
            .visitors
            .iter()
            .filter(|(_, visitor)| matches!(visitor.presence, Presence::Standing { until_ms } if until_ms <= now_ms))
            .map(|(id, _)| *id)
            .collect();
        for visitor in over {
            self.depart(visitor);
        }
    }

    /// Encodes, publishes, and hands every client what it is to see.
    fn show(&mut self, ticks: Ticks, now_ms: u64) {
        let here = self.visitors.iter().map(|(id, visitor)| (*id, visitor.stance));
        let frames = self.local.encode(ticks, self.moved_on.with(here));
        self.around.metrics.frames_encoded.inc_by(frames.len() as u64);
        self.publish_frames(&frames);
        if now_ms.saturating_sub(self.alive_ms) >= ALIVE_EVERY_MS {
            self.alive_ms = now_ms;
            self.publish(Parcel::Alive {
                groups: self
                    .local
                    .groups()
                    .map(|(group, _)| (group, self.numbers_of(group)))
                    .collect(),
                digest: Card::digest(self.visitors.iter().map(|(id, visitor)| (id, visitor.generation))),
            });
        }
        let arrived = self.peers.bundles.take_arrived();
        self.around.metrics.frames_forwarded.inc_by(arrived.len() as u64);
        for (stream, frame) in frames.iter().chain(&arrived) {
            self.around.metrics.note_frame(stream.rate, frame.len());
        }

        let streams = Streams {
            source: self.around.source,
            periods: self.around.periods,
            local: &self.local,
            peers: &self.peers,
        };
        let mut scene = Scene::new(streams, Frames::new(frames.into_iter().chain(arrived)));
        for visitor in self.visitors.values_mut() {
            let Presence::Connected(outbox) = &visitor.presence else {
                continue;
            };
            let view = Cell::at(visitor.stance.position.point, VIEW_DEPTH);
            let target = self
                .views
                .choose(scene.streams(), view, visitor.watch.light, ticks.now);
            if !show_to(&mut visitor.watch, outbox, &mut scene, &target, now_ms) {
                self.around.metrics.clients_behind.inc();
            }
        }
        self.views.tidy(ticks.now);
        self.follow(now_ms);
    }

    /// Tells everyone at this relay something that is encoded.
    pub(super) fn send_all(&self, message: &Frame) {
        for outbox in self.visitors.values().filter_map(Visitor::outbox) {
            outbox.send_frame(message.clone());
        }
    }

    fn tell_count(&mut self, now_ms: u64) {
        let (told, at_ms) = self.told_people;
        let count = self.count();
        if told != Some(count) && now_ms.saturating_sub(at_ms) >= COUNT_EVERY_MS {
            self.told_people = (Some(count), now_ms);
            self.send_all(&Frame::of(&RelayMessage::Count(count)));
        }
    }

    fn renew_tickets(&mut self, now_ms: u64) {
        for (id, visitor) in &mut self.visitors {
            if visitor.is_ticket_due(now_ms) && visitor.outbox().is_some_and(Outbox::has_room) {
                let ticket = visitor.write_ticket(*id, &self.channel, &self.around.key, now_ms);
                visitor.send(&RelayMessage::Ticket(ticket));
            }
        }
    }
}

/// Hands a client its frames of this tick; false when it has just fallen behind.
fn show_to(
    watch: &mut Watch,
    outbox: &Outbox,
    scene: &mut Scene<'_>,
    target: &Arc<Selection>,
    now_ms: u64,
) -> bool {
    watch.earn();
    if let Some(since_ms) = watch.behind_since_ms {
        if now_ms.saturating_sub(since_ms) > BEHIND_AT_MOST_MS {
            outbox.end(CloseReason::TooSlow);
        }
        if !outbox.has_caught_up() {
            return true;
        }
        watch.behind_since_ms = None;
        watch.anew = true;
    }
    if watch.anew {
        watch.anew = false;
        watch.shown = Arc::default();
        outbox.send(&RelayMessage::Anew);
    }
    let (message, shown) = if Arc::ptr_eq(&watch.shown, target) {
        (scene.steady(target), target.clone())
    } else {
        let credit = usize::try_from(watch.credit).unwrap_or(0).min(KEYS_A_TICK_BYTES);
        let change = scene.change(&watch.shown, target, credit);
        (change.message, change.shown)
    };
    let Some(message) = message else {
        watch.shown = shown;
        return true;
    };
    watch.spend(message.len());
    if !outbox.offer_frames(message) {
        watch.behind_since_ms = Some(now_ms);
        return false;
    }
    watch.shown = shown;
    true
}
