//! Debian's `rustc-web`: a recent compiler that comes without a standard library for wasm32, but with its sources.
//! The library is built once, into a sysroot in the cache; from then on `--sysroot` is all a build needs.

use std::{
    env, fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{apt, wasm_target::TARGET};
use crate::{command, fingerprint};

/// Where Debian's compiler and cargo are, whatever else is on PATH.
pub const BIN: &str = "/usr/bin";

const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
/// The linker among them.
const LINKER: &str = "/usr/bin/lld-22";
/// Link-time optimization of the page reaches into the library by its bitcode.
const LIBRARY_FLAGS: &str = "-Cembed-bitcode=yes";
/// An empty crate, whose only purpose is to ask cargo for the standard library.
const NOTHING: &str = "[package]\nname = \"nothing\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n";
/// What the environment of `cargo xtask` says about the other toolchain.
const FOREIGN: &[&str] = &[
    "CARGO",
    "RUSTC",
    "RUSTDOC",
    "RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
    "LD_LIBRARY_PATH",
];

/// Where the sysroot for the compiler installed now is, or will be. Another compiler could not read it; and cargo,
/// which does not look into a sysroot, builds anew what a changed one makes stale only if its path changes.
pub fn sysroot(cache: &Path) -> Result<PathBuf> {
    let made_by = fingerprint::of_bytes(format!("{}{LIBRARY_FLAGS}", version()?).as_bytes());
    Ok(cache.join(format!("wasm-sysroot-{made_by}")))
}

/// Installs the packages if need be, and builds the sysroot.
pub fn install(cache: &Path) -> Result<()> {
    if version().is_err() || !Path::new(BIN).join("cargo").exists() {
        apt::install(PACKAGES)?;
    }
    let scratch = cache.join("wasm-sysroot-build");
    build_library(&scratch)?;
    let assembled = scratch.join("sysroot");
    assemble(
        &scratch.join("target").join(TARGET).join("release/deps"),
        &assembled,
    )?;
    let sysroot = sysroot(cache)?;
    fs::rename(&assembled, &sysroot).with_context(|| format!("moving it to {}", sysroot.display()))?;
    fs::remove_dir_all(&scratch).with_context(|| format!("removing {}", scratch.display()))
}

fn build_library(scratch: &Path) -> Result<()> {
    if scratch.exists() {
        fs::remove_dir_all(scratch).with_context(|| format!("removing {}", scratch.display()))?;
    }
    fs::create_dir_all(scratch.join("src")).with_context(|| format!("creating {}", scratch.display()))?;
    fs::write(scratch.join("src/lib.rs"), "")?;
    fs::write(scratch.join("Cargo.toml"), NOTHING)?;
    command::run_quietly(
        program("cargo", &["build", "--release", "--target", TARGET])
            .current_dir(scratch)
            .env("CARGO_TARGET_DIR", scratch.join("target"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", LIBRARY_FLAGS)
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
            .env("CARGO_PROFILE_RELEASE_PANIC", "abort"),
    )
    .map(drop)
    .context("building the standard library")
}

/// Lays out what `rustc --sysroot` expects: our libraries for wasm32, the host's own beside them.
fn assemble(built: &Path, sysroot: &Path) -> Result<()> {
    let lib = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&lib).with_context(|| format!("creating {}", lib.display()))?;
    for path in fingerprint::files(built, &[""])? {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if path.extension().is_some_and(|extension| extension == "rlib") && !name.starts_with("libnothing") {
            fs::copy(&path, lib.join(name)).with_context(|| format!("copying {name}"))?;
        }
    }
    let own_sysroot = command::run_quietly(&mut program("rustc", &["--print", "sysroot"]))?;
    let version = version()?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .context("rustc names no host")?;
    let host_directory = Path::new("lib/rustlib").join(host);
    let tools = sysroot.join(&host_directory).join("bin");
    fs::create_dir_all(&tools).with_context(|| format!("creating {}", tools.display()))?;
    // rustc looks for its linker beside the host's libraries, and calls it by this name.
    link(Path::new(LINKER), &tools.join("rust-lld"))?;
    link(
        &Path::new(own_sysroot.trim()).join(&host_directory).join("lib"),
        &sysroot.join(&host_directory).join("lib"),
    )
}

fn link(to: &Path, from: &Path) -> Result<()> {
    symlink(to, from).with_context(|| format!("linking {} to {}", from.display(), to.display()))
}

fn version() -> Result<String> {
    command::run_quietly(&mut program("rustc", &["--version", "--verbose"]))
}

/// A program of Debian's toolchain, shielded from the other one.
fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(Path::new(BIN).join(name));
    let mut path = vec![PathBuf::from(BIN)];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    if let Ok(path) = env::join_paths(path) {
        command.env("PATH", path);
    }
    for variable in FOREIGN {
        command.env_remove(variable);
    }
    command.args(arguments);
    command
}
