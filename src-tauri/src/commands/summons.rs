use inkan_client::protocol::Problem;
use tauri::State;
use tauri::ipc::Channel;

use crate::summons::{Calls, Summons};

/// Listens for what leads the person to a page from outside the window, such as a link.
#[tauri::command]
#[specta::specta]
pub(crate) fn attend(calls: State<'_, Calls>, on_summons: Channel<Summons>) -> Result<(), Problem> {
    calls.attend(on_summons);
    Ok(())
}
