use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use inkan_protocol::{Code, EnrolmentCode, EnrolmentCodeRequest, OperationKind, Secret};

use super::body::Body;
use super::outside_text::has_control;
use crate::audit::{self, AuditAction, AuditContext, Event};
use crate::database::users::{self, User};
use crate::database::{Change, Connection, certificates, enrolment_codes, operations};
use crate::keys::digest::sha256_hex;
use crate::rules::certificate_validity::alive;
use crate::rules::enrolment_code;
use crate::rules::operator::Operator;
use crate::rules::password_tries::PasswordCheck;
use crate::rules::proven_password::ProvenPassword;
use crate::rules::refusal::Refusal;
use crate::rules::renewal;
use crate::rules::service::Service;
use crate::rules::standing::in_good_standing;
use crate::rules::tokens::ProvenOtp;
use crate::rules::tokens::verdict::Shown;

/// Answers `POST` [`inkan_protocol::path::ENROLMENT_CODES`]: checks the user before an issue (S0-7)
///
/// A user whose password another person set chooses passwords in the same request. At a bank where users log in only by
/// certificate, a user without a certificate has no session in which to change them.
pub(super) async fn code(
    State(service): State<Arc<Service>>,
    context: AuditContext,
    Body(asked): Body<EnrolmentCodeRequest>,
) -> Result<Json<EnrolmentCode>, Refusal> {
    let key = service.key(asked.contract.as_deref(), &asked.user);
    context.tries(AuditAction::EnrolmentCheck);
    context.claims(&key);
    let (user, mut proof) =
        service.authenticate(&context, &key, asked.login_password.clone(), PasswordCheck::Enrolment).await?;
    let public_key = asked.public_key_sha256.as_deref();
    // This comes first, so that a refusal uses up no one-time password.
    let mut connection = service.database.read().await?;
    enrolment_code::check(&service.profile, &mut connection, &user, public_key, service.now()).await?;
    if !enrolment_code::has_of_key(&mut connection, &user, public_key, service.now()).await? {
        service.issuing().possible(service.now())?;
    }
    drop(connection);
    let chosen = match asked.chosen_passwords {
        Some(chosen) => Some(service.choose_passwords(&user, &asked.login_password, chosen).await?),
        None if user.set_by_another.is_empty() => None,
        None => return Err(service.must_choose(&user)),
    };
    let otp = match service.profile.acquiring_takes_otp(&user.person.role) {
        true => Some(prove_token(&service, &user, &proof, asked.otp, asked.token_serial.as_deref()).await?),
        false => None,
    };
    let mut change = service.database.write().await?;
    // The user is read again: their password may have been locked meanwhile.
    let present =
        async |change: &mut Change| users::find(change, &key).await?.ok_or_else(|| Refusal::new(Code::LoginFailed));
    let mut user = present(&mut change).await?;
    let (profile, now) = (&service.profile, service.now());
    if let Some(chosen) = &chosen {
        Operator::Authenticated(&proof).present(profile, &mut change, now).await?;
        proof = chosen.write(&service, &mut change, &user, None, now).await?;
        user = present(&mut change).await?;
    }
    if let Some(otp) = &otp {
        otp.holds(&service, &mut change).await?;
    }
    let operator = Operator::Authenticated(&proof);
    let code = enrolment_code::make(service.issuing(), &mut change, operator, &user, public_key, now).await?;
    change.commit().await?;
    Ok(Json(code))
}

/// Checks the one-time password (S3-9, S3-12, Q6). If the token is not activated yet, the one-time password activates
/// it.
async fn prove_token(
    service: &Service,
    user: &User,
    proof: &ProvenPassword,
    otp: Option<Secret>,
    serial: Option<&str>,
) -> Result<ProvenOtp, Refusal> {
    let otp = otp.ok_or_else(|| Refusal::new(Code::OtpRequired))?;
    match serial {
        Some(serial) if !user.has_activated_token() => {
            service.activate_token(Operator::Authenticated(proof), serial, &Shown::One(otp)).await?;
            Ok(ProvenOtp::by_activation(user, serial))
        }
        _ => service.verify_otp(&user.key, otp).await,
    }
}

/// Answers `POST` [`inkan_protocol::path::INSTALLED`].
///
/// Ends the acquisition and its enrolment codes. A second request changes nothing.
pub(super) async fn installed(
    State(service): State<Arc<Service>>,
    enrolling: Enrolling,
    Path(fingerprint): Path<String>,
) -> Result<StatusCode, Refusal> {
    let now = service.now();
    let mut change = service.database.write().await?;
    let user = enrolling.again(&service, &mut change).await?;
    let id = &user.key;
    let found = certificates::find(&mut change, &fingerprint.to_ascii_lowercase()).await?;
    let certificate =
        found.filter(|certificate| certificate.user == *id).ok_or_else(|| Refusal::new(Code::NotFound))?;
    alive(&certificate, now)?;
    if renewal::acquire(&mut change, &certificate, now).await? {
        operations::add(&mut change, OperationKind::CertificateAcquired, id, id, now).await?;
        let acquired = AuditAction::CertificateAcquired { fingerprint: certificate.fingerprint.clone() };
        audit::record(&mut change, now, Event::by(&user, acquired)).await?;
    }
    enrolment_codes::end_of_user(&mut change, id).await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A user who sent a valid enrolment code by Basic authentication (RFC 7617). [`EnrolmentCode`] has the user name and
/// the password.
#[derive(Debug)]
pub(super) struct Enrolling {
    /// The user's key.
    user: String,
    /// The SHA-256 of the code in hex.
    code_hash: String,
}

impl Enrolling {
    /// Reads the user again. Fails if the code is no longer valid, or if the user is not in good standing.
    pub(super) async fn again(&self, service: &Service, connection: &mut Connection) -> Result<User, Refusal> {
        let user = users::of_enrolment_code(connection, &self.user, &self.code_hash, service.now()).await?;
        let user = user.ok_or_else(|| Refusal::new(Code::EnrolmentCodeInvalid))?;
        in_good_standing(&service.profile, &user)?;
        Ok(user)
    }
}

impl FromRequestParts<Arc<Service>> for Enrolling {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Refusal> {
        let invalid = || Refusal::new(Code::EnrolmentCodeInvalid);
        let context = AuditContext::from_request_parts(parts, service).await?;
        let (user, code_hash) = credentials(parts).ok_or_else(invalid)?;
        context.tries(AuditAction::EnrolmentCodeShown);
        context.claims(&user);
        let enrolling = Self { user, code_hash };
        let user = enrolling.again(service, &mut *service.database.read().await?).await?;
        context.knows(&user);
        Ok(enrolling)
    }
}

/// Returns the user's key and the SHA-256 of the code.
fn credentials(parts: &Parts) -> Option<(String, String)> {
    let (scheme, encoded) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = zeroize::Zeroizing::new(data_encoding::BASE64.decode(encoded.trim().as_bytes()).ok()?);
    let (user, code) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    // RFC 7617 §2: neither contains a control character.
    if has_control(user) || has_control(code) {
        return None;
    }
    Some((user.to_owned(), sha256_hex(code.as_bytes())))
}
