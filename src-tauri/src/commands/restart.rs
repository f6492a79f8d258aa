use inkan_client::protocol::Problem;
use tauri::{AppHandle, State};

use crate::closing::Closing;

/// Ends as a window that is closed, which logs out (S1-15), and starts anew.
#[tauri::command]
#[specta::specta]
pub(crate) fn restart(app: AppHandle, closing: State<'_, Closing>) -> Result<(), Problem> {
    closing.begin_again(&app);
    Ok(())
}
