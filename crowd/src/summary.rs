//! What a rehearsal comes to, and whether it means anything.

use std::collections::BTreeMap;

use serde::Serialize;
use shared::cell::Rate;

use crate::{
    ages::Ages,
    machine::Machine,
    options::Options,
    orders::{Outcome, Present, Progress},
    tally::{Faults, Findings, RateTally, Tally},
};

/// A crowd that used more of its cores than this was itself the bottleneck.
const BUSY: f64 = 0.8;

/// A crowd whose moves were later than this, but for one in a hundred, was too slow itself: a tick.
const LATE_MS: f64 = 67.0;

/// When the host took away more of the machine's time than this, ages tell of the host.
const STOLEN: f64 = 0.02;

/// What the machine and the relays on it have used until a time.
#[derive(Clone, Debug)]
pub struct Usage {
    /// The machine.
    pub machine: Machine,
    /// The relays, with their processor time in seconds.
    pub relays: Vec<RelayUse>,
}

/// What a relay on this machine used.
#[derive(Clone, Debug, Serialize)]
pub struct RelayUse {
    /// Its process.
    pub pid: u32,
    /// Processor time, as a part of one core.
    pub cpu: f64,
    /// Time its threads waited while others had their core, as a part of one core.
    pub waited: f64,
    /// Memory, in bytes.
    pub memory_bytes: u64,
}

/// Times, in milliseconds.
#[derive(Clone, Debug, Serialize)]
pub struct Times {
    /// How many.
    pub count: u64,
    /// Half took no longer.
    pub p50: f64,
    /// One in a hundred took longer.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

/// What came at a rate.
#[derive(Clone, Debug, Serialize)]
pub struct RateSummary {
    /// Which.
    pub rate: &'static str,
    /// Updates delivered.
    pub updates: u64,
    /// Updates in a second.
    pub updates_per_second: f64,
    /// Bytes an update, with its share of all headers up to the WebSocket's.
    pub bytes_per_update: Option<f64>,
    /// Ages of updates, from the moment the move was due.
    pub age_ms: Times,
    /// Part of them older than the rate's period and a tick.
    pub late_share: f64,
    /// How many those are.
    pub late: u64,
    /// Changes that came too soon after one another for each to be told.
    pub superseded: u64,
    /// Visitors that came into a stream, and the bytes for each.
    pub binds: u64,
    /// Bytes for each.
    pub bytes_per_bind: Option<f64>,
    /// Visitors in key frames.
    pub keyed: u64,
    /// Bytes for each.
    pub bytes_per_keyed: Option<f64>,
}

/// Everything that a rehearsal came to.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Whether the figures mean anything, and everything was right.
    pub sound: bool,
    /// Why the figures mean nothing; empty when they do.
    pub void: Vec<String>,
    /// See [`Options`].
    pub seed: u64,
    /// See [`Options`].
    pub scene: crate::options::Scene,
    /// Visitors asked for.
    pub visitors: u32,
    /// Visitors that were in at the end.
    pub inside: u32,
    /// Those, by channel.
    pub channels: BTreeMap<u16, usize>,
    /// Seconds of figures.
    pub seconds: f64,
    /// Where they connected.
    pub relays: Vec<String>,
    /// By rate, the finest first.
    pub rates: Vec<RateSummary>,
    /// Everything received, in bytes a second for each visitor.
    pub bytes_per_visitor_second: f64,
    /// Part of it for heartbeats and ends of streams.
    pub quiet_share: f64,
    /// Part of it for names, counts, tickets and the like.
    pub other_share: f64,
    /// Moves sent.
    pub moves: u64,
    /// How late they were sent.
    pub send_lag_ms: Times,
    /// How long coming in took.
    pub welcome_ms: Times,
    /// What checkers found when all stood still.
    pub findings: Findings,
    /// What was wrong.
    pub faults: Faults,
    /// Processor time of the crowd, in cores.
    pub crowd_cpu: f64,
    /// Cores that it could use.
    pub crowd_cores: usize,
    /// Memory of the crowd.
    pub crowd_memory_bytes: u64,
    /// Part of the machine's time that the host took away.
    pub stolen: f64,
    /// What relays on this machine used.
    pub relay_use: Vec<RelayUse>,
}

impl Times {
    fn of(ages: &Ages) -> Self {
        let round = |ms: f64| (ms * 1_000.0).round() / 1_000.0;
        Self {
            count: ages.count(),
            p50: round(ages.quantile_ms(0.5)),
            p99: round(ages.quantile_ms(0.99)),
            max: round(ages.longest_ms()),
        }
    }
}

impl RateSummary {
    fn of(rate: Rate, tally: &RateTally, seconds: f64) -> Self {
        let each =
            |bytes: f64, count: u64| (count > 0).then(|| (bytes / count as f64 * 100.0).round() / 100.0);
        Self {
            rate: match rate {
                Rate::Near => "near",
                Rate::Middle => "middle",
                Rate::Far => "far",
            },
            updates: tally.updates,
            updates_per_second: tally.updates as f64 / seconds,
            bytes_per_update: each(tally.update_bytes, tally.updates),
            age_ms: Times::of(&tally.ages),
            late_share: tally.late as f64 / tally.ages.count().max(1) as f64,
            late: tally.late,
            superseded: tally.superseded,
            binds: tally.binds,
            bytes_per_bind: each(tally.bind_bytes, tally.binds),
            keyed: tally.keyed,
            bytes_per_keyed: each(tally.key_bytes, tally.keyed),
        }
    }
}

