use inkan_profile::{PasswordKind, Permission, Profile, RoleClass, RoleId, TokenState};
use inkan_protocol::{CertificateAction, CertificateState, Secret, UserEdit, UserRecord};
use inkan_store::CertificateId;
use serde::Serialize;

use crate::{Error, Inkan, Session};

/// An action that an operator may take on a user now. The operator's role permits it, and the user's state allows it.
/// The bank checks it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum AllowedAction {
    /// Keep the certificate (継続, S3-6).
    KeepCertificate,
    /// Reissue the certificate (再発行, S3-6, S4-9).
    ReissueCertificate,
    /// Revoke the certificate (失効, S0-9 … S0-14).
    RevokeCertificate,
    /// Edit the fields that the bank's profile lists (S3-17, S4-7).
    Edit,
    /// Unlock the user's locked passwords. No operator may unlock their own (M5).
    UnlockPasswords,
    /// Unlock the user's locked token. No operator may unlock their own (M5).
    UnlockToken,
    /// Revoke the hardware token (ハードトークンの失効, S2-3).
    RevokeToken,
}

/// A user of the contract, as the operator of the session sees them.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ManagedUser {
    /// The bank's record of the user.
    pub record: UserRecord,
    /// Whether the user is the operator.
    pub own: bool,
    /// The actions that the operator may take on the user now.
    pub allowed: Vec<AllowedAction>,
    /// The roles that the user can be given (利用権限, S4-7). The present role comes first.
    pub roles: Vec<RoleId>,
}

impl Inkan {
    /// Returns the users of the contract, with the actions that the operator may take on each user.
    ///
    /// # Errors
    /// The errors of [`Session::users`].
    pub fn managed_users(&self, session: &Session) -> Result<Vec<ManagedUser>, Error> {
        let profile = self.bank(&session.logged_in().bank)?.profile;
        Ok(session.users()?.into_iter().map(|record| managed_user(&profile, session, record)).collect())
    }

    /// Returns one user of the contract, with the actions that the operator may take.
    ///
    /// # Errors
    /// The errors of [`Session::user`].
    pub fn managed_user(&self, session: &Session, id: &str) -> Result<ManagedUser, Error> {
        let profile = self.bank(&session.logged_in().bank)?.profile;
        Ok(managed_user(&profile, session, session.user(id)?))
    }

    /// Changes a user's certificate, as [`Session::change_certificate`] does. Returns the changed user.
    ///
    /// # Errors
    /// The errors of [`Session::change_certificate`].
    pub fn change_certificate(
        &self,
        session: &Session,
        user: &str,
        act: CertificateAction,
        confirmation_password: &Secret,
    ) -> Result<ManagedUser, Error> {
        let profile = self.bank(&session.logged_in().bank)?.profile;
        Ok(self.changed(&profile, session, session.change_certificate(user, act, confirmation_password)?))
    }

    /// Edits a user, as [`Session::edit_user`] does. Returns the changed user.
    ///
    /// # Errors
    /// The errors of [`Session::edit_user`].
    pub fn edit_user(&self, session: &Session, user: &str, edit: &UserEdit) -> Result<ManagedUser, Error> {
        let profile = self.bank(&session.logged_in().bank)?.profile;
        Ok(self.changed(&profile, session, session.edit_user(user, edit)?))
    }

    /// Unlocks a user's passwords, as [`Session::unlock_user`] does. Returns the changed user.
    ///
    /// # Errors
    /// The errors of [`Session::unlock_user`].
    pub fn unlock_user(
        &self,
        session: &Session,
        user: &str,
        passwords: &[PasswordKind],
        confirmation_password: &Secret,
    ) -> Result<ManagedUser, Error> {
        let profile = self.bank(&session.logged_in().bank)?.profile;
        Ok(self.changed(&profile, session, session.unlock_user(user, passwords, confirmation_password)?))
    }

