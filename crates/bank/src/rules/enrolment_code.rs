use inkan_profile::Profile;
use inkan_protocol::{Code, EnrolmentCode};
use time::{Duration, OffsetDateTime};

use super::certificate_validity::Issuing;
use super::entitlement::entitled;
use super::operator::Operator;
use super::refusal::Refusal;
use super::standing::in_good_standing;
use crate::audit::{self, AuditAction};
use crate::database::users::User;
use crate::database::{Change, Connection, certificates, enrolment_codes};
use crate::keys::digest::sha256_hex;
use crate::keys::random;

/// Checks that `subject` may acquire a certificate, or already has the live certificate of the key `public_key_sha256`.
///
/// # Errors
/// The errors of [`entitled`].
pub(crate) async fn check(
    profile: &Profile,
    connection: &mut Connection,
    subject: &User,
    public_key_sha256: Option<&str>,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    if !has_of_key(connection, subject, public_key_sha256, now).await? {
        entitled(profile, connection, subject, now).await?;
    }
    Ok(())
}

/// Returns whether `subject` already has the live certificate of the key `public_key_sha256`.
pub(crate) async fn has_of_key(
    connection: &mut Connection,
    subject: &User,
    public_key_sha256: Option<&str>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let last = certificates::last_of_user(connection, &subject.key).await?;
    Ok(last
        .filter(|last| last.is_live(now))
        .is_some_and(|live| public_key_sha256.is_some_and(|key| key.eq_ignore_ascii_case(&live.public_key))))
}

/// Makes a code by which an EST client gets the certificate of `subject` (S0-7). A user makes a code only for themself.
///
/// # Errors
/// The errors of [`check`] and, for a new certificate, of [`Issuing::possible`]; `subject` is not in good standing; the operator is another user;
/// [`Code::PasswordChangeRequired`] if another person knows the password that proves the operator. All is judged inside
/// the transaction `change`.
pub(crate) async fn make(
    issuing: Issuing<'_>,
    change: &mut Change,
    operator: Operator<'_>,
    subject: &User,
    public_key_sha256: Option<&str>,
    now: OffsetDateTime,
) -> Result<EnrolmentCode, Refusal> {
    let profile = issuing.profile;
    let operator = operator.present(profile, change, now).await?;
    if operator.key().is_some() && !operator.is(subject) {
        return Err(Refusal::new(Code::NotPermitted));
    }
    if operator.key().is_some() && !subject.set_by_another.is_empty() {
        return Err(Refusal::new(Code::PasswordChangeRequired));
    }
    in_good_standing(profile, subject).map_err(|refusal| refusal.with("user", &subject.person.id))?;
    check(profile, change, subject, public_key_sha256, now).await?;
    if !has_of_key(change, subject, public_key_sha256, now).await? {
        issuing.possible(now)?;
    }
    let code = random::enrolment_code();
    let expires = now.saturating_add(Duration::minutes(i64::from(profile.certificate.enrolment_code_minutes)));
    enrolment_codes::forget_old(change, now).await?;
    enrolment_codes::add(change, &sha256_hex(code.expose().as_bytes()), &subject.key, expires).await?;
    audit::record(change, now, operator.event(AuditAction::EnrolmentCodeMade).upon(subject)).await?;
    Ok(EnrolmentCode { user: subject.key.clone(), code, expires })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::users;
    use crate::rules::tests::test_service::{OKMATE, TestService, in_session};

    async fn make_by(bank: &TestService, operator: Operator<'_>, subject: &str) -> Result<EnrolmentCode, Code> {
        let subject = bank.user(subject).await;
        let mut change = bank.database.write().await.unwrap();
        let made = make(bank.issuing(), &mut change, operator, &subject, None, bank.now()).await;
        change.commit().await.unwrap();
        made.map_err(|refusal| refusal.code())
    }

    async fn is_good(bank: &TestService, made: &EnrolmentCode, now: OffsetDateTime) -> bool {
        let hash = sha256_hex(made.code.expose().as_bytes());
        let mut connection = bank.database.read().await.unwrap();
        users::of_enrolment_code(&mut connection, &made.user, &hash, now).await.unwrap().is_some()
    }

    #[tokio::test]
    async fn s0_7_a_user_makes_a_code_only_for_themself_and_the_branch_for_each() {
        let bank = TestService::open(OKMATE).await;
        let session = bank.session("hanakodt", None).await;
        let hanako = in_session("hanakodt", &session);
        assert_eq!(make_by(&bank, hanako, "ichirodt").await.map(|made| made.user), Err(Code::NotPermitted));
        assert!(bank.acts().await.is_empty());
        for (operator, subject) in [(hanako, "hanakodt"), (Operator::Branch, "ichirodt")] {
            let made = make_by(&bank, operator, subject).await.unwrap();
            assert_eq!((made.user.as_str(), made.expires), (subject, bank.now() + Duration::minutes(10)));
            assert!(is_good(&bank, &made, bank.now()).await && !is_good(&bank, &made, made.expires).await);
        }
        assert_eq!(bank.acts().await, ["enrolment_code_made"; 2]);
    }

    #[tokio::test]
    async fn m2_the_live_certificate_of_the_same_key_is_given_again_and_no_other() {
        let bank = TestService::open(OKMATE).await;
        let check_of = async |key: Option<&str>| {
            let subject = bank.user("hanakodt").await;
            let mut connection = bank.database.read().await.unwrap();
            let checked = check(&bank.profile, &mut connection, &subject, key, bank.now()).await;
            checked.map_err(|refusal| refusal.code())
        };
        assert_eq!(check_of(None).await, Ok(()));
        let live = bank.certificate("hanakodt", 1, false).await;
        assert_eq!(check_of(Some(&live.public_key.to_uppercase())).await, Ok(()));
        assert_eq!(check_of(None).await, Err(Code::CertificateAlreadyIssued));
        assert_eq!(check_of(Some("00")).await, Err(Code::CertificateAlreadyIssued));
        let made = make_by(&bank, Operator::Branch, "hanakodt").await.map(|made| made.user);
        assert_eq!(made, Err(Code::CertificateAlreadyIssued));
    }

    #[tokio::test]
    async fn no_code_is_made_if_the_ca_ends_before_a_new_certificate_would() {
        let bank = TestService::open(OKMATE).await;
        let days = i64::from(bank.profile.certificate.validity_days);
        bank.advance(bank.authority.ends() - bank.now() - Duration::days(days) + Duration::SECOND);
        let live = bank.certificate("hanakodt", 1, false).await;
        let session = bank.session("jirodt", None).await;
        for operator in [Operator::Branch, in_session("jirodt", &session)] {
            let made = make_by(&bank, operator, "jirodt").await.map(|made| made.user);
            assert_eq!(made, Err(Code::CaEnding));
        }
        assert!(bank.acts().await.is_empty());
        // The certificate of this key exists already.
        let (subject, key) = (bank.user("hanakodt").await, Some(live.public_key.as_str()));
        let mut change = bank.database.write().await.unwrap();
        make(bank.issuing(), &mut change, Operator::Branch, &subject, key, bank.now()).await.unwrap();
    }
}
