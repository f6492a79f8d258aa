use inkan_profile::{Moment, Permission, TokenState};
use inkan_protocol::{Code, OperationKind, OwnToken};
use time::OffsetDateTime;
use time::macros::format_description;

use super::verdict::Shown;
use crate::audit::{self, AuditAction, Event};
use crate::database::tokens::{self, Token};
use crate::database::users::User;
use crate::database::{Change, Connection, operations};
use crate::rules::operator::Operator;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

impl Service {
    /// Activates a token for the operator (S1-12, S2-15 … S2-17), if the wait is over, the token was handed out to the
    /// operator or to the contract, the token has not expired, and the one-time password is right.
    pub(crate) async fn activate_token(
        &self,
        operator: Operator<'_>,
        serial: &str,
        shown: &Shown,
    ) -> Result<(), Refusal> {
        let now = self.now();
        let mut change = self.database.write().await?;
        let person = self.own(&mut change, operator).await?;
        let user = &person.key;
        self.may_activate(&person, now)?;
        let unknown = || Refusal::new(Code::TokenSerialUnknown);
        let token = tokens::find(&mut change, serial).await?.filter(|token| token.is_for(&person.contract, user));
        let token = token.ok_or_else(unknown)?;
        if tokens::was_revoked(&mut change, serial, user).await? {
            return Err(unknown());
        }
        if token.is_over(now) {
            return Err(Refusal::new(Code::TokenExpired));
        }
        let judged = self.prove(&mut change, &person, &token, shown).await?;
        if judged.is_ok() {
            tokens::set_of_user(&mut change, user, TokenState::Active, Some(serial), None).await?;
            let act = AuditAction::TokenActivated { serial: serial.to_owned() };
            audit::record(&mut change, now, Event::by(&person, act)).await?;
            operations::add(&mut change, OperationKind::TokenActivated, user, user, now).await?;
        }
        change.commit().await?;
        if judged.is_ok() {
            tracing::info!(user, serial, "token activated");
        }
        judged
    }

    /// Records in the audit log that the operator skips the activation of a token (S1-13). The next login offers it
    /// again.
    pub(crate) async fn skip_token(&self, operator: Operator<'_>) -> Result<(), Refusal> {
        let mut change = self.database.write().await?;
        let user = self.own(&mut change, operator).await?;
        audit::record(&mut change, self.now(), Event::by(&user, AuditAction::TokenActivationSkipped)).await?;
        Ok(change.commit().await?)
    }

    /// Returns the user's own token, and whether a login offers to activate one now (S1-13, S2-16). A login does not
    /// offer it during the wait, and after a revocation only if another token has been handed out.
    pub(crate) async fn own_token(&self, connection: &mut Connection, user: &User) -> Result<OwnToken, Refusal> {
        let now = self.now();
        let handed_out = tokens::handed_out(connection, &user.contract, &user.key).await?;
        let ready = handed_out.iter().any(|token: &Token| !token.is_over(now));
        let token = user.token(now);
        let offered = match token.state {
            TokenState::Unregistered => true,
            TokenState::Revoked => ready && self.may_activate(user, now).is_ok(),
            _ => false,
        };
        Ok(OwnToken { token, offered })
    }

    /// Reads and checks the operator, who changes their own token, inside the transaction `change`.
    pub(super) async fn own(&self, change: &mut Change, operator: Operator<'_>) -> Result<User, Refusal> {
        let present = operator.present(&self.profile, change, self.now()).await?;
        if matches!(operator, Operator::Session { .. }) {
            present.permit(&self.profile, Permission::ActivateOwnToken)?;
        }
        present.into_user().ok_or_else(|| Refusal::new(Code::NotPermitted))
    }

    fn may_activate(&self, user: &User, now: OffsetDateTime) -> Result<(), Refusal> {
        let token = user.token(now);
        let opens = match token.state {
            // The token was locked before its activation: `prove` refuses it.
            TokenState::Unregistered => now,
            TokenState::Locked if !user.has_activated_token() => now,
            TokenState::Revoked => token.activation_from.unwrap_or(now),
            TokenState::NotRequired => return Err(Refusal::new(Code::TokenSerialUnknown)),
            TokenState::Active | TokenState::Expired | TokenState::Locked | TokenState::OutOfStep => {
                return Err(Refusal::new(Code::TokenAlreadyActive));
            }
        };
        let opens = self.profile.token.closed_until(now).map_or(opens, |morning| morning.max(opens));
        if now < opens {
            return Err(Refusal::new(Code::TokenActivationTooEarly).with("from", in_japan(opens)));
        }
        Ok(())
    }
}

