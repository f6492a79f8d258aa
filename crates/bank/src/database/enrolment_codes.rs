use time::OffsetDateTime;

use super::Connection;

/// Adds a code of a user.
pub(crate) async fn add(
    connection: &mut Connection,
    code_hash: &str,
    user: &str,
    expires: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO enrolment_codes (code_hash, user_id, expires) VALUES ($1, $2, $3)")
        .bind(code_hash)
        .bind(user)
        .bind(expires.unix_timestamp())
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends every code of a user.
pub(crate) async fn end_of_user(connection: &mut Connection, user: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM enrolment_codes WHERE user_id = $1").bind(user).execute(connection).await?;
    Ok(())
}

/// Ends every code in a contract (M7).
pub(crate) async fn end_of_contract(connection: &mut Connection, contract: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM enrolment_codes WHERE user_id IN (SELECT id FROM users WHERE contract = $1)")
        .bind(contract)
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes the expired codes.
pub(crate) async fn forget_old(connection: &mut Connection, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM enrolment_codes WHERE expires <= $1")
        .bind(now.unix_timestamp())
        .execute(connection)
        .await?;
    Ok(())
}
