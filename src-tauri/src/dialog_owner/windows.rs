use tauri::{AppHandle, Manager};

use crate::window::MAIN;

/// Tells the store. Without a window the dialogs stand alone, which keeps nobody from working.
pub(crate) fn name(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        tracing::warn!("no window to open dialogs before");
        return;
    };
    match window.hwnd() {
        // A handle, of which Windows takes the number; nobody follows it as an address.
        Ok(handle) => inkan_client::set_owner_window(handle.0 as isize),
        Err(error) => tracing::warn!(
            error = &error as &(dyn std::error::Error + 'static),
            "the window has no handle to open dialogs before"
        ),
    }
}
