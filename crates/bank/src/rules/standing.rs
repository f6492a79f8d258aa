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
    use time::Duration;

    use super::*;
    use crate::rules::tests::test_service::{KEIYAKU, RIYOUSYA, TestService};

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

    #[tokio::test]
    async fn m7_a_reissued_certificate_cools_down_from_its_acquisition() {
        let bank = TestService::open(KEIYAKU).await;
        let acquired = bank.now();
        let end = acquired + Duration::hours(24);
        let cooling = async |now| {
            let user = bank.user(RIYOUSYA).await;
            let mut connection = bank.database.read().await.unwrap();
            cooling_down(&bank.profile, &mut connection, &user, now).await.unwrap()
        };
        bank.certificate(RIYOUSYA, 1, false).await;
        acquire(&bank).await;
        assert_eq!(cooling(acquired).await, None, "the first certificate");
        let mut change = bank.database.write().await.unwrap();
        let first = certificates::last_of_user(&mut change, RIYOUSYA).await.unwrap().unwrap();
        certificates::revoke(&mut change, &first.fingerprint, None, acquired).await.unwrap();
        change.commit().await.unwrap();
        bank.certificate(RIYOUSYA, 2, true).await;
        assert_eq!(cooling(acquired).await, None, "not acquired yet");
        acquire(&bank).await;
        assert_eq!(cooling(acquired).await, Some(end));
        assert_eq!(cooling(end - Duration::SECOND).await, Some(end));
        assert_eq!(cooling(end).await, None);
    }

    async fn acquire(bank: &TestService) {
        let mut change = bank.database.write().await.unwrap();
        let last = certificates::last_of_user(&mut change, RIYOUSYA).await.unwrap().unwrap();
        assert!(certificates::acquire(&mut change, &last.fingerprint, bank.now()).await.unwrap());
        change.commit().await.unwrap();
    }
}
