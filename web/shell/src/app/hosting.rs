//! Announcements, levers of hosts, and people whom the visitor has blocked.

use shared::{
    moderation::{ADDRESS_BAN_AT_MOST_MIN, Announcement, ChatRule, Lever, Role},
    protocol::{ClientMessage, Notice, VisitorId, Welcome},
    text::clean_line,
};

use super::App;
use crate::{
    page::{self, ticket},
    views::narrator,
    words::number,
    world::talk::Translation,
};

/// How long an announcement stays on the screen, in milliseconds, unless the reader closes it.
const ANNOUNCED_MS: f64 = 60_000.0;

/// Minutes for which a host can mute, in the order offered.
pub const MUTE_MIN: [u32; 2] = [10, 60];

/// Minutes for which a host can ban, in the order offered.
pub const BAN_MIN: [u32; 2] = [60, 24 * 60];

/// Something that concerns order in the place.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Opens or closes the menu of someone in the list of people.
    Menu(VisitorId),
    /// Neither sees nor hears someone from now on.
    Block(VisitorId),
    /// Sees and hears someone again.
    Unblock(VisitorId),
    /// Reports someone to those who run the city.
    Report(VisitorId),
    /// Closes the announcement.
    Heard,
    /// Whether the next ban counts for the address as well.
    WithAddress(bool),
    /// Tells everyone in the place something.
    Announce(String),
    /// Mutes someone for minutes, or lets him speak again with 0.
    Mute(VisitorId, u32),
    /// Ends someone's visit.
    Remove(VisitorId),
    /// Bans someone for minutes, or lets him in again with 0.
    Ban(VisitorId, u32),
    /// Opens, slows or closes the chat.
    Chat(ChatRule),
}

/// Something announced, as long as it is on the screen.
#[derive(Clone, Debug)]
pub struct Announced {
    /// What.
    pub told: Announcement,
    /// In the reader's language.
    pub translation: Translation,
    /// When it goes, in milliseconds.
    until_ms: f64,
}

/// What the page knows of it.
#[derive(Clone, Debug, Default)]
pub struct Hosting {
    /// What the visitor is to the others.
    pub role: Role,
    /// Who may speak.
    pub chat: ChatRule,
    /// What was announced last.
    pub announcement: Option<Announced>,
    /// Whose menu is open.
    pub menu: Option<VisitorId>,
    /// Whether the next ban counts for the address as well.
    pub with_address: bool,
    /// Whom this host has banned since the page was opened.
    pub banned: Vec<(VisitorId, String)>,
}

impl App {
    /// True when the page has to be rendered.
    pub(super) fn order(&mut self, order: Order) -> bool {
        match order {
            Order::Menu(visitor) => {
                let open = self.hosting.menu == Some(visitor);
                self.hosting.menu = (!open).then_some(visitor);
            }
            Order::Block(visitor) => self.block(visitor, true),
            Order::Unblock(visitor) => self.block(visitor, false),
            Order::Report(visitor) => self.send(&ClientMessage::Report { visitor }),
            Order::Heard => self.hosting.announcement = None,
            Order::WithAddress(with) => self.hosting.with_address = with,
            Order::Announce(text) => {
                if let Some(text) = clean_line(&text) {
                    let language = self.words.as_ref().map(|words| words.language().to_owned());
                    self.pull(Lever::Announce {
                        text,
                        language: language.unwrap_or_default(),
                    });
                }
            }
            Order::Mute(visitor, minutes) => self.pull(Lever::Mute { visitor, minutes }),
            Order::Remove(visitor) => self.pull(Lever::Remove { visitor }),
            Order::Ban(visitor, minutes) => {
                self.hosting.banned.retain(|(banned, _)| *banned != visitor);
                if minutes > 0
                    && let Some(name) = self.name_of(visitor)
                {
                    self.hosting.banned.push((visitor, name));
                }
                let address = self.hosting.with_address && minutes > 0;
                self.pull(Lever::Ban {
                    visitor,
                    minutes,
                    address_minutes: if address { ADDRESS_BAN_AT_MOST_MIN } else { 0 },
                });
            }
            Order::Chat(rule) => self.pull(Lever::Chat(rule)),
        }
        true
    }

    fn pull(&mut self, lever: Lever) {
        self.send(&ClientMessage::Lever(lever));
    }

    fn name_of(&self, visitor: VisitorId) -> Option<String> {
        let world = self.world.as_ref()?.borrow();
        Some(world.others.identity(visitor)?.name.clone())
    }

