use inkan_client::Reminder;
use inkan_client::protocol::Problem;
use serde::Serialize;
use specta::Type;
use tauri::State;

use super::Shared;
use crate::desktop::blocking;
use crate::reminder_thread::ReminderThread;

/// What the window shows about certificates that expire.
#[derive(Debug, Serialize, Type)]
pub(crate) struct Reminders {
    /// Whether the user wants reminders.
    on: bool,
    /// The certificates that expire soon; empty if the user does not want reminders.
    due: Vec<Reminder>,
}

/// Returns the certificates that expire soon.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reminders(shared: Shared<'_>) -> Result<Reminders, Problem> {
    blocking(&shared, |desktop| {
        let on = !desktop.settings()?.without_reminders;
        Ok(Reminders { on, due: if on { desktop.inkan()?.reminders()? } else { Vec::new() } })
    })
    .await
}

/// Saves whether the user wants reminders. If so, announces at once the certificates that already expire soon.
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
