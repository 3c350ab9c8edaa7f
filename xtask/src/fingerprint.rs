//! One short text that changes when any source file of the browser bundle does.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// What the bundle is made from, apart from the tools.
const SOURCES: &[&str] = &[
    "web",
    "shared",
    "assets",
    "xtask/src/bundle",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo",
];

/// City packs are data to a relay, and no part of the bundle.
const SERVED_BY_THE_RELAY: &str = "assets/cities";

/// The fingerprint of the bundle's sources in the checkout at `root`.
pub fn of_sources(root: &Path) -> Result<String> {
    let mut sources = files(root, SOURCES)?;
    sources.retain(|path| !path.starts_with(root.join(SERVED_BY_THE_RELAY)));
    of_files(root, &sources)
}

/// All files below the named places, sorted.
pub fn files(root: &Path, places: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for place in places {
        collect(&root.join(place), &mut found)?;
    }
    found.sort();
    Ok(found)
}

/// The fingerprint of files, by content and by name relative to `base`.
pub fn of_files(base: &Path, files: &[PathBuf]) -> Result<String> {
    let mut hash = Sha256::new();
    for path in files {
        let content = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        let name = path.strip_prefix(base).unwrap_or(path).to_string_lossy();
        for part in [name.as_bytes(), &content] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    Ok(short(&hash.finalize()))
}

/// The fingerprint of bytes.
pub fn of_bytes(bytes: &[u8]) -> String {
    short(&Sha256::digest(bytes))
}

/// The first eight bytes: enough that no two builds ever meet.
fn short(digest: &[u8]) -> String {
    let first = digest.first_chunk().copied().unwrap_or_default();
    format!("{:016x}", u64::from_be_bytes(first))
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
            collect(&entry?.path(), found)?;
        }
    } else if path.exists() {
        found.push(path.to_path_buf());
    }
    Ok(())
}
