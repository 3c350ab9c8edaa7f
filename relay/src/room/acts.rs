//! What a visitor does: move, say, appear, teleport, ask for key frames.

use std::collections::BTreeMap;

use shared::{
    check::MotionCheck,
    moderation::Role,
    motion::Motion,
    phrases,
    protocol::{Notice, Reach, RelayMessage, Said, Stance, Utterance, VisitorId},
    text::{clean_line, clean_name},
};

use super::{Act, Claim, state::Room, visitor::Visitor};
use crate::{backplane::Parcel, filter::Filter, ledger::Line, outbox::Frame};

/// Longest language tag that is passed on, in bytes.
const LANGUAGE_BYTES: usize = 16;

/// Who acts; none when it was by an older connection.
fn actor(
    visitors: &mut BTreeMap<VisitorId, Visitor>,
    visitor: VisitorId,
    generation: u64,
) -> Option<&mut Visitor> {
    visitors
        .get_mut(&visitor)
        .filter(|actor| actor.generation == generation)
}

impl Room {
    /// Believes a claimed move, or corrects it.
    pub(super) fn judge(&mut self, claim: Claim, now_ms: u64) {
        let Claim {
            visitor,
            generation,
            sequence,
            stance,
        } = claim;
        let Some(actor) = actor(&mut self.visitors, visitor, generation) else {
            return;
        };
        actor.sequence = sequence;
        if actor.ride.is_some() {
            // It was on its way when the seat was taken: nobody walks in a vehicle.
            return;
        }
        // Only the room says who rides.
        if stance.motion != Motion::Ride && actor.check.allow(&self.ground, actor.stance, stance, now_ms) {
            actor.place(stance);
        } else {
            self.around.metrics.corrections.inc();
            actor.send(&RelayMessage::Correct {
                sequence,
                stance: actor.stance,
            });
        }
    }

    pub(super) fn act(&mut self, visitor: VisitorId, generation: u64, act: Act, now_ms: u64) {
        let Some(actor) = actor(&mut self.visitors, visitor, generation) else {
            return;
        };
        match act {
            Act::Say { reach, utterance } => match speakable(utterance) {
                Some(utterance) if is_unwanted(&self.around.filter, &utterance) => {
                    self.tell(visitor, &RelayMessage::Notice(Notice::LineRefused));
                }
                Some(utterance) => match self.may_speak(visitor, now_ms) {
                    Ok(()) => self.say(visitor, reach, utterance, now_ms),
                    Err(notice) => self.tell(visitor, &RelayMessage::Notice(notice)),
                },
                None => actor.send(&RelayMessage::Notice(Notice::Unsayable)),
            },
            Act::Appear { name, look } => {
                actor.look = look;
                if let Some(name) = clean_name(&name) {
                    if self.around.filter.refuses_name(&name, actor.role > Role::Visitor) {
                        actor.send(&RelayMessage::Notice(Notice::NameRefused));
                    } else {
                        actor.name = name;
                    }
                }
                let ticket = actor.write_ticket(visitor, &self.channel, &self.around.key, now_ms);
                actor.send(&RelayMessage::Ticket(ticket));
                self.introduce(visitor);
            }
            Act::Teleport { spot } => {
                if self.place.spot(&spot).is_none() {
                    return actor.send(&RelayMessage::Notice(Notice::NoSuchSpot));
                }
                let stance = self.at_spot(Some(&spot), visitor);
                self.set_down(visitor, stance, now_ms);
            }
            Act::Reseed => {
                self.around.metrics.stream_gaps.inc();
                actor.watch.anew = true;
            }
            Act::Light(light) => {
                actor.watch.anew |= actor.watch.light != light;
                actor.watch.light = light;
            }
            Act::Lever(lever) => self.pull(visitor, lever, now_ms),
            Act::Block { other, blocked } => self.block(visitor, other, blocked),
            Act::Report { other } => self.report(visitor, other, now_ms),
            Act::Help(act) => self.help(visitor, act, now_ms),
            Act::Come(caller) => self.come(visitor, caller, now_ms),
            Act::Alight => self.alight(visitor),
        }
    }

    /// Puts an avatar elsewhere. Moves that were on their way meanwhile start from the old place: with an empty bucket
    /// none of them pulls the avatar back.
    pub(super) fn set_down(&mut self, visitor: VisitorId, stance: Stance, now_ms: u64) {
        self.end_ride(visitor);
        if let Some(actor) = self.visitors.get_mut(&visitor) {
            actor.place(stance);
            actor.check = MotionCheck::spent(now_ms);
            actor.send(&RelayMessage::Correct {
                sequence: actor.sequence,
                stance,
            });
        }
    }

