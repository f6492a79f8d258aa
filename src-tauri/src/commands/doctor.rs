use inkan_client::protocol::{Language, Problem};
use inkan_client::{Check, CheckUp};
use tauri::ipc::Channel;

use super::Shared;
use crate::desktop::blocking;

/// Checks this PC, for one bank or site where it is named, and tells each check as it is made. A store that does not
/// open is one of them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_up(
    shared: Shared<'_>,
    bank: Option<String>,
    language: Language,
    on_check: Channel<Check>,
) -> Result<CheckUp, Problem> {
    blocking(&shared, move |desktop| {
        let tell = |check: &Check| {
            // A page that is gone needs no progress.
            let _ = on_check.send(check.clone());
        };
        desktop.client().with_language(language).check_up_telling(bank.as_deref(), &tell)
    })
    .await
}

/// How far this PC's clock is wrong by that bank's; none if it is right. The person is asked nothing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn wrong_clock(shared: Shared<'_>, bank: String) -> Result<Option<Problem>, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.wrong_clock(&bank)).await
}
