use std::time::Duration;

use inkan_profile::PasswordKind;
use inkan_protocol::{Code, Malformed, Secret};

use super::password_tries::{self, Counter, PasswordCheck, Try};
use super::proven_password::ProvenPassword;
use super::refusal::Refusal;
use super::service::Service;
use super::standing::in_good_standing;
use crate::audit::{self, Actor, AuditAction, AuditContext, Event};
use crate::database::users::{Kind, User};
use crate::database::{sessions, users};

/// The longest wait of a try for other tries of the passwords of the same user, if a password waits no longer than that.
const LONGEST_TURN: Duration = Duration::from_secs(2);

/// The result of comparing a password.
#[derive(Debug)]
enum Verdict {
    Right(ProvenPassword),
    Wrong,
    Locked,
    Unregistered,
}

impl Service {
    /// Returns the user of the key `user` with the proof, if `password` is the login password of that user.
    ///
    /// An unknown ID and a wrong password give the same answer in the same time, and leave the same record. So does the
    /// login by ID of a user who may log in only by certificate.
    pub(crate) async fn authenticate(
        &self,
        context: &AuditContext,
        user: &str,
        password: Secret,
        check: PasswordCheck,
    ) -> Result<(User, ProvenPassword), Refusal> {
        match self.compare(user, (Kind::Login, check), password, Some(context)).await? {
            Verdict::Right(proof) => {
                let found = users::find(&mut *self.database.read().await?, user).await?;
                let user = found.ok_or_else(|| Refusal::new(Code::LoginFailed))?;
                in_good_standing(&self.profile, &user)?;
                Ok((user, proof))
            }
            Verdict::Locked => Err(Refusal::new(Code::LoginPasswordLocked)),
            Verdict::Wrong | Verdict::Unregistered => Err(Refusal::new(Code::LoginFailed)),
        }
    }

    /// Returns the proof that `password` is the confirmation password of the operator (S0-6).
    pub(crate) async fn confirm(&self, operator: &str, password: Secret) -> Result<ProvenPassword, Refusal> {
        match self.compare(operator, (Kind::Confirmation, PasswordCheck::Proved), password, None).await? {
            Verdict::Right(proof) => Ok(proof),
            Verdict::Wrong => Err(Refusal::new(Code::ConfirmationPasswordWrong)),
            Verdict::Locked => Err(Refusal::new(Code::ConfirmationPasswordLocked)),
            Verdict::Unregistered => Err(Refusal::new(Code::ConfirmationPasswordUnregistered)),
        }
    }

    /// Compares a password and counts the attempt (M5). An attempt with an unknown ID is counted, too.
    ///
    /// Each attempt is counted as a wrong one before the password is compared, and a right password reverses the count.
    /// So several instances at the same time allow no more attempts than one instance.
    ///
    /// If there is a `context`, a wrong password is recorded in the audit log, in the transaction that counts the
    /// attempt, whether the user exists or not.
    async fn compare(
        &self,
        user: &str,
        (kind, check): (Kind, PasswordCheck),
        password: Secret,
        context: Option<&AuditContext>,
    ) -> Result<Verdict, Refusal> {
        // An empty password is not a try.
        if password.is_empty() {
            return Err(Refusal::new(Code::PasswordMalformed));
        }
        // S1-9: a password longer than its rule allows is not a try either.
        let of_kind = if kind == Kind::Login { PasswordKind::Login } else { PasswordKind::Confirmation };
        let most = self.profile.passwords.rule(of_kind).map_or(u32::MAX, |rule| rule.max);
        if password.expose().chars().count() > most as usize {
            return Err(Malformed::PasswordTooLong { kind: of_kind, max: most }.into());
        }
        // Those who try the passwords of one user wait for each other, and not for long.
        let longest = self.hashing.longest_wait().max(LONGEST_TURN);
        let waiting = tokio::time::timeout(longest, self.password_queue.lock(user)).await;
        let _lock = waiting.map_err(|_| Refusal::busy("too many tries of the passwords of one user"))?;
        // Before the attempt is counted: an attempt that must wait too long is not one. After the lock: those who try the
        // passwords of one user take one place together.
        let place = self.hashing.place(self.known_senders.requester(user))?;
        let most = i64::from(self.profile.passwords.failures_until_lock);
        let mut change = self.database.write().await?;
        let tried = (user, kind, check);
        let Try { counter, failures, hash } =
            password_tries::begin(&self.profile, &mut change, tried, most, self.now()).await?;
        let counted = failures + 1;
        if counted > most {
            return Ok(Verdict::Locked);
        }
        let proof = hash.as_deref().map(|hash| ProvenPassword::new(user, kind, hash));
        let registered = proof.is_some();
        // A confirmation password that is not registered cannot be locked.
        let counts = registered || kind == Kind::Login;
        if counts {
            counter.set(&mut change, user, counted, self.now()).await?;
        }
        change.commit().await?;
        let right = self.hashing.verify(place, password, hash).await?;
        self.known_senders.judged(user, right);
        if counts {
            self.judge(user, counter, right, counted >= most, context).await?;
        }
        Ok(match proof {
            Some(proof) if right => Verdict::Right(proof),
            Some(_) => Verdict::Wrong,
            None => Verdict::Unregistered,
        })
    }

