//! Calls for a helper: from whoever needs one to all helpers of the channel, on whichever relay, and back that one comes.
//!
//! Every room of the channel keeps the calls that stand, so that a helper who comes later, anywhere, hears of them too.

use std::collections::BTreeMap;

use shared::{
    help::{CALL_AGAIN_MS, CALL_FOR_MS, HelpAct, HelpNews, MAX_CALLS},
    moderation::Role,
    protocol::{Notice, RelayMessage, Stance, VisitorId},
    space::{Heading, Point, Position},
};

use super::state::Room;
use crate::backplane::Parcel;

/// How far from the caller a helper is set down, in centimetres.
const BESIDE_CM: i32 = 130;

/// Calls by who made them.
#[derive(Debug, Default)]
pub(super) struct Calls(BTreeMap<VisitorId, Call>);

#[derive(Debug)]
struct Call {
    name: String,
    at: Position,
    at_ms: u64,
    /// Taken back or answered ones are remembered for a moment: nobody calls again at once.
    stands: bool,
}

impl Calls {
    /// Forgets what is over.
    pub(super) fn tidy(&mut self, now_ms: u64) {
        self.0.retain(|_, call| {
            let lasts = if call.stands { CALL_FOR_MS } else { CALL_AGAIN_MS };
            now_ms < call.at_ms.saturating_add(lasts)
        });
    }

    /// The clock was set back: nothing happened later than now.
    pub(super) fn rewind(&mut self, now_ms: u64) {
        for call in self.0.values_mut() {
            call.at_ms = call.at_ms.min(now_ms);
        }
    }

    /// Keeps a call while there is room.
    fn keep(&mut self, visitor: VisitorId, call: Call) -> bool {
        let room = self.0.len() < MAX_CALLS || self.0.contains_key(&visitor);
        if room {
            self.0.insert(visitor, call);
        }
        room
    }

    /// Ends a call. Whether it stood.
    fn end(&mut self, visitor: VisitorId) -> bool {
        let call = self.0.get_mut(&visitor);
        call.is_some_and(|call| std::mem::take(&mut call.stands))
    }

    /// When someone who may not call again yet called.
    fn called_lately(&self, visitor: VisitorId, now_ms: u64) -> bool {
        let call = self.0.get(&visitor);
        call.is_some_and(|call| now_ms < call.at_ms.saturating_add(CALL_AGAIN_MS))
    }
}

impl Room {
    /// A visitor of this relay does something about help.
    pub(super) fn help(&mut self, visitor: VisitorId, act: HelpAct, now_ms: u64) {
        match act {
            HelpAct::Call => self.call_helper(visitor, now_ms),
            HelpAct::Over => self.call_is_over(visitor),
            HelpAct::Come(caller) => self.come(visitor, caller, now_ms),
        }
    }

    /// Tells a helper who has come in of every call that stands.
    pub(super) fn tell_calls(&self, visitor: VisitorId) {
        for (caller, call) in self.calls.0.iter().filter(|(_, call)| call.stands) {
            self.tell_helper(visitor, *caller, &called(*caller, call));
        }
    }

    /// Whoever called has left, or says that it is over.
    pub(super) fn call_is_over(&mut self, caller: VisitorId) {
        if self.calls.end(caller) {
            self.spread_help(caller, HelpNews::Over { visitor: caller });
        }
    }

    /// Takes in what a room of another relay told.
    pub(super) fn hear_help(&mut self, caller: VisitorId, news: &HelpNews, now_ms: u64) {
        match news {
            HelpNews::Called { name, at, .. } => {
                let call = Call {
                    name: name.clone(),
                    at: *at,
                    at_ms: now_ms,
                    stands: true,
                };
                if !self.calls.keep(caller, call) {
                    return;
                }
            }
            HelpNews::Comes { .. } | HelpNews::Over { .. } => {
                self.calls.end(caller);
            }
            HelpNews::Told { .. } => return,
        }
        self.tell_help(caller, news);
    }

