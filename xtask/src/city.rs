//! `cargo xtask city`: work on a city pack. The relay knows how to read one; it is asked, so that what is checked is
//! what will be served.

use std::{
    path::{PathBuf, absolute},
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};
use clap::Subcommand;

use crate::{bundle::Flavour, project::Project, serve};

/// What to do with a city pack.
#[derive(Subcommand)]
pub enum CityCommand {
    /// Check a pack and print everything that is wrong with it, by file and line
    Check {
        /// The directory with the pack's manifest.json
        directory: PathBuf,
    },
}

/// Does it; the exit code says whether the pack is sound.
pub fn run(project: &Project, command: &CityCommand) -> Result<ExitCode> {
    let CityCommand::Check { directory } = command;
    let relay = serve::build_relay(project, Flavour::Release)?;
    let status = Command::new(&relay)
        .args(["city", "check"])
        .arg(absolute(directory)?)
        .status()
        .with_context(|| format!("cannot start {}", relay.display()))?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
