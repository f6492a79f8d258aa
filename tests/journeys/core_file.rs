//! A crash of the command line leaves no core file, whatever the system is set to keep.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use inkan_journeys::{Pc, core_file_limits, program};
use tempfile::TempDir;

#[test]
fn a_crash_while_secrets_are_read_leaves_no_core_file() {
    let pc = Pc::new();
    let place = TempDir::new().unwrap();
    // The shell allows the largest core file that it may.
    let mut inkan = Command::new("sh")
        .args(["-c", "ulimit -S -c \"$(ulimit -H -c)\" && exec \"$0\" --answers - certificates"])
        .arg(program("inkan"))
        .env("INKAN_HOME", pc.home())
        .current_dir(place.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // The program waits for its answers, which do not come.
    let deadline = Instant::now() + Duration::from_secs(60);
    while core_file_limits(inkan.id()).iter().any(|limit| limit.is_none_or(|bytes| bytes > 1)) {
        assert!(Instant::now() < deadline, "{:?}", core_file_limits(inkan.id()));
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(Command::new("kill").args(["-ABRT", &inkan.id().to_string()]).status().unwrap().success());
    let ended = inkan.wait().unwrap();
    assert_eq!(ended.signal(), Some(6));
    assert!(!ended.core_dumped());
    let left: Vec<_> = fs::read_dir(place.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
}
