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
    let report: Option<Value> = written.ok().and_then(|text| serde_json::from_str(&text).ok());
    *tally = report.as_ref().and_then(counts).unwrap_or_default();
    let reasons = report.as_ref().map(failed_tests).unwrap_or_default();
    outcome.map_err(|cause| Failure::Tests { cause: Box::new(cause), reasons })
}

/// Returns the counts in a report of Vitest's JSON reporter.
fn counts(report: &Value) -> Option<Tally> {
    let count = |name: &str| report[name].as_u64();
    Some(Tally {
        passed: count("numPassedTests")?,
        failed: count("numFailedTests")?,
        skipped: count("numPendingTests")? + count("numTodoTests").unwrap_or(0),
    })
}

/// Returns the name of each failed test in a report, and below the name the first line of its reason.
fn failed_tests(report: &Value) -> Vec<String> {
    let files = report["testResults"].as_array().into_iter().flatten();
    let tests = files.flat_map(|file| file["assertionResults"].as_array().into_iter().flatten());
    tests
        .filter(|test| test["status"] == "failed")
        .flat_map(|test| {
            let name = test["fullName"].as_str().unwrap_or_default();
            let reason = test["failureMessages"][0].as_str().and_then(|reason| reason.lines().next());
            [name.to_owned(), format!("  {}", reason.unwrap_or_default())]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_is_read() {
        let report = json!({"numPassedTests": 4, "numFailedTests": 1, "numPendingTests": 2, "numTodoTests": 1});
        assert_eq!(counts(&report), Some(Tally { passed: 4, failed: 1, skipped: 3 }));
        assert_eq!(counts(&json!({})), None);
    }

    #[test]
    fn a_failed_test_is_named_with_the_first_line_of_its_reason() {
        let passed = json!({"status": "passed", "fullName": "a", "failureMessages": []});
        let failed = json!({"status": "failed", "fullName": "login b", "failureMessages": ["1 is not 2\n at x.ts"]});
        let report = json!({"testResults": [{"assertionResults": [passed, failed]}, {}]});
        assert_eq!(failed_tests(&report), ["login b", "  1 is not 2"]);
        assert!(failed_tests(&json!({})).is_empty());
    }
}
