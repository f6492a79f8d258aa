use inkan_client::protocol::{Language, Problem};
use inkan_client::{Check, CheckUp};
use tauri::ipc::Channel;

use super::Shared;
use crate::desktop::blocking;

/// Checks this PC for all banks and sites, or only for `bank`, and reports each check when it is made. A store that
/// does not open is a check with a problem.
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

/// Returns a problem if this PC's clock is wrong compared with the bank's clock; none if it is right. Asks the user
/// nothing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn wrong_clock(shared: Shared<'_>, bank: String) -> Result<Option<Problem>, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.wrong_clock(&bank)).await
}
