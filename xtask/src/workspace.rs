use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::failure::Failure;
use crate::process;

/// The variable that names the compiler of the workspace's own packages, such as Clippy's.
pub(crate) const WORKSPACE_WRAPPER: &str = "RUSTC_WORKSPACE_WRAPPER";
/// The variable in which `cargo clippy` hands arguments to Clippy's compiler.
pub(crate) const CLIPPY_ARGUMENTS: &str = "CLIPPY_ARGS";

/// Returns the root of the working tree.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Returns the Cargo that runs this program, to be run at the root of the working tree.
///
/// `cargo run` sets environment variables that describe xtask's package. The new Cargo must not inherit them:
/// cargo-machete decides by `CARGO_PKG_NAME` whether it was called as a subcommand of Cargo.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    without_a_package(&mut command, std::env::vars_os().map(|(name, _)| name));
    command
}

/// Removes those of the variables that describe a package.
fn without_a_package(command: &mut Command, names: impl Iterator<Item = OsString>) {
    for name in names.filter(|name| name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_"))) {
        command.env_remove(name);
    }
}

/// Returns the directory of Cargo's output.
pub(crate) fn target_directory() -> Result<PathBuf, Failure> {
    let mut command = cargo(&["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let output = process::collect(&mut command, b"")?;
    let metadata: Option<Value> = serde_json::from_slice(&output.stdout).ok();
    metadata.as_ref().and_then(|metadata| metadata["target_directory"].as_str()).map(PathBuf::from).ok_or_else(|| {
        Failure::Answer { from: process::shown(&command), answer: String::from_utf8_lossy(&output.stderr).into_owned() }
    })
}

/// Returns a program of this project, as `cargo build` leaves it.
pub(crate) fn program(name: &str) -> Result<PathBuf, Failure> {
    Ok(target_directory()?.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cargo_that_is_started_does_not_take_itself_for_a_run_of_xtask() {
        let mut command = cargo(&["machete"]);
        without_a_package(&mut command, ["CARGO_PKG_NAME", "CARGO_HOME"].map(OsString::from).into_iter());
        let removed: Vec<_> = command.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
        assert!(
            removed.contains(&"CARGO_PKG_NAME".as_ref()) && !removed.contains(&"CARGO_HOME".as_ref()),
            "{removed:?}"
        );
    }
}
