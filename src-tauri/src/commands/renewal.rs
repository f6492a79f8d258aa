use inkan_client::protocol::Problem;
use inkan_client::{AcquisitionStep, Cancel, CertificateId, InterruptedRenewal, Renewed};
use tauri::ipc::Channel;

use super::Shared;
use crate::desktop::blocking;

/// Renews a certificate, and reports each step when it is done (M1).
#[tauri::command]
#[specta::specta]
pub(crate) async fn renew(
    shared: Shared<'_>,
    bank: String,
    certificate: CertificateId,
    on_progress: Channel<AcquisitionStep>,
) -> Result<Renewed, Problem> {
    let cancel = Cancel::default();
    shared.begins(cancel.clone());
    blocking(&shared, move |desktop| {
        desktop.inkan()?.with_cancel(cancel).renew(&bank, Some(&certificate), |step| {
            // A window that is gone needs no progress. The renewal continues to its end.
            let _ = on_progress.send(step);
        })
    })
    .await
}

/// Returns the renewals that were interrupted.
#[tauri::command]
#[specta::specta]
pub(crate) async fn interrupted_renewals(shared: Shared<'_>) -> Result<Vec<InterruptedRenewal>, Problem> {
    blocking(&shared, |desktop| desktop.inkan()?.interrupted_renewals()).await
}