    /// Whether the visitor wants to hear nothing of someone.
    pub(super) fn has_blocked(&self, visitor: VisitorId) -> bool {
        let world = self.world.as_ref();
        world.is_some_and(|world| world.borrow().others.blocked.contains_key(&visitor))
    }

    /// The relay passes nothing on of whom the visitor has blocked; the page does not show him.
    fn block(&mut self, visitor: VisitorId, blocked: bool) {
        let name = self.name_of(visitor).unwrap_or_default();
        let Some(world) = self.world.clone() else { return };
        let all = {
            let list = &mut world.borrow_mut().others.blocked;
            if blocked {
                list.insert(visitor, name);
            } else {
                list.remove(&visitor);
            }
            list.clone()
        };
        ticket::keep_blocked(&all);
        self.talk.forget(visitor);
        self.helping.forget(visitor);
        self.hosting.menu = None;
        if let Some(socket) = self.socket.as_ref().filter(|_| self.session.is_in()) {
            // Without a connection the next hello tells it.
            socket.send(&ClientMessage::Block { visitor, blocked });
        }
        self.tell(if blocked {
            "notice-blocked"
        } else {
            "notice-unblocked"
        });
    }

    /// The visitor is in: what held on an earlier connection may be over.
    pub(super) fn hosting_begins(&mut self, welcome: &Welcome) {
        ticket::keep_invitation("");
        let first = self.hosting.role != welcome.role;
        self.hosting.chat = ChatRule::Open;
        self.hosting.role = welcome.role;
        if first && welcome.role > Role::Visitor {
            self.tell(&format!("notice-role-{}", welcome.role.name()));
        }
    }

    /// The role has changed while the visitor is in.
    pub(super) fn role_came(&mut self, role: Role) {
        if self.hosting.role > Role::Visitor && role == Role::Visitor {
            self.tell("notice-role-over");
        }
        self.hosting.role = role;
    }

    /// Everyone in the place is told something: on the screen, and aloud.
    pub(super) fn announced(&mut self, announcement: Announcement) {
        if let Some(words) = &self.words {
            let sentence = narrator::announced(&announcement, words);
            self.speak(sentence);
        }
        self.hosting.announcement = Some(Announced {
            told: announcement,
            translation: Translation::default(),
            until_ms: page::now_ms() + ANNOUNCED_MS,
        });
    }

    /// Who may speak from now on.
    pub(super) fn chat_rule_came(&mut self, rule: ChatRule) {
        if rule != self.hosting.chat {
            self.hosting.chat = rule;
            self.tell(&format!("notice-chat-{}", rule.name()));
        }
    }

    /// A notice for a moment.
    pub(super) fn noticed(&mut self, notice: Notice) {
        let key = match notice {
            Notice::Alone => "notice-alone",
            Notice::Together => "notice-together",
            Notice::Slower => "notice-slower",
            Notice::Unsayable => "notice-unsayable",
            Notice::NoSuchSpot => "notice-no-such-spot",
            Notice::OtherChannel => "notice-other-channel",
            Notice::Done => "notice-done",
            Notice::NotAHost => "notice-not-a-host",
            Notice::Protected => "notice-protected",
            Notice::NotHere => "notice-not-here",
            Notice::Muted { minutes } => {
                let words = self.words.as_ref();
                let told = words.map(|words| words.say_with("notice-muted", &[("minutes", number(minutes))]));
                return self.tell_text(told.unwrap_or_default());
            }
            Notice::Unmuted => "notice-unmuted",
            Notice::ChatSlow => "notice-chat-slow",
            Notice::ChatClosed => "notice-chat-closed",
            Notice::InvitationInvalid => "notice-invitation-invalid",
            Notice::InvitationOver => "notice-invitation-over",
            Notice::InvitationElsewhere => "notice-invitation-elsewhere",
            Notice::BlockedEnough => "notice-blocked-enough",
            Notice::PlaceFull => "notice-place-full",
            Notice::Reported => "notice-reported",
            Notice::NotReported => "notice-not-reported",
            Notice::ReportedEnough => "notice-reported-enough",
            Notice::NameRefused => "notice-name-refused",
            Notice::LineRefused => "notice-line-refused",
            Notice::VehicleFull => "notice-vehicle-full",
            Notice::VehicleGone => "notice-vehicle-gone",
        };
        self.tell(key);
    }

    /// Takes away an announcement whose time is over. True when the page has to be rendered.
    pub(super) fn end_announcement(&mut self) -> bool {
        let over = |announced: &Announced| page::now_ms() > announced.until_ms;
        let ends = self.hosting.announcement.as_ref().is_some_and(over);
        if ends {
            self.hosting.announcement = None;
        }
        ends
    }
}
