//! What is to happen in the made-up world, by the name in `?mock=`.

use shared::{
    moderation::{ChatRule, Role},
    protocol::{CloseReason, Notice},
};

/// What is to happen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scene {
    /// How many people are there.
    pub people: u16,
    /// What the visitor is to them.
    pub role: Role,
    /// Who may speak.
    pub chat: ChatRule,
    /// Why nobody is let in, if so.
    pub refused: Option<CloseReason>,
    /// Whether the line goes down some seconds after the welcome, and stays down.
    pub is_lost: bool,
    /// What the visitor is told after the welcome.
    pub notice: Option<Notice>,
    /// Whether something is announced.
    pub announces: bool,
}

impl Scene {
    /// Of a name; any other name than those below is an ordinary day. `close-<reason>` is one for each [`CloseReason`].
    pub fn named(name: &str) -> Self {
        let day = Self {
            people: 12,
            role: Role::Visitor,
            chat: ChatRule::Open,
            refused: None,
            is_lost: false,
            notice: None,
            announces: false,
        };
        let role = |role| Self { role, ..day };
        let chat = |chat| Self { chat, ..day };
        match name {
            "empty" => Self { people: 0, ..day },
            "crowd" => Self { people: 300, ..day },
            "helper" => role(Role::Helper),
            "host" => role(Role::Host),
            "official" => role(Role::Official),
            "chat-slow" => chat(ChatRule::Slow),
            "chat-closed" => chat(ChatRule::Closed),
            "lost" => Self { is_lost: true, ..day },
            "alone" => Self {
                notice: Some(Notice::Alone),
                ..day
            },
            "muted" => Self {
                notice: Some(Notice::Muted { minutes: 5 }),
                ..day
            },
            "announced" => Self {
                announces: true,
                ..day
            },
            _ => Self {
                refused: name
                    .strip_prefix("close-")
                    .and_then(|reason| CloseReason::ALL.into_iter().find(|known| known.name() == reason)),
                ..day
            },
        }
    }
}
