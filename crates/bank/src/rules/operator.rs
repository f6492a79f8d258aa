use inkan_profile::{Permission, Profile};
use inkan_protocol::Code;
use time::OffsetDateTime;

use super::certificate_validity::alive;
use super::proven_password::ProvenPassword;
use super::refusal::Refusal;
use super::session_limit;
use super::standing::{cooling_down, in_good_standing};
use super::time_format::time_in_japan;
use crate::audit::{Actor, AuditAction, Event};
use crate::database::users::{self, User};
use crate::database::{Change, certificates, sessions};

/// Identifies the user, or the branch, that asks for an action.
///
/// An operator holds no permissions. Each action checks them by [`Operator::present`], inside the transaction that
/// writes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Operator<'a> {
    /// A user in a session.
    Session {
        /// The user's key.
        user: &'a str,
        /// The SHA-256 of the session's token in hex.
        token_hash: &'a str,
        /// The proof of the confirmation password, if the user gave the password for this act (S0-6).
        confirmed: Option<&'a ProvenPassword>,
    },
    /// A user who proved the login password for this request alone.
    Authenticated(&'a ProvenPassword),
    /// The branch, which may do everything to every user.
    Branch,
}

impl Operator<'_> {
    /// Judges the operator as they are now. The result holds until the end of the transaction `change`.
    ///
    /// # Errors
    /// [`Code::ContractFrozen`], [`Code::LoginPasswordLocked`]; [`Code::ConfirmationPasswordLocked`] if that password
    /// is the proof; [`Code::LoginFailed`] or [`Code::ConfirmationPasswordWrong`] if the proven password was changed
    /// meanwhile; [`Code::SessionEnded`] if the session or the user is gone, or the session is over; as [`alive`] if the session is bound to a
    /// certificate.
    pub(crate) async fn present(
        self,
        profile: &Profile,
        change: &mut Change,
        now: OffsetDateTime,
    ) -> Result<PresentOperator, Refusal> {
        let (key, session, proof) = match self {
            Self::Session { user, token_hash, confirmed } => (user, Some(token_hash), confirmed),
            Self::Authenticated(proof) => (proof.user(), None, Some(proof)),
            Self::Branch => return Ok(PresentOperator::Branch),
        };
        let ended = || Refusal::new(Code::SessionEnded);
        let user = users::find(change, key).await?.ok_or_else(ended)?;
        in_good_standing(profile, &user)?;
        if let Some(token_hash) = session {
            let session = sessions::find(change, token_hash).await?.ok_or_else(ended)?;
            if session_limit::is_over(profile, &session, now) {
                return Err(ended());
            }
            if let Some(fingerprint) = session.certificate {
                let certificate = certificates::find(change, &fingerprint).await?;
                alive(&certificate.ok_or_else(|| Refusal::new(Code::CertificateUnknown))?, now)?;
            }
        }
        if let Some(proof) = proof {
            proof.holds(profile, change).await?;
        }
        let cooling_down = cooling_down(profile, change, &user, now).await?;
        Ok(PresentOperator::User { user: Box::new(user), cooling_down })
    }
}

/// An operator in good standing, with the data that decides what the operator may do.
#[derive(Debug)]
pub(crate) enum PresentOperator {
    /// A user of a contract.
    User {
        user: Box<User>,
        /// Until when the user may change nothing, because their certificate was reissued (M7).
        cooling_down: Option<OffsetDateTime>,
    },
    /// The branch, which may do everything to every user.
    Branch,
}

impl PresentOperator {
    /// Returns the user; none for the branch.
    pub(crate) fn user(&self) -> Option<&User> {
        match self {
            Self::User { user, .. } => Some(user),
            Self::Branch => None,
        }
    }

    /// Returns the user; none for the branch.
    pub(crate) fn into_user(self) -> Option<User> {
        match self {
            Self::User { user, .. } => Some(*user),
            Self::Branch => None,
        }
    }

    /// Returns the user's key; none for the branch.
    pub(crate) fn key(&self) -> Option<&str> {
        self.user().map(|user| user.key.as_str())
    }

    /// Returns whether the operator is the user `other`.
    pub(crate) fn is(&self, other: &User) -> bool {
        self.key() == Some(other.key.as_str())
    }

    /// Returns the audit event that this operator did `action`.
    pub(crate) fn event(&self, action: AuditAction) -> Event {
        match self {
            Self::User { user, .. } => Event::by(user, action),
            Self::Branch => Event::done(Actor::Branch, action),
        }
    }

