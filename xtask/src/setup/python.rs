//! What comes from Python's registry: the conformance suite for `WebSocket` servers.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use super::Part;
use crate::command;

const KOSOKU_VERSION: &str = "0.1.0";

/// Autobahn's cases for `WebSocket` servers, and what runs them.
pub struct Kosoku {
    directory: PathBuf,
}

impl Kosoku {
    /// Installed, or to be installed, below the directory of tools.
    pub fn new(tools: &Path) -> Self {
        Self {
            directory: tools.join(format!("kosoku-{KOSOKU_VERSION}")),
        }
    }

    /// What Python must have on its path.
    pub fn directory(&self) -> &Path {
        &self.directory
    }
}

impl Part for Kosoku {
    fn name(&self) -> String {
        format!("WebSocket conformance (kosoku {KOSOKU_VERSION})")
    }

    fn is_here(&self) -> bool {
        self.directory.join("bin/kosoku").exists()
    }

    fn plan(&self) -> String {
        "downloading, some seconds".to_owned()
    }

    fn install(&self) -> Result<()> {
        fs::create_dir_all(&self.directory)?;
        command::run_quietly(
            Command::new("python3")
                .args([
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--no-deps",
                    "--upgrade",
                    "--target",
                ])
                .arg(&self.directory)
                .arg(format!("kosoku=={KOSOKU_VERSION}")),
        )
        .map(drop)
    }
}
