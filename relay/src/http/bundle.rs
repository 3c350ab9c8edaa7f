//! The browser bundle that Trunk built: read once, or in dev mode at each request.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::asset::{Asset, Keep, mime_of};

/// Files of a bundle are read up to this size in all.
const MAX_BUNDLE_BYTES: u64 = 256 << 20;

/// Why there is no bundle to serve.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Nothing was built.
    #[error(
        "there is no index.html in {}: build the bundle with `trunk build --release`, start with `cargo xtask run`, \
         or name its directory with --web (or RELAY_WEB)", .0.display()
    )]
    Missing(PathBuf),
    /// It cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// What `bundle.json` tells of workers.
#[derive(Clone, Default)]
pub(super) struct Workers {
    /// The engines' scripts by graphics interface, as JSON.
    pub(super) engines: Value,
    /// The directory of the made-up world, for those who work on the page.
    pub(super) mock: Option<String>,
}

/// The bundle.
pub(super) enum Bundle {
    /// Read at the start.
    Ready {
        /// By path, such as `/app-0123456789abcdef.css`.
        files: HashMap<String, Asset>,
        /// The page, before anything is written into it.
        index: String,
        /// Where its workers are.
        workers: Workers,
    },
    /// Read at each request.
    Dev(PathBuf),
}

impl Bundle {
    pub(super) fn open(web: &Path, dev: bool) -> Result<Self, BundleError> {
        let index = read_index(web)?;
        if dev {
            return Ok(Self::Dev(web.to_owned()));
        }
        let mut files = HashMap::new();
        let mut budget = MAX_BUNDLE_BYTES;
        read_dir(web, "", &mut budget, &mut files)?;
        files.remove("/index.html");
        Ok(Self::Ready {
            files,
            index,
            workers: workers(web),
        })
    }

    /// The page's template, and the workers of the bundle it belongs to.
    pub(super) fn index(&self) -> Result<(String, Workers), BundleError> {
        match self {
            Self::Ready { index, workers, .. } => Ok((index.clone(), workers.clone())),
            Self::Dev(web) => Ok((read_index(web)?, workers(web))),
        }
    }

    /// A file by its path in the address.
    pub(super) fn file(&self, path: &str) -> Option<Asset> {
        match self {
            Self::Ready { files, .. } => files.get(path).cloned(),
            Self::Dev(web) => {
                let relative = path.strip_prefix('/')?;
                let sound = |part: &str| {
                    !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0', ':'])
                };
                if relative == "index.html" || !relative.split('/').all(sound) {
                    return None;
                }
                let plain = fs::read(web.join(relative)).ok()?;
                Some(Asset::new(plain.into(), None, None, mime_of(path), Keep::Not))
            }
        }
    }
}

impl Bundle {
    /// A file whose name changes with its content.
    pub(super) fn kept_file(&self, path: &str) -> Option<Asset> {
        self.file(path).filter(|_| is_named_by_content(path))
    }
}

fn read_index(web: &Path) -> Result<String, BundleError> {
    fs::read_to_string(web.join("index.html")).map_err(|_| BundleError::Missing(web.to_owned()))
}

fn workers(web: &Path) -> Workers {
    let json: Option<Value> = fs::read(web.join("bundle.json"))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Some(json) = json else {
        tracing::warn!("the bundle has no bundle.json: the page will find no engine and show the map");
        return Workers::default();
    };
    Workers {
        engines: json.get("engine").cloned().unwrap_or_default(),
        mock: json.get("mock").and_then(Value::as_str).map(str::to_owned),
    }
}

fn read_dir(
    dir: &Path,
    prefix: &str,
    budget: &mut u64,
    files: &mut HashMap<String, Asset>,
) -> Result<(), BundleError> {
    let failed = |path: &Path, error| BundleError::Unreadable {
        path: path.to_owned(),
        error,
    };
    for entry in fs::read_dir(dir).map_err(|error| failed(dir, error))? {
        let path = entry.map_err(|error| failed(dir, error))?.path();
        let Some(name) = path
            .file_name()
            .and_then(|name| name.to_str())
            .filter(|name| !name.starts_with('.'))
        else {
            continue;
        };
        let address = format!("{prefix}/{name}");
        if path.is_dir() {
            read_dir(&path, &address, budget, files)?;
            continue;
        }
        let is_form = [".br", ".gz"].iter().any(|end| {
            address
                .strip_suffix(end)
                .is_some_and(|plain| dir.join(plain.rsplit('/').next().unwrap_or_default()).is_file())
        });
        if is_form {
            continue;
        }
        let plain = fs::read(&path).map_err(|error| failed(&path, error))?;
        *budget = budget.checked_sub(plain.len() as u64).ok_or_else(|| {
            failed(
                &path,
                io::Error::other(format!("the bundle is larger than {MAX_BUNDLE_BYTES} bytes")),
            )
        })?;
        let form = |end: &str| {
            let mut name = path.clone().into_os_string();
            name.push(end);
            fs::read(name).ok().map(Into::into)
        };
        let keep = if is_named_by_content(&address) {
            Keep::ForEver
        } else {
            Keep::Ask
        };
        let asset = Asset::new(plain.into(), form(".br"), form(".gz"), mime_of(&address), keep);
        files.insert(address, asset);
    }
    Ok(())
}

/// Whether a file's name, or its directory's, carries a hash of its content: `-` and at least eight hex digits.
fn is_named_by_content(address: &str) -> bool {
    address.split(['/', '.']).any(|part| {
        let hash = part
            .strip_suffix("_bg")
            .unwrap_or(part)
            .rsplit('-')
            .next()
            .unwrap_or_default();
        hash.len() >= 8 && hash.len() < part.len() && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_whose_name_changes_with_their_content_are_kept_for_ever() {
        for address in [
            "/shell-0123456789abcdef.js",
            "/shell-0123456789abcdef_bg.wasm",
            "/engine-01234567/engine_webgl.js",
        ] {
            assert!(is_named_by_content(address), "{address}");
        }
        for address in [
            "/bundle.json",
            "/icon.svg",
            "/deadbeef.js",
            "/snippets/some-crate/inline0.js",
        ] {
            assert!(!is_named_by_content(address), "{address}");
        }
    }
}