    /// Returns the changed user. The bank has already made the change, so no failure on this PC is an error. If the
    /// bank revoked a certificate in this store, notes the revocation (M2).
    fn changed(&self, profile: &Profile, session: &Session, record: UserRecord) -> ManagedUser {
        let revoked = record.certificate.as_ref().filter(|held| held.state == CertificateState::Revoked);
        if let Some(revoked) = revoked {
            let id = CertificateId(revoked.fingerprint_sha256.clone());
            let here = self.store().and_then(|store| store.certificates());
            let here = here.is_ok_and(|stored| stored.iter().any(|stored| stored.id == id));
            if here {
                // If this PC cannot write the note, the next login shows the revocation again.
                let _ = self.note_revoked(&id);
            }
        }
        managed_user(profile, session, record)
    }
}

fn managed_user(profile: &Profile, session: &Session, record: UserRecord) -> ManagedUser {
    let operator = &session.logged_in().person;
    let own = operator.id == record.person.id;
    ManagedUser {
        allowed: allowed(profile, &operator.role, own, &record),
        roles: roles(profile, &operator.role, &record.person.role),
        own,
        record,
    }
}

fn allowed(profile: &Profile, operator: &RoleId, own: bool, record: &UserRecord) -> Vec<AllowedAction> {
    let role = &record.person.role;
    let upon = |act| !own && profile.may_upon(operator, act, role);
    let revokes =
        upon(Permission::RevokeOthersCertificate) || (own && profile.may(operator, Permission::RevokeOwnCertificate));
    let reissues = upon(Permission::ReissueOthersCertificate);
    let revokes_token = match own {
        true => profile.may(operator, Permission::RevokeTokens),
        false => upon(Permission::RevokeTokens),
    };
    let live = is_live(record);
    let token = record.token.state;
    let granted = [
        (AllowedAction::KeepCertificate, live && (revokes || reissues)),
        (AllowedAction::ReissueCertificate, reissues),
        (AllowedAction::RevokeCertificate, live && revokes),
        (AllowedAction::Edit, upon(Permission::EditUsers) && !profile.user_fields.is_empty()),
        (AllowedAction::UnlockPasswords, upon(Permission::UnlockUsers) && !record.locked.is_empty()),
        (AllowedAction::UnlockToken, upon(Permission::UnlockUsers) && token == TokenState::Locked),
        (AllowedAction::RevokeToken, revokes_token && !matches!(token, TokenState::NotRequired | TokenState::Revoked)),
    ];
    granted.into_iter().filter_map(|(action, granted)| granted.then_some(action)).collect()
}

/// Returns whether the user has a certificate, or an issue of a certificate, that can be kept or revoked.
fn is_live(record: &UserRecord) -> bool {
    let held = record.certificate.as_ref().map(|certificate| certificate.state);
    let issued = record.issue.as_ref().is_some_and(|issue| !issue.lapsed);
    issued || matches!(held, Some(CertificateState::Issued | CertificateState::Valid))
}

/// Returns the role itself, and the other roles of its class that the operator looks after. So no edit makes a user an
/// administrator.
fn roles(profile: &Profile, operator: &RoleId, role: &RoleId) -> Vec<RoleId> {
    let class = |id: &RoleId| -> Option<RoleClass> { profile.role(id).map(|role| role.class) };
    let reached = profile.role(operator);
    let others = profile.roles.iter().map(|other| &other.id).filter(|other| {
        *other != role && class(other) == class(role) && reached.is_some_and(|reached| reached.looks_after(other))
    });
    std::iter::once(role).chain(others).cloned().collect()
}

#[cfg(test)]
mod tests {
    use inkan_protocol::{CertificateRecord, IssueRecord, Person, TokenRecord};
    use time::OffsetDateTime;

    use super::*;

    fn profile(name: &str) -> Profile {
        let text = match name {
            "okmate" => include_str!("../../../../profiles/okmate.toml"),
            "keiyaku" => include_str!("../../../../profiles/keiyaku.toml"),
            _ => include_str!("../../../../profiles/shinkin.toml"),
        };
        Profile::from_toml(text).unwrap()
    }

    fn record(role: &str, state: Option<CertificateState>, token: TokenState) -> UserRecord {
        let certificate = state.map(|state| CertificateRecord {
            issue_number: 1,
            serial: "01".into(),
            fingerprint_sha256: "00".into(),
            state,
            issued: OffsetDateTime::UNIX_EPOCH,
            not_after: OffsetDateTime::UNIX_EPOCH,
        });
        UserRecord {
            person: Person { id: "somebody".into(), name: "誰か".into(), role: RoleId(role.into()) },
            certificate,
            issue: None,
            token: TokenRecord { state: token, serial: None, expires: None, activation_from: None },
            locked: Vec::new(),
        }
    }

