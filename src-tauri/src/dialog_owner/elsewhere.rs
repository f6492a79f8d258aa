use tauri::AppHandle;

/// Nobody to tell: macOS asks by a program of its own, and on Linux no store asks by itself.
pub(crate) fn name(_app: &AppHandle) {}
