//! The messages between browser and relay, version 1.
//!
//! One WebSocket message (binary) is one [`ClientMessage`] or one [`RelayMessage`] as postcard; nothing may follow it.
//! Enum variants are only appended within a version; golden vectors in `tests/golden.rs` pin the bytes.
//!
//! | message | who | when | at most |
//! |---|---|---|---|
//! | [`ClientMessage::Hello`] | client | first, within [`HELLO_DEADLINE_MS`]; again to go to another place | [`MAX_CLIENT_BYTES`] |
//! | all other client messages | client | after [`RelayMessage::Welcome`] | [`MAX_CLIENT_BYTES`] |
//! | [`RelayMessage::Welcome`] | relay | first; again for a hello that led elsewhere | [`MAX_RELAY_BYTES`] |
//! | all other relay messages | relay | after `Welcome` | [`MAX_RELAY_BYTES`] |
//!
//! Whoever is in and says hello again, with the ticket of this session, wishes to be elsewhere. The answer is another
//! welcome, after which nothing of the place before is told any more; or a notice, and the visitor stays:
//! [`Notice::NoSuchSpot`], [`Notice::PlaceFull`], [`Notice::NotHere`] or [`Notice::Slower`]. A helper who is called from
//! the same channel is set down there by [`RelayMessage::Correct`]. Between the hello and its answer the client claims no
//! motion, since the relay would take it for one in the new place.

mod closing;

pub use closing::CloseReason;
use serde::{Deserialize, Serialize};

use crate::{
    cell::Rate,
    help::{HelpAct, HelpNews},
    look::Look,
    moderation::{Announcement, ChatRule, Lever, Role},
    motion::Motion,
    space::{Heading, Position},
};

/// The WebSocket subprotocol of this version.
pub const SUBPROTOCOL: &str = "seoul.v1";

/// Offered by every client beside its version: a relay that cannot serve it selects this one and closes with a reason,
/// since a browser shows no reason for a refused handshake.
pub const REFUSE_SUBPROTOCOL: &str = "seoul.refuse";

/// Ticks a second: how often a relay encodes what moved.
pub const TICK_HZ: u32 = 15;

/// Largest message a client may send, in bytes.
pub const MAX_CLIENT_BYTES: usize = 4_096;

/// Largest message a relay sends, in bytes.
pub const MAX_RELAY_BYTES: usize = 256 << 10;

/// How long a relay waits for the hello.
pub const HELLO_DEADLINE_MS: u64 = 10_000;

/// A client pings this often; a connection silent for three times as long is ended, by either side.
pub const PING_EVERY_MS: u64 = 5_000;

/// How far a chat line of [`Reach::Near`] is heard.
pub const HEARING_CM: f32 = 2_500.0;

/// Most channels of a place.
pub const MAX_CHANNELS: u16 = 64;

/// Longest ticket, in bytes.
pub const MAX_TICKET_BYTES: usize = 512;

/// A connected person, for as long as the session lasts; random, never reused, 0 for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct VisitorId(pub u64);

/// What an avatar does at an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stance {
    /// Where it stands.
    pub position: Position,
    /// Where it faces.
    pub heading: Heading,
    /// What it does.
    pub motion: Motion,
}

/// Where a visitor wants to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destination {
    /// [`crate::city::Place::id`]; the city's arrival place when unknown there.
    pub place: String,
    /// [`crate::city::Spot::id`]; the place's first spot when none or unknown, but none to whoever is in another year of
    /// that ground means where they stand.
    pub spot: Option<String>,
    /// Which copy of the place, from 1: the wish is granted while there is room. None for any.
    pub channel: Option<u16>,
    /// Beside whom, for a helper who is in and has been told of a call: the relay knows in which place and channel.
    pub beside: Option<VisitorId>,
}

