//! Who is measured: the relay, its peers, and the control.

use std::{path::Path, process::Command};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// A server under measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contender {
    /// The least that a batching server can do
    Control,
    /// This project's relay
    Relay,
    /// Bun (uWebSockets), batched
    Bun,
    /// ws on Node, batched
    Ws,
    /// socket.io on Node, batched
    SocketIo,
    /// Colyseus, a room a group
    ColyseusBroadcast,
    /// Colyseus, one room with a `StateView` each
    ColyseusView,
}

/// Where programs are.
#[derive(Clone, Debug)]
pub struct Programs<'a> {
    /// The relay.
    pub relay: &'a Path,
    /// The directory with the peers' `package.json`.
    pub peers: &'a Path,
}

impl Contender {
    /// The name in tables.
    pub fn title(self) -> &'static str {
        match self {
            Self::Control => "control",
            Self::Relay => "this relay",
            Self::Bun => "Bun (uWebSockets) batched",
            Self::Ws => "ws batched",
            Self::SocketIo => "socket.io batched",
            Self::ColyseusBroadcast => "Colyseus broadcast",
            Self::ColyseusView => "Colyseus StateView",
        }
    }

    /// The command that serves on a port; the relay's needs the directory that [`crate::server`] prepared.
    pub fn command(self, programs: &Programs<'_>, port: u16, home: &Path) -> anyhow::Result<Command> {
        let bin = programs.peers.join("node_modules/.bin");
        let node = |script: &str| {
            let mut node = pinned(&bin.join("node"));
            node.arg("--expose-gc")
                .arg(programs.peers.join("peers").join(script));
            node
        };
        let mut command = match self {
            Self::Control => {
                let mut control = pinned(&std::env::current_exe()?);
                control.arg("control").arg(format!("127.0.0.1:{port}"));
                control
            }
            Self::Relay => {
                let mut relay = pinned(programs.relay);
                relay
                    .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
                    .args(["--capacity", "10000", "--joins-per-second", "0"])
                    .arg("--web")
                    .arg(home.join("web"))
                    .arg("--city")
                    .arg(home.join("city"))
                    .arg("--data")
                    .arg(home.join("data"))
                    .env_remove("REDIS_URL")
                    .env("RUST_LOG", "error");
                relay
            }
            Self::Bun => {
                let mut bun = pinned(&bin.join("bun"));
                bun.arg(programs.peers.join("peers/bun.js"));
                bun
            }
            Self::Ws => node("ws.js"),
            Self::SocketIo => node("socketio.js"),
            Self::ColyseusBroadcast | Self::ColyseusView => node("colyseus.js"),
        };
        command
            .env("PORT", port.to_string())
            .env("NODE_ENV", "production")
            .env(
                "WIRE",
                if self == Self::ColyseusView {
                    "view"
                } else {
                    "broadcast"
                },
            );
        Ok(command)
    }

    /// Whether it collects garbage when told to.
    pub fn collects(self) -> bool {
        !matches!(self, Self::Control | Self::Relay)
    }
}

/// A command on the servers' core; the generator has the other.
fn pinned(program: &Path) -> Command {
    let mut taskset = Command::new("taskset");
    taskset.args(["--cpu-list", SERVER_CORE]).arg(program);
    taskset
}

/// The core that servers are pinned to.
pub const SERVER_CORE: &str = "0";

/// The core that the generator is pinned to.
pub const GENERATOR_CORE: &str = "1";
