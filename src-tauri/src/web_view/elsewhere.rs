use tauri::WebviewWindow;

/// Leaves the web view as it is: the page itself refuses the web view's menu and keys.
pub(crate) fn watch(_: &WebviewWindow) {}
