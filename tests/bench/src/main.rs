//! The relay measured beside its peers: the same trace, the same precision, turn about.
//!
//! In: the relay's program, the peers' packages. Out: figures of each round as lines of JSON, and a page that shows
//! them. `cargo xtask bench` runs it, and `cargo xtask bench --engine` for the page of the engine's figures, which
//! `engine/measure.js` takes. It knows the relay's protocol as a client does, and never looks inside a server
//! but for what the system tells of any process.

mod city;
mod contender;
mod control;
mod crowd;
mod engine;
mod figures;
mod history;
mod machine;
mod measure;
mod plot;
mod report;
mod results;
mod scene;
mod server;
mod trace;
mod usage;
mod websocket;
mod wire;

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::{Command, ExitCode},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, ensure};
use clap::{Args, Parser, Subcommand, ValueEnum as _};

use crate::{
    contender::{Contender, GENERATOR_CORE, Programs},
    results::{Line, Round},
    scene::{SCENES, Scene},
};

/// How often a contender may try in a turn until a round is not void.
const ATTEMPTS: u32 = 3;

#[derive(Parser)]
#[command(name = "bench", version)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Let contenders serve crowds, and keep the figures
    Measure(MeasureOptions),
    /// Write the page that shows the figures
    Report(ReportOptions),
    /// Write the page that shows the engine's figures
    EngineReport(EngineReportOptions),
    /// Be the control
    #[command(hide = true)]
    Control {
        /// Where to listen.
        address: SocketAddr,
    },
}

#[derive(Args)]
struct MeasureOptions {
    /// The relay's program
    #[arg(long)]
    relay: PathBuf,
    /// The directory with the peers and their packages
    #[arg(long)]
    peers: PathBuf,
    /// The file to which figures are appended
    #[arg(long)]
    results: PathBuf,
    /// Rounds
    #[arg(long, default_value_t = 5)]
    rounds: u64,
    /// Seconds that a contender is measured in a round
    #[arg(long, default_value_t = 6.0)]
    seconds: f64,
    /// Only these contenders
    #[arg(long, value_delimiter = ',')]
    only: Vec<Contender>,
    /// Only these scenes: everyone-50, few-200 and so on, or idle
    #[arg(long, value_delimiter = ',')]
    scenes: Vec<String>,
    /// Connections between which idle memory is measured
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 5_000])]
    idle: Vec<usize>,
}

#[derive(Args)]
struct ReportOptions {
    /// The directory with the peers and their packages
    #[arg(long)]
    peers: PathBuf,
    /// The file of figures
    #[arg(long)]
    results: PathBuf,
    /// The directory for benchmarks.md; its plots go into benchmarks/ there
    #[arg(long)]
    docs: PathBuf,
}

#[derive(Args)]
struct EngineReportOptions {
    /// The directory with the peers and their packages
    #[arg(long)]
    peers: PathBuf,
    /// The file of figures
    #[arg(long)]
    results: PathBuf,
    /// The directory of pictures
    #[arg(long)]
    pictures: PathBuf,
    /// The directory for engine-benchmarks.md; its plots and pictures go into engine-benchmarks/ there
    #[arg(long)]
    docs: PathBuf,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Task::Measure(options) => measure(&options),
        Task::Report(options) => report::write(&options.peers, &options.results, &options.docs),
        Task::EngineReport(options) => {
            engine::report::write(&options.peers, &options.results, &options.pictures, &options.docs)
        }
        Task::Control { address } => control::serve(address),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(options: &MeasureOptions) -> Result<()> {
    ensure!(
        usage::cores()? >= 2,
        "needs two cores: one for the server, one for the load"
    );
    pin_generator()?;
    let peers = options.peers.canonicalize().context("the peers' directory")?;
    let relay = options.relay.canonicalize().context("the relay's program")?;
    let programs = Programs {
        relay: &relay,
        peers: &peers,
    };
    let wanted = |name: &str| options.scenes.is_empty() || options.scenes.iter().any(|scene| scene == name);
    let contenders: Vec<Contender> = Contender::value_variants()
        .iter()
        .copied()
        .filter(|contender| options.only.is_empty() || options.only.contains(contender))
        .collect();
    let span = Duration::from_secs_f64(options.seconds);
    for round in 0..options.rounds {
        for scene in SCENES.into_iter().filter(|scene| wanted(&scene.name())) {
            walk(&contenders, scene, round, span, &programs, options)?;
        }
        if wanted("idle") {
            rest(&turn(&contenders, round), &programs, options)?;
        }
    }
    Ok(())
}

/// The contenders in an order that is another in each round.
fn turn(contenders: &[Contender], round: u64) -> Vec<Contender> {
    let mut order = contenders.to_vec();
    let by = round as usize % order.len().max(1);
    order.rotate_left(by);
    order
}

fn walk(
    contenders: &[Contender],
    scene: Scene,
    round: u64,
    span: Duration,
    programs: &Programs<'_>,
    options: &MeasureOptions,
) -> Result<()> {
    let turn_number = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    println!("\n{}, round {}", scene.name(), round + 1);
    println!(
        "{:<26} {:>9} {:>8} {:>8} {:>8} {:>9} {:>6} {:>9}",
        "", "CPU µs/u", "bytes/u", "p50 ms", "p99 ms", "on time", "core", "generator"
    );
    for contender in turn(contenders, round) {
        if scene.has(contender) {
            for _ in 0..ATTEMPTS {
                let mut figures = measure::round(contender, scene, programs, span, round + 1)
                    .with_context(|| format!("{} in {}", contender.title(), scene.name()))?;
                figures.turn = turn_number;
                print(&figures);
                let is_void = figures.void().is_some();
                results::keep(&options.results, &Line::Round(figures))?;
                if !is_void {
                    break;
                }
            }
        }
    }
    Ok(())
}

fn rest(contenders: &[Contender], programs: &Programs<'_>, options: &MeasureOptions) -> Result<()> {
    let [few, many] = *options.idle.as_slice() else {
        anyhow::bail!("two numbers of connections");
    };
    println!("\nidle, {few} to {many} connections");
    for contender in contenders {
        let idle = measure::idle(*contender, programs, few, many)
            .with_context(|| format!("{} with idle connections", contender.title()))?;
        println!(
            "{:<26} {:>7.1} KiB each",
            contender.title(),
            idle.bytes_each / 1_024.0
        );
        results::keep(&options.results, &Line::Idle(idle))?;
    }
    Ok(())
}

fn print(round: &Round) {
    let remark = round.void().map_or_else(
        || {
            if round.is_saturated() {
                "saturated".to_owned()
            } else {
                String::new()
            }
        },
        |why| format!("void: {why}"),
    );
    println!(
        "{:<26} {:>9.3} {:>8.2} {:>8.1} {:>8.1} {:>8.2}% {:>5.0}% {:>8.0}% {remark}",
        round.contender.title(),
        round.cpu_us(),
        round.bytes_each(),
        round.age_p50_ms,
        round.age_p99_ms,
        round.delivered() * 100.0,
        round.load() * 100.0,
        round.generator_load * 100.0,
    );
}

/// Moves this process to its core.
fn pin_generator() -> Result<()> {
    let output = Command::new("taskset")
        .args([
            "--cpu-list",
            "--pid",
            GENERATOR_CORE,
            &std::process::id().to_string(),
        ])
        .output()
        .context("taskset, of util-linux, is needed")?;
    ensure!(
        output.status.success(),
        "cannot pin the load: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}
