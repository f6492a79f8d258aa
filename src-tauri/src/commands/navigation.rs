use inkan_client::protocol::Problem;
use tauri::State;
use tauri::ipc::Channel;

use crate::navigation::{NavigationQueue, NavigationRequest};
use crate::reminder_thread::ReminderThread;

/// From now on, sends the window each request from outside to show a page, for example from a link or a reminder. By
/// now the window shows its certificates, so reminders of certificates that expire may begin.
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
