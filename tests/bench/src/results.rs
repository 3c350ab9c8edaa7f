//! Figures of single rounds, as they are kept from one run to the next: one JSON object a line.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::Path,
};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::{contender::Contender, scene::Scene};

/// Above this part of its core the generator may be what is measured.
const GENERATOR_AT_MOST: f64 = 0.8;

/// Above this part of its time the machine was not ours.
const STOLEN_AT_MOST: f64 = 0.02;

/// More than this part of a core, and other programs ran beside.
const OTHERS_AT_MOST: f64 = 0.1;

/// A server that delivers less than this part on time is saturated.
const DELIVERED_AT_LEAST: f64 = 0.95;

/// A server that uses more than this part of its core is saturated.
const CORE_AT_MOST: f64 = 0.95;

/// One line of results.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Line {
    /// A crowd walked.
    Round(Round),
    /// Connections were idle.
    Idle(Idle),
}

/// What one contender did in one round of a scene.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Round {
    /// Who.
    pub contender: Contender,
    /// The project's revision by then.
    pub revision: String,
    /// In which crowd.
    pub scene: Scene,
    /// The turn in which all contenders served this crowd one after the other: when it began, in seconds since 1970.
    pub turn: u64,
    /// How long it was measured, in seconds.
    pub wall_s: f64,
    /// Updates that were due.
    pub due: u64,
    /// Of those, how many were delivered within two ticks.
    pub on_time: u64,
    /// Updates of what nobody had done.
    pub strange: u64,
    /// Bytes that clients read.
    pub bytes: u64,
    /// Age that half of the updates did not exceed, in milliseconds.
    pub age_p50_ms: f64,
    /// Age that 99 in 100 did not exceed, in milliseconds.
    pub age_p99_ms: f64,
    /// Processor time of the server, in seconds.
    pub server_cpu_s: f64,
    /// Part of its core that the generator used.
    pub generator_load: f64,
    /// Part of the machine's time that its host took.
    pub stolen: f64,
    /// Cores that other programs used.
    pub others_load: f64,
}

/// What idle connections of one contender take.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Idle {
    /// Who.
    pub contender: Contender,
    /// The project's revision by then.
    pub revision: String,
    /// Connections at the first reading.
    pub few: usize,
    /// Connections at the second.
    pub many: usize,
    /// Memory of each between the two, in bytes.
    pub bytes_each: f64,
}

impl Round {
    /// Why the figures are void, if they are.
    pub fn void(&self) -> Option<String> {
        let percent = |part: f64| format!("{:.0} %", part * 100.0);
        if self.generator_load > GENERATOR_AT_MOST {
            Some(format!("generator at {}", percent(self.generator_load)))
        } else if self.stolen > STOLEN_AT_MOST {
            Some(format!("{} stolen", percent(self.stolen)))
        } else if self.others_load > OTHERS_AT_MOST {
            Some(format!("others at {}", percent(self.others_load)))
        } else if self.strange * 1_000 > self.due {
            Some(format!("{} updates of what nobody did", self.strange))
        } else {
            None
        }
    }

    /// Whether the server had reached its limit.
    pub fn is_saturated(&self) -> bool {
        self.load() > CORE_AT_MOST || self.delivered() < DELIVERED_AT_LEAST
    }

    /// Part of its core that the server used.
    pub fn load(&self) -> f64 {
        self.server_cpu_s / self.wall_s
    }

    /// Part of the due updates that arrived on time.
    pub fn delivered(&self) -> f64 {
        self.on_time as f64 / self.due.max(1) as f64
    }

    /// Processor time per update that was on time, in microseconds.
    pub fn cpu_us(&self) -> f64 {
        self.server_cpu_s * 1e6 / self.on_time.max(1) as f64
    }

    /// Bytes per update that was on time.
    pub fn bytes_each(&self) -> f64 {
        self.bytes as f64 / self.on_time.max(1) as f64
    }
}

/// Appends a line to the file of results.
pub fn keep(path: &Path, line: &Line) -> Result<()> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir)?;
    }
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    writeln!(file, "{}", serde_json::to_string(line)?)?;
    Ok(())
}

/// Reads all lines.
pub fn read(path: &Path) -> Result<Vec<Line>> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    text.lines()
        .enumerate()
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), number + 1))
        })
        .collect()
}

/// The middle one; none of none.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.len().checked_sub(1)? / 2, values.len() / 2);
    Some(f64::midpoint(*values.get(low)?, *values.get(high)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_of_odd_and_even_counts() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
    }
}
