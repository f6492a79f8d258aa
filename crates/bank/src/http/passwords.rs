use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use inkan_protocol::{ChosenPasswords, PasswordChange, PasswordsChanged};

use super::body::Body;
use super::login::next_step;
use super::session::NewSession;
use crate::audit::{AuditAction, AuditContext};
use crate::rules::password_tries::PasswordCheck;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// Answers `POST` [`inkan_protocol::path::PASSWORDS`] (S1-8).
pub(super) async fn change(
    State(service): State<Arc<Service>>,
    session: NewSession,
    context: AuditContext,
    Body(passwords): Body<PasswordChange>,
) -> Result<Json<PasswordsChanged>, Refusal> {
    let key = &session.user.key;
    context.tries(AuditAction::PasswordsChanged);
    let (_, login) =
        service.authenticate(&context, key, passwords.login_password.clone(), PasswordCheck::Proved).await?;
    let chosen = ChosenPasswords {
        new_login_password: passwords.new_login_password,
        confirmation_password: passwords.confirmation_password,
        new_confirmation_password: passwords.new_confirmation_password,
        new_approval_password: passwords.new_approval_password,
        new_transfer_password: passwords.new_transfer_password,
    };
    let chosen = service.choose_passwords(&session.user, &passwords.login_password, chosen).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    let operator = session.operator(chosen.confirmation()).present(&service.profile, &mut change, now).await?;
    login.holds(&service.profile, &mut change).await?;
    let user = operator.user().unwrap_or(&session.user);
    chosen.write(&service, &mut change, user, Some(&session.token_hash), now).await?;
    let next = next_step(&service, &mut change, user, false).await?;
    change.commit().await?;
    tracing::info!(user = key, "passwords changed");
    Ok(Json(PasswordsChanged { next }))
}
