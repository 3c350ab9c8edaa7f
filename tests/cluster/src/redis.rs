//! A private redis-server that keeps nothing.

use std::process::Stdio;

use anyhow::{Context, Result};
use tokio::process::{Child, Command};

use crate::process::{free_port, listening, signal};

/// A running redis-server.
#[derive(Debug)]
pub struct Redis {
    port: u16,
    child: Child,
}

impl Redis {
    /// Starts one on a free port.
    pub async fn start() -> Result<Self> {
        let port = free_port()?;
        Ok(Self {
            port,
            child: spawn(port).await?,
        })
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Its host and port.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Makes it forget everything.
    pub async fn forget_all(&self) -> Result<()> {
        self.ask("FLUSHALL").await.map(drop)
    }

    /// Stops it in its tracks, or lets it go on.
    pub async fn freeze(&self, frozen: bool) -> Result<()> {
        signal(&self.child, if frozen { "STOP" } else { "CONT" }).await
    }

    /// What it answers to a command of plain words.
    pub async fn ask(&self, command: &str) -> Result<String> {
        let output = Command::new("redis-cli")
            .args(["-p", &self.port.to_string()])
            .args(command.split(' '))
            .output()
            .await
            .context("running redis-cli")?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Ends it without a good-bye.
    pub async fn kill(&mut self) -> Result<()> {
        self.child.kill().await.context("killing redis-server")
    }

    /// Starts it again on the same port, with nothing in it.
    pub async fn start_again(&mut self) -> Result<()> {
        self.child = spawn(self.port).await?;
        Ok(())
    }
}

async fn spawn(port: u16) -> Result<Child> {
    let mut child = Command::new("redis-server")
        .args([
            "--port",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ])
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("starting redis-server: is it installed (apt-get install redis-server)?")?;
    listening(port, &mut child)
        .await
        .context("waiting for redis-server")?;
    Ok(child)
}
