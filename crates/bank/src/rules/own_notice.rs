//! Notifies a user of a change of what they log in with (NIST SP 800-63B §4.6): passwords and certificates.

use time::OffsetDateTime;

use super::notice_text::{self, Params};
use super::refusal::Refusal;
use super::time_format::time_in_japan;
use crate::database::Connection;
use crate::database::notices::{self, Reader};
use crate::database::users::User;
use crate::keys::random;

/// How a certificate was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Issued {
    /// By an enrolment.
    Enrolled,
    /// By a renewal.
    Renewed,
}

/// Adds a notice to the top page of `user` that their passwords were changed.
pub(super) async fn passwords_changed(
    change: &mut Connection,
    user: &User,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    send(change, user, "passwords-changed", "by-user", Params::new(), now).await
}

/// Adds a notice to the top page of `user` that a certificate with that serial number was issued to them.
pub(crate) async fn certificate_issued(
    change: &mut Connection,
    user: &User,
    serial: &str,
    issued: Issued,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let body = match issued {
        Issued::Enrolled => "enrolled",
        Issued::Renewed => "renewed",
    };
    let params = Params::from([("serial".to_owned(), serial.to_owned())]);
    send(change, user, "certificate-issued", body, params, now).await
}

async fn send(
    change: &mut Connection,
    user: &User,
    name: &str,
    body: &str,
    mut params: Params,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    params.extend([
        ("user".to_owned(), user.person.id.clone()),
        ("name".to_owned(), user.person.name.clone()),
        ("at".to_owned(), time_in_japan(now)),
    ]);
    let notice = notice_text::notice(name, body, |_| params.clone(), now);
    Ok(notices::add(change, &user.contract, Reader::Informed(&user.key), &random::notice_id(), &notice).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::test_service::{OKMATE, TestService};

    #[tokio::test]
    async fn a_user_alone_learns_of_a_changed_password_and_of_a_new_certificate() {
        let bank = TestService::open(OKMATE).await;
        let jiro = bank.user("jirodt").await;
        let mut change = bank.database.write().await.unwrap();
        passwords_changed(&mut change, &jiro, bank.now()).await.unwrap();
        for issued in [Issued::Enrolled, Issued::Renewed] {
            certificate_issued(&mut change, &jiro, "00af", issued, bank.now()).await.unwrap();
        }
        change.commit().await.unwrap();
        let mut connection = bank.database.read().await.unwrap();
        for (reader, count) in [("jirodt", 3), ("hanakodt", 0)] {
            let lines = notices::lines(&mut connection, &jiro.contract, reader).await.unwrap();
            assert!(lines.iter().all(|line| !line.personal), "nothing to stop the contract for");
            let own: Vec<_> = lines.iter().filter(|line| line.published == bank.now()).collect();
            assert_eq!(own.len(), count, "{reader}");
            for line in own {
                let found = notices::find(&mut connection, &jiro.contract, reader, &line.id).await.unwrap();
                let body = found.unwrap().body;
                for text in [&body.ja, &body.en] {
                    let dated = ["2026年11月20日 12:00", "20 Nov 2026 12:00"].iter().any(|date| text.contains(date));
                    assert!(dated && text.contains(&jiro.person.name), "{text}");
                    assert_eq!(text.contains("00af"), line.title.en.contains("certificate"), "{text}");
                }
            }
        }
    }
}
