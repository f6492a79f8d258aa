use sqlx::FromRow;
use time::OffsetDateTime;

use super::Connection;

/// Statistics of the whole bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub(crate) struct Statistics {
    /// The number of certificates ever issued.
    pub(crate) certificates_issued: i64,
    /// The number of certificates ever revoked.
    pub(crate) certificates_revoked: i64,
    /// The number of passwords that are locked now.
    pub(crate) passwords_locked: i64,
    /// The number of tokens that are locked now.
    pub(crate) tokens_locked: i64,
    /// The number of sessions that are open now.
    pub(crate) sessions_live: i64,
}

/// Returns the statistics. A password with `failures_until_lock` failures is locked. A session that was last used at
/// `used_since` or earlier is over.
pub(crate) async fn now(
    connection: &mut Connection,
    failures_until_lock: u32,
    used_since: OffsetDateTime,
) -> Result<Statistics, sqlx::Error> {
    sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM certificates) AS certificates_issued, \
         (SELECT COUNT(*) FROM certificates WHERE revoked IS NOT NULL) AS certificates_revoked, \
         (SELECT COUNT(*) FROM users WHERE login_failures >= $1) \
         + (SELECT COUNT(*) FROM users WHERE confirmation_failures >= $1) AS passwords_locked, \
         (SELECT COUNT(*) FROM tokens WHERE locked <> 0) AS tokens_locked, \
         (SELECT COUNT(*) FROM sessions WHERE last_used > $2) AS sessions_live",
    )
    .bind(i64::from(failures_until_lock))
    .bind(used_since.unix_timestamp())
    .fetch_one(connection)
    .await
}
