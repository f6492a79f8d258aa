//! Runs the quick checks for daily work: format, lints, types, and the unit tests of the packages that have changed
//! since the main branch.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::audit;
use crate::cycles;
use crate::failure::Failure;
use crate::links;
use crate::process;
use crate::report::{Report, Tally};
use crate::rust_tests;
use crate::test_programs::{self, TestProgram};
use crate::ui;
use crate::ui_tests;
use crate::workspace::{cargo, root};

/// The branch on which other branches are based.
const MAIN: &str = "main";
const UI_PACKAGES: &str = "UI packages";
const UI_BUILD: &str = "UI build";

/// Runs the checks. The checks of the UI run only if a file of the UI, a catalogue or the glossary has changed: the tests
/// of the UI read all catalogues.
pub(crate) fn check() -> ExitCode {
    let mut report = Report::default();
    let changed = changed_files();
    let changed = changed.unwrap_or_else(|failure| {
        println!("Everything counts as changed: {failure}");
        vec![PathBuf::from("ui"), PathBuf::from("crates"), PathBuf::from("src-tauri")]
    });
    let touches = |folders: &[&str]| changed.iter().any(|file| folders.iter().any(|folder| file.starts_with(folder)));

    report.check("format", &[], || process::run(&mut cargo(&["fmt", "--all", "--check"])));
    report.check("rules of the house", &[], audit::audit);
    report.check("import cycles", &[], cycles::check);
    report.check("links of the pages", &[], links::check);
    report.check(UI_PACKAGES, &[], ui::install_packages);
    report.check(UI_BUILD, &[UI_PACKAGES], ui::build_if_stale);
    let catalogues = changed.iter().any(|file| file.components().any(|part| part.as_os_str() == "locales"));
    if catalogues || touches(&["ui", "docs/glossary.json"]) {
        report.check("UI lint", &[UI_PACKAGES], || process::run(&mut ui::npm(&["run", "lint"])));
        report.check("UI types", &[UI_PACKAGES], || process::run(&mut ui::npm(&["run", "check"])));
        report.tests("UI tests", &[UI_PACKAGES], |tally| ui_tests::run("test", tally));
    }
    if touches(&["bench", "crates", "src-tauri", "tests", "xtask", "Cargo.toml", "Cargo.lock", "profiles"]) {
        report.check("clippy", &[UI_BUILD], || {
            process::run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
        });
    }
    let packages = packages_of(&changed);
    if !packages.is_empty() {
        report.tests("unit tests of what changed", &[UI_BUILD], |tally| unit_tests(&packages, tally));
    }
    report.close()
}

/// Returns the files that differ from the commit where this branch left the main branch, and those that are not
/// committed.
fn changed_files() -> Result<Vec<PathBuf>, Failure> {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(root()).args(arguments);
        let output = process::collect(&mut command, b"")?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        } else {
            Err(Failure::Ended { command: process::shown(&command), status: output.status })
        }
    };
    let base = git(&["merge-base", MAIN, "HEAD"])?;
    let tracked = git(&["diff", "--name-only", &base])?;
    let new = git(&["ls-files", "--others", "--exclude-standard"])?;
    Ok(tracked.lines().chain(new.lines()).map(PathBuf::from).collect())
}

/// Returns the folders of the packages that contain changed files.
fn packages_of(changed: &[PathBuf]) -> BTreeSet<PathBuf> {
    let package = |file: &PathBuf| {
        file.ancestors()
            .map(|folder| root().join(folder))
            .find(|folder| folder != root() && folder.join("Cargo.toml").exists())
    };
    changed.iter().filter_map(package).collect()
}

/// Builds the unit tests as `cargo build --workspace --all-targets` does, so that no dependency is built only for them,
/// and runs those of the packages in these folders.
fn unit_tests(packages: &BTreeSet<PathBuf>, tally: &mut Tally) -> Result<(), Failure> {
    for TestProgram { folder, path } in test_programs::build(&["--workspace", "--exclude", "xtask", "--lib", "--bins"])?
    {
        if packages.contains(&folder) {
            rust_tests::count(Command::new(path).current_dir(&folder), tally)?;
        }
    }
    if tally.passed == 0 {
        println!("No package that changed has unit tests.");
        tally.passed = 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_files_lead_to_their_packages() {
        let changed = ["crates/bank/src/lib.rs", "README.md", "src-tauri/src/main.rs", "crates/bank/build.rs"];
        let found = packages_of(&changed.map(PathBuf::from));
        assert_eq!(found, BTreeSet::from([root().join("crates/bank"), root().join("src-tauri")]));
    }
}