/// From the client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ClientMessage {
    /// Who comes, and where to; said again by someone who is in, where to go from here.
    Hello(Hello),
    /// The avatar moved, turned, or began another motion.
    Move {
        /// Counts up by one with each move of a connection; named by [`RelayMessage::Correct`].
        sequence: u32,
        /// What it does now.
        stance: Stance,
    },
    /// Says something.
    Say {
        /// How far.
        reach: Reach,
        /// What.
        utterance: Utterance,
    },
    /// Changes the given name or the look.
    Appear {
        /// New name; cleaned by [`crate::text::clean_name`].
        name: String,
        /// New look.
        look: Look,
    },
    /// Asks for the relay's clock; also keeps the connection alive.
    Ping {
        /// The client's own clock, in milliseconds; comes back unread.
        client_ms: u64,
    },
    /// Asks to be set down at a spot of the same place.
    Teleport {
        /// [`crate::city::Spot::id`].
        spot: String,
    },
    /// A stream of frames had a gap: asks for all of them anew ([`RelayMessage::Anew`]).
    Reseed,
    /// Moderates the place: for hosts and officials.
    Lever(Lever),
    /// Hears no more of someone, or hears of him again.
    Block {
        /// Whom.
        visitor: VisitorId,
        /// Whether he is blocked from now on.
        blocked: bool,
    },
    /// Whether the visitor wants as few bytes as will do, as when roaming.
    Light(bool),
    /// Reports someone to those who run the city. The relay adds the last lines, as it remembers them.
    Report {
        /// Whom.
        visitor: VisitorId,
    },
    /// Calls for a helper, or answers such a call.
    Help(HelpAct),
    /// Takes a seat in a vehicle that stands within [`BOARDING_CM`](crate::city::transit::BOARDING_CM). Until the visitor
    /// gets off, the relay moves the avatar with the vehicle, and takes no moves.
    Board {
        /// Index into [`crate::city::Place::transit`].
        line: u8,
        /// Which of its vehicles.
        vehicle: u8,
    },
    /// Gets off where the vehicle stands, or stands next.
    Alight,
}

/// The first message.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    /// The ticket of an earlier connection; empty for a new session.
    pub ticket: Vec<u8>,
    /// Wished name; the relay gives one when nothing visible is left of it after cleaning.
    pub name: String,
    /// Wished look.
    pub look: Look,
    /// Language of the interface, a BCP 47 tag such as `ko`.
    pub language: String,
    /// Where to.
    pub destination: Destination,
    /// Where the avatar was when the connection was lost: believed when the ticket makes it possible. Where it stands, for
    /// whoever goes on in another year of the same ground.
    pub stance: Option<Stance>,
    /// The newest [`Said::line`] that the client has of this place; 0 for none. What was said after it is recovered.
    pub last_line: u64,
    /// The invitation that the link carried, as it stood there; empty for none. At most
    /// [`crate::moderation::MAX_INVITATION_CHARS`].
    pub invitation: String,
    /// Whom this visitor has blocked; at most [`crate::moderation::MAX_BLOCKED`].
    pub blocked: Vec<VisitorId>,
    /// Whether the visitor wants as few bytes as will do, as when roaming.
    pub light: bool,
}

/// How far something said carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reach {
    /// Those within [`HEARING_CM`] on any level.
    #[default]
    Near,
    /// Everyone in the place.
    Place,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Utterance {
    /// A line of the visitor's own.
    Line {
        /// Cleaned by [`crate::text::clean_line`].
        text: String,
        /// Its language, a BCP 47 tag.
        language: String,
    },
    /// An index into [`crate::phrases::PHRASES`].
    Phrase(u16),
}

/// From the relay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RelayMessage {
    /// The visitor is in.
    Welcome(Welcome),
    /// The frames of the watched cells, one after the other, as [`crate::cell`] lays them out. At most one a tick.
    Frames(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Who some are: near ones within half a second of the first frame that shows them, all in the place within
    /// seconds; also at each change.
    Who(Vec<Who>),
    /// Someone within earshot said something; also sent to the speaker, as the receipt: then it is in the ledger.
    Said(Said),
    /// A claimed motion was not possible: the avatar stands here.
    Correct {
        /// The [`ClientMessage::Move`] that was refused.
        sequence: u32,
        /// Where it stands.
        stance: Stance,
    },
    /// Answer to [`ClientMessage::Ping`].
    Pong {
        /// As received.
        client_ms: u64,
        /// The relay's clock when it answered, in milliseconds since 1970.
        relay_ms: u64,
    },
    /// How many people are in the place now, on all relays.
    Count(u32),
    /// A fresh ticket, replacing the last.
    Ticket(Vec<u8>),
    /// Something about the connection or the place that the visitor should know.
    Notice(Notice),
    /// These left the place: forget their names and looks.
    Gone(Vec<VisitorId>),
    /// What was said while the connection was lost; once, soon after the [`Welcome`] of a session that goes on.
    Missed {
        /// What this visitor could have heard, oldest first; some of it may have arrived before.
        lines: Vec<Said>,
        /// Whether more was said, or may have been, that nobody can tell any more.
        gap: bool,
    },
    /// Something that everyone in the place is to know now.
    Announced(Announcement),
    /// Who may speak from now on; until it is told, everyone.
    Chat(ChatRule),
    /// All streams of frames end here; those that follow begin with key frames, the near ones first.
    Anew,
    /// Someone calls for a helper, to helpers; what became of the call, to whoever called.
    Help(HelpNews),
    /// The visitor sits in a vehicle now, or in none any more.
    Riding(Option<Ride>),
}

