use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use inkan_profile::{Act, Helper};
use inkan_protocol::{CertificateAct, CertificateChange, Code, UserRecord};

use super::body::Body;
use super::session::Session;
use crate::database::users;
use crate::database::users::User;
use crate::rules::certificate_change::{self, Operator};
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;
use crate::rules::user_record::record;

/// `GET` [`inkan_protocol::path::USERS`]
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    session: Session,
) -> Result<Json<Vec<UserRecord>>, Refusal> {
    session.permit(&service, Act::ListUsers)?;
    let mut connection = service.database.read().await?;
    let mut records = Vec::new();
    for user in users::of_contract(&mut connection, &session.user().contract).await? {
        records.push(record(&service.profile, &mut connection, user, service.now()).await?);
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
    let user = session.subject(&service, &mut connection, &id).await?;
    Ok(Json(record(&service.profile, &mut connection, user, service.now()).await?))
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
    // The connection is given back before the slow comparison of the password.
    let user = session.subject(&service, &mut *service.database.read().await?, &id).await;
    // Whether somebody of that ID exists is not for those who may do nothing to anybody.
    let Ok(user) = user else {
        session.permit(&service, Act::ListUsers)?;
        return Err(user.err().unwrap_or_else(|| Refusal::new(Code::UserUnknown)));
    };
    permitted_act(&service, &session, &user, asked.act)?;
    let operator = session.user();
    service.confirm(&operator.key, asked.confirmation_password).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    certificate_change::act(&service.profile, &mut change, asked.act, Operator::User(operator), &user, now).await?;
    tracing::info!(operator = operator.key, subject = user.key, act = ?asked.act, "certificate changed");
    let record = record(&service.profile, &mut change, user, now).await?;
    change.commit().await?;
    Ok(Json(record))
}

/// Refuses unless the operator may do that to the certificate of `subject`.
pub(super) fn permitted_act(
    service: &Service,
    session: &Session,
    subject: &User,
    act: CertificateAct,
) -> Result<(), Refusal> {
    let own = session.user().key == subject.key;
    let acts: &[Act] = match (act, own) {
        (CertificateAct::Revoke, false) => &[Act::RevokeOthersCertificate],
        (CertificateAct::Reissue, false) => &[Act::ReissueOthersCertificate],
        // Nobody reissues their own: they revoke it and acquire the next (S0-9), or ask the branch (S3-4).
        (CertificateAct::Reissue, true) => &[],
        (CertificateAct::Revoke | CertificateAct::Keep, true) => &[Act::RevokeOwnCertificate],
        (CertificateAct::Keep, false) => &[Act::RevokeOthersCertificate, Act::ReissueOthersCertificate],
    };
    let mut refused = None;
    for act in acts {
        let permitted = if own { session.permit(service, *act) } else { session.permit_upon(service, *act, subject) };
        match permitted {
            Ok(()) => return Ok(()),
            Err(why) => refused = Some(why),
        }
    }
    match refused {
        Some(other) if other.code() != Code::NotPermitted => Err(other),
        _ => Err(Refusal::new(Code::NotPermitted).helped_by(helper(service, session, subject, act))),
    }
}

/// Returns who does it instead. A person who may revoke, at a bank that reissues nothing, revokes, and the
/// holder acquires (S0-9). For anything else there is another administrator, the paper (S3-4) or the bank (S4-4).
fn helper(service: &Service, session: &Session, subject: &User, act: CertificateAct) -> Helper {
    let (profile, operator) = (&service.profile, &session.user().person.role);
    let revokes = match session.user().key == subject.key {
        true => profile.may(operator, Act::RevokeOwnCertificate),
        false => profile.may_upon(operator, Act::RevokeOthersCertificate, &subject.person.role),
    };
    if revokes && act == CertificateAct::Reissue {
        Helper::Revocation
    } else {
        profile.helper_with_certificate(&subject.person.role)
    }
}
