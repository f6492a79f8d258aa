//! The bank that is attacked: one process on SQLite, or two processes on one PostgreSQL database.

use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use inkan_journeys::{Clock, program, workspace};
use rustix::process::{Pid, Resource, Signal, getrlimit, kill_process, setrlimit};
use serde_json::Value;
use tempfile::TempDir;

use crate::postgres::Cluster;
use crate::report::Outcome;
use crate::shifted_clock::ShiftedClock;
use crate::visitor::Visitor;

/// What stands between the bank and the system.
pub(crate) enum Disturbance {
    None,
    /// Environment variables of the bank.
    Variables(Vec<(&'static str, String)>),
    /// A clock that is set while the bank runs.
    Clock,
}

/// The addresses of one process of the bank.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    pub(crate) portal: SocketAddr,
    pub(crate) certificate_login: SocketAddr,
    pub(crate) plain: SocketAddr,
}

struct Instance {
    process: Child,
    site: Site,
}

/// A bank with the sample users of the profile `okmate`. It ends when the value is dropped.
pub(crate) struct AttackedBank {
    pub(crate) name: &'static str,
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
    storage: Vec<String>,
    instances: Vec<Instance>,
    announcement: Value,
    set_clock: Option<Clock>,
    clock: Arc<ShiftedClock>,
    cluster: Option<Cluster>,
}

impl AttackedBank {
    /// Starts a bank on SQLite.
    pub(crate) fn on_sqlite(name: &'static str, disturbance: Disturbance) -> Self {
        let folder = TempDir::new().expect("a temporary directory");
        let storage = vec!["--data".to_owned(), folder.path().join("data").display().to_string()];
        let set_clock = matches!(disturbance, Disturbance::Clock).then(Clock::right);
        let variables = match (disturbance, &set_clock) {
            (Disturbance::Variables(variables), _) => variables,
            (_, Some(clock)) => clock.environment(),
            (_, None) => Vec::new(),
        };
        let mut bank = Self::stopped(name, folder, storage, None);
        (bank.set_clock, bank.variables) = (set_clock, variables);
        Self::start(bank, 1)
    }

    /// Starts two instances of a bank on one PostgreSQL database.
    pub(crate) fn on_postgres(cluster: Cluster) -> Self {
        let folder = TempDir::new().expect("a temporary directory");
        let key = folder.path().join("database.key").display().to_string();
        let storage = vec!["--database".to_owned(), cluster.address(), "--key-file".to_owned(), key];
        Self::start(Self::stopped("PostgreSQL, two instances", folder, storage, Some(cluster)), 2)
    }

    fn stopped(name: &'static str, folder: TempDir, storage: Vec<String>, cluster: Option<Cluster>) -> Self {
        let clock = Arc::default();
        let (variables, instances, announcement) = (Vec::new(), Vec::new(), Value::Null);
        Self { name, folder, variables, storage, instances, announcement, set_clock: None, clock, cluster }
    }

    fn start(mut self, instances: usize) -> Self {
        for _ in 0..instances {
            let (process, announcement) = self.serve(None);
            let socket = |field: &str| socket(announcement[field].as_str().expect("an address"));
            let site = Site {
                portal: socket("portal"),
                certificate_login: socket("certificate_login"),
                plain: socket("plain"),
            };
            self.instances.push(Instance { process, site });
            self.announcement = announcement;
        }
        self
    }

