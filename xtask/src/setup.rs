//! Installs what a fresh machine lacks, before each command and only if it is missing.

use std::process::Command;

use crate::failure::Failure;
use crate::packages;
use crate::process;
use crate::ui;
use crate::workspace::cargo;

/// Prepares for the bank, the client and the command line.
pub(crate) fn for_the_terminal() -> Result<(), Failure> {
    packages::install(packages::TERMINAL)
}

/// Prepares for the window too, and builds the UI.
pub(crate) fn for_the_window() -> Result<(), Failure> {
    packages::install(&[packages::TERMINAL, packages::WINDOW].concat())?;
    ui::install_packages()?;
    ui::build_if_stale()
}

/// Prepares for the measurements, and builds the UI.
pub(crate) fn for_the_bench() -> Result<(), Failure> {
    packages::install(packages::BENCH)?;
    for_the_window()
}

/// Installs the system packages of every test.
pub(crate) fn system_packages_of_the_tests() -> Result<(), Failure> {
    packages::install(&[packages::TERMINAL, packages::WINDOW, packages::TESTS].concat())
}

/// Installs formatter and linter, which rustup's minimal profile does not contain.
pub(crate) fn rust_components() -> Result<(), Failure> {
    rust_component("rustfmt", "fmt")?;
    rust_component("clippy", "clippy")
}

fn rust_component(component: &str, command: &str) -> Result<(), Failure> {
    if process::collect(&mut cargo(&[command, "--version"]), b"").is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    process::run(Command::new("rustup").args(["component", "add", component]))
}
