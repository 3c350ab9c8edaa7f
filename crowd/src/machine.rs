//! What processes and the machine have used: processor time, memory, time stolen by the host. Zero where the system
//! does not tell.

use std::fs;

/// Processor time of all threads of a process, in seconds.
pub fn cpu_s(pid: u32) -> f64 {
    sum_s(pid, 0)
}

/// Time that threads of a process could have run in, and others had their core, in seconds.
pub fn waited_s(pid: u32) -> f64 {
    sum_s(pid, 1)
}

fn sum_s(pid: u32, field: usize) -> f64 {
    let Ok(tasks) = fs::read_dir(format!("/proc/{pid}/task")) else {
        return 0.0;
    };
    let ran = |path: std::path::PathBuf| {
        let text = fs::read_to_string(path.join("schedstat")).ok()?;
        text.split_ascii_whitespace().nth(field)?.parse::<u64>().ok()
    };
    let nanoseconds: u64 = tasks.flatten().filter_map(|task| ran(task.path())).sum();
    nanoseconds as f64 / 1e9
}

/// Memory that a process holds, in bytes.
pub fn memory_bytes(pid: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let kib = text.lines().find_map(|line| {
        let rest = line.strip_prefix("VmRSS:")?;
        rest.trim().strip_suffix(" kB")?.parse::<u64>().ok()
    });
    kib.unwrap_or(0) * 1_024
}

/// Time of all cores since the machine started, in the kernel's ticks: all of it, and what the host took away.
#[derive(Clone, Copy, Debug, Default)]
pub struct Machine {
    total: u64,
    stolen: u64,
}

impl Machine {
    /// As of now.
    pub fn now() -> Self {
        Self::read(&fs::read_to_string("/proc/stat").unwrap_or_default())
    }

    pub(crate) fn read(text: &str) -> Self {
        let fields: Vec<u64> = text
            .lines()
            .next()
            .unwrap_or_default()
            .split_ascii_whitespace()
            .skip(1)
            .take(8)
            .filter_map(|field| field.parse().ok())
            .collect();
        Self {
            total: fields.iter().sum(),
            stolen: fields.get(7).copied().unwrap_or(0),
        }
    }

    /// The part of all cores' time since `before` that the host took away.
    pub fn stolen_since(self, before: Self) -> f64 {
        let total = self.total.saturating_sub(before.total).max(1);
        self.stolen.saturating_sub(before.stolen) as f64 / total as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stolen_time_is_a_part_of_all() {
        let before = Machine::read("cpu  100 0 50 800 0 0 0 50 0 0\ncpu0 1 2 3");
        let after = Machine::read("cpu  140 0 60 840 0 0 0 60 0 0\n");
        assert!((after.stolen_since(before) - 0.1).abs() < 1e-9);
    }

    #[test]
    fn this_process_has_used_something() {
        let own = std::process::id();
        assert!(cpu_s(own) > 0.0 && memory_bytes(own) > 100_000);
    }
}
