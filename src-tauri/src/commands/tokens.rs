use inkan_client::protocol::{OwnToken, Problem, Secret, TokenLine, TokenResync, TokenRevocation, TokensRevoked};

use super::Shared;
use crate::desktop::blocking;

/// Returns the users whose tokens may be revoked, with their tokens (S2-11).
#[tauri::command]
#[specta::specta]
pub(crate) async fn tokens(shared: Shared<'_>) -> Result<Vec<TokenLine>, Problem> {
    blocking(&shared, |desktop| desktop.in_session(|session| session.tokens())).await
}

/// Revokes the tokens of several users: all of them, or none if one fails (S2-9).
#[tauri::command]
#[specta::specta]
pub(crate) async fn revoke_tokens(
    shared: Shared<'_>,
    users: Vec<String>,
    otp: Secret,
    confirmation_password: Secret,
) -> Result<TokensRevoked, Problem> {
    let revocation = TokenRevocation { users, otp, confirmation_password };
    blocking(&shared, move |desktop| desktop.in_session(|session| session.revoke_tokens(&revocation))).await
}

/// Unlocks another user's locked token (M5).
#[tauri::command]
#[specta::specta]
pub(crate) async fn unlock_token(
    shared: Shared<'_>,
    user: String,
    confirmation_password: Secret,
) -> Result<TokenLine, Problem> {
    blocking(&shared, move |desktop| desktop.in_session(|session| session.unlock_token(&user, &confirmation_password)))
        .await
}

/// Resynchronizes the clock of the user's own token by two consecutive one-time passwords (M4).
#[tauri::command]
#[specta::specta]
pub(crate) async fn resync_token(shared: Shared<'_>, otp: Secret, otp_next: Secret) -> Result<OwnToken, Problem> {
    let resync = TokenResync { otp, otp_next };
    blocking(&shared, move |desktop| desktop.in_session(|session| session.resync_token(&resync))).await
}
