//! Builds the web UI. The shell embeds it, so `ui/dist` must exist before any part of `src-tauri` compiles.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::failure::Failure;
use crate::process;
use crate::source;
use crate::workspace::root;

/// Returns the folder of the UI.
pub(crate) fn folder() -> PathBuf {
    root().join("ui")
}

/// Returns npm, to be run in the UI's folder.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folder()).args(arguments);
    command
}

/// Installs the packages of `package-lock.json`, unless they were installed after its last change.
pub(crate) fn install_packages() -> Result<(), Failure> {
    if !process::collect(&mut npm(&["--version"]), b"").is_ok_and(|output| output.status.success()) {
        return Err(Failure::ProgramMissing {
            program: "npm",
            from: "install Node.js 20.19 or newer, https://nodejs.org",
        });
    }
    // npm writes this file last, so an interrupted installation does not count.
    let done = modified(&folder().join("node_modules/.package-lock.json"));
    if done.is_some() && done >= modified(&folder().join("package-lock.json")) {
        println!("UI packages: up to date.");
        return Ok(());
    }
    process::run(&mut npm(&["ci", "--no-audit", "--no-fund"]))
}

/// Builds the UI, even if it is up to date.
pub(crate) fn build() -> Result<(), Failure> {
    process::run(&mut npm(&["run", "build"]))
}

/// Builds the UI if a source is newer than the last build.
pub(crate) fn build_if_stale() -> Result<(), Failure> {
    let built = modified(&folder().join("dist/index.html"));
    // The build contains the words of the shared catalogues.
    let sources = [folder(), root().join("crates/protocol/locales")];
    let newest = sources.iter().flat_map(|place| source::files(place)).filter_map(|file| modified(&file)).max();
    if built.is_some() && built >= newest {
        println!("UI build: up to date.");
        return Ok(());
    }
    build()
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}
