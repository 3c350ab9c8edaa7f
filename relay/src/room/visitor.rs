//! One visitor of this relay.

use std::{collections::VecDeque, sync::Arc};

use shared::{
    check::MotionCheck,
    look::Look,
    moderation::Role,
    protocol::{RelayMessage, Stance, TICK_HZ, VisitorId},
};

use super::{
    riding::Seated,
    views::{Budget, FULL, LIGHT, Selection},
};
use crate::{
    backplane::Card,
    channel::ChannelId,
    outbox::Outbox,
    session::{Credentials, Ticket, TicketKey},
};

/// How old a ticket may get while the avatar moves.
const TICKET_WHILE_MOVING_MS: u64 = 5_000;

/// How old a ticket may get in any case: well within the time for which it restores everything.
const TICKET_AT_REST_MS: u64 = 20_000;

/// One visitor of this relay.
pub(super) struct Visitor {
    /// Of the newest connection.
    pub(super) generation: u64,
    /// When the visitor came into this channel.
    pub(super) came_ms: u64,
    /// The cleaned name.
    pub(super) name: String,
    pub(super) look: Look,
    pub(super) stance: Stance,
    pub(super) check: MotionCheck,
    /// The last move's number.
    pub(super) sequence: u32,
    pub(super) presence: Presence,
    pub(super) watch: Watch,
    pub(super) credentials: Credentials,
    /// What the visitor is to the others now.
    pub(super) role: Role,
    /// The seat in a vehicle, if there is one.
    pub(super) ride: Option<Seated>,
    /// When the last ticket was written, and whether the stance has changed since.
    ticket: (u64, bool),
}

/// Whether a visitor is connected.
pub(super) enum Presence {
    /// Through this outbox.
    Connected(Outbox),
    /// The connection was lost; the avatar stands until then, since most are back in a moment.
    Standing {
        /// When the avatar leaves.
        until_ms: u64,
    },
}

/// What a client is shown.
#[derive(Default)]
pub(super) struct Watch {
    /// The streams it has.
    pub(super) shown: Arc<Selection>,
    /// Since when the client is too slow for frames.
    pub(super) behind_since_ms: Option<u64>,
    /// Whether all streams must begin anew.
    pub(super) anew: bool,
    /// Whether the visitor wants as few bytes as will do.
    pub(super) light: bool,
    /// Bytes that the client may be given now; below zero when it had more.
    pub(super) credit: isize,
    /// Of whom it is to be told who they are, near ones first; none before that is known.
    pub(super) to_tell: Option<VecDeque<VisitorId>>,
}

impl Watch {
    /// Of someone who has just arrived.
    pub(super) fn new(light: bool) -> Self {
        let mut watch = Self {
            light,
            ..Self::default()
        };
        watch.credit = watch.budget().at_once as isize;
        watch
    }

    pub(super) fn budget(&self) -> Budget {
        if self.light { LIGHT } else { FULL }
    }

    /// A tick's share of the budget.
    pub(super) fn earn(&mut self) {
        let Budget {
            bytes_a_second,
            at_once,
        } = self.budget();
        let share = (bytes_a_second / TICK_HZ as usize) as isize;
        self.credit = (self.credit + share).min(at_once as isize);
    }

    pub(super) fn spend(&mut self, bytes: usize) {
        self.credit -= bytes as isize;
    }
}

impl Visitor {
    pub(super) fn new(
        generation: u64,
        name: String,
        look: Look,
        stance: Stance,
        light: bool,
        outbox: Outbox,
        now_ms: u64,
    ) -> Self {
        Self {
            generation,
            came_ms: now_ms,
            name,
            look,
            stance,
            check: MotionCheck::new(now_ms),
            sequence: 0,
            presence: Presence::Connected(outbox),
            watch: Watch::new(light),
            credentials: Credentials::default(),
            role: Role::Visitor,
            ride: None,
            ticket: (now_ms, false),
        }
    }

    pub(super) fn outbox(&self) -> Option<&Outbox> {
        match &self.presence {
            Presence::Connected(outbox) => Some(outbox),
            Presence::Standing { .. } => None,
        }
    }

    /// Whether it has not been told yet who everyone is.
    pub(super) fn awaits_names(&self) -> bool {
        let to_tell = self.watch.to_tell.as_ref();
        to_tell.is_none_or(|to_tell| !to_tell.is_empty()) && self.outbox().is_some_and(Outbox::has_room)
    }

    pub(super) fn send(&self, message: &RelayMessage) {
        if let Some(outbox) = self.outbox() {
            outbox.send(message);
        }
    }

    /// Puts the avatar somewhere, and makes the next ticket due sooner.
    pub(super) fn place(&mut self, stance: Stance) {
        self.stance = stance;
        self.ticket.1 = true;
    }

    pub(super) fn card(&self, visitor: VisitorId) -> Card {
        Card {
            visitor,
            generation: self.generation,
            name: self.name.clone(),
            look: self.look,
            role: self.role,
        }
    }

    /// The role that the badge gives in a place now.
    pub(super) fn role_in(&self, place: &str, now_ms: u64) -> Role {
        let badge = self.credentials.badge.as_ref();
        badge.map_or(Role::Visitor, |badge| badge.role(place, now_ms))
    }

    /// The clock was set back: nothing happened later than now.
    pub(super) fn rewind(&mut self, now_ms: u64) {
        self.watch.behind_since_ms = self.watch.behind_since_ms.map(|since_ms| since_ms.min(now_ms));
        self.came_ms = self.came_ms.min(now_ms);
        self.check.rewind(now_ms);
        self.ticket = (self.ticket.0.min(now_ms), true);
    }

    pub(super) fn is_ticket_due(&self, now_ms: u64) -> bool {
        let (written_ms, moved) = self.ticket;
        let age_ms = now_ms.saturating_sub(written_ms);
        age_ms
            >= if moved {
                TICKET_WHILE_MOVING_MS
            } else {
                TICKET_AT_REST_MS
            }
    }

    /// A fresh ticket.
    pub(super) fn write_ticket(
        &mut self,
        visitor: VisitorId,
        channel: &ChannelId,
        key: &TicketKey,
        now_ms: u64,
    ) -> Vec<u8> {
        self.ticket = (now_ms, false);
        Ticket {
            visitor,
            generation: self.generation,
            place: channel.place.clone(),
            channel: channel.number,
            came_ms: self.came_ms,
            // Vehicles go on meanwhile: whoever comes back another way stands where one can stand.
            stance: self.ride.as_ref().map_or(self.stance, |seated| seated.stood),
            name: self.name.clone(),
            look: self.look,
            badge: self.credentials.badge.clone(),
            issued_ms: now_ms,
        }
        .seal(key)
    }
}
