use std::io::{BufRead, Write};
use std::path::Path;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::value::RawValue;
use thiserror::Error;
use time::OffsetDateTime;

use crate::audit::chain::{AuditFault, AuditHead, Chain};
use crate::audit::record::{Record, instant};
use crate::audit::signed_head::{SignedHeads, read_heads};
use crate::database::{Database, audit};
use crate::server::storage::{OpenStorageError, Storage};

/// The number of records read at a time.
const PAGE: u32 = 512;

/// The audit log of a bank, to verify and to export. Works beside a running bank on the same data.
#[derive(Debug)]
pub struct AuditTrail {
    database: Database,
    signed: SignedHeads,
}

/// Whether a log without any signed head is verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithoutHeads {
    /// The bank has signed heads, so their file was deleted or emptied.
    Refused,
    /// The bank has never signed a head.
    Accepted,
}

/// Why an audit log was not verified or exported.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AuditError {
    /// The log was changed.
    #[error("the audit log is broken: {0}")]
    Broken(#[from] AuditFault),
    /// There is no signed head, so nobody can see whether the log was cut off or written again.
    #[error(
        "no signed head was found: the bank signs one at each start, so the file of the heads was deleted or emptied, and \
         a log that was cut off or written anew is not recognised. Verify an export with the heads of the bank's own log \
         (--file, --heads, --ca), or say that the bank never signed a head (--without-heads)"
    )]
    NoSignedHead,
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
    /// The data is missing; the database cannot be opened; [`AuditFault::UnsignedHead`].
    pub async fn open(storage: impl Into<Storage>) -> Result<Self, AuditError> {
        let storage = storage.into();
        let database = storage.open_existing().await?;
        let signed = match storage.ca_certificate(&database).await? {
            Some(ca_certificate) => signed_heads(&storage.audit_heads(&ca_certificate), &ca_certificate)?,
            None => SignedHeads::new(),
        };
        Ok(Self { database, signed })
    }

    /// Verifies every record from the first to the last, and verifies that the heads that the bank signed and a head
    /// noted earlier are among them.
    ///
    /// # Errors
    /// [`AuditError::Broken`] with the first number that is wrong; [`AuditError::NoSignedHead`].
    pub async fn verify(&self, noted: Option<&str>, without_heads: WithoutHeads) -> Result<AuditHead, AuditError> {
        let mut chain = Chain::whole(noted).with_signed(self.signed.clone());
        self.each(1, |record| Ok(chain.follow(&record)?)).await?;
        let head = chain.end()?;
        match without_heads {
            WithoutHeads::Refused if self.signed.is_empty() => Err(AuditError::NoSignedHead),
            _ => Ok(head),
        }
    }

    /// Writes every record from that number on, as one line of JSON each, and verifies each.
    ///
    /// # Errors
    /// [`AuditError::Broken`] if the log was changed; the records before that are written.
    pub async fn export(&self, from: u64, out: &mut impl Write) -> Result<AuditHead, AuditError> {
        let chain = if from > 1 { Chain::part(None) } else { Chain::whole(None) };
        let mut chain = chain.with_signed(self.signed.clone());
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
        if let Some(number) = audit::foreign(&mut *self.database.read().await?).await? {
            return Err(AuditFault::Foreign(number).into());
        }
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

/// The files with which heads of a log are verified.
#[derive(Debug, Clone, Copy)]
pub struct SignedHeadFiles<'a> {
    /// The heads, as the bank wrote or logged them: one line of JSON each.
    pub heads: &'a Path,
    /// The certificate of the bank's CA in PEM.
    pub ca: &'a Path,
}

/// Verifies an exported log, which may begin with any record, and verifies that a head noted earlier is in it.
///
/// # Errors
/// [`AuditError::Broken`] with the first number that is wrong; [`AuditError::Unreadable`]; [`AuditError::NoSignedHead`] if
/// the file of the heads has none.
pub fn verify_file(
    file: impl BufRead,
    noted: Option<&str>,
    heads: Option<SignedHeadFiles<'_>>,
) -> Result<AuditHead, AuditError> {
    let signed = match heads {
        Some(SignedHeadFiles { heads, ca }) => {
            let pem = CertificateDer::from_pem_file(ca).map_err(|error| std::io::Error::other(error.to_string()))?;
            signed_heads(heads, &pem)?
        }
        None => SignedHeads::new(),
    };
    if heads.is_some() && signed.is_empty() {
        return Err(AuditError::NoSignedHead);
    }
    let mut chain = Chain::part(noted).with_signed(signed);
    for (line, text) in (1..).zip(file.lines()) {
        let record: Record = serde_json::from_str(&text?).map_err(|cause| AuditError::Unreadable { line, cause })?;
        chain.follow(&record)?;
    }
    Ok(chain.end()?)
}

fn signed_heads(file: &Path, ca_certificate: &[u8]) -> Result<SignedHeads, AuditError> {
    Ok(read_heads(file, ca_certificate)?.map_err(AuditFault::UnsignedHead)?)
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