    /// Checks that the operator's role grants `act`.
    ///
    /// # Errors
    /// [`Code::PasswordChangeRequired`]; [`Code::NotPermitted`]; [`Code::CoolingDown`] for an act that changes
    /// something after the operator's certificate was reissued (M7).
    pub(crate) fn permit(&self, profile: &Profile, act: Permission) -> Result<(), Refusal> {
        let Self::User { user, cooling_down } = self else { return Ok(()) };
        if user.forced_change {
            return Err(Refusal::new(Code::PasswordChangeRequired));
        }
        let role = &user.person.role;
        if !profile.may(role, act) {
            return Err(Refusal::new(Code::NotPermitted).helped_by(profile.helper_with(role, &[act])));
        }
        match cooling_down {
            Some(until) if act.changes() => Err(Refusal::new(Code::CoolingDown).with("until", time_in_japan(*until))),
            _ => Ok(()),
        }
    }

    /// Checks that the operator may do `act` to `subject`: to another user only if the operator's role looks after the
    /// role of `subject`.
    ///
    /// # Errors
    /// The errors of [`PresentOperator::permit`]; [`Code::UserUnknown`] for a user of another contract.
    pub(crate) fn permit_upon(&self, profile: &Profile, act: Permission, subject: &User) -> Result<(), Refusal> {
        let Self::User { user, .. } = self else { return Ok(()) };
        if user.contract != subject.contract {
            return Err(Refusal::new(Code::UserUnknown).with("user", &subject.person.id));
        }
        if !self.is(subject) && !profile.may_upon(&user.person.role, act, &subject.person.role) {
            let helper = profile.helper_with(&subject.person.role, &[act]);
            return Err(Refusal::new(Code::NotPermitted).helped_by(helper));
        }
        self.permit(profile, act)
    }

    /// Checks that the operator may do `act` to `subject`, and that `subject` is another user (M5).
    ///
    /// # Errors
    /// The errors of [`PresentOperator::permit_upon`]; [`Code::OwnNotAllowed`].
    pub(crate) fn permit_upon_another(
        &self,
        profile: &Profile,
        act: Permission,
        subject: &User,
    ) -> Result<(), Refusal> {
        self.permit(profile, act)?;
        if self.is(subject) {
            return Err(own_not_allowed(profile, act, subject));
        }
        self.permit_upon(profile, act, subject)
    }
}

/// Returns the refusal of an action that users may do only to others. The refusal names who can do it to `subject`.
pub(crate) fn own_not_allowed(profile: &Profile, act: Permission, subject: &User) -> Refusal {
    Refusal::new(Code::OwnNotAllowed).helped_by(profile.helper_with(&subject.person.role, &[act]))
}

#[cfg(test)]
mod tests {
    use inkan_profile::Helper;

    use super::*;
    use crate::database::users::Kind;
    use crate::rules::password_tries::PasswordCheck;
    use crate::rules::tests::test_service::{OKMATE, TestService, context, in_session, secret};

    fn okmate() -> Profile {
        Profile::from_toml(include_str!("../../../../profiles/okmate.toml")).unwrap()
    }

    fn keiyaku() -> Profile {
        Profile::from_toml(include_str!("../../../../profiles/keiyaku.toml")).unwrap()
    }

    fn present(user: User) -> PresentOperator {
        PresentOperator::User { user: Box::new(user), cooling_down: None }
    }

    fn code(result: Result<(), Refusal>) -> Option<Code> {
        result.err().map(|refusal| refusal.code())
    }

    #[test]
    fn a_role_grants_what_its_profile_says() {
        let okmate = okmate();
        let (administrator, general) = (User::sample("a", "administrator"), User::sample("g", "general"));
        let by = |user: &User, permission| code(present(user.clone()).permit(&okmate, permission));
        assert_eq!(by(&administrator, Permission::FreezeContract), None);
        assert_eq!(by(&general, Permission::ActivateOwnToken), None);
        assert_eq!(by(&general, Permission::FreezeContract), Some(Code::NotPermitted));
        let refused = present(general).permit(&okmate, Permission::FreezeContract).unwrap_err();
        assert_eq!(refused.about(), format!("helper {}", Helper::Administrator.name()));
    }

    #[test]
    fn s1_7_whoever_must_change_the_passwords_does_that_first() {
        let mut user = User::sample("a", "administrator");
        user.forced_change = true;
        let refused = present(user).permit(&okmate(), Permission::FreezeContract);
        assert_eq!(code(refused), Some(Code::PasswordChangeRequired));
    }

