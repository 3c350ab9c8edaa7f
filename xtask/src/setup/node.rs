//! What comes from npm: wasm-opt, and the packages of the browser tests.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::Part;
use crate::command;

/// Debian's own binaryen (108) does not know what today's rustc emits.
const BINARYEN_VERSION: &str = "132.0.0";

/// wasm-opt, which makes modules smaller.
pub struct Binaryen {
    prefix: PathBuf,
}

impl Binaryen {
    /// Installed, or to be installed, below the directory of tools.
    pub fn new(tools: &Path) -> Self {
        Self {
            prefix: tools.join(format!("binaryen-{BINARYEN_VERSION}")),
        }
    }

    /// Where `wasm-opt` is once installed.
    pub fn bin(&self) -> PathBuf {
        self.prefix.join("node_modules/.bin")
    }
}

impl Part for Binaryen {
    fn name(&self) -> String {
        format!("wasm-opt (binaryen {BINARYEN_VERSION})")
    }

    fn is_here(&self) -> bool {
        self.bin().join("wasm-opt").exists()
    }

    fn plan(&self) -> String {
        "downloading, some seconds".to_owned()
    }

    fn install(&self) -> Result<()> {
        fs::create_dir_all(&self.prefix)?;
        command::run_quietly(
            npm(&self.prefix)
                .args(["install", "--no-save", "--no-package-lock"])
                .arg(format!("binaryen@{BINARYEN_VERSION}")),
        )
        .map(drop)
    }
}

/// The packages that tests/browser/package-lock.json pins.
pub struct BrowserTests {
    directory: PathBuf,
}

impl BrowserTests {
    /// For the checkout at `root`.
    pub fn new(root: &Path) -> Self {
        Self {
            directory: root.join("tests/browser"),
        }
    }

    fn lock(&self) -> PathBuf {
        self.directory.join("package-lock.json")
    }

    /// A copy of the lock file that was installed: `node_modules` is as new as this.
    fn installed(&self) -> PathBuf {
        self.directory.join("node_modules/.installed-lock.json")
    }
}

impl Part for BrowserTests {
    fn name(&self) -> String {
        "packages of tests/browser".to_owned()
    }

    fn is_here(&self) -> bool {
        let wanted = fs::read(self.lock());
        wanted.is_ok_and(|lock| fs::read(self.installed()).is_ok_and(|installed| installed == lock))
    }

    fn plan(&self) -> String {
        "downloading, some seconds".to_owned()
    }

    fn install(&self) -> Result<()> {
        command::run_quietly(npm(&self.directory).arg("ci"))?;
        fs::copy(self.lock(), self.installed())
            .map(drop)
            .context("noting which packages are installed")
    }
}

fn npm(directory: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(directory)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .args(["--no-audit", "--no-fund", "--loglevel=error"]);
    npm
}
