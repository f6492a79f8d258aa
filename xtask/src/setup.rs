//! Installs the things that a new machine lacks, before each command and only if they are missing.

use std::process::Command;

use crate::failure::Failure;
use crate::packages;
use crate::process;
use crate::ui;
use crate::workspace::cargo;

/// Installs what the bank, the client and the command line need.
pub(crate) fn for_the_terminal() -> Result<(), Failure> {
    packages::install(packages::TERMINAL)
}

/// Installs what the window needs, too, and builds the UI.
pub(crate) fn for_the_window() -> Result<(), Failure> {
    packages::install(&[packages::TERMINAL, packages::WINDOW].concat())?;
    ui::install_packages()?;
    ui::build_if_stale()
}

/// Installs what the measurements need, and builds the UI.
pub(crate) fn for_the_bench() -> Result<(), Failure> {
    packages::install(packages::BENCH)?;
    for_the_window()
}

/// Installs what the measurements without a window need.
pub(crate) fn for_the_bench_without_window() -> Result<(), Failure> {
    packages::install(&[packages::TERMINAL, packages::BENCH].concat())
}

/// Installs what the attacks on the bank need.
pub(crate) fn for_the_campaign() -> Result<(), Failure> {
    packages::install(&[packages::TERMINAL, packages::CAMPAIGN].concat())
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
