use inkan_protocol::{CertificateRecord, CertificateState};
use sqlx::FromRow;
use sqlx::any::AnyRow;
use time::OffsetDateTime;

use super::revocations::RevocationReason;
use super::{Connection, columns};

/// Returns when the certificates of a user were issued after `since`, the latest first, at most `most` of them.
pub(crate) async fn issued_since(
    connection: &mut Connection,
    user: &str,
    since: OffsetDateTime,
    most: usize,
) -> Result<Vec<OffsetDateTime>, sqlx::Error> {
    let query = "SELECT issued FROM certificates WHERE user_id = $1 AND issued > $2 ORDER BY issued DESC LIMIT $3";
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let query = sqlx::query_scalar(query).bind(user).bind(since.unix_timestamp()).bind(most);
    query.fetch_all(connection).await?.into_iter().map(columns::time).collect()
}

/// Returns the DER of one certificate that the bank has issued, if there is one. It identifies the CA.
pub(crate) async fn any(connection: &mut Connection) -> Result<Option<Vec<u8>>, sqlx::Error> {
    sqlx::query_scalar("SELECT der FROM certificates ORDER BY issued DESC LIMIT 1").fetch_optional(connection).await
}

/// A stored certificate.
#[derive(Debug, Clone)]
pub(crate) struct Certificate {
    /// SHA-256 of the DER in hex.
    pub(crate) fingerprint: String,
    /// The key of its user.
    pub(crate) user: String,
    /// The issue number, from 1 for each user.
    pub(crate) issue_number: u32,
    /// In hex.
    pub(crate) serial: String,
    /// SHA-256 of the SubjectPublicKeyInfo in hex.
    pub(crate) public_key: String,
    pub(crate) der: Vec<u8>,
    pub(crate) issued: OffsetDateTime,
    pub(crate) not_after: OffsetDateTime,
    pub(crate) acquired: Option<OffsetDateTime>,
    pub(crate) revoked: Option<OffsetDateTime>,
    pub(crate) revocation_reason: Option<RevocationReason>,
    /// The fingerprint of the certificate that it renews, and supersedes once it is acquired.
    pub(crate) renews: Option<String>,
    /// Whether the certificate replaced a revoked one, so that it cools down (M7).
    pub(crate) reissue: bool,
}

impl Certificate {
    /// Returns the state of the certificate at `now` (M3). The last second of the validity still belongs to it (RFC
    /// 5280 §4.1.2.5).
    pub(crate) fn state(&self, now: OffsetDateTime) -> CertificateState {
        if self.revocation_reason == Some(RevocationReason::Renewed) {
            CertificateState::Superseded
        } else if self.revoked.is_some() {
            CertificateState::Revoked
        } else if now.unix_timestamp() > self.not_after.unix_timestamp() {
            CertificateState::Expired
        } else if self.acquired.is_some() {
            CertificateState::Valid
        } else {
            CertificateState::Issued
        }
    }

    /// Returns whether the certificate is neither revoked nor expired.
    pub(crate) fn is_live(&self, now: OffsetDateTime) -> bool {
        matches!(self.state(now), CertificateState::Issued | CertificateState::Valid)
    }

    /// Returns the record for an answer.
    pub(crate) fn record(&self, now: OffsetDateTime) -> CertificateRecord {
        CertificateRecord {
            issue_number: self.issue_number,
            serial: self.serial.clone(),
            fingerprint_sha256: self.fingerprint.clone(),
            state: self.state(now),
            issued: self.issued,
            not_after: self.not_after,
        }
    }
}

#[derive(FromRow)]
struct Row {
    fingerprint: String,
    user_id: String,
    issue_number: i64,
    serial: String,
    public_key: String,
    der: Vec<u8>,
    issued: i64,
    not_after: i64,
    acquired: Option<i64>,
    revoked: Option<i64>,
    revocation_reason: Option<String>,
    renews: Option<String>,
    reissue: i64,
}

