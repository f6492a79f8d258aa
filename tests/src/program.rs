use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// How long a program may run. A program that runs longer hangs. The longest run in a test takes a tenth of this time.
const HANGS: Duration = Duration::from_secs(300);

/// Returns the root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the workspace").to_owned()
}

/// Returns the path of a program of this workspace, built beside this test.
///
/// # Panics
/// Panics if it has not been built: cargo does not build the binaries of other packages for a test.
pub fn program(name: &str) -> PathBuf {
    let test = env::current_exe().expect("a test has a path");
    let directory = test.parent().and_then(Path::parent).expect("a test is in target/PROFILE/deps");
    let path = directory.join(name).with_extension(env::consts::EXE_EXTENSION);
    assert!(path.exists(), "{name} is not built: run `cargo build --workspace` first, or `cargo xtask test`");
    path
}

/// Runs a program of the system, waits for its end, and returns its output, even if it fails.
///
/// # Panics
/// Panics if the program cannot be started.
pub fn run<S: AsRef<OsStr>>(name: &str, arguments: impl IntoIterator<Item = S>) -> Output {
    Command::new(name).args(arguments).output().unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Waits for the end of `process`, and returns what it wrote to its pipes.
///
/// # Panics
/// Panics if the process hangs: it is killed after five minutes, so that the report names its test.
pub fn output_of(process: Child) -> Output {
    let number = Pid::from_child(&process);
    let (ended, end) = mpsc::channel::<()>();
    let watch = thread::spawn(move || {
        let hangs = end.recv_timeout(HANGS) == Err(RecvTimeoutError::Timeout);
        hangs && kill_process(number, Signal::KILL).is_ok()
    });
    let output = process.wait_with_output().expect("the process is ours");
    drop(ended);
    assert!(!watch.join().expect("the watch ends"), "the process hangs: {output:?}");
    output
}
