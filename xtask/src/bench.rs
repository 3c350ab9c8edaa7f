//! `cargo xtask bench`: peers installed, relay and load built in release, everything measured, the page written. With
//! `--engine` the same for the engine beside three.js, with `--page` for the page on a slow line.

use std::{
    fs,
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};
use clap::Args;

use crate::{bundle::Flavour, command, page, project::Project, serve, setup};

/// Options of `cargo xtask bench`.
#[derive(Args)]
pub struct BenchOptions {
    #[command(flatten)]
    subject: Subject,
    /// For those who change the code: a part of it, once, in some minutes; nothing is written to docs/
    #[arg(long)]
    quick: bool,
    /// Add rounds to the figures of earlier runs, instead of beginning anew
    #[arg(long)]
    more: bool,
    /// Passed on to the load, for example: `-- --rounds 9 --only relay,bun --scenes few-1000`; with `--engine` or
    /// `--page` to what measures, for example: `-- --backends=webgl --people=100,500`
    #[arg(last = true)]
    load: Vec<String>,
}

/// What is measured; the relay beside its peers where nothing else is named.
#[derive(Args)]
struct Subject {
    /// Not the relay, but the engine beside three.js, for docs/engine-benchmarks.md
    #[arg(long)]
    engine: bool,
    /// Not the relay, but the page as Lighthouse sees it, for docs/page-benchmarks.md
    #[arg(long, conflicts_with_all = ["engine", "more"])]
    page: bool,
}

/// What `--quick` measures.
const QUICK: [&str; 9] = [
    "--rounds=1",
    "--seconds=2",
    "--scenes",
    "everyone-50",
    "--scenes",
    "few-200",
    "--scenes",
    "idle",
    "--idle=200,1000",
];

/// What `--engine --quick` measures.
const QUICK_ENGINE: [&str; 4] = ["--rounds=1", "--frames=60", "--within=4", "--people=100,1000"];

/// Most people in a ring, and the size of the picture that they are drawn in.
const RING: [&str; 2] = ["2000", "640x360"];

/// Sets up, builds, measures, reports.
pub fn run(project: &Project, options: &BenchOptions) -> Result<ExitCode> {
    if options.subject.engine {
        return run_engine(project, options);
    }
    if options.subject.page {
        return run_page(project, options);
    }
    let path = setup::prepare_bench(project)?;
    println!("relay and load: building (release)");
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "build",
            "--release",
            "--package",
            "relay",
            "--package",
            "bench",
            "--bins",
        ])
        .current_dir(&project.root);
    command::run(&mut cargo).context("building relay and load")?;

    let results = results(project, options, "")?;
    let release = project.target.join("release");
    let bench = |task: &str| {
        let mut bench = Command::new(release.join("bench"));
        bench
            .arg(task)
            .arg("--peers")
            .arg(project.root.join("tests/bench"))
            .arg("--results")
            .arg(&results)
            .env("PATH", &path)
            .current_dir(&project.root);
        bench
    };
    let mut measure = bench("measure");
    measure.arg("--relay").arg(release.join("relay"));
    if options.quick {
        measure.args(QUICK);
    }
    command::run(measure.args(&options.load))?;
    if !options.quick {
        command::run(bench("report").arg("--docs").arg(project.root.join("docs")))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Where figures are kept; those of earlier runs are gone, unless there are to be more.
fn results(project: &Project, options: &BenchOptions, of: &str) -> Result<PathBuf> {
    let name = if options.quick { "quick" } else { "results" };
    let results = project.target.join("bench").join(format!("{of}{name}.jsonl"));
    if !options.more && results.exists() {
        fs::remove_file(&results).with_context(|| format!("removing {}", results.display()))?;
    }
    Ok(results)
}

/// The page on a slow line.
fn run_page(project: &Project, options: &BenchOptions) -> Result<ExitCode> {
    let tools = setup::prepare_page_bench(project)?;
    page::build(project, &tools, Flavour::Release)?;
    let relay = serve::build_relay(project, Flavour::Release)?;
    let mut measure = Command::new("node");
    measure
        .arg("tests/bench/page/measure.js")
        .current_dir(&project.root)
        .env("PATH", tools.path())
        .env("CHROMIUM", setup::chromium())
        .env("RELAY_BIN", relay)
        .env("DIST", project.dist())
        .env("CITY", project.city());
    if options.quick {
        measure.arg("--rounds=1");
    } else {
        measure.arg("--docs").arg(project.root.join("docs"));
    }
    command::run(measure.args(&options.load))?;
    Ok(ExitCode::SUCCESS)
}

/// The same for the engine.
fn run_engine(project: &Project, options: &BenchOptions) -> Result<ExitCode> {
    let tools = setup::prepare_engine_bench(project)?;
    page::build(project, &tools, Flavour::Release)?;
    let results = results(project, options, "engine-")?;
    let [scene, pictures] = ["scene", "pictures"].map(|name| project.target.join("bench/engine").join(name));
    println!("scene: writing it");
    let mut ring = Command::new("cargo");
    ring.current_dir(&project.root)
        .args(["run", "--quiet", "--release", "--package", "engine"])
        .args(["--features", "native", "--example", "ring", "--"])
        .arg(&scene)
        .args(RING);
    command::run(&mut ring).context("writing the scene")?;
    let mut measure = Command::new("node");
    measure
        .arg("tests/bench/engine/measure.js")
        .arg("--dist")
        .arg(project.dist())
        .arg("--scene")
        .arg(&scene)
        .arg("--results")
        .arg(&results)
        .arg("--pictures")
        .arg(&pictures)
        .current_dir(&project.root)
        .env("PATH", tools.path())
        .env("CHROMIUM", setup::chromium());
    if options.quick {
        measure.args(QUICK_ENGINE);
    }
    command::run(measure.args(&options.load))?;
    if !options.quick {
        let mut report = Command::new("cargo");
        report
            .current_dir(&project.root)
            .args([
                "run",
                "--quiet",
                "--release",
                "--package",
                "bench",
                "--",
                "engine-report",
            ])
            .arg("--peers")
            .arg(project.root.join("tests/bench"))
            .arg("--results")
            .arg(&results)
            .arg("--pictures")
            .arg(&pictures)
            .arg("--docs")
            .arg(project.root.join("docs"));
        command::run(&mut report).context("writing the page")?;
    }
    Ok(ExitCode::SUCCESS)
}
