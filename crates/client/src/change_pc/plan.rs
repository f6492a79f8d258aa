use inkan_profile::{LoginMethod, Permission, Profile, RoleId};
use inkan_protocol::{CertificateState, Code, UserRecord};
use inkan_store::CertificateId;

use crate::data::certificate_history::CertificateHistory;
use crate::{Error, Inkan, Session};

impl Inkan {
    /// Checks that the user of the session may revoke the certificate of `subject` without a warning. A warning is
    /// needed if the certificate is the user's own and no other user of the company could help afterwards (Q9). The
    /// bank itself refuses what the user is not permitted to do.
    ///
    /// # Errors
    /// [`Error::NobodyElse`]; the errors of [`Session::users`].
    pub fn before_revoking(&self, session: &Session, subject: &str) -> Result<(), Error> {
        let profile = self.bank(&session.logged_in().bank)?.profile;
        let person = &session.logged_in().person;
        if person.id != subject || !profile.may(&person.role, Permission::RevokeOwnCertificate) {
            return Ok(());
        }
        let users = session.users()?;
        let others = users.iter().filter(|user| user.person.id != person.id);
        match others.filter(|user| can_help(&profile, user, &person.role)).count() {
            0 => Err(Error::NobodyElse),
            _ => Ok(()),
        }
    }
}

impl Session {
    /// Checks that the user of the session has the role that the steps to a new PC are for. The steps of another role
    /// may be wrong for this user, who would give up the certificate by them (S0-4).
    ///
    /// # Errors
    /// [`Error::GuideOfOtherRole`].
    pub fn has_role(&self, role: &RoleId) -> Result<(), Error> {
        let person = &self.logged_in().person;
        if person.role == *role { Ok(()) } else { Err(Error::GuideOfOtherRole(person.id.clone())) }
    }
}

impl Inkan {
    /// Records that the bank has revoked a certificate on request of this PC. A revocation cannot be undone (M2).
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn note_revoked(&self, certificate: &CertificateId) -> Result<(), Error> {
        Ok(CertificateHistory::refused(&self.home, None, certificate, Code::CertificateRevoked)?)
    }

    /// Records that a certificate was acquired on this PC as the new one of a change of PC. Its issue proves that the
    /// old certificate is no longer valid (M2).
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn note_moved_here(&self, certificate: &CertificateId) -> Result<(), Error> {
        Ok(CertificateHistory::moved_here(&self.home, certificate)?)
    }

    /// Returns whether [`Self::note_moved_here`] was called for that certificate.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn moved_here(&self, certificate: &CertificateId) -> Result<bool, Error> {
        Ok(CertificateHistory::read(&self.home)?.is_moved_here(certificate))
    }
}

/// Returns whether the role of `user` may act on users of `role`, and `user` can log in to do so.
fn can_help(profile: &Profile, user: &UserRecord, role: &RoleId) -> bool {
    let helper = &user.person.role;
    let acts = [Permission::RevokeOthersCertificate, Permission::ReissueOthersCertificate];
    let enters = profile.allows(helper, LoginMethod::IdPassword)
        || user.certificate.as_ref().is_some_and(|record| record.state == CertificateState::Valid);
    enters && user.locked.is_empty() && acts.iter().any(|act| profile.may_upon(helper, *act, role))
}

#[cfg(test)]
mod tests {
    use inkan_profile::{PasswordKind, TokenState};
    use inkan_protocol::{Person, TokenRecord};

    use super::*;

    fn user(role: &str) -> UserRecord {
        UserRecord {
            person: Person { id: "somebody".into(), name: "誰か".into(), role: RoleId(role.into()) },
            certificate: None,
            issue: None,
            token: TokenRecord { state: TokenState::NotRequired, serial: None, expires: None, activation_from: None },
            locked: Vec::new(),
        }
    }

    #[test]
    fn q9_only_who_may_and_can_enter_counts_as_help() {
        let okmate = Profile::from_toml(include_str!("../../../../profiles/okmate.toml")).unwrap();
        let master = RoleId("master".into());
        assert!(can_help(&okmate, &user("administrator"), &master));
        assert!(!can_help(&okmate, &user("general"), &master));
        let locked = UserRecord { locked: vec![PasswordKind::Confirmation], ..user("administrator") };
        assert!(!can_help(&okmate, &locked, &master));
        let keiyaku = Profile::from_toml(include_str!("../../../../profiles/keiyaku.toml")).unwrap();
        assert!(!can_help(&keiyaku, &user("administrator"), &RoleId("user".into())), "without a certificate");
    }
}
