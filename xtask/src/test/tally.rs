//! Adding up what test runners print at their end.

use std::fmt;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, or never came to their end.
    pub failed: u64,
}

impl Tally {
    /// Adds another suite's.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Whether something ran and nothing failed.
    pub fn is_success(self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    /// Takes in one line of output: the closing lines of `cargo test` and of node's runner count, all others do not.
    pub fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(result) = line.strip_prefix("test result: ") {
            self.passed += number_before(result, " passed");
            self.failed += number_before(result, " failed");
        } else if let Some(entry) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) {
            let number = entry
                .split(' ')
                .nth(1)
                .and_then(|number| number.parse().ok())
                .unwrap_or(0);
            match entry.split(' ').next() {
                Some("pass") => self.passed += number,
                Some("fail" | "cancelled") => self.failed += number,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The number in front of a word: 12 of "ok. 12 passed; 0 failed".
fn number_before(text: &str, word: &str) -> u64 {
    let digits = text
        .split(word)
        .next()
        .and_then(|before| before.rsplit(' ').next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for line in lines {
            tally.read(line);
        }
        tally
    }

    #[test]
    fn counts_every_binary_of_a_cargo_run() {
        let lines = [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
        ];
        assert_eq!(
            tally(&lines),
            Tally {
                passed: 15,
                failed: 2
            }
        );
    }

    #[test]
    fn counts_both_reporters_of_node() {
        assert_eq!(
            tally(&["# tests 5", "# pass 4", "# fail 1", "# cancelled 0"]),
            Tally { passed: 4, failed: 1 }
        );
        assert_eq!(
            tally(&["ℹ pass 7", "ℹ fail 0", "ℹ cancelled 2"]),
            Tally { passed: 7, failed: 2 }
        );
    }

    #[test]
    fn does_not_count_what_tests_print() {
        assert_eq!(
            tally(&["3 passed", "# pass the salt", "ok 1 - walks"]),
            Tally::default()
        );
    }

    #[test]
    fn success_needs_at_least_one_test() {
        assert!(!Tally::default().is_success());
        assert!(Tally { passed: 1, failed: 0 }.is_success());
        assert!(!Tally { passed: 9, failed: 1 }.is_success());
    }
}
