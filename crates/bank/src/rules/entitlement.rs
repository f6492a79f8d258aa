use inkan_profile::{Permission, Profile};
use inkan_protocol::Code;
use time::OffsetDateTime;

use super::refusal::Refusal;
use crate::database::users::User;
use crate::database::{Connection, certificates, issues};

/// The right of a user to acquire a certificate now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entitlement {
    /// The issue number (発行番号) of the next certificate.
    pub(crate) issue_number: u32,
    /// Whether the next certificate replaces a revoked one (M7).
    pub(crate) reissue: bool,
    /// Whether the user acquires the certificate without an administrator. The administrators have then not been
    /// notified yet.
    pub(crate) by_oneself: bool,
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
    if let Some(issue) = issues::open_of_user(connection, &user.key).await? {
        if issue.lapsed(now) {
            return Err(refused(Code::AcquisitionDeadlinePassed));
        }
        return Ok(Entitlement { issue_number: issue.issue_number, reissue: issue.reissue, by_oneself: false });
    }
    let rules = &profile.certificate;
    let lapsed = last.as_ref().is_some_and(|last| last.revoked.is_none() && rules.in_grace(last.not_after, now));
    if !rules.self_issue && !lapsed {
        return Err(refused(Code::CertificateNotIssued));
    }
    let issue_number = issues::next_number(connection, &user.key).await?;
    // A certificate that only expired is followed up, not replaced.
    let reissue = last.is_some_and(|last| last.revoked.is_some());
    Ok(Entitlement { issue_number, reissue, by_oneself: true })
}
