use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::event::{Actor, AuditAction, Event};
use super::refusal_counts::RefusalCounts;
use crate::database::sessions::Ended;
use crate::database::{Change, Database, audit};
use crate::keys::digest::sha256_hex;

/// The value of `previous` in the first record.
pub(crate) const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A record. The export writes one line of JSON each.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// The number, from 1 without a gap.
    pub(crate) sequence: u64,
    /// The time in UTC, by RFC 3339, in whole seconds.
    pub(crate) at: String,
    /// The event, byte for byte as it was hashed.
    pub(crate) event: Box<RawValue>,
    /// The hash of the record before it.
    pub(crate) previous: String,
    /// The SHA-256 in hex of [`Record::computed`].
    pub(crate) hash: String,
}

impl Record {
    /// Computes the hash that this record must have.
    pub(crate) fn computed(&self) -> String {
        hash(&self.previous, self.sequence, &self.at, self.event.get())
    }
}

/// Adds `event` to the log, inside the transaction that does the action.
///
/// The chain cannot fork, since the bank runs one write transaction at a time.
pub(crate) async fn record(change: &mut Change, now: OffsetDateTime, event: Event) -> Result<(), sqlx::Error> {
    let encode = |error: serde_json::Error| sqlx::Error::Encode(error.into());
    let last = match change.last_record() {
        Some(last) => Some(last),
        None => audit::last(change).await?,
    };
    let (last, previous) = last.unwrap_or_else(|| (0, BEGINNING.to_owned()));
    let sequence = last + 1;
    let event = serde_json::to_string(&event).map_err(encode)?;
    let at = instant(now).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let hash = hash(&previous, sequence, &at, &event);
    let row = audit::Row { sequence, at: now.unix_timestamp(), event, previous, hash };
    audit::add(change, &row).await?;
    change.keep_last_record((sequence, row.hash));
    Ok(())
}

/// Records the refusals that `counts` has counted, in a transaction of its own. `every` ends the windows that are not
/// over, too.
///
/// If the write fails, the counts are kept for the next call. If the connection breaks during the commit, the counts may
/// be written twice.
pub(crate) async fn record_counted(
    database: &Database,
    now: OffsetDateTime,
    counts: &RefusalCounts,
    every: bool,
) -> Result<(), sqlx::Error> {
    let ended = counts.end_windows(every);
    let events = ended.events();
    if events.is_empty() {
        return Ok(());
    }
    let mut change = database.write().await?;
    for event in events {
        record(&mut change, now, event).await?;
    }
    change.commit().await?;
    ended.written();
    Ok(())
}

/// Records each session that an action has ended.
pub(crate) async fn sessions_ended(change: &mut Change, now: OffsetDateTime, ended: Ended) -> Result<(), sqlx::Error> {
    for user in ended.0 {
        record(change, now, Event::done(Actor::Bank, AuditAction::SessionEnded).upon_key(&user)).await?;
    }
    Ok(())
}

/// Returns a time as the log writes it.
pub(crate) fn instant(at: OffsetDateTime) -> Result<String, time::error::Format> {
    let at = at.checked_to_offset(time::UtcOffset::UTC).unwrap_or(at);
    at.replace_nanosecond(0).unwrap_or(at).format(&Rfc3339)
}

/// Hashes the lines `previous`, `sequence`, `at` and `event`. No part contains a line feed, since JSON escapes it.
fn hash(previous: &str, sequence: u64, at: &str, event: &str) -> String {
    sha256_hex(format!("{previous}\n{sequence}\n{at}\n{event}").as_bytes())
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::task::{Context, Waker};

    use inkan_protocol::Code;
    use serde_json::json;
    use sqlx::Executor;

    use super::*;
    use crate::rules::tests::test_service::{OKMATE, TestService};

    /// Refuses a flood, of which so many refusals are counted.
    fn flood(counts: &RefusalCounts, counted: usize) {
        let refuse = || counts.records(Some(Ipv4Addr::LOCALHOST.into()), &Actor::Unknown, Code::LoginFailed);
        while refuse() {}
        (1..counted).for_each(|_| assert!(!refuse()));
    }

    #[tokio::test]
    async fn counts_that_cannot_be_written_are_written_with_the_next_interval() {
        let bank = TestService::open(OKMATE).await;
        let write = async || record_counted(&bank.database, bank.now(), &bank.refusal_counts, true).await;
        let rename = async |statement: &'static str| {
            let mut change = bank.database.write().await.unwrap();
            change.execute(statement).await.unwrap();
            change.commit().await.unwrap();
        };
        flood(&bank.refusal_counts, 3);
        rename("ALTER TABLE audit RENAME TO away").await;
        write().await.unwrap_err();
        flood(&bank.refusal_counts, 4);
        write().await.unwrap_err();
        rename("ALTER TABLE away RENAME TO audit").await;
        // The write is broken off while it waits.
        let running = bank.database.write().await.unwrap();
        let mut broken_off = Box::pin(write());
        assert!(broken_off.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop((broken_off, running));
        write().await.unwrap();
        write().await.unwrap();
        let events = bank.events().await;
        assert_eq!(events.iter().map(|event| &event["codes"]).collect::<Vec<_>>(), [&json!({"login_failed": 7})]);
    }

    #[test]
    fn the_hash_can_be_computed_with_sha256sum() {
        // printf '%s\n%s\n%s\n%s' $(printf 0%.0s {1..64}) 1 2026-11-21T00:00:00Z '{"act":"session_ended"}' | sha256sum
        let record = Record {
            sequence: 1,
            at: "2026-11-21T00:00:00Z".to_owned(),
            event: RawValue::from_string(r#"{"act":"session_ended"}"#.to_owned()).unwrap(),
            previous: BEGINNING.to_owned(),
            hash: String::new(),
        };
        assert_eq!(record.computed(), "1a0f51614dfd92276948d87900b3084bcff203e6dce4413dfbed195b73d69701");
    }
}
