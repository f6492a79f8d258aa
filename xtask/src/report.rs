use std::process::ExitCode;
use std::time::Instant;

use crate::failure::Failure;

/// How many tests or checks passed, failed and were skipped.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Tally {
    /// Reads the counts of a closing line, as [`Report::close`] prints them.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let mut tally = Self::default();
        for part in line.split(", ") {
            let (count, kind) = part.split_once(' ')?;
            let counted = match kind {
                "passed" => &mut tally.passed,
                "failed" => &mut tally.failed,
                "skipped" => &mut tally.skipped,
                _ => return None,
            };
            *counted = count.parse().ok()?;
        }
        Some(tally)
    }

    /// Adds the counts of another tally.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

/// The steps of `cargo xtask test`. If a step fails, the steps that do not need it still run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    total: Tally,
    /// The time of each step in seconds, in the order of the steps.
    times: Vec<(&'static str, f64)>,
    failed: Vec<(&'static str, Failure)>,
}

impl Report {
    /// Runs a step that counts as one check.
    pub(crate) fn check(
        &mut self,
        step: &'static str,
        needs: &[&'static str],
        work: impl FnOnce() -> Result<(), Failure>,
    ) {
        self.tests(step, needs, |tally| {
            work()?;
            tally.passed += 1;
            Ok(())
        });
    }

    /// Runs a step that counts its own tests.
    pub(crate) fn tests(
        &mut self,
        step: &'static str,
        needs: &[&'static str],
        work: impl FnOnce(&mut Tally) -> Result<(), Failure>,
    ) {
        println!("\n=== {step}");
        let begun = Instant::now();
        let mut tally = Tally::default();
        let missing = self.failed.iter().map(|(failed, _)| *failed).find(|failed| needs.contains(failed));
        let outcome = match missing {
            Some(because) => Err(Failure::NotRun { because }),
            None => work(&mut tally),
        };
        let outcome = match outcome {
            // A step without tests fails. Otherwise it would go unnoticed that the output of the tests has another form.
            Ok(()) if tally.passed + tally.failed == 0 => {
                Err(Failure::Unexpected { step, found: "no test ran".into() })
            }
            other => other,
        };
        if outcome.is_err() && tally.failed == 0 {
            tally.failed = 1;
        }
        let seconds = begun.elapsed().as_secs_f64();
        match &outcome {
            Ok(()) => println!("--- {step}: {tally} ({seconds:.1} s)"),
            Err(failure) => println!("{failure}\n--- {step}: FAILED, {tally} ({seconds:.1} s)"),
        }
        self.total.add(tally);
        self.times.push((step, seconds));
        self.failed.extend(outcome.err().map(|failure| (step, failure)));
    }

    /// Prints each step's time, the failures and their reasons, and the counts as the last line.
    pub(crate) fn close(self) -> ExitCode {
        println!("\nTime:");
        for (step, seconds) in &self.times {
            println!("{seconds:8.1} s  {step}");
        }
        println!("{:8.1} s  together", self.times.iter().map(|(_, seconds)| seconds).sum::<f64>());
        if !self.failed.is_empty() {
            println!("\nFailed:");
        }
        for (step, failure) in &self.failed {
            println!("  {step}: {}", failure.to_string().replace('\n', "\n    "));
        }
        println!("\n{}", self.total);
        if self.total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Returns the lines of the failures in a report that [`Report::close`] has printed.
pub(crate) fn failures(printed: &str) -> impl Iterator<Item = &str> {
    let failures = printed.split_once("\nFailed:\n").map_or("", |(_, after)| after);
    failures.lines().take_while(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closing_line_is_read_as_it_is_written() {
        for tally in [Tally { passed: 12, failed: 1, skipped: 3 }, Tally { passed: 1, failed: 0, skipped: 0 }] {
            assert_eq!(Tally::read(&tally.to_string()), Some(tally));
        }
        for other in ["", "12", "12 passed and more", "many passed, 0 failed"] {
            assert_eq!(Tally::read(other), None, "{other}");
        }
    }

    #[test]
    fn the_failures_of_a_printed_report_are_read() {
        let printed = "=== a\n\nTime:\n 1.0 s  a\n\nFailed:\n  a: b\n    c\n\n1 passed, 1 failed\n";
        assert_eq!(failures(printed).collect::<Vec<_>>(), ["  a: b", "    c"]);
        assert_eq!(failures("1 passed, 0 failed\n").count(), 0);
    }

    fn failing() -> Failure {
        Failure::Findings(vec!["broken".into()])
    }

    #[test]
    fn a_failed_step_stops_only_what_needs_it() {
        let mut report = Report::default();
        let mut ran = Vec::new();
        report.check("first", &[], || Err(failing()));
        report.check("dependent", &["first"], || {
            ran.push("dependent");
            Ok(())
        });
        report.check("independent", &[], || {
            ran.push("independent");
            Ok(())
        });
        assert_eq!(ran, ["independent"]);
        assert_eq!(report.total.to_string(), "1 passed, 2 failed");
        assert_eq!(report.close(), ExitCode::FAILURE);
    }

    #[test]
    fn a_step_that_ends_badly_counts_as_failed_even_without_a_failed_test() {
        let mut report = Report::default();
        report.tests("crashed", &[], |tally| {
            tally.passed = 5;
            Err(failing())
        });
        report.tests("silent", &[], |_| Ok(()));
        assert_eq!(report.total, Tally { passed: 5, failed: 2, skipped: 0 });
    }

    #[test]
    fn skipped_ones_are_told_only_where_there_are_any() {
        let mut report = Report::default();
        report.tests("fine", &[], |tally| {
            *tally = Tally { passed: 2, failed: 0, skipped: 1 };
            Ok(())
        });
        assert_eq!(report.total.to_string(), "2 passed, 0 failed, 1 skipped");
        assert_eq!(Tally { passed: 2, ..Tally::default() }.to_string(), "2 passed, 0 failed");
        assert_eq!(report.close(), ExitCode::SUCCESS);
    }
}
