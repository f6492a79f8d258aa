use inkan_profile::{PasswordKind, Permission, Profile};
use time::OffsetDateTime;

use super::operator::Operator;
use super::password_notice;
use super::refusal::Refusal;
use crate::database::sessions::{self, Ended};
use crate::database::users::{self, SetBy, User};
use crate::database::{Change, enrolment_codes};

/// The hash of a new password.
pub(crate) type NewHash = (PasswordKind, String);

/// Sets passwords of `subject` for them (S3-17, S4-7). The next login must change them, since another person knows
/// them. Until then they open no way to a certificate.
///
/// Ends the sessions and the enrolment codes of `subject`, and notifies `subject` and every administrator. Returns the
/// sessions that ended. The caller records them after the change itself.
///
/// # Errors
/// The operator may not edit `subject`, judged inside the transaction `change`.
pub(crate) async fn set(
    profile: &Profile,
    change: &mut Change,
    operator: Operator<'_>,
    subject: &User,
    hashes: &[NewHash],
    now: OffsetDateTime,
) -> Result<Ended, Refusal> {
    let operator = operator.present(profile, change, now).await?;
    operator.permit_upon_another(profile, Permission::EditUsers, subject)?;
    for (kind, hash) in hashes {
        match kind {
            PasswordKind::Login => {
                users::set_login_password(change, &subject.key, hash, SetBy::Another, now).await?;
            }
            other => users::set_other_password(change, &subject.key, *other, Some(hash), SetBy::Another).await?,
        }
    }
    users::set_forced_change(change, &subject.key, true).await?;
    enrolment_codes::end_of_user(change, &subject.key).await?;
    let kinds: Vec<PasswordKind> = hashes.iter().map(|(kind, _)| *kind).collect();
    password_notice::set_by_another(profile, change, subject, &kinds, operator.user(), now).await?;
    Ok(sessions::end_of_user(change, &subject.key, None).await?)
}

#[cfg(test)]
mod tests {
    use inkan_protocol::Code;

    use super::*;
    use crate::rules::tests::test_service::{OKMATE, SHINKIN, TestService, in_session};

    #[tokio::test]
    async fn s3_17_a_set_password_ends_the_sessions_and_codes_and_never_ones_own() {
        let bank = TestService::open(OKMATE).await;
        let [hanako, jiro] = [bank.session("hanakodt", None).await, bank.session("jirodt", None).await];
        let set_for = async |subject: &str| {
            let subject = bank.user(subject).await;
            let operator = in_session("hanakodt", &hanako);
            let mut change = bank.database.write().await.unwrap();
            enrolment_codes::add(&mut change, &subject.key, &subject.key, bank.now() + time::Duration::HOUR)
                .await
                .unwrap();
            let hashes = [(PasswordKind::Login, "hash".to_owned())];
            let ended = set(&bank.profile, &mut change, operator, &subject, &hashes, bank.now()).await;
            let stored = users::hash(&mut change, &subject.key, PasswordKind::Login).await.unwrap();
            let code =
                users::of_enrolment_code(&mut change, &subject.key, &subject.key, bank.now()).await.unwrap().is_some();
            change.commit().await.unwrap();
            let ended = ended.map(|ended| ended.0).map_err(|refusal| refusal.code());
            (ended, stored.as_deref() == Some("hash"), code)
        };
        assert_eq!(set_for("hanakodt").await, (Err(Code::OwnNotAllowed), false, true));
        assert_eq!(set_for("jirodt").await, (Ok(vec!["jirodt".to_owned()]), true, false));
        assert!(bank.user("jirodt").await.forced_change && !bank.has_session(&jiro).await);
    }

    #[tokio::test]
    async fn s4_7_each_kind_that_another_set_is_remembered_until_the_user_changes_it() {
        let bank = TestService::open(SHINKIN).await;
        let subject = bank.user("keir002").await;
        let mut change = bank.database.write().await.unwrap();
        for kind in PasswordKind::ALL {
            let hashes = [(kind, "hash".to_owned())];
            set(&bank.profile, &mut change, Operator::Branch, &subject, &hashes, bank.now()).await.unwrap().0.clear();
        }
        let key = subject.key.as_str();
        assert_eq!(users::find(&mut change, key).await.unwrap().unwrap().set_by_another, PasswordKind::ALL);
        users::set_login_password(&mut change, key, "own", SetBy::TheUser, bank.now()).await.unwrap();
        let others = [PasswordKind::Confirmation, PasswordKind::Approval, PasswordKind::Transfer];
        users::set_forced_change(&mut change, key, false).await.unwrap();
        for (done, kind) in others.into_iter().enumerate() {
            let user = users::find(&mut change, key).await.unwrap().unwrap();
            assert_eq!(user.set_by_another, others[done..]);
            assert!(user.forced_change, "as long as one is left");
            users::set_other_password(&mut change, key, kind, Some("own"), SetBy::TheUser).await.unwrap();
        }
        let user = users::find(&mut change, key).await.unwrap().unwrap();
        assert!(user.set_by_another.is_empty() && !user.forced_change);
    }
}
