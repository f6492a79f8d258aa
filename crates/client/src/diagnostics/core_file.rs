//! What the system keeps of a program that crashed is its memory, with the password that is being typed. Nothing is to
//! be kept of ours.

/// Asks the system to keep no core file of this process, nor of those that it starts.
#[cfg(unix)]
pub fn keep_no_core_file() {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let limit = |bytes| setrlimit(Resource::Core, Rlimit { current: Some(bytes), maximum: Some(bytes) });
    // One that is lower already is raised by nobody but root.
    if let Err(error) = limit(NOTHING).or_else(|_| limit(0)) {
        tracing::warn!(error = &error as &(dyn std::error::Error + 'static), "a crash may leave a core file");
    }
}

/// One byte is less than any core file has. A program that takes cores from a pipe would be given them at 0, and is not
/// at 1: the kernel takes that for a crash of such a program itself.
#[cfg(target_os = "linux")]
const NOTHING: u64 = 1;

#[cfg(all(unix, not(target_os = "linux")))]
const NOTHING: u64 = 0;

/// Windows keeps what its error reporting is set to.
#[cfg(not(unix))]
pub fn keep_no_core_file() {}
