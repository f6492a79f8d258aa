use axum::body::Bytes;
use inkan_protocol::Code;
use time::{Duration, OffsetDateTime};

use super::refusal::Refusal;
use super::service::Service;
use crate::authority::{CrlContent, CrlEntry};
use crate::database::crls::{self, CrlRecord};
use crate::database::revocations::{self, Revocation, RevocationReason};

/// The time from a CRL's `thisUpdate` to its `nextUpdate`.
const LIFE: Duration = Duration::hours(24);
/// The time before `nextUpdate` at which a CRL is replaced.
const REST: Duration = Duration::hours(12);

/// Returns a CRL and its data, with every revocation up to now: the last CRL if nothing has been revoked since and its `nextUpdate`
/// is far away, otherwise a new one.
pub(crate) async fn current(service: &Service) -> Result<(CrlRecord, Bytes), Refusal> {
    let now = service.now();
    let mut connection = service.database.read().await?;
    let revoked = revocations::count(&mut connection).await?;
    if let Some(last) = crls::last(&mut connection).await?
        && serves(&last, revoked, now)
    {
        if let Some(known) = service.crl.of(last.number) {
            return Ok((last, known));
        }
        if let Some(der) = crls::der(&mut connection, last.number).await? {
            return Ok((last, service.crl.keep(last.number, der)));
        }
    }
    drop(connection);
    issue(service, now).await
}

/// Signs the next CRL inside the transaction that writes, so that two instances never give two CRLs the same number.
async fn issue(service: &Service, now: OffsetDateTime) -> Result<(CrlRecord, Bytes), Refusal> {
    let mut change = service.database.write().await?;
    let last = crls::last(&mut change).await?;
    let revoked = revocations::count(&mut change).await?;
    if let Some(last) = last.filter(|last| serves(last, revoked, now))
        && let Some(der) = crls::der(&mut change, last.number).await?
    {
        return Ok((last, service.crl.keep(last.number, der)));
    }
    // An entry stays until a CRL has been issued after the end of its certificate (RFC 5280 §3.3). A CRL of the future
    // was issued by a wrong clock, and says nothing about the end of a certificate.
    let since = last.map_or(OffsetDateTime::UNIX_EPOCH, |last| last.this_update.min(now));
    let entries = revocations::unexpired_at(&mut change, since).await?;
    let record = CrlRecord {
        number: last.map_or(1, |last| last.number + 1),
        this_update: now,
        next_update: now.saturating_add(LIFE),
        revocations: revoked,
    };
    let content = CrlContent {
        number: u64::try_from(record.number).map_err(|error| Refusal::because(Code::BankFault, error))?,
        this_update: record.this_update,
        next_update: record.next_update,
        entries: entries.into_iter().map(|revocation| entry(revocation, now)).collect::<Result<_, _>>()?,
    };
    let der = service.authority.crl(content)?;
    crls::replace(&mut change, &record, &der).await?;
    change.commit().await?;
    tracing::info!(number = record.number, revocations = revoked, "CRL issued");
    service.authority.report_end(service.profile.certificate.validity_days, now);
    let der = service.crl.keep(record.number, der);
    Ok((record, der))
}

fn serves(last: &CrlRecord, revoked: i64, now: OffsetDateTime) -> bool {
    last.revocations == revoked && last.this_update <= now && now.saturating_add(REST) < last.next_update
}

/// Returns the entry of a revocation. A wrong clock may have dated the revocation in the future, where some programs
/// take the certificate for good until then.
fn entry(revocation: Revocation, now: OffsetDateTime) -> Result<CrlEntry, Refusal> {
    let serial = data_encoding::HEXLOWER.decode(revocation.serial.as_bytes());
    Ok(CrlEntry {
        serial: serial.map_err(|error| Refusal::because(Code::BankFault, error))?,
        revoked: revocation.revoked.min(now),
        reason: revocation.reason.map(|reason| match reason {
            RevocationReason::Renewed | RevocationReason::Reissued => rcgen::RevocationReason::Superseded,
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::certificates;
    use crate::rules::tests::test_service::{OKMATE, TestService};

    #[test]
    fn a_crl_serves_until_a_revocation_or_twelve_hours_before_its_next_update() {
        let this_update = OffsetDateTime::UNIX_EPOCH;
        let last = CrlRecord { number: 1, this_update, next_update: this_update + LIFE, revocations: 3 };
        let until = this_update + Duration::hours(12);
        assert!(serves(&last, 3, this_update) && serves(&last, 3, until - Duration::SECOND));
        assert!(!serves(&last, 3, until));
        assert!(!serves(&last, 4, this_update) && !serves(&last, 2, this_update));
        assert!(!serves(&last, 3, this_update - Duration::SECOND), "of the future");
    }

    #[tokio::test]
    async fn a_crl_is_replaced_by_the_next_number_after_a_revocation() {
        let bank = TestService::open(OKMATE).await;
        let first = current(&bank).await.unwrap();
        assert_eq!(current(&bank).await.unwrap(), first);
        let number = async || crls::last(&mut bank.database.read().await.unwrap()).await.unwrap().unwrap().number;
        assert_eq!(number().await, 1);
        let certificate = bank.certificate("hanakodt", 1, false).await;
        let mut change = bank.database.write().await.unwrap();
        certificates::revoke(&mut change, &certificate.fingerprint, None, bank.now()).await.unwrap();
        change.commit().await.unwrap();
        let second = current(&bank).await.unwrap();
        assert_ne!(second, first);
        assert_eq!(number().await, 2);
        assert_eq!(issue(&bank, bank.now()).await.unwrap(), second, "another instance has issued it");
        bank.advance(REST);
        current(&bank).await.unwrap();
        assert_eq!(number().await, 3);
    }

    #[test]
    fn an_entry_says_why_if_the_bank_knows() {
        let revoked = OffsetDateTime::UNIX_EPOCH;
        let revocation = |reason| Revocation { serial: "01af".to_owned(), revoked, reason };
        let superseded = entry(revocation(Some(RevocationReason::Renewed)), revoked).unwrap();
        assert_eq!((superseded.serial, superseded.revoked), (vec![0x01, 0xaf], revoked));
        assert_eq!(superseded.reason, Some(rcgen::RevocationReason::Superseded));
        assert_eq!(entry(revocation(None), revoked).unwrap().reason, None);
        assert!(entry(Revocation { serial: "x".to_owned(), revoked, reason: None }, revoked).is_err());
        let before = revoked - Duration::HOUR;
        assert_eq!(entry(revocation(None), before).unwrap().revoked, before, "none is revoked in the future");
    }
}
