use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use inkan_profile::{PasswordContext, PasswordKind};
use inkan_protocol::{Code, OperationKind, PasswordChange, PasswordsChanged};

use super::body::Body;
use super::login::next_step;
use super::session::NewSession;
use crate::audit::{self, AuditAction, AuditContext, Event};
use crate::database::users::{self, Kind};
use crate::database::{operations, sessions};
use crate::rules::password_rules::{differs, follows};
use crate::rules::proven_password::ProvenPassword;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// Answers `POST` [`inkan_protocol::path::PASSWORDS`] (S1-8).
pub(super) async fn change(
    State(service): State<Arc<Service>>,
    session: NewSession,
    context: AuditContext,
    Body(passwords): Body<PasswordChange>,
) -> Result<Json<PasswordsChanged>, Refusal> {
    let user = &session.user.key;
    let needs_confirmation = service.has_password(&session.user, PasswordKind::Confirmation);
    context.tries(AuditAction::PasswordsChanged);
    let current = check_current(&service, &context, user, &passwords).await?;
    check_new(&service, &session.user.person.id, &passwords, needs_confirmation)?;
    let login = service.hashing.hash(passwords.new_login_password).await?;
    let confirmation = match passwords.new_confirmation_password.filter(|_| needs_confirmation) {
        Some(password) => Some(service.hashing.hash(password).await?),
        None => None,
    };
    let now = service.now();
    let mut change = service.database.write().await?;
    session.operator(current.confirmation.as_ref()).present(&service.profile, &mut change, now).await?;
    current.login.holds(&mut change).await?;
    users::set_login_password(&mut change, user, &login, now).await?;
    if let Some(confirmation) = &confirmation {
        users::set_other_password(&mut change, user, PasswordKind::Confirmation, Some(confirmation)).await?;
    }
    users::set_forced_change(&mut change, user, false).await?;
    let ended = sessions::end_of_user(&mut change, user, Some(&session.token_hash)).await?;
    operations::add(&mut change, OperationKind::PasswordsChanged, user, user, now).await?;
    audit::record(&mut change, now, Event::by(&session.user, AuditAction::PasswordsChanged)).await?;
    audit::sessions_ended(&mut change, now, ended).await?;
    let next = next_step(&service, &mut change, &session.user, false).await?;
    change.commit().await?;
    tracing::info!(user, "passwords changed");
    Ok(Json(PasswordsChanged { next }))
}

/// The proofs of the present passwords.
struct Current {
    login: ProvenPassword,
    /// None if no confirmation password is registered.
    confirmation: Option<ProvenPassword>,
}

/// Checks the present passwords: the login password, and the confirmation password if one is registered (S1-7).
async fn check_current(
    service: &Service,
    context: &AuditContext,
    user: &str,
    passwords: &PasswordChange,
) -> Result<Current, Refusal> {
    let (_, login) = service.authenticate(context, user, passwords.login_password.clone()).await?;
    let stored = users::password(&mut *service.database.read().await?, user, Kind::Confirmation).await?;
    if stored.is_none_or(|stored| stored.hash.is_none()) {
        return Ok(Current { login, confirmation: None });
    }
    let given = passwords.confirmation_password.clone();
    let given = given.ok_or_else(|| Refusal::new(Code::ConfirmationPasswordWrong))?;
    Ok(Current { login, confirmation: Some(service.confirm(user, given).await?) })
}

/// Checks the new passwords (S1-9, S1-10).
fn check_new(
    service: &Service,
    user: &str,
    passwords: &PasswordChange,
    needs_confirmation: bool,
) -> Result<(), Refusal> {
    let login = passwords.new_login_password.expose();
    let rules = &service.profile.passwords;
    let context = PasswordContext { user_id: user, login_password: None };
    follows("login", &rules.login, &passwords.new_login_password, context)?;
    differs("login", &rules.login, &passwords.new_login_password, Some(&passwords.login_password))?;
    let context = PasswordContext { user_id: user, login_password: Some(login) };
    match &passwords.new_confirmation_password {
        Some(password) if needs_confirmation => {
            follows("confirmation", &rules.confirmation, password, context)?;
            // The present one was compared before, if there is one.
            differs("confirmation", &rules.confirmation, password, passwords.confirmation_password.as_ref())
        }
        None if needs_confirmation => Err(Refusal::new(Code::ConfirmationPasswordUnregistered)),
        _ => Ok(()),
    }
}
