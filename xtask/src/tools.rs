//! Installs and runs the subcommands of Cargo that the gates use, each in one version.

use crate::failure::Failure;
use crate::process;
use crate::workspace::{CLIPPY_ARGUMENTS, WORKSPACE_WRAPPER, cargo};

/// A subcommand of Cargo that comes as a crate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Checks licences, sources, banned crates and advisories.
pub(crate) const DENY: Tool = Tool { name: "deny", version: "0.20.2" };
/// Finds dependencies that no source names.
pub(crate) const MACHETE: Tool = Tool { name: "machete", version: "0.9.2" };
/// Changes the code to find out whether a test notices.
pub(crate) const MUTANTS: Tool = Tool { name: "mutants", version: "27.1.0" };

impl Tool {
    /// Installs the tool if it is missing or of another version.
    ///
    /// # Errors
    /// [`Failure::Ended`] if Cargo cannot install the tool.
    pub(crate) fn install(self) -> Result<(), Failure> {
        let said = process::collect(&mut cargo(&[self.name, "--version"]), b"");
        let said = said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        if said.split_whitespace().any(|word| word == self.version) {
            return Ok(());
        }
        let krate = format!("cargo-{}@{}", self.name, self.version);
        // Not in the target directory and with the compiler of the workspace, which have other lints and profiles.
        // Without optimisation: to build the tool takes longer than all its work.
        let mut install = cargo(&["install", "--locked", "--force", "--debug", &krate]);
        for name in ["CARGO_TARGET_DIR", WORKSPACE_WRAPPER, CLIPPY_ARGUMENTS] {
            install.env_remove(name);
        }
        process::run(&mut install)
    }

    /// Runs the tool on the workspace.
    ///
    /// # Errors
    /// [`Failure::Ended`] if the tool has findings.
    pub(crate) fn run(self, arguments: &[&str]) -> Result<(), Failure> {
        process::run(&mut cargo(&[&[self.name], arguments].concat()))
    }
}
