//! All SQL, and nothing but SQL: what a change means is decided by the callers, inside one transaction each.
//!
//! SQLite and PostgreSQL run the same text; what is one's own stands in this file and in the migrations' words.

pub(crate) mod audit;
pub(crate) mod certificates;
mod columns;
pub(crate) mod companies;
pub(crate) mod contract;
pub(crate) mod crls;
pub(crate) mod enrolment_codes;
pub(crate) mod issues;
pub(crate) mod logins;
mod migrations;
pub(crate) mod notices;
pub(crate) mod operations;
pub(crate) mod own_keys;
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

use std::path::Path;
use std::time::Duration;

use sqlx::any::{Any, AnyConnectOptions, AnyPoolOptions, install_default_drivers};
use sqlx::pool::PoolConnection;
use sqlx::{AnyConnection, AnyPool, Connection as _, Executor, Transaction};
use url::Url;

/// What every query runs on: a connection, or a transaction upon one.
pub(crate) type Connection = AnyConnection;

/// How long to wait for a connection: a database that is stopped answers nobody, and nobody waits for it longer.
const PATIENCE: Duration = Duration::from_secs(8);

/// How many connections of one instance.
const CONNECTIONS: u32 = 8;

/// What a connection to SQLite is set to. An answered act must outlive a power cut: WAL alone does not promise that.
const SQLITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON";

/// What a connection to PostgreSQL is set to: an instance that was cut off in the middle of a transaction must not keep
/// the others waiting.
const POSTGRES: &str = "SET lock_timeout = '8s'; SET statement_timeout = '10s'; \
                        SET idle_in_transaction_session_timeout = '10s'";

/// Held by the one transaction of all instances that writes: "inkan" in ASCII.
const WRITE: &str = "SELECT pg_advisory_xact_lock(453589623150)";

/// Which database runs the queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// The bank's memory.
#[derive(Debug, Clone)]
pub(crate) struct Database {
    pool: AnyPool,
    engine: Engine,
}

impl Database {
    /// Opens the SQLite database of that file, making it and its tables where they are missing.
    pub(crate) async fn open(file: &Path) -> Result<Self, sqlx::Error> {
        let name = file.to_str().ok_or_else(|| sqlx::Error::Configuration("a path that is not UTF-8".into()))?;
        let address = format!("sqlite:{}?mode=rwc", percent_encoded(name));
        Self::ready(Engine::Sqlite, address.parse()?).await
    }

    /// Opens the PostgreSQL database of that address, making its tables where they are missing.
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
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    connection.execute(settings).await?;
                    Ok(())
                })
            })
            .connect_lazy_with(options);
        Ok(Self { pool, engine })
    }

    /// A connection to read by.
    pub(crate) async fn read(&self) -> Result<PoolConnection<Any>, sqlx::Error> {
        self.pool.acquire().await
    }

    /// A transaction that writes, the only one at a time in all instances; without `commit` it leaves no trace.
    ///
    /// What it reads stays as it is until it ends, as far as others write by this too: it may decide by it.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self.engine {
            // The one write lock at once: a transaction that read first and then wanted it could only fail.
            Engine::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Engine::Postgres => {
                let mut change = self.pool.begin().await?;
                change.execute(WRITE).await?;
                Ok(change)
            }
        }
    }

    /// Waits for the running queries, unless the database is stopped, and closes the connections.
    pub(crate) async fn close(&self) {
        if tokio::time::timeout(PATIENCE, self.pool.close()).await.is_err() {
            tracing::warn!("the database did not answer the farewell");
        }
    }
}

/// Every byte that a URL could take for something else.
fn percent_encoded(path: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    path.bytes().map(encode).collect()
}
