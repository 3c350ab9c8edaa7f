//! The people of the made-up world: who they are, how they walk about, what they say. Nothing is random: the same scene looks
//! the same each time.

use glam::Vec2;
use shared::{
    look::Look,
    moderation::Role,
    motion::{Motion, WALK_M_S},
    phrases,
    protocol::{Stance, TICK_HZ, Utterance, VisitorId, Who},
    space::{Heading, Point, Position},
    walk::Ground,
};

/// Ids below are the page's own.
const FIRST_ID: u64 = 100;

/// What people are called, in the languages that they speak.
const NAMES: [(&str, &str); 12] = [
    ("지호", "ko"),
    ("Emma", "en"),
    ("さくら", "ja"),
    ("李华", "zh-Hans"),
    ("서연", "ko"),
    ("Oliver", "en"),
    ("蓮", "ja"),
    ("王芳", "zh-Hans"),
    ("할머니 순자", "ko"),
    ("Aisha", "en"),
    ("陽菜", "ja"),
    ("A name that is as long as one may be", "en"),
];

/// What they say, in turn with ready-made sentences.
const LINES: [(&str, &str); 6] = [
    ("오늘 날씨가 정말 좋네요.", "ko"),
    ("Is the palace open in the evening?", "en"),
    ("写真を撮ってもらえますか。", "ja"),
    ("地铁站怎么走?我第一次来首尔。", "zh-Hans"),
    ("https://example.org/festival 10:30, 010-1234-5678", "en"),
    (
        "A line as long as some people like to write them, which goes on and on so that whoever lays out the chat sees what \
         becomes of it where there is little room for words.",
        "en",
    ),
];

/// How far from where the visitor came in people stand and walk, in metres.
const AROUND_M: f32 = 28.0;

/// How long people walk and stand in turn, in ticks.
const SPELL: u32 = 6 * TICK_HZ;

/// Someone.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who it is.
    pub who: Who,
    /// How they stand.
    pub stance: Stance,
    /// Where they come back to.
    home: Vec2,
    number: u32,
    language: &'static str,
}

/// So many people around a position, the first of them a helper and the second a host.
pub fn around(ground: &Ground, middle: Position, count: u16) -> Vec<Person> {
    (0..u32::from(count))
        .map(|number| {
            // A sunflower's seeds: even, and never in rows.
            const GOLDEN: f32 = 2.399_963;
            let spread_m = AROUND_M.min(12.0 + 0.2 * f32::from(count));
            let share = (number as f32 + 0.5) / f32::from(count);
            let off = Vec2::from_angle(number as f32 * GOLDEN) * (2.0 + spread_m * share.sqrt());
            let home = ground.slide(middle, Point::from_m(middle.point.to_m() + off));
            let (name, language) = NAMES[number as usize % NAMES.len()];
            let again = number as usize / NAMES.len();
            let name = if again == 0 {
                name.to_owned()
            } else {
                format!("{name} {}", again + 1)
            };
            let mut look = Look::from_seed(u64::from(number) * 7_919 + 13);
            look.aid = if number % 9 == 8 {
                1 + (number / 9 % 3) as u8
            } else {
                0
            };
            let role = match number {
                0 => Role::Helper,
                1 => Role::Host,
                _ => Role::Visitor,
            };
            Person {
                who: Who {
                    visitor: VisitorId(FIRST_ID + u64::from(number)),
                    name,
                    look,
                    role,
                },
                stance: Stance {
                    position: home,
                    heading: Heading((number * 101) as u8),
                    motion: Motion::Stand,
                },
                home: home.point.to_m(),
                number,
                language,
            }
        })
        .collect()
}

impl Person {
    /// Goes on for a tick: most walk for a while, then stand; some stand and make gestures.
    pub fn step(&mut self, ground: &Ground, tick: u32) {
        let spell = tick / SPELL + self.number;
        let begins = tick.is_multiple_of(SPELL);
        if self.number.is_multiple_of(3) || spell.is_multiple_of(2) {
            self.stance.motion = if self.number.is_multiple_of(2) && spell.is_multiple_of(3) {
                Motion::EMOTES[(spell as usize / 3) % Motion::EMOTES.len()]
            } else {
                Motion::Stand
            };
            return;
        }
        let at = self.stance.position.point.to_m();
        let is_far = at.distance(self.home) > AROUND_M / 2.0;
        if begins || is_far {
            let back = self.home - at;
            let astray = f32::from((spell * 83 % 64) as u8) / 64.0 - 0.5;
            self.stance.heading = Heading::from_radians(back.x.atan2(-back.y) + astray);
        }
        let ahead = self.stance.heading.direction() * (WALK_M_S / TICK_HZ as f32);
        let wanted = Point::from_m(at + ahead);
        let reached = ground.slide(self.stance.position, wanted);
        if reached.point != wanted {
            self.stance.heading = Heading(self.stance.heading.0.wrapping_add(37));
        }
        self.stance.position = reached;
        self.stance.motion = Motion::Walk;
    }

    /// What this person says for the `count`th thing that is said.
    pub fn says(&self, count: usize) -> Utterance {
        let of_theirs: Vec<&str> = LINES
            .iter()
            .filter(|(_, language)| *language == self.language)
            .map(|(line, _)| *line)
            .collect();
        match of_theirs.get(count / 2 % of_theirs.len().max(1)) {
            Some(text) if count.is_multiple_of(2) => Utterance::Line {
                text: (*text).to_owned(),
                language: self.language.to_owned(),
            },
            _ => Utterance::Phrase((count * 5 % phrases::PHRASES.len()) as u16),
        }
    }
}
