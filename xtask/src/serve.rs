//! `cargo xtask run`: everything built, then one process that serves it.

use std::{
    env,
    ffi::OsString,
    io,
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::process::{CommandExt, parent_id},
    path::PathBuf,
    process::{self, Command, ExitCode},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;

use crate::{
    bundle::Flavour,
    city, command, page,
    project::Project,
    setup::{self, Purpose},
    watch,
};

/// How often a relay that is starting is asked whether it listens.
const ASK_EVERY: Duration = Duration::from_millis(50);

/// Options of `cargo xtask run`.
#[derive(Args)]
pub struct RunOptions {
    /// For those who change code: build quickly, watch the sources, rebuild what changed and reload the page
    #[arg(long)]
    pub dev: bool,
    /// The port on 127.0.0.1
    #[arg(long, default_value_t = 8080, env = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: u16,
    /// Open the page in this machine's browser
    #[arg(long)]
    pub open: bool,
    /// Directory of the city pack
    #[arg(long, env = "RELAY_CITY", default_value = "assets/cities/seoul")]
    pub city: PathBuf,
    /// Passed on to `relay serve`, for example: `-- --redis URL`
    #[arg(last = true)]
    pub relay: Vec<OsString>,
}

/// What `run` leaves behind when it becomes the relay: it tells when that one can be visited.
#[derive(Args)]
pub struct Announcement {
    /// The process that will listen
    #[arg(long)]
    relay: u32,
    #[arg(long)]
    port: u16,
    #[arg(long)]
    open: bool,
}

/// Sets up, builds, serves. Without `--dev` it ends by becoming the relay.
pub fn run(project: &Project, options: &RunOptions) -> Result<ExitCode> {
    // Before minutes are spent on what could not be served.
    check_port(options.port)?;
    city::compile(&project.root.join(&options.city))?;
    let tools = setup::prepare(project, Purpose::Run)?;
    if options.dev {
        return watch::run(project, &tools, options);
    }
    page::build(project, &tools, Flavour::Release)?;
    let relay = build_relay(project, Flavour::Release)?;
    let mut serve = serve_command(project, &relay, options);
    announce_later(options)?;
    let error = serve.exec();
    bail!("cannot start {}: {error}", command::words(&serve))
}

/// Sets up and builds.
pub fn build(project: &Project) -> Result<()> {
    let tools = setup::prepare(project, Purpose::Run)?;
    page::build(project, &tools, Flavour::Release)?;
    build_relay(project, Flavour::Release).map(drop)
}

/// Builds the relay; the answer is where its program is.
pub fn build_relay(project: &Project, flavour: Flavour) -> Result<PathBuf> {
    println!("relay: building ({})", flavour.name());
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--package", "relay", "--bin", "relay"])
        .current_dir(&project.root);
    let profile = match flavour {
        Flavour::Release => {
            cargo.arg("--release");
            "release"
        }
        Flavour::Dev => "debug",
    };
    command::run(&mut cargo).context("building the relay")?;
    Ok(project.target.join(profile).join("relay"))
}

/// `relay serve` on the bundle and the city of this checkout.
pub fn serve_command(project: &Project, relay: &PathBuf, options: &RunOptions) -> Command {
    let mut serve = Command::new(relay);
    serve
        .arg("serve")
        .arg("--listen")
        .arg(format!("127.0.0.1:{}", options.port))
        .arg("--web")
        .arg(project.dist())
        .arg("--city")
        .arg(&options.city)
        .args(&options.relay)
        .current_dir(&project.root);
    serve
}

/// An error unless the port can be listened on.
fn check_port(port: u16) -> Result<()> {
    let refused = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            anyhow!("port {port} is in use by another program")
        }
        Err(error) => anyhow!("cannot listen on port {port} ({error})"),
    };
    let another = if port == 8081 { 8082 } else { 8081 };
    Err(anyhow!(
        "{refused}; choose another one with --port, for example: cargo xtask run --port {another}"
    ))
}

/// Whether the relay listens, which it does as soon as all else is ready.
pub fn is_answering(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// Starts a process that announces the relay which this process is about to become.
fn announce_later(options: &RunOptions) -> Result<()> {
    let mut announce = Command::new(env::current_exe().context("finding xtask itself")?);
    announce
        .arg("announce")
        .arg(format!("--relay={}", process::id()))
        .arg(format!("--port={}", options.port));
    if options.open {
        announce.arg("--open");
    }
    announce
        .spawn()
        .map(drop)
        .with_context(|| format!("cannot start {}", command::words(&announce)))
}

/// Waits until the relay that started this process listens, and announces it. One that ends before has said why.
pub fn announce_when_answering(announcement: &Announcement) {
    while parent_id() == announcement.relay {
        if is_answering(announcement.port) {
            announce(announcement.port, announcement.open);
            return;
        }
        thread::sleep(ASK_EVERY);
    }
}

/// Says where the page is, and opens it if asked.
pub fn announce(port: u16, open: bool) {
    let url = format!("http://127.0.0.1:{port}");
    println!("serving {url} (Ctrl-C ends it)");
    if open {
        let opener = if cfg!(target_os = "macos") {
            "open"
        } else {
            "xdg-open"
        };
        if let Err(error) = Command::new(opener).arg(&url).spawn() {
            eprintln!("cannot open a browser ({error}); open {url} yourself");
        }
    }
}
