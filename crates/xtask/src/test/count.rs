//! Counting tests from what the test programs print.

use std::fmt;

/// How many tests did what, and which failed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
    pub failures: Vec<String>,
    /// Tests that said of themselves that they were skipped; libtest tells them as passed.
    skipped_by_themselves: usize,
}

impl Count {
    /// Reads one line of a test program's output; most lines say nothing to us.
    pub fn read(&mut self, line: &str) {
        if let Some(name) = line
            .strip_prefix("test ")
            .and_then(|rest| rest.strip_suffix("... FAILED"))
        {
            self.failures.push(name.trim().to_owned());
        } else if line.contains(" ... skipped: ") {
            // With one thread libtest has begun the line already, so it is not at its beginning.
            self.skipped_by_themselves += 1;
        } else if let Some(sums) = line.strip_prefix("test result: ") {
            let skipped = std::mem::take(&mut self.skipped_by_themselves);
            self.passed += number_before(sums, "passed").saturating_sub(skipped);
            self.skipped += skipped;
            self.failed += number_before(sums, "failed");
            self.skipped += number_before(sums, "ignored");
        }
    }

    /// Counts something that failed as a whole.
    pub fn fail(&mut self, what: &str) {
        self.failed += 1;
        self.failures.push(what.to_owned());
    }

    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.failures.extend(other.failures);
    }

    /// Whether no test ran at all.
    pub fn is_empty(&self) -> bool {
        self.passed + self.failed == 0
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// The number in front of a word, as in `ok. 3 passed; 0 failed;`.
fn number_before(sums: &str, word: &str) -> usize {
    let words: Vec<&str> = sums
        .split([' ', ';', '.'])
        .filter(|part| !part.is_empty())
        .collect();
    words
        .windows(2)
        .find(|pair| pair[1] == word)
        .and_then(|pair| pair[0].parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_programs_add_up() {
        let mut count = Count::default();
        for line in [
            "running 3 tests",
            "test money::cents_stay ... ok",
            "test a_declined_card_is_said ... FAILED",
            "test slow ... ignored",
            "test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.1s",
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 filtered out; finished in 2.00s",
        ] {
            count.read(line);
        }
        assert_eq!(count.failures, ["a_declined_card_is_said"]);
        assert_eq!(count.to_string(), "13 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn a_test_that_skips_itself_is_not_counted_as_passed() {
        let mut count = Count::default();
        for line in [
            "test engines::pays_in_firefox ... skipped: no Firefox",
            "test engines::pays_in_firefox ... ok",
            "test engines::pays_in_webkit ... test engines::pays_in_webkit ... skipped: no Xvfb",
            "ok",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
            "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
        ] {
            count.read(line);
        }
        assert_eq!(count.to_string(), "3 passed, 0 failed, 3 skipped");
    }

    #[test]
    fn nothing_skipped_is_not_mentioned() {
        let count = Count {
            passed: 2,
            ..Count::default()
        };
        assert_eq!(count.to_string(), "2 passed, 0 failed");
    }
}
