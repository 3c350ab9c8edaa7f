//! The visitors of one channel of a place on this relay.
//!
//! A room is one task that owns everything about them. In: what connections ask for ([`Input`]) and the parcels of
//! other relays. Out, at each tick: to each client one message with the frames of the cells it watches, and to the
//! other relays the frames of this relay's own visitors. It hands encoded messages to outboxes, has them
//! written, and never waits for any.
//!
//! | file | one idea |
//! |---|---|
//! | `task` | the loop: inputs, parcels, ticks |
//! | `state` | what a room holds, and how visitors come and go |
//! | `moved_on` | avatars that go on at another relay |
//! | `restore` | where someone who comes back stands |
//! | `rewind` | what must not wait when the clock is set back |
//! | `visitor` | one visitor of this relay |
//! | `acts` | what a visitor does: move, say, appear, teleport, ask for key frames |
//! | `riding` | who sits in a vehicle, and goes with it |
//! | `report` | what is written down of a report |
//! | `help` | who calls and helps here, and helpers who come |
//! | `moderation` | the levers of hosts, and what they decided |
//! | `local` | the streams of this relay's own visitors: a quadtree of cells |
//! | `peers` | the other relays: whether they live, who their visitors are |
//! | `bundles` | the other relays' streams |
//! | `names` | who is who, told by nearness |
//! | `views` | which streams a client is shown: rings and budgets |
//! | `change` | from what a client is shown to what it is to be shown |
//! | `tick` | the order of things at a tick |

mod acts;
mod bundles;
mod change;
mod help;
mod local;
mod moderation;
mod moved_on;
mod names;
mod peers;
mod report;
mod restore;
mod rewind;
mod riding;
mod state;
mod task;
#[cfg(test)]
pub(crate) mod tests;
mod tick;
mod views;
mod visitor;

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use shared::{
    city::Place,
    help::HelpAct,
    look::Look,
    moderation::Lever,
    protocol::{Periods, Reach, Ride, Source, Stance, Utterance, VisitorId},
};
pub use task::open;
use tokio::sync::{mpsc, oneshot};

use crate::{
    backplane::Backplane,
    channel::ChannelId,
    clock::Clock,
    desk::Desk,
    filter::Filter,
    ledger::{Ledger, Line},
    levers::Levers,
    locales::Locales,
    metrics::Metrics,
    outbox::Outbox,
    reports::Reports,
    seats::Seats,
    session,
};

/// Inputs that may wait for a room; a connection that finds it full waits itself.
const WAITING_INPUTS: usize = 1_024;

/// Claims that may wait for a tick: some from each of the visitors that a relay is meant for, since lines deliver late.
const WAITING_CLAIMS: usize = 8_192;

/// What a room needs of the relay.
#[derive(Clone)]
pub struct Surroundings {
    /// This relay, in this life.
    pub source: Source,
    /// How often frames are made.
    pub periods: Periods,
    /// What time it is.
    pub clock: Clock,
    /// The way to the other relays.
    pub backplane: Arc<dyn Backplane>,
    /// Signs tickets.
    pub key: session::TicketKey,
    /// Ends connections that have become older ones.
    pub directory: Arc<session::Directory>,
    /// For names of visitors who gave none.
    pub locales: Arc<Locales>,
    /// What was said.
    pub ledger: Ledger,
    /// What hosts decided.
    pub levers: Arc<Levers>,
    /// Who calls for a helper.
    pub desk: Arc<Desk>,
    /// Words that are refused.
    pub filter: Arc<Filter>,
    /// Where reports go.
    pub reports: Reports,
    /// Who has a seat in which channel, and in which vehicle.
    pub seats: Seats,
    /// Counts.
    pub metrics: Metrics,
}

/// What a connection asks of a room.
#[derive(Debug)]
pub enum Input {
    /// Lines that were lost on their way here are heard late.
    Recovered(Vec<Line>),
    /// Someone comes in.
    Join(Box<session::Arrival>, Outbox),
    /// Someone does something.
    Act {
        /// Who.
        visitor: VisitorId,
        /// Through which connection.
        generation: u64,
        /// What.
        act: Act,
    },
    /// Someone has taken a seat in a vehicle: to be given back if nobody sits down there.
    Board {
        /// Who.
        visitor: VisitorId,
        /// Through which connection.
        generation: u64,
        /// The seat.
        ride: Ride,
    },
    /// A session goes on in another room.
    LetGo {
        /// Whose.
        visitor: VisitorId,
        /// Of the connection there.
        generation: u64,
        /// Whether that room is this relay's.
        here: bool,
    },
    /// Someone goes on in another room through the same connection, to which nothing is sent from here once `gone` is
    /// dropped.
    Depart {
        /// Who.
        visitor: VisitorId,
        /// As which connection it was known here.
        generation: u64,
        /// Dropped when it is so.
        gone: oneshot::Sender<()>,
    },
    /// A connection ended.
    Leave {
        /// Whose.
        visitor: VisitorId,
        /// Which.
        generation: u64,
        /// Whether the avatar leaves at once, or stands for a while since the visitor may be back in a moment.
        at_once: bool,
    },
}

