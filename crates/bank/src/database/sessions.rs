use inkan_profile::LoginMethod;
use sqlx::FromRow;
use time::OffsetDateTime;

use super::{Connection, columns};

/// A stored session.
#[derive(Debug, Clone)]
pub(crate) struct StoredSession {
    /// SHA-256 of the token in hex.
    pub(crate) token_hash: String,
    pub(crate) user: String,
    pub(crate) method: LoginMethod,
    /// Fingerprint of the certificate it is bound to (RFC 8705 §3).
    pub(crate) certificate: Option<String>,
    /// The address from which the user logged in, if it is known.
    pub(crate) address: Option<String>,
    /// The time of the login.
    pub(crate) begun: OffsetDateTime,
    pub(crate) last_used: OffsetDateTime,
}

#[derive(FromRow)]
struct Row {
    token_hash: String,
    user_id: String,
    method: String,
    certificate: Option<String>,
    address: Option<String>,
    begun: i64,
    last_used: i64,
}

impl TryFrom<Row> for StoredSession {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            token_hash: row.token_hash,
            user: row.user_id,
            method: columns::named(row.method)?,
            certificate: row.certificate,
            address: row.address,
            begun: columns::time(row.begun)?,
            last_used: columns::time(row.last_used)?,
        })
    }
}

/// Returns the session of a token.
pub(crate) async fn find(connection: &mut Connection, token_hash: &str) -> Result<Option<StoredSession>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as("SELECT * FROM sessions WHERE token_hash = $1")
        .bind(token_hash)
        .fetch_optional(connection)
        .await?;
    row.map(StoredSession::try_from).transpose()
}

/// Returns the sessions of a user, the one that began last first.
pub(crate) async fn of_user(connection: &mut Connection, user: &str) -> Result<Vec<StoredSession>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as("SELECT * FROM sessions WHERE user_id = $1 ORDER BY begun DESC, token_hash")
        .bind(user)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(StoredSession::try_from).collect()
}

/// Adds a session.
pub(crate) async fn add(connection: &mut Connection, session: &StoredSession) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO sessions (token_hash, user_id, method, certificate, address, begun, last_used) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&session.token_hash)
    .bind(&session.user)
    .bind(columns::name(&session.method)?)
    .bind(session.certificate.as_deref())
    .bind(session.address.as_deref())
    .bind(session.begun.unix_timestamp())
    .bind(session.last_used.unix_timestamp())
    .execute(connection)
    .await?;
    Ok(())
}

/// Records that a session is in use.
pub(crate) async fn touch(
    connection: &mut Connection,
    token_hash: &str,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sessions SET last_used = $2 WHERE token_hash = $1")
        .bind(token_hash)
        .bind(now.unix_timestamp())
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends one session.
pub(crate) async fn end(connection: &mut Connection, token_hash: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(connection).await?;
    Ok(())
}

/// The users whose sessions the bank has ended, once for each session. [`crate::audit::sessions_ended`] records them.
#[must_use = "each session that ended belongs in the audit log"]
#[derive(Debug)]
pub(crate) struct Ended(pub(crate) Vec<String>);

impl Ended {
    fn of(rows: Vec<(String,)>) -> Self {
        let mut users: Vec<String> = rows.into_iter().map(|(user,)| user).collect();
        users.sort_unstable();
        Self(users)
    }
}

/// Ends every session bound to a certificate.
pub(crate) async fn end_of_certificate(connection: &mut Connection, fingerprint: &str) -> Result<Ended, sqlx::Error> {
    let ended = sqlx::query_as("DELETE FROM sessions WHERE certificate = $1 RETURNING user_id");
    Ok(Ended::of(ended.bind(fingerprint).fetch_all(connection).await?))
}

/// Ends every session of a user, except one.
pub(crate) async fn end_of_user(
    connection: &mut Connection,
    user: &str,
    but: Option<&str>,
) -> Result<Ended, sqlx::Error> {
    let ended = sqlx::query_as("DELETE FROM sessions WHERE user_id = $1 AND token_hash <> $2 RETURNING user_id");
    Ok(Ended::of(ended.bind(user).bind(but.unwrap_or_default()).fetch_all(connection).await?))
}

/// Ends every session in a contract (M7).
pub(crate) async fn end_of_contract(connection: &mut Connection, contract: &str) -> Result<Ended, sqlx::Error> {
    let ended = sqlx::query_as(
        "DELETE FROM sessions WHERE user_id IN (SELECT id FROM users WHERE contract = $1) RETURNING user_id",
    );
    Ok(Ended::of(ended.bind(contract).fetch_all(connection).await?))
}

/// Ends the sessions that were last used at `used` or before, and those that began at `begun` or before.
pub(crate) async fn end_old(
    connection: &mut Connection,
    used: OffsetDateTime,
    begun: OffsetDateTime,
) -> Result<Ended, sqlx::Error> {
    let ended = sqlx::query_as("DELETE FROM sessions WHERE last_used <= $1 OR begun <= $2 RETURNING user_id");
    Ok(Ended::of(ended.bind(used.unix_timestamp()).bind(begun.unix_timestamp()).fetch_all(connection).await?))
}
