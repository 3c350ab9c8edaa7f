//! `cargo xtask run`: everything built, then one process that serves it.

use std::{ffi::OsString, os::unix::process::CommandExt, path::PathBuf, process::Command, process::ExitCode};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{
    bundle::Flavour,
    command, page,
    project::Project,
    setup::{self, Purpose},
    watch,
};

/// Options of `cargo xtask run`.
#[derive(Args)]
pub struct RunOptions {
    /// For those who change code: build quickly, watch the sources, rebuild what changed and reload the page
    #[arg(long)]
    pub dev: bool,
    /// The port on 127.0.0.1
    #[arg(long, default_value_t = 8080, env = "PORT")]
    pub port: u16,
    /// Open the page in this machine's browser
    #[arg(long)]
    pub open: bool,
    /// Passed on to `relay serve`, for example: `-- --redis URL`
    #[arg(last = true)]
    pub relay: Vec<OsString>,
}

/// Sets up, builds, serves. Without `--dev` it ends by becoming the relay.
pub fn run(project: &Project, options: &RunOptions) -> Result<ExitCode> {
    let tools = setup::prepare(project, Purpose::Run)?;
    if options.dev {
        return watch::run(project, &tools, options);
    }
    page::build(project, &tools, Flavour::Release)?;
    let relay = build_relay(project, Flavour::Release)?;
    let mut serve = serve_command(project, &relay, options);
    announce(options);
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
        .arg(project.city())
        .args(&options.relay)
        .current_dir(&project.root);
    serve
}

/// Says where it will be, and opens it there if asked.
pub fn announce(options: &RunOptions) {
    let url = format!("http://127.0.0.1:{}", options.port);
    println!("serving {url} (Ctrl-C ends it)");
    if options.open {
        let opener = if cfg!(target_os = "macos") {
            "open"
        } else {
            "xdg-open"
        };
        // The relay needs a moment to listen; the browser should not be the one to find out.
        let wait_then_open = format!("sleep 1; {opener} {url}");
        if let Err(error) = Command::new("sh").args(["-c", &wait_then_open]).spawn() {
            eprintln!("cannot open a browser ({error}); open {url} yourself");
        }
    }
}
