use tauri::{AppHandle, Manager};

use crate::window::MAIN;

/// Passes the window to the store. Without a window the dialogs have no owner, but still work.
pub(crate) fn name(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        tracing::warn!("there is no window to own the dialogs of the store");
        return;
    };
    match window.hwnd() {
        // The handle is passed as a number, and is never used as an address.
        Ok(handle) => inkan_client::set_owner_window(handle.0 as isize),
        Err(error) => tracing::warn!(
            error = &error as &(dyn std::error::Error + 'static),
            "the window has no handle: the dialogs of the store have no owner"
        ),
    }
}
