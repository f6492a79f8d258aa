use serde::Serialize;
use time::OffsetDateTime;

use super::{Connection, columns};

/// A contract, for the branch.
#[derive(Debug, Clone, Serialize)]
pub struct ContractRecord {
    /// The number of the contract.
    pub id: String,
    /// The company that holds the contract.
    pub company: String,
    /// The time since which the contract is frozen (M7); none if it is not frozen.
    #[serde(with = "time::serde::rfc3339::option")]
    pub frozen: Option<OffsetDateTime>,
}

/// Returns the name of the profile that the data belongs to, if there is one yet.
pub(crate) async fn profile(connection: &mut Connection) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT profile FROM bank").fetch_optional(connection).await
}

/// Returns the last published profile as JSON: none before the first start, empty if it was never stored.
pub(crate) async fn document(connection: &mut Connection) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT document FROM bank").fetch_optional(connection).await
}

/// Stores the published profile.
pub(crate) async fn keep_document(connection: &mut Connection, document: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE bank SET document = $1").bind(document).execute(connection).await?;
    Ok(())
}

/// Returns every contract, ordered by number.
pub(crate) async fn all(connection: &mut Connection) -> Result<Vec<ContractRecord>, sqlx::Error> {
    let rows: Vec<(String, String, Option<i64>)> =
        sqlx::query_as("SELECT id, company, frozen FROM contracts ORDER BY id").fetch_all(connection).await?;
    rows.into_iter()
        .map(|(id, company, frozen)| Ok(ContractRecord { id, company, frozen: frozen.map(columns::time).transpose()? }))
        .collect()
}

/// Makes the data belong to that profile.
pub(crate) async fn begin(connection: &mut Connection, profile: &str) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO bank (profile) VALUES ($1)").bind(profile).execute(connection).await?;
    Ok(())
}

/// Returns the company of a contract.
pub(crate) async fn company(connection: &mut Connection, contract: &str) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT company FROM contracts WHERE id = $1").bind(contract).fetch_optional(connection).await
}

/// Freezes a contract (M7). A frozen contract keeps the time of its first freeze.
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

/// Unfreezes a contract. Returns false if it was not frozen.
pub(crate) async fn unfreeze(connection: &mut Connection, id: &str) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("UPDATE contracts SET frozen = NULL, frozen_by = NULL WHERE id = $1 AND frozen IS NOT NULL")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds a contract.
pub(crate) async fn add(connection: &mut Connection, id: &str, company: &str) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO contracts (id, company) VALUES ($1, $2)")
        .bind(id)
        .bind(company)
        .execute(connection)
        .await?;
    Ok(())
}
