//! A wall clock that the test can set, for one relay, over libfaketime.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use tempfile::TempDir;

/// A wall clock that is right until it is moved.
#[derive(Debug)]
pub struct MovableClock {
    library: PathBuf,
    home: TempDir,
}

impl MovableClock {
    /// A right clock; none when libfaketime is not installed.
    pub fn new() -> Result<Option<Self>> {
        let Some(library) = library() else {
            return Ok(None);
        };
        let clock = Self {
            library,
            home: TempDir::new()?,
        };
        clock.set_ahead(0)?;
        Ok(Some(clock))
    }

    /// Sets it so many seconds before the right time, or behind it.
    pub fn set_ahead(&self, seconds: i64) -> Result<()> {
        // Replaced in one go: the relay reads it all the time.
        let new = self.home.path().join("new");
        std::fs::write(&new, format!("{seconds:+}\n"))?;
        std::fs::rename(&new, self.file()).context("setting the clock")
    }

    fn file(&self) -> PathBuf {
        self.home.path().join("clock")
    }

    /// What a process must be started with to go by this clock.
    pub(crate) fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        vec![
            ("LD_PRELOAD", self.library.clone()),
            ("FAKETIME_TIMESTAMP_FILE", self.file()),
            ("FAKETIME_NO_CACHE", "1".into()),
            // Only the wall clock jumps in this world.
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
        ]
    }
}

/// Where Debian and Ubuntu put it.
fn library() -> Option<PathBuf> {
    let architectures = std::fs::read_dir("/usr/lib").ok()?;
    architectures
        .filter_map(Result::ok)
        .map(|directory| directory.path().join("faketime/libfaketimeMT.so.1"))
        .find(|library| library.is_file())
}
