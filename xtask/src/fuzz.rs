//! `cargo xtask fuzz`: libFuzzer against every decoder and the state of sessions, beginning from the corpus in the repository.
//!
//! The coverage flags are those of cargo-fuzz; without a sanitizer they need no nightly compiler, and safe Rust has
//! little for one to find.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use clap::Args;

use crate::{command, project::Project};

/// Where someone else's bytes are read; and `session`, where bytes decide what connections do.
pub const TARGETS: [&str; 9] = [
    "client_message",
    "relay_message",
    "cells",
    "parcel",
    "ticket",
    "city",
    "compiled_city",
    "stage",
    "session",
];

/// As many inputs as continuous integration can wait for: at most some twenty seconds.
pub fn brief(target: &str) -> Effort {
    Effort::Inputs(match target {
        // Each is minutes in the life of two relays.
        "session" => 4_000,
        _ => 200_000,
    })
}

/// What makes a program tell libFuzzer which ways it took.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Cpanic=abort";

/// Options of `cargo xtask fuzz`.
#[derive(Args)]
pub struct FuzzOptions {
    /// Only this target
    #[arg(long, value_parser = TARGETS)]
    target: Option<String>,
    /// How long for each target
    #[arg(long, default_value_t = 600)]
    seconds: u32,
}

/// Builds the targets and runs them; what ends one is kept, and named by libFuzzer.
pub fn run(project: &Project, options: &FuzzOptions) -> Result<()> {
    let programs = build(project)?;
    for target in TARGETS {
        if options.target.as_ref().is_none_or(|only| only == target) {
            println!("fuzz: {target}, {} s", options.seconds);
            run_one(project, &programs, target, Effort::Seconds(options.seconds))?;
        }
    }
    Ok(())
}

/// Builds all targets; the answer is where they are.
pub fn build(project: &Project) -> Result<PathBuf> {
    let host = command::run_quietly(Command::new("rustc").arg("-vV"))?;
    let host = host
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .context("rustc tells no host")?;
    let target = project.target.join("fuzz");
    let mut cargo = Command::new("cargo");
    cargo
        // A target of its own, so that build scripts are compiled without the flags.
        .args([
            "build",
            "--release",
            "--manifest-path",
            "fuzz/Cargo.toml",
            "--target",
            host,
            "--target-dir",
        ])
        .arg(&target)
        .env("RUSTFLAGS", COVERAGE)
        .current_dir(&project.root);
    command::run(&mut cargo).context("building the fuzz targets")?;
    Ok(target.join(host).join("release"))
}

/// How much a run tries.
#[derive(Clone, Copy)]
pub enum Effort {
    /// Something new each time, going on from what was learned before.
    Seconds(u32),
    /// As many on a slow machine as on a fast one, beginning from the repository's corpus alone.
    Inputs(u32),
}

/// Runs one target. What it learns goes beside the programs, not into the checkout.
pub fn run_one(project: &Project, programs: &Path, target: &str, effort: Effort) -> Result<()> {
    let (name, limits) = match effort {
        Effort::Seconds(seconds) => ("corpus", vec![format!("-max_total_time={seconds}")]),
        Effort::Inputs(inputs) => ("brief", vec![format!("-runs={inputs}")]),
    };
    let learned = programs.join(name).join(target);
    if matches!(effort, Effort::Inputs(_)) && learned.is_dir() {
        fs::remove_dir_all(&learned)?;
    }
    fs::create_dir_all(&learned)?;
    let mut fuzzer = Command::new(programs.join(target));
    fuzzer
        .args([
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-verbosity=0",
            "-print_final_stats=0",
        ])
        .args(limits)
        .arg(format!("-artifact_prefix={}/{target}-", programs.display()))
        .arg(&learned)
        .arg(project.root.join("fuzz/corpus").join(target))
        .current_dir(&project.root);
    command::run(&mut fuzzer).with_context(|| format!("{target} found something"))
}
