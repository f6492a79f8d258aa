//! Notifies a user and the administrators of a password that another person set. In a fraud from inside the company, an
//! administrator sets the password of a user who has more rights.

use inkan_profile::{PasswordKind, Profile, RoleClass};
use inkan_protocol::{Language, Notice};
use time::OffsetDateTime;

use super::notice_text::{self, Params};
use super::refusal::Refusal;
use super::time_format::time_in_japan;
use crate::database::Connection;
use crate::database::notices::{self, Reader};
use crate::database::users::{self, User};
use crate::keys::random;

/// Adds a notice to the top page of `subject` and of every administrator in the contract, that the passwords of `kinds`
/// were set for `subject`. Without an `operator`, the branch set them.
pub(crate) async fn set_by_another(
    profile: &Profile,
    change: &mut Connection,
    subject: &User,
    kinds: &[PasswordKind],
    operator: Option<&User>,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let notice = notice(profile, subject, kinds, operator, now);
    for reader in users::of_contract(change, &subject.contract).await? {
        let reader = match is_administrator(profile, &reader) {
            true => Reader::Warned(&reader.key),
            false if reader.key == subject.key => Reader::Informed(&reader.key),
            false => continue,
        };
        notices::add(change, &subject.contract, reader, &random::notice_id(), &notice).await?;
    }
    Ok(())
}

fn is_administrator(profile: &Profile, user: &User) -> bool {
    profile.role(&user.person.role).is_some_and(|role| role.class != RoleClass::General)
}

fn notice(
    profile: &Profile,
    subject: &User,
    kinds: &[PasswordKind],
    operator: Option<&User>,
    now: OffsetDateTime,
) -> Notice {
    let params = |language| {
        Params::from([
            ("user".to_owned(), subject.person.id.clone()),
            ("name".to_owned(), subject.person.name.clone()),
            ("operator".to_owned(), operator.map_or_else(String::new, |operator| operator.person.name.clone())),
            ("passwords".to_owned(), names(profile, kinds, language)),
            ("at".to_owned(), time_in_japan(now)),
        ])
    };
    let body = if operator.is_some() { "by-user" } else { "by-branch" };
    notice_text::notice("password-set", body, params, now)
}

/// Returns the bank's words for passwords, as a list.
fn names(profile: &Profile, kinds: &[PasswordKind], language: Language) -> String {
    let words = notice_text::catalogue(language);
    let name = |kind: &PasswordKind| match profile.passwords.rule(*kind).and_then(|rule| rule.name.as_ref()) {
        Some(name) if language == Language::Ja => name.ja.clone(),
        Some(name) => name.en.clone(),
        None => words.text(
            match kind {
                PasswordKind::Login => "login-password",
                PasswordKind::Confirmation => "confirmation-password",
                PasswordKind::Approval => "approval-password",
                PasswordKind::Transfer => "transfer-password",
            },
            &Params::new(),
        ),
    };
    let separator = if language == Language::Ja { "、" } else { ", " };
    kinds.iter().map(name).collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::test_service::{OKMATE, SHINKIN, TestService};

    #[tokio::test]
    async fn s3_17_the_user_and_every_administrator_learn_of_a_password_that_another_set() {
        let bank = TestService::open(OKMATE).await;
        let (operator, subject) = (bank.user("hanakodt").await, bank.user("jirodt").await);
        let lines = async |reader: &str| {
            let mut connection = bank.database.read().await.unwrap();
            let lines = notices::lines(&mut connection, &subject.contract, reader).await.unwrap();
            let titles = lines.into_iter().map(|line| (line.title, line.personal));
            titles.filter(|(title, _)| title.en.starts_with("A password")).collect::<Vec<_>>()
        };
        let mut change = bank.database.write().await.unwrap();
        let kinds = [PasswordKind::Login, PasswordKind::Confirmation];
        set_by_another(&bank.profile, &mut change, &subject, &kinds, Some(&operator), bank.now()).await.unwrap();
        change.commit().await.unwrap();
        for (reader, count) in [("hanakodt", 1), ("ichirodt", 1), ("jirodt", 1), ("shirodt", 0)] {
            let lines = lines(reader).await;
            assert_eq!(lines.len(), count, "{reader}");
            for (title, warns) in lines {
                assert!(title.ja.contains("jirodt") && title.en.contains("jirodt"), "{title:?}");
                assert_eq!(warns, reader != "jirodt", "an administrator can stop the contract (M7)");
            }
        }
    }

    #[tokio::test]
    async fn a_notice_names_the_passwords_by_the_words_of_the_bank() {
        let bank = TestService::open(SHINKIN).await;
        let (operator, subject) = (bank.user("keir001").await, bank.user("keir002").await);
        let kinds = [PasswordKind::Login, PasswordKind::Approval];
        for operator in [Some(&operator), None] {
            let body = notice(&bank.profile, &subject, &kinds, operator, bank.now()).body;
            assert!(body.ja.contains("ログインパスワード、承認用パスワード"), "{body:?}");
            assert!(body.en.contains("login password, Approval password"), "{body:?}");
            assert!(body.ja.contains("2026年11月20日 12:00") && body.en.contains("20 Nov 2026 12:00"), "{body:?}");
            assert_eq!(body.ja.contains("経理担当者"), operator.is_some(), "{body:?}");
        }
    }
}
