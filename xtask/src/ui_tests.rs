use serde_json::Value;

use crate::failure::Failure;
use crate::process;
use crate::report::Tally;
use crate::ui;
use crate::workspace;

/// Runs a script of the UI that runs Vitest, and counts the tests by Vitest's report.
pub(crate) fn run(script: &str, tally: &mut Tally) -> Result<(), Failure> {
    let path = workspace::target_directory()?.join("ui-tests.json");
    // An old report must not be counted for a run that wrote none.
    match std::fs::remove_file(&path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(Failure::File { path, cause }),
        _ => {}
    }
    let report = format!("--outputFile.json={}", path.display());
    let outcome = process::run(
        ui::npm(&["run", script, "--", "--reporter=default", "--reporter=json", &report]).env("NO_COLOR", "1"),
    );
    let written = std::fs::read_to_string(&path);
    *tally = written.as_deref().ok().and_then(read_report).unwrap_or_default();
    outcome
}

/// Reads the counts in a report of Vitest's JSON reporter.
fn read_report(text: &str) -> Option<Tally> {
    let report: Value = serde_json::from_str(text).ok()?;
    let count = |name: &str| report[name].as_u64();
    Some(Tally {
        passed: count("numPassedTests")?,
        failed: count("numFailedTests")?,
        skipped: count("numPendingTests")? + count("numTodoTests").unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read() {
        let report = r#"{"numPassedTests": 4, "numFailedTests": 1, "numPendingTests": 2, "numTodoTests": 1}"#;
        assert_eq!(read_report(report), Some(Tally { passed: 4, failed: 1, skipped: 3 }));
        assert_eq!(read_report("{}"), None);
    }
}
