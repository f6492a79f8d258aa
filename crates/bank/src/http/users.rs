use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use inkan_profile::Act;
use inkan_protocol::{CertificateAct, CertificateChange, Code, OperationKind, UserRecord};
use time::OffsetDateTime;

use super::body::Body;
use super::session::Session;
use crate::database::revocations::{self, RevocationReason};
use crate::database::users::User;
use crate::database::{Connection, certificates, enrolment_codes, operations, sessions, users};
use crate::refusal::Refusal;
use crate::service::Service;

/// `GET` [`inkan_protocol::path::USERS`]
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    session: Session,
) -> Result<Json<Vec<UserRecord>>, Refusal> {
    session.permit(&service, Act::ListUsers)?;
    let mut connection = service.database.read().await?;
    let mut records = Vec::new();
    for user in users::of_contract(&mut connection, &session.user().contract).await? {
        records.push(record(&mut connection, user, service.now()).await?);
    }
    Ok(Json(records))
}

/// `GET` [`inkan_protocol::path::USER`]
pub(super) async fn show(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Json<UserRecord>, Refusal> {
    session.permit(&service, Act::ListUsers)?;
    let mut connection = service.database.read().await?;
    let user = subject(&mut connection, &session, &id).await?;
    Ok(Json(record(&mut connection, user, service.now()).await?))
}

/// `POST` [`inkan_protocol::path::USER_CERTIFICATE`] (S0-9 … S0-14, S3-6)
///
/// Whether the operator may do it at all comes before their password: a general user is told who can (S0-14).
pub(super) async fn change_certificate(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
    Body(asked): Body<CertificateChange>,
) -> Result<Json<UserRecord>, Refusal> {
    permitted(&service, &session, &id, asked.act)?;
    let operator = &session.user().person.id;
    // The connection is given back before the slow comparison of the password.
    let user = subject(&mut *service.database.read().await?, &session, &id).await?;
    service.confirm(operator, asked.confirmation_password).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    apply(&mut change, asked.act, operator, &id, now).await?;
    let record = record(&mut change, user, now).await?;
    change.commit().await?;
    tracing::info!(operator, subject = id, act = ?asked.act, "certificate changed");
    Ok(Json(record))
}

fn permitted(service: &Service, session: &Session, id: &str, act: CertificateAct) -> Result<(), Refusal> {
    let own = session.user().person.id == id;
    let acts: &[Act] = match (act, own) {
        (CertificateAct::Revoke, true) => &[Act::RevokeOwnCertificate],
        (CertificateAct::Revoke, false) => &[Act::RevokeOthersCertificate],
        (CertificateAct::Reissue, false) => &[Act::ReissueOthersCertificate],
        // Nobody reissues their own: they revoke it and acquire the next (S0-9), or ask the branch (S3-4).
        (CertificateAct::Reissue, true) => &[],
        (CertificateAct::Keep, true) => &[Act::RevokeOwnCertificate],
        (CertificateAct::Keep, false) => &[Act::RevokeOthersCertificate, Act::ReissueOthersCertificate],
    };
    if acts.iter().any(|act| session.permit(service, *act).is_ok()) {
        Ok(())
    } else {
        Err(Refusal::new(Code::NotPermitted))
    }
}

async fn apply(
    change: &mut Connection,
    act: CertificateAct,
    operator: &str,
    user: &str,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let none = || Refusal::new(Code::NoLiveCertificate).with("user", user);
    let certificate = certificates::last_of_user(change, user).await?.ok_or_else(none)?;
    if act == CertificateAct::Reissue && certificate.revoked.is_none() && !certificate.is_live(now) {
        // One already expired has only to make room (S3-1).
        return Ok(certificates::close(change, &certificate.fingerprint, now).await?);
    }
    if !certificate.is_live(now) {
        // Keeping what has expired is refused as well (Q8).
        return Err(none());
    }
    if act == CertificateAct::Keep {
        return Ok(());
    }
    // A reissue revokes at once (Q7); the user then acquires the next one.
    certificates::revoke(change, &certificate.fingerprint, operator, now).await?;
    if act == CertificateAct::Reissue {
        revocations::explain(change, &certificate.fingerprint, RevocationReason::Reissued).await?;
    }
    sessions::end_of_certificate(change, &certificate.fingerprint).await?;
    enrolment_codes::end_of_user(change, user).await?;
    operations::add(change, OperationKind::CertificateRevoked, operator, user, now).await?;
    Ok(())
}

async fn subject(connection: &mut Connection, session: &Session, id: &str) -> Result<User, Refusal> {
    let found = users::find(connection, id).await?;
    found
        .filter(|user| user.contract == session.user().contract)
        .ok_or_else(|| Refusal::new(Code::UserUnknown).with("user", id))
}

async fn record(connection: &mut Connection, user: User, now: OffsetDateTime) -> Result<UserRecord, Refusal> {
    let certificate = certificates::last_of_user(connection, &user.person.id).await?;
    Ok(UserRecord {
        token: user.token(now),
        certificate: certificate.map(|certificate| certificate.record(now)),
        person: user.person,
    })
}
