use inkan_profile::{TokenDigest, TokenState};
use sqlx::FromRow;
use time::OffsetDateTime;

use super::{Connection, columns};

/// A stored hardware token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) serial: String,
    pub(crate) sealed_secret: Vec<u8>,
    /// The last second of its validity.
    pub(crate) expires: OffsetDateTime,
    /// Seconds per time step, number of digits, and digest. If one is missing, the profile's value is used.
    pub(crate) step_seconds: Option<u32>,
    pub(crate) digits: Option<u32>,
    pub(crate) digest: Option<TokenDigest>,
    /// The step of the last accepted one-time password.
    pub(crate) last_step: i64,
    /// The number of time steps by which the token's clock is ahead of the bank's.
    pub(crate) drift: i64,
    /// Wrong one-time passwords since the last right one.
    pub(crate) failures: u32,
    pub(crate) locked: bool,
    /// The contract that the token was handed out to; none if it is still in stock.
    pub(crate) contract: Option<String>,
    /// The user that the token was handed out to; none if all users of the contract may use it.
    pub(crate) user: Option<String>,
    /// Whether the token was revoked for the last of its users.
    pub(crate) ended: bool,
}

impl Token {
    /// Returns whether the token was handed out to this user of the contract, and has not ended.
    pub(crate) fn is_for(&self, contract: &str, user: &str) -> bool {
        let theirs = self.user.as_deref().is_none_or(|named| named == user);
        !self.ended && theirs && self.contract.as_deref() == Some(contract)
    }

    /// Returns whether the token's validity has ended.
    pub(crate) fn is_over(&self, now: OffsetDateTime) -> bool {
        self.expires < now
    }
}

/// Returns the serial number and the sealed secret of one token, to check whether a key opens it; none if there is no
/// token.
pub(crate) async fn any_sealed(connection: &mut Connection) -> Result<Option<(String, Vec<u8>)>, sqlx::Error> {
    sqlx::query_as("SELECT serial, sealed_secret FROM tokens ORDER BY serial LIMIT 1").fetch_optional(connection).await
}

/// A token to add.
#[derive(Debug)]
pub(crate) struct NewToken<'a> {
    pub(crate) serial: &'a str,
    pub(crate) sealed_secret: &'a [u8],
    pub(crate) expires: OffsetDateTime,
    pub(crate) step_seconds: u32,
    pub(crate) digits: u32,
    pub(crate) digest: TokenDigest,
}

#[derive(FromRow)]
struct Row {
    serial: String,
    sealed_secret: Vec<u8>,
    expires: i64,
    step_seconds: Option<i64>,
    digits: Option<i64>,
    digest: Option<String>,
    last_step: i64,
    drift: i64,
    failures: i64,
    locked: i64,
    contract: Option<String>,
    user_id: Option<String>,
    ended: Option<i64>,
}

impl TryFrom<Row> for Token {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            serial: row.serial,
            sealed_secret: row.sealed_secret,
            expires: columns::time(row.expires)?,
            step_seconds: row.step_seconds.map(columns::number).transpose()?,
            digits: row.digits.map(columns::number).transpose()?,
            digest: row.digest.map(columns::named).transpose()?,
            last_step: row.last_step,
            drift: row.drift,
            failures: columns::number(row.failures)?,
            locked: row.locked != 0,
            contract: row.contract,
            user: row.user_id,
            ended: row.ended.is_some(),
        })
    }
}

/// Returns the token of a serial number.
pub(crate) async fn find(connection: &mut Connection, serial: &str) -> Result<Option<Token>, sqlx::Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT * FROM tokens WHERE serial = $1").bind(serial).fetch_optional(connection).await?;
    row.map(Token::try_from).transpose()
}

