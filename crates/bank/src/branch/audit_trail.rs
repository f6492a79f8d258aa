use std::io::{BufRead, Write};

use serde_json::value::RawValue;
use thiserror::Error;
use time::OffsetDateTime;

use crate::audit::chain::{AuditFault, AuditHead, Chain};
use crate::audit::record::{Record, instant};
use crate::database::{Database, audit};
use crate::server::storage::{OpenStorageError, Storage};

/// The number of records read at a time.
const PAGE: u32 = 512;

/// The audit log of a bank, to verify and to export. Works beside a running bank on the same data.
#[derive(Debug)]
pub struct AuditTrail {
    database: Database,
}

/// Why an audit log was not verified or exported.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AuditError {
    /// The log was changed.
    #[error("the audit log is broken: {0}")]
    Broken(#[from] AuditFault),
    /// A line of a file is not a record.
    #[error("line {line} is not a record of an audit log: {cause}")]
    Unreadable {
        /// The number of the line, from 1.
        line: u64,
        /// Why the line cannot be read.
        #[source]
        cause: serde_json::Error,
    },
    /// A record in the database cannot be read.
    #[error("record {0} cannot be read")]
    Damaged(u64),
    /// The file cannot be read, or the export cannot be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The data cannot be opened.
    #[error(transparent)]
    Storage(#[from] OpenStorageError),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

impl AuditTrail {
    /// Opens the audit log of the bank in `storage`.
    ///
    /// # Errors
    /// There is no such data, or the database cannot be opened.
    pub async fn open(storage: impl Into<Storage>) -> Result<Self, AuditError> {
        Ok(Self { database: storage.into().open_existing().await? })
    }

    /// Verifies every record from the first to the last, and verifies that a head noted earlier is among them.
    ///
    /// # Errors
    /// [`AuditError::Broken`] with the first number that is wrong.
    pub async fn verify(&self, noted: Option<&str>) -> Result<AuditHead, AuditError> {
        let mut chain = Chain::whole(noted);
        self.each(1, |record| Ok(chain.follow(&record)?)).await?;
        Ok(chain.end()?)
    }

    /// Writes every record from that number on, as one line of JSON each, and verifies each.
    ///
    /// # Errors
    /// [`AuditError::Broken`] if the log was changed; the records before that are written.
    pub async fn export(&self, from: u64, out: &mut impl Write) -> Result<AuditHead, AuditError> {
        let mut chain = if from > 1 { Chain::part(None) } else { Chain::whole(None) };
        self.each(from, |record| {
            chain.follow(&record)?;
            serde_json::to_writer(&mut *out, &record).map_err(std::io::Error::from)?;
            Ok(out.write_all(b"\n")?)
        })
        .await?;
        out.flush()?;
        Ok(chain.end()?)
    }

    async fn each(&self, from: u64, mut take: impl FnMut(Record) -> Result<(), AuditError>) -> Result<(), AuditError> {
        let mut next = from;
        loop {
            let rows = audit::page(&mut *self.database.read().await?, next, PAGE).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            next = last.sequence + 1;
            for row in rows {
                take(told(row)?)?;
            }
        }
    }
}

/// Verifies an exported log, which may begin with any record, and verifies that a head noted earlier is in it.
///
/// # Errors
/// [`AuditError::Broken`] with the first number that is wrong; [`AuditError::Unreadable`].
pub fn verify_file(file: impl BufRead, noted: Option<&str>) -> Result<AuditHead, AuditError> {
    let mut chain = Chain::part(noted);
    for (line, text) in (1..).zip(file.lines()) {
        let record: Record = serde_json::from_str(&text?).map_err(|cause| AuditError::Unreadable { line, cause })?;
        chain.follow(&record)?;
    }
    Ok(chain.end()?)
}

fn told(row: audit::Row) -> Result<Record, AuditError> {
    let damaged = || AuditError::Damaged(row.sequence);
    let at = OffsetDateTime::from_unix_timestamp(row.at).ok().and_then(|at| instant(at).ok()).ok_or_else(damaged)?;
    Ok(Record {
        sequence: row.sequence,
        at,
        event: RawValue::from_string(row.event.clone()).map_err(|_| damaged())?,
        previous: row.previous,
        hash: row.hash,
    })
}
