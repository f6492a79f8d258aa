use std::sync::Mutex;

use tauri::AppHandle;
use tauri_winrt_notification::Toast;
use windows_registry::CURRENT_USER;

use super::Notification;

/// The registry key in which Windows looks up the name of a program that shows a toast. Windows shows no toast of a
/// program without a name.
const NAMES: &str = r"Software\Classes\AppUserModelId";

/// Shows the notification as a toast under the app's own name, and returns whether Windows accepted it.
pub(crate) fn show(app: &AppHandle, notification: Notification, clicked: impl FnOnce() + Send + 'static) -> bool {
    let identifier = &app.config().identifier;
    if let Err(error) = name(identifier, &app.package_info().name) {
        tracing::warn!(
            error = &error as &(dyn std::error::Error + 'static),
            "the app's name cannot be registered: Windows may show no notification"
        );
    }
    let clicked = Mutex::new(Some(clicked));
    let toast = Toast::new(identifier).title(&notification.title).text1(&notification.text).on_activated(move |_| {
        let first = clicked.lock().ok().and_then(|mut clicked| clicked.take());
        if let Some(clicked) = first {
            clicked();
        }
        Ok(())
    });
    toast
        .show()
        .inspect_err(|error| {
            tracing::info!(error = error as &(dyn std::error::Error + 'static), "Windows refused the notification");
        })
        .is_ok()
}

/// Registers the name of the app. An installed app has a name from its entry in the Start menu, but a copied app has
/// none.
fn name(identifier: &str, name: &str) -> windows_registry::Result<()> {
    CURRENT_USER.create(format!(r"{NAMES}\{identifier}"))?.set_string("DisplayName", name)
}
