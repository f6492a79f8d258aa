//! Reads what libtest prints about the tests that failed.

/// The number of lines of one failed test that are kept. The lines after them are the stack.
const MOST_LINES: usize = 12;
/// The number of characters of one line that are kept. A line may contain the whole text of a page.
const MOST_CHARACTERS: usize = 600;

/// Collects why tests failed, from the lines that `cargo test` prints.
#[derive(Debug, Default)]
pub(crate) struct FailedTests {
    reasons: Vec<String>,
    /// How many lines of the current test are kept; none between tests.
    kept: Option<usize>,
}

impl FailedTests {
    /// Takes the next line.
    pub(crate) fn read(&mut self, line: &str) {
        if let Some(name) = line.strip_prefix("---- ").and_then(|rest| rest.strip_suffix(" stdout ----")) {
            self.reasons.push(name.to_owned());
            self.kept = Some(0);
        } else if line == "failures:" || line == "stack backtrace:" {
            self.kept = None;
        } else if let Some(kept) = self.kept.as_mut()
            && *kept < MOST_LINES
            && !line.trim().is_empty()
        {
            *kept += 1;
            self.reasons.push(format!("  {}", line.chars().take(MOST_CHARACTERS).collect::<String>()));
        }
    }

    /// Returns the name of each failed test, and below the name what the test printed.
    pub(crate) fn into_reasons(self) -> Vec<String> {
        self.reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_reasons_are_read_and_nothing_else() {
        let output = "test a::b ... FAILED\n\nfailures:\n\n---- a::b stdout ----\n\nthread 'a::b' panicked at x.rs:1:2:\n\
            left is right\nstack backtrace:\n   0: f\n             at /y\n\n---- c stdout ----\nsaid\n\n\nfailures:\n    \
            a::b\n    c\n\ntest result: FAILED. 1 passed; 2 failed\n";
        let mut failed = FailedTests::default();
        output.lines().for_each(|line| failed.read(line));
        let expected = ["a::b", "  thread 'a::b' panicked at x.rs:1:2:", "  left is right", "c", "  said"];
        assert_eq!(failed.into_reasons(), expected);
    }

    #[test]
    fn a_long_reason_is_cut() {
        let mut failed = FailedTests::default();
        failed.read("---- a stdout ----");
        (0..100).for_each(|_| failed.read(&"x".repeat(10_000)));
        let reasons = failed.into_reasons();
        assert_eq!(reasons.len(), 1 + MOST_LINES);
        assert_eq!(reasons[1].len(), 2 + MOST_CHARACTERS);
    }
}
