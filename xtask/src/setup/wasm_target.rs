//! A Rust toolchain that compiles for wasm32: rustup's, or where its server cannot be reached, Debian's.
//!
//! Debian's `rustc-web` comes without a wasm32 standard library but with its sources: it is built once, into a
//! sysroot in the cache. `METAVERSE_WASM=debian` (or `rustup`) decides by hand.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use super::{Part, apt};
use crate::command;

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
/// Where Debian's toolchain is, whatever else is on PATH.
const DEBIAN_BIN: &str = "/usr/bin";
/// A closed network often swallows packets instead of refusing them: seconds after which rustup is given up.
const RUSTUP_TIMEOUT_S: &str = "180";

/// Who compiles for wasm32.
pub enum Toolchain {
    /// The toolchain in use has the target.
    Rustup,
    /// Debian's compiler with a standard library of our own making.
    Debian {
        /// What `rustc --sysroot` is given.
        sysroot: PathBuf,
    },
}

impl Toolchain {
    /// Lets a command's inner cargo compile for wasm32.
    pub fn apply(&self, command: &mut Command) {
        if let Self::Debian { sysroot } = self {
            // For this target alone, joined to what the workspace configures. Build scripts stay the compiler's own.
            command.env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                format!("--sysroot {}", sysroot.display()),
            );
            command
                .env_remove("RUSTUP_TOOLCHAIN")
                .env_remove("RUSTC")
                .env_remove("RUSTDOC");
        }
    }

    /// The directory its cargo must be found in, ahead of PATH.
    pub fn bin(&self) -> Option<PathBuf> {
        match self {
            Self::Rustup => None,
            Self::Debian { .. } => Some(PathBuf::from(DEBIAN_BIN)),
        }
    }
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
    sysroot: PathBuf,
    wish: Result<Wish, String>,
}

impl WasmTarget {
    /// With the sysroot, if one is needed, in the cache.
    pub fn new(cache: &Path) -> Self {
        let wish = match env::var("METAVERSE_WASM").as_deref() {
            Err(_) | Ok("") => Ok(Wish::Either),
            Ok("rustup") => Ok(Wish::Rustup),
            Ok("debian") => Ok(Wish::Debian),
            Ok(other) => Err(other.to_owned()),
        };
        Self {
            sysroot: cache.join("wasm-sysroot"),
            wish,
        }
    }

    /// Which one is there now.
    pub fn toolchain(&self) -> Result<Toolchain> {
        let wish = self.wish()?;
        if wish != Wish::Debian && rustup_has_target() {
            return Ok(Toolchain::Rustup);
        }
        if wish != Wish::Rustup && self.sysroot_is_current() {
            return Ok(Toolchain::Debian {
                sysroot: self.sysroot.clone(),
            });
        }
        bail!("no compiler for {TARGET}: `rustup target add {TARGET}` brings one")
    }

    fn wish(&self) -> Result<Wish> {
        match &self.wish {
            Ok(wish) => Ok(*wish),
            Err(other) => bail!("METAVERSE_WASM is \"{other}\"; it may be \"rustup\" or \"debian\""),
        }
    }

    /// Built by the very compiler that is installed now: another one could not read it.
    fn sysroot_is_current(&self) -> bool {
        let built_by = fs::read_to_string(self.stamp());
        built_by.is_ok_and(|built_by| debian_version().is_ok_and(|version| version == built_by))
    }

    fn stamp(&self) -> PathBuf {
        self.sysroot.join("built-by")
    }

    fn install_debian(&self) -> Result<()> {
        println!("      Debian's compiler and a standard library built once: about 3 minutes");
        if !command::succeeds(&mut debian("rustc", &["--version"])) || !Path::new("/usr/bin/cargo").exists() {
            apt::install(DEBIAN_PACKAGES)?;
        }
        let scratch = self.sysroot.with_extension("build");
        build_library(&scratch)?;
        let built = scratch.join("target").join(TARGET).join("release/deps");
        self.assemble(&built)?;
        let _ = fs::remove_dir_all(&scratch);
        fs::write(self.stamp(), debian_version()?).context("noting which compiler built the sysroot")
    }

