//! The desk: calls for a helper, from any place of the city to every helper in it.
//!
//! In: from the rooms of this relay, who is there, who calls, who has come to whom; from the other relays, their sheets.
//! Out: what callers and helpers of this relay are told, and its own [`Sheet`] for the others: whole, whenever it changes and
//! once a second. So what is lost on the way is mended by the next one, and a relay that falls silent takes its callers and
//! its helpers along.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::{Duration, Instant},
};

use shared::{
    help::{CALL_AGAIN_MS, CALL_FOR_MS, HelpNews, MAX_CALLS},
    protocol::{Notice, RelayMessage, Source, VisitorId},
    space::Position,
};
use tokio::{sync::Notify, time::interval};

use crate::{
    backplane::{Answer, Backplane, Call, Delivery, Envelope, Parcel, Sheet, Topic},
    channel::ChannelId,
    outbox::Outbox,
};

/// What all relays listen to. No place is called so.
const NAME: &str = "help";

/// How often the other relays are told what has not changed.
const TELL_EVERY: Duration = Duration::from_secs(1);

/// A relay that was not heard for so long has gone.
const GONE_AFTER: Duration = Duration::from_millis(2_500);

/// Most other relays that are listened to.
const MOST_RELAYS: usize = 256;

/// How long a call stands.
const CALL_FOR: Duration = Duration::from_millis(CALL_FOR_MS);

/// How soon someone can call again whose call was answered or taken back.
const CALL_AGAIN: Duration = Duration::from_millis(CALL_AGAIN_MS);

/// The calls and the helpers of the city, as this relay knows them.
#[derive(Debug, Default)]
pub struct Desk {
    state: Mutex<State>,
    /// Something may have to be told to the other relays.
    changed: Arc<Notify>,
}

/// A visitor who is connected to this relay.
#[derive(Clone, Copy, Debug)]
pub struct Present<'a> {
    /// Who.
    pub visitor: VisitorId,
    /// Through which connection.
    pub generation: u64,
    /// Where to tell the visitor something.
    pub outbox: &'a Outbox,
    /// The visitor's name.
    pub name: &'a str,
    /// Where the visitor is.
    pub channel: &'a ChannelId,
    /// Where the visitor stands.
    pub at: Position,
    /// Whether the visitor is there to be asked.
    pub helps: bool,
    /// Whom the visitor does not want to hear.
    pub blocked: &'a BTreeSet<VisitorId>,
}

#[derive(Debug, Default)]
struct State {
    /// Those who are connected to this relay.
    helpers: BTreeMap<VisitorId, Helper>,
    /// Those of this relay who call, or did a moment ago.
    callers: BTreeMap<VisitorId, Caller>,
    /// See [`Sheet::answers`].
    answers: BTreeMap<VisitorId, Answer>,
    /// The other relays' sheets, and when they were heard.
    relays: BTreeMap<Source, (Instant, Sheet)>,
    /// The calls that this relay's helpers know of.
    told: BTreeMap<VisitorId, Call>,
}

#[derive(Debug)]
struct Helper {
    generation: u64,
    outbox: Outbox,
    blocked: BTreeSet<VisitorId>,
}

#[derive(Debug)]
struct Caller {
    generation: u64,
    /// None while the line is lost.
    outbox: Option<Outbox>,
    call: Call,
    since: Instant,
    /// Calls that were taken back or answered are remembered for a moment: nobody calls again at once.
    stands: bool,
}

impl Desk {
    /// Someone has come in, or is not quite who or where they were.
    pub fn note(&self, present: &Present<'_>) {
        self.state().note(present);
        self.changed.notify_one();
    }

    /// A connection is lost, but the visitor may be back in a moment.
    pub fn lose(&self, visitor: VisitorId, generation: u64) {
        self.state().lose(visitor, generation);
        self.changed.notify_one();
    }

    /// A visitor has left, or goes on at another relay: who was known by this connection, or an earlier one.
    pub fn leave(&self, visitor: VisitorId, generation: u64) {
        self.state().leave(visitor, generation);
        self.changed.notify_one();
    }