    fn call_helper(&mut self, visitor: VisitorId, now_ms: u64) {
        let Some(caller) = self.visitors.get(&visitor) else {
            return;
        };
        let call = Call {
            name: caller.name.clone(),
            at: caller.stance.position,
            at_ms: now_ms,
            stands: true,
        };
        let news = called(visitor, &call);
        if self.calls.called_lately(visitor, now_ms) || !self.calls.keep(visitor, call) {
            return self.tell(visitor, &RelayMessage::Notice(Notice::Slower));
        }
        let helpers = self.helpers(visitor);
        self.spread_help(visitor, news);
        self.tell(visitor, &RelayMessage::Help(HelpNews::Told { helpers }));
    }

    /// How many helpers are here besides someone, on all relays.
    fn helpers(&self, besides: VisitorId) -> u32 {
        let ours = self
            .visitors
            .iter()
            .filter(|(id, visitor)| **id != besides && visitor.role >= Role::Helper);
        (ours.count() + self.peers.helpers()) as u32
    }

    /// A helper goes to whoever called: next to where he stands now, or stood when he called from another relay.
    fn come(&mut self, helper: VisitorId, caller: VisitorId, now_ms: u64) {
        let may = self
            .visitors
            .get(&helper)
            .is_some_and(|helper| helper.role >= Role::Helper);
        let call = self.calls.0.get(&caller).filter(|call| may && call.stands);
        let Some(at) = call.map(|call| call.at) else {
            return self.tell(helper, &RelayMessage::Notice(Notice::NotHere));
        };
        let at = self
            .visitors
            .get(&caller)
            .map_or(at, |caller| caller.stance.position);
        let stance = self.beside(at);
        self.set_down(helper, stance, now_ms);
        self.calls.end(caller);
        let name = self.visitors.get(&helper).map(|helper| helper.name.clone());
        self.spread_help(
            caller,
            HelpNews::Comes {
                helper,
                name: name.unwrap_or_default(),
            },
        );
    }

    /// A stance beside a position and facing it, on the side where there is most room.
    fn beside(&self, at: Position) -> Stance {
        /// East, south, west, north: the step there, and which way back.
        const SIDES: [(i32, i32, u8); 4] = [(1, 0, 192), (0, 1, 0), (-1, 0, 64), (0, -1, 128)];
        let sides = SIDES.map(|(x, z, back)| {
            let wished = Point::new(at.point.x + x * BESIDE_CM, at.point.z + z * BESIDE_CM);
            let position = self.ground.slide(at, wished);
            let gained = (position.point.x - at.point.x).abs() + (position.point.z - at.point.z).abs();
            (gained, position, Heading(back))
        });
        let [first, others @ ..] = sides;
        let (_, position, heading) = others
            .into_iter()
            .fold(first, |best, next| if next.0 > best.0 { next } else { best });
        Stance {
            position,
            heading,
            ..Stance::default()
        }
    }

    /// Tells this relay's visitors, and the channel's rooms on the other relays.
    fn spread_help(&self, caller: VisitorId, news: HelpNews) {
        self.tell_help(caller, &news);
        self.publish(Parcel::Help { caller, news });
    }

    fn tell_help(&self, caller: VisitorId, news: &HelpNews) {
        let to_helpers = match news {
            // That someone comes is the caller's to know; for the helpers the call is over.
            HelpNews::Comes { .. } => {
                self.tell(caller, &RelayMessage::Help(news.clone()));
                HelpNews::Over { visitor: caller }
            }
            news => news.clone(),
        };
        for helper in self.visitors.keys() {
            self.tell_helper(*helper, caller, &to_helpers);
        }
    }

    fn tell_helper(&self, helper: VisitorId, caller: VisitorId, news: &HelpNews) {
        let hears = self.visitors.get(&helper).is_some_and(|visitor| {
            visitor.role >= Role::Helper && !visitor.credentials.blocked.contains(&caller)
        });
        if hears && helper != caller {
            self.tell(helper, &RelayMessage::Help(news.clone()));
        }
    }
}

