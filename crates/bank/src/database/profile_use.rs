use super::{Connection, columns};

/// Each role that people have, how many have it, and the login ID of one of them.
pub(crate) async fn roles(connection: &mut Connection) -> Result<Vec<(String, u32, String)>, sqlx::Error> {
    let rows: Vec<(String, i64, String)> =
        sqlx::query_as("SELECT role, COUNT(*), MIN(login_id) FROM users GROUP BY role ORDER BY role")
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(|(role, users, example)| Ok((role, columns::number(users)?, example))).collect()
}

/// For each role whose people have open certificates, the DER of one of them.
pub(crate) async fn certificates(connection: &mut Connection) -> Result<Vec<(String, Vec<u8>)>, sqlx::Error> {
    sqlx::query_as(
        "SELECT u.role, c.der FROM certificates c JOIN users u ON u.id = c.user_id WHERE c.fingerprint IN \
         (SELECT MIN(open.fingerprint) FROM certificates open JOIN users holder ON holder.id = open.user_id \
          WHERE open.closed IS NULL GROUP BY holder.role) ORDER BY u.role",
    )
    .fetch_all(connection)
    .await
}

/// The login ID of one user who is known by contract number and login ID where `numbered`, by the login ID alone
/// otherwise.
pub(crate) async fn user_known(connection: &mut Connection, numbered: bool) -> Result<Option<String>, sqlx::Error> {
    let query = if numbered {
        "SELECT login_id FROM users WHERE id <> login_id LIMIT 1"
    } else {
        "SELECT login_id FROM users WHERE id = login_id LIMIT 1"
    };
    sqlx::query_scalar(query).fetch_optional(connection).await
}
