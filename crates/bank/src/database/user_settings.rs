use sqlx::FromRow;
use time::{Duration, OffsetDateTime};

use super::{Connection, columns};

/// The settings of a user that an administrator edits, except name, role and companies (S4-7, S4-8).
#[derive(Debug, Clone)]
pub(crate) struct StoredSettings {
    pub(crate) single_transfer: bool,
    pub(crate) transfer_limit: u32,
    pub(crate) change_period_days: Option<u32>,
    pub(crate) alarm_period_days: Option<u32>,
    /// When the login password was last set; none if that is not known.
    pub(crate) password_set: Option<OffsetDateTime>,
}

impl StoredSettings {
    /// Returns when the change period is over (S4-8).
    pub(crate) fn change_due(&self) -> Option<OffsetDateTime> {
        self.password_set?.checked_add(Duration::days(i64::from(self.change_period_days?)))
    }

    /// Returns when the change period is over, if the alarm period has begun (S4-8).
    pub(crate) fn change_announced(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let alarm = Duration::days(i64::from(self.alarm_period_days?));
        self.change_due().filter(|due| due.checked_sub(alarm).is_none_or(|from| now >= from))
    }
}

#[derive(FromRow)]
struct Row {
    single_transfer: i64,
    transfer_limit: i64,
    change_period_days: Option<i64>,
    alarm_period_days: Option<i64>,
    password_set: Option<i64>,
}

/// Returns the settings of a user.
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

/// Stores the settings, except the time of the password.
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

/// Sets name and role of a user.
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

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn s4_8_a_change_is_announced_so_many_days_before_it_is_due() {
        let settings = StoredSettings {
            single_transfer: false,
            transfer_limit: 0,
            change_period_days: Some(90),
            alarm_period_days: Some(10),
            password_set: Some(datetime!(2026-01-01 0:00 UTC)),
        };
        let due = datetime!(2026-04-01 0:00 UTC);
        assert_eq!(settings.change_due(), Some(due));
        assert_eq!(settings.change_announced(datetime!(2026-03-21 23:59:59 UTC)), None);
        assert_eq!(settings.change_announced(datetime!(2026-03-22 0:00 UTC)), Some(due));
        let without = StoredSettings { alarm_period_days: None, ..settings.clone() };
        assert_eq!(without.change_announced(due), None);
        let never = StoredSettings { change_period_days: None, ..settings };
        assert_eq!(never.change_announced(due), None);
    }
}