    fn say(&mut self, visitor: VisitorId, reach: Reach, utterance: Utterance, now_ms: u64) {
        let Some(speaker) = self.visitors.get(&visitor) else {
            return;
        };
        let (line, at_ms) = self.numbering.next(self.around.source, now_ms);
        let said = Said {
            line,
            visitor,
            name: speaker.name.clone(),
            reach,
            utterance,
            at_ms,
        };
        let at = speaker.stance.position;
        let receipt = speaker.outbox().cloned();
        self.around.metrics.lines_said.inc();
        self.publish(Parcel::Said {
            said: said.clone(),
            at,
        });
        let line = Line { said, at };
        self.hear(&line, Some(visitor));
        // The speaker hears it as a receipt: when it is where it outlives this relay.
        if let Some(outbox) = receipt {
            self.around.ledger.say(&self.channel, line, outbox, now_ms);
        }
    }

    /// Passes on what comes late, to those who were here when it was said.
    pub(super) fn hear_late(&self, line: &Line) {
        let message = Frame::of(&RelayMessage::Said(line.said.clone()));
        for listener in self.visitors.values() {
            let was_here = listener.came_ms <= line.said_ms();
            if was_here
                && !listener.credentials.blocked.contains(&line.said.visitor)
                && line.is_heard_at(listener.stance.position)
                && let Some(outbox) = listener.outbox()
            {
                outbox.send_frame(message.clone());
            }
        }
    }

    /// Passes on what was said to those of this relay who can hear it, but for one who is told otherwise.
    pub(super) fn hear(&self, line: &Line, but: Option<VisitorId>) {
        let message = Frame::of(&RelayMessage::Said(line.said.clone()));
        for (visitor, listener) in &self.visitors {
            let hears = but != Some(*visitor)
                && !listener.credentials.blocked.contains(&line.said.visitor)
                && line.is_heard_at(listener.stance.position);
            if let (true, Some(outbox)) = (hears, listener.outbox()) {
                outbox.send_frame(message.clone());
            }
        }
    }
}

/// What may be passed on of something said; none when nothing is left of it.
fn speakable(utterance: Utterance) -> Option<Utterance> {
    match utterance {
        Utterance::Line { text, language } => Some(Utterance::Line {
            text: clean_line(&text)?,
            language: language_tag(language),
        }),
        Utterance::Phrase(index) => phrases::key(index).map(|_| Utterance::Phrase(index)),
    }
}

/// Whether it has a word that the host does not want.
fn is_unwanted(filter: &Filter, utterance: &Utterance) -> bool {
    matches!(utterance, Utterance::Line { text, .. } if filter.refuses_line(text))
}

/// A language's tag; empty for what is none.
pub(super) fn language_tag(language: String) -> String {
    let is_tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if language.len() <= LANGUAGE_BYTES && language.chars().all(is_tag) {
        language
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{arrival, room},
        *,
    };
    use crate::outbox::Outbox;

    #[test]
    fn what_is_said_is_cleaned_and_its_language_is_a_tag() {
        let line = |text: &str, language: &str| Utterance::Line {
            text: text.to_owned(),
            language: language.to_owned(),
        };
        assert_eq!(
            speakable(line("\u{202E}hi\u{7}", "en-GB")),
            Some(line("hi", "en-GB"))
        );
        assert_eq!(speakable(line("hi", "<b>")), Some(line("hi", "")));
        assert_eq!(speakable(line("\u{200B}\u{2066}", "en")), None);
        assert_eq!(speakable(Utterance::Phrase(0)), Some(Utterance::Phrase(0)));
        assert_eq!(speakable(Utterance::Phrase(9_999)), None);
    }

    #[test]
    fn a_move_from_before_a_teleport_does_not_pull_the_avatar_back() {
        const WHO: VisitorId = VisitorId(7);
        const NOW: u64 = 1_800_000_000_000;
        let mut room = room();
        room.join(arrival(WHO, "west", NOW), Outbox::detached(), NOW);
        let mut late = room.visitors[&WHO].stance;
        late.position.point.z += 30;
        let spot = "east".to_owned();
        room.act(WHO, NOW, Act::Teleport { spot }, NOW + 1_000);
        let there = room.visitors[&WHO].stance;
        assert!(there.position.point.x > 0);
        let claim = Claim {
            visitor: WHO,
            generation: NOW,
            sequence: 1,
            stance: late,
        };
        room.judge(claim, NOW + 1_300);
        assert_eq!(room.visitors[&WHO].stance, there);
    }
}