    /// Someone calls for a helper. The answer is how many there are in the city besides.
    pub fn call(&self, caller: &Present<'_>, now_ms: u64) -> Result<u32, Notice> {
        let answer = self.state().call(caller, now_ms, Instant::now());
        self.changed.notify_one();
        answer
    }

    /// Whoever called needs nobody any more.
    pub fn take_back(&self, caller: VisitorId) {
        self.state().end(caller);
        self.changed.notify_one();
    }

    /// The call that a helper of this relay wants to answer; none if it does not stand, or is not theirs to answer.
    pub fn call_for(&self, helper: VisitorId, caller: VisitorId) -> Option<Call> {
        let state = self.state();
        let may = helper != caller && state.helpers.contains_key(&helper);
        state.told.get(&caller).filter(|_| may).cloned()
    }

    /// A helper has come to whoever called.
    pub fn answer(&self, caller: VisitorId, helper: VisitorId, name: &str) {
        self.state().answer(caller, helper, name);
        self.changed.notify_one();
    }

    /// Whose calls stand in a channel, of those who are connected to this relay.
    pub fn callers_in(&self, channel: &ChannelId) -> Vec<VisitorId> {
        let state = self.state();
        let callers = state.callers.iter();
        callers
            .filter(|(_, caller)| caller.stands && caller.call.channel == *channel)
            .map(|(visitor, _)| *visitor)
            .collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing under this lock can leave it half-changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the other relays and hears them, as long as there is a desk.
pub async fn keep(desk: Weak<Desk>, source: Source, backplane: Arc<dyn Backplane>) {
    let Some(changed) = desk.upgrade().map(|desk| desk.changed.clone()) else {
        return;
    };
    let mut parcels = backplane.listen(NAME);
    let mut times = interval(TELL_EVERY);
    let mut told = Sheet::default();
    loop {
        let (mut heard, mut is_time) = (None, false);
        tokio::select! {
            Some(delivery) = parcels.recv() => heard = envelope(&delivery),
            _ = times.tick() => is_time = true,
            () = changed.notified() => {}
        }
        let Some(desk) = desk.upgrade() else { return };
        let sheet = {
            let mut state = desk.state();
            match heard {
                Some(Envelope {
                    source: from,
                    parcel: Parcel::Help(sheet),
                    ..
                }) if from != source => {
                    state.read(from, sheet, Instant::now());
                }
                _ if is_time => state.expire(Instant::now()),
                _ => {}
            }
            state.sheet()
        };
        // A relay that has nothing to tell falls silent, which tells the same.
        let is_news = sheet != told || is_time && sheet != Sheet::default();
        if is_news && backplane.has_listeners() {
            let parcel = Envelope::new(source, Parcel::Help(sheet.clone()));
            backplane.publish(NAME, Topic::Room, parcel.encode());
        }
        told = sheet;
    }
}

fn envelope(delivery: &Delivery) -> Option<Envelope> {
    match delivery {
        Delivery::Parcel(parcel) => Envelope::decode(parcel),
        Delivery::Opened(_) => None,
    }
}

impl State {
    fn note(&mut self, present: &Present<'_>) {
        let visitor = present.visitor;
        if let Some(caller) = self.callers.get_mut(&visitor) {
            caller.follow(present);
        }
        self.settle();
        if !present.helps {
            self.helpers.remove(&visitor);
            return;
        }
        let helper = Helper {
            generation: present.generation,
            outbox: present.outbox.clone(),
            blocked: present.blocked.clone(),
        };
        let known = self.helpers.get(&visitor).map(|known| known.generation);
        if known.is_some_and(|known| known > present.generation) {
            return;
        }
        self.helpers.insert(visitor, helper);
        // A page that has just been let in knows of no calls.
        if known != Some(present.generation) {
            for (caller, call) in &self.told {
                self.tell(visitor, *caller, called(*caller, call));
            }
        }
    }

    fn lose(&mut self, visitor: VisitorId, generation: u64) {
        if self
            .helpers
            .get(&visitor)
            .is_some_and(|helper| helper.generation <= generation)
        {
            self.helpers.remove(&visitor);
        }
        let caller = self.callers.get_mut(&visitor);
        if let Some(caller) = caller.filter(|caller| caller.generation <= generation) {
            caller.outbox = None;
        }
    }

    fn leave(&mut self, visitor: VisitorId, generation: u64) {
        self.lose(visitor, generation);
        if self
            .callers
            .get(&visitor)
            .is_some_and(|caller| caller.generation <= generation)
        {
            self.callers.remove(&visitor);
            self.settle();
        }
    }

    fn call(&mut self, present: &Present<'_>, now_ms: u64, now: Instant) -> Result<u32, Notice> {
        let visitor = present.visitor;
        let besides = self.helpers.keys().filter(|helper| **helper != visitor).count() as u32;
        let elsewhere = self.relays.values().map(|(_, sheet)| sheet.helpers);
        let helpers = elsewhere.fold(besides, u32::saturating_add);
        let known = self.callers.get_mut(&visitor);
        let is_too_soon = known.as_ref().is_some_and(|known| now < known.since + CALL_AGAIN);
        if let Some(known) = known.filter(|known| known.stands) {
            known.follow(present);
            self.settle();
            return Ok(helpers);
        }
        let is_full = self.told.len() >= MAX_CALLS
            || self.callers.len() >= MAX_CALLS && !self.callers.contains_key(&visitor);
        if is_too_soon || is_full {
            return Err(Notice::Slower);
        }
        let caller = Caller {
            generation: present.generation,
            outbox: Some(present.outbox.clone()),
            call: Call {
                name: present.name.to_owned(),
                channel: present.channel.clone(),
                at: present.at,
                since_ms: now_ms,
            },
            since: now,
            stands: true,
        };
        self.callers.insert(visitor, caller);
        self.settle();
        Ok(helpers)
    }

    /// Ends a call of someone at this relay; the caller, if it stood.
    fn end(&mut self, caller: VisitorId) -> Option<&Caller> {
        let ended = self.callers.get_mut(&caller).filter(|caller| caller.stands)?;
        ended.stands = false;
        self.settle();
        self.callers.get(&caller)
    }

    fn answer(&mut self, caller: VisitorId, helper: VisitorId, name: &str) {
        let name = name.to_owned();
        if self.callers.get(&caller).is_some_and(|caller| caller.stands) {
            self.comes(caller, helper, name);
        } else if let Some(since_ms) = self.told.get(&caller).map(|call| call.since_ms) {
            let answer = Answer {
                since_ms,
                helper,
                name,
            };
            self.answers.insert(caller, answer);
            self.settle();
        }
    }

    /// Ends a call of someone at this relay, to whom a helper has come.
    fn comes(&mut self, caller: VisitorId, helper: VisitorId, name: String) {
        if let Some(caller) = self.end(caller) {
            caller.tell(HelpNews::Comes { helper, name });
        }
    }

    /// Takes in what another relay tells.
    fn read(&mut self, from: Source, mut sheet: Sheet, now: Instant) {
        if self.relays.len() >= MOST_RELAYS && !self.relays.contains_key(&from) {
            return;
        }
        sheet.calls.truncate(MAX_CALLS);
        for (caller, answer) in sheet.answers.drain(..) {
            let ours = self.callers.get(&caller);
            if ours.is_some_and(|ours| ours.call.since_ms == answer.since_ms) {
                self.comes(caller, answer.helper, answer.name);
            }
        }
        self.relays.insert(from, (now, sheet));
        self.settle();
    }

    /// Ends what has had its time.
    fn expire(&mut self, now: Instant) {
        for (visitor, caller) in &mut self.callers {
            if caller.stands && now >= caller.since + CALL_FOR {
                caller.stands = false;
                caller.tell(HelpNews::Over { visitor: *visitor });
            }
        }
        self.callers
            .retain(|_, caller| caller.stands || now < caller.since + CALL_AGAIN);
        self.relays.retain(|_, (heard, _)| now < *heard + GONE_AFTER);
        self.settle();
    }

    /// What the other relays are told.
    fn sheet(&self) -> Sheet {
        let standing = self.callers.iter().filter(|(_, caller)| caller.stands);
        Sheet {
            helpers: self.helpers.len() as u32,
            calls: standing
                .map(|(visitor, caller)| (*visitor, caller.call.clone()))
                .collect(),
            answers: self
                .answers
                .iter()
                .map(|(caller, answer)| (*caller, answer.clone()))
                .collect(),
        }
    }

    /// Tells this relay's helpers what has changed about the calls that stand.
    fn settle(&mut self) {
        let elsewhere = self.relays.values().flat_map(|(_, sheet)| &sheet.calls);
        let elsewhere = elsewhere.map(|(visitor, call)| (*visitor, call));
        let here = self.callers.iter().filter(|(_, caller)| caller.stands);
        let here = here.map(|(visitor, caller)| (*visitor, &caller.call));
        let mut standing: BTreeMap<VisitorId, &Call> = BTreeMap::new();
        // Of one who goes on at another relay the one before may still tell.
        for (visitor, call) in elsewhere.chain(here) {
            let known = standing.entry(visitor).or_insert(call);
            if known.since_ms < call.since_ms {
                *known = call;
            }
        }
        self.answers.retain(|caller, answer| {
            standing
                .get(caller)
                .is_some_and(|call| call.since_ms == answer.since_ms)
        });
        standing.retain(|caller, _| !self.answers.contains_key(caller));
        let mut oldest: Vec<(VisitorId, Call)> = standing
            .into_iter()
            .map(|(visitor, call)| (visitor, call.clone()))
            .collect();
        oldest.sort_by_key(|(_, call)| call.since_ms);
        oldest.truncate(MAX_CALLS);

        let before = mem::replace(&mut self.told, oldest.into_iter().collect());
        for (caller, call) in &self.told {
            let is_known = |known: &Call| known.name == call.name && known.channel == call.channel;
            if !before.get(caller).is_some_and(is_known) {
                self.tell_helpers(*caller, &called(*caller, call));
            }
        }
        for caller in before.keys().filter(|caller| !self.told.contains_key(caller)) {
            self.tell_helpers(*caller, &HelpNews::Over { visitor: *caller });
        }
    }

    fn tell_helpers(&self, caller: VisitorId, news: &HelpNews) {
        for helper in self.helpers.keys() {
            self.tell(*helper, caller, news.clone());
        }
    }

    /// Tells a helper, unless it is the caller, or has blocked the caller.
    fn tell(&self, helper: VisitorId, caller: VisitorId, news: HelpNews) {
        let hears = |hears: &&Helper| helper != caller && !hears.blocked.contains(&caller);
        if let Some(helper) = self.helpers.get(&helper).filter(hears) {
            helper.outbox.send(&RelayMessage::Help(news));
        }
    }
}

impl Caller {
    /// The call goes along with the caller, but not back to where the caller was through an earlier connection.
    fn follow(&mut self, present: &Present<'_>) {
        if present.generation < self.generation {
            return;
        }
        self.generation = present.generation;
        self.outbox = Some(present.outbox.clone());
        present.name.clone_into(&mut self.call.name);
        self.call.channel.clone_from(present.channel);
        self.call.at = present.at;
    }

    fn tell(&self, news: HelpNews) {
        if let Some(outbox) = &self.outbox {
            outbox.send(&RelayMessage::Help(news));
        }
    }
}

fn called(visitor: VisitorId, call: &Call) -> HelpNews {
    HelpNews::Called {
        visitor,
        name: call.name.clone(),
        place: call.channel.place.clone(),
    }
}

#[cfg(test)]
mod tests;
