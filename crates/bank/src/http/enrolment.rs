use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use inkan_protocol::{Code, EnrolmentCode, EnrolmentCodeRequest, OperationKind, Secret};
use time::Duration;

use super::body::Body;
use crate::audit::{self, Act, Event, Witness};
use crate::database::users::{self, User};
use crate::database::{Connection, certificates, enrolment_codes, operations};
use crate::keys::digest::sha256_hex;
use crate::keys::random;
use crate::rules::certificate_validity::alive;
use crate::rules::entitlement::entitled;
use crate::rules::refusal::Refusal;
use crate::rules::renewal;
use crate::rules::service::Service;
use crate::rules::tokens::verdict::Shown;

/// `POST` [`inkan_protocol::path::ENROLMENT_CODES`]: the bank's own check before an issue (S0-7)
pub(super) async fn code(
    State(service): State<Arc<Service>>,
    witness: Witness,
    Body(asked): Body<EnrolmentCodeRequest>,
) -> Result<Json<EnrolmentCode>, Refusal> {
    let key = service.key(asked.contract.as_deref(), &asked.user);
    witness.tries(Act::EnrolmentCheck);
    witness.claims(&key);
    let user = service.authenticate(&witness, &key, asked.login_password).await?;
    let now = service.now();
    // First of all, so that nobody's one-time password is used up for a refusal.
    may_acquire(&service, &mut *service.database.read().await?, &user, asked.public_key_sha256.as_deref()).await?;
    if service.profile.acquiring_takes_otp(&user.person.role) {
        prove_token(&service, &user, asked.otp, asked.token_serial.as_deref()).await?;
    }
    let mut change = service.database.write().await?;
    may_acquire(&service, &mut change, &user, asked.public_key_sha256.as_deref()).await?;
    let code = random::enrolment_code();
    let expires = now.saturating_add(Duration::minutes(i64::from(service.profile.certificate.enrolment_code_minutes)));
    enrolment_codes::forget_old(&mut change, now).await?;
    enrolment_codes::add(&mut change, &sha256_hex(code.expose().as_bytes()), &user.key, expires).await?;
    audit::record(&mut change, now, Event::by(&user, Act::EnrolmentCodeMade)).await?;
    change.commit().await?;
    Ok(Json(EnrolmentCode { user: user.key, code, expires }))
}

/// Whether the user may acquire a certificate, or goes on with the one of that key.
async fn may_acquire(
    service: &Service,
    connection: &mut Connection,
    user: &User,
    public_key_sha256: Option<&str>,
) -> Result<(), Refusal> {
    let now = service.now();
    let last = certificates::last_of_user(connection, &user.key).await?;
    let of_this_key = last
        .filter(|last| last.is_live(now))
        .is_some_and(|live| public_key_sha256.is_some_and(|key| key.eq_ignore_ascii_case(&live.public_key)));
    if !of_this_key {
        entitled(&service.profile, connection, user, now).await?;
    }
    Ok(())
}

/// The token beside the password (S3-9, S3-12, Q6). One that is not activated yet is activated by this very password.
async fn prove_token(service: &Service, user: &User, otp: Option<Secret>, serial: Option<&str>) -> Result<(), Refusal> {
    let otp = otp.ok_or_else(|| Refusal::new(Code::OtpRequired))?;
    match serial {
        Some(serial) if !user.has_activated_token() => {
            service.activate_token(&user.key, serial, &Shown::One(otp)).await
        }
        _ => service.verify_otp(&user.key, otp).await,
    }
}

/// `POST` [`inkan_protocol::path::INSTALLED`]
///
/// Ends the acquisition and its codes. Told twice it is the same as told once.
pub(super) async fn installed(
    State(service): State<Arc<Service>>,
    Enrolling(user): Enrolling,
    Path(fingerprint): Path<String>,
) -> Result<StatusCode, Refusal> {
    let (id, now) = (&user.key, service.now());
    let mut change = service.database.write().await?;
    let found = certificates::find(&mut change, &fingerprint.to_ascii_lowercase()).await?;
    let certificate =
        found.filter(|certificate| certificate.user == *id).ok_or_else(|| Refusal::new(Code::NotFound))?;
    alive(&certificate, now)?;
    if renewal::acquire(&mut change, &certificate, now).await? {
        operations::add(&mut change, OperationKind::CertificateAcquired, id, id, now).await?;
        let acquired = Act::CertificateAcquired { fingerprint: certificate.fingerprint.clone() };
        audit::record(&mut change, now, Event::by(&user, acquired)).await?;
    }
    enrolment_codes::end_of_user(&mut change, id).await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One who holds an enrolment code of theirs, by Basic authentication (RFC 7617) with [`EnrolmentCode`]'s user and code.
#[derive(Debug)]
pub(super) struct Enrolling(pub(super) User);

impl FromRequestParts<Arc<Service>> for Enrolling {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Refusal> {
        let invalid = || Refusal::new(Code::EnrolmentCodeInvalid);
        let witness = Witness::from_request_parts(parts, service).await?;
        let (user, code_hash) = credentials(parts).ok_or_else(invalid)?;
        witness.tries(Act::EnrolmentCodeShown);
        witness.claims(&user);
        let mut connection = service.database.read().await?;
        if !enrolment_codes::is_good(&mut connection, &code_hash, &user, service.now()).await? {
            return Err(invalid());
        }
        let user = users::find(&mut connection, &user).await?.ok_or_else(invalid)?;
        service.in_good_standing(&user)?;
        witness.knows(&user);
        Ok(Self(user))
    }
}

/// User and hashed code.
fn credentials(parts: &Parts) -> Option<(String, String)> {
    let (scheme, encoded) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = zeroize::Zeroizing::new(data_encoding::BASE64.decode(encoded.trim().as_bytes()).ok()?);
    let (user, code) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((user.to_owned(), sha256_hex(code.as_bytes())))
}
