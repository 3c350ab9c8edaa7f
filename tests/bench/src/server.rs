//! One server process: started on a free port and its core, asked what it uses, ended.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use shared::space::Point;
use tempfile::TempDir;

use crate::{
    city,
    contender::{Contender, Programs},
    usage,
};

/// How long a server may take to listen.
const LISTENS_WITHIN: Duration = Duration::from_secs(20);

/// A page for relays whose browser bundle does not matter.
const PAGE: &str = "<!doctype html><html lang=\"en\"><head><title></title><!--boot--></head><body><!--first--></body></html>";

/// A running server; ends with this value.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// Middle of each group's square, for the relay.
    pub homes: Vec<Point>,
    contender: Contender,
    _home: TempDir,
}

impl Server {
    /// Starts a server and waits until it listens.
    pub fn start(contender: Contender, programs: &Programs<'_>) -> Result<Self> {
        let home = TempDir::new()?;
        let homes = if contender == Contender::Relay {
            prepare(home.path())?
        } else {
            Vec::new()
        };
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut command = contender.command(programs, port, home.path())?;
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", contender.title()))?;
        let mut server = Self {
            child,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            homes,
            contender,
            _home: home,
        };
        server.wait_until_listening()?;
        Ok(server)
    }

    fn wait_until_listening(&mut self) -> Result<()> {
        let deadline = Instant::now() + LISTENS_WITHIN;
        while TcpStream::connect(self.address).is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended with {status}", self.contender.title());
            }
            ensure!(
                Instant::now() < deadline,
                "{} does not listen",
                self.contender.title()
            );
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Processor time it has used, in seconds.
    pub fn cpu_s(&self) -> Result<f64> {
        usage::cpu_s(self.child.id())
    }

    /// Memory it holds, in bytes.
    pub fn memory_bytes(&self) -> Result<u64> {
        usage::memory_bytes(self.child.id())
    }

    /// Has it free what it no longer needs, if it is of the kind that waits with that.
    pub fn collect(&self) -> Result<()> {
        if self.contender.collects() {
            let pid = self.child.id().to_string();
            let status = Command::new("kill").args(["-s", "WINCH", &pid]).status()?;
            ensure!(status.success(), "cannot signal {}", self.contender.title());
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing is left to be done.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Writes what the relay serves.
fn prepare(home: &Path) -> Result<Vec<Point>> {
    let web = home.join("web");
    fs::create_dir(&web)?;
    fs::write(web.join("index.html"), PAGE)?;
    fs::write(web.join("bundle.json"), "{\"engine\":{},\"sources\":\"bench\"}")?;
    city::write(&home.join("city"))
}
