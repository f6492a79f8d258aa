use std::sync::Arc;

use inkan_profile::{PasswordKind, Profile};
use inkan_protocol::{Clock, Code, Malformed, Secret};
use time::OffsetDateTime;
use url::Url;

use crate::audit::{self, Act, Actor, Event, Witness};
use crate::authority::Authority;
use crate::authority::crl_cache::CrlCache;
use crate::database::users::{Kind, User};
use crate::database::{Connection, Database, certificates, sessions, unknown_ids, users};
use crate::http::metrics::Metrics;
use crate::keys::password_hash::Hashing;
use crate::keys::secret_box::Seal;
use crate::rules::password_queue::Turns;
use crate::rules::refusal::Refusal;
use crate::rules::user_key::user_key;

/// What every request is answered from.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) profile: Profile,
    pub(crate) database: Database,
    pub(crate) authority: Authority,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) hashing: Hashing,
    pub(crate) seal: Seal,
    pub(crate) turns: Turns,
    /// The listener that asks for the client certificate.
    pub(crate) certificate_login: Url,
    pub(crate) crl: CrlCache,
    pub(crate) metrics: Metrics,
}

/// What came of comparing a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Right,
    Wrong,
    Locked,
    Unregistered,
}

impl Service {
    /// The present, in whole seconds: the grain in which the bank keeps time.
    pub(crate) fn now(&self) -> OffsetDateTime {
        let now = self.clock.now();
        now.replace_nanosecond(0).unwrap_or(now)
    }

    /// What the tables know somebody by who gives that contract number and login ID.
    pub(crate) fn key(&self, contract: Option<&str>, login_id: &str) -> String {
        user_key(&self.profile, contract, login_id)
    }

    /// The user of that key, where that is their login password.
    ///
    /// An unknown ID and a wrong password give the same answer in the same time, and leave the same record.
    pub(crate) async fn authenticate(&self, witness: &Witness, user: &str, password: Secret) -> Result<User, Refusal> {
        match self.compare(user, Kind::Login, password, Some(witness)).await? {
            Verdict::Right => {
                let found = users::find(&mut *self.database.read().await?, user).await?;
                let user = found.ok_or_else(|| Refusal::new(Code::LoginFailed))?;
                self.in_good_standing(&user)?;
                Ok(user)
            }
            Verdict::Locked => Err(Refusal::new(Code::LoginPasswordLocked)),
            Verdict::Wrong | Verdict::Unregistered => Err(Refusal::new(Code::LoginFailed)),
        }
    }

    /// Until when `user`, whose certificate was reissued, may change nothing (M7).
    pub(crate) async fn cooling_down(
        &self,
        connection: &mut Connection,
        user: &User,
    ) -> Result<Option<OffsetDateTime>, Refusal> {
        if self.profile.certificate.cooldown_hours == 0 {
            return Ok(None);
        }
        let last = certificates::last_of_user(connection, &user.key).await?;
        let acquired = last.filter(|last| last.reissue).and_then(|last| last.acquired);
        Ok(acquired.and_then(|acquired| self.profile.certificate.cooling_down(acquired, self.now())))
    }

    /// Whether `user`'s role has that password.
    pub(crate) fn has_password(&self, user: &User, kind: PasswordKind) -> bool {
        self.profile.role(&user.person.role).is_some_and(|role| role.has_password(kind))
    }

    /// Refuses somebody whose contract was stopped (M7) or whose login password is locked (M5), by whatever way they
    /// come.
    pub(crate) fn in_good_standing(&self, user: &User) -> Result<(), Refusal> {
        if user.frozen.is_some() {
            Err(Refusal::new(Code::ContractFrozen))
        } else if user.login_failures >= self.profile.passwords.failures_until_lock {
            Err(Refusal::new(Code::LoginPasswordLocked))
        } else {
            Ok(())
        }
    }

