use time::OffsetDateTime;

use super::{Change, Connection, columns};

/// The data of the last CRL, without the CRL itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CrlRecord {
    /// The CRL number, which increases with each CRL (RFC 5280 §5.2.3).
    pub(crate) number: i64,
    pub(crate) this_update: OffsetDateTime,
    pub(crate) next_update: OffsetDateTime,
    /// The number of certificates that had ever been revoked.
    pub(crate) revocations: i64,
}

/// Returns the data of the last CRL; none before the first.
pub(crate) async fn last(connection: &mut Connection) -> Result<Option<CrlRecord>, sqlx::Error> {
    let row: Option<(i64, i64, i64, i64)> =
        sqlx::query_as("SELECT number, this_update, next_update, revocations FROM crls ORDER BY number DESC LIMIT 1")
            .fetch_optional(connection)
            .await?;
    row.map(|(number, this_update, next_update, revocations)| {
        Ok(CrlRecord {
            number,
            this_update: columns::time(this_update)?,
            next_update: columns::time(next_update)?,
            revocations,
        })
    })
    .transpose()
}

/// Returns the CRL of that number in DER, if it is the last.
pub(crate) async fn der(connection: &mut Connection, number: i64) -> Result<Option<Vec<u8>>, sqlx::Error> {
    sqlx::query_scalar("SELECT der FROM crls WHERE number = $1").bind(number).fetch_optional(connection).await
}

/// Replaces the last CRL by the next.
pub(crate) async fn replace(connection: &mut Connection, crl: &CrlRecord, der: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO crls (number, der, this_update, next_update, revocations) VALUES ($1, $2, $3, $4, $5)")
        .bind(crl.number)
        .bind(der)
        .bind(crl.this_update.unix_timestamp())
        .bind(crl.next_update.unix_timestamp())
        .bind(crl.revocations)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM crls WHERE number < $1").bind(crl.number).execute(connection).await?;
    Ok(())
}

/// Writes the number of the last CRL again, which changes nothing.
pub(crate) async fn write_last_again(change: &mut Change) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE crls SET number = number WHERE number = (SELECT MAX(number) FROM crls)")
        .execute(&mut **change)
        .await?;
    Ok(())
}
