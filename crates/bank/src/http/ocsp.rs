use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use data_encoding::{BASE64, HEXLOWER};
use der::{Decode, Encode};
use time::{Duration, OffsetDateTime};
use x509_cert::der::asn1::OctetString;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::ext::pkix::CrlReason;
use x509_cert::ext::{Extension, Extensions};
use x509_ocsp::{CertId, CertStatus, OcspRequest, OcspResponse, RevokedInfo, SingleResponse};

use super::cacheable::Cacheable;
use crate::authority::{AuthorityError, ocsp_time};
use crate::database::Connection;
use crate::database::revocations::{self, RevocationReason, Status};
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// The time from an answer's `thisUpdate` to its `nextUpdate`. It is short, since each answer is made from the database
/// and costs one signature.
const LIFE: Duration = Duration::minutes(5);
/// The most certificates in one request.
const MOST: usize = 64;
/// `id-pkix-ocsp-nonce`
const NONCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.2");
/// Octets of a nonce (RFC 9654 §2.1).
const NONCE_OCTETS: std::ops::RangeInclusive<usize> = 1..=128;

/// A well-formed OCSP request.
#[derive(Debug)]
struct Asked {
    certificates: Vec<CertId>,
    nonce: Option<Extension>,
}

const MEDIA_TYPE: &str = "application/ocsp-response";

/// Answers `POST` [`inkan_protocol::path::OCSP`].
pub(super) async fn posted(State(service): State<Arc<Service>>, body: Bytes) -> Result<Response, Refusal> {
    let answer = match read(&body) {
        Some(asked) => statuses(&service, asked, service.now()).await?,
        None => malformed()?,
    };
    Ok(([(CONTENT_TYPE, MEDIA_TYPE)], answer).into_response())
}

/// Answers `GET` below [`inkan_protocol::path::OCSP`]: the request is in the path, in base64 (RFC 6960 §A.1). A cache
/// may keep the answer until its `nextUpdate`, if it is not for one client by a nonce (RFC 5019 §6).
pub(super) async fn got(
    State(service): State<Arc<Service>>,
    Path(request): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let der = BASE64.decode(request.as_bytes()).ok();
    let Some(asked) = der.as_deref().and_then(read) else {
        return Ok(([(CONTENT_TYPE, MEDIA_TYPE)], malformed()?).into_response());
    };
    let (now, own) = (service.now(), asked.nonce.is_some());
    let body = statuses(&service, asked, now).await?;
    if own {
        return Ok(([(CONTENT_TYPE, MEDIA_TYPE)], body).into_response());
    }
    let fresh_until = now.saturating_add(LIFE);
    let answer = Cacheable { media_type: MEDIA_TYPE, body: body.into(), this_update: now, fresh_until };
    Ok(answer.answer(&headers, now))
}

fn malformed() -> Result<Vec<u8>, Refusal> {
    Ok(OcspResponse::malformed_request().to_der().map_err(AuthorityError::from)?)
}

async fn statuses(service: &Service, asked: Asked, now: OffsetDateTime) -> Result<Vec<u8>, Refusal> {
    let mut connection = service.database.read().await?;
    let mut responses = Vec::with_capacity(asked.certificates.len());
    for id in asked.certificates {
        let status = if service.authority.issued(&id) {
            let serial = HEXLOWER.encode(id.serial_number.as_bytes());
            status(&mut connection, &serial, now).await?
        } else {
            CertStatus::unknown()
        };
        responses.push(single(id, status, now).map_err(AuthorityError::from)?);
    }
    drop(connection);
    let nonce = asked.nonce.map(|nonce| vec![nonce]);
    Ok(service.authority.responder(now)?.sign(responses, nonce, now)?)
}

/// Returns the status of a serial number. A revocation that a wrong clock dated in the future counts from now on.
async fn status(connection: &mut Connection, serial: &str, now: OffsetDateTime) -> Result<CertStatus, Refusal> {
    Ok(match revocations::status(connection, serial).await? {
        Status::Good => CertStatus::good(),
        Status::Unknown => CertStatus::unknown(),
        Status::Revoked(revocation) => CertStatus::revoked(RevokedInfo {
            revocation_time: ocsp_time(revocation.revoked.min(now)).map_err(AuthorityError::from)?,
            revocation_reason: revocation.reason.map(|reason| match reason {
                RevocationReason::Renewed | RevocationReason::Reissued => CrlReason::Superseded,
            }),
        }),
    })
}

fn single(cert_id: CertId, cert_status: CertStatus, now: OffsetDateTime) -> Result<SingleResponse, der::Error> {
    Ok(SingleResponse {
        cert_id,
        cert_status,
        this_update: ocsp_time(now)?,
        next_update: Some(ocsp_time(now.saturating_add(LIFE))?),
        single_extensions: None,
    })
}

/// Reads a request; none if it is malformed. A signature on the request is ignored, since every client may ask.
fn read(der: &[u8]) -> Option<Asked> {
    let request = OcspRequest::from_der(der).ok()?.tbs_request;
    if request.request_list.is_empty() || request.request_list.len() > MOST {
        return None;
    }
    let extensions = request.request_extensions.unwrap_or_default();
    let own = request.request_list.iter().filter_map(|one| one.single_request_extensions.as_ref()).flatten();
    if extensions.iter().filter(|one| one.extn_id != NONCE).chain(own).any(|one| one.critical) {
        return None;
    }
    let certificates = request.request_list.into_iter().map(|one| one.req_cert).collect();
    Some(Asked { certificates, nonce: nonce(extensions)? })
}

/// Returns the nonce to send back, if there is one. Two nonces, or one that RFC 9654 does not allow, make the request
/// malformed.
fn nonce(extensions: Extensions) -> Option<Option<Extension>> {
    let mut nonces = extensions.into_iter().filter(|extension| extension.extn_id == NONCE);
    let Some(nonce) = nonces.next() else { return Some(None) };
    let value = OctetString::from_der(nonce.extn_value.as_bytes()).ok()?;
    let allowed = NONCE_OCTETS.contains(&value.as_bytes().len()) && nonces.next().is_none();
    allowed.then_some(Some(nonce))
}

/// Returns whether the parts of an answer that come from the request can be encoded, if the request can be read.
#[cfg(fuzzing)]
pub(crate) fn is_answered_as_read(der: &[u8]) -> bool {
    let Some(asked) = read(der) else { return true };
    let nonce = asked.nonce.is_none_or(|nonce| nonce.to_der().is_ok());
    let answer = |id| single(id, CertStatus::unknown(), OffsetDateTime::UNIX_EPOCH)?.to_der();
    nonce && asked.certificates.into_iter().all(|id| answer(id).is_ok())
}
