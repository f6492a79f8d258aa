use inkan_profile::TokenState;
use inkan_protocol::{Code, OperationKind, Secret};

use super::counter::Counter;
use super::verdict::{Shown, Standing, Verdict, judge};
use crate::audit::{self, Actor, AuditAction, Event};
use crate::database::tokens::{self, Token};
use crate::database::users::{self, User};
use crate::database::{Change, operations};
use crate::rules::operator::Operator;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// The proof that the token of a user showed a one-time password. It holds as long as the user has that token in use.
///
/// The one-time password is counted in a transaction of its own. The act that it proves is done in a later one.
#[derive(Debug)]
pub(crate) struct ProvenOtp {
    /// The key of the user.
    user: String,
    /// The serial number of the token.
    serial: String,
}

impl ProvenOtp {
    /// Returns the proof of a user who has activated the token of that serial number by a one-time password.
    pub(crate) fn by_activation(user: &User, serial: &str) -> Self {
        Self { user: user.key.clone(), serial: serial.to_owned() }
    }

    /// Checks inside the transaction `change` that the token is still the user's, and can be used.
    ///
    /// # Errors
    /// [`Code::TokenLocked`], [`Code::TokenExpired`], [`Code::TokenNotActive`].
    pub(crate) async fn holds(&self, service: &Service, change: &mut Change) -> Result<(), Refusal> {
        let (_, token) = service.token_in_use(change, &self.user).await?;
        if token.serial == self.serial { Ok(()) } else { Err(Refusal::new(Code::TokenNotActive)) }
    }
}

impl Service {
    /// Checks that `otp` is what the user's token shows now (S2-5, S3-9), and marks it as used (Q5).
    ///
    /// This commits by itself, so that a wrong one-time password is counted although the action is refused. The action
    /// judges the returned proof in its own transaction. If the
    /// action is refused afterwards, the next attempt needs the next one-time password.
    pub(crate) async fn verify_otp(&self, user: &str, otp: Secret) -> Result<ProvenOtp, Refusal> {
        let mut change = self.database.write().await?;
        let (user, token) = self.token_in_use(&mut change, user).await?;
        let judged = self.prove(&mut change, &user, &token, &Shown::One(otp)).await?;
        change.commit().await?;
        judged.map(|()| ProvenOtp { user: user.key, serial: token.serial })
    }

    /// Adjusts to the clock of the operator's token, by two consecutive one-time passwords (M4).
    pub(crate) async fn resync_token(
        &self,
        operator: Operator<'_>,
        otp: Secret,
        otp_next: Secret,
    ) -> Result<(), Refusal> {
        let mut change = self.database.write().await?;
        let user = self.own(&mut change, operator).await?;
        let (user, token) = self.token_in_use(&mut change, &user.key).await?;
        let judged = self.prove(&mut change, &user, &token, &Shown::Two(otp, otp_next)).await?;
        if judged.is_ok() {
            let now = self.now();
            let act = AuditAction::TokenResynchronised { serial: token.serial };
            audit::record(&mut change, now, Event::by(&user, act)).await?;
            operations::add(&mut change, OperationKind::TokenResynchronised, &user.key, &user.key, now).await?;
        }
        change.commit().await?;
        judged
    }

