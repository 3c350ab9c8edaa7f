//! The command line.

use std::{net::SocketAddr, net::ToSocketAddrs as _, path::PathBuf};

use clap::{Parser, ValueEnum};
use serde::{Deserialize, Serialize};

/// Rehearse a festival: visitors who walk, stand and check what they see.
///
/// Every visitor is a connection of its own, speaks the page's protocol, and moves as the seed says: so whoever checks
/// knows where everyone must be, and how old each update is from the moment its move was due.
#[derive(Clone, Debug, Parser)]
#[command(name = "crowd", version)]
pub struct Options {
    /// A relay's WebSocket, such as `ws://127.0.0.1:8080/ws`; more than one: visitors take turns. TLS is not spoken: name
    /// the relays behind the proxy
    #[arg(long = "url", value_name = "ws://HOST:PORT/ws", required_unless_present = "part", value_parser = server)]
    pub servers: Vec<Server>,

    /// How many visitors
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub visitors: u32,

    /// For how many seconds figures are taken, once everyone is in
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub seconds: u32,

    /// How many come in each second
    #[arg(long, default_value_t = 50.0)]
    pub join_per_second: f64,

    /// How many visitors decode and check everything; the others check the numbers of the frames, and count them
    #[arg(long, default_value_t = 50)]
    pub checkers: u32,

    /// Over how many processes, of one thread each: about one for 2,500 visitors, and no more than cores
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub processes: u32,

    /// What visitors do
    #[arg(long, value_enum, default_value_t = Scene::Mixed)]
    pub scene: Scene,

    /// Ask for light mode, as phones that roam do
    #[arg(long)]
    pub light: bool,

    /// What all chance comes from: the same seed, the same ways
    #[arg(long, default_value_t = 1)]
    pub seed: u64,

    /// Directory of the city pack that the relays serve
    #[arg(long, default_value = "assets/cities/seoul")]
    pub city: PathBuf,

    /// The place to be in [default: where visitors without a link arrive]
    #[arg(long)]
    pub place: Option<String>,

    /// Spots around which visitors stay, more than one in turn; `all` for every spot of the place [default: the arrival
    /// spot, or the place's first]
    #[arg(long = "spot", value_name = "SPOT")]
    pub spots: Vec<String>,

    /// Cores to run on, as `taskset` names them, such as `1` or `2-5`
    #[arg(long, value_name = "CORES")]
    pub pin: Option<String>,

    /// A relay's process on this machine, to report its processor time and memory
    #[arg(long = "relay-pid", value_name = "PID")]
    pub relay_pids: Vec<u32>,

    /// Write everything into this file as JSON
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,

    /// One of the processes, started by the first one, with orders on its standard input
    #[arg(long, hide = true)]
    pub part: bool,
}

/// What visitors do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scene {
    /// All walk about
    Walk,
    /// All stand, and turn or wave now and then
    Idle,
    /// All stand close together before a stage, clap and shuffle
    Stage,
    /// Half walk, a quarter stands about, a quarter stands before the stage
    Mixed,
}

/// Where a relay listens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// The address as it was given.
    pub url: String,
    /// Host and port, for the request.
    pub host: String,
    /// The request's path.
    pub path: String,
    /// What the host's name stands for.
    pub address: SocketAddr,
}

/// Reads a WebSocket address and looks its host up.
fn server(url: &str) -> Result<Server, String> {
    let Some(rest) = url.strip_prefix("ws://") else {
        return Err("it should look like ws://HOST:PORT/ws; TLS is not spoken".to_owned());
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, "ws"));
    let host = if host.rsplit(']').next().is_some_and(|end| end.contains(':')) {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let mut found = host
        .to_socket_addrs()
        .map_err(|error| format!("{host} cannot be looked up: {error}"))?;
    let address = found
        .next()
        .ok_or_else(|| format!("{host} stands for no address"))?;
    Ok(Server {
        url: url.to_owned(),
        path: format!("/{path}"),
        host,
        address,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_pages_give_them() {
        let found = server("ws://127.0.0.1:8080/ws").unwrap();
        assert_eq!((found.path.as_str(), found.address.port()), ("/ws", 8080));
        assert_eq!(server("ws://[::1]").unwrap().host, "[::1]:80");
        assert!(server("wss://127.0.0.1/ws").is_err());
        assert!(server("127.0.0.1:8080").is_err());
    }
}
