//! What processes and the machine have used: processor time, memory, time stolen by the host.

use std::{fs, process};

use anyhow::{Context, Result};

/// Processor time of all threads of a process, in seconds.
pub fn cpu_s(pid: u32) -> Result<f64> {
    let mut nanoseconds = 0_u64;
    for task in fs::read_dir(format!("/proc/{pid}/task"))? {
        // A thread may have ended since it was listed.
        if let Ok(text) = fs::read_to_string(task?.path().join("schedstat")) {
            let ran = text
                .split_ascii_whitespace()
                .next()
                .context("an empty schedstat")?;
            nanoseconds += ran.parse::<u64>()?;
        }
    }
    Ok(nanoseconds as f64 / 1e9)
}

/// Processor time of this process, in seconds.
pub fn own_cpu_s() -> Result<f64> {
    cpu_s(process::id())
}

/// Memory of a process in bytes: its proportional share of what is shared, so that programs of different sizes compare.
pub fn memory_bytes(pid: u32) -> Result<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let kib = text
        .lines()
        .find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB"))
        .context("no Pss in smaps_rollup")?;
    Ok(kib.trim().parse::<u64>()? * 1_024)
}

/// Time of all cores since the machine started, in the kernel's ticks.
#[derive(Clone, Copy, Debug)]
pub struct Machine {
    total: u64,
    working: u64,
    stolen: u64,
}

impl Machine {
    /// As of now.
    pub fn now() -> Result<Self> {
        let text = fs::read_to_string("/proc/stat")?;
        let all = text.lines().next().context("an empty /proc/stat")?;
        let fields: Vec<u64> = all
            .split_ascii_whitespace()
            .skip(1)
            .take(8)
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        let [user, nice, system, idle, wait, hard, soft, stolen] = *fields.as_slice() else {
            anyhow::bail!("/proc/stat has {} fields of time", fields.len());
        };
        // Work on network packets is the sender's, here: it counts as such for processes, too.
        let working = user + nice + system + hard + soft;
        Ok(Self {
            total: working + idle + wait + stolen,
            working,
            stolen,
        })
    }

    /// The part of all cores' time since `before` that the host took away.
    pub fn stolen_since(self, before: Self) -> f64 {
        part(self.stolen - before.stolen, self.total - before.total)
    }

    /// The part of all cores' time since `before` in which programs or the kernel on their behalf worked.
    pub fn working_since(self, before: Self) -> f64 {
        part(self.working - before.working, self.total - before.total)
    }
}

fn part(of: u64, total: u64) -> f64 {
    of as f64 / total.max(1) as f64
}

/// How many cores there are.
pub fn cores() -> Result<usize> {
    let text = fs::read_to_string("/proc/stat")?;
    let is_core = |line: &&str| line.starts_with("cpu") && !line.starts_with("cpu ");
    Ok(text.lines().filter(is_core).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_shows_in_processor_time_and_memory_is_not_nothing() -> Result<()> {
        let before = own_cpu_s()?;
        let mut sum = 0_u64;
        while own_cpu_s()? < before + 0.01 {
            sum = std::hint::black_box(sum + 1);
        }
        assert!(memory_bytes(process::id())? > 100_000);
        assert!(cores()? >= 1);
        Ok(())
    }
}
