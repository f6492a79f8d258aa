use tauri::AppHandle;

/// Does nothing. On macOS a program of the system asks, and on Linux no store opens a dialog itself.
pub(crate) fn name(_app: &AppHandle) {}
