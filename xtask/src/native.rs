//! Tests the parts that run on this system itself (Windows, macOS or Linux), with the certificate store of that system.

use std::process::ExitCode;

use crate::process;
use crate::report::Report;
use crate::rust_tests;
use crate::setup;
use crate::ui;
use crate::workspace::cargo;

const UI_PACKAGES: &str = "UI packages";
const UI_BUILD: &str = "UI build";
/// The programs and their libraries. The tests of whole journeys need Linux, with NSS and a separate display.
const PROGRAMS: &[&str] = &["inkan-profile", "inkan-protocol", "inkan-client", "inkan-bank", "inkan-cli", "inkan-app"];
const STORE: &str = "inkan-store";
/// The test programs that test the stores of this system against the common contract.
const STORES: &[&str] = if cfg!(windows) {
    &["native"]
} else if cfg!(target_os = "macos") {
    &["macos"]
} else {
    &["nss", "nss_alone", "softhsm"]
};

/// Runs lints and tests of every part that runs on this system.
pub(crate) fn test() -> ExitCode {
    let mut report = Report::default();
    report.check("Rust components", &[], setup::rust_components);
    report.check(UI_PACKAGES, &[], ui::install_packages);
    report.check(UI_BUILD, &[UI_PACKAGES], ui::build);
    report.check("clippy", &[UI_BUILD], || {
        let mut clippy = cargo(&["clippy", "--all-targets", "--package", STORE]);
        clippy.args(PROGRAMS.iter().flat_map(|package| ["--package", package]));
        process::run(clippy.args(["--", "-D", "warnings"]))
    });
    report.tests("programs", &[UI_BUILD], |tally| {
        let mut test = cargo(&["test", "--no-fail-fast"]);
        test.args(PROGRAMS.iter().flat_map(|package| ["--package", package]));
        rust_tests::count(&mut test, tally)
    });
    report.tests("the store of this system", &[], |tally| {
        let mut test = cargo(&["test", "--package", STORE, "--lib"]);
        test.args(STORES.iter().flat_map(|store| ["--test", store]));
        rust_tests::count(&mut test, tally)
    });
    report.close()
}
