//! The `relay` command.

use std::{io::IsTerminal as _, process::ExitCode};

use clap::Parser;
use relay::{
    city, invite,
    options::{CityCommand, Cli, Command},
    serve,
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
        Command::Serve(options) => serve::run(options),
        Command::Invite(options) => invite::run(&options),
        Command::City {
            command: CityCommand::Check { dir },
        } => check(&dir),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
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
