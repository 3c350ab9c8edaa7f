//! What is written down of a report: who, whom, where, and what was said.

use shared::protocol::{Notice, Reach, RelayMessage, VisitorId};

use super::state::Room;
use crate::reports::{LINES, Person, Report, ReportedLine, at};

impl Room {
    /// A visitor of this relay reports someone who is here, or has said something here a while ago. The lines are the relay's
    /// own, so that nobody can put words into another's mouth.
    pub(super) fn report(&self, visitor: VisitorId, other: VisitorId, now_ms: u64) {
        let Some(reporter) = self.visitors.get(&visitor) else {
            return;
        };
        let Some(outbox) = reporter.outbox().cloned() else {
            return;
        };
        let concerns = |who: VisitorId| who == visitor || who == other;
        let lines = self.around.ledger.last(&self.channel, LINES, |line| {
            line.said.reach == Reach::Place || concerns(line.said.visitor)
        });
        let ours = self.visitors.get(&other).map(|other| other.name.clone());
        let name = ours
            .or_else(|| self.peers.card(other).map(|card| card.name.clone()))
            .or_else(|| {
                let said = lines.iter().rfind(|said| said.visitor == other);
                said.map(|said| said.name.clone())
            });
        let Some(name) = name.filter(|_| other != visitor) else {
            return reporter.send(&RelayMessage::Notice(Notice::NotHere));
        };
        let report = Report {
            when: at(now_ms),
            by: Person::new(visitor, &reporter.name),
            about: Person::new(other, &name),
            place: self.place.id.clone(),
            channel: self.channel.number,
            lines: lines.iter().map(ReportedLine::from).collect(),
        };
        tracing::info!(by = visitor.0, about = other.0, place = self.place.id, "reported");
        self.around.metrics.reports.inc();
        self.around.reports.keep(report, outbox);
    }
}
