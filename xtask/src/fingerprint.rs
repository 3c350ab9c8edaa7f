//! One short text that changes when any source file of the browser bundle does.

use std::{
    fs, io,
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

/// City packs are data to a relay, and no part of the bundle; it carries the scripts beside the shell itself.
const SERVED_BY_THE_RELAY: [&str; 2] = ["assets/cities", "assets/scripts"];

/// The folder in each language's of what only the relay reads.
const OF_THE_RELAY: &str = "relay";

/// The fingerprint of the bundle's sources in the checkout at `root`.
pub fn of_sources(root: &Path) -> Result<String> {
    let mut sources = files(root, SOURCES)?;
    sources.retain(|path| {
        let of_the_relay = path.starts_with(root.join("assets"))
            && path.parent().is_some_and(|folder| folder.ends_with(OF_THE_RELAY));
        let served = SERVED_BY_THE_RELAY
            .iter()
            .any(|folder| path.starts_with(root.join(folder)));
        !of_the_relay && !served
    });
    of_files(root, &sources)
}

/// All files below the named places, sorted, without those that an editor keeps for itself.
pub fn files(root: &Path, places: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for place in places {
        collect(&root.join(place), &mut found)?;
    }
    found.sort();
    Ok(found)
}

/// The fingerprint of files, by content and by name relative to `base`. One that has vanished since it was listed counts
/// as one that never was: editors and version control replace files while they are looked at.
pub fn of_files(base: &Path, files: &[PathBuf]) -> Result<String> {
    let mut hash = Sha256::new();
    for path in files {
        let Some(content) = if_there(path, fs::read(path))? else {
            continue;
        };
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
        let Some(entries) = if_there(path, fs::read_dir(path))? else {
            return Ok(());
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("reading {}", path.display()))?;
            if !is_an_editors_own(&entry.file_name().to_string_lossy()) {
                collect(&entry.path(), found)?;
            }
        }
    } else if path.exists() {
        found.push(path.to_path_buf());
    }
    Ok(())
}

/// What was read, or nothing where there is nothing any more.
fn if_there<T>(path: &Path, read: io::Result<T>) -> Result<Option<T>> {
    match read {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read
            .map(Some)
            .with_context(|| format!("reading {}", path.display())),
    }
}

/// Swap files, locks, copies of what was there before a change: by their names, whichever the editor.
fn is_an_editors_own(name: &str) -> bool {
    name.starts_with(['.', '#']) || name.ends_with('~')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory with some files in it, gone when the test is.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[&str]) -> Self {
            let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
            for file in files {
                let path = folder.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, file).unwrap();
            }
            Self(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_an_editor_keeps_for_itself_is_no_source() {
        let folder = Folder::new(
            "editors",
            &[
                "web/.config/settings.json",
                "web/.world.css.swp",
                "web/.#world.css",
                "web/#world.css#",
                "web/world.css~",
                "web/world.css",
            ],
        );
        assert_eq!(
            files(&folder.0, &["web"]).unwrap(),
            [folder.0.join("web/world.css")]
        );
    }

    #[test]
    fn a_place_that_is_asked_for_by_name_is_looked_into_whatever_its_name() {
        let folder = Folder::new("named", &[".cargo/config.toml"]);
        assert_eq!(
            files(&folder.0, &[".cargo"]).unwrap(),
            [folder.0.join(".cargo/config.toml")]
        );
    }

    #[test]
    fn a_file_that_vanishes_while_it_is_looked_at_is_as_one_that_never_was() {
        let folder = Folder::new("vanishing", &["a", "b", "c"]);
        let before = files(&folder.0, &[""]).unwrap();
        let all = of_files(&folder.0, &before).unwrap();
        fs::remove_file(folder.0.join("b")).unwrap();
        let with_the_vanished = of_files(&folder.0, &before).unwrap();
        assert_eq!(
            with_the_vanished,
            of_files(&folder.0, &files(&folder.0, &[""]).unwrap()).unwrap()
        );
        assert_ne!(with_the_vanished, all);
    }

    #[test]
    fn a_changed_file_and_a_renamed_one_change_the_fingerprint() {
        let folder = Folder::new("changing", &["a", "b"]);
        let now = || of_files(&folder.0, &files(&folder.0, &[""]).unwrap()).unwrap();
        let first = now();
        fs::write(folder.0.join("a"), "other").unwrap();
        let second = now();
        fs::rename(folder.0.join("a"), folder.0.join("c")).unwrap();
        let third = now();
        assert!(first != second && second != third && first != third);
    }
}
