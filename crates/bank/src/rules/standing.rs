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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m5_the_sixth_wrong_login_password_locks_and_m7_a_freeze_goes_first() {
        let okmate = Profile::from_toml(include_str!("../../../../profiles/okmate.toml")).unwrap();
        assert_eq!(okmate.passwords.failures_until_lock, 6);
        let code = |login_failures, confirmation_failures, frozen| {
            let mut user = User::sample("hanakodt", "administrator");
            user.login_failures = login_failures;
            user.confirmation_failures = confirmation_failures;
            user.frozen = frozen;
            in_good_standing(&okmate, &user).err().map(|refusal| refusal.code())
        };
        assert_eq!(code(5, 6, None), None, "the confirmation password locks by itself");
        assert_eq!(code(6, 0, None), Some(Code::LoginPasswordLocked));
        assert_eq!(code(0, 0, Some(OffsetDateTime::UNIX_EPOCH)), Some(Code::ContractFrozen));
        assert_eq!(code(6, 0, Some(OffsetDateTime::UNIX_EPOCH)), Some(Code::ContractFrozen));
    }
}
