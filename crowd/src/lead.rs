//! The first process: starts the parts, and leads them through the rehearsal.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{
    ground::homes,
    machine::{self, Machine},
    options::Options,
    orders::{Assignment, Order, Outcome, Present, Progress, Report},
    screen::Screen,
    summary::{RelayUse, Summary, Usage},
};

/// How long the parts may take to read the city before visitors come.
const READY_MS: u64 = 2_000;

/// How long after the last one's turn anyone may take to come in.
const PATIENCE_MS: u64 = 20_000;

/// How long after the last one has come in figures are not taken yet, beside two periods of the far rate.
const SETTLE_MS: f64 = 3_000.0;

/// How long the parts may take to look around.
const LOOK_WITHIN_MS: u64 = 60_000;

/// Files that a process opens beside its connections.
const OTHER_FILES: u64 = 64;

/// The parts and what they tell.
struct Parts {
    all: Vec<(Child, ChildStdin)>,
    reports: Receiver<(usize, Option<Report>)>,
    progress: Vec<Progress>,
    begin_ms: u64,
}

/// Rehearses.
pub fn run(options: &Options) -> Result<()> {
    let (place, homes) = homes(&options.city, options.place.as_deref(), &options.spots)?;
    check_files(options)?;
    let mut screen = Screen::new(options, &place, &homes);
    let mut parts = Parts::start(options)?;

    let last_ms = (f64::from(options.visitors) / options.join_per_second.max(0.01) * 1_000.0) as u64;
    let arrived = |parts: &Parts| {
        let known = parts
            .progress
            .iter()
            .map(|part| part.inside + part.over)
            .sum::<u32>();
        known >= options.visitors || parts.now_ms() > last_ms + PATIENCE_MS
    };
    while !arrived(&parts) {
        parts.hear(None)?;
        screen.show("coming in", &parts.progress, parts.now_ms());
    }
    if parts.progress.iter().all(|part| part.inside == 0) {
        let faults = crate::summary::merged(&parts.progress);
        bail!("nobody came in: {}", crate::screen::reasons(&faults).join("; "));
    }

    let far_s = parts.progress.iter().map(|part| part.far_s).fold(0.0, f64::max);
    let from_ms = parts.now_ms() + (SETTLE_MS + 2_000.0 * far_s) as u64;
    let to_ms = from_ms + u64::from(options.seconds) * 1_000;
    parts.order(&Order::Count { from_ms, to_ms })?;
    parts.watch_until(from_ms, "settling", &mut screen)?;
    let before = Usage::now(&options.relay_pids);
    parts.watch_until(to_ms, "taking figures", &mut screen)?;
    let after = Usage::now(&options.relay_pids);

    let (mut present, mut told) = (Present::new(), 0);
    while told < parts.all.len() {
        if let Some(Report::Present(more)) = parts.hear(Some(to_ms + LOOK_WITHIN_MS))? {
            told += 1;
            for (channel, visitors) in more {
                present.entry(channel).or_default().extend(visitors);
            }
        }
        screen.show("standing still", &parts.progress, parts.now_ms());
    }
    parts.order(&Order::Check(present.clone()))?;
    let mut outcomes: Vec<Outcome> = Vec::new();
    while outcomes.len() < parts.all.len() {
        if let Some(Report::Done(outcome)) = parts.hear(Some(to_ms + 2 * LOOK_WITHIN_MS))? {
            outcomes.push(*outcome);
        }
    }
    parts.end()?;
    let summary = Summary::new(
        options,
        &present,
        &outcomes,
        &before,
        &after,
        f64::from(options.seconds),
    );
    screen.finish(&summary);
    if let Some(path) = &options.json {
        fs::write(path, serde_json::to_string_pretty(&summary)?)
            .with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// Each connection is an open file: what is too little is said before anyone comes in.
fn check_files(options: &Options) -> Result<()> {
    let each = u64::from(options.visitors.div_ceil(options.processes)) + OTHER_FILES;
    let may = rlimit::increase_nofile_limit(u64::MAX)?;
    ensure!(
        may >= each,
        "each process needs {each} open files, and may have {may}: raise the limit (ulimit -n {each}, as root or in \
         /etc/security/limits.conf), or take more processes; the relays need as many for their visitors"
    );
    Ok(())
}

impl Parts {
    fn start(options: &Options) -> Result<Self> {
        let (sender, reports) = mpsc::channel();
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        let mut parts = Self {
            all: Vec::new(),
            reports,
            progress: vec![Progress::default(); options.processes as usize],
            // With a second begins a tick of the relays: the crowd's ticks are theirs.
            begin_ms: (now.as_millis() as u64 + READY_MS).next_multiple_of(1_000),
        };
        for part in 0..options.processes {
            let mut child = command(options)?
                .arg("--part")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .context("starting a part")?;
            let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
                bail!("a part has no input and output");
            };
            parts.all.push((child, input));
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    let Ok(report) = serde_json::from_str(&line) else {
                        break;
                    };
                    // The first process may have given up.
                    let _ = sender.send((part as usize, Some(report)));
                }
                let _ = sender.send((part as usize, None));
            });
            let assignment = Assignment {
                part,
                parts: options.processes,
                servers: options.servers.clone(),
                visitors: options.visitors,
                checkers: options.checkers,
                light: options.light,
                seed: options.seed,
                scene: options.scene,
                city: options.city.clone(),
                place: options.place.clone(),
                spots: options.spots.clone(),
                begin_ms: parts.begin_ms,
                join_per_second: options.join_per_second,
            };
            if let Some((_, input)) = parts.all.last_mut() {
                tell(input, &assignment)?;
            }
        }
        Ok(parts)
    }

    /// Milliseconds since the rehearsal began; 0 before.
    fn now_ms(&self) -> u64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        (now.as_millis() as u64).saturating_sub(self.begin_ms)
    }

    fn order(&mut self, order: &Order) -> Result<()> {
        for (_, input) in &mut self.all {
            tell(input, order)?;
        }
        Ok(())
    }

    /// Waits a moment for a report other than progress, which is noted.
    fn hear(&mut self, until_ms: Option<u64>) -> Result<Option<Report>> {
        ensure!(
            until_ms.is_none_or(|until| self.now_ms() < until),
            "a part does not answer"
        );
        match self.reports.recv_timeout(Duration::from_millis(100)) {
            Ok((part, Some(Report::Progress(mut progress)))) => {
                if let Some(held) = self.progress.get_mut(part) {
                    let used_s = progress.cpu;
                    progress.cpu_before_s = used_s;
                    progress.cpu = used_s - held.cpu_before_s;
                    *held = progress;
                }
                Ok(None)
            }
            Ok((_, Some(report))) => Ok(Some(report)),
            Ok((part, None)) if self.has_failed(part) => bail!("part {part} has failed"),
            Ok((_, None)) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Ok(None),
        }
    }

    /// Lets everyone say good-bye.
    fn end(&mut self) -> Result<()> {
        self.order(&Order::End)?;
        for (child, _) in &mut self.all {
            child.wait().context("waiting for a part")?;
        }
        Ok(())
    }

    fn has_failed(&mut self, part: usize) -> bool {
        let child = self.all.get_mut(part).map(|(child, _)| child);
        child.is_none_or(|child| !child.wait().is_ok_and(|status| status.success()))
    }

    fn watch_until(&mut self, time_ms: u64, phase: &str, screen: &mut Screen) -> Result<()> {
        while self.now_ms() < time_ms {
            self.hear(None)?;
            screen.show(phase, &self.progress, self.now_ms());
        }
        Ok(())
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        for (child, _) in &mut self.all {
            // It may have ended by itself; either way nothing is left to be done.
            let _ = child.try_wait().is_ok_and(|ended| ended.is_some()) || child.kill().is_ok();
            let _ = child.wait();
        }
    }
}

fn tell(input: &mut ChildStdin, order: &impl serde::Serialize) -> Result<()> {
    let mut line = serde_json::to_vec(order)?;
    line.push(b'\n');
    input.write_all(&line).context("a part takes no orders")
}

/// This program again, on the cores that were named.
fn command(options: &Options) -> Result<Command> {
    let own = std::env::current_exe()?;
    Ok(match &options.pin {
        Some(cores) => {
            let mut command = Command::new("taskset");
            command.args(["--cpu-list", cores]).arg(own);
            command
        }
        None => Command::new(own),
    })
}

impl Usage {
    /// As of now.
    fn now(relays: &[u32]) -> Self {
        let of = |pid: &u32| RelayUse {
            pid: *pid,
            cpu: machine::cpu_s(*pid),
            waited: machine::waited_s(*pid),
            memory_bytes: machine::memory_bytes(*pid),
        };
        Self {
            machine: Machine::now(),
            relays: relays.iter().map(of).collect(),
        }
    }
}
