use inkan_protocol::{Operation, OperationKind};
use time::OffsetDateTime;

use super::{Connection, columns};

/// Records what `operator` did to `subject`.
pub(crate) async fn add(
    connection: &mut Connection,
    kind: OperationKind,
    operator: &str,
    subject: &str,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO operations (at, kind, operator, subject) VALUES ($1, $2, $3, $4)")
        .bind(now.unix_timestamp())
        .bind(columns::name(&kind)?)
        .bind(operator)
        .bind(subject)
        .execute(connection)
        .await?;
    Ok(())
}

/// Returns how many operations of that kind other users have done upon `subject` since a time.
pub(crate) async fn count_since(
    connection: &mut Connection,
    kind: OperationKind,
    subject: &str,
    since: OffsetDateTime,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT COUNT(*) FROM operations WHERE subject = $1 AND kind = $2 AND at > $3")
        .bind(subject)
        .bind(columns::name(&kind)?)
        .bind(since.unix_timestamp())
        .fetch_one(connection)
        .await
}

/// Returns the last five operations that a user did or that concerned the user, latest first (S1-17).
pub(crate) async fn last_five(connection: &mut Connection, user: &str) -> Result<Vec<Operation>, sqlx::Error> {
    let rows: Vec<(i64, String, String, String)> = sqlx::query_as(
        "SELECT o.at, o.kind, a.login_id, b.login_id FROM operations o JOIN users a ON a.id = o.operator \
         JOIN users b ON b.id = o.subject WHERE o.operator = $1 OR o.subject = $1 ORDER BY o.id DESC LIMIT 5",
    )
    .bind(user)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(at, kind, operator, subject)| {
            Ok(Operation { at: columns::time(at)?, kind: columns::named(kind)?, operator, subject })
        })
        .collect()
}
