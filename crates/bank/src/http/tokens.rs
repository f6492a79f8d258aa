use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use inkan_profile::Permission;
use inkan_protocol::{
    Code, NextStep, OwnToken, TokenActivation, TokenLine, TokenResync, TokenRevocation, TokenStep, TokenUnlock,
    TokensRevoked,
};

use super::body::Body;
use super::session::Session;
use crate::audit::{AuditAction, AuditContext};
use crate::database::users::{self, User};
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;
use crate::rules::token_revocation;
use crate::rules::token_unlock;
use crate::rules::tokens::verdict::Shown;

/// The greatest number of characters that the audit log keeps of a serial number that a request named.
const SERIAL: usize = 12;

/// Answers `GET` [`inkan_protocol::path::TOKEN`].
pub(super) async fn show(State(service): State<Arc<Service>>, session: Session) -> Result<Json<OwnToken>, Refusal> {
    own(&service, &session).await.map(Json)
}

/// Answers `POST` [`inkan_protocol::path::TOKEN_ACTIVATION`] (S1-12).
pub(super) async fn activate(
    State(service): State<Arc<Service>>,
    session: Session,
    context: AuditContext,
    Body(asked): Body<TokenActivation>,
) -> Result<Json<TokenStep>, Refusal> {
    context.tries(AuditAction::TokenActivated { serial: asked.serial.chars().take(SERIAL).collect() });
    session.permit(&service, Permission::ActivateOwnToken)?;
    let shown = match asked.otp_next {
        Some(next) => Shown::Two(asked.otp, next),
        None => Shown::One(asked.otp),
    };
    service.activate_token(session.operator(), &asked.serial, &shown).await?;
    top(&service, &session).await
}

/// Answers `POST` [`inkan_protocol::path::TOKEN_SKIP`] (S1-13).
pub(super) async fn skip(State(service): State<Arc<Service>>, session: Session) -> Result<Json<TokenStep>, Refusal> {
    session.permit(&service, Permission::ActivateOwnToken)?;
    service.skip_token(session.operator()).await?;
    top(&service, &session).await
}

/// Answers `POST` [`inkan_protocol::path::TOKEN_RESYNC`] (M4).
pub(super) async fn resync(
    State(service): State<Arc<Service>>,
    session: Session,
    Body(asked): Body<TokenResync>,
) -> Result<Json<OwnToken>, Refusal> {
    session.permit(&service, Permission::ActivateOwnToken)?;
    service.resync_token(session.operator(), asked.otp, asked.otp_next).await?;
    own(&service, &session).await.map(Json)
}

/// Answers `GET` [`inkan_protocol::path::TOKENS`]: the users whose tokens the operator may revoke (S2-11 … S2-14)
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    session: Session,
) -> Result<Json<Vec<TokenLine>>, Refusal> {
    session.permit(&service, Permission::RevokeTokens)?;
    let users = users::of_contract(&mut *service.database.read().await?, &session.user().contract).await?;
    let permitted =
        |user: &User| session.present().permit_upon(&service.profile, Permission::RevokeTokens, user).is_ok();
    Ok(Json(users.into_iter().filter(permitted).map(|user| line(&service, user)).collect()))
}

/// Answers `POST` [`inkan_protocol::path::TOKEN_REVOCATIONS`]: the tokens of several users, all or none, proved by the
/// operator's confirmation password and one-time password (S2-3 … S2-5, S2-9).
///
/// The manual has the operator choose every user of a shared token (S2-4).
pub(super) async fn revoke(
    State(service): State<Arc<Service>>,
    session: Session,
    Body(asked): Body<TokenRevocation>,
) -> Result<Json<TokensRevoked>, Refusal> {
    session.permit(&service, Permission::RevokeTokens)?;
    let mut named = asked.users;
    named.sort();
    named.dedup();
    if named.is_empty() {
        return Err(Refusal::because(Code::RequestInvalid, "no user is named"));
    }
    let (profile, operator) = (&service.profile, session.user());
    let mut connection = service.database.read().await?;
    // Before the secrets: what cannot be done uses up no one-time password.
    for id in &named {
        let subject = session.subject(&service, &mut connection, id).await?;
        token_revocation::check(profile, session.present(), &subject, service.now())?;
    }
    drop(connection);
    let proof = service.confirm(&operator.key, asked.confirmation_password).await?;
    let otp = service.verify_otp(&operator.key, asked.otp).await.map_err(of_the_operator)?;

    let now = service.now();
    let mut change = service.database.write().await?;
    otp.holds(&service, &mut change).await.map_err(of_the_operator)?;
    let mut subjects = Vec::new();
    for id in &named {
        subjects.push(session.subject(&service, &mut change, id).await?);
    }
    for subject in &subjects {
        token_revocation::revoke(profile, &mut change, session.confirmed(&proof), subject, now).await?;
    }
    let mut lines = Vec::new();
    for id in &named {
        lines.push(line(&service, session.subject(&service, &mut change, id).await?));
    }
    change.commit().await?;
    tracing::info!(operator = operator.key, subjects = ?named, "tokens revoked");
    Ok(Json(TokensRevoked { users: lines, activation_from: profile.token.activation_opens(now) }))
}

/// Answers `POST` [`inkan_protocol::path::USER_TOKEN_UNLOCK`]: proved by the operator's confirmation password (M5)
pub(super) async fn unlock(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
    Body(asked): Body<TokenUnlock>,
) -> Result<Json<TokenLine>, Refusal> {
    session.permit(&service, Permission::UnlockUsers)?;
    let (profile, operator) = (&service.profile, session.user());
    let subject = session.subject(&service, &mut *service.database.read().await?, &id).await?;
    session.present().permit_upon_another(profile, Permission::UnlockUsers, &subject)?;
    let proof = service.confirm(&operator.key, asked.confirmation_password).await?;
    let mut change = service.database.write().await?;
    let subject = session.subject(&service, &mut change, &id).await?;
    if !token_unlock::unlock(profile, &mut change, session.confirmed(&proof), &subject, service.now()).await? {
        return Err(Refusal::new(Code::TokenNone).with("user", id));
    }
    let line = line(&service, session.subject(&service, &mut change, &id).await?);
    change.commit().await?;
    tracing::info!(operator = operator.key, subject = subject.key, "token unlocked");
    Ok(Json(line))
}

fn line(service: &Service, user: User) -> TokenLine {
    TokenLine { token: user.token(service.now()), person: user.person }
}

/// Replaces the refusal of an operator whose own token does not work by one that names who else can do the action
/// (S2-8, Q4).
fn of_the_operator(refusal: Refusal) -> Refusal {
    match refusal.code() {
        Code::TokenExpired | Code::TokenNotActive => Refusal::new(Code::TokenUnusable),
        _ => refusal,
    }
}

async fn own(service: &Service, session: &Session) -> Result<OwnToken, Refusal> {
    let mut connection = service.database.read().await?;
    // As it is now, which may be after an act of this very request.
    let user = users::find(&mut connection, &session.user().key).await?;
    service.own_token(&mut connection, user.as_ref().unwrap_or(session.user())).await
}

async fn top(service: &Service, session: &Session) -> Result<Json<TokenStep>, Refusal> {
    Ok(Json(TokenStep { next: NextStep::Top, token: own(service, session).await? }))
}
