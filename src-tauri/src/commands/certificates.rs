use inkan_client::profile::EntranceId;
use inkan_client::protocol::{Problem, write_named_file};
use inkan_client::{
    CertificateDetails, CertificateFormat, CertificateId, CertificateRow, CleanUp, DeletionOutcome, DeletionReport,
    Error, UnreadableRow,
};
use tauri::WebviewWindow;
use tauri::ipc::Channel;

use super::Shared;
use crate::desktop::blocking;
use crate::file_dialog;

/// Returns every certificate on this PC, judged for `bank` and its `entrance`, or each for its own bank.
#[tauri::command]
#[specta::specta]
pub(crate) async fn certificates(
    shared: Shared<'_>,
    bank: Option<String>,
    entrance: Option<EntranceId>,
) -> Result<Vec<CertificateRow>, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.certificates_at(bank.as_deref(), entrance.as_ref())).await
}

/// Returns the certificates on this PC that cannot be read.
#[tauri::command]
#[specta::specta]
pub(crate) async fn unreadable_certificates(shared: Shared<'_>) -> Result<Vec<UnreadableRow>, Problem> {
    blocking(&shared, |desktop| Ok(desktop.inkan()?.certificate_list(None, None)?.unreadable)).await
}

/// Deletes a certificate and its key.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_certificate(shared: Shared<'_>, id: CertificateId) -> Result<DeletionReport, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.delete(&id)).await
}

/// Clears away several certificates that can be deleted without loss, with their keys, and reports each result.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_certificates(
    shared: Shared<'_>,
    ids: Vec<CertificateId>,
    on_progress: Channel<DeletionOutcome>,
) -> Result<Vec<DeletionOutcome>, Problem> {
    blocking(&shared, move |desktop| {
        desktop.inkan()?.clear_away(&ids, |outcome| {
            // A window that is gone needs no progress. The deletions continue to the last one.
            let _ = on_progress.send(outcome.clone());
        })
    })
    .await
}

/// Deletes the certificates that the user has chosen, with their keys, and reports each result.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_chosen_certificates(
    shared: Shared<'_>,
    ids: Vec<CertificateId>,
    on_progress: Channel<DeletionOutcome>,
) -> Result<Vec<DeletionOutcome>, Problem> {
    blocking(&shared, move |desktop| {
        desktop.inkan()?.delete_each(&ids, |outcome| {
            // A window that is gone needs no progress. The deletions continue to the last one.
            let _ = on_progress.send(outcome.clone());
        })
    })
    .await
}

/// Writes a certificate without its key to a file that the user chooses, and returns its path; none if the user
/// cancels. `name` is the beginning of the proposed file name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_certificate(
    shared: Shared<'_>,
    window: WebviewWindow,
    id: CertificateId,
    format: CertificateFormat,
    title: String,
    name: String,
) -> Result<Option<String>, Problem> {
    let name = format!("{}.{}", file_dialog::file_name(&name), format.extension());
    let Some(file) = file_dialog::save(&window, &title, &name).await else { return Ok(None) };
    blocking(&shared, move |desktop| {
        let content = desktop.inkan()?.public_certificate(&id, format)?;
        write_named_file(&file, content).map_err(|_| Error::FileUnwritable(file.clone()))?;
        Ok(Some(file.display().to_string()))
    })
    .await
}

/// Returns the certificates that can be cleared away, and the similar ones that stay, with the reasons (M10).
#[tauri::command]
#[specta::specta]
pub(crate) async fn clean_up(shared: Shared<'_>) -> Result<CleanUp, Problem> {
    blocking(&shared, |desktop| desktop.inkan()?.clean_up_by_the_services_clocks()).await
}

/// Returns everything that is known about a certificate on this PC.
#[tauri::command]
#[specta::specta]
pub(crate) async fn certificate_details(shared: Shared<'_>, id: CertificateId) -> Result<CertificateDetails, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.certificate_details(&id)).await
}
