use time::OffsetDateTime;

use super::Connection;

/// A hardware token: its serial, its sealed secret and its end.
#[derive(Debug)]
pub(crate) struct NewToken<'a> {
    pub(crate) serial: &'a str,
    pub(crate) sealed_secret: &'a [u8],
    pub(crate) expires: OffsetDateTime,
}

/// A new token.
pub(crate) async fn add(connection: &mut Connection, token: &NewToken<'_>) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO tokens (serial, sealed_secret, expires) VALUES ($1, $2, $3)")
        .bind(token.serial)
        .bind(token.sealed_secret)
        .bind(token.expires.unix_timestamp())
        .execute(connection)
        .await?;
    Ok(())
}

/// The sealed secret of that token.
pub(crate) async fn sealed_secret(connection: &mut Connection, serial: &str) -> Result<Option<Vec<u8>>, sqlx::Error> {
    sqlx::query_scalar("SELECT sealed_secret FROM tokens WHERE serial = $1")
        .bind(serial)
        .fetch_optional(connection)
        .await
}