impl Summary {
    /// Adds everything up.
    pub fn new(
        options: &Options,
        present: &Present,
        outcomes: &[Outcome],
        before: &Usage,
        after: &Usage,
        seconds: f64,
    ) -> Self {
        let (mut tally, mut faults, mut findings, mut welcomes) = (
            Tally::default(),
            Faults::default(),
            Findings::default(),
            Ages::default(),
        );
        for outcome in outcomes {
            tally.merge(&outcome.tally);
            faults.merge(&outcome.faults);
            findings.merge(&outcome.findings);
            welcomes.merge(&outcome.welcomes);
        }
        let inside: u32 = outcomes.iter().map(|outcome| outcome.inside).sum();
        let machine_cores = std::thread::available_parallelism().map_or(1, usize::from);
        let cores = options
            .pin
            .as_deref()
            .map_or(machine_cores, cores_in)
            .min(outcomes.len());
        let stolen = after.machine.stolen_since(before.machine);
        let busiest = outcomes.iter().map(|part| part.tally.cpu_s).fold(0.0, f64::max) / seconds;
        let crowd_cpu = tally.cpu_s / seconds;
        let busy = busiest.max(crowd_cpu / cores.max(1) as f64);
        let mut void = Vec::new();
        if busy > BUSY {
            void.push(format!(
                "the crowd used {:.0} % of its cores, and may itself have been what was slow",
                busy * 100.0
            ));
        }
        let lag_ms = tally.lag.quantile_ms(0.99);
        if lag_ms > LATE_MS {
            void.push(format!(
                "the crowd's own moves were up to {lag_ms:.0} ms late: this machine has no time for it"
            ));
        }
        if stolen > STOLEN {
            void.push(format!(
                "the host took {:.1} % of this machine's time away",
                stolen * 100.0
            ));
        }
        let relay_use = after
            .relays
            .iter()
            .zip(&before.relays)
            .map(|(after, before)| RelayUse {
                cpu: (after.cpu - before.cpu) / seconds,
                waited: (after.waited - before.waited) / seconds,
                ..after.clone()
            });
        let share = |bytes: f64| bytes / (tally.bytes.max(1) as f64);
        Self {
            sound: void.is_empty() && findings.is_exact() && faults.is_none() && inside == options.visitors,
            void,
            seed: options.seed,
            scene: options.scene,
            visitors: options.visitors,
            inside,
            channels: present
                .iter()
                .map(|(channel, all)| (*channel, all.len()))
                .collect(),
            seconds,
            relays: options.servers.iter().map(|server| server.url.clone()).collect(),
            rates: Rate::ALL
                .into_iter()
                .zip(&tally.rates)
                .map(|(rate, tally)| RateSummary::of(rate, tally, seconds))
                .collect(),
            bytes_per_visitor_second: tally.bytes as f64 / seconds / f64::from(inside.max(1)),
            quiet_share: share(tally.quiet_bytes),
            other_share: share(tally.other_bytes as f64),
            moves: tally.moves,
            send_lag_ms: Times::of(&tally.lag),
            welcome_ms: Times::of(&welcomes),
            findings,
            faults,
            crowd_cpu,
            crowd_cores: cores,
            crowd_memory_bytes: outcomes.iter().map(|outcome| outcome.memory_bytes).sum(),
            stolen,
            relay_use: relay_use.collect(),
        }
    }
}

/// The faults of all parts until now.
pub fn merged(progress: &[Progress]) -> Faults {
    let mut faults = Faults::default();
    for part in progress {
        faults.merge(&part.faults);
    }
    faults
}

/// How many cores a list such as `0,2-5` names.
fn cores_in(list: &str) -> usize {
    let count = |range: &str| {
        let (from, to) = range.split_once('-').unwrap_or((range, range));
        let (from, to) = (
            from.trim().parse::<usize>().ok()?,
            to.trim().parse::<usize>().ok()?,
        );
        Some((to + 1).saturating_sub(from))
    };
    list.split(',').filter_map(count).sum::<usize>().max(1)
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    fn summary(cpu_s: f64, stolen: &str) -> Summary {
        let options = Options::parse_from([
            "crowd",
            "--url",
            "ws://127.0.0.1:1/ws",
            "--visitors",
            "3",
            "--pin",
            "1",
        ]);
        let usage = |text: &str| Usage {
            machine: Machine::read(text),
            relays: Vec::new(),
        };
        let outcome = Outcome {
            tally: Tally {
                cpu_s,
                ..Tally::default()
            },
            inside: 3,
            ..Outcome::default()
        };
        Summary::new(
            &options,
            &Present::new(),
            &[outcome],
            &usage("cpu 0 0 0 0 0 0 0 0"),
            &usage(stolen),
            10.0,
        )
    }

    #[test]
    fn figures_are_void_when_the_crowd_or_the_host_was_in_the_way() {
        let calm = "cpu 50 0 0 50 0 0 0 1";
        assert!(summary(7.0, calm).sound);
        assert!(summary(8.5, calm).void.concat().contains("85 %"));
        let robbed = summary(1.0, "cpu 50 0 0 45 0 0 0 5");
        assert!(!robbed.sound && robbed.void.concat().contains("5.0 %"));
    }

    #[test]
    fn lists_of_cores_are_counted() {
        assert_eq!([cores_in("1"), cores_in("0,2-5"), cores_in("?")], [1, 5, 1]);
    }
}
