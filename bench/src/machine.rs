use std::fs;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::json;

use crate::fault::Fault;

/// Returns a line of JSON that describes the machine.
pub(crate) fn line() -> String {
    let text = |file: &str| fs::read_to_string(file).unwrap_or_default();
    let information = text("/proc/cpuinfo");
    let model = information.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map(|(_, name)| name);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    json!({ "machine": {
        "model": model, "cores": cores, "kernel": text("/proc/sys/kernel/osrelease").trim(), "load": load(),
    } })
    .to_string()
}

/// Returns the average number of running processes of the last minute.
pub(crate) fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse().ok()
}

/// Raises the limit of open files as far as the system allows: thousands of connections are measured.
pub(crate) fn raise_limit_of_open_files() -> Result<(), Fault> {
    let limit = getrlimit(Resource::Nofile);
    Ok(setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum })?)
}
