use std::process::Command;

use crate::failed_tests::FailedTests;
use crate::failure::Failure;
use crate::process;
use crate::report::Tally;
use crate::test_programs;
use crate::workspace::{cargo, root, target_directory};

/// Runs every Rust test, including those of the window. On Linux they run with their own display and session bus.
///
/// The packages are those of `cargo build --workspace --all-targets`, so that nothing is compiled twice.
pub(crate) fn run(tally: &mut Tally) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        return count(&mut cargo(&["test", "--workspace", "--no-fail-fast"]), tally);
    }
    let list = target_directory()?.join("test-programs.txt");
    test_programs::list(test_programs::build(&["--workspace"])?, &list)?;
    let this = std::env::current_exe().map_err(Failure::file("xtask"))?;
    let mut framed = Command::new("xvfb-run");
    framed.current_dir(root()).args(["-a", "dbus-run-session", "--"]).arg(this).arg("test-programs").arg(list);
    // A test must use the display that is made for it, never the developer's.
    framed.env_remove("WAYLAND_DISPLAY");
    let programs = count(&mut framed, tally);
    let examples = count(&mut cargo(&["test", "--workspace", "--doc", "--no-fail-fast"]), tally);
    programs.and(examples)
}

/// Runs the bank's journeys on PostgreSQL, in a separate cluster. [`run`] runs them on SQLite.
pub(crate) fn run_on_postgres(tally: &mut Tally) -> Result<(), Failure> {
    // The whole workspace: the bank alone has fewer features of its libraries, which would all be built anew.
    let mut test = cargo(&["test", "--workspace", "--exclude", "xtask", "--test", "journeys", "--no-fail-fast"]);
    count(test.env("INKAN_BANK_TESTS_DATABASE", "postgres"), tally)
}

/// Runs a `cargo test`, and counts the tests by the summary line of each test program.
pub(crate) fn count(test: &mut Command, tally: &mut Tally) -> Result<(), Failure> {
    let mut failed = FailedTests::default();
    let outcome = process::run_reading(test, |line| {
        tally.add(read_summary(line).unwrap_or_default());
        failed.read(line);
    });
    outcome.map_err(|cause| Failure::Tests { cause: Box::new(cause), reasons: failed.into_reasons() })
}

/// Reads the counts in libtest's summary of one test program.
fn read_summary(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count =
        |what: &str| counts.split("; ").find_map(|part| part.trim().strip_suffix(what)?.trim().parse::<u64>().ok());
    Some(Tally { passed: count("passed")?, failed: count("failed")?, skipped: count("ignored")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_read_and_nothing_else() {
        let ok = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(read_summary(ok), Some(Tally { passed: 12, failed: 0, skipped: 1 }));
        let bad = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 3 filtered out; finished in 1.00s";
        assert_eq!(read_summary(bad), Some(Tally { passed: 1, failed: 2, skipped: 0 }));
        for other in ["", "running 12 tests", "test result::tests::reads ... ok", "12 passed; 0 failed; 0 ignored"] {
            assert_eq!(read_summary(other), None, "{other}");
        }
    }
}
