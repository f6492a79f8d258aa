use time::OffsetDateTime;

use super::{Connection, columns};

/// What stands on the last CRL, without the list itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CrlRecord {
    /// Rises with each (RFC 5280 §5.2.3).
    pub(crate) number: i64,
    pub(crate) this_update: OffsetDateTime,
    pub(crate) next_update: OffsetDateTime,
    /// How many certificates had ever been revoked.
    pub(crate) revocations: i64,
}

/// The last one; none before the first.
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

/// The list of that number in DER, while it is the last.
pub(crate) async fn der(connection: &mut Connection, number: i64) -> Result<Option<Vec<u8>>, sqlx::Error> {
    sqlx::query_scalar("SELECT der FROM crls WHERE number = $1").bind(number).fetch_optional(connection).await
}

/// Puts the next one in the place of those before it.
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
