use inkan_profile::{Helper, Permission, Profile};
use inkan_protocol::{CertificateAction, Code};

use super::operator::PresentOperator;
use super::refusal::Refusal;
use crate::database::users::User;

/// Checks that the operator may do `act` to the certificate of `subject` (S0-9 … S0-14, S3-6).
///
/// # Errors
/// The errors of [`PresentOperator::permit_upon`]; [`Code::NotPermitted`] names who can do it instead.
pub(crate) fn permit(
    profile: &Profile,
    operator: &PresentOperator,
    subject: &User,
    act: CertificateAction,
) -> Result<(), Refusal> {
    let Some(user) = operator.user() else { return Ok(()) };
    let own = operator.is(subject);
    let acts: &[Permission] = match (act, own) {
        (CertificateAction::Revoke, false) => &[Permission::RevokeOthersCertificate],
        (CertificateAction::Reissue, false) => &[Permission::ReissueOthersCertificate],
        // Users do not reissue their own: they revoke it and acquire the next (S0-9), or ask the branch (S3-4).
        (CertificateAction::Reissue, true) => &[],
        (CertificateAction::Revoke | CertificateAction::Keep, true) => &[Permission::RevokeOwnCertificate],
        (CertificateAction::Keep, false) => {
            &[Permission::RevokeOthersCertificate, Permission::ReissueOthersCertificate]
        }
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

/// Returns who can do it instead of the operator. At a bank without reissues, a user who may revoke does so, and the
/// holder acquires the next certificate (S0-9). Otherwise another administrator helps, or the branch by paper (S3-4),
/// or the bank (S4-4).
fn helper(profile: &Profile, user: &User, subject: &User, act: CertificateAction) -> Helper {
    let role = &user.person.role;
    let revokes = match user.key == subject.key {
        true => profile.may(role, Permission::RevokeOwnCertificate),
        false => profile.may_upon(role, Permission::RevokeOthersCertificate, &subject.person.role),
    };
    if revokes && act == CertificateAction::Reissue {
        Helper::Revocation
    } else {
        profile.helper_with_certificate(&subject.person.role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the refusal of `act` by an operator of that role to a user of that role, as its code and helper.
    fn refused(profile: &str, operator: &str, subject: &str, act: CertificateAction) -> Option<(Code, String)> {
        let profile = Profile::from_toml(profile).unwrap();
        let user = Box::new(User::sample("operator", operator));
        let subject = match subject {
            "own" => (*user).clone(),
            role => User::sample("subject", role),
        };
        let operator = PresentOperator::User { user, cooling_down: None };
        permit(&profile, &operator, &subject, act).err().map(|refusal| (refusal.code(), refusal.about()))
    }

    fn with(helper: Helper) -> Option<(Code, String)> {
        Some((Code::NotPermitted, format!("helper {}", helper.name())))
    }

    const OKMATE: &str = include_str!("../../../../profiles/okmate.toml");
    const KEIYAKU: &str = include_str!("../../../../profiles/keiyaku.toml");
    use CertificateAction::{Keep, Reissue, Revoke};

    #[test]
    fn s0_9_who_may_revoke_revokes_and_keeps_ones_own_and_others() {
        for subject in ["own", "general", "administrator"] {
            for act in [Revoke, Keep] {
                assert_eq!(refused(OKMATE, "administrator", subject, act), None, "{subject} {act:?}");
            }
            let reissue = refused(OKMATE, "administrator", subject, Reissue);
            assert_eq!(reissue, with(Helper::Revocation), "{subject}");
        }
    }

    #[test]
    fn s0_14_a_general_user_is_referred_to_an_administrator() {
        for subject in ["own", "general"] {
            for act in [Revoke, Keep, Reissue] {
                assert_eq!(refused(OKMATE, "general", subject, act), with(Helper::Administrator), "{subject} {act:?}");
            }
        }
    }

    #[test]
    fn s3_6_an_administrator_reissues_for_users_and_nothing_of_ones_own() {
        for act in [Revoke, Keep, Reissue] {
            assert_eq!(refused(KEIYAKU, "administrator", "user", act), None, "{act:?}");
            let own = refused(KEIYAKU, "administrator", "own", act).map(|(code, _)| code);
            assert_eq!(own, Some(Code::NotPermitted), "S3-4 {act:?}");
        }
    }

    #[test]
    fn m7_whoever_cools_down_is_told_that_and_not_who_helps() {
        let profile = Profile::from_toml(KEIYAKU).unwrap();
        let user = Box::new(User::sample("operator", "administrator"));
        let operator = PresentOperator::User { user, cooling_down: Some(time::OffsetDateTime::UNIX_EPOCH) };
        for act in [Revoke, Keep, Reissue] {
            let refused = permit(&profile, &operator, &User::sample("subject", "user"), act).unwrap_err();
            assert_eq!((refused.code(), refused.about()), (Code::CoolingDown, "until 1970-01-01 09:00".to_owned()));
        }
    }

    #[test]
    fn s0_11_the_branch_may_do_each() {
        let (profile, user) = (Profile::from_toml(OKMATE).unwrap(), User::sample("u", "general"));
        assert!(
            [Revoke, Keep, Reissue].iter().all(|act| permit(&profile, &PresentOperator::Branch, &user, *act).is_ok())
        );
    }
}
