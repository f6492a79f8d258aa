use inkan_profile::{Permission, Profile, TokenState};
use inkan_protocol::{Code, OperationKind};
use time::OffsetDateTime;

use super::operator::{Operator, PresentOperator};
use super::refusal::Refusal;
use crate::audit::{self, AuditAction};
use crate::database::users::User;
use crate::database::{Connection, operations, tokens};

/// The operator of a revocation by the branch, in the table of revocations.
const BRANCH: &str = "branch";

/// Checks that the operator may revoke the token of `subject`, and that `subject` has a token to revoke.
///
/// # Errors
/// The operator may not revoke it; [`Code::TokenNone`].
pub(crate) fn check(
    profile: &Profile,
    operator: &PresentOperator,
    subject: &User,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    operator.permit_upon(profile, Permission::RevokeTokens, subject)?;
    match subject.token(now).state {
        TokenState::NotRequired | TokenState::Revoked => {
            Err(Refusal::new(Code::TokenNone).with("user", &subject.person.id))
        }
        _ => Ok(()),
    }
}

/// Revokes the token of `subject` (S2-3 … S2-8). The next token can be activated after the wait (S2-6, S2-7).
///
/// A shared token stays in use for its other users (S2-4). Once it is revoked for its last user, it is never used
/// again.
///
/// # Errors
/// The errors of [`check`], judged inside the transaction `change`.
pub(crate) async fn revoke(
    profile: &Profile,
    change: &mut Connection,
    operator: Operator<'_>,
    subject: &User,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let operator = operator.present(profile, change, now).await?;
    check(profile, &operator, subject, now)?;
    let opens = profile.token.activation_opens(now);
    tokens::set_of_user(change, &subject.key, TokenState::Revoked, None, Some(opens)).await?;
    let serial = subject.token_serial().map(str::to_owned);
    if let Some(serial) = &serial {
        tokens::revoke(change, serial, &subject.key, operator.key().unwrap_or(BRANCH), now).await?;
    }
    let revoked = AuditAction::TokenRevoked { serial: serial.unwrap_or_default() };
    audit::record(change, now, operator.event(revoked).upon(subject)).await?;
    if let Some(key) = operator.key() {
        operations::add(change, OperationKind::TokenRevoked, key, &subject.key, now).await?;
    }
    Ok(())
}
