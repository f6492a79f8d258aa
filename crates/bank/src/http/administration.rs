//! What administrators do to other users, except to their certificates (S3-17, S4-5 … S4-14, M5, M7).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use inkan_profile::Permission;
use inkan_protocol::{CertificateAction, Freeze, Unlock, UserEdit, UserRecord, UserSettings, login_id};

use super::body::Body;
use super::session::Session;
use crate::database::users::User;
use crate::database::{companies, user_settings};
use crate::rules::certificate_permission;
use crate::rules::contract_freeze;
use crate::rules::password_unlock;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;
use crate::rules::user_edit::{self, CheckedEdit};

/// Answers `GET` [`inkan_protocol::path::USER_SETTINGS`] (S4-7, S4-8, S4-12).
pub(super) async fn settings(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Json<UserSettings>, Refusal> {
    session.permit(&service, Permission::ListUsers)?;
    let mut connection = service.database.read().await?;
    let user = session.subject(&service, &mut connection, &id).await?;
    let stored = user_settings::of_user(&mut connection, &user.key).await?;
    Ok(Json(UserSettings {
        companies: companies::of_user(&mut connection, &user.contract, &user.key).await?,
        name: user.person.name,
        role: user.person.role,
        single_transfer: stored.single_transfer,
        transfer_limit_thousand_yen: stored.transfer_limit,
        forced_change: user.forced_change,
        change_period_days: stored.change_period_days,
        alarm_period_days: stored.alarm_period_days,
    }))
}

/// Answers `PATCH` [`inkan_protocol::path::USER_SETTINGS`]: writes the whole edit or nothing (登録, S4-5, S4-13).
pub(super) async fn edit(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
    Body(edit): Body<UserEdit>,
) -> Result<Json<UserRecord>, Refusal> {
    if let Some(act) = edit.certificate
        && login_id(&id) == session.user().person.id
    {
        // The helper for an operator's own certificate is the same as for any other action on it (S3-4, S4-4).
        session.permit(&service, Permission::EditUsers)?;
        certificate_permission::permit(&service.profile, session.present(), session.user(), act)?;
    }
    let user = other(&service, &session, &id, Permission::EditUsers).await?;
    if edit.certificate == Some(CertificateAction::Reissue) {
        service.issuing().possible(service.now())?;
    }
    let checked = CheckedEdit::check(&service.profile, session.present(), &user, &edit)?;
    let proof = service.confirm(&session.user().key, edit.confirmation_password.clone()).await?;
    let hashes = checked.hash(&service.hashing, &session.user().key).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    let user = session.subject(&service, &mut change, &id).await?;
    let record =
        user_edit::apply(service.issuing(), &mut change, session.confirmed(&proof), user, &edit, &hashes, now).await?;
    change.commit().await?;
    tracing::info!(operator = session.user().key, subject = record.person.id, "user edited");
    Ok(Json(record))
}

/// Answers `POST` [`inkan_protocol::path::USER_UNLOCK`] (M5).
pub(super) async fn unlock(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
    Body(asked): Body<Unlock>,
) -> Result<Json<UserRecord>, Refusal> {
    other(&service, &session, &id, Permission::UnlockUsers).await?;
    let proof = service.confirm(&session.user().key, asked.confirmation_password).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    let user = session.subject(&service, &mut change, &id).await?;
    let (profile, operator) = (&service.profile, session.confirmed(&proof));
    let (record, unlocked) =
        password_unlock::unlock(profile, &mut change, operator, user, asked.passwords, now).await?;
    change.commit().await?;
    if unlocked {
        tracing::info!(operator = session.user().key, subject = record.person.id, "user unlocked");
    }
    Ok(Json(record))
}

/// Answers `POST` [`inkan_protocol::path::FREEZE`]: ends every session of the contract, this one too (M7).
pub(super) async fn freeze(
    State(service): State<Arc<Service>>,
    session: Session,
    Body(asked): Body<Freeze>,
) -> Result<StatusCode, Refusal> {
    session.permit(&service, Permission::FreezeContract)?;
    let operator = session.user();
    let proof = service.confirm(&operator.key, asked.confirmation_password).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    contract_freeze::freeze(&service.profile, &mut change, session.confirmed(&proof), &operator.contract, now).await?;
    change.commit().await?;
    tracing::warn!(operator = operator.key, contract = operator.contract, "contract frozen");
    Ok(StatusCode::NO_CONTENT)
}

/// Returns the user of that ID, if the operator may do `act` to that user. The function that does `act` checks both
/// users again.
async fn other(service: &Service, session: &Session, id: &str, act: Permission) -> Result<User, Refusal> {
    // An operator who may do nothing to any user does not learn whether that ID exists.
    session.permit(service, act)?;
    let user = session.subject(service, &mut *service.database.read().await?, id).await?;
    session.present().permit_upon_another(&service.profile, act, &user)?;
    Ok(user)
}
