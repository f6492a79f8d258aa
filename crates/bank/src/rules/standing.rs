use inkan_profile::Profile;
use inkan_protocol::Code;
use time::OffsetDateTime;

use super::refusal::Refusal;
use crate::database::users::User;
use crate::database::{Connection, certificates};

/// Checks that the contract of `user` is not frozen (M7) and that the login password of `user` is not locked (M5).
///
/// # Errors
/// [`Code::ContractFrozen`], [`Code::LoginPasswordLocked`].
pub(crate) fn in_good_standing(profile: &Profile, user: &User) -> Result<(), Refusal> {
    if user.frozen.is_some() {
        Err(Refusal::new(Code::ContractFrozen))
    } else if user.login_failures >= profile.passwords.failures_until_lock {
        Err(Refusal::new(Code::LoginPasswordLocked))
    } else {
        Ok(())
    }
}

/// Returns until when `user` may change nothing, because the certificate of `user` was reissued (M7).
pub(crate) async fn cooling_down(
    profile: &Profile,
    connection: &mut Connection,
    user: &User,
    now: OffsetDateTime,
) -> Result<Option<OffsetDateTime>, Refusal> {
    if profile.certificate.cooldown_hours == 0 {
        return Ok(None);
    }
    let last = certificates::last_of_user(connection, &user.key).await?;
    let acquired = last.filter(|last| last.reissue).and_then(|last| last.acquired);
    Ok(acquired.and_then(|acquired| profile.certificate.cooling_down(acquired, now)))
}
