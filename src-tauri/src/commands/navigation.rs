use inkan_client::protocol::Problem;
use tauri::State;
use tauri::ipc::Channel;

use crate::navigation::{NavigationQueue, NavigationRequest};
use crate::reminder_thread::ReminderThread;

/// Listens for what leads the person to a page from outside the window, such as a link or a reminder. The window shows
/// its certificates by then, and the system may announce those that end.
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