    /// Checks the one-time passwords of a token and records the result. If the outer result is an error, the caller
    /// must not commit the transaction. If the inner result is an error, it is a refusal, and the caller must commit,
    /// so that it is counted.
    pub(super) async fn prove(
        &self,
        change: &mut Change,
        user: &User,
        token: &Token,
        shown: &Shown,
    ) -> Result<Result<(), Refusal>, Refusal> {
        if token.locked {
            return Ok(Err(Refusal::new(Code::TokenLocked)));
        }
        let rules = &self.profile.token;
        // A one-time password of another length is a slip and not a guess: it is not counted.
        if !shown.has_digits(token.digits.unwrap_or(rules.digits)) {
            return Ok(Err(Refusal::new(Code::OtpMalformed)));
        }
        let counter = self.counter(token)?;
        let now = counter.step_at(self.now());
        let standing = Standing { last_step: token.last_step, drift: token.drift };
        let verdict = judge(&counter, standing, shown, now, rules.drift_steps, rules.resync_steps);
        let (wrong, out_of_step) = match verdict {
            Verdict::Accepted(step) => {
                let drift = match shown {
                    Shown::Two(..) => step - now,
                    // A one-time password typed late looks like a slow clock: only a fast clock is followed.
                    Shown::One(_) => token.drift.max(step - now),
                };
                return Ok(match tokens::accept(change, &token.serial, step, drift).await? {
                    true => Ok(()),
                    false => Err(Refusal::new(Code::OtpUsed)),
                });
            }
            // A repeated one-time password is not a guess and not counted: haste would lock a shared token.
            Verdict::Used => return Ok(Err(Refusal::new(Code::OtpUsed))),
            Verdict::OutOfStep => (Code::TokenOutOfStep, true),
            Verdict::Wrong if matches!(shown, Shown::Two(..)) => (Code::TokenResyncFailed, false),
            Verdict::Wrong => (Code::OtpWrong, false),
        };
        let locked = token.failures + 1 >= rules.failures_until_lock;
        tokens::fail(change, &token.serial, locked, out_of_step).await?;
        if locked {
            let act = AuditAction::TokenLocked { serial: token.serial.clone() };
            audit::record(change, self.now(), Event::done(Actor::Bank, act).upon(user)).await?;
            tracing::warn!(serial = token.serial, "token locked");
        }
        Ok(Err(Refusal::new(wrong)))
    }

    async fn token_in_use(&self, change: &mut Change, user: &str) -> Result<(User, Token), Refusal> {
        let unknown = || Refusal::new(Code::UserUnknown).with("user", user);
        let user: User = users::find(change, user).await?.ok_or_else(unknown)?;
        let code = match user.token(self.now()).state {
            TokenState::Active | TokenState::OutOfStep => None,
            TokenState::Locked => Some(Code::TokenLocked),
            TokenState::Expired => Some(Code::TokenExpired),
            TokenState::NotRequired | TokenState::Unregistered | TokenState::Revoked => Some(Code::TokenNotActive),
        };
        let serial = match (code, user.token_serial()) {
            (None, Some(serial)) => serial,
            (code, _) => return Err(Refusal::new(code.unwrap_or(Code::TokenNotActive))),
        };
        let token = tokens::find(change, serial).await?.ok_or_else(|| Refusal::new(Code::TokenNotActive))?;
        Ok((user, token))
    }

