use inkan_protocol::{CertificateAction, Code, OperationKind};
use time::OffsetDateTime;

use super::certificate_permission::permit;
use super::certificate_validity::Issuing;
use super::operator::Operator;
use super::refusal::Refusal;
use super::reissue_notice;
use crate::audit::{self, AuditAction};
use crate::database::issues::Issue;
use crate::database::revocations::{self, RevocationReason};
use crate::database::users::User;
use crate::database::{Change, certificates, enrolment_codes, issues, operations, sessions};

/// Keeps (継続), reissues (再発行) or revokes (失効) the certificate of `subject`, or an issue not yet acquired (S3-6, S4-9).
///
/// # Errors
/// The operator may not do it, judged inside the transaction `change`. [`Code::ExpiredNotKept`] (Q8);
/// [`Code::NoLiveCertificate`] if there is nothing to keep or to revoke; the errors of [`Issuing::possible`] for a
/// reissue.
pub(crate) async fn act(
    issuing: Issuing<'_>,
    change: &mut Change,
    act: CertificateAction,
    operator: Operator<'_>,
    subject: &User,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let profile = issuing.profile;
    let operator = operator.present(profile, change, now).await?;
    permit(profile, &operator, subject, act)?;
    let last = certificates::last_of_user(change, &subject.key).await?;
    let live = last.as_ref().filter(|last| last.is_live(now));
    let issued = issues::open_of_user(change, &subject.key).await?.is_some_and(|issue| !issue.lapsed(now));
    let refused = |code| Refusal::new(code).with("user", &subject.person.id);
    match act {
        CertificateAction::Keep if live.is_some() || issued => {
            let kept = operator.event(AuditAction::CertificateKept).upon(subject);
            return Ok(audit::record(change, now, kept).await?);
        }
        CertificateAction::Keep if last.as_ref().is_some_and(|last| last.revoked.is_none()) => {
            return Err(refused(Code::ExpiredNotKept));
        }
        CertificateAction::Revoke if live.is_some() || issued => {}
        CertificateAction::Keep | CertificateAction::Revoke => {
            let refused = refused(Code::NoLiveCertificate);
            // S3-2: without a reissue, the holder cannot acquire the next certificate.
            let reissue = !profile.certificate.self_issue && profile.is_reissued(&subject.person.role);
            return Err(if reissue { refused.with("remedy", "reissue") } else { refused });
        }
        // A reissue revokes, which would leave the user without a certificate.
        CertificateAction::Reissue => issuing.possible(now)?,
    }
    let mut ended = None;
    if let Some(live) = live {
        // A reissue revokes at once (Q7).
        certificates::revoke(change, &live.fingerprint, operator.key(), now).await?;
        if act == CertificateAction::Reissue {
            revocations::explain(change, &live.fingerprint, RevocationReason::Reissued).await?;
        }
        ended = Some(sessions::end_of_certificate(change, &live.fingerprint).await?);
    } else if let Some(last) = &last {
        // An expired certificate only makes room for the next one (S3-1).
        certificates::close(change, &last.fingerprint, now).await?;
    }
    enrolment_codes::end_of_user(change, &subject.key).await?;
    issues::close_of_user(change, &subject.key, now).await?;
    if act == CertificateAction::Reissue {
        let issue = Issue {
            issue_number: issues::next_number(change, &subject.key).await?,
            registered: now,
            deadline: profile.certificate.acquisition_deadline(now),
            reissue: last.is_some(),
            open: true,
        };
        issues::open(change, &subject.key, &issue).await?;
        reissue_notice::send(profile, change, subject, operator.user(), now).await?;
    }
    let kind = match act {
        CertificateAction::Reissue => OperationKind::CertificateReissued,
        CertificateAction::Keep | CertificateAction::Revoke => OperationKind::CertificateRevoked,
    };
    let serial = live.map(|live| live.serial.clone());
    let act = match act {
        CertificateAction::Reissue => AuditAction::CertificateReissued { serial },
        CertificateAction::Keep | CertificateAction::Revoke => AuditAction::CertificateRevoked { serial },
    };
    audit::record(change, now, operator.event(act).upon(subject)).await?;
    if let Some(ended) = ended {
        audit::sessions_ended(change, now, ended).await?;
    }
    if let Some(operator) = operator.key() {
        operations::add(change, kind, operator, &subject.key, now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use inkan_protocol::CertificateState;
    use time::Duration;

    use super::*;
    use crate::rules::tests::test_service::{KANRISYA, KEIYAKU, OKMATE, RIYOUSYA, TestService, in_session};
    use CertificateAction::{Keep, Reissue, Revoke};

    async fn act_upon(
        bank: &TestService,
        operator: Operator<'_>,
        subject: &str,
        action: CertificateAction,
    ) -> Result<(), (Code, String)> {
        let subject = bank.user(subject).await;
        let mut change = bank.database.write().await.unwrap();
        let done = act(bank.issuing(), &mut change, action, operator, &subject, bank.now()).await;
        change.commit().await.unwrap();
        done.map_err(|refusal| (refusal.code(), refusal.about()))
    }

    async fn issue(bank: &TestService, user: &str) -> Option<Issue> {
        issues::open_of_user(&mut bank.database.read().await.unwrap(), user).await.unwrap()
    }

    async fn close_issue(bank: &TestService, user: &str) {
        let mut change = bank.database.write().await.unwrap();
        issues::close_of_user(&mut change, user, bank.now()).await.unwrap();
        change.commit().await.unwrap();
    }

    #[tokio::test]
    async fn s3_6_keep_changes_nothing_and_needs_a_live_certificate_or_an_issue() {
        let bank = TestService::open(KEIYAKU).await;
        let none = || Err((Code::NoLiveCertificate, "remedy reissue, user riyousya".to_owned()));
        assert_eq!(act_upon(&bank, Operator::Branch, RIYOUSYA, Keep).await, Ok(()), "an issue to acquire");
        bank.advance(Duration::days(31));
        assert_eq!(act_upon(&bank, Operator::Branch, RIYOUSYA, Keep).await, none(), "its deadline has passed");
        close_issue(&bank, RIYOUSYA).await;
        bank.certificate(RIYOUSYA, 2, false).await;
        assert_eq!(act_upon(&bank, Operator::Branch, RIYOUSYA, Keep).await, Ok(()), "a live certificate");
        assert_eq!(bank.acts().await, ["certificate_kept"; 2]);
        bank.advance(Duration::days(2));
        let expired = act_upon(&bank, Operator::Branch, RIYOUSYA, Keep).await;
        assert_eq!(expired, Err((Code::ExpiredNotKept, "user riyousya".to_owned())), "Q8");
        bank.certificate(KANRISYA, 2, false).await;
        assert_eq!(act_upon(&bank, Operator::Branch, KANRISYA, Revoke).await, Ok(()));
        let revoked = act_upon(&bank, Operator::Branch, KANRISYA, Keep).await;
        assert_eq!(revoked, Err((Code::NoLiveCertificate, "user kanrisya".to_owned())), "no user reissues it");
    }

    #[tokio::test]
    async fn s4_9_revoke_ends_the_certificate_its_sessions_and_what_is_issued() {
        let bank = TestService::open(KEIYAKU).await;
        assert_eq!(act_upon(&bank, Operator::Branch, RIYOUSYA, Revoke).await, Ok(()), "an issue to acquire");
        assert_eq!(issue(&bank, RIYOUSYA).await.map(|issue| issue.issue_number), None);
        let live = bank.certificate(RIYOUSYA, 2, false).await;
        let administrator = bank.session(KANRISYA, None).await;
        let session = bank.session(RIYOUSYA, Some(&live)).await;
        let operator = in_session(KANRISYA, &administrator);
        assert_eq!(act_upon(&bank, operator, RIYOUSYA, Revoke).await, Ok(()));
        let last = bank.last_certificate(RIYOUSYA).await.unwrap();
        assert_eq!((last.state(bank.now()), last.revocation_reason), (CertificateState::Revoked, None));
        assert!(issue(&bank, RIYOUSYA).await.is_none() && !bank.has_session(&session).await);
        assert_eq!(bank.acts().await, ["certificate_revoked", "certificate_revoked", "session_ended"]);
        let operations = bank.operations(RIYOUSYA).await;
        assert_eq!((operations.len(), operations[0].kind), (1, OperationKind::CertificateRevoked));
        let again = act_upon(&bank, operator, RIYOUSYA, Revoke).await;
        assert_eq!(again, Err((Code::NoLiveCertificate, "remedy reissue, user riyousya".to_owned())), "S3-2");
    }

    #[tokio::test]
    async fn no_reissue_is_made_if_the_ca_ends_before_a_new_certificate_would() {
        let bank = TestService::open(KEIYAKU).await;
        let days = i64::from(bank.profile.certificate.validity_days);
        bank.advance(bank.authority.ends() - bank.now() - Duration::days(days) + Duration::SECOND);
        let live = bank.certificate(RIYOUSYA, 1, false).await;
        let administrator = bank.session(KANRISYA, None).await;
        for operator in [Operator::Branch, in_session(KANRISYA, &administrator)] {
            let refused = act_upon(&bank, operator, RIYOUSYA, Reissue).await.map_err(|(code, _)| code);
            assert_eq!(refused, Err(Code::CaEnding));
        }
        let last = bank.last_certificate(RIYOUSYA).await.unwrap();
        assert_eq!((last.fingerprint, last.revoked), (live.fingerprint, None));
        assert!(bank.acts().await.is_empty());
    }

    #[tokio::test]
    async fn q7_reissue_revokes_at_once_and_opens_the_next_issue() {
        let bank = TestService::open(KEIYAKU).await;
        bank.certificate(RIYOUSYA, 1, false).await;
        let administrator = bank.session(KANRISYA, None).await;
        assert_eq!(act_upon(&bank, in_session(KANRISYA, &administrator), RIYOUSYA, Reissue).await, Ok(()));
        let last = bank.last_certificate(RIYOUSYA).await.unwrap();
        assert_eq!(last.revocation_reason, Some(RevocationReason::Reissued));
        let opened = issue(&bank, RIYOUSYA).await.unwrap();
        assert_eq!((opened.issue_number, opened.reissue), (2, true));
        assert_eq!(opened.deadline, bank.profile.certificate.acquisition_deadline(bank.now()));
        assert_eq!(bank.acts().await, ["certificate_reissued"]);
        assert_eq!(bank.operations(RIYOUSYA).await[0].kind, OperationKind::CertificateReissued);
    }

    #[tokio::test]
    async fn s3_1_a_reissue_makes_room_for_the_certificate_after_an_expired_one() {
        let bank = TestService::open(KEIYAKU).await;
        bank.certificate(RIYOUSYA, 1, false).await;
        bank.advance(Duration::days(2));
        assert_eq!(act_upon(&bank, Operator::Branch, RIYOUSYA, Reissue).await, Ok(()));
        assert_eq!(bank.last_certificate(RIYOUSYA).await.unwrap().revoked, None);
        assert!(issue(&bank, RIYOUSYA).await.unwrap().reissue);
        // The table has one open certificate for each user (M2).
        bank.certificate(RIYOUSYA, 2, true).await;
    }

    #[tokio::test]
    async fn an_operator_without_the_permission_changes_nothing() {
        let bank = TestService::open(OKMATE).await;
        bank.certificate("hanakodt", 1, false).await;
        let session = bank.session("jirodt", None).await;
        let refused = act_upon(&bank, in_session("jirodt", &session), "hanakodt", Revoke).await;
        assert_eq!(refused.unwrap_err().0, Code::NotPermitted);
        assert_eq!(bank.last_certificate("hanakodt").await.unwrap().revoked, None);
        let none = act_upon(&bank, Operator::Branch, "jirodt", Revoke).await;
        assert_eq!(none, Err((Code::NoLiveCertificate, "user jirodt".to_owned())), "S0-7: acquires it alone");
    }
}
