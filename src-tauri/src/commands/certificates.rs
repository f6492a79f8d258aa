use inkan_client::profile::EntranceId;
use inkan_client::protocol::Problem;
use inkan_client::{
    CertificateDetails, CertificateId, CertificateRow, CleanUp, DeletionOutcome, DeletionReport, UnreadableRow,
};
use tauri::ipc::Channel;

use super::Shared;
use crate::desktop::blocking;

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
