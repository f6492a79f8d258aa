use inkan_client::profile::EntranceId;
use inkan_client::protocol::Problem;
use inkan_client::{CertificateRow, DeletionReport};

use super::Shared;
use crate::desktop::blocking;

/// Every certificate on this PC, judged for `bank` and its `entrance`, or each for its own.
#[tauri::command]
#[specta::specta]
pub(crate) async fn certificates(
    shared: Shared<'_>,
    bank: Option<String>,
    entrance: Option<EntranceId>,
) -> Result<Vec<CertificateRow>, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.certificates_at(bank.as_deref(), entrance.as_ref())).await
}

/// Deletes a certificate and its key.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_certificate(shared: Shared<'_>, id: String) -> Result<DeletionReport, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.delete(&id)).await
}
