use inkan_profile::Profile;
use inkan_protocol::{Code, EnrolmentCode};
use time::{Duration, OffsetDateTime};

use super::entitlement::entitled;
use super::operator::Operator;
use super::refusal::Refusal;
use super::standing::in_good_standing;
use crate::audit::{self, AuditAction};
use crate::database::users::User;
use crate::database::{Connection, certificates, enrolment_codes};
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
    let last = certificates::last_of_user(connection, &subject.key).await?;
    let of_this_key = last
        .filter(|last| last.is_live(now))
        .is_some_and(|live| public_key_sha256.is_some_and(|key| key.eq_ignore_ascii_case(&live.public_key)));
    if !of_this_key {
        entitled(profile, connection, subject, now).await?;
    }
    Ok(())
}

/// Makes a code by which an EST client gets the certificate of `subject` (S0-7). A user makes a code only for themself.
///
/// # Errors
/// The errors of [`check`]; `subject` is not in good standing; the operator is another user. All is judged inside the
/// transaction `change`.
pub(crate) async fn make(
    profile: &Profile,
    change: &mut Connection,
    operator: Operator<'_>,
    subject: &User,
    public_key_sha256: Option<&str>,
    now: OffsetDateTime,
) -> Result<EnrolmentCode, Refusal> {
    let operator = operator.present(profile, change, now).await?;
    if operator.key().is_some() && !operator.is(subject) {
        return Err(Refusal::new(Code::NotPermitted));
    }
    in_good_standing(profile, subject).map_err(|refusal| refusal.with("user", &subject.person.id))?;
    check(profile, change, subject, public_key_sha256, now).await?;
    let code = random::enrolment_code();
    let expires = now.saturating_add(Duration::minutes(i64::from(profile.certificate.enrolment_code_minutes)));
    enrolment_codes::forget_old(change, now).await?;
    enrolment_codes::add(change, &sha256_hex(code.expose().as_bytes()), &subject.key, expires).await?;
    audit::record(change, now, operator.event(AuditAction::EnrolmentCodeMade).upon(subject)).await?;
    Ok(EnrolmentCode { user: subject.key.clone(), code, expires })
}
