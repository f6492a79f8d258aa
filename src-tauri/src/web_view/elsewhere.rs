use tauri::WebviewWindow;

/// Does nothing: the page itself suppresses the web view's menu and keys.
pub(crate) fn watch(_: &WebviewWindow) {}
