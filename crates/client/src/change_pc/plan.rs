use inkan_profile::{LoginMethod, Permission, Profile, RoleId};
use inkan_protocol::{CertificateState, Code, UserRecord};
use inkan_store::CertificateId;

use crate::data::certificate_history::CertificateHistory;
use crate::{Error, Inkan, Session};

impl Inkan {
    /// Returns whether the person of that session may revoke the certificate of `subject` without a word of warning:
    /// not if it is their own and nobody else of the company could then help them (Q9). What they may not do at all,
    /// the bank says.
    ///
    /// # Errors
    /// [`Error::NobodyElse`]; as [`Session::users`].
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

impl Inkan {
    /// Remembers that the bank has revoked a certificate here, which nothing can undo (M2).
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn note_revoked(&self, certificate: &CertificateId) -> Result<(), Error> {
        Ok(CertificateHistory::refused(&self.home, None, certificate, Code::CertificateRevoked)?)
    }

    /// Remembers that a certificate was acquired on this PC as the new one of a change of PC: that the bank issued it
    /// shows that the old one is over (M2).
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn note_moved_here(&self, certificate: &CertificateId) -> Result<(), Error> {
        Ok(CertificateHistory::moved_here(&self.home, certificate)?)
    }

    /// Returns whether [`Self::note_moved_here`] has been called for that certificate.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn moved_here(&self, certificate: &CertificateId) -> Result<bool, Error> {
        Ok(CertificateHistory::read(&self.home)?.is_moved_here(certificate))
    }
}

/// Returns whether that user's role reaches people of `role`, and they can enter the bank to act.
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
