use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use rustls::ClientConfig;
use serde_json::Value;
use tempfile::TempDir;

use crate::certificates::{Identity, tls};
use crate::client::Client;
use crate::fault::Fault;
use crate::people::People;
use crate::postgres::SharedDatabase;

/// A database for a bank.
#[derive(Debug, Clone)]
pub(crate) enum Storage {
    /// SQLite, in the bank's own directory.
    Sqlite,
    /// A database of a PostgreSQL cluster, which other instances may share.
    Postgres(Arc<SharedDatabase>),
}

impl Storage {
    /// Returns the name of the database's program.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// A running instance of the bank. It is killed when the value is dropped.
pub(crate) struct Bank {
    process: Child,
    /// The bank's standard output, which stays open.
    _output: BufReader<ChildStdout>,
    announcement: Value,
    storage: Storage,
    data: Arc<TempDir>,
}

impl Bank {
    /// Starts a bank with the sample users of `okmate`.
    pub(crate) fn start(storage: Storage) -> Result<Self, Fault> {
        Self::start_in(storage, Arc::new(tempfile::tempdir()?))
    }

    /// Starts another instance on the same PostgreSQL database.
    pub(crate) fn beside(&self) -> Result<Self, Fault> {
        Self::start_in(self.storage.clone(), Arc::clone(&self.data))
    }

    fn start_in(storage: Storage, data: Arc<TempDir>) -> Result<Self, Fault> {
        let program = std::env::current_exe()?.with_file_name("inkan-bank");
        let profile = Path::new(env!("CARGO_MANIFEST_DIR")).join("../profiles/okmate.toml");
        let mut command = Command::new(&program);
        command.args(["serve", "--certificates-per-hour", "1000000"]).arg("--profile").arg(profile).args([
            "--plain",
            "127.0.0.1:0",
            "--demo",
        ]);
        // Every connection comes from this machine: the limits of one address are not what is measured.
        command.args(["--connections", "9000", "--connections-per-address", "9000"]);
        match &storage {
            Storage::Sqlite => command.arg("--data").arg(data.path()),
            Storage::Postgres(database) => {
                let key_file = data.path().join("database.key");
                command.arg("--database").arg(database.address()).arg("--key-file").arg(key_file)
            }
        };
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let mut output = BufReader::new(process.stdout.take().ok_or("no output")?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let announcement = serde_json::from_str(&line).map_err(|_| "the bank did not start")?;
        Ok(Self { process, _output: output, announcement, storage, data })
    }

    /// Returns the processes that work for the bank: the bank, and the cluster of its database.
    pub(crate) fn processes(&self) -> Vec<u32> {
        let mut processes = vec![self.process()];
        if let Storage::Postgres(database) = &self.storage {
            processes.push(database.process());
        }
        processes
    }

    /// Returns the number of the bank's own process.
    pub(crate) fn process(&self) -> u32 {
        self.process.id()
    }

    /// Returns the directory of SQLite and the CA.
    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }

    /// Returns the file of the CA's certificate.
    pub(crate) fn ca(&self) -> Result<PathBuf, Fault> {
        Ok(self.text("ca")?.into())
    }

    /// Returns the users of the database, to add to them.
    pub(crate) async fn people(&self) -> Result<People, Fault> {
        match &self.storage {
            Storage::Sqlite => People::in_sqlite(&self.data.path().join("bank.sqlite")).await,
            Storage::Postgres(database) => People::in_postgres(&database.address()).await,
        }
    }

    /// Returns a client of the portal.
    pub(crate) fn portal(&self) -> Result<Client, Fault> {
        Client::new(self.text("portal")?, self.tls(None)?)
    }

    /// Returns a client of the certificate login.
    pub(crate) fn certificate_login(&self, identity: &Identity) -> Result<Client, Fault> {
        Client::new(self.text("certificate_login")?, self.tls(Some(identity))?)
    }

    fn tls(&self, identity: Option<&Identity>) -> Result<Arc<ClientConfig>, Fault> {
        tls(&self.ca()?, identity)
    }

    fn text(&self, name: &str) -> Result<&str, Fault> {
        Ok(self.announcement[name].as_str().ok_or("the bank announced less than expected")?)
    }
}

impl Drop for Bank {
    fn drop(&mut self) {
        // A bank that has ended by itself is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
