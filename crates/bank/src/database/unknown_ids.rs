//! Counts login attempts with unknown IDs. An unknown ID is locked like a known one, so that a lock does not reveal
//! which IDs exist.

use time::{Duration, OffsetDateTime};

use super::Connection;
use crate::keys::digest::sha256_hex;

/// How long an unknown ID is remembered after the last attempt. The password of a real user is unlocked long before
/// that.
const REMEMBERED: Duration = Duration::days(90);

/// Returns the number of attempts with an unknown ID.
pub(crate) async fn failures(connection: &mut Connection, id: &str) -> Result<i64, sqlx::Error> {
    let found = sqlx::query_scalar("SELECT failures FROM unknown_ids WHERE id_hash = $1")
        .bind(sha256_hex(id.as_bytes()))
        .fetch_optional(connection)
        .await?;
    Ok(found.unwrap_or(0))
}

/// Stores the number of attempts with an unknown ID, and removes IDs that were not tried for a long time.
pub(crate) async fn set_failures(
    connection: &mut Connection,
    id: &str,
    failures: i64,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM unknown_ids WHERE tried < $1")
        .bind(now.saturating_sub(REMEMBERED).unix_timestamp())
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO unknown_ids (id_hash, failures, tried) VALUES ($1, $2, $3) \
         ON CONFLICT (id_hash) DO UPDATE SET failures = $2, tried = $3",
    )
    .bind(sha256_hex(id.as_bytes()))
    .bind(failures)
    .bind(now.unix_timestamp())
    .execute(connection)
    .await?;
    Ok(())
}
