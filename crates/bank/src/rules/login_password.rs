use inkan_profile::{Permission, Profile};
use time::OffsetDateTime;

use super::operator::Operator;
use super::refusal::Refusal;
use crate::database::Change;
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
    change: &mut Change,
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

#[cfg(test)]
mod tests {
    use inkan_protocol::Code;

    use super::*;
    use crate::database::users::Kind;
    use crate::rules::tests::test_service::{OKMATE, TestService, in_session};

    #[tokio::test]
    async fn s3_17_a_set_login_password_ends_the_sessions_and_never_ones_own() {
        let bank = TestService::open(OKMATE).await;
        let [hanako, jiro] = [bank.session("hanakodt", None).await, bank.session("jirodt", None).await];
        let set_for = async |subject: &str| {
            let subject = bank.user(subject).await;
            let operator = in_session("hanakodt", &hanako);
            let mut change = bank.database.write().await.unwrap();
            let ended = set(&bank.profile, &mut change, operator, &subject, "hash", true, bank.now()).await;
            let stored = users::password(&mut change, &subject.key, Kind::Login).await.unwrap().unwrap();
            change.commit().await.unwrap();
            (ended.map(|ended| ended.0).map_err(|refusal| refusal.code()), stored.hash.as_deref() == Some("hash"))
        };
        assert_eq!(set_for("hanakodt").await, (Err(Code::OwnNotAllowed), false));
        assert_eq!(set_for("jirodt").await, (Ok(vec!["jirodt".to_owned()]), true));
        assert!(bank.user("jirodt").await.forced_change && !bank.has_session(&jiro).await);
    }
}
