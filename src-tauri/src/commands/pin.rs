use inkan_client::protocol::{Problem, Secret};
use tauri::ipc::Channel;

use super::Shared;
use crate::pin_prompt::AskedPin;

/// Sends questions for the PIN of a store to the window from now on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ask_pins(shared: Shared<'_>, on_question: Channel<AskedPin>) -> Result<(), Problem> {
    shared.pins().ask_in(on_question);
    Ok(())
}

/// Answers a question for a PIN. Without a PIN, the question is cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_pin(shared: Shared<'_>, id: u32, pin: Option<Secret>) -> Result<(), Problem> {
    shared.pins().answer(id, pin);
    Ok(())
}
