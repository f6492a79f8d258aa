//! Prevents core files. A core file holds the memory of a program that crashed, with the password that the user is
//! typing.

/// Asks the system to write no core file of this process and of the processes that it starts.
#[cfg(unix)]
pub fn keep_no_core_file() {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let limit = |bytes| setrlimit(Resource::Core, Rlimit { current: Some(bytes), maximum: Some(bytes) });
    // Only root can raise a hard limit that is already 0. If the limit of one byte is refused, 0 is set.
    if let Err(error) = limit(NOTHING).or_else(|_| limit(0)) {
        tracing::warn!(
            error = &error as &(dyn std::error::Error + 'static),
            "the limit for core files cannot be set: a crash may leave a core file"
        );
    }
}

/// A limit of one byte, which is less than any core file. If cores are piped to a program, a limit of 0 does not stop
/// them. A limit of 1 does: the kernel uses this limit to recognise a crash of the program that reads the pipe
/// (core(5)).
#[cfg(target_os = "linux")]
const NOTHING: u64 = 1;

#[cfg(all(unix, not(target_os = "linux")))]
const NOTHING: u64 = 0;

/// Does nothing. On Windows, the settings of Windows Error Reporting apply.
#[cfg(not(unix))]
pub fn keep_no_core_file() {}
