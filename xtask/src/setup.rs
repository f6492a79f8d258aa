//! What a fresh machine lacks, done before each errand and only where it is missing.

use std::process::Command;

use crate::failure::Failure;
use crate::packages;
use crate::process;
use crate::ui;
use crate::workspace::cargo;

/// For the bank, the client and the command line.
pub(crate) fn for_the_terminal() -> Result<(), Failure> {
    packages::install(packages::TERMINAL)
}

/// For the window too; leaves a built UI.
pub(crate) fn for_the_window() -> Result<(), Failure> {
    packages::install(&[packages::TERMINAL, packages::WINDOW].concat())?;
    ui::install_packages()?;
    ui::build_if_stale()
}

/// For the measurements; leaves a built UI.
pub(crate) fn for_the_bench() -> Result<(), Failure> {
    packages::install(packages::BENCH)?;
    for_the_window()
}

/// For every test.
pub(crate) fn system_packages_of_the_tests() -> Result<(), Failure> {
    packages::install(&[packages::TERMINAL, packages::WINDOW, packages::TESTS].concat())
}

/// Formatter and linter, which rustup's minimal profile comes without.
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
