//! Checks the whole working tree, apart from the tests: licences, dependencies, documentation, fuzz targets.

use crate::failure::Failure;
use crate::process;
use crate::tools;
use crate::workspace::{CLIPPY_ARGUMENTS, WORKSPACE_WRAPPER, cargo, root, target_directory};

/// Checks licences, banned crates and the sources of all dependencies, and the advisories if their database can be
/// fetched.
pub(crate) fn licences() -> Result<(), Failure> {
    tools::DENY.install()?;
    tools::DENY.run(&["--workspace", "--locked", "check", "bans", "licenses", "sources"])?;
    let fetched = process::collect(&mut cargo(&["deny", "fetch", "db"]), b"")?;
    if !fetched.status.success() {
        println!("The database of advisories cannot be fetched: advisories were not checked.");
        return Ok(());
    }
    tools::DENY.run(&["--workspace", "--locked", "check", "advisories"])
}

/// Finds dependencies that no source of their package names.
pub(crate) fn unused_dependencies() -> Result<(), Failure> {
    tools::MACHETE.install()?;
    // The other folders contain code of others, or output.
    tools::MACHETE.run(&["bench", "crates", "src-tauri", "tests", "xtask", "fuzz"])
}

/// Builds the documentation of every crate, including private items. A link without a target is an error.
pub(crate) fn documentation() -> Result<(), Failure> {
    let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--document-private-items", "--keep-going"]);
    process::run(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

/// Builds the fuzz targets as they are built for fuzzing, but without the instrumentation, which needs a nightly
/// compiler.
pub(crate) fn fuzz_targets() -> Result<(), Failure> {
    let folder = target_directory()?.join("fuzz");
    let mut build = cargo(&["build", "--locked", "--bins"]);
    build.current_dir(root().join("fuzz")).env("CARGO_TARGET_DIR", folder).env("RUSTFLAGS", "--cfg fuzzing");
    build.env_remove(WORKSPACE_WRAPPER).env_remove(CLIPPY_ARGUMENTS);
    process::run(&mut build)
}
