//! The levers of hosts and officials, and what they decided: who may speak, who may come in.
//!
//! In: levers of this relay's visitors, and what other relays tell. Out: notices, ended visits, and the same news for the
//! other relays. What holds is kept in [`Rules`]; all relays have the same ones.

use std::collections::BTreeMap;

use shared::{
    moderation::{
        ADDRESS_BAN_AT_MOST_MIN, Announcement, BAN_AT_MOST_MIN, ChatRule, Lever, MAX_BLOCKED,
        MUTE_AT_MOST_MIN, Role, SLOW_CHAT_S,
    },
    protocol::{CloseReason, Notice, RelayMessage, VisitorId},
    text::clean_line,
};

use super::{acts::language_tag, state::Room, visitor::Visitor};
use crate::{
    backplane::{Measure, Moderation, Parcel, Rules, Term, Topic},
    channel::ChannelId,
    levers::News,
    metrics::PlaceLabel,
    outbox::Frame,
    session::Credentials,
};

/// How often the other relays are told all rules again, should some have been lost on the way.
const TELL_AGAIN_MS: u64 = 10_000;

/// How often ended roles and rules are looked for.
const LOOK_EVERY_MS: u64 = 1_000;

const MINUTE_MS: u64 = 60_000;

/// What hosts have decided, and what their decisions need to be kept.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    rules: Rules,
    /// When visitors of this relay last spoke while the chat was slow.
    spoke_ms: BTreeMap<VisitorId, u64>,
    looked_ms: u64,
    told_ms: u64,
}

impl Decisions {
    /// Where these rules hold already.
    pub(super) fn with(rules: Rules) -> Self {
        Self {
            rules,
            ..Self::default()
        }
    }

    /// The clock was set back: nothing happened later than now.
    pub(super) fn rewind(&mut self, now_ms: u64) {
        for spoke_ms in self.spoke_ms.values_mut() {
            *spoke_ms = (*spoke_ms).min(now_ms);
        }
        self.looked_ms = self.looked_ms.min(now_ms);
        self.told_ms = self.told_ms.min(now_ms);
    }
}

impl Room {
    /// Whether someone may not come in.
    pub(super) fn is_banned(&self, visitor: VisitorId, credentials: &Credentials, now_ms: u64) -> bool {
        let rules = &self.decisions.rules;
        let newcomer = credentials.address.filter(|_| !credentials.returns);
        let invited = credentials
            .badge
            .as_ref()
            .is_some_and(|badge| badge.role(&self.place.id, now_ms) > Role::Visitor);
        rules.holds(Measure::Banned(visitor), now_ms).is_some()
            || newcomer.is_some_and(|address| !invited && rules.bans_address(address, now_ms))
    }

    /// Tells someone who has come in what holds, and what became of the invitation.
    pub(super) fn tell_rules(&self, visitor: VisitorId, now_ms: u64) {
        let Some(arrived) = self.visitors.get(&visitor) else {
            return;
        };
        let chat = self.decisions.rules.chat();
        if chat != ChatRule::Open {
            arrived.send(&RelayMessage::Chat(chat));
        }
        let muted = self.muted(visitor, now_ms);
        for notice in arrived.credentials.refused.into_iter().chain(muted) {
            arrived.send(&RelayMessage::Notice(notice));
        }
    }

    /// Whether a visitor of this relay may say something now; else what to tell him.
    pub(super) fn may_speak(&mut self, visitor: VisitorId, now_ms: u64) -> Result<(), Notice> {
        if let Some(muted) = self.muted(visitor, now_ms) {
            return Err(muted);
        }
        let role = self
            .visitors
            .get(&visitor)
            .map_or(Role::Visitor, |speaker| speaker.role);
        match self.decisions.rules.chat() {
            _ if role > Role::Visitor => Ok(()),
            ChatRule::Open => Ok(()),
            ChatRule::Closed => Err(Notice::ChatClosed),
            ChatRule::Slow => {
                let spoke_ms = self.decisions.spoke_ms.get(&visitor);
                if spoke_ms.is_some_and(|spoke_ms| now_ms < spoke_ms + u64::from(SLOW_CHAT_S) * 1_000) {
                    return Err(Notice::ChatSlow);
                }
                self.decisions.spoke_ms.insert(visitor, now_ms);
                Ok(())
            }
        }
    }

    /// The notice for someone who is muted.
    fn muted(&self, visitor: VisitorId, now_ms: u64) -> Option<Notice> {
        let until_ms = self.decisions.rules.holds(Measure::Muted(visitor), now_ms)?;
        let minutes = (until_ms - now_ms).div_ceil(MINUTE_MS) as u32;
        Some(Notice::Muted { minutes })
    }

