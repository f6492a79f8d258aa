use inkan_client::protocol::Problem;
use tauri::State;
use tauri::ipc::Channel;

use crate::reminding::Reminding;
use crate::summons::{Calls, Summons};

/// Listens for what leads the person to a page from outside the window, such as a link or a reminder. The window shows
/// its certificates by then, and the system may announce those that end.
#[tauri::command]
#[specta::specta]
pub(crate) fn attend(
    calls: State<'_, Calls>,
    reminding: State<'_, Reminding>,
    on_summons: Channel<Summons>,
) -> Result<(), Problem> {
    calls.attend(on_summons);
    reminding.look();
    Ok(())
}
