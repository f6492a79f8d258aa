use inkan_client::LoggedIn;
use inkan_client::protocol::{OwnToken, Problem, Secret, TokenActivation};
use serde::Deserialize;
use specta::Type;

use super::Shared;
use crate::desktop::blocking;

/// The fields of the page that activates a token (S1-12, S2-15).
#[derive(Debug, Deserialize, Type)]
pub(crate) struct TokenInHand {
    serial: String,
    otp: Secret,
    /// The next one-time password, only for a token whose clock has drifted.
    otp_next: Option<Secret>,
}

/// Returns the user's own hardware token, and whether its activation is offered now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn own_token(shared: Shared<'_>) -> Result<OwnToken, Problem> {
    blocking(&shared, |desktop| desktop.in_session(|session| session.token())).await
}

/// Activates the user's own token (S1-12).
#[tauri::command]
#[specta::specta]
pub(crate) async fn activate_token(shared: Shared<'_>, token: TokenInHand) -> Result<LoggedIn, Problem> {
    let TokenInHand { serial, otp, otp_next } = token;
    let activation = TokenActivation { serial, otp, otp_next };
    blocking(&shared, move |desktop| {
        desktop.in_session(|session| {
            session.activate_token(&activation)?;
            Ok(session.logged_in().clone())
        })
    })
    .await
}

/// Continues without activating the token. The next login offers the activation again (S1-13).
#[tauri::command]
#[specta::specta]
pub(crate) async fn skip_token(shared: Shared<'_>) -> Result<LoggedIn, Problem> {
    blocking(&shared, |desktop| {
        desktop.in_session(|session| {
            session.skip_token()?;
            Ok(session.logged_in().clone())
        })
    })
    .await
}
