use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::process;

/// The kernel counts CPU time in hundredths of a second (sysconf(3), `_SC_CLK_TCK`, on each Linux).
const TICKS: f64 = 100.0;
/// The file with the times of this process, and of those that it has waited for (proc_pid_stat(5)).
const OWN: &str = "/proc/self/stat";

/// Runs the command `times` times, and returns the CPU time of one run in seconds, with all processes that it started.
pub(super) fn cpu_time(command: &mut Command, times: u32) -> Result<f64, Failure> {
    let before = of_children()?;
    for _ in 0..times {
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let status = status.map_err(|cause| process::not_started(command, cause))?;
        if !status.success() {
            return Err(Failure::Ended { command: process::shown(command), status });
        }
    }
    Ok((of_children()? - before) / f64::from(times))
}

/// Returns the CPU time of all processes that have ended and were started by this one, in seconds.
pub(super) fn of_children() -> Result<f64, Failure> {
    let text = std::fs::read_to_string(OWN).map_err(Failure::file(OWN))?;
    read(&text).ok_or_else(|| Failure::Answer { from: OWN.into(), answer: text })
}

fn read(text: &str) -> Option<f64> {
    // The name in parentheses may contain anything.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(13)? + ticks(14)?) / TICKS)
}

/// Returns the median.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_of_children_are_read_after_any_name() {
        let text = "7 (a) b) S 1 7 7 0 -1 4194560 1 2 3 4 10 20 150 50 20 0 1 0";
        assert_eq!(read(text), Some(2.0));
    }
}
