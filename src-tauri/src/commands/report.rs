use inkan_client::Error;
use inkan_client::protocol::{Problem, write_named_file};
use tauri::WebviewWindow;

use super::Shared;
use crate::desktop::blocking;
use crate::file_dialog;

/// Makes the report for the help desk. The window shows the report before the user sends it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn report(shared: Shared<'_>) -> Result<String, Problem> {
    blocking(&shared, |desktop| desktop.report()).await
}

/// Writes the report that was made last to a file that the user chooses, and returns its path; none if the user
/// cancels.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_report(
    shared: Shared<'_>,
    window: WebviewWindow,
    title: String,
) -> Result<Option<String>, Problem> {
    let Some(file) = file_dialog::save(&window, &title, "inkan-report.txt").await else { return Ok(None) };
    blocking(&shared, move |desktop| {
        write_named_file(&file, desktop.last_report()).map_err(|_| Error::FileUnwritable(file.clone()))?;
        Ok(Some(file.display().to_string()))
    })
    .await
}