    /// A visitor of this relay hears no more of someone, or hears of him again.
    pub(super) fn block(&mut self, visitor: VisitorId, other: VisitorId, blocked: bool) {
        let Some(actor) = self.visitors.get_mut(&visitor) else {
            return;
        };
        let list = &mut actor.credentials.blocked;
        if !blocked {
            list.remove(&other);
        } else if list.len() < MAX_BLOCKED {
            list.insert(other);
        } else {
            actor.send(&RelayMessage::Notice(Notice::BlockedEnough));
        }
        self.note_at_desk(visitor);
    }

    /// A visitor of this relay pulls a lever: it works, or he is told why not.
    pub(super) fn pull(&mut self, visitor: VisitorId, lever: Lever, now_ms: u64) {
        let name = lever.name();
        let outcome = self.try_pull(visitor, lever, now_ms);
        let notice = match outcome {
            Ok(()) => {
                tracing::info!(host = visitor.0, lever = name, place = self.place.id, "moderated");
                self.around.metrics.note_lever(name);
                Notice::Done
            }
            Err(notice) => notice,
        };
        if let Some(actor) = self.visitors.get(&visitor) {
            actor.send(&RelayMessage::Notice(notice));
        }
    }

    fn try_pull(&mut self, visitor: VisitorId, lever: Lever, now_ms: u64) -> Result<(), Notice> {
        let actor = self.visitors.get(&visitor).ok_or(Notice::NotAHost)?;
        if !actor.role.has_levers() {
            return Err(Notice::NotAHost);
        }
        // Whoever was banned is not here, and may all the same be let in again.
        let lets_in = matches!(lever, Lever::Ban { minutes: 0, .. });
        if let Some(subject) = lever.subject().filter(|_| !lets_in) {
            let theirs = self.role_of(subject).ok_or(Notice::NotHere)?;
            if !actor.role.may_act_on(theirs) {
                return Err(Notice::Protected);
            }
        }
        let for_minutes = |minutes: u32| Term {
            decided_ms: now_ms,
            lifted: false,
            until_ms: now_ms + u64::from(minutes) * MINUTE_MS,
        };
        match lever {
            Lever::Announce { text, language } => {
                let announcement = Announcement {
                    name: actor.name.clone(),
                    role: actor.role,
                    text: clean_line(&text).ok_or(Notice::Unsayable)?,
                    language: language_tag(language),
                    at_ms: now_ms,
                };
                self.spread(Moderation::Announced(announcement.clone()));
                self.announce(announcement);
            }
            Lever::Mute {
                visitor: subject,
                minutes,
            } => {
                let measure = Measure::Muted(subject);
                let term = match minutes {
                    0 => self.decisions.rules.lift(measure, now_ms),
                    minutes => Some(for_minutes(minutes.min(MUTE_AT_MOST_MIN))),
                };
                self.decide(Rules::of_terms(term.map(|term| (measure, term))), now_ms);
            }
            Lever::Remove { visitor: subject } => {
                if self.visitors.contains_key(&subject) {
                    self.end_visit(subject, CloseReason::Removed);
                } else {
                    self.spread(Moderation::Remove(subject));
                }
            }
            Lever::Ban {
                visitor: subject,
                minutes,
                address_minutes,
            } => {
                let measures = [Measure::Banned(subject), Measure::AddressOf(subject)];
                let lasts = [
                    minutes.min(BAN_AT_MOST_MIN),
                    address_minutes.min(ADDRESS_BAN_AT_MOST_MIN).min(minutes),
                ];
                let terms = measures.into_iter().zip(lasts).filter_map(|(measure, minutes)| {
                    let term = match minutes {
                        0 => self.decisions.rules.lift(measure, now_ms)?,
                        minutes => for_minutes(minutes),
                    };
                    Some((measure, term))
                });
                let rules = Rules::of_terms(terms);
                self.decide(rules, now_ms);
            }
            Lever::Chat(rule) => self.decide(Rules::of_chat(rule, now_ms), now_ms),
        }
        Ok(())
    }

    /// The role of someone who is here, on any relay.
    fn role_of(&self, visitor: VisitorId) -> Option<Role> {
        let ours = self.visitors.get(&visitor).map(|visitor| visitor.role);
        ours.or_else(|| self.peers.card(visitor).map(|card| card.role))
    }

    /// Something was decided here.
    fn decide(&mut self, rules: Rules, now_ms: u64) {
        if !rules.is_empty() {
            self.spread(Moderation::Rules(rules.clone()));
            self.learn(rules, now_ms);
        }
    }

    /// Tells the other rooms of the place, here and on the other relays. Those hear it in the place's first channel, which
    /// is always open.
    fn spread(&self, news: Moderation) {
        self.around.levers.tell(&self.channel, news.clone());
        let first = ChannelId::new(&self.place.id, 1);
        self.publish_in(&first, Topic::Room, Parcel::Moderation(news));
    }

