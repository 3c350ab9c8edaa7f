//! The `relay` command.

use std::{io::IsTerminal as _, process::ExitCode};

use clap::Parser;
use relay::{
    city::{self, import::Town},
    invite,
    options::{CityCommand, Cli, Command, ImportOptions},
    reports, serve,
};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let outcome = match Cli::parse().command {
        Command::Serve(options) => serve::run(*options),
        Command::Invite(options) => invite::run(&options),
        Command::Reports(options) => reports::run(&options),
        Command::City {
            command: CityCommand::Check { dir },
        } => check(&dir),
        Command::City {
            command: CityCommand::Import(options),
        } => import(options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn import(options: ImportOptions) -> anyhow::Result<()> {
    let stem = options.extract.file_stem().unwrap_or_default();
    let folder = options
        .into
        .unwrap_or_else(|| std::path::Path::new("assets/cities").join(stem));
    let id = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let town = Town {
        name: options.name.unwrap_or_else(|| id.clone()),
        id,
        languages: options.languages.iter().map(ToString::to_string).collect(),
        utc_offset_min: options.utc_offset,
    };
    let imported = city::import::import(&options.extract, &folder, &town)?;
    for left_out in &imported.left_out {
        println!("left out: {left_out}");
    }
    println!("{} features", imported.features);
    check(&folder)
}

fn check(dir: &std::path::Path) -> anyhow::Result<()> {
    let pack = city::load(dir)?;
    for place in &pack.city.places {
        println!(
            "{}: {} spots, {} parts",
            place.id,
            place.spots.len(),
            place.parts.len()
        );
    }
    println!(
        "{} is sound: {} bytes compiled",
        dir.display(),
        pack.compiled.len()
    );
    Ok(())
}