impl TryFrom<Row> for Certificate {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            fingerprint: row.fingerprint,
            user: row.user_id,
            issue_number: columns::number(row.issue_number)?,
            serial: row.serial,
            public_key: row.public_key,
            der: row.der,
            issued: columns::time(row.issued)?,
            not_after: columns::time(row.not_after)?,
            acquired: row.acquired.map(columns::time).transpose()?,
            revoked: row.revoked.map(columns::time).transpose()?,
            revocation_reason: row.revocation_reason.map(columns::named).transpose()?,
            renews: row.renews,
            reissue: row.reissue != 0,
        })
    }
}

impl FromRow<'_, AnyRow> for Certificate {
    fn from_row(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Row::from_row(row)?.try_into()
    }
}

/// Returns the certificate of that fingerprint.
pub(crate) async fn find(connection: &mut Connection, fingerprint: &str) -> Result<Option<Certificate>, sqlx::Error> {
    one(connection, "SELECT * FROM certificates WHERE fingerprint = $1", fingerprint).await
}

/// Returns the certificate of that key.
pub(crate) async fn of_key(connection: &mut Connection, public_key: &str) -> Result<Option<Certificate>, sqlx::Error> {
    one(connection, "SELECT * FROM certificates WHERE public_key = $1", public_key).await
}

/// Returns the user's newest certificate. If the user has a live certificate, it is the newest, since each new one
/// closes those before it.
pub(crate) async fn last_of_user(connection: &mut Connection, user: &str) -> Result<Option<Certificate>, sqlx::Error> {
    one(connection, "SELECT * FROM certificates WHERE user_id = $1 ORDER BY issue_number DESC LIMIT 1", user).await
}

/// Adds a certificate. A user has one open certificate (M2). A renewal waits beside it until it is acquired.
pub(crate) async fn add(connection: &mut Connection, certificate: &Certificate) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO certificates (fingerprint, user_id, issue_number, serial, public_key, der, issued, not_after, reissue, \
         renews) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(&certificate.fingerprint)
    .bind(&certificate.user)
    .bind(i64::from(certificate.issue_number))
    .bind(&certificate.serial)
    .bind(&certificate.public_key)
    .bind(&certificate.der)
    .bind(certificate.issued.unix_timestamp())
    .bind(certificate.not_after.unix_timestamp())
    .bind(i64::from(certificate.reissue))
    .bind(certificate.renews.as_deref())
    .execute(connection)
    .await?;
    Ok(())
}

/// Closes an expired certificate, and the expired renewals of its user.
pub(crate) async fn close(
    connection: &mut Connection,
    fingerprint: &str,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE certificates SET closed = $2 WHERE closed IS NULL AND not_after < $2 \
         AND user_id = (SELECT user_id FROM certificates WHERE fingerprint = $1)",
    )
    .bind(fingerprint)
    .bind(now.unix_timestamp())
    .execute(connection)
    .await?;
    Ok(())
}

/// Records that the certificate is on a PC. Returns false if that was recorded before.
pub(crate) async fn acquire(
    connection: &mut Connection,
    fingerprint: &str,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("UPDATE certificates SET acquired = $2 WHERE fingerprint = $1 AND acquired IS NULL")
        .bind(fingerprint)
        .bind(now.unix_timestamp())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Revokes the certificate forever, together with a renewal that has begun (M2). Without an operator, the branch
/// revoked it.
pub(crate) async fn revoke(
    connection: &mut Connection,
    fingerprint: &str,
    operator: Option<&str>,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE certificates SET revoked = $2, revoked_by = $3, closed = $2 WHERE revoked IS NULL \
         AND (fingerprint = $1 OR (closed IS NULL AND not_after >= $2 \
         AND user_id = (SELECT user_id FROM certificates WHERE fingerprint = $1)))",
    )
    .bind(fingerprint)
    .bind(now.unix_timestamp())
    .bind(operator)
    .execute(connection)
    .await?;
    Ok(())
}

async fn one(
    connection: &mut Connection,
    sql: &'static str,
    argument: &str,
) -> Result<Option<Certificate>, sqlx::Error> {
    sqlx::query_as(sql).bind(argument).fetch_optional(connection).await
}
