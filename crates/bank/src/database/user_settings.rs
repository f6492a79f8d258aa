use sqlx::FromRow;
use time::OffsetDateTime;

use super::{Connection, columns};

/// What an administrator sets of a user, beside name, role and companies (S4-7, S4-8).
#[derive(Debug, Clone)]
pub(crate) struct StoredSettings {
    pub(crate) single_transfer: bool,
    pub(crate) transfer_limit: u32,
    pub(crate) change_period_days: Option<u32>,
    pub(crate) alarm_period_days: Option<u32>,
    /// When the login password was last set, where that is known.
    pub(crate) password_set: Option<OffsetDateTime>,
}

#[derive(FromRow)]
struct Row {
    single_transfer: i64,
    transfer_limit: i64,
    change_period_days: Option<i64>,
    alarm_period_days: Option<i64>,
    password_set: Option<i64>,
}

/// Those of that user.
pub(crate) async fn of_user(connection: &mut Connection, user: &str) -> Result<StoredSettings, sqlx::Error> {
    let row: Row = sqlx::query_as(
        "SELECT single_transfer, transfer_limit, change_period_days, alarm_period_days, password_set \
         FROM users WHERE id = $1",
    )
    .bind(user)
    .fetch_one(connection)
    .await?;
    Ok(StoredSettings {
        single_transfer: row.single_transfer != 0,
        transfer_limit: columns::number(row.transfer_limit)?,
        change_period_days: row.change_period_days.map(columns::number).transpose()?,
        alarm_period_days: row.alarm_period_days.map(columns::number).transpose()?,
        password_set: row.password_set.map(columns::time).transpose()?,
    })
}

/// Sets them, but for the time of the password.
pub(crate) async fn set(connection: &mut Connection, user: &str, settings: &StoredSettings) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE users SET single_transfer = $2, transfer_limit = $3, change_period_days = $4, alarm_period_days = $5 \
         WHERE id = $1",
    )
    .bind(user)
    .bind(i64::from(settings.single_transfer))
    .bind(i64::from(settings.transfer_limit))
    .bind(settings.change_period_days.map(i64::from))
    .bind(settings.alarm_period_days.map(i64::from))
    .execute(connection)
    .await?;
    Ok(())
}

/// Sets name and role.
pub(crate) async fn set_person(
    connection: &mut Connection,
    user: &str,
    name: &str,
    role: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE users SET name = $2, role = $3 WHERE id = $1")
        .bind(user)
        .bind(name)
        .bind(role)
        .execute(connection)
        .await?;
    Ok(())
}
