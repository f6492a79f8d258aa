//! What administrators do for others, beside their certificates (S3-17, S4-5 … S4-14, M5, M7).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use inkan_profile::{Act, PasswordKind};
use inkan_protocol::{Code, Freeze, OperationKind, Unlock, UserEdit, UserRecord, UserSettings, login_id};

use super::body::Body;
use super::session::Session;
use super::user_edit::{CheckedEdit, fields_of};
use super::users::permitted_act;
use crate::audit::{self, Event};
use crate::database::users::{Kind, User};
use crate::database::{companies, contract, enrolment_codes, operations, sessions, user_settings, users};
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;
use crate::rules::user_record::record;

/// `GET` [`inkan_protocol::path::USER_SETTINGS`] (S4-7, S4-8, S4-12)
pub(super) async fn settings(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Json<UserSettings>, Refusal> {
    session.permit(&service, Act::ListUsers)?;
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

/// `PATCH` [`inkan_protocol::path::USER_SETTINGS`]: all of it or nothing (登録, S4-5, S4-13).
pub(super) async fn edit(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
    Body(edit): Body<UserEdit>,
) -> Result<Json<UserRecord>, Refusal> {
    if let Some(act) = edit.certificate
        && login_id(&id) == session.user().person.id
    {
        // Who helps with one's own certificate is one answer, by this way as by any other (S3-4, S4-4).
        session.permit(&service, Act::EditUsers)?;
        permitted_act(&service, &session, session.user(), act)?;
    }
    let user = other(&service, &session, &id, Act::EditUsers).await?;
    let operator = session.user();
    let checked = CheckedEdit::check(&service, &session, &user, &edit)?;
    service.confirm(&operator.key, edit.confirmation_password.clone()).await?;
    let hashed = checked.hash(&service).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    hashed.apply(&service, &mut change, operator, &user, now).await?;
    operations::add(&mut change, OperationKind::UserEdited, &operator.key, &user.key, now).await?;
    let edited = audit::Act::UserEdited { fields: fields_of(&edit) };
    audit::record(&mut change, now, Event::by(operator, edited).upon(&user)).await?;
    let user = users::find(&mut change, &user.key).await?.unwrap_or(user);
    let record = record(&service.profile, &mut change, user, now).await?;
    change.commit().await?;
    tracing::info!(operator = operator.key, subject = record.person.id, "user edited");
    Ok(Json(record))
}

/// `POST` [`inkan_protocol::path::USER_UNLOCK`] (M5)
pub(super) async fn unlock(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
    Body(asked): Body<Unlock>,
) -> Result<Json<UserRecord>, Refusal> {
    let user = other(&service, &session, &id, Act::UnlockUsers).await?;
    let operator = session.user();
    service.confirm(&operator.key, asked.confirmation_password).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    let locked = record(&service.profile, &mut change, user.clone(), now).await?.locked;
    for (kind, named) in [(Kind::Login, PasswordKind::Login), (Kind::Confirmation, PasswordKind::Confirmation)] {
        if asked.passwords.is_empty() || asked.passwords.contains(&named) {
            users::set_failures(&mut change, &user.key, kind, 0).await?;
        }
    }
    let after = users::find(&mut change, &user.key).await?.unwrap_or_else(|| user.clone());
    let record = record(&service.profile, &mut change, after, now).await?;
    // An unlock that opened nothing is not an operation.
    if record.locked != locked {
        operations::add(&mut change, OperationKind::UserUnlocked, &operator.key, &user.key, now).await?;
        let unlocked = audit::Act::UserUnlocked { passwords: asked.passwords };
        audit::record(&mut change, now, Event::by(operator, unlocked).upon(&user)).await?;
        tracing::info!(operator = operator.key, subject = record.person.id, "user unlocked");
    }
    change.commit().await?;
    Ok(Json(record))
}

/// `POST` [`inkan_protocol::path::FREEZE`]: everybody out, this session too (M7).
pub(super) async fn freeze(
    State(service): State<Arc<Service>>,
    session: Session,
    Body(asked): Body<Freeze>,
) -> Result<StatusCode, Refusal> {
    session.permit(&service, Act::FreezeContract)?;
    let operator = session.user();
    service.confirm(&operator.key, asked.confirmation_password).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    contract::freeze(&mut change, &operator.contract, Some(&operator.key), now).await?;
    let ended = sessions::end_of_contract(&mut change, &operator.contract).await?;
    enrolment_codes::end_of_contract(&mut change, &operator.contract).await?;
    operations::add(&mut change, OperationKind::ContractFrozen, &operator.key, &operator.key, now).await?;
    audit::record(&mut change, now, Event::by(operator, audit::Act::ContractFrozen)).await?;
    audit::sessions_ended(&mut change, now, ended).await?;
    change.commit().await?;
    tracing::warn!(operator = operator.key, contract = operator.contract, "contract frozen");
    Ok(StatusCode::NO_CONTENT)
}

/// The user of that ID, where the operator may do `act` to them: never to oneself (M5).
async fn other(service: &Service, session: &Session, id: &str, act: Act) -> Result<User, Refusal> {
    session.permit(service, act)?;
    let user = session.subject(service, &mut *service.database.read().await?, id).await?;
    if user.key == session.user().key {
        let helper = service.profile.helper_with(&user.person.role, &[act]);
        return Err(Refusal::new(Code::OwnNotAllowed).helped_by(helper));
    }
    session.permit_upon(service, act, &user)?;
    Ok(user)
}
