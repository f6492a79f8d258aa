//! Renewal by EST: the certificate itself is the proof (RFC 7030 §4.2.2).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use inkan_protocol::{Code, OperationKind};
use time::OffsetDateTime;

use super::certificate_guard::GuardedCertificate;
use super::est;
use crate::audit::{self, Actor, AuditAction, Event};
use crate::authority::CertificationRequest;
use crate::database::certificates::{self, Certificate};
use crate::database::{Change, enrolment_codes, issues, operations, renewals, users};
use crate::listeners::peer::Peer;
use crate::rules::certificate_validity::alive;
use crate::rules::own_notice::{self, Issued};
use crate::rules::refusal::Refusal;
use crate::rules::renewal;
use crate::rules::service::Service;
use crate::rules::standing::in_good_standing;
use crate::rules::time_format::time_in_japan;

/// Answers `POST` [`inkan_protocol::path::EST_SIMPLE_REENROLL`].
///
/// Certifies a new key for the same subject. A second request with the same key gets the same certificate. The old
/// certificate stays in use until the new one is acquired. If a renewal is started again with another key, the last one
/// is valid.
pub(super) async fn simple_reenroll(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    Extension(GuardedCertificate(presented)): Extension<GuardedCertificate>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let request = est::read(&headers, &body, &peer).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    let old = checked_again(&service, &mut change, &presented, now).await?;
    if let Some(known) = certificates::of_key(&mut change, request.public_key_sha256()).await? {
        if known.renews.as_ref() == Some(&old.fingerprint) && known.is_live(now) {
            return est::answer(&known.der);
        }
        return Err(invalid("this key has been certified before"));
    }
    let opens = service.profile.certificate.renewal_opens(old.not_after);
    if now < opens {
        return Err(Refusal::new(Code::RenewalTooEarly).with("from", time_in_japan(opens)));
    }
    let user = users::find(&mut change, &old.user).await?;
    let user = user.filter(|user| user.set_by_another.is_empty());
    let user = user.ok_or_else(|| Refusal::new(Code::PasswordChangeRequired))?;
    if !request.is_for_the_subject_of(&old.der) {
        return Err(invalid("not for the subject of the certificate that it renews"));
    }
    // A client that proves to hold its key has the certificate.
    acquire(&mut change, &old, now).await?;
    if let Some(given_up) = renewals::waiting(&mut change, &old.fingerprint).await? {
        renewals::supersede(&mut change, &given_up.fingerprint, now).await?;
    }
    let new = successor(&service, &mut change, &request, old, now).await?;
    certificates::add(&mut change, &new).await?;
    own_notice::certificate_issued(&mut change, &user, &new.serial, Issued::Renewed, now).await?;
    let renewed =
        AuditAction::CertificateRenewed { fingerprint: new.fingerprint.clone(), renews: presented.fingerprint };
    audit::record(&mut change, now, Event::done(Actor::User(new.user.clone()), renewed)).await?;
    operations::add(&mut change, OperationKind::CertificateIssued, &new.user, &new.user, now).await?;
    change.commit().await?;
    tracing::info!(user = new.user, serial = new.serial, "certificate renewed");
    est::answer(&new.der)
}

/// Answers `POST` [`inkan_protocol::path::INSTALLED`] on the listener that demands a client certificate
///
/// Accepts the new certificate or the one that it renews. From then on the new one is in use and the old one is
/// refused. A second request with the new certificate changes nothing.
pub(super) async fn installed(
    State(service): State<Arc<Service>>,
    Extension(GuardedCertificate(presented)): Extension<GuardedCertificate>,
    Path(fingerprint): Path<String>,
) -> Result<StatusCode, Refusal> {
    let now = service.now();
    let mut change = service.database.write().await?;
    let presented = checked_again(&service, &mut change, &presented, now).await?;
    let fingerprint = fingerprint.to_ascii_lowercase();
    let certificate = if presented.fingerprint == fingerprint {
        presented
    } else {
        let waiting = renewals::waiting(&mut change, &presented.fingerprint).await?;
        waiting.filter(|one| one.fingerprint == fingerprint).ok_or_else(|| Refusal::new(Code::NotFound))?
    };
    alive(&certificate, now)?;
    acquire(&mut change, &certificate, now).await?;
    enrolment_codes::end_of_user(&mut change, &certificate.user).await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Checks the certificate of the connection again, inside the transaction that writes, and returns it.
async fn checked_again(
    service: &Service,
    change: &mut Change,
    presented: &Certificate,
    now: OffsetDateTime,
) -> Result<Certificate, Refusal> {
    let known = users::with_certificate(change, &presented.fingerprint).await?;
    let (certificate, user) = known.ok_or_else(|| Refusal::new(Code::CertificateUnknown))?;
    alive(&certificate, now)?;
    in_good_standing(&service.profile, &user)?;
    Ok(certificate)
}

async fn acquire(change: &mut Change, certificate: &Certificate, now: OffsetDateTime) -> Result<(), Refusal> {
    if renewal::acquire(change, certificate, now).await? {
        let user = &certificate.user;
        let acquired = AuditAction::CertificateAcquired { fingerprint: certificate.fingerprint.clone() };
        audit::record(change, now, Event::done(Actor::User(user.clone()), acquired)).await?;
        operations::add(change, OperationKind::CertificateAcquired, user, user, now).await?;
    }
    Ok(())
}

async fn successor(
    service: &Service,
    change: &mut Change,
    request: &CertificationRequest,
    old: Certificate,
    now: OffsetDateTime,
) -> Result<Certificate, Refusal> {
    let issued = service.authority.renew(request, &old.der, service.profile.certificate.validity_days, now)?;
    Ok(Certificate {
        fingerprint: issued.fingerprint,
        issue_number: issues::next_number(change, &old.user).await?,
        user: old.user,
        serial: issued.serial,
        public_key: request.public_key_sha256().to_owned(),
        der: issued.der,
        issued: now,
        not_after: issued.not_after,
        acquired: None,
        revoked: None,
        revocation_reason: None,
        renews: Some(old.fingerprint),
        reissue: false,
    })
}

fn invalid(cause: &'static str) -> Refusal {
    Refusal::because(Code::CertificationRequestInvalid, cause)
}
