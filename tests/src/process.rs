use std::fs;

/// The state of a listening socket in `/proc/net/tcp`: TCP_LISTEN, in hexadecimal.
const LISTEN: &str = "0A";

/// Returns the running processes that `parent` has started. A process that has ended, but for which its parent has not
/// waited, is not counted.
///
/// # Panics
/// Panics if the system does not list processes.
pub fn children(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").expect("a list of processes").flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    numbers.filter(|number| is_child(*number, parent)).collect()
}

/// Returns the TCP port on which a process listens on 127.0.0.1; none if it listens on no port.
///
/// A process that chooses its own port cannot lose the port to another process, as it could if a test chose a free one
/// beforehand.
pub fn listening_port(process: u32) -> Option<u16> {
    let descriptors = fs::read_dir(format!("/proc/{process}/fd")).ok()?.flatten();
    let sockets: Vec<String> = descriptors
        .filter_map(|entry| {
            let target = fs::read_link(entry.path()).ok()?;
            Some(target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        })
        .collect();
    let table = fs::read_to_string("/proc/net/tcp").ok()?;
    table.lines().skip(1).find_map(|line| {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let (address, state, inode) = (columns.get(1)?, columns.get(3)?, columns.get(9)?);
        let listens = *state == LISTEN && sockets.iter().any(|socket| socket == inode);
        listens.then(|| u16::from_str_radix(address.rsplit(':').next()?, 16).ok())?
    })
}

/// Returns whether a thread of the process, or of a process that it started, has work to do: it runs, or waits for a
/// processor or a disk. A process that waits for input has none.
pub(crate) fn has_work(process: u32) -> bool {
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let states = threads.filter_map(|thread| state(&fs::read_to_string(thread.path().join("stat")).ok()?));
    states.into_iter().any(|state| state == 'R' || state == 'D') || children(process).into_iter().any(has_work)
}

/// Returns the first 15 letters of a process's name; empty if the process has ended.
pub fn process_name(process: u32) -> String {
    fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default().trim().to_owned()
}

/// Returns how many bytes of the process's memory the system may save after a crash, and the greatest value that the
/// process may set for that; none means `unlimited`.
///
/// # Panics
/// Panics if the process has ended.
pub fn core_file_limits(process: u32) -> [Option<u64>; 2] {
    let limits = fs::read_to_string(format!("/proc/{process}/limits")).expect("a process");
    let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).expect("a limit");
    let mut words = line.split_whitespace().map(|word| word.parse().ok());
    [words.next().expect("a limit"), words.next().expect("a limit")]
}

/// Returns the state in a line of `/proc/PID/stat`: the letter after the name in brackets.
fn state(stat: &str) -> Option<char> {
    stat.rsplit(')').next()?.trim_start().chars().next()
}

/// Reads `/proc/PID/stat`: after the name in brackets, which may contain any characters, come the state and the parent.
fn is_child(process: u32, parent: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let mut after_name = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let state = after_name.next();
    after_name.next() == Some(parent.to_string().as_str()) && state != Some("Z")
}
