use inkan_profile::{Permission, Profile};
use inkan_protocol::OperationKind;
use time::OffsetDateTime;

use super::operator::{Operator, own_not_allowed};
use super::refusal::Refusal;
use crate::audit::{self, AuditAction};
use crate::database::users::User;
use crate::database::{Change, operations, tokens};

/// Unlocks the hardware tokens of `subject`, except a token that `subject` shares with the operator (M4, M5). Returns
/// whether a token was locked; if none was, nothing is recorded.
///
/// # Errors
/// The operator may not unlock tokens of `subject`, judged inside the transaction `change`.
/// [`inkan_protocol::Code::OwnNotAllowed`] if the operator's own token is the only one.
pub(crate) async fn unlock(
    profile: &Profile,
    change: &mut Change,
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

#[cfg(test)]
mod tests {
    use inkan_profile::TokenState;
    use inkan_protocol::Code;

    use super::*;
    use crate::rules::tests::test_service::{OKMATE, TestService, in_session};

    async fn lock(bank: &TestService, serial: &str) {
        let mut change = bank.database.write().await.unwrap();
        tokens::fail(&mut change, serial, true, false).await.unwrap();
        change.commit().await.unwrap();
    }

    async fn is_locked(bank: &TestService, serial: &str) -> bool {
        tokens::find(&mut bank.database.read().await.unwrap(), serial).await.unwrap().unwrap().locked
    }

    async fn unlock_by(bank: &TestService, operator: Operator<'_>, subject: &str) -> Result<bool, Code> {
        let subject = bank.user(subject).await;
        let mut change = bank.database.write().await.unwrap();
        let done = unlock(&bank.profile, &mut change, operator, &subject, bank.now()).await;
        change.commit().await.unwrap();
        done.map_err(|refusal| refusal.code())
    }

    #[tokio::test]
    async fn m5_another_user_unlocks_a_token_and_nothing_is_recorded_if_none_was_locked() {
        let bank = TestService::open(OKMATE).await;
        let session = bank.session("hanakodt", None).await;
        let hanako = in_session("hanakodt", &session);
        for subject in ["shirodt", "jirodt"] {
            assert_eq!(unlock_by(&bank, hanako, subject).await, Ok(false), "{subject}");
        }
        assert!(bank.acts().await.is_empty() && bank.operations("shirodt").await.is_empty());
        lock(&bank, "43456789").await;
        assert_eq!(unlock_by(&bank, hanako, "shirodt").await, Ok(true));
        assert!(!is_locked(&bank, "43456789").await);
        assert_eq!(bank.acts().await, ["token_unlocked"]);
        assert_eq!(bank.operations("shirodt").await[0].kind, OperationKind::TokenUnlocked);
        lock(&bank, "43456789").await;
        assert_eq!(unlock_by(&bank, Operator::Branch, "shirodt").await, Ok(true), "the branch");
    }

    #[tokio::test]
    async fn m5_a_token_that_is_shared_with_the_operator_stays_locked() {
        let bank = TestService::open(OKMATE).await;
        let session = bank.session("hanakodt", None).await;
        let hanako = in_session("hanakodt", &session);
        let mut change = bank.database.write().await.unwrap();
        tokens::set_of_user(&mut change, "shirodt", TokenState::Active, Some("33456789"), None).await.unwrap();
        tokens::hand_out(&mut change, "33456789", "demo", None).await.unwrap();
        change.commit().await.unwrap();
        lock(&bank, "33456789").await;
        assert_eq!(unlock_by(&bank, hanako, "shirodt").await, Err(Code::OwnNotAllowed));
        assert!(is_locked(&bank, "33456789").await && bank.acts().await.is_empty());
        assert_eq!(unlock_by(&bank, hanako, "jirodt").await, Ok(false), "who has no token");
    }
}