    #[test]
    fn m7_a_reissued_certificate_cools_down_for_acts_that_change_something() {
        let user = Box::new(User::sample("a", "administrator"));
        let operator = PresentOperator::User { user, cooling_down: Some(OffsetDateTime::UNIX_EPOCH) };
        assert_eq!(code(operator.permit(&keiyaku(), Permission::EditUsers)), Some(Code::CoolingDown));
        assert_eq!(code(operator.permit(&keiyaku(), Permission::FreezeContract)), None, "the brake itself");
    }

    #[test]
    fn acts_upon_another_reach_the_roles_and_the_contract_of_the_operator() {
        let keiyaku = keiyaku();
        let operator = present(User::sample("kanrisya", "administrator"));
        let upon = |subject: &User| code(operator.permit_upon(&keiyaku, Permission::UnlockUsers, subject));
        assert_eq!(upon(&User::sample("riyousya", "user")), None);
        assert_eq!(upon(&User::sample("other", "administrator")), Some(Code::NotPermitted), "not looked after");
        let mut elsewhere = User::sample("riyousya", "user");
        elsewhere.contract = "another".to_owned();
        assert_eq!(upon(&elsewhere), Some(Code::UserUnknown));
        let own = User::sample("kanrisya", "administrator");
        assert_eq!(upon(&own), None, "an own token, for example");
        let another = operator.permit_upon_another(&keiyaku, Permission::UnlockUsers, &own);
        assert_eq!(code(another), Some(Code::OwnNotAllowed), "M5");
        let another = operator.permit_upon_another(&keiyaku, Permission::UnlockUsers, &User::sample("u", "user"));
        assert_eq!(code(another), None);
    }

    #[tokio::test]
    async fn an_operator_is_judged_as_the_database_has_them() {
        let bank = TestService::open(OKMATE).await;
        let session = bank.session("hanakodt", None).await;
        let present = async |operator: Operator<'_>| {
            let mut change = bank.database.write().await.unwrap();
            let present = operator.present(&bank.profile, &mut change, bank.now()).await;
            present.map(|present| present.into_user().map(|user| user.key)).map_err(|refusal| refusal.code())
        };
        let proof = bank.confirm("hanakodt", secret("Kakunin01")).await.unwrap();
        let (_, login) =
            bank.authenticate(&context(), "hanakodt", secret("Hanako2026"), PasswordCheck::Proved).await.unwrap();
        let operator = |confirmed| Operator::Session { user: "hanakodt", token_hash: &session, confirmed };
        let hanako = || Ok(Some("hanakodt".to_owned()));
        assert_eq!(present(operator(Some(&proof))).await, hanako());
        assert_eq!(present(Operator::Authenticated(&login)).await, hanako());
        assert_eq!(present(Operator::Branch).await, Ok(None));
        assert_eq!(present(in_session("hanakodt", "another")).await, Err(Code::SessionEnded));
        let of_nobody = ProvenPassword::new("nobody", Kind::Login, "");
        assert_eq!(present(Operator::Authenticated(&of_nobody)).await, Err(Code::SessionEnded));
        let of_another_password = ProvenPassword::new("hanakodt", Kind::Login, "");
        assert_eq!(present(Operator::Authenticated(&of_another_password)).await, Err(Code::LoginFailed));
        let of_another_password = ProvenPassword::new("hanakodt", Kind::Confirmation, "");
        let refused = present(operator(Some(&of_another_password))).await;
        assert_eq!(refused, Err(Code::ConfirmationPasswordWrong));
        let fail = async |kind, failures| {
            let mut change = bank.database.write().await.unwrap();
            users::set_failures(&mut change, "hanakodt", kind, failures).await.unwrap();
            change.commit().await.unwrap();
        };
        fail(Kind::Confirmation, 5).await;
        assert_eq!(present(operator(Some(&proof))).await, hanako());
        fail(Kind::Confirmation, 6).await;
        assert_eq!(present(operator(Some(&proof))).await, Err(Code::ConfirmationPasswordLocked), "S0-6");
        assert_eq!(present(operator(None)).await, hanako(), "the confirmation password is not the proof");
        fail(Kind::Login, 6).await;
        assert_eq!(present(operator(None)).await, Err(Code::LoginPasswordLocked), "M5");
    }

    #[test]
    fn the_branch_may_do_everything() {
        let (branch, user) = (PresentOperator::Branch, User::sample("a", "general"));
        assert_eq!(code(branch.permit(&okmate(), Permission::FreezeContract)), None);
        assert_eq!(code(branch.permit_upon_another(&okmate(), Permission::EditUsers, &user)), None);
        assert!(branch.key().is_none() && branch.user().is_none() && !branch.is(&user));
        assert!(branch.into_user().is_none());
    }
}
