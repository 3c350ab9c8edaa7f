//! The command line. Every option is also an environment variable.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};
use shared::protocol::Periods;

/// The server of Metaverse Seoul.
#[derive(Debug, Parser)]
#[command(name = "relay", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve a city
    Serve(ServeOptions),
    /// Work on a city pack
    City {
        /// What to do with it.
        #[command(subcommand)]
        command: CityCommand,
    },
}

/// Work on a city pack.
#[derive(Debug, Subcommand)]
pub enum CityCommand {
    /// Check a pack and print everything that is wrong with it
    Check {
        /// The directory with the pack's manifest.json
        dir: PathBuf,
    },
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub struct ServeOptions {
    /// Address and port to listen on
    #[arg(long, env = "RELAY_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// Directory of the browser bundle that Trunk built
    #[arg(long, env = "RELAY_WEB", default_value = "dist")]
    pub web: PathBuf,

    /// Directory of the city pack
    #[arg(long, env = "RELAY_CITY", default_value = "assets/cities/seoul")]
    pub city: PathBuf,

    /// The Redis that connects several relays; without it this relay is the only one
    #[arg(
        long,
        env = "REDIS_URL",
        value_name = "redis://HOST:PORT",
        hide_env_values = true
    )]
    pub redis: Option<String>,

    /// Directory where the relay keeps the key of its tickets [default: under `XDG_STATE_HOME`]
    #[arg(long, env = "RELAY_DATA")]
    pub data: Option<PathBuf>,

    /// A further origin whose pages may connect; the relay's own host always may
    #[arg(
        long,
        env = "RELAY_ALLOW_ORIGIN",
        value_name = "https://HOST",
        value_delimiter = ','
    )]
    pub allow_origin: Vec<String>,

    /// Most visitors on this relay at once
    #[arg(long, env = "RELAY_CAPACITY", default_value_t = 2_000)]
    pub capacity: u32,

    /// Connections a second that one address may open, after a first 500; 0 for no limit
    #[arg(long, env = "RELAY_JOINS_PER_SECOND", default_value_t = 30)]
    pub joins_per_second: u32,

    /// Believe X-Forwarded-For: only behind a proxy that sets it
    #[arg(long, env = "RELAY_TRUST_PROXY")]
    pub trust_proxy: bool,

    /// Ticks (of 1/15 s) between two frames of what is near: more when many visitors share little processor time
    #[arg(long, env = "RELAY_NEAR_EVERY", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=15))]
    pub near_every: u8,

    /// Ticks between two frames of what is far away
    #[arg(long, env = "RELAY_FAR_EVERY", default_value_t = 15, value_parser = clap::value_parser!(u8).range(1..=150))]
    pub far_every: u8,

    /// For those who change the code: read the bundle anew at each request, and let browsers keep nothing
    #[arg(long, env = "RELAY_DEV")]
    pub dev: bool,
}

impl ServeOptions {
    /// How often frames are made.
    pub fn periods(&self) -> Periods {
        Periods {
            near: self.near_every,
            middle: self
                .near_every
                .saturating_mul(3)
                .min(self.far_every.max(self.near_every)),
            far: self.far_every,
        }
    }
}