    fn counter(&self, token: &Token) -> Result<Counter, Refusal> {
        let rules = &self.profile.token;
        let secret = self.secret_box.unseal(&token.serial, &token.sealed_secret)?;
        Counter::new(
            &secret,
            token.step_seconds.unwrap_or(rules.step_seconds),
            token.digits.unwrap_or(rules.digits),
            token.digest.unwrap_or(rules.digest),
        )
        .map_err(|error| Refusal::because(Code::BankFault, error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::test_service::{OKMATE, TestService, in_session, secret};

    /// The token of hanakodt.
    const SERIAL: &str = "33456789";

    async fn verify(bank: &TestService, otp: Secret) -> Result<(), Code> {
        bank.verify_otp("hanakodt", otp).await.map(drop).map_err(|refusal| refusal.code())
    }

    async fn resync(bank: &TestService, otp: Secret, otp_next: Secret) -> Result<(), Code> {
        let session = bank.session("hanakodt", None).await;
        let done = bank.resync_token(in_session("hanakodt", &session), otp, otp_next).await;
        done.map_err(|refusal| refusal.code())
    }

    #[tokio::test]
    async fn q5_a_one_time_password_is_accepted_once_and_follows_a_fast_clock_only() {
        let bank = TestService::open(OKMATE).await;
        let now = bank.now().unix_timestamp() / 60;
        assert_eq!(verify(&bank, bank.otp(SERIAL, -1).await).await, Ok(()));
        assert_eq!((bank.token(SERIAL).await.last_step, bank.token(SERIAL).await.drift), (now - 1, 0), "a late one");
        assert_eq!(verify(&bank, bank.otp(SERIAL, 0).await).await, Ok(()));
        assert_eq!((bank.token(SERIAL).await.last_step, bank.token(SERIAL).await.drift), (now, 0));
        assert_eq!(verify(&bank, bank.otp(SERIAL, 0).await).await, Err(Code::OtpUsed));
        assert_eq!(verify(&bank, bank.otp(SERIAL, 1).await).await, Ok(()));
        assert_eq!((bank.token(SERIAL).await.last_step, bank.token(SERIAL).await.drift), (now + 1, 1));
        assert_eq!(bank.token(SERIAL).await.failures, 0, "a repeated one is not counted");
    }

    #[tokio::test]
    async fn m4_two_consecutive_one_time_passwords_adjust_to_the_clock_of_the_token() {
        let bank = TestService::open(OKMATE).await;
        assert_eq!(verify(&bank, bank.otp(SERIAL, 20).await).await, Err(Code::TokenOutOfStep));
        assert_eq!(bank.user("hanakodt").await.token(bank.now()).state, TokenState::OutOfStep);
        let wrong = resync(&bank, bank.otp(SERIAL, 20).await, bank.otp(SERIAL, 23).await).await;
        assert_eq!(wrong, Err(Code::TokenResyncFailed));
        assert_eq!(bank.token(SERIAL).await.failures, 2);
        for (first, second) in [("12345", "123456"), ("123456", "12345")] {
            let malformed = resync(&bank, secret(first), secret(second)).await;
            assert_eq!(malformed, Err(Code::OtpMalformed), "{first} {second}");
        }
        assert_eq!(bank.token(SERIAL).await.failures, 2, "a slip is not counted");
        assert!(bank.acts().await.is_empty());
        assert_eq!(resync(&bank, bank.otp(SERIAL, 20).await, bank.otp(SERIAL, 21).await).await, Ok(()));
        let token = bank.token(SERIAL).await;
        assert_eq!((token.drift, token.failures), (21, 0));
        assert_eq!(bank.acts().await, ["token_resynchronised"]);
        assert_eq!(bank.operations("hanakodt").await[0].kind, OperationKind::TokenResynchronised);
        assert_eq!(verify(&bank, bank.otp(SERIAL, 22).await).await, Ok(()));
    }

    #[tokio::test]
    async fn m5_the_sixth_wrong_one_time_password_locks_the_token() {
        let bank = TestService::open(OKMATE).await;
        for malformed in ["", "12345", "1234567"] {
            assert_eq!(verify(&bank, secret(malformed)).await, Err(Code::OtpMalformed), "{malformed}");
        }
        let wrong = bank.wrong_otp(SERIAL).await;
        for tries in 1..=6 {
            assert!(bank.acts().await.is_empty(), "{tries}");
            assert_eq!(verify(&bank, wrong.clone()).await, Err(Code::OtpWrong), "{tries}");
        }
        assert_eq!(bank.acts().await, ["token_locked"]);
        assert_eq!(verify(&bank, bank.otp(SERIAL, 0).await).await, Err(Code::TokenLocked));
    }

    #[tokio::test]
    async fn a_token_that_is_not_in_use_proves_nothing() {
        let bank = TestService::open(OKMATE).await;
        for (user, code) in [
            ("ichirodt", Code::TokenExpired),
            ("jirodt", Code::TokenNotActive),
            ("shirodt", Code::TokenNotActive),
            ("nobody", Code::UserUnknown),
        ] {
            let refused = bank.verify_otp(user, secret("123456")).await.unwrap_err();
            assert_eq!(refused.code(), code, "{user}");
        }
    }
}
