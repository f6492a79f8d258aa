use tauri::{AppHandle, Manager, UserAttentionType};

use super::Notification;
use crate::window::MAIN;

/// Makes the icon in the Dock bounce, because a notification of macOS needs a signed bundle. The window shows the
/// details.
pub(crate) fn show(app: &AppHandle, _notification: Notification, _clicked: impl FnOnce() + Send + 'static) -> bool {
    let Some(window) = app.get_webview_window(MAIN) else { return false };
    window.request_user_attention(Some(UserAttentionType::Informational)).is_ok()
}
