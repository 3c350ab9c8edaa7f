//! Trunk and the wasm-bindgen CLI, built from source into the cache.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use super::Part;
use crate::command;

/// 0.22 wants a newer compiler than this workspace's `rust-version`.
const TRUNK_VERSION: &str = "0.21.14";

/// A program that `cargo install` builds, in a directory of its own version: checkouts with other versions do not
/// fight over it.
pub struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: String,
    /// Whether the versions its author tested are used. (wasm-bindgen's lock file has lagged behind its release.)
    locked: bool,
    takes: &'static str,
    root: PathBuf,
    build: PathBuf,
}

impl CargoTool {
    /// The bundler.
    pub fn trunk(tools: &Path) -> Self {
        Self::new(tools, "trunk", "trunk", TRUNK_VERSION, true, "about 4 minutes")
    }

    /// The generator of JavaScript bindings; it must be of exactly the version that the wasm was compiled against.
    pub fn wasm_bindgen(tools: &Path, version: &str) -> Self {
        Self::new(
            tools,
            "wasm-bindgen-cli",
            "wasm-bindgen",
            version,
            false,
            "about 2 minutes",
        )
    }

    fn new(
        tools: &Path,
        package: &'static str,
        program: &'static str,
        version: &str,
        locked: bool,
        takes: &'static str,
    ) -> Self {
        Self {
            package,
            program,
            version: version.to_owned(),
            locked,
            takes,
            root: tools.join(format!("{program}-{version}")),
            build: tools.join(format!("{program}-build")),
        }
    }

    /// Where the program is once installed.
    pub fn bin(&self) -> PathBuf {
        self.root.join("bin")
    }
}

impl Part for CargoTool {
    fn name(&self) -> String {
        format!("{} {}", self.program, self.version)
    }

    fn is_here(&self) -> bool {
        let program = self.bin().join(self.program);
        command::run_quietly(Command::new(program).arg("--version"))
            .is_ok_and(|printed| printed.split_whitespace().nth(1) == Some(&self.version))
    }

    fn plan(&self) -> String {
        format!("building, {}", self.takes)
    }

    fn install(&self) -> Result<()> {
        let mut install = Command::new("cargo");
        install
            .args([
                "install",
                self.package,
                "--version",
                &self.version,
                "--force",
                "--no-default-features",
            ])
            .arg("--root")
            .arg(&self.root)
            // Features left out are downloads and update checks. A light profile: these tools run for seconds, and
            // full optimization would take twice as long to build as they ever save.
            .env("CARGO_TARGET_DIR", &self.build)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
            .env_remove("RUSTFLAGS")
            // Outside the checkout, so that this workspace's cargo settings do not apply.
            .current_dir(self.root.parent().unwrap_or(Path::new("/")));
        if self.locked {
            install.arg("--locked");
        }
        fs::create_dir_all(&self.build)?;
        let installed = command::run(&mut install);
        let _ = fs::remove_dir_all(&self.build);
        installed
    }
}
