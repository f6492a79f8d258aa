use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{Connection, columns};

/// Why a certificate was revoked, if the bank knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RevocationReason {
    /// Another certificate replaces it (Q7).
    Reissued,
    /// Its holder has renewed it: 更新済 (M3).
    Renewed,
}

/// A revoked certificate, for CRL and OCSP.
#[derive(Debug)]
pub(crate) struct Revocation {
    /// In hex.
    pub(crate) serial: String,
    pub(crate) revoked: OffsetDateTime,
    pub(crate) reason: Option<RevocationReason>,
}

/// The status of a serial number.
#[derive(Debug)]
pub(crate) enum Status {
    /// A certificate has this serial number, and is not revoked.
    Good,
    Revoked(Revocation),
    /// No certificate of this bank has this serial number.
    Unknown,
}

/// Stores the reason for which a certificate was revoked.
pub(crate) async fn explain(
    connection: &mut Connection,
    fingerprint: &str,
    reason: RevocationReason,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE certificates SET revocation_reason = $2 WHERE fingerprint = $1 AND revoked IS NOT NULL")
        .bind(fingerprint)
        .bind(columns::name(&reason)?)
        .execute(connection)
        .await?;
    Ok(())
}

type Row = (String, Option<i64>, Option<String>);

/// Returns the number of certificates ever revoked. It only increases, since no revocation is undone (M2).
pub(crate) async fn count(connection: &mut Connection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT COUNT(*) FROM certificates WHERE revoked IS NOT NULL").fetch_one(connection).await
}

/// Returns the revoked certificates that had not expired before `since`, in the order of their revocation.
pub(crate) async fn unexpired_at(
    connection: &mut Connection,
    since: OffsetDateTime,
) -> Result<Vec<Revocation>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT serial, revoked, revocation_reason FROM certificates \
         WHERE revoked IS NOT NULL AND not_after >= $1 ORDER BY revoked, serial",
    )
    .bind(since.unix_timestamp())
    .fetch_all(connection)
    .await?;
    rows.into_iter().filter_map(|row| revocation(row).transpose()).collect()
}

/// Returns the status of a serial number.
pub(crate) async fn status(connection: &mut Connection, serial: &str) -> Result<Status, sqlx::Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT serial, revoked, revocation_reason FROM certificates WHERE serial = $1")
            .bind(serial)
            .fetch_optional(connection)
            .await?;
    let Some(row) = row else { return Ok(Status::Unknown) };
    Ok(revocation(row)?.map_or(Status::Good, Status::Revoked))
}

fn revocation((serial, revoked, reason): Row) -> Result<Option<Revocation>, sqlx::Error> {
    let Some(revoked) = revoked else { return Ok(None) };
    let reason = reason.map(columns::named).transpose()?;
    Ok(Some(Revocation { serial, revoked: columns::time(revoked)?, reason }))
}
