use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace").to_owned()
}

/// A program of this workspace, built beside this test.
///
/// # Panics
/// Where it has not been built: cargo does not build the binaries of other packages for a test.
pub fn program(name: &str) -> PathBuf {
    let test = env::current_exe().expect("a test has a path");
    let directory = test.parent().and_then(Path::parent).expect("a test lies in target/PROFILE/deps");
    let path = directory.join(name).with_extension(env::consts::EXE_EXTENSION);
    assert!(path.exists(), "{name} is not built: run `cargo build --workspace` first, or `cargo xtask test`");
    path
}

/// Runs a program of the system to its end, whatever that is.
///
/// # Panics
/// Where it cannot be started.
pub fn run<S: AsRef<OsStr>>(name: &str, arguments: impl IntoIterator<Item = S>) -> Output {
    Command::new(name).args(arguments).output().unwrap_or_else(|error| panic!("{name}: {error}"))
}