fn called(visitor: VisitorId, call: &Call) -> HelpNews {
    HelpNews::Called {
        visitor,
        name: call.name.clone(),
        at: call.at,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{arrival, room},
        *,
    };
    use crate::outbox::Outbox;

    const NOW: u64 = 1_800_000_000_000;
    const CALLER: VisitorId = VisitorId(1);
    const HELPER: VisitorId = VisitorId(2);
    const GUEST: VisitorId = VisitorId(3);

    fn come(room: &mut Room, visitor: VisitorId, spot: &str, role: Role) -> Outbox {
        let outbox = Outbox::detached();
        room.join(arrival(visitor, spot, NOW), outbox.clone(), NOW);
        if let Some(arrived) = room.visitors.get_mut(&visitor) {
            arrived.role = role;
        }
        outbox
    }

    fn news(outbox: &Outbox) -> Vec<HelpNews> {
        let messages = std::iter::from_fn(|| outbox.take());
        let read = messages.filter_map(|message| match RelayMessage::decode(&message) {
            Ok(RelayMessage::Help(news)) => Some(news),
            _ => None,
        });
        read.collect()
    }

    #[test]
    fn helpers_hear_a_call_and_one_is_set_down_beside_the_caller() {
        let mut room = room();
        let caller = come(&mut room, CALLER, "west", Role::Visitor);
        let helper = come(&mut room, HELPER, "east", Role::Helper);
        let guest = come(&mut room, GUEST, "west", Role::Visitor);
        room.help(CALLER, HelpAct::Call, NOW);
        assert_eq!(news(&caller), [HelpNews::Told { helpers: 1 }]);
        assert!(matches!(
            news(&helper)[..],
            [HelpNews::Called { visitor: CALLER, .. }]
        ));

        room.help(HELPER, HelpAct::Come(CALLER), NOW + 1);
        let [there, came] = [CALLER, HELPER].map(|who| room.visitors[&who].stance.position.point.to_m());
        assert!(there.distance(came) < 2.0 && there.distance(came) > 0.5);
        assert!(
            matches!(&news(&caller)[..], [HelpNews::Comes { helper: HELPER, name }] if name == "visitor 2")
        );
        assert_eq!(news(&helper), [HelpNews::Over { visitor: CALLER }]);
        assert_eq!(news(&guest), [], "nobody else hears any of it");
    }

    #[test]
    fn only_helpers_come_and_only_to_those_who_call() {
        let mut room = room();
        come(&mut room, CALLER, "west", Role::Visitor);
        come(&mut room, HELPER, "east", Role::Helper);
        come(&mut room, GUEST, "east", Role::Visitor);
        let before = [HELPER, GUEST].map(|who| room.visitors[&who].stance);
        room.help(HELPER, HelpAct::Come(CALLER), NOW);
        room.help(CALLER, HelpAct::Call, NOW);
        room.help(GUEST, HelpAct::Come(CALLER), NOW);
        assert_eq!([HELPER, GUEST].map(|who| room.visitors[&who].stance), before);
    }

    #[test]
    fn a_call_is_told_once_and_to_whoever_helps_later_until_it_is_over() {
        let mut room = room();
        let caller = come(&mut room, CALLER, "west", Role::Visitor);
        room.help(CALLER, HelpAct::Call, NOW);
        room.help(CALLER, HelpAct::Call, NOW + 1);
        assert_eq!(news(&caller), [HelpNews::Told { helpers: 0 }]);
        let helper = come(&mut room, HELPER, "east", Role::Helper);
        room.tell_calls(HELPER);
        assert!(matches!(
            news(&helper)[..],
            [HelpNews::Called { visitor: CALLER, .. }]
        ));
        room.depart(CALLER);
        assert_eq!(news(&helper), [HelpNews::Over { visitor: CALLER }]);
        room.tell_calls(HELPER);
        assert_eq!(news(&helper), []);
        room.calls.tidy(NOW + CALL_AGAIN_MS);
        assert!(room.calls.0.is_empty());
    }

    #[test]
    fn calls_of_other_relays_are_bounded() {
        let mut room = room();
        for caller in 10..20 + MAX_CALLS as u64 {
            let visitor = VisitorId(caller);
            let called = HelpNews::Called {
                visitor,
                name: "far".to_owned(),
                at: Position::default(),
            };
            room.hear_help(visitor, &called, NOW);
        }
        assert_eq!(room.calls.0.len(), MAX_CALLS);
    }
}
