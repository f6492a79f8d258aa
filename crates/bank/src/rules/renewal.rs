use time::OffsetDateTime;

use super::refusal::Refusal;
use crate::audit;
use crate::database::certificates::{self, Certificate};
use crate::database::{Change, renewals, sessions};

/// Records that `certificate` is on a PC. Returns false if that was recorded before. If the certificate renews another,
/// the other one is superseded in the same transaction (M2, M3).
pub(crate) async fn acquire(
    change: &mut Change,
    certificate: &Certificate,
    now: OffsetDateTime,
) -> Result<bool, Refusal> {
    if certificate.acquired.is_some() {
        return Ok(false);
    }
    if let Some(old) = &certificate.renews {
        renewals::supersede(change, old, now).await?;
        let ended = sessions::end_of_certificate(change, old).await?;
        audit::sessions_ended(change, now, ended).await?;
    }
    Ok(certificates::acquire(change, &certificate.fingerprint, now).await?)
}

#[cfg(test)]
mod tests {
    use inkan_protocol::CertificateState;

    use super::*;
    use crate::rules::tests::test_service::{OKMATE, TestService};

    #[tokio::test]
    async fn m3_the_acquisition_of_a_renewal_supersedes_the_renewed_certificate_once() {
        let bank = TestService::open(OKMATE).await;
        let old = bank.certificate("hanakodt", 1, false).await;
        let session = bank.session("hanakodt", Some(&old)).await;
        let acquire_now = async |certificate: &Certificate| {
            let mut change = bank.database.write().await.unwrap();
            let fresh = acquire(&mut change, certificate, bank.now()).await.unwrap();
            change.commit().await.unwrap();
            fresh
        };
        let state = async |certificate: &Certificate| {
            let mut connection = bank.database.read().await.unwrap();
            let found = certificates::find(&mut connection, &certificate.fingerprint).await.unwrap().unwrap();
            found.state(bank.now())
        };
        assert!(acquire_now(&old).await);
        assert_eq!(state(&old).await, CertificateState::Valid);
        let known = bank.last_certificate("hanakodt").await.unwrap();
        assert!(!acquire_now(&known).await, "its acquisition is known");
        let renewal = Certificate {
            fingerprint: "renewal".to_owned(),
            serial: "0002".to_owned(),
            public_key: "another".to_owned(),
            issue_number: 2,
            renews: Some(old.fingerprint.clone()),
            ..old.clone()
        };
        let mut change = bank.database.write().await.unwrap();
        certificates::add(&mut change, &renewal).await.unwrap();
        change.commit().await.unwrap();
        assert!(bank.has_session(&session).await && acquire_now(&renewal).await);
        assert_eq!((state(&old).await, state(&renewal).await), (CertificateState::Superseded, CertificateState::Valid));
        assert!(!bank.has_session(&session).await);
        assert_eq!(bank.acts().await, ["session_ended"]);
    }
}
