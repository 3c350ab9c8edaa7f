//! How many bytes a visitor downloads before the page is usable, and before the city stands: measured after
//! brotli, and held to the budgets in the project's design.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::compress;
use crate::{city, fingerprint};

/// A kilobyte as networks count them.
const KB: u64 = 1000;

/// One part of the bundle and what it may weigh.
pub struct Budget {
    /// What the table calls it.
    pub name: &'static str,
    /// The most it may weigh, in bytes after brotli.
    pub limit: u64,
    /// What it weighs.
    pub size: u64,
}

impl Budget {
    /// Whether it weighs no more than it may.
    pub fn is_kept(&self) -> bool {
        self.size <= self.limit && self.size > 0
    }
}

/// Weighs the bundle in `dist`, the texts of one language and the compiled city.
pub fn weigh(dist: &Path, locales: &Path, city: &Path) -> Result<Vec<Budget>> {
    let files = fingerprint::files(dist, &[""])?;
    let mut budgets = [
        ("shell", 250 * KB),
        ("engine, WebGPU", 150 * KB),
        ("engine, WebGL2", 750 * KB),
    ]
    .map(|(name, limit)| Budget { name, limit, size: 0 });
    for path in &files {
        let Some(part) = part_of(dist, path) else { continue };
        budgets[part].size += compressed_size(path)?;
    }
    budgets[0].size += texts(locales)?;
    let mut budgets = Vec::from(budgets);
    budgets.push(Budget {
        name: "city with its texts",
        limit: 150 * KB,
        size: compiled_city(city)? + texts(&city.join("locales"))?,
    });
    Ok(budgets)
}

/// Fetched when the page can be used already.
const LATER: [&str; 2] = ["panels.ftl", "phrases.ftl"];

/// The texts of the language that weighs most: a visitor downloads one.
fn texts(locales: &Path) -> Result<u64> {
    let mut heaviest = 0;
    for language in fs::read_dir(locales).with_context(|| format!("reading {}", locales.display()))? {
        let mut all = Vec::new();
        let mut files = fingerprint::files(&language?.path(), &[""])?;
        // The rest is for the relay alone.
        files.retain(|file| {
            file.extension().is_some_and(|ending| ending == "ftl")
                && file.parent().is_some_and(|folder| !folder.ends_with("relay"))
                && !LATER.iter().any(|later| file.ends_with(later))
        });
        for file in files {
            all.extend(fs::read(&file).with_context(|| format!("reading {}", file.display()))?);
        }
        heaviest = heaviest.max(compress::brotli(&all)?.len() as u64);
    }
    Ok(heaviest)
}

fn compiled_city(pack: &Path) -> Result<u64> {
    Ok(compress::brotli(&city::compile(pack)?.encode())?.len() as u64)
}

/// Prints a table of parts, sizes and budgets.
pub fn print_table(budgets: &[Budget]) {
    println!("{:<16} {:>9} {:>9}", "part (brotli)", "KB", "budget");
    for budget in budgets {
        let verdict = if budget.is_kept() {
            ""
        } else {
            "  OVER (or missing)"
        };
        let size = budget.size as f64 / KB as f64;
        println!(
            "{:<16} {size:>9.1} {:>9}{verdict}",
            budget.name,
            budget.limit / KB
        );
    }
}

/// Which budget a file counts against. The shell's is everything the first screen needs.
fn part_of(dist: &Path, path: &Path) -> Option<usize> {
    let name = path.strip_prefix(dist).ok()?.to_str()?;
    let extension = path.extension()?.to_str()?;
    if !["wasm", "js", "css", "html"].contains(&extension) {
        return None;
    }
    Some(match name.split_once('/') {
        Some((directory, file)) if directory.starts_with("engine-") => {
            if file.contains("webgpu") {
                1
            } else {
                2
            }
        }
        // Nobody who visits is given it.
        Some((directory, _)) if directory.starts_with("mock-") => return None,
        _ => 0,
    })
}

fn compressed_size(path: &Path) -> Result<u64> {
    let compressed = PathBuf::from(format!("{}.br", path.display()));
    if let Ok(metadata) = fs::metadata(&compressed) {
        return Ok(metadata.len());
    }
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(compress::brotli(&bytes)?.len() as u64)
}
