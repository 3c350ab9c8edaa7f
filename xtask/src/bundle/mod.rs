//! What is done to a bundle after Trunk has put it together: imports get short names, scripts and style
//! sheets are minified, the files of workers get a directory named after their
//! content, everything is compressed once for good, and `bundle.json` tells the relay where things are.
//!
//! In: Trunk's staging directory. Out: the same directory, finished. Runs inside `trunk build`.

pub mod budget;
mod compress;
mod minify;
mod names;
mod workers;

use std::{env, fs, path::Path};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{fingerprint, project::Project};

/// Carries the fingerprint of the sources from `cargo xtask` through Trunk to its hook.
pub const SOURCES_VARIABLE: &str = "XTASK_SOURCES";

/// The file that describes the bundle to the relay.
const DESCRIPTION: &str = "bundle.json";

/// Stands in the page where the relay writes each response's own nonce: Trunk.toml names it, too.
const NONCE: &str = "{{__TRUNK NONCE__}}";

/// What a bundle is made for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// For visitors: small.
    Release,
    /// For whoever is changing the code: soon there.
    Dev,
}

impl Flavour {
    /// Its name in `bundle.json` and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "dev",
        }
    }

    /// How long a first build takes on two cores.
    pub fn takes(self) -> &'static str {
        match self {
            Self::Release => "6 minutes",
            Self::Dev => "3 minutes",
        }
    }
}

/// Whether the bundle in `dist` is the one that these sources give.
pub fn is_current(dist: &Path, flavour: Flavour, sources: &str) -> bool {
    let description = fs::read(dist.join(DESCRIPTION)).ok();
    let description = description.and_then(|json| serde_json::from_slice::<Value>(&json).ok());
    description.is_some_and(|built| built["sources"] == sources && built["flavour"] == flavour.name())
        && dist.join("index.html").is_file()
}

/// Finishes the bundle that Trunk describes in the environment of its hooks.
pub fn finish_from_trunk() -> Result<()> {
    let stage = env::var_os("TRUNK_STAGING_DIR")
        .context("TRUNK_STAGING_DIR is not set: this command is run by `trunk build`")?;
    let flavour = if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        Flavour::Release
    } else {
        Flavour::Dev
    };
    let project = Project::locate()?;
    let sources = match env::var(SOURCES_VARIABLE) {
        Ok(sources) => sources,
        Err(_) => fingerprint::of_sources(&project.root)?,
    };
    let stage = Path::new(&stage);
    if flavour == Flavour::Release {
        minify::files(stage)?;
        minify::inline_style(stage)?;
        names::shorten(stage)?;
    }
    let description = json!({
        "flavour": flavour.name(),
        "sources": sources,
        "engine": workers::move_engines(stage)?,
        "mock": workers::move_mock(stage)?,
    });
    fs::write(stage.join(DESCRIPTION), format!("{description:#}\n")).context("writing bundle.json")?;
    match flavour {
        Flavour::Release => compress::all(stage, &project.target.join("xtask/compressed")),
        Flavour::Dev => reload_by_itself(stage),
    }
}

/// Lets the page of a dev bundle load itself anew as soon as another bundle is served.
fn reload_by_itself(stage: &Path) -> Result<()> {
    let path = stage.join("index.html");
    let page = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let script = format!(
        "<script nonce=\"{NONCE}\">\n{}</script></head>",
        include_str!("reload.js")
    );
    fs::write(&path, page.replacen("</head>", &script, 1)).context("writing index.html")
}
