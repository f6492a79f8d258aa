use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use inkan_profile::Act;
use inkan_protocol::{
    NextStep, OwnToken, TokenActivation, TokenLine, TokenResync, TokenRevocation, TokenStep, TokenUnlock, TokensRevoked,
};

use super::body::Body;
use super::session::Session;
use crate::audit::{self, Witness};
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;
use crate::rules::tokens::verdict::Shown;

/// The most that the log keeps of what somebody gave as a serial, in characters.
const SERIAL: usize = 12;

/// `GET` [`inkan_protocol::path::TOKEN`]
pub(super) async fn show(State(service): State<Arc<Service>>, session: Session) -> Result<Json<OwnToken>, Refusal> {
    own(&service, &session).await.map(Json)
}

/// `POST` [`inkan_protocol::path::TOKEN_ACTIVATION`] (S1-12)
pub(super) async fn activate(
    State(service): State<Arc<Service>>,
    session: Session,
    witness: Witness,
    Body(asked): Body<TokenActivation>,
) -> Result<Json<TokenStep>, Refusal> {
    witness.tries(audit::Act::TokenActivated { serial: asked.serial.chars().take(SERIAL).collect() });
    session.permit(&service, Act::ActivateOwnToken)?;
    let shown = match asked.otp_next {
        Some(next) => Shown::Two(asked.otp, next),
        None => Shown::One(asked.otp),
    };
    service.activate_token(&session.user().key, &asked.serial, &shown).await?;
    top(&service, &session).await
}

/// `POST` [`inkan_protocol::path::TOKEN_SKIP`] (S1-13)
pub(super) async fn skip(State(service): State<Arc<Service>>, session: Session) -> Result<Json<TokenStep>, Refusal> {
    session.permit(&service, Act::ActivateOwnToken)?;
    service.skip_token(session.user()).await?;
    top(&service, &session).await
}

/// `POST` [`inkan_protocol::path::TOKEN_RESYNC`] (M4)
pub(super) async fn resync(
    State(service): State<Arc<Service>>,
    session: Session,
    Body(asked): Body<TokenResync>,
) -> Result<Json<OwnToken>, Refusal> {
    session.permit(&service, Act::ActivateOwnToken)?;
    service.resync_token(&session.user().key, asked.otp, asked.otp_next).await?;
    own(&service, &session).await.map(Json)
}

/// `GET` [`inkan_protocol::path::TOKENS`] (S2-11)
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    session: Session,
) -> Result<Json<Vec<TokenLine>>, Refusal> {
    session.permit(&service, Act::RevokeTokens)?;
    Ok(Json(service.token_lines(session.user()).await?))
}

/// `POST` [`inkan_protocol::path::TOKEN_REVOCATIONS`] (S2-9)
pub(super) async fn revoke(
    State(service): State<Arc<Service>>,
    session: Session,
    Body(asked): Body<TokenRevocation>,
) -> Result<Json<TokensRevoked>, Refusal> {
    session.permit(&service, Act::RevokeTokens)?;
    Ok(Json(service.revoke_tokens(session.user(), asked).await?))
}

/// `POST` [`inkan_protocol::path::USER_TOKEN_UNLOCK`] (M5)
pub(super) async fn unlock(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
    Body(asked): Body<TokenUnlock>,
) -> Result<Json<TokenLine>, Refusal> {
    session.permit(&service, Act::UnlockUsers)?;
    Ok(Json(service.unlock_token(session.user(), &id, asked.confirmation_password).await?))
}

async fn own(service: &Service, session: &Session) -> Result<OwnToken, Refusal> {
    let mut connection = service.database.read().await?;
    // As it is now, which may be after an act of this very request.
    let user = crate::database::users::find(&mut connection, &session.user().key).await?;
    service.own_token(&mut connection, user.as_ref().unwrap_or(session.user())).await
}

async fn top(service: &Service, session: &Session) -> Result<Json<TokenStep>, Refusal> {
    Ok(Json(TokenStep { next: NextStep::Top, token: own(service, session).await? }))
}
