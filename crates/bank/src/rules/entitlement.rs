use inkan_profile::{Permission, Profile};
use inkan_protocol::Code;
use time::OffsetDateTime;

use super::refusal::Refusal;
use crate::database::certificates::{self, Certificate};
use crate::database::users::User;
use crate::database::{Connection, issues};

/// The right of a user to acquire a certificate now.
#[derive(Debug)]
pub(crate) struct Entitlement {
    /// The issue number (発行番号) of the next certificate.
    pub(crate) issue_number: u32,
    /// Whether the next certificate replaces a revoked one (M7).
    pub(crate) reissue: bool,
    /// Whether the user acquires the certificate without an administrator. The administrators have then not been
    /// notified yet.
    pub(crate) by_oneself: bool,
    /// The last certificate of the user. It is no longer live.
    pub(crate) last: Option<Certificate>,
}

/// Checks that `user` may acquire a certificate: an issue is open and within its deadline (M3), the bank lets users
/// issue for themselves (S0-7), or the last certificate expired within the grace period (M1).
///
/// # Errors
/// [`Code::CertificateAlreadyIssued`] (M2), [`Code::AcquisitionDeadlinePassed`], [`Code::CertificateNotIssued`].
pub(crate) async fn entitled(
    profile: &Profile,
    connection: &mut Connection,
    user: &User,
    now: OffsetDateTime,
) -> Result<Entitlement, Refusal> {
    let helper = profile.helper_with_certificate(&user.person.role);
    let refused = |code| Refusal::new(code).with("user", &user.person.id).helped_by(helper);
    let last = certificates::last_of_user(connection, &user.key).await?;
    if last.as_ref().is_some_and(|last| last.is_live(now)) {
        let role = &user.person.role;
        let own = if profile.may(role, Permission::RevokeOwnCertificate) { "yes" } else { "no" };
        let act = if profile.is_reissued(role) { "reissue" } else { "revoke" };
        return Err(refused(Code::CertificateAlreadyIssued).with("own", own).with("act", act));
    }
    let newest = issues::newest_of_user(connection, &user.key).await?;
    if let Some(issue) = newest.as_ref().filter(|issue| issue.open) {
        if issue.lapsed(now) {
            return Err(refused(Code::AcquisitionDeadlinePassed));
        }
        return Ok(Entitlement { issue_number: issue.issue_number, reissue: issue.reissue, by_oneself: false, last });
    }
    let rules = &profile.certificate;
    let lapsed = last.as_ref().is_some_and(|last| last.revoked.is_none() && rules.in_grace(last.not_after, now));
    if !rules.self_issue && !lapsed {
        return Err(refused(Code::CertificateNotIssued));
    }
    let numbers = [last.as_ref().map(|last| last.issue_number), newest.map(|issue| issue.issue_number)];
    let issue_number = numbers.into_iter().flatten().max().unwrap_or(0) + 1;
    // A certificate that only expired is followed up, not replaced.
    let reissue = last.as_ref().is_some_and(|last| last.revoked.is_some());
    Ok(Entitlement { issue_number, reissue, by_oneself: true, last })
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;
    use crate::rules::tests::test_service::{KANRISYA, KEIYAKU, OKMATE, RIYOUSYA, SHINKIN, TestService};

    /// The number, whether the certificate replaces a revoked one, and whether the user acquires it alone; or the code.
    async fn entitlement(bank: &TestService, user: &str) -> Result<(u32, bool, bool), Code> {
        let user = bank.user(user).await;
        let mut connection = bank.database.read().await.unwrap();
        let entitled = entitled(&bank.profile, &mut connection, &user, bank.now()).await;
        entitled.map(|it| (it.issue_number, it.reissue, it.by_oneself)).map_err(|refusal| refusal.code())
    }

    async fn close_issue(bank: &TestService, user: &str) {
        let mut change = bank.database.write().await.unwrap();
        issues::close_of_user(&mut change, user, bank.now()).await.unwrap();
        change.commit().await.unwrap();
    }

    async fn revoke(bank: &TestService, user: &str) {
        let last = bank.last_certificate(user).await.unwrap();
        let mut change = bank.database.write().await.unwrap();
        certificates::revoke(&mut change, &last.fingerprint, None, bank.now()).await.unwrap();
        change.commit().await.unwrap();
    }

    #[tokio::test]
    async fn s0_7_a_user_of_a_self_service_bank_acquires_alone_once() {
        let bank = TestService::open(OKMATE).await;
        assert_eq!(entitlement(&bank, "hanakodt").await, Ok((1, false, true)));
        bank.certificate("hanakodt", 1, false).await;
        assert_eq!(entitlement(&bank, "hanakodt").await, Err(Code::CertificateAlreadyIssued), "M2");
        revoke(&bank, "hanakodt").await;
        assert_eq!(entitlement(&bank, "hanakodt").await, Ok((2, true, true)));
    }

    #[tokio::test]
    async fn m3_an_issue_entitles_until_its_deadline() {
        let bank = TestService::open(KEIYAKU).await;
        assert_eq!(entitlement(&bank, RIYOUSYA).await, Ok((1, false, false)));
        bank.advance(Duration::days(31));
        assert_eq!(entitlement(&bank, RIYOUSYA).await, Err(Code::AcquisitionDeadlinePassed));
        close_issue(&bank, RIYOUSYA).await;
        assert_eq!(entitlement(&bank, RIYOUSYA).await, Err(Code::CertificateNotIssued), "S3-2");
        bank.certificate(KANRISYA, 1, false).await;
        close_issue(&bank, KANRISYA).await;
        bank.advance(Duration::days(2));
        assert_eq!(entitlement(&bank, KANRISYA).await, Err(Code::CertificateNotIssued), "S3-1: no grace");
    }

    #[tokio::test]
    async fn m1_an_expired_certificate_entitles_within_the_grace_period_and_a_revoked_one_never() {
        let bank = TestService::open(SHINKIN).await;
        close_issue(&bank, "keir002").await;
        close_issue(&bank, "keir003").await;
        bank.certificate("keir002", 1, false).await;
        bank.certificate("keir003", 1, false).await;
        revoke(&bank, "keir003").await;
        bank.advance(Duration::days(1) + Duration::SECOND);
        assert_eq!(entitlement(&bank, "keir002").await, Ok((2, false, true)));
        assert_eq!(entitlement(&bank, "keir003").await, Err(Code::CertificateNotIssued));
        bank.advance(Duration::days(80));
        assert_eq!(entitlement(&bank, "keir002").await, Err(Code::CertificateNotIssued));
    }

    #[tokio::test]
    async fn m2_a_refusal_says_how_the_present_certificate_ends() {
        for (profile, user, about) in [
            (OKMATE, "hanakodt", "act revoke, helper other_administrator, own yes, user hanakodt"),
            (KEIYAKU, RIYOUSYA, "act reissue, helper administrator, own no, user riyousya"),
        ] {
            let bank = TestService::open(profile).await;
            bank.certificate(user, 1, false).await;
            let mut connection = bank.database.read().await.unwrap();
            let user = bank.user(user).await;
            let refused = entitled(&bank.profile, &mut connection, &user, bank.now()).await.unwrap_err();
            assert_eq!(refused.about(), about);
        }
    }
}
