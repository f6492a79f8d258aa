use inkan_client::protocol::{Problem, SessionLine};

use super::Shared;
use crate::desktop::blocking;

/// Returns the user's own sessions on every PC, the last login first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn own_sessions(shared: Shared<'_>) -> Result<Vec<SessionLine>, Problem> {
    blocking(&shared, |desktop| desktop.in_session(|session| session.own_sessions())).await
}

/// Ends one of the user's own sessions on another PC, by its ID.
#[tauri::command]
#[specta::specta]
pub(crate) async fn end_session(shared: Shared<'_>, id: String) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.in_session(|session| session.end_session(&id))).await
}

/// Ends every session of the user but the one of this window.
#[tauri::command]
#[specta::specta]
pub(crate) async fn end_other_sessions(shared: Shared<'_>) -> Result<(), Problem> {
    blocking(&shared, |desktop| desktop.in_session(|session| session.end_other_sessions())).await
}
