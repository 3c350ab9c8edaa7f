//! One command that runs tests: its output passes through to the terminal and is counted on the way.

use std::{
    io::{BufRead, BufReader, Write, stdout},
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context, Result};

use super::tally::Tally;
use crate::command;

/// A test that hangs must not take the verdict on all the others with it.
const LIMIT: &str = "40m";

/// As much for what takes longer.
const FULL_LIMIT: &str = "90m";

/// A test suite and how to run it.
pub struct Suite {
    /// What its section is called.
    pub title: String,
    /// The command, with its environment.
    pub command: Command,
}

impl Suite {
    /// A suite that is `command`, stopped with everything it started when it takes too long.
    pub fn new(title: &str, command: &Command, full: bool) -> Self {
        let mut limited = Command::new("timeout");
        limited
            .args(["--kill-after=10", if full { FULL_LIMIT } else { LIMIT }])
            .arg(command.get_program())
            .args(command.get_args());
        Self {
            title: title.to_owned(),
            command: limited,
        }
    }

    /// Runs it. Failing to run, ending badly without saying which test failed, or not running a single test: each
    /// counts as one failure.
    pub fn run(mut self) -> Tally {
        match self.count() {
            Ok((tally, status)) if status.success() && tally.passed > 0 => tally,
            Ok((tally, status)) => {
                let tally = Tally {
                    failed: tally.failed.max(1),
                    ..tally
                };
                println!(
                    "FAILED: {} ended with {status}, {tally}",
                    command::words(&self.command)
                );
                tally
            }
            Err(error) => {
                println!("FAILED: {error:#}");
                Tally { passed: 0, failed: 1 }
            }
        }
    }

    fn count(&mut self) -> Result<(Tally, ExitStatus)> {
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", command::words(&self.command)))?;
        let output = child.stdout.take().context("the suite's output")?;
        let mut tally = Tally::default();
        for line in BufReader::new(output).split(b'\n') {
            let line = line.context("reading the suite's output")?;
            let line = String::from_utf8_lossy(&line);
            tally.read(&line);
            writeln!(stdout(), "{line}")?;
        }
        Ok((tally, child.wait()?))
    }
}