    /// Writes the result of an attempt that has already been counted. `last` says whether no other attempt may follow.
    async fn judge(
        &self,
        user: &str,
        counter: Counter,
        right: bool,
        last: bool,
        context: Option<&AuditContext>,
    ) -> Result<(), Refusal> {
        let now = self.now();
        let mut change = self.database.write().await?;
        let most = i64::from(self.profile.passwords.failures_until_lock);
        let full = counter.failures(&mut change, user).await? >= most;
        if right && (last || !full) {
            // Beside the last try of another request, this would unlock what that try has locked.
            counter.set(&mut change, user, 0, now).await?;
        }
        if !right {
            if let Some(context) = context {
                context.record_refusal(&mut change, now, Code::LoginFailed).await?;
            }
            if last
                && full
                && let Counter::Password(kind) = counter
            {
                let locked = Event::done(Actor::Bank, AuditAction::PasswordLocked { password: kind.into() });
                audit::record(&mut change, now, locked.upon_key(user)).await?;
                if kind == Kind::Login {
                    let ended = sessions::end_of_user(&mut change, user, None).await?;
                    audit::sessions_ended(&mut change, now, ended).await?;
                }
            }
        }
        change.commit().await?;
        if let Some(context) = context.filter(|_| !right) {
            context.recorded();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::test_service::{OKMATE, SHINKIN, TestService, context, secret};

    async fn log_in(bank: &TestService, user: &str, password: &str) -> Result<String, Code> {
        let found = bank.authenticate(&context(), user, secret(password), PasswordCheck::LoginById).await;
        found.map(|(user, _)| user.key).map_err(|refusal| refusal.code())
    }

    async fn confirm(bank: &TestService, user: &str, password: &str) -> Result<(), Code> {
        bank.confirm(user, secret(password)).await.map(drop).map_err(|refusal| refusal.code())
    }

    #[tokio::test]
    async fn m5_the_sixth_wrong_login_password_locks_and_ends_the_sessions() {
        let bank = TestService::open(OKMATE).await;
        let session = bank.session("hanakodt", None).await;
        for tries in 1..=6 {
            assert!(bank.has_session(&session).await, "{tries}");
            assert_eq!(log_in(&bank, "hanakodt", "Wrong2026").await, Err(Code::LoginFailed), "{tries}");
        }
        assert_eq!(log_in(&bank, "hanakodt", "Hanako2026").await, Err(Code::LoginPasswordLocked));
        assert!(!bank.has_session(&session).await);
        let acts = [["request"; 6].as_slice(), &["password_locked", "session_ended"]].concat();
        assert_eq!(bank.acts().await, acts);
        assert_eq!(bank.events().await[0]["outcome"], Code::LoginFailed.name());
    }

    #[tokio::test]
    async fn m5_a_right_login_password_takes_the_count_back_even_as_the_last_try() {
        let bank = TestService::open(OKMATE).await;
        for _ in 0..2 {
            for _ in 0..5 {
                assert_eq!(log_in(&bank, "hanakodt", "Wrong2026").await, Err(Code::LoginFailed));
            }
            assert_eq!(log_in(&bank, "hanakodt", "Hanako2026").await, Ok("hanakodt".to_owned()));
            assert_eq!(bank.user("hanakodt").await.login_failures, 0);
        }
        assert_eq!(log_in(&bank, "hanakodt", "Wrong2026").await, Err(Code::LoginFailed));
        assert_eq!(bank.user("hanakodt").await.login_failures, 1);
        assert!(log_in(&bank, "hanakodt", "Hanako2026").await.is_ok());
        assert_eq!(bank.user("hanakodt").await.login_failures, 0);
        assert_eq!(bank.acts().await.len(), 11, "a right password is recorded with its act");
    }

    #[tokio::test]
    async fn m5_a_try_waits_for_others_of_the_same_user_and_not_for_long() {
        let bank = TestService::open(OKMATE).await;
        let running = bank.password_queue.lock("hanakodt").await;
        // The clock goes on by itself while everybody waits.
        tokio::time::pause();
        let context = context();
        let refused = bank.authenticate(&context, "hanakodt", secret("Hanako2026"), PasswordCheck::LoginById).await;
        let refused = refused.map(drop).unwrap_err();
        assert_eq!((refused.code(), refused.retry_after()), (Code::BankUnavailable, Some(2)));
        tokio::time::resume();
        drop(running);
        assert_eq!(bank.user("hanakodt").await.login_failures, 0);
        assert_eq!(log_in(&bank, "hanakodt", "Hanako2026").await, Ok("hanakodt".to_owned()));
    }

    #[tokio::test]
    async fn m5_an_unknown_id_is_counted_like_a_known_one() {
        let bank = TestService::open(OKMATE).await;
        for tries in 1..=6 {
            assert_eq!(log_in(&bank, "nobody", "Wrong2026").await, Err(Code::LoginFailed), "{tries}");
        }
        assert_eq!(log_in(&bank, "nobody", "Wrong2026").await, Err(Code::LoginPasswordLocked));
        assert_eq!(bank.acts().await, ["request"; 6], "no password is there to lock");
    }

    #[tokio::test]
    async fn m5_the_confirmation_password_is_counted_apart_and_ends_no_session() {
        let bank = TestService::open(OKMATE).await;
        let session = bank.session("hanakodt", None).await;
        assert_eq!(confirm(&bank, "hanakodt", "Kakunin01").await, Ok(()));
        for tries in 1..=6 {
            let wrong = confirm(&bank, "hanakodt", "Wrong2026").await;
            assert_eq!(wrong, Err(Code::ConfirmationPasswordWrong), "{tries}");
        }
        assert_eq!(confirm(&bank, "hanakodt", "Kakunin01").await, Err(Code::ConfirmationPasswordLocked));
        assert!(bank.has_session(&session).await);
        assert_eq!(bank.acts().await, ["password_locked"]);
        assert!(log_in(&bank, "hanakodt", "Hanako2026").await.is_ok());
    }

    #[tokio::test]
    async fn a_confirmation_password_that_is_not_registered_cannot_be_locked() {
        let bank = TestService::open(OKMATE).await;
        for tries in 1..=7 {
            let refused = confirm(&bank, "shirodt", "Wrong2026").await;
            assert_eq!(refused, Err(Code::ConfirmationPasswordUnregistered), "{tries}");
        }
        assert_eq!(bank.user("shirodt").await.confirmation_failures, 0);
    }

    #[tokio::test]
    async fn s1_9_an_empty_password_and_one_that_is_longer_than_its_rule_are_not_tries() {
        let bank = TestService::open(SHINKIN).await;
        let too_long = Malformed::PasswordTooLong { kind: PasswordKind::Login, max: 12 }.code();
        assert_eq!(log_in(&bank, "keir001", "").await, Err(Code::PasswordMalformed));
        assert_eq!(log_in(&bank, "keir001", "Keiri20260000").await, Err(too_long));
        assert_eq!(confirm(&bank, "keir001", "Touro11").await, Err(too_long));
        let user = bank.user("keir001").await;
        assert_eq!((user.login_failures, user.confirmation_failures), (0, 0));
        assert_eq!(log_in(&bank, "keir001", "Keiri2026000").await, Err(Code::LoginFailed));
        assert_eq!(confirm(&bank, "keir001", "Touro9").await, Err(Code::ConfirmationPasswordWrong));
        let user = bank.user("keir001").await;
        assert_eq!((user.login_failures, user.confirmation_failures), (1, 1));
    }

    #[tokio::test]
    async fn a_refusal_is_recorded_once_and_a_right_password_not_as_a_refusal() {
        let bank = TestService::open(OKMATE).await;
        for (password, recorded) in [("Hanako2026", false), ("Wrong2026", true)] {
            let context = context();
            let found = bank.authenticate(&context, "hanakodt", secret(password), PasswordCheck::LoginById).await;
            assert_eq!((found.is_err(), context.is_recorded()), (recorded, recorded), "{password}");
        }
    }
}
