//! All SQL, and nothing but SQL. The callers decide what a change means, inside one transaction each.
//!
//! SQLite and PostgreSQL run the same text. What differs is in this file and in the words of the migrations.

pub(crate) mod audit;
pub(crate) mod certificates;
mod change;
mod columns;
pub(crate) mod companies;
pub(crate) mod contract;
pub(crate) mod crls;
mod engine;
pub(crate) mod enrolment_codes;
mod group;
pub(crate) mod issues;
pub(crate) mod logins;
mod migrations;
pub(crate) mod notices;
pub(crate) mod operations;
pub(crate) mod own_keys;
mod patience;
pub(crate) mod profile_use;
pub(crate) mod renewals;
pub(crate) mod revocations;
pub(crate) mod sessions;
pub(crate) mod statistics;
pub(crate) mod tokens;
pub(crate) mod transactions;
pub(crate) mod unknown_ids;
pub(crate) mod user_settings;
pub(crate) mod users;
mod write_check;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sqlx::any::{Any, AnyConnectOptions, AnyPoolOptions, install_default_drivers};
use sqlx::pool::PoolConnection;
use sqlx::{AnyConnection, AnyPool, Connection as _, Executor};
use url::Url;

pub(crate) use change::Change;
use engine::Engine;
pub(crate) use group::TooManyWait;
use group::Writer;
use patience::PATIENCE;

/// A connection or a transaction, on which queries run.
pub(crate) type Connection = AnyConnection;

/// The most connections of one instance.
const CONNECTIONS: u32 = 8;

/// How long an idle connection counts as working without a check. After a restart of the database, requests of this
/// time may fail.
const CHECKED: Duration = Duration::from_secs(1);

/// The settings of a connection to SQLite. A change that was answered must survive a power cut, which WAL alone does
/// not ensure. The pages to which a savepoint goes back stay in memory.
const SQLITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                      PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000";

/// The settings of a connection to PostgreSQL. An instance that was cut off in a transaction must not block the others
/// for long.
///
/// A change waits for the lock of writing before it reads. Under another isolation it would read what was there before
/// the wait, and fail.
const POSTGRES: &str = "SET lock_timeout = '8s'; SET statement_timeout = '10s'; \
                        SET default_transaction_isolation = 'read committed'; \
                        SET idle_in_transaction_session_timeout = '10s'";

/// The lock that allows one writing transaction at a time, over all instances. The number is "inkan" in ASCII.
const WRITE: &str = "SELECT pg_advisory_xact_lock(453589623150)";

/// The bank's database.
#[derive(Debug, Clone)]
pub(crate) struct Database {
    pool: AnyPool,
    engine: Engine,
    writer: Writer,
    /// When a change was last written by [`Database::check_write`].
    written: Arc<Mutex<Option<Instant>>>,
}

impl Database {
    /// Opens the SQLite database in `file`. Makes the file and its tables if they are missing.
    pub(crate) async fn open(file: &Path) -> Result<Self, sqlx::Error> {
        let name = file.to_str().ok_or_else(|| sqlx::Error::Configuration("a path that is not UTF-8".into()))?;
        let address = format!("sqlite:{}?mode=rwc", percent_encoded(name));
        Self::ready(Engine::Sqlite, address.parse()?).await
    }

    /// Opens the PostgreSQL database at `address`. Makes its tables if they are missing.
    pub(crate) async fn connect(address: &Url) -> Result<Self, sqlx::Error> {
        if !matches!(address.scheme(), "postgres" | "postgresql") {
            return Err(sqlx::Error::Configuration("a database is postgres://…".into()));
        }
        Self::ready(Engine::Postgres, address.as_str().parse()?).await
    }

    async fn ready(engine: Engine, options: AnyConnectOptions) -> Result<Self, sqlx::Error> {
        install_default_drivers();
        let settings = match engine {
            Engine::Sqlite => SQLITE,
            Engine::Postgres => POSTGRES,
        };
        // Apart from the pool: it says why it cannot connect, and a migration may take its time.
        let connecting = tokio::time::timeout(PATIENCE, AnyConnection::connect_with(&options));
        let mut first = connecting.await.map_err(|_| sqlx::Error::PoolTimedOut)??;
        migrations::of(engine).run(&mut first).await?;
        first.close().await?;
        let pool = AnyPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            // The pool checks a connection when it comes back. One that was used a moment ago needs no second check.
            .test_before_acquire(false)
            .before_acquire(|connection, state| {
                Box::pin(async move {
                    if state.idle_for >= CHECKED {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    connection.execute(settings).await?;
                    Ok(())
                })
            })
            .connect_lazy_with(options);
        Ok(Self { pool, engine, writer: Writer::default(), written: Arc::default() })
    }

    /// Returns a connection for reading.
    pub(crate) async fn read(&self) -> Result<PoolConnection<Any>, sqlx::Error> {
        self.pool.acquire().await
    }

    /// Returns a transaction that writes. All instances together have one at a time. Without `commit` it changes
    /// nothing.
    ///
    /// What the transaction reads does not change until it ends, so a decision that is made inside it stays valid.
    ///
    /// # Errors
    /// [`sqlx::Error::PoolTimedOut`] at once if too many changes wait.
    pub(crate) async fn write(&self) -> Result<Change, sqlx::Error> {
        let begin: &[&str] = match self.engine {
            // The one write lock at once: a transaction that read first and then wanted it could only fail.
            Engine::Sqlite => &["BEGIN IMMEDIATE"],
            Engine::Postgres => &["BEGIN", WRITE],
        };
        Change::begin(&self.writer, &self.pool, begin).await
    }

    /// Closes the connections after the running queries, and waits at most [`PATIENCE`] for that.
    pub(crate) async fn close(&self) {
        if tokio::time::timeout(PATIENCE, self.pool.close()).await.is_err() {
            tracing::warn!("closing the database timed out");
        }
    }
}

/// Percent-encodes each byte that has a special meaning in a URL.
fn percent_encoded(path: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    path.bytes().map(encode).collect()
}
