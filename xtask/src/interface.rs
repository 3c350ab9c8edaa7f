//! `cargo xtask interface`: pictures of every screen of the page in every mode, taken in a real browser, and
//! docs/interface.md around them.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{
    bundle::Flavour,
    command, page,
    project::Project,
    serve,
    setup::{self, Purpose},
};

/// Options of `cargo xtask interface`.
#[derive(Args)]
pub struct InterfaceOptions {
    /// Only these visits (entry, around, talk, …; readme: the picture in README.md)
    visits: Vec<String>,
}

/// Builds what is photographed, takes the pictures and writes the page.
pub fn run(project: &Project, options: &InterfaceOptions) -> Result<()> {
    let tools = setup::prepare(project, Purpose::Test)?;
    page::build(project, &tools, Flavour::Release)?;
    let relay = serve::build_relay(project, Flavour::Release)?;
    command::run(
        Command::new("node")
            .arg("tests/browser/interface.js")
            .args(&options.visits)
            .current_dir(&project.root)
            .env("PATH", tools.path())
            .env("RELAY_BIN", relay)
            .env("DIST", project.dist())
            .env("CITY", project.city())
            .env("CHROMIUM", setup::chromium()),
    )
}
