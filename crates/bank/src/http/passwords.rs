use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use inkan_profile::{PasswordContext, PasswordFault, PasswordRule};
use inkan_protocol::{Code, OperationKind, PasswordChange, PasswordsChanged, Secret};

use super::body::Body;
use super::login::next_step;
use super::session::NewSession;
use crate::database::users::{self, Kind};
use crate::database::{operations, sessions};
use crate::refusal::Refusal;
use crate::service::Service;

/// `POST` [`inkan_protocol::path::PASSWORDS`] (S1-8)
pub(super) async fn change(
    State(service): State<Arc<Service>>,
    session: NewSession,
    Body(passwords): Body<PasswordChange>,
) -> Result<Json<PasswordsChanged>, Refusal> {
    let user = &session.user.person.id;
    check_current(&service, user, &passwords).await?;
    check_new(&service, user, &passwords)?;
    let login = service.hashing.hash(passwords.new_login_password).await?;
    let confirmation = service.hashing.hash(passwords.new_confirmation_password).await?;
    let now = service.now();
    let mut change = service.database.write().await?;
    users::set_passwords(&mut change, user, &login, &confirmation).await?;
    sessions::end_of_user(&mut change, user, Some(&session.token_hash)).await?;
    operations::add(&mut change, OperationKind::PasswordsChanged, user, user, now).await?;
    change.commit().await?;
    tracing::info!(user, "passwords changed");
    Ok(Json(PasswordsChanged { next: next_step(&session.user, false, now) }))
}

/// Both passwords as they are, the second only where one is registered (S1-7).
async fn check_current(service: &Service, user: &str, passwords: &PasswordChange) -> Result<(), Refusal> {
    service.authenticate(user, passwords.login_password.clone()).await?;
    let stored = users::password(&mut *service.database.read().await?, user, Kind::Confirmation).await?;
    if stored.is_some_and(|stored| stored.hash.is_some()) {
        let given = passwords.confirmation_password.clone();
        let given = given.ok_or_else(|| Refusal::new(Code::ConfirmationPasswordWrong))?;
        service.confirm(user, given).await?;
    }
    Ok(())
}

/// S1-9, S1-10
fn check_new(service: &Service, user: &str, passwords: &PasswordChange) -> Result<(), Refusal> {
    let login = passwords.new_login_password.expose();
    let rules = &service.profile.passwords;
    let context = PasswordContext { user_id: user, login_password: None };
    follows("login", &rules.login, &passwords.new_login_password, context)?;
    let context = PasswordContext { user_id: user, login_password: Some(login) };
    follows("confirmation", &rules.confirmation, &passwords.new_confirmation_password, context)
}

fn follows(which: &str, rule: &PasswordRule, candidate: &Secret, context: PasswordContext<'_>) -> Result<(), Refusal> {
    match rule.faults(candidate.expose(), context).first() {
        None => Ok(()),
        Some(fault) => Err(Refusal::new(Code::PasswordRuleBroken)
            .with("which", which)
            .with("min", rule.min.to_string())
            .with("max", rule.max.to_string())
            .with("fault", fault_name(*fault))),
    }
}

fn fault_name(fault: PasswordFault) -> &'static str {
    match fault {
        PasswordFault::TooShort => "too_short",
        PasswordFault::TooLong => "too_long",
        PasswordFault::Character => "character",
        PasswordFault::NotMixed => "not_mixed",
        PasswordFault::LikeUserId => "like_user_id",
        PasswordFault::LikeLoginPassword => "like_login_password",
    }
}