    /// Refuses unless that is the operator's confirmation password (S0-6).
    pub(crate) async fn confirm(&self, operator: &str, password: Secret) -> Result<(), Refusal> {
        match self.compare(operator, Kind::Confirmation, password, None).await? {
            Verdict::Right => Ok(()),
            Verdict::Wrong => Err(Refusal::new(Code::ConfirmationPasswordWrong)),
            Verdict::Locked => Err(Refusal::new(Code::ConfirmationPasswordLocked)),
            Verdict::Unregistered => Err(Refusal::new(Code::ConfirmationPasswordUnregistered)),
        }
    }

    /// Compares a password and counts what comes of it (M5), for an ID that nobody has as for any other.
    ///
    /// Each try is counted as a wrong one before it is looked at, so that no more can be tried side by side, on however
    /// many instances, than one after the other; a right one takes the count back.
    ///
    /// `witness` is of a request whose refusal is recorded with the count: one transaction, whether there is such a
    /// user or not.
    async fn compare(
        &self,
        user: &str,
        kind: Kind,
        password: Secret,
        witness: Option<&Witness>,
    ) -> Result<Verdict, Refusal> {
        // Nothing was typed: no try.
        if password.is_empty() {
            return Err(Refusal::new(Code::PasswordMalformed));
        }
        // S1-9: what is longer than any password of its kind is no try either.
        let of_kind = if kind == Kind::Login { PasswordKind::Login } else { PasswordKind::Confirmation };
        let most = self.profile.passwords.rule(of_kind).map_or(u32::MAX, |rule| rule.max);
        if password.expose().chars().count() > most as usize {
            return Err(Malformed::PasswordTooLong { kind: of_kind, max: most }.into());
        }
        let _turn = self.turns.of(user).await;
        let most = i64::from(self.profile.passwords.failures_until_lock);
        let mut change = self.database.write().await?;
        let stored = users::password(&mut change, user, kind).await?;
        let failures = match &stored {
            Some(stored) => stored.failures,
            None => unknown_ids::failures(&mut change, user).await?,
        };
        let counted = failures + 1;
        let known = stored.is_some();
        if counted > most {
            return Ok(Verdict::Locked);
        }
        let hash = stored.and_then(|stored| stored.hash);
        let registered = hash.is_some();
        // A confirmation password that nobody has registered is none that could be locked.
        let counts = registered || kind == Kind::Login;
        if counts && known {
            users::set_failures(&mut change, user, kind, counted).await?;
        } else if counts {
            unknown_ids::set_failures(&mut change, user, counted, self.now()).await?;
        }
        change.commit().await?;
        let right = self.hashing.verify(password, hash).await?;
        if counts {
            self.judge(user, kind, right, counted >= most, witness).await?;
        }
        Ok(match (right, registered) {
            (true, _) => Verdict::Right,
            (false, true) => Verdict::Wrong,
            (false, false) => Verdict::Unregistered,
        })
    }

    /// Keeps what came of a try that was counted beforehand; `last` is one that no other may follow.
    async fn judge(
        &self,
        user: &str,
        kind: Kind,
        right: bool,
        last: bool,
        witness: Option<&Witness>,
    ) -> Result<(), Refusal> {
        let now = self.now();
        let mut change = self.database.write().await?;
        let stored = users::password(&mut change, user, kind).await?;
        let most = i64::from(self.profile.passwords.failures_until_lock);
        let full = stored.is_some_and(|stored| stored.failures >= most);
        if right && (last || !full) {
            // Beside the last try, this would open what that one has locked.
            users::set_failures(&mut change, user, kind, 0).await?;
        }
        if !right {
            if let Some(witness) = witness {
                audit::record(&mut change, now, witness.refused(Code::LoginFailed)).await?;
            }
            if last && full {
                let locked = Event::done(Actor::Bank, Act::PasswordLocked { password: kind.into() });
                audit::record(&mut change, now, locked.upon_key(user)).await?;
                if kind == Kind::Login {
                    let ended = sessions::end_of_user(&mut change, user, None).await?;
                    audit::sessions_ended(&mut change, now, ended).await?;
                }
            }
        }
        change.commit().await?;
        if let Some(witness) = witness.filter(|_| !right) {
            witness.recorded();
        }
        Ok(())
    }
}
