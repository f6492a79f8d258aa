use axum::body::Bytes;
use inkan_protocol::Code;
use time::{Duration, OffsetDateTime};

use super::refusal::Refusal;
use super::service::Service;
use crate::authority::{CrlContent, CrlEntry};
use crate::database::crls::{self, CrlRecord};
use crate::database::revocations::{self, Revocation, RevocationReason};

/// From a CRL's issue to its nextUpdate.
const LIFE: Duration = Duration::hours(24);
/// How much of that a list must still have, to be handed out.
const REST: Duration = Duration::hours(12);

/// The CRL that holds every revocation up to now: the last one while nothing has been revoked since and it is far from
/// lapsing, and otherwise a new one.
pub(crate) async fn current(service: &Service) -> Result<Bytes, Refusal> {
    let now = service.now();
    let mut connection = service.database.read().await?;
    let revoked = revocations::count(&mut connection).await?;
    if let Some(last) = crls::last(&mut connection).await?
        && serves(&last, revoked, now)
    {
        if let Some(known) = service.crl.of(last.number) {
            return Ok(known);
        }
        if let Some(der) = crls::der(&mut connection, last.number).await? {
            return Ok(service.crl.keep(last.number, der));
        }
    }
    drop(connection);
    issue(service, now).await
}

/// Signs the next one inside the one transaction that writes, so that two instances never give one number to two lists.
async fn issue(service: &Service, now: OffsetDateTime) -> Result<Bytes, Refusal> {
    let mut change = service.database.write().await?;
    let last = crls::last(&mut change).await?;
    let revoked = revocations::count(&mut change).await?;
    if let Some(last) = last.filter(|last| serves(last, revoked, now))
        && let Some(der) = crls::der(&mut change, last.number).await?
    {
        return Ok(service.crl.keep(last.number, der));
    }
    let first = OffsetDateTime::UNIX_EPOCH;
    // An entry stays until a list has been issued after its certificate's end (RFC 5280 §3.3).
    let entries = revocations::unexpired_at(&mut change, last.map_or(first, |last| last.this_update)).await?;
    let this_update = last.map_or(now, |last| last.this_update.max(now));
    let record = CrlRecord {
        number: last.map_or(1, |last| last.number + 1),
        this_update,
        next_update: this_update.saturating_add(LIFE),
        revocations: revoked,
    };
    let content = CrlContent {
        number: u64::try_from(record.number).map_err(|error| Refusal::because(Code::BankFault, error))?,
        this_update: record.this_update,
        next_update: record.next_update,
        entries: entries.into_iter().map(entry).collect::<Result<_, _>>()?,
    };
    let der = service.authority.crl(content)?;
    crls::replace(&mut change, &record, &der).await?;
    change.commit().await?;
    tracing::info!(number = record.number, revocations = revoked, "CRL issued");
    Ok(service.crl.keep(record.number, der))
}

fn serves(last: &CrlRecord, revoked: i64, now: OffsetDateTime) -> bool {
    last.revocations == revoked && now.saturating_add(REST) < last.next_update
}

fn entry(revocation: Revocation) -> Result<CrlEntry, Refusal> {
    let serial = data_encoding::HEXLOWER.decode(revocation.serial.as_bytes());
    Ok(CrlEntry {
        serial: serial.map_err(|error| Refusal::because(Code::BankFault, error))?,
        revoked: revocation.revoked,
        reason: revocation.reason.map(|reason| match reason {
            RevocationReason::Renewed | RevocationReason::Reissued => rcgen::RevocationReason::Superseded,
        }),
    })
}
