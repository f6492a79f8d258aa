use inkan_client::Reminder;
use inkan_client::protocol::Problem;
use serde::Serialize;
use specta::Type;
use tauri::State;

use super::Shared;
use crate::desktop::blocking;
use crate::reminder_thread::ReminderThread;

/// What the window says about certificates that end.
#[derive(Debug, Serialize, Type)]
pub(crate) struct Reminders {
    /// Whether the person wants to be reminded.
    on: bool,
    /// The certificates that end soon; none if the person does not want to be reminded.
    due: Vec<Reminder>,
}

/// The certificates that end soon.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reminders(shared: Shared<'_>) -> Result<Reminders, Problem> {
    blocking(&shared, |desktop| {
        let on = !desktop.settings()?.without_reminders;
        Ok(Reminders { on, due: if on { desktop.inkan()?.reminders()? } else { Vec::new() } })
    })
    .await
}

/// Keeps whether the person wants to be reminded; whoever does is, of what is due already.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_reminders(
    shared: Shared<'_>,
    reminders: State<'_, ReminderThread>,
    on: bool,
) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.change_settings(|settings| settings.without_reminders = !on)).await?;
    reminders.look();
    Ok(())
}
