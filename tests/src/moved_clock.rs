use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Where Debian and its kin keep libraries, by the machine's architecture.
const LIBRARIES: &str = "/usr/lib";
/// For programs of several threads.
const LIBFAKETIME: &str = "faketime/libfaketimeMT.so.1";

/// Moves the clock that a program sees, by libfaketime: the program itself knows nothing of it, and time goes on.
///
/// # Panics
/// Where libfaketime is not installed.
pub(crate) fn set_clock(command: &mut Command, seconds: i64) {
    command.env("LD_PRELOAD", libfaketime()).env("FAKETIME", format!("{seconds:+}"));
    // Waits and timeouts are the machine's.
    command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("DONT_FAKE_MONOTONIC", "1");
}

fn libfaketime() -> PathBuf {
    let mut directories = fs::read_dir(LIBRARIES).expect("libraries").map(|entry| entry.expect("an entry").path());
    let found = directories.find_map(|directory| Some(directory.join(LIBFAKETIME)).filter(|library| library.exists()));
    found.expect("libfaketime is installed, as by `cargo xtask test`")
}
