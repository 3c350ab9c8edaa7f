//! A private Redis Cluster of three masters that keep nothing but their places in it, and a replica where one is wanted.

use std::{net::TcpListener, process::Stdio, time::Duration};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tokio::{
    process::{Child, Command},
    time::Instant,
};

use crate::process::{free_port, listening};

/// Masters: the fewest that a cluster can have.
const MASTERS: usize = 3;

/// A node that was not heard for so long counts as failed.
const NODE_TIMEOUT: &str = "1000";

/// How long the nodes may take to agree.
const AGREES_WITHIN: Duration = Duration::from_secs(20);

/// The nodes' bus listens this far above their port.
const BUS_ABOVE: u16 = 10_000;

/// A running cluster.
#[derive(Debug)]
pub struct RedisCluster {
    /// The masters, then the replicas.
    nodes: Vec<Node>,
    home: TempDir,
}

/// A node that has what a master has.
#[derive(Debug)]
pub struct Replica(usize);

#[derive(Debug)]
struct Node {
    port: u16,
    child: Child,
}

impl RedisCluster {
    /// Starts the masters and joins them.
    pub async fn start() -> Result<Self> {
        let home = TempDir::new()?;
        let mut nodes = Vec::new();
        for _ in 0..MASTERS {
            let port = port_with_bus()?;
            nodes.push(Node {
                port,
                child: spawn(&home, port).await?,
            });
        }
        let cluster = Self { nodes, home };
        let created = Command::new("redis-cli")
            .args(["--cluster", "create"])
            .args(cluster.nodes.iter().map(Node::host))
            .arg("--cluster-yes")
            .output()
            .await
            .context("running redis-cli")?;
        ensure!(
            created.status.success(),
            "{}",
            String::from_utf8_lossy(&created.stdout)
        );
        cluster.agrees().await?;
        Ok(cluster)
    }

    /// Its address, as a relay understands it.
    pub fn url(&self) -> String {
        let hosts: Vec<String> = self.nodes.iter().map(Node::host).collect();
        format!("redis+cluster://{}", hosts.join(","))
    }

    /// Gives a master a replica, which has everything that the master has when this returns.
    pub async fn add_replica(&mut self, master: usize) -> Result<Replica> {
        let port = port_with_bus()?;
        let child = spawn(&self.home, port).await?;
        let (replica, of) = (Node { port, child }, &self.nodes[master]);
        let id = of.ask(&["CLUSTER", "MYID"]).await?;
        let added = Command::new("redis-cli")
            .args(["--cluster", "add-node", &replica.host(), &of.host()])
            .args(["--cluster-slave", "--cluster-master-id", &id])
            .output()
            .await
            .context("running redis-cli")?;
        ensure!(
            added.status.success(),
            "{}",
            String::from_utf8_lossy(&added.stdout)
        );
        let index = self.nodes.len();
        self.nodes.push(replica);
        self.until(index, &["INFO", "replication"], "master_link_status:up")
            .await?;
        self.agrees().await?;
        Ok(Replica(index))
    }

    /// Waits until a replica has taken its master's place.
    pub async fn has_taken_over(&self, replica: &Replica) -> Result<()> {
        self.until(replica.0, &["INFO", "replication"], "role:master")
            .await?;
        self.until(replica.0, &["CLUSTER", "INFO"], "cluster_state:ok")
            .await
    }

    /// Ends a master without a good-bye. Unless it has a replica, nobody takes its place.
    pub async fn kill(&mut self, master: usize) -> Result<()> {
        self.nodes[master].child.kill().await.context("killing a master")
    }

    /// Starts a master again, with nothing in it, and waits until the cluster is whole.
    pub async fn start_again(&mut self, master: usize) -> Result<()> {
        self.nodes[master].child = spawn(&self.home, self.nodes[master].port).await?;
        self.agrees().await
    }

    /// The master that holds a key or a channel.
    pub async fn holder(&self, key: &str) -> Result<usize> {
        let slot: usize = self.nodes[0].ask(&["CLUSTER", "KEYSLOT", key]).await?.parse()?;
        // `create` deals the slots out in equal runs.
        Ok((slot * MASTERS / 16_384).min(MASTERS - 1))
    }

    /// Waits until all nodes say that the cluster is whole.
    async fn agrees(&self) -> Result<()> {
        for node in 0..self.nodes.len() {
            self.until(node, &["CLUSTER", "INFO"], "cluster_state:ok").await?;
        }
        Ok(())
    }

    /// Waits until a node's answer has something in it.
    async fn until(&self, node: usize, question: &[&str], answer: &str) -> Result<()> {
        let deadline = Instant::now() + AGREES_WITHIN;
        while !self.nodes[node].ask(question).await?.contains(answer) {
            ensure!(
                Instant::now() < deadline,
                "{answer}: not within {AGREES_WITHIN:?}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }
}

impl Node {
    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    async fn ask(&self, words: &[&str]) -> Result<String> {
        let output = Command::new("redis-cli")
            .args(["-p", &self.port.to_string()])
            .args(words)
            .output()
            .await
            .context("running redis-cli")?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

/// A port that nobody uses now, nor the one of the bus.
fn port_with_bus() -> Result<u16> {
    loop {
        let port = free_port()?;
        let bus = port.checked_add(BUS_ABOVE);
        if bus.is_some_and(|bus| TcpListener::bind(("127.0.0.1", bus)).is_ok()) {
            return Ok(port);
        }
    }
}

async fn spawn(home: &TempDir, port: u16) -> Result<Child> {
    let dir = home.path().join(port.to_string());
    std::fs::create_dir_all(&dir)?;
    let mut child = Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--appendonly", "no"])
        .args(["--cluster-enabled", "yes", "--cluster-node-timeout", NODE_TIMEOUT])
        .arg("--dir")
        .arg(&dir)
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("starting redis-server: is it installed (apt-get install redis-server)?")?;
    listening(port, &mut child)
        .await
        .context("waiting for redis-server")?;
    Ok(child)
}
