use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use crate::fault::Fault;

/// A script that makes a cluster in its own directory, serves it on a socket, and removes it when standard input ends.
/// It prints the directory and the number of the server's process. The settings are PostgreSQL's own, so a commit is
/// on the disk when it is answered. PostgreSQL refuses to run as root.
const SERVE: &str = r#"
set -eu
home=$(mktemp -d)
as=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$home"
    as="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi
cd "$home"
trap 'kill -INT $! 2>/dev/null || true; wait $! || true; rm -rf "$home"' EXIT
$as "$1/initdb" --pgdata data --username inkan --auth trust --encoding UTF8 --no-locale --no-sync >/dev/null
$as "$1/postgres" -D data -k "$home" -c listen_addresses= -c max_connections=200 -c log_min_messages=panic >/dev/null &
until "$1/pg_isready" -q -h "$home"; do kill -0 $!; done
echo "$home $!"
read -r end || true
"#;

/// A running PostgreSQL cluster. It ends when the value is dropped.
#[derive(Debug)]
pub(crate) struct Cluster {
    home: PathBuf,
    /// The server's process.
    process: u32,
    made: AtomicU32,
    shell: Child,
}

/// A database of a cluster.
#[derive(Debug)]
pub(crate) struct SharedDatabase {
    cluster: Arc<Cluster>,
    name: String,
}

impl Cluster {
    /// Starts a new cluster.
    pub(crate) fn start() -> Result<Arc<Self>, Fault> {
        sqlx::any::install_default_drivers();
        let mut command = Command::new("sh");
        command.args(["-c", SERVE, "cluster"]).arg(programs()?).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut shell = command.spawn()?;
        let mut line = String::new();
        BufReader::new(shell.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let (home, process) = line.trim_end().rsplit_once(' ').ok_or("PostgreSQL did not start")?;
        Ok(Arc::new(Self { home: home.into(), process: process.parse()?, made: AtomicU32::new(0), shell }))
    }

    /// Makes a database.
    pub(crate) async fn database(self: &Arc<Self>) -> Result<Arc<SharedDatabase>, Fault> {
        let name = format!("bank{}", self.made.fetch_add(1, Ordering::Relaxed));
        let mut connection = AnyConnection::connect(&self.address("postgres")).await?;
        connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
        connection.close().await?;
        Ok(Arc::new(SharedDatabase { cluster: Arc::clone(self), name }))
    }

    fn address(&self, database: &str) -> String {
        format!("postgres://inkan@localhost/{database}?host={}", self.home.display())
    }
}

impl SharedDatabase {
    /// Returns the address of the database.
    pub(crate) fn address(&self) -> String {
        self.cluster.address(&self.name)
    }

    /// Returns the process of the server.
    pub(crate) fn process(&self) -> u32 {
        self.cluster.process
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Its end is the order to remove the cluster.
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

/// Returns the directory of the server's programs. Debian has one directory for each version.
fn programs() -> Result<PathBuf, Fault> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").map_err(|_| "the package postgresql is missing")?;
    let programs = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    let mut found: Vec<_> = programs.filter(|programs| programs.join("initdb").is_file()).collect();
    found.sort();
    Ok(found.pop().unwrap_or_else(|| Path::new("/usr/bin").to_owned()))
}
