//! A Rust toolchain that compiles for wasm32: rustup's, or where its server cannot be reached, Debian's.
//!
//! `METAVERSE_WASM=debian` (or `rustup`) decides by hand.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use super::{Part, debian_toolchain};
use crate::command;

/// The architecture of browsers.
pub const TARGET: &str = "wasm32-unknown-unknown";
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
            let flags = format!("--sysroot {}", sysroot.display());
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
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
            Self::Debian { .. } => Some(PathBuf::from(debian_toolchain::BIN)),
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
    cache: PathBuf,
    wish: Wish,
}

impl WasmTarget {
    /// With Debian's standard library, if one is needed, in the cache.
    pub fn new(cache: &Path) -> Result<Self> {
        let wish = match env::var("METAVERSE_WASM").as_deref() {
            Err(_) | Ok("") => Wish::Either,
            Ok("rustup") => Wish::Rustup,
            Ok("debian") => Wish::Debian,
            Ok(other) => bail!("METAVERSE_WASM is \"{other}\"; it may be \"rustup\" or \"debian\""),
        };
        Ok(Self {
            cache: cache.to_owned(),
            wish,
        })
    }

    /// Which one is there now.
    pub fn toolchain(&self) -> Result<Toolchain> {
        if self.wish != Wish::Debian && rustup_has_target() {
            return Ok(Toolchain::Rustup);
        }
        if self.wish != Wish::Rustup
            && let Ok(sysroot) = debian_toolchain::sysroot(&self.cache)
            && sysroot.is_dir()
        {
            return Ok(Toolchain::Debian { sysroot });
        }
        bail!("no compiler for {TARGET}: `rustup target add {TARGET}` brings one")
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
            Wish::Debian => "Debian's compiler, and a standard library built once: about 3 minutes",
            _ => "rustup target add, some seconds",
        }
        .to_owned()
    }

    fn install(&self) -> Result<()> {
        if self.wish != Wish::Debian && command::find("rustup").is_some() {
            let mut add = Command::new("timeout");
            add.args([RUSTUP_TIMEOUT_S, "rustup", "target", "add", TARGET]);
            match command::run_quietly(&mut add) {
                Ok(_) => return Ok(()),
                Err(error) if self.wish == Wish::Rustup => return Err(error),
                Err(error) => {
                    println!("      rustup could not ({error:#})");
                    println!(
                        "      Debian's compiler instead, and a standard library built once: about 3 minutes"
                    );
                }
            }
        }
        debian_toolchain::install(&self.cache)
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
