//! `cargo xtask bench`: peers installed, relay and load built in release, everything measured, the page written.

use std::{fs, process::Command, process::ExitCode};

use anyhow::{Context, Result};
use clap::Args;

use crate::{command, project::Project, setup};

/// Options of `cargo xtask bench`.
#[derive(Args)]
pub struct BenchOptions {
    /// For those who change the code: a part of it, once, in some minutes; nothing is written to docs/
    #[arg(long)]
    quick: bool,
    /// Add rounds to the figures of earlier runs, instead of beginning anew
    #[arg(long)]
    more: bool,
    /// Passed on to the load, for example: `-- --rounds 9 --only relay,bun --scenes few-1000`
    #[arg(last = true)]
    load: Vec<String>,
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

/// Sets up, builds, measures, reports.
pub fn run(project: &Project, options: &BenchOptions) -> Result<ExitCode> {
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

    let kept = project.target.join("bench");
    let results = kept.join(if options.quick {
        "quick.jsonl"
    } else {
        "results.jsonl"
    });
    if !options.more && results.exists() {
        fs::remove_file(&results).with_context(|| format!("removing {}", results.display()))?;
    }
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
