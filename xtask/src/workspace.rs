use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::failure::Failure;
use crate::process;

/// Returns the working tree.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Returns the Cargo that runs this program, at the root.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
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
