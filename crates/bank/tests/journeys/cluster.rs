//! Starts a PostgreSQL cluster for this run of the tests, with a database for each test.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, Mutex};

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

/// A script that makes a cluster in its own directory, serves it on a socket, and removes it when standard input ends.
/// So the cluster ends with this program, however this program ends. Each input line stops or starts the cluster.
/// PostgreSQL refuses to run as root.
const SERVE: &str = r#"
set -eu
home=$(mktemp -d)
as=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$home"
    as="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi
cd "$home"
start() {
    $as "$1/postgres" -D data -k "$home" -c listen_addresses= -c max_connections=400 -c fsync=off \
        -c synchronous_commit=off -c full_page_writes=off -c log_min_messages=panic >&2 &
    until "$1/pg_isready" -q -h "$home"; do kill -0 $!; done
}
stop() {
    kill -INT $! 2>/dev/null || true
    wait $! || true
}
trap 'stop; rm -rf "$home"' EXIT
$as "$1/initdb" --pgdata data --username inkan --auth trust --encoding UTF8 --no-locale --no-sync >&2
start "$1"
echo "$home"
while read -r order; do
    "$order" "$1"
    echo done
done
"#;

/// Returns whether the tests' banks store their data in PostgreSQL.
pub(crate) fn is_chosen() -> bool {
    std::env::var("INKAN_BANK_TESTS_DATABASE").is_ok_and(|engine| engine == "postgres")
}

/// A PostgreSQL cluster that is running.
pub(crate) struct Cluster {
    home: PathBuf,
    made: AtomicU32,
    shell: Mutex<Shell>,
}

/// The shell that runs the server. The server ends when the shell ends.
struct Shell {
    orders: ChildStdin,
    said: BufReader<ChildStdout>,
    _process: Child,
}

impl Shell {
    fn order(&mut self, order: &str) {
        writeln!(self.orders, "{order}").unwrap();
        assert_eq!(line(&mut self.said), "done");
    }
}

static SHARED: LazyLock<Cluster> = LazyLock::new(Cluster::start);

/// A database that is dropped when the value is dropped.
pub(crate) struct TestDatabase {
    cluster: &'static Cluster,
    name: String,
}

impl Cluster {
    /// Starts a new cluster, for a test that stops or breaks it. Other tests share one cluster.
    pub(crate) fn start() -> Self {
        let mut shell = Command::new("sh")
            .args(["-c", SERVE, "cluster"])
            .arg(programs())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(shell.stdout.take().unwrap());
        let home = PathBuf::from(line(&mut said));
        let orders = shell.stdin.take().unwrap();
        Self { home, made: AtomicU32::new(0), shell: Mutex::new(Shell { orders, said, _process: shell }) }
    }

    fn address(&self, database: &str) -> String {
        format!("postgres://inkan@localhost/{database}?host={}", self.home.display())
    }

    async fn order(&self, sql: String) {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(&self.address("postgres")).await.unwrap();
        connection.execute(AssertSqlSafe(sql)).await.unwrap();
        connection.close().await.unwrap();
    }

    /// Stops the server, which interrupts running queries.
    pub(crate) fn stop(&self) {
        self.shell.lock().unwrap().order("stop");
    }

    /// Starts the stopped server.
    pub(crate) fn go_on(&self) {
        self.shell.lock().unwrap().order("start");
    }

    /// Makes a new database in this cluster.
    pub(crate) async fn database(&'static self) -> TestDatabase {
        let name = format!("bank{}", self.made.fetch_add(1, Ordering::Relaxed));
        self.order(format!("CREATE DATABASE {name}")).await;
        TestDatabase { cluster: self, name }
    }
}

impl TestDatabase {
    /// Makes a new database in the cluster that the tests share.
    pub(crate) async fn make() -> Self {
        SHARED.database().await
    }

    pub(crate) fn address(&self) -> String {
        self.cluster.address(&self.name)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (cluster, sql) = (self.cluster, format!("DROP DATABASE {} WITH (FORCE)", self.name));
        // On a thread of its own: the test's runtime cannot wait within itself.
        let dropping = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(cluster.order(sql));
        });
        dropping.join().ok();
    }
}

fn line(said: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(!line.is_empty(), "no PostgreSQL cluster: is the package postgresql there?");
    line.trim_end().to_owned()
}

/// Returns the directory of the server's programs. Debian has one directory for each version.
fn programs() -> PathBuf {
    let mut versions: Vec<_> = std::fs::read_dir("/usr/lib/postgresql")
        .expect("the package postgresql")
        .map(|entry| entry.unwrap().path().join("bin"))
        .filter(|programs| programs.join("initdb").is_file())
        .collect();
    versions.sort();
    versions.pop().unwrap_or_else(|| Path::new("/usr/bin").to_owned())
}
