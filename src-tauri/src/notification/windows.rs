use std::sync::Mutex;

use tauri::AppHandle;
use tauri_winrt_notification::Toast;

use super::Notification;

/// Shows it as a toast under the app's own name, and says whether Windows took it.
pub(crate) fn show(app: &AppHandle, notification: Notification, clicked: impl FnOnce() + Send + 'static) -> bool {
    let clicked = Mutex::new(Some(clicked));
    let toast = Toast::new(&app.config().identifier).title(&notification.title).text1(&notification.text).on_activated(
        move |_| {
            let first = clicked.lock().ok().and_then(|mut clicked| clicked.take());
            if let Some(clicked) = first {
                clicked();
            }
            Ok(())
        },
    );
    toast.show().inspect_err(|error| tracing::info!(%error, "Windows shows no notification")).is_ok()
}
