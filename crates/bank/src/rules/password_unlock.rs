use inkan_profile::{PasswordKind, Permission, Profile};
use inkan_protocol::{OperationKind, UserRecord};
use time::OffsetDateTime;

use super::operator::Operator;
use super::refusal::Refusal;
use super::user_record::record;
use crate::audit::{self, AuditAction};
use crate::database::users::{self, Kind, User};
use crate::database::{Connection, operations};

/// Unlocks the `passwords` of `subject`, or all if `passwords` is empty (M5). Returns the user afterwards, and whether
/// a password was locked before; if none was, nothing is recorded.
///
/// # Errors
/// The operator may not unlock passwords of `subject`, judged inside the transaction `change`.
pub(crate) async fn unlock(
    profile: &Profile,
    change: &mut Connection,
    operator: Operator<'_>,
    subject: User,
    passwords: Vec<PasswordKind>,
    now: OffsetDateTime,
) -> Result<(UserRecord, bool), Refusal> {
    let operator = operator.present(profile, change, now).await?;
    operator.permit_upon_another(profile, Permission::UnlockUsers, &subject)?;
    let locked = record(profile, change, subject.clone(), now).await?.locked;
    for (kind, named) in [(Kind::Login, PasswordKind::Login), (Kind::Confirmation, PasswordKind::Confirmation)] {
        if passwords.is_empty() || passwords.contains(&named) {
            users::set_failures(change, &subject.key, kind, 0).await?;
        }
    }
    let after = users::find(change, &subject.key).await?.unwrap_or_else(|| subject.clone());
    let record = record(profile, change, after, now).await?;
    let unlocked = record.locked != locked;
    if unlocked {
        if let Some(key) = operator.key() {
            operations::add(change, OperationKind::UserUnlocked, key, &subject.key, now).await?;
        }
        let event = operator.event(AuditAction::UserUnlocked { passwords }).upon(&subject);
        audit::record(change, now, event).await?;
    }
    Ok((record, unlocked))
}
