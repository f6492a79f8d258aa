//! A PostgreSQL server whose processes can be paused.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use inkan_journeys::children;
use rustix::process::{Pid, Signal, kill_process};

/// A script that makes a server in its own directory, serves it on a socket, and removes it when standard input ends. So
/// the server ends with this program, however this program ends. PostgreSQL refuses to run as root.
const SERVE: &str = r#"
set -eu
home=$(mktemp -d)
as=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$home"
    as="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi
cd "$home"
trap 'kill -CONT $! 2>/dev/null || true; kill -INT $! 2>/dev/null || true; wait $! || true; rm -rf "$home"' EXIT
$as "$1/initdb" --pgdata data --username inkan --auth trust --encoding UTF8 --no-locale --no-sync >/dev/null
$as "$1/postgres" -D data -k "$home" -c listen_addresses= -c max_connections=400 -c log_min_messages=panic \
    >/dev/null 2>&1 &
until "$1/pg_isready" -q -h "$home"; do kill -0 $!; done
"$1/createdb" -h "$home" -U inkan bank
echo "$home"
cat >/dev/null
"#;

/// A server with one database.
#[derive(Debug)]
pub(crate) struct Cluster {
    home: PathBuf,
    server: u32,
    shell: Child,
    orders: Option<ChildStdin>,
}

impl Cluster {
    /// Starts a server; none if PostgreSQL is not installed.
    ///
    /// # Panics
    /// Panics if PostgreSQL is installed and the server does not start.
    pub(crate) fn start() -> Option<Self> {
        let mut shell = Command::new("sh")
            .args(["-c", SERVE, "cluster"])
            .arg(programs()?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("sh starts");
        let mut home = String::new();
        let output = shell.stdout.take().expect("standard output is piped");
        BufReader::new(output).read_line(&mut home).expect("the server starts");
        let home = PathBuf::from(home.trim_end());
        let number = std::fs::read_to_string(home.join("data/postmaster.pid")).expect("the server runs");
        let server = number.lines().next().and_then(|line| line.parse().ok()).expect("a process");
        let orders = shell.stdin.take();
        Some(Self { home, server, shell, orders })
    }

    /// Returns the address of the database.
    pub(crate) fn address(&self) -> String {
        format!("postgres://inkan@localhost/bank?host={}", self.home.display())
    }

    /// Stops every process of the server without ending it, as a disk that does not answer does.
    pub(crate) fn pause(&self) {
        // The parent first, so that it starts no other process.
        self.signal(self.server, Signal::STOP);
        children(self.server).into_iter().for_each(|process| self.signal(process, Signal::STOP));
    }

    /// Lets the processes go on.
    pub(crate) fn go_on(&self) {
        children(self.server).into_iter().for_each(|process| self.signal(process, Signal::CONT));
        self.signal(self.server, Signal::CONT);
    }

    fn signal(&self, process: u32, signal: Signal) {
        let process = i32::try_from(process).ok().and_then(Pid::from_raw).expect("a process");
        // A process that has ended meanwhile needs no signal.
        let _ = kill_process(process, signal);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.go_on();
        drop(self.orders.take());
        let _ = self.shell.wait();
    }
}

/// Returns the directory of the server's programs. Debian has one directory for each version.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut programs: Vec<_> =
        versions.map(|entry| entry.path().join("bin")).filter(|folder| complete(folder)).collect();
    programs.sort();
    programs.pop().or_else(|| Some(PathBuf::from("/usr/bin")).filter(|folder| complete(folder)))
}

fn complete(folder: &Path) -> bool {
    folder.join("initdb").is_file() && folder.join("postgres").is_file()
}
