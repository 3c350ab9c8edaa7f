//! The order of things at a tick.

use shared::{
    cell::tick_at,
    protocol::{CloseReason, RelayMessage, VisitorId},
    space::Position,
};

use super::{
    interest::{Scene, watches},
    state::Room,
    visitor::{Presence, Visitor},
};
use crate::backplane::Parcel;

/// How often the other relays hear that this one lives.
const ALIVE_EVERY_MS: u64 = 500;

/// How often clients hear how many people there are, at most.
const COUNT_EVERY_MS: u64 = 1_000;

/// Names and looks that a client is told in one tick.
const NAMES_A_TICK: usize = 16;

/// A client that has been behind for so long is cut off.
const BEHIND_AT_MOST_MS: u64 = 15_000;

impl Room {
    pub(super) fn tick(&mut self, now_ms: u64) {
        self.end_standing(now_ms);
        let gone = self.peers.expire(now_ms);
        self.apply(gone, now_ms);
        self.keep_rules(now_ms);
        self.show(now_ms);
        self.tell_names();
        self.tell_count(now_ms);
        self.renew_tickets(now_ms);
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
    fn show(&mut self, now_ms: u64) {
        let tick = tick_at(now_ms);
        let ours = self.around.source;
        let frames = self.local.encode(
            tick,
            self.visitors.iter().map(|(id, visitor)| (*id, visitor.stance)),
        );
        self.around.metrics.frames_encoded.inc_by(frames.len() as u64);
        if !frames.is_empty() {
            let all = frames.iter().flat_map(|(_, frame)| frame).copied().collect();
            self.publish(Parcel::Frames(all));
        }
        if now_ms.saturating_sub(self.alive_ms) >= ALIVE_EVERY_MS {
            self.alive_ms = now_ms;
            let occupied = self.local.occupied().into_iter().collect();
            self.publish(Parcel::Alive {
                occupied,
                people: self.visitors.len() as u32,
            });
        }
        for (id, visitor) in &self.visitors {
            let cell = visitor.stance.position.cell();
            if self.cells.insert(*id, cell) != Some(cell) {
                self.moved.push((*id, cell));
            }
        }

        let arrived = self.peers.take_arrived();
        self.around.metrics.frames_forwarded.inc_by(arrived.len() as u64);
        let everyone: Vec<(VisitorId, Position)> = self
            .visitors
            .iter()
            .map(|(id, visitor)| (*id, visitor.stance.position))
            .chain(self.peers.visitors())
            .collect();
        let all = frames
            .into_iter()
            .map(|(cell, frame)| (cell, ours, frame))
            .chain(arrived);
        let mut scene = Scene::new(ours, tick, &self.local, &self.peers, all);
        let moved = std::mem::take(&mut self.moved);
        for visitor in self.visitors.values_mut() {
            let center = visitor.stance.position.cell();
            let looks_around = visitor.watch.center != Some(center);
            if !show_to(visitor, &mut scene, now_ms) {
                self.around.metrics.clients_behind.inc();
            }
            let own = visitor.stance.position.point;
            let watch = &mut visitor.watch;
            if looks_around {
                let mut seen: Vec<(VisitorId, Position)> = everyone
                    .iter()
                    .filter(|(_, at)| watches(center, at.cell()))
                    .copied()
                    .collect();
                seen.sort_by(|a, b| a.1.point.distance_cm(own).total_cmp(&b.1.point.distance_cm(own)));
                for (id, _) in seen {
                    watch.introduce(id);
                }
            }
            for (id, _) in moved.iter().filter(|(_, cell)| watches(center, *cell)) {
                watch.introduce(*id);
            }
        }
    }

    fn tell_names(&mut self) {
        let mut messages = Vec::new();
        for (id, visitor) in &mut self.visitors {
            let Presence::Connected(outbox) = &visitor.presence else {
                continue;
            };
            let mut left = NAMES_A_TICK;
            while left > 0 && outbox.has_room() {
                let Some(other) = visitor.watch.to_tell.pop_front() else {
                    break;
                };
                if visitor.watch.known.contains(&other) {
                    messages.push((*id, other));
                    left -= 1;
                }
            }
        }
        for (reader, other) in messages {
            let who = self
                .visitors
                .get(&other)
                .map(|visitor| visitor.who(other))
                .or_else(|| {
                    let card = self.peers.card(other)?;
                    Some(RelayMessage::Who {
                        visitor: other,
                        name: card.name.clone(),
                        look: card.look,
                        role: card.role,
                    })
                });
            match (who, self.visitors.get_mut(&reader)) {
                (Some(who), Some(reader)) => reader.send(&who),
                // Seen, but not yet introduced: told when the card arrives.
                (None, Some(reader)) => {
                    reader.watch.known.remove(&other);
                }
                (_, None) => {}
            }
        }
    }

    fn tell_count(&mut self, now_ms: u64) {
        let (told, at_ms) = self.told_people;
        let count = self.count();
        if count != told && now_ms.saturating_sub(at_ms) >= COUNT_EVERY_MS {
            self.told_people = (count, now_ms);
            let message: bytes::Bytes = RelayMessage::Count(count).encode().into();
            for outbox in self.visitors.values().filter_map(Visitor::outbox) {
                outbox.send_encoded(message.clone());
            }
        }
    }

    fn renew_tickets(&mut self, now_ms: u64) {
        for (id, visitor) in &mut self.visitors {
            if visitor.outbox().is_some_and(crate::outbox::Outbox::has_room) && visitor.is_ticket_due(now_ms)
            {
                let ticket = visitor.write_ticket(*id, &self.channel, &self.around.key, now_ms);
                visitor.send(&RelayMessage::Ticket(ticket));
            }
        }
    }
}

/// Hands a client its frames of this tick; false when it has just fallen behind.
fn show_to(visitor: &mut Visitor, scene: &mut Scene<'_>, now_ms: u64) -> bool {
    let center = visitor.stance.position.cell();
    let Presence::Connected(outbox) = &visitor.presence else {
        return true;
    };
    let watch = &mut visitor.watch;
    if let Some(since_ms) = watch.behind_since_ms {
        if now_ms.saturating_sub(since_ms) > BEHIND_AT_MOST_MS {
            outbox.end(CloseReason::TooSlow);
        }
        if !outbox.has_caught_up() {
            return true;
        }
    }
    let missed = watch.behind_since_ms.take().is_some();
    let message = if watch.center == Some(center) && !missed && watch.reseeds.is_empty() {
        scene.steady(center)
    } else {
        scene.changed(watch.center, center, missed, &watch.reseeds)
    };
    if message.is_some_and(|message| !outbox.offer_frames(message)) {
        watch.behind_since_ms = Some(now_ms);
        return false;
    }
    watch.center = Some(center);
    watch.reseeds.clear();
    true
}
