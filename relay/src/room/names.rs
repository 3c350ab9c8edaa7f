//! Who is who: everyone is told of everyone, once. Newcomers hear of the near ones first, all others of newcomers.

use std::collections::{HashMap, VecDeque};

use bytes::Bytes;
use shared::{
    protocol::{RelayMessage, VisitorId},
    space::Position,
};

use super::state::Room;
use crate::{backplane::Card, outbox::Frame};

/// Bytes of names and looks that a client is told in one tick: what ten thousand take comes within some seconds.
const NAMES_A_TICK_BYTES: usize = 4 << 10;

/// Who some are, encoded once however many are told.
#[derive(Default)]
pub(super) struct Names {
    /// Everyone here, and where, as far as that is known; made at most once in a tick.
    everyone: Option<Vec<(VisitorId, Option<Position>)>>,
    encoded: HashMap<VisitorId, Bytes>,
}

impl Names {
    /// Who someone is; none when that is not known yet, or no longer.
    fn of(&mut self, room: &Room, visitor: VisitorId) -> Option<Bytes> {
        if let Some(encoded) = self.encoded.get(&visitor) {
            return Some(encoded.clone());
        }
        let ours = room.visitors.get(&visitor).map(|ours| ours.card(visitor).who());
        let who = ours.or_else(|| room.peers.card(visitor).map(Card::who))?;
        let encoded = Bytes::from(who.encode());
        self.encoded.insert(visitor, encoded.clone());
        Some(encoded)
    }

    /// A new tick: everyone may have moved.
    pub(super) fn move_on(&mut self) {
        self.everyone = None;
    }
}

impl Room {
    /// Tells everyone who is new or has gone.
    pub(super) fn tell_news(&mut self, names: &mut Names) {
        let gone = std::mem::take(&mut self.gone);
        for visitor in gone.iter().chain(&self.news) {
            names.encoded.remove(visitor);
        }
        if !gone.is_empty() {
            self.tell_all(&RelayMessage::Gone(gone.into_iter().collect()));
        }
        let news: Vec<Bytes> = std::mem::take(&mut self.news)
            .into_iter()
            .filter_map(|visitor| names.of(self, visitor))
            .collect();
        if !news.is_empty() {
            self.send_all(&Frame::binary(&RelayMessage::encode_who(
                news.iter().map(AsRef::as_ref),
            )));
        }
    }

    /// Tells newcomers who is here.
    pub(super) fn tell_newcomers(&mut self, names: &mut Names) {
        let readers: Vec<VisitorId> = self
            .visitors
            .iter()
            .filter(|(_, visitor)| visitor.awaits_names())
            .map(|(id, _)| *id)
            .collect();
        for reader in readers {
            self.tell_newcomer(reader, names);
        }
    }

    /// Tells a newcomer who some of the others are, the near ones first.
    fn tell_newcomer(&mut self, reader: VisitorId, names: &mut Names) {
        let Some(visitor) = self.visitors.get_mut(&reader) else {
            return;
        };
        let own = visitor.stance.position.point;
        let allowed = usize::try_from(visitor.watch.credit)
            .unwrap_or(0)
            .min(NAMES_A_TICK_BYTES);
        let mut to_tell = visitor.watch.to_tell.take().unwrap_or_else(|| {
            let all = names.everyone.get_or_insert_with(|| self.everyone());
            let distance = |at: &Option<Position>| at.map_or(f32::MAX, |at| at.point.distance_cm(own));
            let mut all: Vec<(f32, VisitorId)> = all.iter().map(|(id, at)| (distance(at), *id)).collect();
            all.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            all.into_iter()
                .map(|(_, id)| id)
                .filter(|id| *id != reader)
                .collect()
        });
        let (mut told, mut bytes) = (Vec::new(), 0);
        while bytes < allowed {
            let Some(other) = to_tell.pop_front() else {
                break;
            };
            if let Some(who) = names.of(self, other) {
                bytes += who.len();
                told.push(who);
            }
        }
        if to_tell.is_empty() {
            // It held everyone.
            to_tell = VecDeque::new();
        }
        if let Some(visitor) = self.visitors.get_mut(&reader) {
            visitor.watch.to_tell = Some(to_tell);
            visitor.watch.spend(bytes);
            if let (false, Some(outbox)) = (told.is_empty(), visitor.outbox()) {
                outbox.send_frame(Frame::binary(&RelayMessage::encode_who(
                    told.iter().map(AsRef::as_ref),
                )));
            }
        }
    }

    /// Everyone here, and where, as far as that is known.
    fn everyone(&self) -> Vec<(VisitorId, Option<Position>)> {
        let ours = self
            .visitors
            .iter()
            .map(|(id, visitor)| (*id, Some(visitor.stance.position)));
        ours.chain(self.peers.visitors()).collect()
    }
}
