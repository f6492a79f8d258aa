use inkan_profile::{Moment, Permission, TokenState};
use inkan_protocol::{Code, OperationKind, OwnToken};
use time::OffsetDateTime;
use time::macros::format_description;

use super::verdict::Shown;
use crate::audit::{self, AuditAction, Event};
use crate::database::tokens::{self, Token};
use crate::database::users::User;
use crate::database::{Connection, operations};
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
    pub(super) async fn own(&self, change: &mut Connection, operator: Operator<'_>) -> Result<User, Refusal> {
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