/// Returns the tokens handed out to a user and not ended, the latest to expire first.
pub(crate) async fn handed_out(
    connection: &mut Connection,
    contract: &str,
    user: &str,
) -> Result<Vec<Token>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT * FROM tokens t WHERE contract = $1 AND (user_id = $2 OR user_id IS NULL) AND ended IS NULL \
         AND NOT EXISTS (SELECT 1 FROM token_revocations r WHERE r.serial = t.serial AND r.user_id = $2) \
         ORDER BY expires DESC, serial",
    )
    .bind(contract)
    .bind(user)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Token::try_from).collect()
}

/// Adds a token.
pub(crate) async fn add(connection: &mut Connection, token: &NewToken<'_>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO tokens (serial, sealed_secret, expires, step_seconds, digits, digest) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(token.serial)
    .bind(token.sealed_secret)
    .bind(token.expires.unix_timestamp())
    .bind(i64::from(token.step_seconds))
    .bind(i64::from(token.digits))
    .bind(columns::name(&token.digest)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Hands a token out to a user, or to a contract whose users share it.
pub(crate) async fn hand_out(
    connection: &mut Connection,
    serial: &str,
    contract: &str,
    user: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE tokens SET contract = $2, user_id = $3 WHERE serial = $1")
        .bind(serial)
        .bind(contract)
        .bind(user)
        .execute(connection)
        .await?;
    Ok(())
}

/// Accepts a one-time password. Returns false if that step, or a later one, was accepted before (Q5).
pub(crate) async fn accept(
    connection: &mut Connection,
    serial: &str,
    step: i64,
    drift: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE tokens SET last_step = $2, drift = $3, failures = 0, out_of_step = 0 \
         WHERE serial = $1 AND last_step < $2",
    )
    .bind(serial)
    .bind(step)
    .bind(drift)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts a wrong one-time password.
pub(crate) async fn fail(
    connection: &mut Connection,
    serial: &str,
    locked: bool,
    out_of_step: bool,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE tokens SET failures = failures + 1, locked = $2, \
         out_of_step = CASE WHEN $3 = 1 THEN 1 ELSE out_of_step END WHERE serial = $1",
    )
    .bind(serial)
    .bind(i64::from(locked))
    .bind(i64::from(out_of_step))
    .execute(connection)
    .await?;
    Ok(())
}

/// Unlocks a token. Returns false if it was not locked.
pub(crate) async fn unlock(connection: &mut Connection, serial: &str) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("UPDATE tokens SET locked = 0, failures = 0 WHERE serial = $1 AND locked <> 0")
        .bind(serial)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets state and serial number of a user's token.
pub(crate) async fn set_of_user(
    connection: &mut Connection,
    user: &str,
    state: TokenState,
    serial: Option<&str>,
    opens: Option<OffsetDateTime>,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE users SET token_state = $2, token_serial = $3, token_opens = $4 WHERE id = $1")
        .bind(user)
        .bind(columns::name(&state)?)
        .bind(serial)
        .bind(opens.map(OffsetDateTime::unix_timestamp))
        .execute(connection)
        .await?;
    Ok(())
}

/// Records that a token was revoked for a user. Ends the token if no other user has it.
pub(crate) async fn revoke(
    connection: &mut Connection,
    serial: &str,
    user: &str,
    operator: &str,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO token_revocations (serial, user_id, operator, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (serial, user_id) DO NOTHING",
    )
    .bind(serial)
    .bind(user)
    .bind(operator)
    .bind(now.unix_timestamp())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE tokens SET ended = $2 WHERE serial = $1 AND ended IS NULL \
         AND NOT EXISTS (SELECT 1 FROM users u WHERE u.token_serial = $1)",
    )
    .bind(serial)
    .bind(now.unix_timestamp())
    .execute(connection)
    .await?;
    Ok(())
}

/// Returns whether a token was once revoked for a user.
pub(crate) async fn was_revoked(connection: &mut Connection, serial: &str, user: &str) -> Result<bool, sqlx::Error> {
    let found: Option<i64> = sqlx::query_scalar("SELECT at FROM token_revocations WHERE serial = $1 AND user_id = $2")
        .bind(serial)
        .bind(user)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}
