//! The browser bundle: asked of Trunk when its sources have changed, left alone when not.

use std::{env, time::Instant};

use anyhow::{Context, Result};

use crate::{
    bundle::{self, Flavour},
    command, fingerprint,
    project::Project,
    setup::{self, TARGET, Toolbox},
};

/// Builds `dist/`, unless it is already made from these very sources.
pub fn build(project: &Project, tools: &Toolbox, flavour: Flavour) -> Result<()> {
    let sources = fingerprint::of_sources(&project.root)?;
    if bundle::is_current(&project.dist(), flavour, &sources) {
        println!("bundle: nothing changed");
        return Ok(());
    }
    println!(
        "bundle: building ({}), about {} when nothing is compiled yet",
        flavour.name(),
        flavour.takes()
    );
    let started = Instant::now();
    // Trunk is told to stay off the network, and tells cargo the same, which wants the host's part of some crates, too.
    let mut fetch = tools.command("cargo");
    fetch
        .args(["fetch", "--quiet", "--target", TARGET, "--target", "host-tuple"])
        .current_dir(&project.root);
    let mut trunk = tools.command("trunk");
    trunk.arg("build").arg("--offline");
    if flavour == Flavour::Release {
        trunk.arg("--release");
        setup::shrink(&mut fetch);
        setup::shrink(&mut trunk);
    }
    command::run(&mut fetch).context("fetching dependencies")?;
    trunk
        .env("RUST_BACKTRACE", "0")
        .current_dir(&project.root)
        .env("XTASK", env::current_exe().context("finding xtask itself")?)
        .env(bundle::SOURCES_VARIABLE, &sources)
        // Trunk takes any value but "true" and "false" for a mistake.
        .env_remove("NO_COLOR");
    command::run(&mut trunk).context("building the browser bundle")?;
    println!("bundle: built in {} s", started.elapsed().as_secs());
    Ok(())
}
