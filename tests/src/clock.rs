use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// Returns the environment variables that make a program see the clock `seconds` ahead of this machine's, or behind if
/// `seconds` is negative. Time passes as usual, and the clock by which the program measures durations is not changed.
///
/// # Panics
/// Panics if libfaketime is not installed.
pub fn clock_ahead(seconds: i64) -> Vec<(&'static str, String)> {
    let mut variables = libfaketime();
    variables.push(("FAKETIME", format!("{seconds:+}")));
    variables
}

/// The clock that a program sees. A test moves it while the program runs.
#[derive(Debug)]
pub struct Clock {
    directory: TempDir,
}

impl Clock {
    /// Makes a clock that is right.
    ///
    /// # Panics
    /// Panics if no file can be written.
    pub fn right() -> Self {
        let clock = Self { directory: TempDir::new().expect("a temporary directory") };
        clock.put_ahead(0);
        clock
    }

    /// Returns the variables under which a program sees the clock.
    ///
    /// # Panics
    /// Panics if libfaketime is not installed.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let mut variables = libfaketime();
        variables.push(("FAKETIME_TIMESTAMP_FILE", self.directory.path().join("clock").display().to_string()));
        variables.push(("FAKETIME_NO_CACHE", "1".to_owned()));
        variables
    }

    /// Sets the clock `seconds` ahead of this machine's clock.
    ///
    /// # Panics
    /// Panics if the file cannot be written.
    pub fn put_ahead(&self, seconds: u32) {
        let new = self.directory.path().join("new");
        fs::write(&new, format!("+{seconds}\n")).expect("a file");
        // The rename is atomic: no program reads half of the file.
        fs::rename(new, self.directory.path().join("clock")).expect("a file");
    }
}

/// Returns the variables that load libfaketime, in its variant for programs with several threads.
fn libfaketime() -> Vec<(&'static str, String)> {
    let triplet = format!("{}-linux-gnu", std::env::consts::ARCH);
    let places = [format!("/usr/lib/{triplet}"), "/usr/lib64".to_owned(), "/usr/lib".to_owned()];
    let mut files = places.map(|place| format!("{place}/faketime/libfaketimeMT.so.1")).into_iter();
    let library = files.find(|file| Path::new(file).exists()).expect("libfaketime is installed");
    let monotonic = |name| (name, "1".to_owned());
    vec![("LD_PRELOAD", library), monotonic("FAKETIME_DONT_FAKE_MONOTONIC"), monotonic("DONT_FAKE_MONOTONIC")]
}