    /// Lays out what `rustc --sysroot` expects: our libraries for wasm32, the host's own beside them.
    fn assemble(&self, built: &Path) -> Result<()> {
        let _ = fs::remove_dir_all(&self.sysroot);
        let lib = self.sysroot.join("lib/rustlib").join(TARGET).join("lib");
        fs::create_dir_all(&lib).with_context(|| format!("creating {}", lib.display()))?;
        for entry in fs::read_dir(built).with_context(|| format!("reading {}", built.display()))? {
            let path = entry?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            if path.extension().is_some_and(|extension| extension == "rlib")
                && !name.starts_with("libnothing")
            {
                fs::copy(&path, lib.join(name)).with_context(|| format!("copying {name}"))?;
            }
        }
        let host_sysroot = command::run_quietly(&mut debian("rustc", &["--print", "sysroot"]))?;
        let host = host_triple()?;
        let host_libraries = Path::new(host_sysroot.trim()).join("lib/rustlib").join(&host);
        std::os::unix::fs::symlink(&host_libraries, self.sysroot.join("lib/rustlib").join(host))
            .with_context(|| format!("linking to {}", host_libraries.display()))
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
        "adding the target, some seconds".to_owned()
    }

    fn install(&self) -> Result<()> {
        let wish = self.wish()?;
        if wish != Wish::Debian && command::find("rustup").is_some() {
            let mut add = Command::new("timeout");
            add.args([RUSTUP_TIMEOUT_S, "rustup", "target", "add", TARGET]);
            match command::run_quietly(&mut add) {
                Ok(_) => return Ok(()),
                Err(error) if wish == Wish::Rustup => return Err(error),
                Err(error) => println!("      rustup could not: {error:#}"),
            }
        }
        self.install_debian()
    }
}

fn rustup_has_target() -> bool {
    command::run_quietly(Command::new("rustc").args(["--print", "sysroot"])).is_ok_and(|sysroot| {
        Path::new(sysroot.trim())
            .join("lib/rustlib")
            .join(TARGET)
            .join("lib")
            .is_dir()
    })
}

/// Compiles the standard library by way of an empty crate that asks cargo for it.
fn build_library(scratch: &Path) -> Result<()> {
    let _ = fs::remove_dir_all(scratch);
    fs::create_dir_all(scratch.join("src")).with_context(|| format!("creating {}", scratch.display()))?;
    fs::write(scratch.join("src/lib.rs"), "")?;
    fs::write(
        scratch.join("Cargo.toml"),
        "[package]\nname = \"nothing\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n",
    )?;
    command::run_quietly(
        debian("cargo", &["build", "--release", "--target", TARGET])
            .current_dir(scratch)
            .env("CARGO_TARGET_DIR", scratch.join("target"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
            .env("CARGO_PROFILE_RELEASE_PANIC", "abort"),
    )
    .map(drop)
    .context("building the standard library")
}

/// A program of Debian's toolchain, shielded from rustup's settings.
fn debian(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(Path::new(DEBIAN_BIN).join(program));
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(
        [PathBuf::from(DEBIAN_BIN)]
            .into_iter()
            .chain(env::split_paths(&path)),
    );
    if let Ok(path) = path {
        command.env("PATH", path);
    }
    for setting in [
        "CARGO",
        "RUSTC",
        "RUSTDOC",
        "RUSTFLAGS",
        "RUSTUP_TOOLCHAIN",
        "LD_LIBRARY_PATH",
    ] {
        command.env_remove(setting);
    }
    command.args(arguments);
    command
}

fn debian_version() -> Result<String> {
    command::run_quietly(&mut debian("rustc", &["--version", "--verbose"]))
}

fn host_triple() -> Result<String> {
    debian_version()?
        .lines()
        .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        .context("rustc names no host")
}
