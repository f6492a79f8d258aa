use inkan_profile::{Permission, Profile};
use inkan_protocol::OperationKind;
use time::OffsetDateTime;

use super::operator::{Operator, own_not_allowed};
use super::refusal::Refusal;
use crate::audit::{self, AuditAction};
use crate::database::users::User;
use crate::database::{Connection, operations, tokens};

/// Unlocks the hardware tokens of `subject`, except a token that `subject` shares with the operator (M4, M5). Returns
/// whether a token was locked; if none was, nothing is recorded.
///
/// # Errors
/// The operator may not unlock tokens of `subject`, judged inside the transaction `change`.
/// [`inkan_protocol::Code::OwnNotAllowed`] if the operator's own token is the only one.
pub(crate) async fn unlock(
    profile: &Profile,
    change: &mut Connection,
    operator: Operator<'_>,
    subject: &User,
    now: OffsetDateTime,
) -> Result<bool, Refusal> {
    let operator = operator.present(profile, change, now).await?;
    operator.permit_upon_another(profile, Permission::UnlockUsers, subject)?;
    let own = operator.user().and_then(User::token_serial);
    let mut unlocked = false;
    for token in tokens::handed_out(change, &subject.contract, &subject.key).await? {
        if own != Some(token.serial.as_str()) && tokens::unlock(change, &token.serial).await? {
            unlocked = true;
            let event = operator.event(AuditAction::TokenUnlocked { serial: token.serial }).upon(subject);
            audit::record(change, now, event).await?;
        }
    }
    match operator.user() {
        Some(user) if unlocked => {
            operations::add(change, OperationKind::TokenUnlocked, &user.key, &subject.key, now).await?;
        }
        Some(user) if own.is_some() && own == subject.token_serial() => {
            return Err(own_not_allowed(profile, Permission::UnlockUsers, user));
        }
        _ => {}
    }
    Ok(unlocked)
}
