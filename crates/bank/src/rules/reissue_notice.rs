//! Notifies every administrator of a reissue, since a fraud begins with a reissue (M7).

use std::collections::BTreeMap;

use inkan_profile::{Permission, Profile};
use inkan_protocol::Notice;
use time::OffsetDateTime;

use super::notice_text;
use super::refusal::Refusal;
use super::time_format::time_in_japan;
use crate::database::Connection;
use crate::database::notices::{self, Reader};
use crate::database::users::{self, User};
use crate::keys::random;

/// Adds a notice to the top page of each user in the contract who looks after the certificate of `subject`. Without an
/// `operator`, the branch reissued the certificate.
pub(crate) async fn send(
    profile: &Profile,
    change: &mut Connection,
    subject: &User,
    operator: Option<&User>,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let notice = notice(subject, operator, now);
    let role = &subject.person.role;
    for reader in users::of_contract(change, &subject.contract).await? {
        let looks_after = [Permission::RevokeOthersCertificate, Permission::ReissueOthersCertificate]
            .iter()
            .any(|act| profile.may_upon(&reader.person.role, *act, role));
        if looks_after {
            let reader = Reader::Warned(&reader.key);
            notices::add(change, &subject.contract, reader, &random::notice_id(), &notice).await?;
        }
    }
    Ok(())
}

fn notice(subject: &User, operator: Option<&User>, now: OffsetDateTime) -> Notice {
    let mut params = BTreeMap::from([
        ("user".to_owned(), subject.person.id.clone()),
        ("name".to_owned(), subject.person.name.clone()),
        ("at".to_owned(), time_in_japan(now)),
    ]);
    let body = match operator {
        Some(operator) => {
            params.insert("operator".to_owned(), operator.person.name.clone());
            "by-user"
        }
        None => "by-branch",
    };
    notice_text::notice("reissue", body, |_| params.clone(), now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::test_service::{KANRISYA, KEIYAKU, RIYOUSYA, TestService};

    #[tokio::test]
    async fn m7_whoever_looks_after_the_certificate_has_a_notice_of_its_reissue() {
        let bank = TestService::open(KEIYAKU).await;
        let (operator, subject) = (bank.user(KANRISYA).await, bank.user(RIYOUSYA).await);
        let mut change = bank.database.write().await.unwrap();
        for operator in [Some(&operator), None] {
            send(&bank.profile, &mut change, &subject, operator, bank.now()).await.unwrap();
        }
        change.commit().await.unwrap();
        let mut connection = bank.database.read().await.unwrap();
        let mut news = Vec::new();
        for reader in [KANRISYA, RIYOUSYA] {
            let lines = notices::lines(&mut connection, &subject.contract, reader).await.unwrap();
            news.push(lines.len());
        }
        assert_eq!(news, [3, 1], "beside the notice of the sample people");
        let by_user = notice(&subject, Some(&operator), bank.now());
        for text in [&by_user.body.ja, &by_user.body.en] {
            let names = [&operator.person.name, &subject.person.name, &subject.person.id];
            assert!(names.into_iter().all(|name| text.contains(name.as_str())), "{text}");
            let dated = ["2026年11月20日 12:00", "20 Nov 2026 12:00"].iter().any(|date| text.contains(date));
            assert!(dated, "{text}");
        }
        let by_branch = notice(&subject, None, bank.now());
        assert_ne!(by_branch.body, by_user.body);
    }
}