/// Returns the date and time in Japan, to the second: `2026-11-21 08:40:00`.
fn in_japan(moment: OffsetDateTime) -> String {
    let local = moment.in_tokyo();
    local
        .format(format_description!("[year]-[month]-[day] [hour]:[minute]:[second]"))
        .unwrap_or_else(|_| local.to_string())
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;
    use crate::database::tokens::NewToken;
    use crate::rules::tests::test_service::{OKMATE, TestService, in_session};
    use crate::rules::token_revocation;

    async fn activate(bank: &TestService, user: &str, serial: &str) -> Result<(), (Code, String)> {
        let session = bank.session(user, None).await;
        let shown = Shown::One(bank.otp(serial, 0).await);
        let done = bank.activate_token(in_session(user, &session), serial, &shown).await;
        done.map_err(|refusal| (refusal.code(), refusal.about()))
    }

    async fn offered(bank: &TestService, user: &str) -> bool {
        let user = bank.user(user).await;
        bank.own_token(&mut bank.database.read().await.unwrap(), &user).await.unwrap().offered
    }

    /// Ends the forced change of passwords. A user who must change the passwords can do nothing else first (S1-7).
    async fn end_forced_change(bank: &TestService, user: &str) {
        let mut change = bank.database.write().await.unwrap();
        crate::database::users::set_forced_change(&mut change, user, false).await.unwrap();
        change.commit().await.unwrap();
    }

    async fn hand_out(bank: &TestService, serial: &str, expires: OffsetDateTime) {
        let sealed_secret = bank.secret_box.seal(serial, &[7; 20]).unwrap();
        let rules = &bank.profile.token;
        let token = NewToken {
            serial,
            sealed_secret: &sealed_secret,
            expires,
            step_seconds: rules.step_seconds,
            digits: rules.digits,
            digest: rules.digest,
        };
        let mut change = bank.database.write().await.unwrap();
        tokens::add(&mut change, &token).await.unwrap();
        tokens::hand_out(&mut change, serial, "demo", None).await.unwrap();
        change.commit().await.unwrap();
    }

    async fn lock(bank: &TestService, serial: &str) {
        let mut change = bank.database.write().await.unwrap();
        tokens::fail(&mut change, serial, true, false).await.unwrap();
        change.commit().await.unwrap();
    }

    #[tokio::test]
    async fn s1_12_a_user_activates_the_token_that_was_handed_out_to_them() {
        let bank = TestService::open(OKMATE).await;
        end_forced_change(&bank, "shirodt").await;
        assert!(offered(&bank, "shirodt").await, "S1-13");
        let unknown = || Err((Code::TokenSerialUnknown, String::new()));
        assert_eq!(activate(&bank, "shirodt", "33456789").await, unknown(), "another's");
        assert_eq!(activate(&bank, "shirodt", "43456789").await, Ok(()));
        assert_eq!(bank.user("shirodt").await.token(bank.now()).state, TokenState::Active);
        assert_eq!(bank.acts().await, ["token_activated"]);
        assert_eq!(bank.operations("shirodt").await[0].kind, OperationKind::TokenActivated);
        let again = activate(&bank, "shirodt", "43456789").await;
        assert_eq!(again, Err((Code::TokenAlreadyActive, String::new())));
        assert!(!offered(&bank, "shirodt").await);
    }

    #[tokio::test]
    async fn s2_16_the_next_token_is_activated_after_the_wait() {
        let bank = TestService::open(OKMATE).await;
        end_forced_change(&bank, "shirodt").await;
        hand_out(&bank, "53456789", bank.now() + Duration::days(9)).await;
        let mut change = bank.database.write().await.unwrap();
        let (shiro, now) = (bank.user("shirodt").await, bank.now());
        token_revocation::revoke(&bank.profile, &mut change, Operator::Branch, &shiro, now).await.unwrap();
        change.commit().await.unwrap();
        let early = || Err((Code::TokenActivationTooEarly, "from 2026-11-20 12:30:00".to_owned()));
        assert_eq!(activate(&bank, "shirodt", "53456789").await, early(), "S2-6");
        assert!(!offered(&bank, "shirodt").await);
        bank.advance(Duration::minutes(30) - Duration::SECOND);
        assert_eq!(activate(&bank, "shirodt", "53456789").await, early());
        bank.advance(Duration::SECOND);
        assert!(offered(&bank, "shirodt").await);
        let revoked = activate(&bank, "shirodt", "43456789").await;
        assert_eq!(revoked, Err((Code::TokenSerialUnknown, String::new())), "S2-14");
        assert_eq!(activate(&bank, "shirodt", "53456789").await, Ok(()));
    }

    #[tokio::test]
    async fn s1_13_after_a_revocation_only_a_token_at_hand_is_offered() {
        let bank = TestService::open(OKMATE).await;
        assert!(!offered(&bank, "jirodt").await, "none was handed out");
        hand_out(&bank, "53456789", bank.now() - Duration::SECOND).await;
        assert!(!offered(&bank, "jirodt").await, "its validity has ended");
        let expired = activate(&bank, "jirodt", "53456789").await;
        assert_eq!(expired, Err((Code::TokenExpired, String::new())));
        hand_out(&bank, "63456789", bank.now()).await;
        assert!(offered(&bank, "jirodt").await);
        assert!(!offered(&bank, "hanakodt").await, "a token is in use");
    }

    #[tokio::test]
    async fn a_token_that_was_locked_before_its_activation_is_refused_as_locked() {
        let bank = TestService::open(OKMATE).await;
        end_forced_change(&bank, "shirodt").await;
        lock(&bank, "43456789").await;
        assert_eq!(activate(&bank, "shirodt", "43456789").await, Err((Code::TokenLocked, String::new())));
        lock(&bank, "33456789").await;
        let in_use = activate(&bank, "hanakodt", "33456789").await;
        assert_eq!(in_use, Err((Code::TokenAlreadyActive, String::new())));
    }

    #[tokio::test]
    async fn s1_13_a_skipped_activation_is_recorded_and_offered_again() {
        let bank = TestService::open(OKMATE).await;
        end_forced_change(&bank, "shirodt").await;
        let session = bank.session("shirodt", None).await;
        bank.skip_token(in_session("shirodt", &session)).await.unwrap();
        assert_eq!(bank.acts().await, ["token_activation_skipped"]);
        assert!(offered(&bank, "shirodt").await);
    }
}