    fn granted(bank: &str, operator: &str, own: bool, record: &UserRecord) -> Vec<AllowedAction> {
        allowed(&profile(bank), &RoleId(operator.into()), own, record)
    }

    #[test]
    fn s0_14_only_masters_and_administrators_revoke_and_only_what_lives() {
        let valid = record("general", Some(CertificateState::Valid), TokenState::Active);
        assert!(granted("okmate", "administrator", false, &valid).contains(&AllowedAction::RevokeCertificate));
        assert!(granted("okmate", "master", true, &valid).contains(&AllowedAction::RevokeCertificate), "S0-9");
        assert_eq!(granted("okmate", "general", false, &valid), []);
        for state in [None, Some(CertificateState::Revoked), Some(CertificateState::Superseded)] {
            let gone = record("general", state, TokenState::NotRequired);
            assert_eq!(granted("okmate", "administrator", false, &gone), [AllowedAction::Edit], "{state:?}");
        }
    }

    #[test]
    fn q8_what_has_expired_is_reissued_and_not_kept() {
        let expired = record("user", Some(CertificateState::Expired), TokenState::Active);
        assert_eq!(
            granted("keiyaku", "administrator", false, &expired),
            [AllowedAction::ReissueCertificate, AllowedAction::Edit]
        );
        let valid = record("user", Some(CertificateState::Valid), TokenState::Active);
        let all = [
            AllowedAction::KeepCertificate,
            AllowedAction::ReissueCertificate,
            AllowedAction::RevokeCertificate,
            AllowedAction::Edit,
        ];
        assert_eq!(granted("keiyaku", "administrator", false, &valid), all, "S3-6");
        let issue =
            IssueRecord { issue_number: 2, registered: OffsetDateTime::UNIX_EPOCH, deadline: None, lapsed: false };
        let waiting = UserRecord { issue: Some(issue), ..expired };
        assert_eq!(
            granted("keiyaku", "administrator", false, &waiting),
            all,
            "what was issued is still to be acquired"
        );
    }

    #[test]
    fn s3_4_s4_4_an_administrators_own_certificate_is_not_theirs_to_change() {
        for (bank, role) in [("keiyaku", "administrator"), ("shinkin", "master")] {
            let own = record(role, Some(CertificateState::Valid), TokenState::NotRequired);
            assert_eq!(granted(bank, role, true, &own), [], "{bank}");
            assert_eq!(granted(bank, role, false, &own), [], "S4-2: nor another administrator's, {bank}");
        }
    }

    #[test]
    fn m5_nobody_unlocks_themself() {
        let locked =
            UserRecord { locked: vec![PasswordKind::Login], ..record("administrator", None, TokenState::Locked) };
        let unlocks = |own| {
            let powers = granted("okmate", "administrator", own, &locked);
            [AllowedAction::UnlockPasswords, AllowedAction::UnlockToken].map(|power| powers.contains(&power))
        };
        assert_eq!((unlocks(false), unlocks(true)), ([true; 2], [false; 2]));
    }

    #[test]
    fn s2_3_s2_12_a_token_is_revoked_where_there_is_one() {
        for (state, can) in [
            (TokenState::Active, true),
            (TokenState::Expired, true),
            (TokenState::Unregistered, true),
            (TokenState::Revoked, false),
            (TokenState::NotRequired, false),
        ] {
            let user = record("general", None, state);
            assert_eq!(
                granted("okmate", "master", false, &user).contains(&AllowedAction::RevokeToken),
                can,
                "{state:?}"
            );
        }
    }

    #[test]
    fn s4_7_a_role_is_exchanged_within_its_class() {
        let shinkin = profile("shinkin");
        let names = |role: &str| roles(&shinkin, &RoleId("master".into()), &RoleId(role.into()));
        assert_eq!(names("general"), [RoleId("general".into()), RoleId("approver".into())]);
        assert_eq!(names("master"), [RoleId("master".into())]);
    }
}
