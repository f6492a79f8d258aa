use inkan_profile::{Permission, Profile};
use time::OffsetDateTime;

use super::operator::Operator;
use super::refusal::Refusal;
use crate::database::Connection;
use crate::database::sessions::{self, Ended};
use crate::database::users::{self, User};

/// Sets the login password of `subject` for them, and ends the sessions of `subject` (S3-17, S4-7). If `forced_change`,
/// the next login must change it, since another person knows it.
///
/// Returns the sessions that ended. The caller records them after the change itself.
///
/// # Errors
/// The operator may not edit `subject`, judged inside the transaction `change`.
pub(crate) async fn set(
    profile: &Profile,
    change: &mut Connection,
    operator: Operator<'_>,
    subject: &User,
    hash: &str,
    forced_change: bool,
    now: OffsetDateTime,
) -> Result<Ended, Refusal> {
    let operator = operator.present(profile, change, now).await?;
    operator.permit_upon_another(profile, Permission::EditUsers, subject)?;
    users::set_login_password(change, &subject.key, hash, now).await?;
    users::set_forced_change(change, &subject.key, forced_change).await?;
    Ok(sessions::end_of_user(change, &subject.key, None).await?)
}
