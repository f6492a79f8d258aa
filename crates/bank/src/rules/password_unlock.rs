use inkan_profile::{Helper, PasswordKind, Permission, Profile};
use inkan_protocol::{Code, OperationKind, UserRecord};
use time::{Duration, OffsetDateTime};

use super::operator::Operator;
use super::password_tries;
use super::refusal::Refusal;
use super::user_record::record;
use crate::audit::{self, AuditAction};
use crate::database::users::{self, Kind, User};
use crate::database::{Change, operations};

/// How often the passwords of one user are unlocked by other users within [`SPAN`]. After that, only the branch unlocks.
///
/// Who unlocks the passwords that they guess has six tries for each unlocking. NIST SP 800-63B §3.2.2 demands that the tries
/// are bounded.
const MOST: i64 = 3;
const SPAN: Duration = Duration::days(1);

/// Unlocks the `passwords` of `subject`, or all if `passwords` is empty (M5). Returns the user afterwards, and whether
/// a password was locked before; if none was, nothing is recorded. The tries of a password that is not locked stay counted.
///
/// # Errors
/// The operator may not unlock passwords of `subject`, judged inside the transaction `change`; others have done so
/// [`MOST`] times within [`SPAN`].
pub(crate) async fn unlock(
    profile: &Profile,
    change: &mut Change,
    operator: Operator<'_>,
    subject: User,
    passwords: Vec<PasswordKind>,
    now: OffsetDateTime,
) -> Result<(UserRecord, bool), Refusal> {
    let operator = operator.present(profile, change, now).await?;
    operator.permit_upon_another(profile, Permission::UnlockUsers, &subject)?;
    let locked = record(profile, change, subject.clone(), now).await?.locked;
    let mut unlocked = false;
    for (kind, named) in [(Kind::Login, PasswordKind::Login), (Kind::Confirmation, PasswordKind::Confirmation)] {
        if passwords.is_empty() || passwords.contains(&named) {
            if locked.contains(&named) {
                users::set_failures(change, &subject.key, kind, 0).await?;
            }
            if kind == Kind::Login {
                let most = i64::from(profile.passwords.failures_until_lock);
                unlocked = password_tries::unlock_without_certificate(change, &subject.key, most, now).await?;
            }
        }
    }
    let after = users::find(change, &subject.key).await?.unwrap_or_else(|| subject.clone());
    let record = record(profile, change, after, now).await?;
    unlocked |= record.locked != locked;
    if unlocked {
        if let Some(key) = operator.key() {
            let since = now.saturating_sub(SPAN);
            let before = operations::count_since(change, OperationKind::UserUnlocked, &subject.key, since).await?;
            if before >= MOST {
                let refusal = Refusal::new(Code::NotPermitted).helped_by(Helper::Branch);
                return Err(refusal.with("limit", "unlocks").with("most", MOST.to_string()));
            }
            operations::add(change, OperationKind::UserUnlocked, key, &subject.key, now).await?;
        }
        let event = operator.event(AuditAction::UserUnlocked { passwords }).upon(&subject);
        audit::record(change, now, event).await?;
    }
    Ok((record, unlocked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::test_service::{OKMATE, TestService, in_session};

    async fn lock_both(bank: &TestService, user: &str) {
        let mut change = bank.database.write().await.unwrap();
        for kind in [Kind::Login, Kind::Confirmation] {
            users::set_failures(&mut change, user, kind, 6).await.unwrap();
        }
        change.commit().await.unwrap();
    }

    /// The passwords that stay locked and whether one was unlocked, or the code.
    async fn unlock_by(
        bank: &TestService,
        operator: Operator<'_>,
        subject: &str,
        passwords: &[PasswordKind],
    ) -> Result<(Vec<PasswordKind>, bool), Code> {
        let subject = bank.user(subject).await;
        let mut change = bank.database.write().await.unwrap();
        let done = unlock(&bank.profile, &mut change, operator, subject, passwords.to_vec(), bank.now()).await;
        if done.is_ok() {
            change.commit().await.unwrap();
        }
        done.map(|(record, unlocked)| (record.locked, unlocked)).map_err(|refusal| refusal.code())
    }

    #[tokio::test]
    async fn m5_who_guesses_and_unlocks_has_few_tries_a_day() {
        let bank = TestService::open(OKMATE).await;
        let session = bank.session("hanakodt", None).await;
        let hanako = in_session("hanakodt", &session);
        let set = async |bank: &TestService, failures| {
            let mut change = bank.database.write().await.unwrap();
            users::set_failures(&mut change, "jirodt", Kind::Confirmation, failures).await.unwrap();
            change.commit().await.unwrap();
        };
        set(&bank, 5).await;
        assert_eq!(unlock_by(&bank, hanako, "jirodt", &[]).await, Ok((vec![], false)));
        assert_eq!(bank.user("jirodt").await.confirmation_failures, 5, "it is not locked, and the tries stay counted");
        for _ in 0..MOST {
            set(&bank, 6).await;
            assert_eq!(unlock_by(&bank, hanako, "jirodt", &[]).await, Ok((vec![], true)));
        }
        set(&bank, 6).await;
        assert_eq!(unlock_by(&bank, hanako, "jirodt", &[]).await, Err(Code::NotPermitted));
        assert_eq!(bank.user("jirodt").await.confirmation_failures, 6);
        assert_eq!(unlock_by(&bank, Operator::Branch, "jirodt", &[]).await, Ok((vec![], true)));
        set(&bank, 6).await;
        bank.advance(SPAN);
        let session = bank.session("hanakodt", None).await;
        let hanako = in_session("hanakodt", &session);
        assert_eq!(unlock_by(&bank, hanako, "jirodt", &[]).await, Ok((vec![], true)), "the next day");
    }

    #[tokio::test]
    async fn m5_another_user_unlocks_all_passwords_or_those_that_are_named() {
        let bank = TestService::open(OKMATE).await;
        let session = bank.session("hanakodt", None).await;
        let hanako = in_session("hanakodt", &session);
        lock_both(&bank, "jirodt").await;
        let named = unlock_by(&bank, hanako, "jirodt", &[PasswordKind::Confirmation]).await;
        assert_eq!(named, Ok((vec![PasswordKind::Login], true)));
        lock_both(&bank, "jirodt").await;
        assert_eq!(unlock_by(&bank, hanako, "jirodt", &[]).await, Ok((vec![], true)));
        assert_eq!(bank.acts().await, ["user_unlocked"; 2]);
        let kinds: Vec<_> = bank.operations("jirodt").await.iter().map(|operation| operation.kind).collect();
        assert_eq!(kinds, [OperationKind::UserUnlocked; 2]);
        assert_eq!(unlock_by(&bank, hanako, "jirodt", &[]).await, Ok((vec![], false)), "nothing is locked");
        assert_eq!(bank.acts().await.len(), 2);
        assert_eq!(unlock_by(&bank, hanako, "hanakodt", &[]).await, Err(Code::OwnNotAllowed));
    }
}
