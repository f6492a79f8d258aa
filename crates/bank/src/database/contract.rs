use serde::Serialize;
use time::OffsetDateTime;

use super::{Connection, columns};

/// A contract as the branch sees it.
#[derive(Debug, Clone, Serialize)]
pub struct ContractRecord {
    /// Its number.
    pub id: String,
    /// The company that holds it.
    pub company: String,
    /// Since when it is stopped (M7).
    #[serde(with = "time::serde::rfc3339::option")]
    pub frozen: Option<OffsetDateTime>,
}

/// The profile this data was begun with, if any yet.
pub(crate) async fn profile(connection: &mut Connection) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT profile FROM bank").fetch_optional(connection).await
}

/// The profile as it was published last; none before a first start, empty where nobody has kept it yet.
pub(crate) async fn document(connection: &mut Connection) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT document FROM bank").fetch_optional(connection).await
}

/// Keeps the profile as it is published.
pub(crate) async fn keep_document(connection: &mut Connection, document: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE bank SET document = $1").bind(document).execute(connection).await?;
    Ok(())
}

/// Every contract, by its number.
pub(crate) async fn all(connection: &mut Connection) -> Result<Vec<ContractRecord>, sqlx::Error> {
    let rows: Vec<(String, String, Option<i64>)> =
        sqlx::query_as("SELECT id, company, frozen FROM contracts ORDER BY id").fetch_all(connection).await?;
    rows.into_iter()
        .map(|(id, company, frozen)| Ok(ContractRecord { id, company, frozen: frozen.map(columns::time).transpose()? }))
        .collect()
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

/// Opens it again; false where it was open.
pub(crate) async fn unfreeze(connection: &mut Connection, id: &str) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("UPDATE contracts SET frozen = NULL, frozen_by = NULL WHERE id = $1 AND frozen IS NOT NULL")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
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
