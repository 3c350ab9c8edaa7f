//! Free ports, waiting for servers, ending processes.

use std::{net::TcpListener, time::Duration};

use anyhow::{Context, Result, bail};
use tokio::{net::TcpStream, process::Child, time::Instant};

/// How long a server may take to listen: the machine may be busy with other tests.
const LISTENS_WITHIN: Duration = Duration::from_secs(20);

/// A port that nobody uses now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
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
