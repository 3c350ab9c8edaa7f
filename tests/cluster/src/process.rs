//! Free ports, waiting for servers, ending processes.

use std::{
    ops::Range,
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use tokio::{
    net::{TcpSocket, TcpStream},
    process::Child,
    time::Instant,
};

/// How long a server may take to listen: the machine may be busy with other tests.
const LISTENS_WITHIN: Duration = Duration::from_secs(20);

/// Ports for servers: below those that the system gives to whoever connects, since one of them would be taken between
/// its choice and its use, if only by the very connection that asks whether its server listens.
const PORTS: Range<u16> = 15_000..22_000;

/// How many ports a test's process begins with that no other one begins with.
const PORTS_EACH: u16 = 50;

/// A port that nobody uses now, and that this process gives to nobody else.
pub fn free_port() -> Result<u16> {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let count = PORTS.end - PORTS.start;
    let first = (std::process::id() % u32::from(count / PORTS_EACH)) as u16 * PORTS_EACH;
    for _ in 0..count {
        let given = GIVEN.fetch_add(1, Ordering::Relaxed);
        let port = PORTS.start + (first + given % count) % count;
        if is_free(port) {
            return Ok(port);
        }
    }
    bail!("no port from {} to {} is free", PORTS.start, PORTS.end)
}

/// Whether nobody listens on a port. Nor does this look: a program that is being started in another thread holds all of this
/// process's sockets for a moment, and one of them that listened would be taken for the program that is waited for.
fn is_free(port: u16) -> bool {
    let socket = TcpSocket::new_v4();
    socket.is_ok_and(|socket| {
        socket.set_reuseaddr(true).is_ok() && socket.bind(([127, 0, 0, 1], port).into()).is_ok()
    })
}

/// Waits until someone listens, or the process that should has ended.
pub async fn listening(port: u16, child: &mut Child) -> Result<()> {
    let deadline = Instant::now() + LISTENS_WITHIN;
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if let Some(status) = child.try_wait()? {
            bail!("the process ended with {status}");
        }
        if Instant::now() > deadline {
            bail!("nobody listens on port {port}");
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}

/// Sends a signal by its name.
pub async fn signal(child: &Child, name: &str) -> Result<()> {
    let id = child.id().context("the process has ended already")?;
    let status = tokio::process::Command::new("kill")
        .args(["-s", name, &id.to_string()])
        .status()
        .await?;
    if status.success() {
        Ok(())
    } else {
        bail!("kill -s {name} {id} ended with {status}")
    }
}
