use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::event::{Actor, AuditAction, Event};
use crate::database::sessions::Ended;
use crate::database::{Connection, audit};
use crate::keys::digest::sha256_hex;

/// What stands before the first record.
pub(crate) const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A record as it is exported: one line of JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// From 1, without a gap.
    pub(crate) sequence: u64,
    /// UTC, RFC 3339, in whole seconds.
    pub(crate) at: String,
    /// Byte for byte as it was hashed.
    pub(crate) event: Box<RawValue>,
    /// The hash of the record before it.
    pub(crate) previous: String,
    /// SHA-256 in hex, over what [`Record::computed`] says.
    pub(crate) hash: String,
}

impl Record {
    /// The hash that this record must have.
    pub(crate) fn computed(&self) -> String {
        hash(&self.previous, self.sequence, &self.at, self.event.get())
    }
}

/// Adds `event` to the log, inside the transaction that does what it tells.
///
/// The sequence cannot fork, since a write transaction is the only one in the whole bank.
pub(crate) async fn record(change: &mut Connection, now: OffsetDateTime, event: Event) -> Result<(), sqlx::Error> {
    let encode = |error: serde_json::Error| sqlx::Error::Encode(error.into());
    let (last, previous) = audit::last(change).await?.unwrap_or_else(|| (0, BEGINNING.to_owned()));
    let sequence = last + 1;
    let event = serde_json::to_string(&event).map_err(encode)?;
    let at = instant(now).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let hash = hash(&previous, sequence, &at, &event);
    audit::add(change, &audit::Row { sequence, at: now.unix_timestamp(), event, previous, hash }).await
}

/// Records each session that the bank has ended with what was done before.
pub(crate) async fn sessions_ended(
    change: &mut Connection,
    now: OffsetDateTime,
    ended: Ended,
) -> Result<(), sqlx::Error> {
    for user in ended.0 {
        record(change, now, Event::done(Actor::Bank, AuditAction::SessionEnded).upon_key(&user)).await?;
    }
    Ok(())
}

/// As the log writes a time.
pub(crate) fn instant(at: OffsetDateTime) -> Result<String, time::error::Format> {
    let at = at.checked_to_offset(time::UtcOffset::UTC).unwrap_or(at);
    at.replace_nanosecond(0).unwrap_or(at).format(&Rfc3339)
}

/// Over the lines `previous`, `sequence`, `at` and `event`. No part holds a line feed: JSON escapes it.
fn hash(previous: &str, sequence: u64, at: &str, event: &str) -> String {
    sha256_hex(format!("{previous}\n{sequence}\n{at}\n{event}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

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