/// A seat in a vehicle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ride {
    /// Index into [`crate::city::Place::transit`].
    pub line: u8,
    /// Which of its vehicles.
    pub vehicle: u8,
    /// Which of its seats.
    pub seat: u16,
    /// Whether the visitor gets off at the next stop.
    pub alights: bool,
}

/// Who someone is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Whom it is about.
    pub visitor: VisitorId,
    /// The cleaned name.
    pub name: String,
    /// The look.
    pub look: Look,
    /// What the visitor is to the others.
    pub role: Role,
}

/// How many ticks lie between the frames of a stream at each rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Periods {
    /// At [`crate::cell::Rate::Near`].
    pub near: u8,
    /// At [`crate::cell::Rate::Middle`].
    pub middle: u8,
    /// At [`crate::cell::Rate::Far`].
    pub far: u8,
}

impl Default for Periods {
    fn default() -> Self {
        Self {
            near: 1,
            middle: 3,
            far: TICK_HZ as u8,
        }
    }
}

impl Periods {
    /// Ticks between two frames at a rate, at least 1.
    pub fn of(self, rate: Rate) -> u32 {
        let ticks = match rate {
            Rate::Near => self.near,
            Rate::Middle => self.middle,
            Rate::Far => self.far,
        };
        u32::from(ticks.max(1))
    }

    /// Which telling a move belongs to that a visitor makes at a tick. Of all moves of one telling others see the last, so
    /// a client sends one. It ends some ticks before the near rate is due, another number of them for each visitor, so that
    /// what is told is fresh and not everyone tells at once.
    pub fn telling(self, visitor: VisitorId, tick: u32) -> u32 {
        let near = self.of(Rate::Near);
        let ahead = 1 + (visitor.0 % u64::from(near.div_ceil(3))) as u32;
        tick.wrapping_add(ahead) / near
    }
}

/// What a visitor learns on arrival.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Welcome {
    /// Who the visitor is.
    pub visitor: VisitorId,
    /// Restores the session on another connection, to any relay.
    pub ticket: Vec<u8>,
    /// The given name, cleaned, never empty.
    pub name: String,
    /// The look.
    pub look: Look,
    /// [`crate::city::Place::id`].
    pub place: String,
    /// Copy of the place, counted from 1.
    pub channel: u16,
    /// Where the avatar stands.
    pub stance: Stance,
    /// Whether an earlier session goes on.
    pub resumed: bool,
    /// The relay's clock, in milliseconds since 1970.
    pub relay_ms: u64,
    /// How many people are in the place, this visitor included.
    pub people: u32,
    /// What the visitor is to the others here.
    pub role: Role,
    /// How often frames come.
    pub periods: Periods,
}

/// Something said, as it arrives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Orders lines, and tells doubles apart; unique.
    pub line: u64,
    /// Who spoke.
    pub visitor: VisitorId,
    /// Name of the speaker then.
    pub name: String,
    /// How far.
    pub reach: Reach,
    /// What.
    pub utterance: Utterance,
    /// The relay's clock, in milliseconds since 1970.
    pub at_ms: u64,
}

/// Something about the connection or the place that the visitor should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Notice {
    /// The relays cannot reach one another: only people on this relay are seen.
    Alone,
    /// The relays see one another again.
    Together,
    /// Too much was sent at once; what exceeded the limit was dropped.
    Slower,
    /// What was said held nothing that could be shown.
    Unsayable,
    /// The spot asked for does not exist here.
    NoSuchSpot,
    /// The channel wished for has no room, nor the first where none was wished for: this is another.
    OtherChannel,
    /// The lever has done its work.
    Done,
    /// Only hosts and officials have levers.
    NotAHost,
    /// Nobody can mute, remove or ban someone of the same or a higher role.
    Protected,
    /// That person is not here any more.
    NotHere,
    /// A host has muted this visitor.
    Muted {
        /// Minutes left, rounded up.
        minutes: u32,
    },
    /// The visitor may speak again.
    Unmuted,
    /// The chat is slow, and this visitor spoke a moment ago.
    ChatSlow,
    /// The chat is closed.
    ChatClosed,
    /// The invitation was not made by these relays, or was altered.
    InvitationInvalid,
    /// The invitation's time is over.
    InvitationOver,
    /// The invitation is for another place.
    InvitationElsewhere,
    /// No more people can be blocked.
    BlockedEnough,
    /// The place that the visitor wished to go to has no room in any channel.
    PlaceFull,
    /// The report is kept for those who run the city.
    Reported,
    /// The report could not be kept.
    NotReported,
    /// This visitor has reported enough for now.
    ReportedEnough,
    /// The name is one that nobody may take, or has a word that is not wanted: another stands in its place.
    NameRefused,
    /// What was said has a word that is not wanted, and was not passed on.
    LineRefused,
    /// All seats of the vehicle are taken.
    VehicleFull,
    /// The vehicle does not stand here any more.
    VehicleGone,
}

