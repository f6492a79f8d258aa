use sqlx::FromRow;

use super::Connection;

/// A stored record of the audit log.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) sequence: u64,
    /// The time in seconds since 1970.
    pub(crate) at: i64,
    /// The event as JSON.
    pub(crate) event: String,
    pub(crate) previous: String,
    pub(crate) hash: String,
}

#[derive(FromRow)]
struct Stored {
    sequence: i64,
    at: i64,
    event: String,
    previous: String,
    hash: String,
}

/// Returns number and hash of the last record.
pub(crate) async fn last(connection: &mut Connection) -> Result<Option<(u64, String)>, sqlx::Error> {
    let row: Option<(i64, String)> = sqlx::query_as("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
        .fetch_optional(connection)
        .await?;
    row.map(|(sequence, hash)| Ok((number(sequence)?, hash))).transpose()
}

/// Returns the number of a record that the bank cannot have written, if there is one.
pub(crate) async fn foreign(connection: &mut Connection) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar("SELECT sequence FROM audit WHERE sequence < 1 ORDER BY sequence LIMIT 1")
        .fetch_optional(connection)
        .await
}

/// Adds a record.
pub(crate) async fn add(connection: &mut Connection, row: &Row) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO audit (sequence, at, event, previous, hash) VALUES ($1, $2, $3, $4, $5)")
        .bind(stored(row.sequence)?)
        .bind(row.at)
        .bind(&row.event)
        .bind(&row.previous)
        .bind(&row.hash)
        .execute(connection)
        .await?;
    Ok(())
}

/// Returns at most `most` records from the number `from` on, in order.
pub(crate) async fn page(connection: &mut Connection, from: u64, most: u32) -> Result<Vec<Row>, sqlx::Error> {
    let rows: Vec<Stored> = sqlx::query_as("SELECT * FROM audit WHERE sequence >= $1 ORDER BY sequence LIMIT $2")
        .bind(stored(from)?)
        .bind(i64::from(most))
        .fetch_all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            let Stored { sequence, at, event, previous, hash } = row;
            Ok(Row { sequence: number(sequence)?, at, event, previous, hash })
        })
        .collect()
}

fn number(stored: i64) -> Result<u64, sqlx::Error> {
    u64::try_from(stored).map_err(|error| sqlx::Error::Decode(error.into()))
}

fn stored(number: u64) -> Result<i64, sqlx::Error> {
    i64::try_from(number).map_err(|error| sqlx::Error::Encode(error.into()))
}
