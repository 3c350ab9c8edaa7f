//! `cargo xtask city`: work on a city pack. The relay knows how to read one; it is asked, so that what is checked is
//! what will be served.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf, absolute},
    process::{Command, ExitCode},
};

use anyhow::{Context, Result, anyhow};
use clap::Subcommand;
use shared::city::{City, source};

use crate::{bundle::Flavour, project::Project, serve};

/// What to do with a city pack.
#[derive(Subcommand)]
pub enum CityCommand {
    /// Check a pack and print everything that is wrong with it, by file and line
    Check {
        /// The directory with the pack's manifest.json
        directory: PathBuf,
    },
    /// Make a pack of an extract of OpenStreetMap (GeoJSON, as Overpass turbo exports it)
    Import {
        /// The extract
        extract: PathBuf,
        /// Options such as `--into assets/cities/town --name Town --language en --language ko`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<OsString>,
    },
}

/// Compiles the pack in a directory, its texts apart; an error tells everything that is wrong with it.
pub fn compile(pack: &Path) -> Result<City> {
    let read = |path: &str| fs::read_to_string(pack.join(path)).map_err(|error| error.to_string());
    source::compile(&read).map_err(|errors| {
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow!(
            "{}: the city cannot be served\n{}",
            pack.display(),
            told.join("\n")
        )
    })
}

/// Does it; the exit code says whether the pack is sound.
pub fn run(project: &Project, command: &CityCommand) -> Result<ExitCode> {
    let relay = serve::build_relay(project, Flavour::Release)?;
    let mut asked = Command::new(&relay);
    asked.arg("city");
    match command {
        CityCommand::Check { directory } => asked.arg("check").arg(absolute(directory)?),
        CityCommand::Import { extract, options } => asked
            .arg("import")
            .arg(absolute(extract)?)
            .args(options)
            .current_dir(&project.root),
    };
    let status = asked
        .status()
        .with_context(|| format!("cannot start {}", relay.display()))?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
