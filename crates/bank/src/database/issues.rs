use inkan_protocol::IssueRecord;
use sqlx::FromRow;
use time::OffsetDateTime;

use super::{Connection, columns};

/// A certificate issued and not yet acquired: 発行済・未取得 (M3).
#[derive(Debug, Clone)]
pub(crate) struct Issue {
    pub(crate) issue_number: u32,
    pub(crate) registered: OffsetDateTime,
    /// The last second in which the certificate can be acquired; none without a deadline.
    pub(crate) deadline: Option<OffsetDateTime>,
    /// Whether the certificate replaces a revoked one (M7).
    pub(crate) reissue: bool,
    /// Whether no certificate was acquired upon it yet, and it was not withdrawn.
    pub(crate) open: bool,
}

impl Issue {
    /// Returns whether the deadline has passed: 取得期限切れ
    pub(crate) fn lapsed(&self, now: OffsetDateTime) -> bool {
        self.deadline.is_some_and(|deadline| now > deadline)
    }

    /// Returns the record for an answer.
    pub(crate) fn record(&self, now: OffsetDateTime) -> IssueRecord {
        IssueRecord {
            issue_number: self.issue_number,
            registered: self.registered,
            deadline: self.deadline,
            lapsed: self.lapsed(now),
        }
    }
}

#[derive(FromRow)]
struct Row {
    issue_number: i64,
    registered: i64,
    deadline: Option<i64>,
    reissue: i64,
    closed: Option<i64>,
}

/// Returns the open issue of a user.
pub(crate) async fn open_of_user(connection: &mut Connection, user: &str) -> Result<Option<Issue>, sqlx::Error> {
    Ok(newest_of_user(connection, user).await?.filter(|issue| issue.open))
}

/// Returns the newest issue of a user. If the user has an open issue, it is the newest, since each new one closes the
/// one before it.
pub(crate) async fn newest_of_user(connection: &mut Connection, user: &str) -> Result<Option<Issue>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT issue_number, registered, deadline, reissue, closed FROM issues WHERE user_id = $1 \
         ORDER BY issue_number DESC LIMIT 1",
    )
    .bind(user)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Issue {
            issue_number: columns::number(row.issue_number)?,
            registered: columns::time(row.registered)?,
            deadline: row.deadline.map(columns::time).transpose()?,
            reissue: row.reissue != 0,
            open: row.closed.is_none(),
        })
    })
    .transpose()
}

/// Opens an issue for a user. It replaces an issue that is still open.
pub(crate) async fn open(connection: &mut Connection, user: &str, issue: &Issue) -> Result<(), sqlx::Error> {
    close_of_user(connection, user, issue.registered).await?;
    sqlx::query(
        "INSERT INTO issues (user_id, issue_number, registered, deadline, reissue) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(user)
    .bind(i64::from(issue.issue_number))
    .bind(issue.registered.unix_timestamp())
    .bind(issue.deadline.map(OffsetDateTime::unix_timestamp))
    .bind(i64::from(issue.reissue))
    .execute(connection)
    .await?;
    Ok(())
}

/// Closes the open issue of a user, if there is one.
pub(crate) async fn close_of_user(
    connection: &mut Connection,
    user: &str,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE issues SET closed = $2 WHERE user_id = $1 AND closed IS NULL")
        .bind(user)
        .bind(now.unix_timestamp())
        .execute(connection)
        .await?;
    Ok(())
}

/// Returns the issue number (発行番号) after the last of a user, acquired or not.
pub(crate) async fn next_number(connection: &mut Connection, user: &str) -> Result<u32, sqlx::Error> {
    let last: Option<i64> = sqlx::query_scalar(
        "SELECT MAX(issue_number) FROM (SELECT issue_number FROM issues WHERE user_id = $1 \
         UNION ALL SELECT issue_number FROM certificates WHERE user_id = $1) AS numbers",
    )
    .bind(user)
    .fetch_one(connection)
    .await?;
    columns::number(last.unwrap_or(0) + 1)
}
