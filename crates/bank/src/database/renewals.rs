//! Renewals under way: a certificate beside the one that it renews, until its PC has it (M3).

use time::OffsetDateTime;

use super::revocations::RevocationReason;
use super::{Connection, certificates, columns};
use crate::database::certificates::Certificate;

/// Returns the certificate that renews the given one and is not acquired yet.
pub(crate) async fn waiting(connection: &mut Connection, old: &str) -> Result<Option<Certificate>, sqlx::Error> {
    let found: Option<String> = sqlx::query_scalar(
        "SELECT fingerprint FROM certificates WHERE renews = $1 AND acquired IS NULL AND closed IS NULL",
    )
    .bind(old)
    .fetch_optional(&mut *connection)
    .await?;
    match found {
        Some(fingerprint) => certificates::find(connection, &fingerprint).await,
        None => Ok(None),
    }
}

/// Marks a certificate as superseded (更新済, M3), since its holder has another. CRL and OCSP then report it as
/// superseded. An expired or revoked certificate does not change.
pub(crate) async fn supersede(
    connection: &mut Connection,
    fingerprint: &str,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE certificates SET revoked = $2, revocation_reason = $3, revoked_by = user_id \
         WHERE fingerprint = $1 AND revoked IS NULL AND not_after >= $2",
    )
    .bind(fingerprint)
    .bind(now.unix_timestamp())
    .bind(columns::name(&RevocationReason::Renewed)?)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE certificates SET closed = $2 WHERE fingerprint = $1 AND closed IS NULL")
        .bind(fingerprint)
        .bind(now.unix_timestamp())
        .execute(connection)
        .await?;
    Ok(())
}
