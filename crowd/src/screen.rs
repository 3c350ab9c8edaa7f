//! How a rehearsal looks: one screen that is refreshed, or plain lines where there is no terminal; at the end a table.

use std::io::{IsTerminal as _, Write as _};

use crate::{
    ages::Ages,
    ground::Home,
    options::Options,
    orders::Progress,
    summary::{Summary, Times, merged},
    tally::Faults,
};

/// Milliseconds between two pictures, on a terminal and elsewhere.
const EVERY_MS: [u64; 2] = [500, 5_000];

/// The terminal.
pub struct Screen {
    is_terminal: bool,
    title: String,
    visitors: u32,
    shown_ms: Option<u64>,
}

impl Screen {
    /// Says what is about to happen.
    pub fn new(options: &Options, place: &str, homes: &[Home]) -> Self {
        let urls: Vec<&str> = options.servers.iter().map(|server| server.url.as_str()).collect();
        let spots: Vec<&str> = homes.iter().map(|home| home.spot.as_str()).collect();
        let title = format!(
            "{} visitors ({} check everything), seed {}, in {place} around {}\nat {}",
            options.visitors,
            options.checkers.min(options.visitors),
            options.seed,
            listed(&spots),
            listed(&urls),
        );
        let screen = Self {
            is_terminal: std::io::stdout().is_terminal(),
            title,
            visitors: options.visitors,
            shown_ms: None,
        };
        if !screen.is_terminal {
            say(&screen.title);
        }
        screen
    }

    /// Shows how it goes.
    pub fn show(&mut self, phase: &str, progress: &[Progress], now_ms: u64) {
        let [often, seldom] = EVERY_MS;
        let every_ms = if self.is_terminal { often } else { seldom };
        if self.shown_ms.is_some_and(|shown| now_ms < shown + every_ms) {
            return;
        }
        self.shown_ms = Some(now_ms);
        let sum = |of: fn(&Progress) -> u64| progress.iter().map(of).sum::<u64>();
        let mut ages = Ages::default();
        for part in progress {
            ages.merge(&part.ages);
        }
        let cpu: f64 = progress.iter().map(|part| part.cpu).sum();
        let state = format!(
            "{:>4} s  {phase}: {} of {} in  {} updates/s  {:.1} MB/s  age p50 {:.0} ms, p99 {:.0} ms  crowd {:.0} % of a core",
            now_ms / 1_000,
            sum(|part| u64::from(part.inside)),
            self.visitors,
            sum(|part| part.updates),
            sum(|part| part.bytes) as f64 / 1e6,
            ages.quantile_ms(0.5),
            ages.quantile_ms(0.99),
            cpu * 100.0,
        );
        let faults = reasons(&merged(progress));
        if self.is_terminal {
            let mut picture = format!("\x1b[H\x1b[J{}\n\n{state}\n", self.title);
            for part in progress {
                let line = format!(
                    "\n  {:>6} in  {:>9} updates/s  {:>3.0} % of a core",
                    part.inside,
                    part.updates,
                    part.cpu * 100.0
                );
                picture.push_str(&line);
            }
            say(&format!("{picture}\n\n{}", faults.join("\n")));
        } else if faults.is_empty() {
            say(&state);
        } else {
            say(&format!("{state}  {}", faults.join("; ")));
        }
    }

    /// Shows what it came to.
    pub fn finish(&self, summary: &Summary) {
        if self.is_terminal {
            say(&format!("\x1b[H\x1b[J{}", self.title));
        }
        say(&table(summary));
    }
}

/// What was wrong, in words.
pub fn reasons(faults: &Faults) -> Vec<String> {
    let counts = [
        (faults.gaps, "gaps in streams"),
        (faults.strange, "updates of what nobody did"),
        (faults.corrected, "moves refused"),
    ];
    let counted = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"));
    let closed = faults.closed.iter().map(|(reason, count)| {
        let advice = match reason.as_str() {
            "too-many" => {
                " (start the relay with --joins-per-second 0 or --exempt, or lower --join-per-second)"
            }
            "full" => " (raise the relay's --capacity or the place's)",
            _ => "",
        };
        format!("{count} closed by the relay: {reason}{advice}")
    });
    let errors = faults
        .errors
        .iter()
        .map(|(cause, count)| format!("{count} failed: {cause}"));
    counted.chain(closed).chain(errors).collect()
}

