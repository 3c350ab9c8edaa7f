//! Everything a developer or operator types: `cargo xtask run`, `cargo xtask test`.
//!
//! In: the checkout, and a machine with a Rust toolchain. Out: tools in a cache directory, the browser bundle in
//! `dist/`, a relay that serves it, and the verdict of every test suite. It knows how the parts are built and
//! started, and never what they do.

mod bench;
mod bundle;
mod city;
mod command;
mod fingerprint;
mod fuzz;
mod gallery;
mod interface;
mod page;
mod project;
mod serve;
mod setup;
mod test;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::project::Project;

/// The commands of Metaverse Seoul's repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and serve it on this machine, port 8080
    Run(serve::RunOptions),
    /// Build what `run` serves, the bundle and the relay, and end
    Build,
    /// Run every test suite and say how many tests passed
    Test(test::TestOptions),
    /// Give every decoder bytes that nobody would send, ten minutes each
    Fuzz(fuzz::FuzzOptions),
    /// Measure the relay beside its peers, and write docs/benchmarks.md; or the engine beside three.js
    Bench(bench::BenchOptions),
    /// Draw every spot of the city, and write docs/gallery.md
    Gallery,
    /// Photograph every screen of the page in every mode, and write docs/interface.md
    Interface(interface::InterfaceOptions),
    /// Install what is missing, as `run` and `test` do by themselves
    ///
    /// Tools go to `metaverse-seoul` in XDG_CACHE_HOME (or ~/.cache). METAVERSE_WASM=debian compiles the browser's
    /// crates with Debian's compiler even if rustup could; METAVERSE_WASM=rustup never does.
    #[expect(clippy::doc_markdown, reason = "help text, read in a terminal")]
    Setup {
        /// Also what only the tests need: browsers, redis-server, fonts
        #[arg(long)]
        tests: bool,
    },
    /// Work on a city pack
    City {
        #[command(subcommand)]
        command: city::CityCommand,
    },
    /// Finish a bundle: trunk's hook, not meant to be typed
    #[command(hide = true)]
    Bundle,
    /// Say when the relay listens: started by `run`, not meant to be typed
    #[command(hide = true)]
    Announce(serve::Announcement),
}

fn main() -> ExitCode {
    match perform(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(command: Command) -> anyhow::Result<ExitCode> {
    let project = Project::locate()?;
    match command {
        Command::Run(options) => serve::run(&project, &options),
        Command::Build => serve::build(&project).map(|()| ExitCode::SUCCESS),
        Command::Test(options) => Ok(test::run(&project, &options)),
        Command::Fuzz(options) => fuzz::run(&project, &options).map(|()| ExitCode::SUCCESS),
        Command::Bench(options) => bench::run(&project, &options),
        Command::Gallery => gallery::run(&project).map(|()| ExitCode::SUCCESS),
        Command::Interface(options) => interface::run(&project, &options).map(|()| ExitCode::SUCCESS),
        Command::Setup { tests } => {
            let purpose = if tests {
                setup::Purpose::Test
            } else {
                setup::Purpose::Run
            };
            setup::prepare(&project, purpose)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::City { command } => city::run(&project, &command),
        Command::Announce(announcement) => {
            serve::announce_when_answering(&announcement);
            Ok(ExitCode::SUCCESS)
        }
        Command::Bundle => {
            bundle::finish_from_trunk()?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
