//! A relay process.

use std::{
    path::{Path, PathBuf},
    process::{Output, Stdio},
    sync::LazyLock,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    process::{Child, Command},
    time::timeout,
};

use crate::process::{free_port, listening, signal};

/// A page for relays whose browser bundle does not matter.
const PAGE: &str = "<!doctype html><html lang=\"ko\"><head><title></title><!--boot--></head><body><!--first--></body></html>";

/// The checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The relay's program: the one that `RELAY_BIN` names, else a fresh debug build.
static PROGRAM: LazyLock<Result<PathBuf, String>> = LazyLock::new(|| {
    if let Some(program) = std::env::var_os("RELAY_BIN") {
        return Ok(program.into());
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = std::process::Command::new(cargo)
        .args(["build", "--quiet", "--package", "relay", "--bin", "relay"])
        .current_dir(root())
        .status();
    match built {
        Ok(status) if status.success() => {}
        other => return Err(format!("building the relay: {other:?}")),
    }
    // This test's own program lies in <target>/<profile>/deps.
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let target = own.ancestors().nth(3).ok_or("no target directory")?;
    Ok(target.join("debug/relay"))
});

/// How to start a relay.
#[derive(Clone, Debug, Default)]
pub struct Start {
    redis: Option<String>,
    capacity: Option<u32>,
    further: Vec<String>,
    without_data: bool,
    city: Option<PathBuf>,
    environment: Vec<(&'static str, PathBuf)>,
}

impl Start {
    /// A relay that is the only one.
    pub fn alone() -> Self {
        Self::default()
    }

    /// A relay among those that share a Redis.
    pub fn on(redis: &crate::Redis) -> Self {
        Self {
            redis: Some(redis.url()),
            ..Self::default()
        }
    }

    /// A relay that reaches Redis at this address.
    pub fn at(url: &str) -> Self {
        Self {
            redis: Some(url.to_owned()),
            ..Self::default()
        }
    }

    /// With room for so many in each channel of the place that the tests meet in.
    #[must_use]
    pub fn capacity(mut self, people: u32) -> Self {
        self.capacity = Some(people);
        self
    }

    /// That serves another of the project's cities.
    #[must_use]
    pub fn city(mut self, name: &str) -> Self {
        self.city = Some(root().join("assets/cities").join(name));
        self
    }

    /// That goes by a clock of the test's own.
    #[must_use]
    pub fn clock(mut self, clock: &crate::MovableClock) -> Self {
        self.environment = clock.environment();
        self
    }

    /// With a variable of the environment.
    #[must_use]
    pub fn environment(mut self, name: &'static str, value: &str) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// That is not told where to keep its data.
    #[must_use]
    pub fn without_data(mut self) -> Self {
        self.without_data = true;
        self
    }

    /// With a further option that takes no value.
    #[must_use]
    pub fn flag(mut self, option: &str) -> Self {
        self.further.push(option.to_owned());
        self
    }

    /// With a further option.
    #[must_use]
    pub fn with(mut self, option: &str, value: &str) -> Self {
        self.further.extend([option.to_owned(), value.to_owned()]);
        self
    }
}

/// A running relay.
#[derive(Debug)]
pub struct Relay {
    port: u16,
    child: Child,
    start: Start,
    home: TempDir,
}

/// How a relay ended that could not start.
#[derive(Debug)]
pub struct Finished {
    /// Whether it said that all is well.
    pub success: bool,
    /// What it printed.
    pub output: String,
    /// What it told on its error output.
    pub errors: String,
}

impl Relay {
    /// Starts a relay on a free port and waits until it is ready.
    pub async fn start(start: Start) -> Result<Self> {
        let home = TempDir::new()?;
        let web = home.path().join("web");
        std::fs::create_dir(&web)?;
        std::fs::write(web.join("index.html"), PAGE)?;
        std::fs::write(web.join("bundle.json"), "{\"engine\":{},\"sources\":\"test\"}")?;
        let port = free_port()?;
        let child = spawn(&start, home.path(), port).await?;
        Ok(Self {
            port,
            child,
            start,
            home,
        })
    }

    /// The directory with its key.
    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Starts it again on the same port, with what it left in its data directory.
    pub async fn start_again(&mut self) -> Result<()> {
        self.child = spawn(&self.start, self.home.path(), self.port).await?;
        Ok(())
    }

    /// Its directory with the bundle.
    pub fn web(&self) -> PathBuf {
        self.home.path().join("web")
    }

    /// The address of its WebSocket.
    pub fn socket_url(&self) -> String {
        format!("ws://127.0.0.1:{}/ws", self.port)
    }

    /// Its host and port.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Ends it without a good-bye.
    pub async fn kill(&mut self) -> Result<()> {
        self.child.kill().await.context("killing the relay")
    }

    /// Stops it in its tracks, or lets it go on.
    pub async fn freeze(&self, frozen: bool) -> Result<()> {
        signal(&self.child, if frozen { "STOP" } else { "CONT" }).await
    }

    /// Asks it to stop.
    pub async fn terminate(&self) -> Result<()> {
        signal(&self.child, "TERM").await
    }

    /// Waits for its end; whether it said that all is well.
    pub async fn ended(&mut self) -> Result<bool> {
        let status = timeout(Duration::from_secs(15), self.child.wait())
            .await
            .context("the relay does not end")??;
        Ok(status.success())
    }

    /// The whole answer to a GET request, headers first.
    pub async fn get(&self, path: &str) -> Result<String> {
        self.get_as(path, &[]).await
    }

    /// As [`Self::get`], with further headers.
    pub async fn get_as(&self, path: &str, headers: &[(&str, &str)]) -> Result<String> {
        let headers: Vec<_> = headers.iter().copied().chain([("Accept", "text/html")]).collect();
        self.request("GET", path, &headers, "").await
    }

    /// The whole answer to a POST request of JSON, headers first.
    pub async fn post_as(&self, path: &str, headers: &[(&str, &str)], json: &str) -> Result<String> {
        let length = json.len().to_string();
        let own = [
            ("Content-Type", "application/json"),
            ("Content-Length", length.as_str()),
        ];
        let headers: Vec<_> = headers.iter().copied().chain(own).collect();
        self.request("POST", path, &headers, json).await
    }

    async fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<String> {
        let mut stream = TcpStream::connect(self.host()).await?;
        let host = self.host();
        let own = headers
            .iter()
            .all(|(name, _)| *name != "Host")
            .then_some(("Host", host.as_str()));
        let further: Vec<String> = headers
            .iter()
            .copied()
            .chain(own)
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let further = further.concat();
        let request = format!("{method} {path} HTTP/1.1\r\n{further}Connection: close\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        timeout(Duration::from_secs(10), stream.read_to_end(&mut answer))
            .await
            .context("no answer")??;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// A value of its metrics, by the whole name with labels.
    pub async fn metric(&self, name: &str) -> Result<f64> {
        let text = self.get("/metrics").await?;
        let value = text
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        Ok(value.unwrap_or("0").parse()?)
    }
}

/// Runs the relay with some arguments, when it is expected to end by itself.
pub async fn run_relay(arguments: &[&str]) -> Result<Finished> {
    let running = command()?
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output();
    let Output {
        status,
        stdout,
        stderr,
    } = timeout(Duration::from_secs(20), running)
        .await
        .context("the relay does not end")??;
    let errors = String::from_utf8_lossy(&stderr).into_owned();
    ensure!(!errors.contains("panicked"), "{errors}");
    Ok(Finished {
        success: status.success(),
        output: String::from_utf8_lossy(&stdout).into_owned(),
        errors,
    })
}

fn copy_dir(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let copy = to.join(path.file_name().context("a file without a name")?);
        if path.is_dir() {
            copy_dir(&path, &copy)?;
        } else {
            std::fs::copy(&path, &copy)?;
        }
    }
    Ok(())
}

/// Gives a place another capacity.
fn limit(place: &Path, capacity: u32) -> Result<()> {
    const KEY: &str = "\"capacity\": ";
    let text = std::fs::read_to_string(place)?;
    let (before, after) = text.split_once(KEY).context("the place has no capacity")?;
    let rest = after.trim_start_matches(|digit: char| digit.is_ascii_digit());
    std::fs::write(place, format!("{before}{KEY}{capacity}{rest}"))?;
    Ok(())
}

async fn spawn(start: &Start, home: &Path, port: u16) -> Result<Child> {
    let mut city = start
        .city
        .clone()
        .unwrap_or_else(|| root().join("assets/cities/seoul"));
    if let Some(capacity) = start.capacity {
        city = home.join("city");
        copy_dir(&root().join("assets/cities/seoul"), &city)?;
        for entry in std::fs::read_dir(city.join("places"))? {
            let place = entry?.path();
            if place.is_file() {
                limit(&place, capacity)?;
            }
        }
    }
    let mut command = command()?;
    command
        .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
        .arg("--web")
        .arg(home.join("web"))
        .arg("--city")
        .arg(city)
        .args(&start.further)
        .envs(start.environment.iter().cloned());
    if !start.without_data {
        command.arg("--data").arg(home.join("data"));
    }
    if let Some(redis) = &start.redis {
        command.args(["--redis", redis]);
    }
    let mut child = command
        .stdout(Stdio::null())
        .spawn()
        .context("starting the relay")?;
    listening(port, &mut child)
        .await
        .context("waiting for the relay")?;
    Ok(child)
}

fn command() -> Result<Command> {
    let program = PROGRAM.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut command = Command::new(program);
    command
        .kill_on_drop(true)
        .env_remove("REDIS_URL")
        // To see what relays say: RELAY_LOG=debug.
        .env(
            "RUST_LOG",
            std::env::var("RELAY_LOG").unwrap_or_else(|_| "error".to_owned()),
        )
        .current_dir(root());
    Ok(command)
}
