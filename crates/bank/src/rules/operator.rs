use inkan_profile::{Permission, Profile};
use inkan_protocol::Code;
use time::OffsetDateTime;

use super::refusal::Refusal;
use super::standing::{cooling_down, in_good_standing};
use super::time_format::time_in_japan;
use crate::audit::{Actor, AuditAction, Event};
use crate::database::users::{self, User};
use crate::database::{Connection, sessions};

/// Identifies who asks for an act.
///
/// An operator carries no rights: each act judges them by [`Operator::present`], inside the transaction that writes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Operator<'a> {
    /// A user in a session.
    Session {
        /// The user's key.
        user: &'a str,
        /// The SHA-256 of the session's token in hex.
        token_hash: &'a str,
        /// Whether the user proved the confirmation password for this act (S0-6).
        confirmed: bool,
    },
    /// A user who proved a login password or an enrolment code for this request alone, by the user's key.
    Authenticated(&'a str),
    /// The branch, which may do everything to every user.
    Branch,
}

impl Operator<'_> {
    /// Reads the operator as `connection` finds them now. Inside a write transaction the result holds until its end.
    ///
    /// # Errors
    /// [`Code::ContractFrozen`], [`Code::LoginPasswordLocked`]; [`Code::ConfirmationPasswordLocked`] if that password is
    /// the proof; [`Code::SessionEnded`] if the session or the user is gone.
    pub(crate) async fn present(
        self,
        profile: &Profile,
        connection: &mut Connection,
        now: OffsetDateTime,
    ) -> Result<PresentOperator, Refusal> {
        let (key, session, confirmed) = match self {
            Self::Session { user, token_hash, confirmed } => (user, Some(token_hash), confirmed),
            Self::Authenticated(user) => (user, None, false),
            Self::Branch => return Ok(PresentOperator::Branch),
        };
        let ended = || Refusal::new(Code::SessionEnded);
        let user = users::find(connection, key).await?.ok_or_else(ended)?;
        in_good_standing(profile, &user)?;
        if let Some(token_hash) = session
            && sessions::find(connection, token_hash).await?.is_none()
        {
            return Err(ended());
        }
        if confirmed && user.confirmation_failures >= profile.passwords.failures_until_lock {
            return Err(Refusal::new(Code::ConfirmationPasswordLocked));
        }
        let cooling_down = cooling_down(profile, connection, &user, now).await?;
        Ok(PresentOperator::User { user: Box::new(user), cooling_down })
    }
}

/// An operator in good standing, with what decides what they may do.
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

    /// Returns the record that this operator did `action`.
    pub(crate) fn event(&self, action: AuditAction) -> Event {
        match self {
            Self::User { user, .. } => Event::by(user, action),
            Self::Branch => Event::done(Actor::Branch, action),
        }
    }

    /// Checks that the operator's role grants `act`.
    ///
    /// # Errors
    /// [`Code::PasswordChangeRequired`]; [`Code::NotPermitted`]; [`Code::CoolingDown`] for an act that changes something
    /// after the operator's certificate was reissued (M7).
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
    /// As [`PresentOperator::permit`]; [`Code::UserUnknown`] for a user of another contract.
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
    /// As [`PresentOperator::permit_upon`]; [`Code::OwnNotAllowed`].
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

/// Returns the refusal of an act that users do to others only, with who can do it to `subject`.
pub(crate) fn own_not_allowed(profile: &Profile, act: Permission, subject: &User) -> Refusal {
    Refusal::new(Code::OwnNotAllowed).helped_by(profile.helper_with(&subject.person.role, &[act]))
}
