//! Where things are: the checkout, cargo's output, and the cache that outlives both.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};

/// The directories every command works with.
pub struct Project {
    /// The checkout.
    pub root: PathBuf,
    /// What this project keeps between checkouts: tools, a standard library for wasm, downloads.
    pub cache: PathBuf,
    /// Cargo's output directory.
    pub target: PathBuf,
}

impl Project {
    /// Finds the checkout from where cargo started xtask, or else compiled it; the rest from the environment.
    pub fn locate() -> Result<Self> {
        let own = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&own)
            .parent()
            .context("xtask lies in the checkout's root")?
            .to_path_buf();
        let cache_home = match env::var_os("XDG_CACHE_HOME").filter(|home| !home.is_empty()) {
            Some(home) => PathBuf::from(home),
            None => PathBuf::from(env::var_os("HOME").context("neither XDG_CACHE_HOME nor HOME is set")?)
                .join(".cache"),
        };
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self {
            cache: cache_home.join("metaverse-seoul"),
            target,
            root,
        })
    }

    /// Tools that `setup` installed, each in `bin/`.
    pub fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// The finished browser bundle.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The city that the tests walk in.
    pub fn city(&self) -> PathBuf {
        self.root.join("assets/cities/seoul")
    }

    /// Makes the cache directory, or says how to choose another.
    pub fn prepare_cache(&self) -> Result<()> {
        let probe = self.cache.join(".writable");
        fs::create_dir_all(&self.cache)
            .and_then(|()| fs::write(&probe, b""))
            .and_then(|()| fs::remove_file(&probe))
            .map_err(|error| {
                anyhow!(
                    "the cache directory {} cannot be written ({error}).\n  \
                     Choose another one, for example: XDG_CACHE_HOME=/tmp/cache cargo xtask run",
                    self.cache.display()
                )
            })
    }

    /// The version of a package in Cargo.lock.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let lock = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let name = format!("name = \"{package}\"");
        let mut lines = lock.lines().skip_while(|line| *line != name);
        lines
            .nth(1)
            .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
            .map(str::to_owned)
            .with_context(|| format!("{} has no package {package}", path.display()))
    }
}
