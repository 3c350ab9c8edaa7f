//! What comes from npm: wasm-opt, the packages of the browser tests, and a node new enough to run those.

use std::{
    ffi::OsStr,
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

/// What tests/browser/package.json asks for.
const NODE_FOR_TESTS: (u32, u32) = (20, 11);
/// What is installed where the machine's own is older: Debian 12 has 18.
const NODE_VERSION: &str = "22";

/// A node for the browser tests.
pub struct Node {
    prefix: PathBuf,
    package: String,
}

impl Node {
    /// The machine's own, or one to be installed below the directory of tools.
    pub fn new(tools: &Path) -> Self {
        let machine = if cfg!(target_arch = "aarch64") {
            "arm64"
        } else {
            "x64"
        };
        Self {
            prefix: tools.join(format!("node-{NODE_VERSION}")),
            package: format!("node-linux-{machine}"),
        }
    }

    /// Where `node` is if it had to be installed.
    pub fn bin(&self) -> PathBuf {
        self.prefix.join("node_modules").join(&self.package).join("bin")
    }
}

impl Part for Node {
    fn name(&self) -> String {
        let (major, minor) = NODE_FOR_TESTS;
        format!("node {major}.{minor} or newer")
    }

    fn is_here(&self) -> bool {
        version("node") >= Some(NODE_FOR_TESTS) || version(self.bin().join("node")) >= Some(NODE_FOR_TESTS)
    }

    fn plan(&self) -> String {
        format!("downloading node {NODE_VERSION} from npm, some seconds")
    }

    fn install(&self) -> Result<()> {
        fs::create_dir_all(&self.prefix)?;
        command::run_quietly(
            npm(&self.prefix)
                .args(["install", "--no-save", "--no-package-lock"])
                .arg(format!("{}@{NODE_VERSION}", self.package)),
        )
        .map(drop)
    }
}

/// Major and minor version of a node.
pub fn version(node: impl AsRef<OsStr>) -> Option<(u32, u32)> {
    let printed = command::run_quietly(Command::new(node).arg("--version")).ok()?;
    let mut numbers = printed.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// The packages that a package-lock.json in the checkout pins.
pub struct Packages {
    folder: &'static str,
    directory: PathBuf,
}

impl Packages {
    /// What the browser tests need, in the checkout at `root`.
    pub fn of_browser_tests(root: &Path) -> Self {
        Self::in_folder(root, "tests/browser")
    }

    /// The servers that the relay is measured beside.
    pub fn of_bench(root: &Path) -> Self {
        Self::in_folder(root, "tests/bench")
    }

    fn in_folder(root: &Path, folder: &'static str) -> Self {
        Self {
            folder,
            directory: root.join(folder),
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

impl Part for Packages {
    fn name(&self) -> String {
        format!("packages of {}", self.folder)
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
