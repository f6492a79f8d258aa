use inkan_client::protocol::Problem;
use tauri::{AppHandle, State};

use crate::shutdown::ShutdownGuard;

/// Ends as a window that is closed, which logs out (S1-15), and starts anew.
#[tauri::command]
#[specta::specta]
pub(crate) fn restart(app: AppHandle, guard: State<'_, ShutdownGuard>) -> Result<(), Problem> {
    guard.begin_again(&app);
    Ok(())
}
