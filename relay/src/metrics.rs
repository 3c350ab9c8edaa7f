//! Counts for Prometheus, all under the prefix `seoul_`.

use std::time::Instant;

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use shared::{cell::Rate, protocol::CloseReason};
use tokio::runtime::Handle;

use crate::kiosks::Kiosks;

/// Which place a number is about.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct PlaceLabel {
    /// [`shared::city::Place::id`].
    pub place: String,
}

/// Which kiosk.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct KioskLabel {
    /// The name under which it reports.
    pub kiosk: String,
}

/// Why a connection ended.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct EndLabel {
    /// [`CloseReason::name`], `left` when the client said good-bye, `lost` when it did not.
    pub reason: &'static str,
}

/// How closely frames follow what happens.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct RingLabel {
    /// `near`, `middle` or `far`.
    pub ring: &'static str,
}

/// Which lever of a host.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct LeverLabel {
    /// [`shared::moderation::Lever::name`].
    pub lever: &'static str,
}

/// The relay's counts. Cheap to clone; all clones count together.
#[derive(Clone, Debug, Default)]
pub struct Metrics {
    /// People in each place, as far as this relay knows.
    pub people: Family<PlaceLabel, Gauge>,
    /// Visitors of this relay in each place.
    pub visitors: Family<PlaceLabel, Gauge>,
    /// Open rooms of this relay by place: one for each channel with visitors.
    pub channels: Family<PlaceLabel, Gauge>,
    /// Open WebSocket connections.
    pub connections: Gauge,
    /// Ended connections.
    pub ended: Family<EndLabel, Counter>,
    /// Most connections at once.
    pub capacity: Gauge,
    /// Ticks that began more than half a tick late.
    pub ticks_late: Counter,
    /// Seconds after its time that a tick began.
    pub tick_delay_seconds: TickHistogram,
    /// Messages that wait to be written to a client, asked of each once a second.
    pub outbox_messages: OutboxHistogram,
    /// Bytes of frames, written once however many read them, by ring.
    pub frame_bytes: Family<RingLabel, Counter>,
    /// Seconds that a tick's work took.
    pub tick_seconds: TickHistogram,
    /// Frames encoded by this relay.
    pub frames_encoded: Counter,
    /// Frames of other relays that were forwarded.
    pub frames_forwarded: Counter,
    /// What was written to clients.
    pub sent: Sent,
    /// Messages read from clients.
    pub messages_received: Counter,
    /// Bytes read from clients, without WebSocket headers.
    pub bytes_received: Counter,
    /// Client messages dropped for exceeding a rate.
    pub messages_dropped: Counter,
    /// Claimed motions that were refused.
    pub corrections: Counter,
    /// Chat lines and phrases said on this relay.
    pub lines_said: Counter,
    /// Seats in vehicles that were taken.
    pub boarded: Counter,
    /// Reports of visitors about one another.
    pub reports: Counter,
    /// Times a client fell behind and missed frames.
    pub clients_behind: Counter,
    /// Levers that hosts pulled on this relay.
    pub levers: Family<LeverLabel, Counter>,
    /// Bans of visitors and of addresses that hold in each place.
    pub kept_out: Family<PlaceLabel, Gauge>,
    /// Whether the other relays can be reached; 1 also for a relay that is meant to be alone.
    pub backplane_up: Gauge,
    /// Parcels sent to the other relays.
    pub parcels_sent: Counter,
    /// Parcels that were lost: a queue was full, or the backplane down.
    pub parcels_lost: Counter,
    /// Parcels received from the other relays.
    pub parcels_received: Counter,
    /// Streams of other relays that broke and were asked for anew.
    pub stream_gaps: Counter,
    /// Times the translator was asked.
    pub translations_asked: Counter,
    /// Times it gave no translation.
    pub translations_failed: Counter,
    /// Kiosks that report here.
    pub kiosks: Kiosks,
}

/// What was written to clients.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// Messages.
    pub messages: Counter,
    /// Bytes.
    pub bytes: Counter,
}

/// A histogram from a tenth of a millisecond to the length of a tick and beyond.
#[derive(Clone, Debug)]
pub struct TickHistogram(pub Histogram);

impl Default for TickHistogram {
    fn default() -> Self {
        Self(Histogram::new([
            0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.02, 0.033, 0.066, 0.2,
        ]))
    }
}

/// A histogram of messages in an outbox: beyond 30 its client is given no frames, at 128 it is cut off.
#[derive(Clone, Debug)]
pub struct OutboxHistogram(pub Histogram);

impl Default for OutboxHistogram {
    fn default() -> Self {
        Self(Histogram::new([0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 64.0, 127.0]))
    }
}