/// Where a visitor says to be, see [`shared::protocol::ClientMessage::Move`]. It waits for the next tick, since nobody is
/// told of it earlier, and wakes nobody.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Who.
    pub visitor: VisitorId,
    /// Through which connection.
    pub generation: u64,
    /// Number of the move.
    pub sequence: u32,
    /// The claim.
    pub stance: Stance,
}

/// What else a visitor does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// See [`shared::protocol::ClientMessage::Say`].
    Say {
        /// How far.
        reach: Reach,
        /// What.
        utterance: Utterance,
    },
    /// See [`shared::protocol::ClientMessage::Appear`].
    Appear {
        /// Not yet cleaned.
        name: String,
        /// The look.
        look: Look,
    },
    /// See [`shared::protocol::ClientMessage::Teleport`].
    Teleport {
        /// The spot.
        spot: String,
    },
    /// See [`shared::protocol::ClientMessage::Reseed`].
    Reseed,
    /// See [`shared::protocol::ClientMessage::Light`].
    Light(bool),
    /// See [`shared::protocol::ClientMessage::Lever`].
    Lever(Lever),
    /// See [`shared::protocol::ClientMessage::Block`].
    Block {
        /// Whom.
        other: VisitorId,
        /// Whether from now on.
        blocked: bool,
    },
    /// See [`shared::protocol::ClientMessage::Report`].
    Report {
        /// Whom.
        other: VisitorId,
    },
    /// See [`shared::protocol::ClientMessage::Help`].
    Help(HelpAct),
    /// A helper goes to someone in this channel who calls: see [`shared::protocol::Destination::beside`].
    Come(VisitorId),
    /// See [`shared::protocol::ClientMessage::Alight`].
    Alight,
}

/// The way to a room.
#[derive(Clone, Debug)]
pub struct Handle {
    /// The place.
    pub place: Arc<Place>,
    /// Which channel of it.
    pub channel: ChannelId,
    inputs: mpsc::Sender<Input>,
    claims: mpsc::Sender<Claim>,
    people: Arc<People>,
    /// Held by every handle: tells how many there are.
    holders: Arc<()>,
}

/// How many people are in a room, for those outside it.
#[derive(Debug, Default)]
struct People {
    here: AtomicU32,
    moved_on: AtomicU32,
    elsewhere: AtomicU32,
}

impl Handle {
    /// Hands over an input, waiting while the room is busy.
    pub async fn send(&self, input: Input) {
        // A room does not end while someone holds its handle, but with the whole relay: then nothing is left to be told.
        let _ = self.inputs.send(input).await;
    }

    /// Hands over where a visitor says to be.
    pub async fn claim(&self, claim: Claim) {
        // As above.
        let _ = self.claims.send(claim).await;
    }

    /// How many people are in the channel, on all relays.
    pub fn people(&self) -> u32 {
        self.visitors() + self.elsewhere()
    }

    /// How many visitors this relay has there.
    pub fn visitors(&self) -> u32 {
        self.people.here.load(Ordering::Relaxed)
    }

    /// How many avatars stand there in this relay's streams: its visitors, and those who went on elsewhere a moment ago.
    pub fn avatars(&self) -> u32 {
        self.visitors() + self.people.moved_on.load(Ordering::Relaxed)
    }

    /// How many visitors other relays have there.
    pub fn elsewhere(&self) -> u32 {
        self.people.elsewhere.load(Ordering::Relaxed)
    }

    /// Whether nobody of this relay is there, or about to come in; asked by whoever holds the one handle that stays.
    pub fn is_empty(&self) -> bool {
        self.visitors() == 0 && Arc::strong_count(&self.holders) == 1
    }

    /// Lets a visitor go whose session goes on in another room, `here` or at another relay.
    pub fn let_go(&self, visitor: VisitorId, generation: u64, here: bool) {
        // In a room that is too busy to hear it, the avatar stands a little longer.
        let input = Input::LetGo {
            visitor,
            generation,
            here,
        };
        let _ = self.inputs.try_send(input);
    }
}