    /// Takes in what another relay told, and passes it on to the other rooms of the place.
    pub(super) fn hear_moderation(&mut self, news: Moderation, now_ms: u64) {
        self.around.levers.tell(&self.channel, news.clone());
        self.follow_moderation(news, now_ms);
    }

    /// Takes in what another room of this relay told.
    pub(super) fn hear_levers(&mut self, (from, news): News, now_ms: u64) {
        if from.place == self.place.id && from != self.channel {
            self.follow_moderation(news, now_ms);
        }
    }

    fn follow_moderation(&mut self, news: Moderation, now_ms: u64) {
        match news {
            Moderation::Rules(rules) => self.learn(rules, now_ms),
            Moderation::Remove(visitor) => self.end_visit(visitor, CloseReason::Removed),
            Moderation::Announced(announcement) => self.announce(announcement),
        }
    }

    /// Takes in rules, and does what is new in them to the visitors of this relay.
    fn learn(&mut self, rules: Rules, now_ms: u64) {
        let before = self.decisions.rules.chat();
        let news = self.decisions.rules.merge(rules);
        let chat = self.decisions.rules.chat();
        if chat != before {
            self.decisions.spoke_ms.clear();
            self.tell_all(&RelayMessage::Chat(chat));
        }
        let mut addresses = Vec::new();
        for (measure, term) in news.terms() {
            let holds = self.decisions.rules.holds(measure, now_ms).is_some();
            match measure {
                Measure::Muted(visitor) => {
                    let notice = self.muted(visitor, now_ms).unwrap_or(Notice::Unmuted);
                    if let Some(subject) = self.visitors.get(&visitor) {
                        subject.send(&RelayMessage::Notice(notice));
                    }
                }
                Measure::AddressOf(visitor) if holds => {
                    let subject = self.visitors.get(&visitor);
                    if let Some(address) = subject.and_then(|subject| subject.credentials.address) {
                        addresses.push((Measure::AddressBanned(address, visitor), term));
                    }
                }
                Measure::Banned(_) | Measure::AddressOf(_) | Measure::AddressBanned(..) => {}
            }
        }
        for (measure, _) in news.terms() {
            if let Measure::Banned(visitor) = measure
                && self.decisions.rules.holds(measure, now_ms).is_some()
            {
                self.end_visit(visitor, CloseReason::Banned);
            }
        }
        self.note_kept_out(now_ms);
        self.decide(Rules::of_terms(addresses), now_ms);
    }

    /// Ends the visit of a visitor of this relay; others are no concern of it.
    fn end_visit(&mut self, visitor: VisitorId, reason: CloseReason) {
        match self.visitors.get(&visitor).map(Visitor::outbox) {
            // The connection says good-bye, and then the visitor leaves.
            Some(Some(outbox)) => outbox.end(reason),
            Some(None) => self.depart(visitor),
            None => {}
        }
    }

    fn announce(&mut self, announcement: Announcement) {
        self.tell_all(&RelayMessage::Announced(announcement));
    }

    pub(super) fn tell_all(&self, message: &RelayMessage) {
        self.send_all(&Frame::of(message));
    }

    /// Tells the other rooms everything that was decided.
    pub(super) fn publish_rules(&self) {
        let rules = &self.decisions.rules;
        if !rules.is_empty() && self.channel.number == 1 {
            self.spread(Moderation::Rules(rules.clone()));
        }
    }

    /// What is due at a tick: roles and rules end, and the other relays are told again now and then.
    pub(super) fn keep_rules(&mut self, now_ms: u64) {
        if now_ms.saturating_sub(self.decisions.looked_ms) < LOOK_EVERY_MS {
            return;
        }
        self.decisions.looked_ms = now_ms;
        self.decisions.rules.forget(now_ms);
        self.follow_callers();
        self.decisions
            .spoke_ms
            .retain(|_, spoke_ms| now_ms < *spoke_ms + u64::from(SLOW_CHAT_S) * 1_000);
        self.note_kept_out(now_ms);
        let over: Vec<VisitorId> = self
            .visitors
            .iter_mut()
            .filter(|(_, visitor)| visitor.role != visitor.role_in(&self.place.id, now_ms))
            .map(|(id, visitor)| {
                visitor.role = visitor.role_in(&self.place.id, now_ms);
                *id
            })
            .collect();
        for visitor in over {
            self.introduce(visitor);
            self.note_at_desk(visitor);
        }
        if now_ms.saturating_sub(self.decisions.told_ms) >= TELL_AGAIN_MS {
            self.decisions.told_ms = now_ms;
            self.publish_rules();
        }
    }

    fn note_kept_out(&self, now_ms: u64) {
        let kept_out = self.decisions.rules.kept_out(now_ms) as i64;
        let metrics = &self.around.metrics;
        let label = PlaceLabel {
            place: self.place.id.clone(),
        };
        metrics.kept_out.get_or_create(&label).set(kept_out);
    }
}
