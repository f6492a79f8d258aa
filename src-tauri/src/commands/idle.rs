use inkan_client::protocol::Problem;

use super::Shared;
use crate::desktop::blocking;

/// Keeps the session at the bank open by restarting its idle time.
#[tauri::command]
#[specta::specta]
pub(crate) async fn stay_logged_in(shared: Shared<'_>) -> Result<(), Problem> {
    blocking(&shared, |desktop| desktop.in_session(|session| session.stay())).await
}
