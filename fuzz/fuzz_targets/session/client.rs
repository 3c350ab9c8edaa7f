//! The client's end of a connection: what it was told.

use std::collections::BTreeSet;

use relay::{outbox::Outbox, session::Ticket, stay::Stay};
use shared::{
    look::Look,
    protocol::{CloseReason, Notice, RelayMessage, VisitorId, Welcome},
    space::Position,
};

/// Messages that may wait for a client, whatever it does.
const MOST_WAITING: usize = 128;

/// A connection, and the client at its other end.
pub struct Line {
    /// To which relay.
    pub relay: usize,
    /// Until it ends.
    pub stay: Option<Stay>,
    /// What it ends with, once the relay has decided so.
    pub ended: Option<CloseReason>,
    /// Who it is to be.
    pub visitor: VisitorId,
    /// Of the connection.
    pub generation: u64,
    /// What the first message must say.
    pub promised: Promised,
    /// What it said.
    pub welcome: Option<Welcome>,
    /// Whether the client reads.
    pub reads: bool,
    /// Where it stands, by what it claimed and was told.
    pub at: Position,
    /// How many people are there.
    pub people: u32,
    /// Who.
    pub names: BTreeSet<VisitorId>,
    pub notices: Vec<Notice>,
    /// What it is told, until it reads.
    pub outbox: Outbox,
}

/// What a hello must lead to, by plain rules.
pub struct Promised {
    /// What the ticket says, if it counts.
    pub ticket: Option<Ticket>,
    pub place: String,
    /// The one wished for, by the link, or by the ticket.
    pub channel: u16,
    /// Whether that one must have room.
    pub has_room: bool,
    /// Whether all goes on as if nothing had been.
    pub resumed: bool,
    /// None: the relay gives one.
    pub name: Option<String>,
    pub look: Look,
}

impl Line {
    /// Reads what waits; the answer is every ticket in it, and where the visitor was said to stand.
    pub fn read(&mut self) -> (Vec<Vec<u8>>, Vec<Position>) {
        let (mut tickets, mut stood) = (Vec::new(), Vec::new());
        assert!(self.outbox.waiting() <= MOST_WAITING);
        while self.reads
            && let Some(message) = self.outbox.take()
        {
            let message = RelayMessage::decode(&message).expect("a message of this version");
            assert_eq!(
                self.welcome.is_none(),
                matches!(message, RelayMessage::Welcome(_)),
                "a welcome comes first, and once"
            );
            match message {
                RelayMessage::Welcome(welcome) => {
                    tickets.push(welcome.ticket.clone());
                    stood.push(welcome.stance.position);
                    self.at = welcome.stance.position;
                    self.people = welcome.people;
                    self.welcome = Some(welcome);
                }
                RelayMessage::Ticket(ticket) => tickets.push(ticket),
                RelayMessage::Correct { stance, .. } => {
                    stood.push(stance.position);
                    self.at = stance.position;
                }
                RelayMessage::Count(people) => self.people = people,
                RelayMessage::Who(all) => self.names.extend(all.iter().map(|who| who.visitor)),
                RelayMessage::Gone(all) => self.names.retain(|visitor| !all.contains(visitor)),
                RelayMessage::Notice(notice) => self.notices.push(notice),
                _ => {}
            }
        }
        (tickets, stood)
    }

    /// Whether the connection holds.
    pub fn is_live(&self) -> bool {
        self.stay.is_some()
    }
}
