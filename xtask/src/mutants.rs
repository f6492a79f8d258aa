//! Finds out whether the tests notice a changed rule: cargo-mutants changes the code of the rules, and runs the tests
//! of the crate.

use serde_json::Value;

use crate::failure::Failure;
use crate::process;
use crate::tools::MUTANTS;
use crate::workspace::{cargo, root, target_directory};

/// The percentage of the compilable mutants that the tests must catch.
const LEAST_CAUGHT: f64 = 95.0;

/// An area of code whose rules are checked by the tests of its own crate.
struct Area {
    name: &'static str,
    package: &'static str,
    /// The files, as cargo-mutants names them; empty for the whole package.
    files: &'static [&'static str],
    /// Patterns of the mutants that are left out, as cargo-mutants names them.
    without: &'static [&'static str],
    /// The tests that run for each mutant, as arguments of `cargo test`.
    tests: &'static [&'static str],
    /// The tests that run for a mutant that `tests` miss; empty if there are no others.
    slow_tests: &'static [&'static str],
}

const AREAS: &[Area] = &[
    Area {
        name: "profile",
        package: "inkan-profile",
        files: &[],
        without: &[],
        tests: &["--lib", "--test=bounds"],
        slow_tests: &["--tests"],
    },
    Area {
        name: "rules",
        package: "inkan-bank",
        files: &["crates/bank/src/rules/**"],
        without: &[],
        tests: &["--lib"],
        slow_tests: &["--test=journeys"],
    },
    Area {
        name: "choosing",
        package: "inkan-client",
        files: &["crates/client/src/certificates/**", "crates/client/src/session/login.rs"],
        // A login chooses a certificate, and then makes a session, which the journeys of `tests/` walk with a bank.
        without: &[
            r"login\.rs.*\b(log_in|log_in_with_id|begin_session|granted|remember|certificate_connection|signing_key|LogIn)\b",
            r"login\.rs.*\b(with_the_newer|with_certificate|may_have_changed|judges_certificate)\b",
        ],
        tests: &["--lib"],
        slow_tests: &["--test=clean_up"],
    },
    Area {
        name: "pkcs12",
        package: "inkan-store",
        files: &["crates/store/src/pkcs12/**"],
        without: &[],
        tests: &["--lib"],
        slow_tests: &["--test=pkcs12"],
    },
];

/// Tries every mutant of an area, or of all areas.
///
/// # Errors
/// [`Failure::Findings`] if the tests of an area catch fewer than they must, or if no area has that name.
pub(crate) fn mutants(name: Option<&str>) -> Result<(), Failure> {
    MUTANTS.install()?;
    let areas: Vec<&Area> = AREAS.iter().filter(|area| name.is_none_or(|name| name == area.name)).collect();
    if areas.is_empty() {
        let names: Vec<&str> = AREAS.iter().map(|area| area.name).collect();
        return Err(Failure::Findings(vec![format!("the areas are: {}", names.join(", "))]));
    }
    let mut findings = Vec::new();
    for area in areas {
        let mut counts = area.run(area.tests, &[])?;
        if counts.missed > 0 && !area.slow_tests.is_empty() {
            // cargo-mutants tries again what it has not caught.
            counts = counts.then(area.run(area.slow_tests, &["--iterate"])?);
        }
        println!("{}: {} of {} caught, {:.1} %", area.name, counts.noticed(), counts.viable(), counts.share());
        if counts.share() < LEAST_CAUGHT {
            findings.push(format!("{}: {:.1} % caught, below {LEAST_CAUGHT} %", area.name, counts.share()));
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(Failure::Findings(findings)) }
}

impl Area {
    /// Runs these tests for each mutant, and returns the counts.
    fn run(&self, tests: &[&str], options: &[&str]) -> Result<Counts, Failure> {
        let folder = target_directory()?.join("mutants").join(self.name);
        std::fs::create_dir_all(&folder).map_err(Failure::file(&folder))?;
        let mut command = cargo(&["mutants", "--package", self.package, "--no-shuffle", "--colors", "never"]);
        command.args(options).arg("--output").arg(&folder);
        for file in self.files {
            command.args(["--file", file]);
        }
        for pattern in self.without {
            command.args(["--exclude-re", pattern]);
        }
        // Not after `--`, where cargo-mutants would build all tests of the package for each mutant.
        for argument in tests {
            command.arg(format!("--cargo-arg={argument}"));
        }
        // cargo-mutants exits with an error if it misses a mutant. The counts decide.
        if let Err(failure) = process::run(command.current_dir(root())) {
            println!("{failure}");
        }
        let outcomes = folder.join("mutants.out/outcomes.json");
        let text = std::fs::read_to_string(&outcomes).map_err(Failure::file(&outcomes))?;
        read_counts(&text).ok_or_else(|| Failure::Answer { from: "cargo mutants".into(), answer: text })
    }
}

/// What became of the mutants that compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counts {
    /// A test failed.
    caught: u32,
    /// The tests ran forever, which is noticed too.
    timeout: u32,
    missed: u32,
}

impl Counts {
    fn noticed(self) -> u32 {
        self.caught + self.timeout
    }

    fn viable(self) -> u32 {
        self.noticed() + self.missed
    }

    /// Returns how many percent are noticed.
    fn share(self) -> f64 {
        100.0 * f64::from(self.noticed()) / f64::from(self.viable().max(1))
    }

    /// Returns the counts after all that were not caught were tried again, with these counts.
    fn then(self, again: Self) -> Self {
        Self { caught: self.caught + again.caught, ..again }
    }
}

/// Reads `outcomes.json` of cargo-mutants.
fn read_counts(text: &str) -> Option<Counts> {
    let outcomes: Value = serde_json::from_str(text).ok()?;
    let count = |name: &str| outcomes[name].as_u64().and_then(|count| u32::try_from(count).ok());
    Some(Counts { caught: count("caught")?, timeout: count("timeout")?, missed: count("missed")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read() {
        let text = r#"{"outcomes": [], "total_mutants": 12, "missed": 1, "caught": 8, "timeout": 1, "unviable": 2}"#;
        let counts = read_counts(text).unwrap();
        assert_eq!((counts.noticed(), counts.viable()), (9, 10));
        assert!((counts.share() - 90.0).abs() < 1e-9);
        assert_eq!(read_counts("{}"), None);
    }

    #[test]
    fn what_is_caught_at_the_second_attempt_counts_once() {
        let first = Counts { caught: 8, timeout: 1, missed: 3 };
        let again = Counts { caught: 2, timeout: 1, missed: 1 };
        let both = first.then(again);
        assert_eq!((both.noticed(), both.viable()), (11, 12));
        assert_eq!(both.viable(), first.viable());
    }
}