impl Metrics {
    /// The text that Prometheus reads.
    pub fn render(&self) -> String {
        let mut registry = Registry::with_prefix("seoul");
        let r = &mut registry;
        r.register("people", "People in a place, on all relays", self.people.clone());
        r.register(
            "visitors",
            "Visitors of this relay in a place",
            self.visitors.clone(),
        );
        r.register(
            "channels",
            "Channels of a place that are open on this relay",
            self.channels.clone(),
        );
        r.register(
            "connections",
            "Open WebSocket connections",
            self.connections.clone(),
        );
        r.register("capacity", "Most connections at once", self.capacity.clone());
        r.register(
            "tick_delay_seconds",
            "Time after its due time that a tick began",
            self.tick_delay_seconds.0.clone(),
        );
        r.register(
            "outbox_messages",
            "Messages waiting for a client, asked of each once a second",
            self.outbox_messages.0.clone(),
        );
        r.register(
            "frame_bytes",
            "Bytes of frames by ring, counted once however many read them",
            self.frame_bytes.clone(),
        );
        let (tasks, memory): (Gauge, Gauge) = Default::default();
        tasks.set(tasks_alive());
        memory.set(memory_bytes());
        r.register("tasks", "Tasks that run or wait in this process", tasks);
        r.register("memory_bytes", "Resident memory of this process", memory);
        let kiosks = Family::<KioskLabel, Gauge>::default();
        for (kiosk, up) in self.kiosks.all(Instant::now()) {
            kiosks.get_or_create(&KioskLabel { kiosk }).set(i64::from(up));
        }
        r.register("kiosk_up", "Whether a kiosk was heard within a minute", kiosks);
        r.register(
            "connections_ended",
            "Ended connections by reason",
            self.ended.clone(),
        );
        r.register(
            "ticks_late",
            "Ticks that began more than half a tick late",
            self.ticks_late.clone(),
        );
        r.register(
            "tick_seconds",
            "Time a tick's work took",
            self.tick_seconds.0.clone(),
        );
        r.register(
            "backplane_up",
            "Whether the other relays can be reached",
            self.backplane_up.clone(),
        );
        r.register("levers", "Levers that hosts pulled here", self.levers.clone());
        r.register("bans", "Bans that hold in a place", self.kept_out.clone());
        for (name, help, counter) in self.counters() {
            r.register(name, help, counter.clone());
        }
        let mut text = String::new();
        if encode(&mut text, &registry).is_err() {
            tracing::error!("the metrics cannot be written");
        }
        text
    }

    fn counters(&self) -> [(&'static str, &'static str, &Counter); 18] {
        [
            ("frames_encoded", "Frames encoded", &self.frames_encoded),
            (
                "frames_forwarded",
                "Frames of other relays forwarded",
                &self.frames_forwarded,
            ),
            (
                "messages_sent",
                "Messages written to clients",
                &self.sent.messages,
            ),
            (
                "bytes_sent",
                "Bytes written to clients, with WebSocket headers",
                &self.sent.bytes,
            ),
            (
                "messages_received",
                "Messages read from clients",
                &self.messages_received,
            ),
            (
                "bytes_received",
                "Bytes read from clients, without WebSocket headers",
                &self.bytes_received,
            ),
            (
                "messages_dropped",
                "Client messages dropped for exceeding a rate",
                &self.messages_dropped,
            ),
            (
                "corrections",
                "Claimed motions that were refused",
                &self.corrections,
            ),
            ("lines_said", "Chat lines and phrases said", &self.lines_said),
            ("boarded", "Seats in vehicles that were taken", &self.boarded),
            ("reports", "Reports of visitors about one another", &self.reports),
            (
                "clients_behind",
                "Times a client fell behind and missed frames",
                &self.clients_behind,
            ),
            ("parcels_sent", "Parcels sent to other relays", &self.parcels_sent),
            (
                "parcels_lost",
                "Parcels lost on the way to other relays",
                &self.parcels_lost,
            ),
            (
                "parcels_received",
                "Parcels received from other relays",
                &self.parcels_received,
            ),
            (
                "stream_gaps",
                "Streams of other relays that broke",
                &self.stream_gaps,
            ),
            (
                "translations_asked",
                "Times the translator was asked",
                &self.translations_asked,
            ),
            (
                "translations_failed",
                "Times the translator gave no translation",
                &self.translations_failed,
            ),
        ]
    }

    /// Notes that a host pulled a lever.
    pub fn note_lever(&self, lever: &'static str) {
        self.levers.get_or_create(&LeverLabel { lever }).inc();
    }

    /// Notes the bytes of a frame.
    pub fn note_frame(&self, rate: Rate, bytes: usize) {
        let ring = match rate {
            Rate::Near => "near",
            Rate::Middle => "middle",
            Rate::Far => "far",
        };
        self.frame_bytes
            .get_or_create(&RingLabel { ring })
            .inc_by(bytes as u64);
    }

    /// Notes the end of a connection; no reason when the client said good-bye or was lost.
    pub fn note_end(&self, reason: Option<CloseReason>, farewell: bool) {
        let reason = reason.map_or(if farewell { "left" } else { "lost" }, CloseReason::name);
        self.ended.get_or_create(&EndLabel { reason }).inc();
    }
}

/// Tasks of the runtime that calls; none outside of one.
fn tasks_alive() -> i64 {
    Handle::try_current().map_or(0, |runtime| runtime.metrics().num_alive_tasks() as i64)
}

/// Resident memory as Linux tells it; 0 elsewhere.
fn memory_bytes() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    kib.and_then(|kib| kib.parse::<i64>().ok())
        .map_or(0, |kib| kib << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_rendered_by_name_and_label() {
        let metrics = Metrics::default();
        metrics.corrections.inc();
        metrics.note_end(Some(CloseReason::TooSlow), false);
        let text = metrics.render();
        assert!(text.contains("seoul_corrections_total 1"), "{text}");
        assert!(
            text.contains("seoul_connections_ended_total{reason=\"too-slow\"} 1"),
            "{text}"
        );
    }
}
