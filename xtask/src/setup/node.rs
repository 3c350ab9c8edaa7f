//! What comes from npm: wasm-opt, esbuild, the packages of tests and benchmarks, and a node new enough to run them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{Part, Purpose};
use crate::command;

/// Debian's own binaryen (108) does not know what today's rustc emits.
const BINARYEN_VERSION: &str = "132.0.0";

const ESBUILD_VERSION: &str = "0.25.12";

/// A program out of one npm package.
pub struct NpmProgram {
    program: &'static str,
    package: &'static str,
    version: &'static str,
    prefix: PathBuf,
}

impl NpmProgram {
    /// wasm-opt, which makes modules smaller: installed, or to be installed, below the directory of tools.
    pub fn binaryen(tools: &Path) -> Self {
        Self::new(tools, "wasm-opt", "binaryen", BINARYEN_VERSION)
    }

    /// esbuild, which makes scripts and style sheets smaller.
    pub fn esbuild(tools: &Path) -> Self {
        Self::new(tools, "esbuild", "esbuild", ESBUILD_VERSION)
    }

    fn new(tools: &Path, program: &'static str, package: &'static str, version: &'static str) -> Self {
        Self {
            program,
            package,
            version,
            prefix: tools.join(format!("{package}-{version}")),
        }
    }

    /// Where the program is once installed.
    pub fn bin(&self) -> PathBuf {
        self.prefix.join("node_modules/.bin")
    }
}

impl Part for NpmProgram {
    fn name(&self) -> String {
        format!("{} ({} {})", self.program, self.package, self.version)
    }

    fn is_here(&self) -> bool {
        self.bin().join(self.program).exists()
    }

    fn plan(&self) -> String {
        "downloading, some seconds".to_owned()
    }

    fn install(&self) -> Result<()> {
        fs::create_dir_all(&self.prefix)?;
        command::run_quietly(
            npm(&self.prefix)
                .args(["install", "--no-save", "--no-package-lock"])
                .arg(format!("{}@{}", self.package, self.version)),
        )
        .map(drop)
    }
}

/// The oldest node that wasm-opt runs on.
const NODE_FOR_RUN: (u32, u32) = (18, 0);
/// What tests/browser/package.json asks for.
const NODE_FOR_TESTS: (u32, u32) = (20, 11);
/// What is installed where the machine's own is older: Debian 12 has 18, Ubuntu 22.04 has 12.
const NODE_VERSION: &str = "22";

/// A node that is new enough.
pub struct Node {
    /// The program that is found without doing anything.
    own: PathBuf,
    prefix: PathBuf,
    package: String,
    oldest: (u32, u32),
}

impl Node {
    /// The machine's own, or one to be installed below the directory of tools.
    pub fn new(tools: &Path, purpose: Purpose) -> Self {
        let machine = if cfg!(target_arch = "aarch64") {
            "arm64"
        } else {
            "x64"
        };
        Self {
            own: PathBuf::from("node"),
            prefix: tools.join(format!("node-{NODE_VERSION}")),
            package: format!("node-linux-{machine}"),
            oldest: match purpose {
                Purpose::Run => NODE_FOR_RUN,
                Purpose::Test => NODE_FOR_TESTS,
            },
        }
    }

    /// Where `node` is found ahead of PATH, if it had to be installed.
    pub fn bin(&self) -> Option<PathBuf> {
        Some(self.installed()).filter(|bin| bin.is_dir())
    }

    fn installed(&self) -> PathBuf {
        self.prefix.join("node_modules").join(&self.package).join("bin")
    }
}

impl Part for Node {
    fn name(&self) -> String {
        let (major, minor) = self.oldest;
        format!("node {major}.{minor} or newer")
    }

    fn is_here(&self) -> bool {
        [self.own.clone(), self.installed().join("node")]
            .iter()
            .any(|node| version(node) >= Some(self.oldest))
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
fn version(node: &Path) -> Option<(u32, u32)> {
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

    /// What the engine is measured with and beside.
    pub fn of_engine_bench(root: &Path) -> Self {
        Self::in_folder(root, "tests/bench/engine")
    }

    /// What the page is measured with.
    pub fn of_page_bench(root: &Path) -> Self {
        Self::in_folder(root, "tests/bench/page")
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine whose node prints this version, and the node that would be installed on it for this purpose.
    fn on_a_machine_with(printed: &str, purpose: Purpose) -> (PathBuf, Node) {
        let folder = std::env::temp_dir().join(format!("xtask-node-{}-{printed}", std::process::id()));
        let node = Node {
            own: folder.join("node"),
            ..Node::new(&folder.join("tools"), purpose)
        };
        program(&node.own, printed);
        (folder, node)
    }

    /// Written by another process: what this one still has open for writing may not be started.
    fn program(path: &Path, printed: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let script = format!("printf '#!/bin/sh\necho {printed}\n' > \"$0\" && chmod +x \"$0\"");
        command::run(Command::new("sh").args(["-c", &script]).arg(path)).unwrap();
    }

    #[test]
    fn an_old_node_is_made_up_for_by_one_among_the_tools() {
        let (folder, node) = on_a_machine_with("v12.22.9", Purpose::Run);
        assert!(!node.is_here());
        assert_eq!(node.bin(), None);
        program(&node.installed().join("node"), "v22.1.0");
        assert!(node.is_here());
        assert_eq!(node.bin(), Some(node.installed()));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_tests_need_newer_is_not_asked_of_those_who_run() {
        for (purpose, is_here) in [(Purpose::Run, true), (Purpose::Test, false)] {
            let (folder, node) = on_a_machine_with("v18.20.4", purpose);
            assert_eq!(node.is_here(), is_here);
            fs::remove_dir_all(folder).unwrap();
        }
    }
}