/// Which relay, and in which life of it, a stream comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// Number of the relay among those that share a backplane.
    pub relay: u16,
    /// Number of the relay's life, different at each start.
    pub epoch: u16,
}

/// Why a message could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// Larger than the limit.
    #[error("message of {0} bytes is larger than allowed")]
    TooLarge(usize),
    /// Not a message of this version.
    #[error("not a message of this version")]
    Malformed,
    /// Something follows the message.
    #[error("{0} bytes follow the message")]
    Trailing(usize),
    /// A position outside what any place can hold.
    #[error("position outside the limits of a place")]
    Position,
}

impl From<MessageError> for CloseReason {
    fn from(error: MessageError) -> Self {
        match error {
            MessageError::TooLarge(_) => Self::TooLarge,
            MessageError::Malformed | MessageError::Trailing(_) | MessageError::Position => Self::Malformed,
        }
    }
}

impl ClientMessage {
    /// The wire form.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// Reads one whole message of at most [`MAX_CLIENT_BYTES`], and checks that every position in it can exist.
    pub fn decode(bytes: &[u8]) -> Result<Self, MessageError> {
        let message: Self = decode(bytes, MAX_CLIENT_BYTES)?;
        let stance = match &message {
            Self::Hello(hello) => hello.stance,
            Self::Move { stance, .. } => Some(*stance),
            Self::Say { .. }
            | Self::Appear { .. }
            | Self::Ping { .. }
            | Self::Teleport { .. }
            | Self::Reseed
            | Self::Light(_)
            | Self::Lever(_)
            | Self::Block { .. }
            | Self::Report { .. }
            | Self::Help(_)
            | Self::Board { .. }
            | Self::Alight => None,
        };
        if stance.is_some_and(|stance| !stance.position.point.is_within_limit()) {
            return Err(MessageError::Position);
        }
        Ok(message)
    }
}

impl RelayMessage {
    /// The wire form.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// [`Self::Who`] of messages written by [`Who::encode`], which many receive in different company.
    pub fn encode_who<'a>(encoded: impl ExactSizeIterator<Item = &'a [u8]>) -> Vec<u8> {
        let mut message = encode(&(WHO_INDEX, encoded.len() as u32));
        message.extend(encoded.flatten());
        message
    }

    /// Reads one whole message of at most [`MAX_RELAY_BYTES`].
    pub fn decode(bytes: &[u8]) -> Result<Self, MessageError> {
        decode(bytes, MAX_RELAY_BYTES)
    }
}

/// Index of [`RelayMessage::Who`].
const WHO_INDEX: u8 = 2;

impl Who {
    /// The wire form, as a part of [`RelayMessage::Who`].
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }
}

fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    // Serialising plain data into a vector cannot fail; an empty message would be refused by `decode`.
    postcard::to_allocvec(message).unwrap_or_default()
}

fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8], max: usize) -> Result<T, MessageError> {
    if bytes.len() > max {
        return Err(MessageError::TooLarge(bytes.len()));
    }
    let (message, rest) = postcard::take_from_bytes(bytes).map_err(|_| MessageError::Malformed)?;
    if rest.is_empty() {
        Ok(message)
    } else {
        Err(MessageError::Trailing(rest.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_ends_shortly_before_the_near_rate_is_due() {
        for near in [1, 2, 5, 15] {
            let periods = Periods {
                near,
                ..Periods::default()
            };
            let near = u32::from(near);
            for visitor in (0..40).map(VisitorId) {
                let ends = |tick: &u32| periods.telling(visitor, *tick) != periods.telling(visitor, tick - 1);
                let ended: Vec<u32> = (1..=10 * near).filter(ends).collect();
                assert_eq!(ended.len(), 10);
                assert!(
                    ended
                        .iter()
                        .all(|tick| (1..=near.div_ceil(3)).contains(&(near - tick % near)))
                );
            }
        }
    }
}
