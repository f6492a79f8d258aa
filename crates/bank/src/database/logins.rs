use inkan_profile::LoginMethod;
use inkan_protocol::Login;
use time::OffsetDateTime;

use super::{Connection, columns};

/// Records a successful login.
pub(crate) async fn add(
    connection: &mut Connection,
    user: &str,
    method: LoginMethod,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO logins (user_id, at, method) VALUES ($1, $2, $3)")
        .bind(user)
        .bind(now.unix_timestamp())
        .bind(columns::name(&method)?)
        .execute(connection)
        .await?;
    Ok(())
}

/// Returns the last three logins of a user, latest first (S1-16).
pub(crate) async fn last_three(connection: &mut Connection, user: &str) -> Result<Vec<Login>, sqlx::Error> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT at, method FROM logins WHERE user_id = $1 ORDER BY id DESC LIMIT 3")
            .bind(user)
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(|(at, method)| Ok(Login { at: columns::time(at)?, method: columns::named(method)? })).collect()
}
