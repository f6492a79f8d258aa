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
    /// The arguments of `cargo test`.
    tests: &'static [&'static str],
}

const AREAS: &[Area] = &[
    Area { name: "profile", package: "inkan-profile", files: &[], tests: &[] },
    Area { name: "rules", package: "inkan-bank", files: &["crates/bank/src/rules/**"], tests: &[] },
    Area {
        name: "choosing",
        package: "inkan-client",
        files: &["crates/client/src/certificates/**"],
        tests: &["--lib", "--test", "clean_up"],
    },
    Area {
        name: "pkcs12",
        package: "inkan-store",
        files: &["crates/store/src/pkcs12/**"],
        tests: &["--lib", "--test", "pkcs12"],
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
        let folder = target_directory()?.join("mutants").join(area.name);
        std::fs::create_dir_all(&folder).map_err(Failure::file(&folder))?;
        let mut command = cargo(&["mutants", "--package", area.package, "--no-shuffle", "--colors", "never"]);
        command.arg("--output").arg(&folder);
        for file in area.files {
            command.args(["--file", file]);
        }
        if !area.tests.is_empty() {
            command.arg("--").args(area.tests);
        }
        // cargo-mutants exits with an error if it misses a mutant. The counts decide.
        if let Err(failure) = process::run(command.current_dir(root())) {
            println!("{failure}");
        }
        let outcomes = folder.join("mutants.out/outcomes.json");
        let text = std::fs::read_to_string(&outcomes).map_err(Failure::file(&outcomes))?;
        let counts =
            read_counts(&text).ok_or_else(|| Failure::Answer { from: "cargo mutants".into(), answer: text })?;
        println!("{}: {} of {} caught, {:.1} %", area.name, counts.caught, counts.viable, counts.share());
        if counts.share() < LEAST_CAUGHT {
            findings.push(format!("{}: {:.1} % caught, below {LEAST_CAUGHT} %", area.name, counts.share()));
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(Failure::Findings(findings)) }
}

/// How many mutants compile, and how many of these make a test fail or run forever.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    viable: u32,
    caught: u32,
}

impl Counts {
    fn share(&self) -> f64 {
        100.0 * f64::from(self.caught) / f64::from(self.viable.max(1))
    }
}

/// Reads `outcomes.json` of cargo-mutants.
fn read_counts(text: &str) -> Option<Counts> {
    let outcomes: Value = serde_json::from_str(text).ok()?;
    let count = |name: &str| outcomes[name].as_u64().and_then(|count| u32::try_from(count).ok());
    let caught = count("caught")? + count("timeout")?;
    Some(Counts { viable: caught + count("missed")?, caught })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read() {
        let text = r#"{"outcomes": [], "total_mutants": 12, "missed": 1, "caught": 8, "timeout": 1, "unviable": 2}"#;
        let counts = read_counts(text).unwrap();
        assert_eq!(counts, Counts { viable: 10, caught: 9 });
        assert!((counts.share() - 90.0).abs() < 1e-9);
        assert_eq!(read_counts("{}"), None);
    }
}
