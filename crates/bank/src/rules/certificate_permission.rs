use inkan_profile::{Helper, Permission, Profile};
use inkan_protocol::{CertificateAct, Code};

use super::operator::PresentOperator;
use super::refusal::Refusal;
use crate::database::users::User;

/// Checks that the operator may do `act` to the certificate of `subject` (S0-9 … S0-14, S3-6).
///
/// # Errors
/// As [`PresentOperator::permit_upon`]; [`Code::NotPermitted`] names who can do it instead.
pub(crate) fn permit(
    profile: &Profile,
    operator: &PresentOperator,
    subject: &User,
    act: CertificateAct,
) -> Result<(), Refusal> {
    let Some(user) = operator.user() else { return Ok(()) };
    let own = operator.is(subject);
    let acts: &[Permission] = match (act, own) {
        (CertificateAct::Revoke, false) => &[Permission::RevokeOthersCertificate],
        (CertificateAct::Reissue, false) => &[Permission::ReissueOthersCertificate],
        // Users do not reissue their own: they revoke it and acquire the next (S0-9), or ask the branch (S3-4).
        (CertificateAct::Reissue, true) => &[],
        (CertificateAct::Revoke | CertificateAct::Keep, true) => &[Permission::RevokeOwnCertificate],
        (CertificateAct::Keep, false) => &[Permission::RevokeOthersCertificate, Permission::ReissueOthersCertificate],
    };
    let mut refused = None;
    for act in acts {
        match operator.permit_upon(profile, *act, subject) {
            Ok(()) => return Ok(()),
            Err(why) => refused = Some(why),
        }
    }
    match refused {
        Some(other) if other.code() != Code::NotPermitted => Err(other),
        _ => Err(Refusal::new(Code::NotPermitted).helped_by(helper(profile, user, subject, act))),
    }
}

/// Returns who does it instead. A user who may revoke, at a bank that reissues nothing, revokes, and the holder acquires
/// (S0-9). For anything else there is another administrator, the paper (S3-4) or the bank (S4-4).
fn helper(profile: &Profile, user: &User, subject: &User, act: CertificateAct) -> Helper {
    let role = &user.person.role;
    let revokes = match user.key == subject.key {
        true => profile.may(role, Permission::RevokeOwnCertificate),
        false => profile.may_upon(role, Permission::RevokeOthersCertificate, &subject.person.role),
    };
    if revokes && act == CertificateAct::Reissue {
        Helper::Revocation
    } else {
        profile.helper_with_certificate(&subject.person.role)
    }
}
