//! Who of this room calls and helps, as the desk is told of it, and helpers who are set down beside a caller.

use shared::{
    help::{HelpAct, HelpNews},
    moderation::Role,
    protocol::{Notice, RelayMessage, Stance, VisitorId},
    space::{Heading, Point, Position},
};

use super::state::Room;
use crate::desk::Present;

/// How far from the caller a helper is set down, in centimetres.
const BESIDE_CM: i32 = 130;

impl Room {
    /// A visitor of this relay does something about help.
    pub(super) fn help(&mut self, visitor: VisitorId, act: HelpAct, now_ms: u64) {
        let desk = &self.around.desk;
        match act {
            HelpAct::Call => {
                let Some(caller) = self.present(visitor) else {
                    return;
                };
                let answer = match desk.call(&caller, now_ms) {
                    Ok(helpers) => RelayMessage::Help(HelpNews::Told { helpers }),
                    Err(notice) => RelayMessage::Notice(notice),
                };
                self.tell(visitor, &answer);
            }
            HelpAct::Over => desk.take_back(visitor),
        }
    }

    /// The desk learns who a visitor is now, and where.
    pub(super) fn note_at_desk(&self, visitor: VisitorId) {
        if let Some(present) = self.present(visitor) {
            self.around.desk.note(&present);
        }
    }

    /// The desk learns where those stand by now who call.
    pub(super) fn follow_callers(&self) {
        for caller in self.around.desk.callers_in(&self.channel) {
            self.note_at_desk(caller);
        }
    }

    /// A helper goes to someone in this channel who calls.
    pub(super) fn come(&mut self, helper: VisitorId, caller: VisitorId, now_ms: u64) {
        let call = self.around.desk.call_for(helper, caller);
        let Some(call) = call.filter(|call| call.channel == self.channel) else {
            return self.tell(helper, &RelayMessage::Notice(Notice::NotHere));
        };
        let stance = self.beside(caller, call.at);
        self.set_down(helper, stance, now_ms);
        self.has_come(helper, caller);
    }

    /// A helper stands beside a caller now.
    pub(super) fn has_come(&self, helper: VisitorId, caller: VisitorId) {
        if let Some(present) = self.visitors.get(&helper) {
            self.around.desk.answer(caller, helper, &present.name);
        }
    }

    /// A stance beside someone and facing them, on the side where there is most room: where they stand, or were seen last
    /// from another relay.
    pub(super) fn beside(&self, caller: VisitorId, seen: Position) -> Stance {
        /// East, south, west, north: the step there, and which way back.
        const SIDES: [(i32, i32, u8); 4] = [(1, 0, 192), (0, 1, 0), (-1, 0, 64), (0, -1, 128)];
        let caller = self.visitors.get(&caller);
        let at = caller.map_or(seen, |caller| caller.stance.position);
        // Whoever rides may be where nobody can stand.
        let at = if self.ground.is_free(at) {
            at
        } else {
            self.ground.nearest_free(at)
        };
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

    /// Someone who is connected, as the desk is told; none for an avatar that only stands for a while.
    fn present(&self, visitor: VisitorId) -> Option<Present<'_>> {
        let known = self.visitors.get(&visitor)?;
        Some(Present {
            visitor,
            generation: known.generation,
            outbox: known.outbox()?,
            name: &known.name,
            channel: &self.channel,
            at: known.stance.position,
            helps: known.role >= Role::Helper,
            blocked: &known.credentials.blocked,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Act,
            tests::{arrival, room},
        },
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
        room.note_at_desk(visitor);
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
            &news(&helper)[..],
            [HelpNews::Called { visitor: CALLER, place, .. }] if place == "yard"
        ));

        // Where the caller stands by then counts.
        room.act(
            CALLER,
            NOW,
            Act::Teleport {
                spot: "east".to_owned(),
            },
            NOW + 1,
        );
        room.act(HELPER, NOW, Act::Come(CALLER), NOW + 2);
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
        room.come(HELPER, CALLER, NOW);
        room.help(CALLER, HelpAct::Call, NOW);
        room.come(GUEST, CALLER, NOW);
        assert_eq!([HELPER, GUEST].map(|who| room.visitors[&who].stance), before);
    }

    #[test]
    fn a_call_ends_with_the_visit_and_goes_along_to_another_room() {
        let mut here = room();
        let around = here.around.clone();
        come(&mut here, CALLER, "west", Role::Visitor);
        let helper = come(&mut here, HELPER, "east", Role::Helper);
        here.help(CALLER, HelpAct::Call, NOW);
        assert_eq!(news(&helper).len(), 1);
        // As the rooms hear of it when a seat is taken, before the connection asks to depart.
        here.let_go(CALLER, NOW + 1, true);
        here.go_on(CALLER, NOW);
        assert_eq!(news(&helper), []);
        let mut there = super::super::tests::room_of(around);
        there.channel.number = 2;
        there.join(arrival(CALLER, "east", NOW + 1), Outbox::detached(), NOW);
        assert_eq!(channel_of_call(&there, CALLER), Some(2));
        there.leave(CALLER, NOW + 1, true, NOW);
        assert_eq!(news(&helper).last(), Some(&HelpNews::Over { visitor: CALLER }));
    }

    fn channel_of_call(room: &Room, caller: VisitorId) -> Option<u16> {
        let call = room.around.desk.call_for(HELPER, caller);
        call.map(|call| call.channel.number)
    }
}
