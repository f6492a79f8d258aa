use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use inkan_profile::Permission;
use inkan_protocol::{CertificateAction, CertificateChange, Code, UserRecord};

use super::body::Body;
use super::session::Session;
use crate::database::users;
use crate::rules::certificate_change;
use crate::rules::certificate_permission;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;
use crate::rules::user_record::record;

/// Answers `GET` [`inkan_protocol::path::USERS`].
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    session: Session,
) -> Result<Json<Vec<UserRecord>>, Refusal> {
    session.permit(&service, Permission::ListUsers)?;
    let mut connection = service.database.read().await?;
    let mut records = Vec::new();
    for user in users::of_contract(&mut connection, &session.user().contract).await? {
        records.push(record(&service.profile, &mut connection, user, service.now()).await?);
    }
    Ok(Json(records))
}

/// Answers `GET` [`inkan_protocol::path::USER`].
pub(super) async fn show(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Json<UserRecord>, Refusal> {
    session.permit(&service, Permission::ListUsers)?;
    let mut connection = service.database.read().await?;
    let user = session.subject(&service, &mut connection, &id).await?;
    Ok(Json(record(&service.profile, &mut connection, user, service.now()).await?))
}

/// Answers `POST` [`inkan_protocol::path::USER_CERTIFICATE`] (S0-9 … S0-14, S3-6).
///
/// Checks the permission before the password, so that the refusal names who can do it (S0-14).
pub(super) async fn change_certificate(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
    Body(asked): Body<CertificateChange>,
) -> Result<Json<UserRecord>, Refusal> {
    // The connection is given back before the slow comparison of the password.
    let user = session.subject(&service, &mut *service.database.read().await?, &id).await;
    // An operator who may do nothing to any user does not learn whether that ID exists.
    let Ok(user) = user else {
        session.permit(&service, Permission::ListUsers)?;
        return Err(user.err().unwrap_or_else(|| Refusal::new(Code::UserUnknown)));
    };
    certificate_permission::permit(&service.profile, session.present(), &user, asked.act)?;
    if asked.act == CertificateAction::Reissue {
        // This comes before the slow comparison of the password.
        service.issuing().possible(service.now())?;
    }
    let proof = service.confirm(&session.user().key, asked.confirmation_password).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    let user = session.subject(&service, &mut change, &id).await?;
    certificate_change::act(service.issuing(), &mut change, asked.act, session.confirmed(&proof), &user, now).await?;
    tracing::info!(operator = session.user().key, subject = user.key, act = ?asked.act, "certificate changed");
    let record = record(&service.profile, &mut change, user, now).await?;
    change.commit().await?;
    Ok(Json(record))
}
