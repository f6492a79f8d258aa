use tauri::AppHandle;

/// Does nothing. On macOS, a program of the system asks the user. On Linux, no store opens a dialog.
pub(crate) fn name(_app: &AppHandle) {}
