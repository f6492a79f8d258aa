use inkan_profile::Profile;
use inkan_protocol::{CertificateAction, Code, OperationKind};
use time::OffsetDateTime;

use super::certificate_permission::permit;
use super::operator::Operator;
use super::refusal::Refusal;
use super::reissue_notice;
use crate::audit::{self, AuditAction};
use crate::database::issues::Issue;
use crate::database::revocations::{self, RevocationReason};
use crate::database::users::User;
use crate::database::{Connection, certificates, enrolment_codes, issues, operations, sessions};

/// Keeps (継続), reissues (再発行) or revokes (失効) the certificate of `subject`, or an issue not yet acquired (S3-6, S4-9).
///
/// # Errors
/// The operator may not do it, judged inside the transaction `change`. [`Code::ExpiredNotKept`] (Q8);
/// [`Code::NoLiveCertificate`] if there is nothing to keep or to revoke.
pub(crate) async fn act(
    profile: &Profile,
    change: &mut Connection,
    act: CertificateAction,
    operator: Operator<'_>,
    subject: &User,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
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
        CertificateAction::Reissue => {}
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
