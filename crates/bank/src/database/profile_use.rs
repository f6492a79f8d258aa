use inkan_profile::PasswordKind;

use super::{Connection, columns};

/// Returns each role that users have, the number of those users, and the login ID of one of them.
pub(crate) async fn roles(connection: &mut Connection) -> Result<Vec<(String, u32, String)>, sqlx::Error> {
    let rows: Vec<(String, i64, String)> =
        sqlx::query_as("SELECT role, COUNT(*), MIN(login_id) FROM users GROUP BY role ORDER BY role")
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(|(role, users, example)| Ok((role, columns::number(users)?, example))).collect()
}

/// Returns the role of the holder and the DER of each open certificate.
pub(crate) async fn certificates(connection: &mut Connection) -> Result<Vec<(String, Vec<u8>)>, sqlx::Error> {
    sqlx::query_as(
        "SELECT u.role, c.der FROM certificates c JOIN users u ON u.id = c.user_id \
         WHERE c.closed IS NULL ORDER BY u.role, u.id",
    )
    .fetch_all(connection)
    .await
}

/// Returns how many users have a password of that kind, and the login ID of one of them.
pub(crate) async fn passwords(
    connection: &mut Connection,
    kind: PasswordKind,
) -> Result<Option<(u32, String)>, sqlx::Error> {
    let query = match kind {
        PasswordKind::Login => "SELECT COUNT(*), MIN(login_id) FROM users WHERE login_password IS NOT NULL",
        PasswordKind::Confirmation => {
            "SELECT COUNT(*), MIN(login_id) FROM users WHERE confirmation_password IS NOT NULL"
        }
        PasswordKind::Approval => "SELECT COUNT(*), MIN(login_id) FROM users WHERE approval_password IS NOT NULL",
        PasswordKind::Transfer => "SELECT COUNT(*), MIN(login_id) FROM users WHERE transfer_password IS NOT NULL",
    };
    let (users, example): (i64, Option<String>) = sqlx::query_as(query).fetch_one(connection).await?;
    example.map(|example| Ok((columns::number(users)?, example))).transpose()
}

/// Returns the serial number of one token that has not ended.
pub(crate) async fn token(connection: &mut Connection) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT serial FROM tokens WHERE ended IS NULL ORDER BY serial LIMIT 1")
        .fetch_optional(connection)
        .await
}

/// Returns the login ID of one user whose key contains a contract number. If `numbered` is false, returns that of a
/// user whose key contains none.
pub(crate) async fn user_known(connection: &mut Connection, numbered: bool) -> Result<Option<String>, sqlx::Error> {
    let query = if numbered {
        "SELECT login_id FROM users WHERE id <> login_id LIMIT 1"
    } else {
        "SELECT login_id FROM users WHERE id = login_id LIMIT 1"
    };
    sqlx::query_scalar(query).fetch_optional(connection).await
}
