use inkan_client::protocol::Problem;
use tauri::State;
use tauri::ipc::Channel;

use crate::navigation::{NavigationQueue, NavigationRequest};
use crate::reminder_thread::ReminderThread;

/// Sends the window each request to show a page that comes from outside, such as from a link or a reminder. The window
/// shows its certificates by then, so the system may announce the certificates that expire.
#[tauri::command]
#[specta::specta]
pub(crate) fn subscribe(
    queue: State<'_, NavigationQueue>,
    reminders: State<'_, ReminderThread>,
    on_request: Channel<NavigationRequest>,
) -> Result<(), Problem> {
    queue.subscribe(on_request);
    reminders.look();
    Ok(())
}
