use inkan_client::protocol::Problem;
use tauri::{AppHandle, State};

use crate::shutdown::ShutdownGuard;

/// Ends the app as if the window were closed, which logs out (S1-15), and starts it again.
#[tauri::command]
#[specta::specta]
pub(crate) fn restart(app: AppHandle, guard: State<'_, ShutdownGuard>) -> Result<(), Problem> {
    guard.begin_again(&app);
    Ok(())
}