    /// Starts a process at those addresses or at free ones, and returns it with the line that it printed.
    fn serve(&self, at: Option<Site>) -> (Child, Value) {
        let at =
            |of: fn(&Site) -> SocketAddr| at.as_ref().map_or("127.0.0.1:0".to_owned(), |site| of(site).to_string());
        let log = OpenOptions::new().create(true).append(true).open(self.log()).expect("a log");
        let mut process = Command::new(program("inkan-bank"))
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .arg("serve")
            .arg("--profile")
            .arg(workspace().join("profiles/okmate.toml"))
            .args(&self.storage)
            .args(["--portal", &at(|site| site.portal), "--certificate-login", &at(|site| site.certificate_login)])
            .args(["--plain", &at(|site| site.plain), "--demo"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("inkan-bank starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("standard output is piped");
        BufReader::new(output).read_line(&mut line).expect("inkan-bank prints a line");
        let announcement = serde_json::from_str(&line).unwrap_or_else(|error| {
            panic!("{error}: {line:?}\n{}", fs::read_to_string(self.log()).unwrap_or_default())
        });
        (process, announcement)
    }

    /// Returns the addresses of the process with that number. Any number is one of a process.
    pub(crate) fn site(&self, number: usize) -> Site {
        self.instances[number % self.instances.len()].site
    }

    /// Returns the number of processes.
    pub(crate) fn instances(&self) -> usize {
        self.instances.len()
    }

    /// Returns whether the bank's data is in the database of a server.
    pub(crate) fn has_a_database_server(&self) -> bool {
        self.cluster.is_some()
    }

    /// Returns the server of the database.
    pub(crate) fn database_server(&self) -> &Cluster {
        self.cluster.as_ref().expect("a bank on PostgreSQL")
    }

    /// Kills the process with that number by SIGKILL, and starts it again at the same addresses.
    pub(crate) fn kill_and_restart(&mut self, number: usize) {
        let number = number % self.instances.len();
        let instance = &mut self.instances[number];
        instance.process.kill().expect("the bank runs");
        instance.process.wait().expect("the bank ends");
        let (process, _) = self.serve(Some(self.instances[number].site));
        self.instances[number].process = process;
    }

    /// Stops the process with that number without ending it, or lets it go on.
    pub(crate) fn pause(&self, number: usize, paused: bool) {
        let process = Pid::from_child(&self.instances[number % self.instances.len()].process);
        kill_process(process, if paused { Signal::STOP } else { Signal::CONT }).expect("the bank runs");
    }

    /// Sets the clock of the bank and of its visitors ahead of this machine's clock.
    pub(crate) fn set_clock_ahead(&self, seconds: u32) {
        self.set_clock.as_ref().expect("a clock that can be set").put_ahead(seconds);
        self.clock.put_ahead(seconds);
    }

    /// Returns the seconds since 1970 by the bank's clock.
    pub(crate) fn seconds(&self) -> i64 {
        self.clock.seconds()
    }

    /// Returns a visitor of the bank.
    pub(crate) fn visitor(&self) -> Visitor {
        let ca = workspace().join(self.announcement["ca"].as_str().expect("a CA"));
        Visitor::trusting(&ca, Arc::clone(&self.clock))
    }

    /// Returns a command of the bank's program on the bank's data.
    pub(crate) fn console(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program("inkan-bank"));
        // The console sees the bank's clock. The disk that fills up is the bank's alone.
        let clock = self.set_clock.as_ref().map(Clock::environment).unwrap_or_default();
        command.envs(clock).arg("branch").args(&self.storage).args(arguments);
        command
    }

    /// Returns a secret of a sample user.
    pub(crate) fn secret(&self, user: &str, name: &str) -> &str {
        let users = self.announcement["demo"]["users"].as_array().expect("sample users");
        let user = users.iter().find(|one| one["id"] == user).expect("a sample user");
        user[name].as_str().expect("a secret")
    }

    /// Returns the resident memory of each process in KiB: now, at most so far, and now without the pages of files.
    pub(crate) fn memory(&self) -> Vec<[u64; 3]> {
        let memory = |instance: &Instance| {
            let status = fs::read_to_string(format!("/proc/{}/status", instance.process.id())).expect("a process");
            let of = |name: &str| {
                let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
                line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
            };
            [of("VmRSS:"), of("VmHWM:"), of("RssAnon:")]
        };
        self.instances.iter().map(memory).collect()
    }

    /// Checks that every process runs, that the audit log is whole, and that the bank's own log has no fault.
    pub(crate) fn verdict(&mut self) -> Outcome {
        let mut outcome = Outcome::default();
        for instance in &mut self.instances {
            let ended = instance.process.try_wait().expect("a process of ours");
            outcome.check(ended.is_none(), || format!("a process of the bank has ended: {ended:?}"));
        }
        outcome.take(self.audit());
        let log = fs::read_to_string(self.log()).expect("a log");
        for line in log.lines().filter(|line| line.contains("bank_fault") || line.contains("panicked")) {
            outcome.fault(format!("the bank's log: {}", after_the_reference(line)));
        }
        outcome.tried = format!("every process runs; the audit log is whole; {} lines of the log", log.lines().count());
        outcome
    }

    /// Verifies the audit log.
    pub(crate) fn audit(&self) -> Outcome {
        let mut outcome = Outcome::default();
        let Output { status, stderr, .. } = self.console(&["audit", "verify"]).output().expect("inkan-bank runs");
        outcome.check(status.success(), || format!("the audit log: {}", String::from_utf8_lossy(&stderr).trim()));
        outcome
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("bank.log")
    }
}

impl Drop for AttackedBank {
    fn drop(&mut self) {
        for instance in &mut self.instances {
            // A process that has ended already is as good.
            let _ = instance.process.kill();
            let _ = instance.process.wait();
        }
        if let Some(folder) = std::env::var_os("INKAN_CAMPAIGN_LOGS") {
            let kept = PathBuf::from(folder).join(format!("{}-{}.log", self.name, std::process::id()));
            // The log is for a person who looks for the cause of a fault.
            let _ = fs::copy(self.log(), kept);
        }
    }
}

/// Returns the part of a line of the log that is the same each time a fault occurs.
fn after_the_reference(line: &str) -> &str {
    line.find("code=").map_or(line, |at| &line[at..])
}

fn socket(address: &str) -> SocketAddr {
    let port = address.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
    ([127, 0, 0, 1], port.expect("a port")).into()
}

/// Raises the number of files that this process may have open to the system's limit.
pub(crate) fn allow_many_open_files() {
    let mut limits = getrlimit(Resource::Nofile);
    limits.current = limits.maximum;
    setrlimit(Resource::Nofile, limits).expect("the limit may be raised up to its maximum");
}
