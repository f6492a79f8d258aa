use time::OffsetDateTime;

use super::Connection;

/// The profile this data was begun with, if any yet.
pub(crate) async fn profile(connection: &mut Connection) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT profile FROM bank").fetch_optional(connection).await
}

/// Begins the data with that profile.
pub(crate) async fn begin(connection: &mut Connection, profile: &str) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO bank (profile) VALUES ($1)").bind(profile).execute(connection).await?;
    Ok(())
}

/// The company of that contract.
pub(crate) async fn company(connection: &mut Connection, contract: &str) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT company FROM contracts WHERE id = $1").bind(contract).fetch_optional(connection).await
}

/// Stops a contract (M7); the time stays that of the first act.
pub(crate) async fn freeze(
    connection: &mut Connection,
    id: &str,
    by: Option<&str>,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE contracts SET frozen = $2, frozen_by = $3 WHERE id = $1 AND frozen IS NULL")
        .bind(id)
        .bind(now.unix_timestamp())
        .bind(by)
        .execute(connection)
        .await?;
    Ok(())
}

/// A new contract.
pub(crate) async fn add(connection: &mut Connection, id: &str, company: &str) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO contracts (id, company) VALUES ($1, $2)")
        .bind(id)
        .bind(company)
        .execute(connection)
        .await?;
    Ok(())
}
