//! Enrolment over Secure Transport (RFC 7030, as RFC 8951 clarifies it).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use inkan_protocol::{Code, OperationKind, certs_only};

use super::enrolment::Enrolling;
use crate::audit::{self, AuditAction, Event};
use crate::authority::{CertificationRequest, RequestError, Subject};
use crate::database::certificates::{self, Certificate};
use crate::database::users::User;
use crate::database::{issues, operations};
use crate::listeners::peer::Peer;
use crate::rules::entitlement::{Entitlement, entitled};
use crate::rules::issue_limit;
use crate::rules::own_notice::{self, Issued};
use crate::rules::refusal::Refusal;
use crate::rules::reissue_notice;
use crate::rules::service::Service;

/// Answers `GET` [`inkan_protocol::path::EST_CA_CERTIFICATES`] (RFC 7030 §4.1).
pub(super) async fn ca_certificates(State(service): State<Arc<Service>>) -> Result<Response, Refusal> {
    answer(service.authority.certificate())
}

/// Answers `POST` [`inkan_protocol::path::EST_SIMPLE_ENROLL`] (RFC 7030 §4.2).
///
/// A second request with the same key gets the same certificate, in case the answer was lost.
pub(super) async fn simple_enroll(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    enrolling: Enrolling,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let request = read(&headers, &body, &peer).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    let user = enrolling.again(&service, &mut change).await?;
    let id = &user.key;
    if let Some(known) = certificates::of_key(&mut change, request.public_key_sha256()).await? {
        if known.user == *id && known.is_live(now) {
            return answer(&known.der);
        }
        // A key that leaked, or that two users have, proves neither.
        return Err(Refusal::because(Code::CertificationRequestInvalid, "this key has been certified before"));
    }
    let entitlement = entitled(&service.profile, &mut change, &user, now).await?;
    if let Some(last) = &entitlement.last {
        issue_limit::check(service.certificates_per_hour, &mut change, &user, now).await?;
        certificates::close(&mut change, &last.fingerprint, now).await?;
    }
    let certificate = issue(&service, &request, &user, &entitlement)?;
    certificates::add(&mut change, &certificate).await?;
    if !entitlement.by_oneself {
        issues::close_of_user(&mut change, id, now).await?;
    }
    own_notice::certificate_issued(&mut change, &user, &certificate.serial, Issued::Enrolled, now).await?;
    if entitlement.reissue && entitlement.by_oneself {
        reissue_notice::send(&service.profile, &mut change, &user, Some(&user), now).await?;
    }
    operations::add(&mut change, OperationKind::CertificateIssued, id, id, now).await?;
    let (serial, fingerprint) = (certificate.serial.clone(), certificate.fingerprint.clone());
    audit::record(&mut change, now, Event::by(&user, AuditAction::CertificateIssued { serial, fingerprint })).await?;
    change.commit().await?;
    tracing::info!(user = id, serial = certificate.serial, "certificate issued");
    answer(&certificate.der)
}

fn issue(
    service: &Service,
    request: &CertificationRequest,
    user: &User,
    entitlement: &Entitlement,
) -> Result<Certificate, Refusal> {
    let now = service.now();
    let subject = Subject {
        common_name: &service.profile.certificate_name(&user.person.role).of(&user.contract, &user.person.id),
        name: &user.person.name,
        company: &user.company,
        days: service.profile.certificate.validity_days,
    };
    let issued = service.authority.issue(request, &subject, now)?;
    Ok(Certificate {
        fingerprint: issued.fingerprint,
        user: user.key.clone(),
        issue_number: entitlement.issue_number,
        serial: issued.serial,
        public_key: request.public_key_sha256().to_owned(),
        der: issued.der,
        issued: now,
        not_after: issued.not_after,
        acquired: None,
        revoked: None,
        revocation_reason: None,
        renews: None,
        reissue: entitlement.reissue,
    })
}

/// The longest request that is read at once, in bytes of DER. A longer one may have an RSA key.
const SHORT: usize = 512;

/// Reads a PKCS#10 request from a body in base64, with or without line breaks, and checks that it was made for this
/// connection if it says so.
pub(super) async fn read(headers: &HeaderMap, body: &[u8], peer: &Peer) -> Result<CertificationRequest, Refusal> {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/pkcs10") {
        return Err(Refusal::unreadable(415, "not sent as application/pkcs10"));
    }
    let der = decoded(body)?;
    let request = if der.len() <= SHORT {
        CertificationRequest::from_der(&der)?
    } else {
        // The check of an RSA key would hold up other requests.
        let reading = tokio::task::spawn_blocking(move || CertificationRequest::from_der(&der));
        reading.await.map_err(|panic| Refusal::because(Code::BankFault, panic))??
    };
    request.check_connection(peer.channel_binding())?;
    Ok(request)
}

/// Decodes a body in base64, with or without line breaks.
pub(crate) fn decoded(body: &[u8]) -> Result<Vec<u8>, RequestError> {
    let packed: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    data_encoding::BASE64.decode(&packed).map_err(|_| RequestError::Syntax)
}

impl From<RequestError> for Refusal {
    fn from(error: RequestError) -> Self {
        let fault = error.fault();
        Self::because(Code::CertificationRequestInvalid, error).with("fault", fault)
    }
}

/// Returns the EST answer with one certificate, as base64 in one line: some clients read no line breaks (RFC 4648
/// §3.1).
pub(super) fn answer(certificate: &[u8]) -> Result<Response, Refusal> {
    let message = certs_only::encode([certificate]).map_err(|error| Refusal::because(Code::BankFault, error))?;
    let headers =
        [("content-type", "application/pkcs7-mime; smime-type=certs-only"), ("content-transfer-encoding", "base64")];
    Ok((headers, data_encoding::BASE64.encode(&message)).into_response())
}
