//! A Rust toolchain that compiles for wasm32: rustup's, or where its server cannot be reached, Debian's.
//!
//! Both come with the sources of the standard library, so that what browsers download is built with a library of the
//! same kind: small, and without the words of panics. `METAVERSE_WASM=debian` (or `rustup`) decides by hand.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use super::{Part, apt};
use crate::command;

/// The architecture of browsers.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A closed network often swallows packets instead of refusing them: seconds after which rustup is given up.
const RUSTUP_TIMEOUT_S: &str = "180";

/// Debian's `rustc-web`: a recent compiler that comes without a library for wasm32, but with its sources.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// The linker among them; the compiler looks for it by another name.
const DEBIAN_LINKER: &str = "/usr/bin/lld-22";

/// Where Debian's compiler and cargo are, whatever else is on PATH.
const DEBIAN_BIN: &str = "/usr/bin";

/// A panic is a trap that tells nothing: its words, and all that formats them, are a ninth of the page.
const TRAPS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none";

/// Who compiles for wasm32.
pub enum Toolchain {
    /// The toolchain in use has the target.
    Rustup,
    /// Debian's compiler.
    Debian,
}

impl Toolchain {
    /// Lets a command's inner cargo compile for wasm32.
    pub fn apply(&self, command: &mut Command) {
        if let Self::Debian = self {
            command
                .env_remove("RUSTUP_TOOLCHAIN")
                .env_remove("RUSTC")
                .env_remove("RUSTDOC")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER);
            build_library(command);
        }
    }

    /// The directory its cargo must be found in, ahead of PATH.
    pub fn bin(&self) -> Option<PathBuf> {
        match self {
            Self::Rustup => None,
            Self::Debian => Some(PathBuf::from(DEBIAN_BIN)),
        }
    }
}

/// Lets a command's inner cargo make what browsers download as small as it gets.
pub fn shrink(command: &mut Command) {
    build_library(command);
    command
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        // For this target alone: build scripts stay as they are.
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", TRAPS);
}

/// The standard library is one more dependency. Cargo calls that unstable, and has to be told that it is meant.
fn build_library(command: &mut Command) {
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
}

/// The person's wish, from `METAVERSE_WASM`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Either,
    Rustup,
    Debian,
}

/// The ability to compile for wasm32, one way or the other.
pub struct WasmTarget {
    wish: Wish,
}

impl WasmTarget {
    /// As `METAVERSE_WASM` wishes.
    pub fn new() -> Result<Self> {
        let wish = match env::var("METAVERSE_WASM").as_deref() {
            Err(_) | Ok("") => Wish::Either,
            Ok("rustup") => Wish::Rustup,
            Ok("debian") => Wish::Debian,
            Ok(other) => bail!("METAVERSE_WASM is \"{other}\"; it may be \"rustup\" or \"debian\""),
        };
        Ok(Self { wish })
    }

    /// Which one is there now.
    pub fn toolchain(&self) -> Result<Toolchain> {
        // The target's own library serves lints and `run --dev`, the sources what is released.
        let rustup = || has_library("rustc", &[TARGET, "src/rust/library"]);
        let debian_rustc = format!("{DEBIAN_BIN}/rustc");
        let debian = || {
            Path::new(DEBIAN_BIN).join("cargo").exists() && has_library(&debian_rustc, &["src/rust/library"])
        };
        if self.wish != Wish::Debian && rustup() {
            return Ok(Toolchain::Rustup);
        }
        if self.wish != Wish::Rustup && debian() {
            return Ok(Toolchain::Debian);
        }
        bail!(
            "no compiler for {TARGET}: `rustup target add {TARGET}` and `rustup component add rust-src` bring one"
        )
    }
}

impl Part for WasmTarget {
    fn name(&self) -> String {
        format!("compiler for {TARGET}")
    }

    fn is_here(&self) -> bool {
        self.toolchain().is_ok()
    }

    fn plan(&self) -> String {
        match self.wish {
            Wish::Debian => "Debian's, about a minute",
            _ => "rustup target add, rustup component add rust-src: some seconds",
        }
        .to_owned()
    }

    fn install(&self) -> Result<()> {
        if self.wish != Wish::Debian && command::find("rustup").is_some() {
            match add_to_rustup() {
                Ok(()) => return Ok(()),
                Err(error) if self.wish == Wish::Rustup => return Err(error),
                Err(error) => {
                    println!("      rustup could not ({error:#})");
                    println!("      Debian's compiler instead: about a minute");
                }
            }
        }
        apt::install(DEBIAN_PACKAGES)
    }
}

fn add_to_rustup() -> Result<()> {
    for what in [["target", "add", TARGET], ["component", "add", "rust-src"]] {
        let mut add = Command::new("timeout");
        add.args([RUSTUP_TIMEOUT_S, "rustup"]).args(what);
        command::run_quietly(&mut add)?;
    }
    Ok(())
}

/// Whether a compiler has all of these beside its own library.
fn has_library(rustc: &str, parts: &[&str]) -> bool {
    command::run_quietly(Command::new(rustc).args(["--print", "sysroot"])).is_ok_and(|sysroot| {
        let beside = Path::new(sysroot.trim()).join("lib/rustlib");
        parts.iter().all(|part| beside.join(part).is_dir())
    })
}
