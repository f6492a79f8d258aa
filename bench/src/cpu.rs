//! The CPU time and the memory of processes, from /proc (proc_pid_stat(5), proc_pid_status(5)).

use std::fs;
use std::ops::Sub;

use crate::fault::Fault;

/// CPU time in seconds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cpu {
    pub(crate) user: f64,
    pub(crate) system: f64,
}

impl Cpu {
    /// Returns user time and system time together.
    pub(crate) fn total(self) -> f64 {
        self.user + self.system
    }
}

impl Sub for Cpu {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        Self { user: self.user - earlier.user, system: self.system - earlier.system }
    }
}

/// Returns the time of these processes and of all processes below them, with those that have ended and been waited for.
pub(crate) fn of_trees(roots: &[u32]) -> Result<Cpu, Fault> {
    let processes = all()?;
    let mut wanted: Vec<u32> = roots.to_vec();
    let mut sum = Cpu::default();
    while let Some(number) = wanted.pop() {
        wanted.extend(processes.iter().filter(|process| process.parent == number).map(|process| process.number));
        if let Some(process) = processes.iter().find(|process| process.number == number) {
            sum.user += process.cpu.user;
            sum.system += process.cpu.system;
        }
    }
    Ok(sum)
}

/// Returns the time that all cores together were busy since the start of the system.
pub(crate) fn of_machine() -> Result<f64, Fault> {
    let text = fs::read_to_string("/proc/stat")?;
    let line = text.lines().next().ok_or("/proc/stat is empty")?;
    let ticks: Vec<f64> = line.split_whitespace().skip(1).filter_map(|field| field.parse().ok()).collect();
    // Neither idle nor waiting for a disk (fields 4 and 5), nor guests, which user time contains.
    let busy: f64 = ticks.iter().take(8).enumerate().filter(|(at, _)| !matches!(at, 3 | 4)).map(|(_, one)| one).sum();
    Ok(busy / ticks_per_second())
}

/// Returns the present and the largest resident memory of a process in MiB.
pub(crate) fn memory(process: u32) -> Result<(f64, f64), Fault> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let field = |name: &str| -> Result<f64, Fault> {
        let line = text.lines().find(|line| line.starts_with(name)).ok_or("no such field")?;
        Ok(line.split_whitespace().nth(1).ok_or("no value")?.parse::<f64>()? / 1024.0)
    };
    Ok((field("VmRSS:")?, field("VmHWM:")?))
}

struct Process {
    number: u32,
    parent: u32,
    cpu: Cpu,
}

fn all() -> Result<Vec<Process>, Fault> {
    let names = fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    Ok(names.filter_map(|name| read(name.parse().ok()?)).collect())
}

/// Reads a process; `None` if it has ended.
fn read(number: u32) -> Option<Process> {
    let text = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
    // The name in parentheses may contain anything.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let seconds = |at: usize| Some(fields.get(at)?.parse::<f64>().ok()? / ticks_per_second());
    let cpu = Cpu { user: seconds(11)? + seconds(13)?, system: seconds(12)? + seconds(14)? };
    Some(Process { number, parent: fields.get(1)?.parse().ok()?, cpu })
}

fn ticks_per_second() -> f64 {
    rustix::param::clock_ticks_per_second() as f64
}
