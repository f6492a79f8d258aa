//! All SQL, and nothing but SQL: what a change means is decided by the callers, inside one transaction each.
//!
//! Placeholders and types are those that PostgreSQL shares; what is SQLite's own stands in this file.

pub(crate) mod audit;
pub(crate) mod certificates;
mod columns;
pub(crate) mod companies;
pub(crate) mod contract;
pub(crate) mod crls;
pub(crate) mod enrolment_codes;
pub(crate) mod issues;
pub(crate) mod logins;
pub(crate) mod notices;
pub(crate) mod operations;
pub(crate) mod renewals;
pub(crate) mod revocations;
pub(crate) mod sessions;
pub(crate) mod tokens;
pub(crate) mod transactions;
pub(crate) mod user_settings;
pub(crate) mod users;

use std::path::Path;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};

/// What every query runs on: a connection, or a transaction upon one.
pub(crate) type Connection = SqliteConnection;

/// The bank's memory.
#[derive(Debug, Clone)]
pub(crate) struct Database {
    pool: SqlitePool,
}

impl Database {
    /// Opens the database of that file, making it and its tables where they are missing.
    pub(crate) async fn open(file: &Path) -> Result<Self, sqlx::Error> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An answered act must outlive a power cut: WAL alone does not promise that.
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
        sqlx::migrate!("./migrations").run(&pool).await?;
        Ok(Self { pool })
    }

    /// A connection to read by.
    pub(crate) async fn read(&self) -> Result<PoolConnection<Sqlite>, sqlx::Error> {
        self.pool.acquire().await
    }

    /// A transaction that writes; without `commit` it leaves no trace.
    ///
    /// Takes SQLite's one write lock at once: a transaction that read first and then wanted it could only fail.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.pool.begin_with("BEGIN IMMEDIATE").await
    }

    /// Waits for the running queries and closes the file.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}