fn table(summary: &Summary) -> String {
    let mut lines = vec![format!(
        "\n{:<8}{:>14}{:>12}{:>8}{:>10}{:>10}{:>10}{:>10}{:>12}",
        "rate", "updates", "a second", "bytes", "age p50", "p99", "max", "late", "superseded"
    )];
    let or_dash = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.2}"));
    for rate in &summary.rates {
        lines.push(format!(
            "{:<8}{:>14}{:>12.0}{:>8}{:>7.1} ms{:>7.1} ms{:>7.0} ms{:>9.3}%{:>12}",
            rate.rate,
            rate.updates,
            rate.updates_per_second,
            or_dash(rate.bytes_per_update),
            rate.age_ms.p50,
            rate.age_ms.p99,
            rate.age_ms.max,
            rate.late_share * 100.0,
            rate.superseded,
        ));
    }
    for rate in summary.rates.iter().filter(|rate| rate.binds + rate.keyed > 0) {
        lines.push(format!(
            "{:<8}{} came into view at {} bytes, {} in key frames at {} bytes",
            rate.rate,
            rate.binds,
            or_dash(rate.bytes_per_bind),
            rate.keyed,
            or_dash(rate.bytes_per_keyed),
        ));
    }
    let times = |times: &Times| {
        format!(
            "p50 {:.1} ms, p99 {:.1} ms, max {:.0} ms",
            times.p50, times.p99, times.max
        )
    };
    lines.push(format!(
        "each     {:.1} KB/s, of it {:.1} % heartbeats, {:.1} % names and the like",
        summary.bytes_per_visitor_second / 1_024.0,
        summary.quiet_share * 100.0,
        summary.other_share * 100.0,
    ));
    lines.push(format!("coming in {}", times(&summary.welcome_ms)));
    let found = &summary.findings;
    lines.push(format!(
        "seen by {} checkers when all stood still: {} expected, {} missing, {} ghosts, {} misplaced, {} without a name",
        found.checkers, found.expected, found.missing, found.ghosts, found.misplaced, found.nameless
    ));
    lines.push(format!(
        "in at the end: {} of {}; channels: {}",
        summary.inside,
        summary.visitors,
        listed(
            &summary
                .channels
                .iter()
                .map(|(channel, count)| format!("{channel}: {count}"))
                .collect::<Vec<_>>()
        )
    ));
    for relay in &summary.relay_use {
        lines.push(format!(
            "relay {}: {:.1} % of a core, {:.1} % waiting for one that others had, {:.0} MB",
            relay.pid,
            relay.cpu * 100.0,
            relay.waited * 100.0,
            relay.memory_bytes as f64 / 1e6
        ));
    }
    lines.push(format!(
        "crowd: {:.1} % of {} core(s), {:.0} MB; its own moves late by {}; stolen by the host: {:.1} %",
        summary.crowd_cpu / summary.crowd_cores.max(1) as f64 * 100.0,
        summary.crowd_cores,
        summary.crowd_memory_bytes as f64 / 1e6,
        times(&summary.send_lag_ms),
        summary.stolen * 100.0
    ));
    lines.extend(reasons(&summary.faults));
    lines.extend(summary.void.iter().map(|reason| format!("VOID: {reason}")));
    if summary.sound {
        lines.push("Everything was right.".to_owned());
    }
    lines.join("\n")
}

fn listed(all: &[impl AsRef<str>]) -> String {
    let all: Vec<&str> = all.iter().map(AsRef::as_ref).collect();
    all.join(", ")
}

/// Writes a line; nobody may be reading any more.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
