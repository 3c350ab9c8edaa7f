//! Every file that gains by it gets a `.br` and a `.gz` beside it, as small as those formats go: the relay sends the
//! bytes as they are. Results are kept by content, so that a file that did not change costs nothing next time.

use std::{
    collections::HashSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context, Result};

use crate::fingerprint;

/// Kinds of file that are not compressed already.
const COMPRESSIBLE: &[&str] = &[
    "css",
    "ftl",
    "geojson",
    "html",
    "js",
    "json",
    "mjs",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// The relay writes into this page, differently for every visitor, and compresses the result itself.
const WRITTEN_PER_VISITOR: &str = "index.html";

/// Compresses everything below `directory`, on all cores.
pub fn all(directory: &Path, kept: &Path) -> Result<()> {
    fs::create_dir_all(kept).with_context(|| format!("creating {}", kept.display()))?;
    let files: Vec<PathBuf> = fingerprint::files(directory, &[""])?
        .into_iter()
        .filter(|path| gains(path))
        .collect();
    let next = AtomicUsize::new(0);
    let used = Mutex::new(HashSet::new());
    let work = || -> Result<()> {
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let names = one(path, kept).with_context(|| format!("compressing {}", path.display()))?;
            if let Ok(mut used) = used.lock() {
                used.extend(names);
            }
        }
        Ok(())
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })?;
    forget_unused(kept, &used.into_inner().unwrap_or_default())
}

/// Brotli at its strongest.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters)?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn gains(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| COMPRESSIBLE.iter().any(|known| extension == *known))
        && path.file_name().is_some_and(|name| name != WRITTEN_PER_VISITOR)
}

/// Writes both forms of one file; the answer is the names under which they are kept.
fn one(path: &Path, kept: &Path) -> Result<Vec<String>> {
    let bytes = fs::read(path)?;
    let hash = fingerprint::of_bytes(&bytes);
    let mut names = Vec::new();
    for suffix in ["br", "gz"] {
        let name = format!("{hash}.{suffix}");
        let source = kept.join(&name);
        if !source.exists() {
            let compressed = if suffix == "br" {
                brotli(&bytes)?
            } else {
                gzip(&bytes)?
            };
            let unfinished = kept.join(format!("{name}.{}", std::process::id()));
            fs::write(&unfinished, compressed)?;
            fs::rename(&unfinished, &source)?;
        }
        if fs::metadata(&source)?.len() < bytes.len() as u64 {
            let mut beside = path.as_os_str().to_owned();
            beside.push(format!(".{suffix}"));
            fs::copy(&source, beside)?;
        }
        names.push(name);
    }
    Ok(names)
}

/// Keeps the store as large as one bundle.
fn forget_unused(kept: &Path, used: &HashSet<String>) -> Result<()> {
    for entry in fs::read_dir(kept)? {
        let entry = entry?;
        if !used.contains(entry.file_name().to_string_lossy().as_ref()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
