use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::record::{BEGINNING, instant};
use crate::authority::{Authority, AuthorityError, is_signed};
use crate::database::{Database, audit};

/// The head of the log at a time, signed by the bank's CA. It is kept outside the database, so that a log that was cut
/// off or written anew later is recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignedHead {
    /// The last record's number.
    pub(crate) sequence: u64,
    /// The last record's hash.
    pub(crate) hash: String,
    /// The time of the signature in UTC, by RFC 3339.
    at: String,
    /// ECDSA with SHA-256 in base64, over [`SignedHead::statement`].
    signature: String,
}

/// The signed heads of a log: the hash of each number.
pub(crate) type SignedHeads = BTreeMap<u64, String>;

impl SignedHead {
    /// Signs the present head of the log. That of an empty log has the number 0.
    pub(crate) async fn of(
        database: &Database,
        authority: &Authority,
        now: OffsetDateTime,
    ) -> Result<Self, SigningError> {
        let last = audit::last(&mut *database.read().await?).await?;
        let (sequence, hash) = last.unwrap_or_else(|| (0, BEGINNING.to_owned()));
        let mut head = Self { sequence, hash, at: instant(now)?, signature: String::new() };
        head.signature = BASE64.encode(&authority.sign_statement(&head.statement())?);
        Ok(head)
    }

    /// Adds the head to `file`, as one line of JSON.
    pub(crate) fn append_to(&self, file: &Path) -> io::Result<()> {
        let line = serde_json::to_string(self)? + "\n";
        let mut file = OpenOptions::new().append(true).create(true).open(file)?;
        file.write_all(line.as_bytes())?;
        file.sync_data()
    }

    /// Returns the signature in base64.
    pub(crate) fn signature(&self) -> &str {
        &self.signature
    }

    /// Returns the text that is signed.
    fn statement(&self) -> String {
        format!("Inkan audit head\n{}\n{}\n{}", self.sequence, self.hash, self.at)
    }
}

/// Reads the signed heads in `file`, and checks each signature by the CA's certificate. A missing file has no heads.
///
/// # Errors
/// The number of the first line, from 1, that is not a head signed by this CA; the error of the system.
pub(crate) fn read_heads(file: &Path, ca_certificate: &[u8]) -> io::Result<Result<SignedHeads, u64>> {
    let lines = match std::fs::File::open(file) {
        Ok(file) => BufReader::new(file).lines(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Ok(SignedHeads::new())),
        Err(error) => return Err(error),
    };
    let mut heads = SignedHeads::new();
    for (number, line) in (1..).zip(lines) {
        let head: Option<SignedHead> = serde_json::from_str(&line?).ok();
        let signed = |head: &SignedHead| {
            BASE64
                .decode(head.signature.as_bytes())
                .is_ok_and(|signature| is_signed(&head.statement(), &signature, ca_certificate))
        };
        let Some(head) = head.filter(signed) else { return Ok(Err(number)) };
        heads.insert(head.sequence, head.hash);
    }
    Ok(Ok(heads))
}

/// Why a head cannot be signed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SigningError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    #[error(transparent)]
    Time(#[from] time::error::Format),
    #[error("the file of the heads: {0}")]
    File(#[from] io::Error),
}
