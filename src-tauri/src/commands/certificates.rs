use inkan_client::protocol::{Problem, Secret};
use inkan_client::{AcquisitionStep, Applicant, CertificateRow, DeletionReport, InterruptedAcquisition, KeyAlgorithm};
use tauri::ipc::Channel;

use super::Shared;
use crate::desktop::blocking;

/// Every certificate on this PC, judged for `bank`, or each for its own.
#[tauri::command]
#[specta::specta]
pub(crate) async fn certificates(shared: Shared<'_>, bank: Option<String>) -> Result<Vec<CertificateRow>, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.certificates(bank.as_deref())).await
}

/// Gets a certificate, telling each step as it is done.
#[tauri::command]
#[specta::specta]
pub(crate) async fn acquire(
    shared: Shared<'_>,
    bank: String,
    user: String,
    login_password: Secret,
    on_progress: Channel<AcquisitionStep>,
) -> Result<CertificateRow, Problem> {
    blocking(&shared, move |desktop| {
        let progress = |step| {
            // A window that is gone needs no progress; the acquisition goes on to its end.
            let _ = on_progress.send(step);
        };
        let applicant = Applicant { contract: None, user, login_password, otp: None, token_serial: None };
        let acquired = desktop.inkan()?.acquire(&bank, &applicant, KeyAlgorithm::default(), progress)?;
        Ok(acquired.certificate)
    })
    .await
}

/// Acquisitions that were cut.
#[tauri::command]
#[specta::specta]
pub(crate) async fn interrupted_acquisitions(shared: Shared<'_>) -> Result<Vec<InterruptedAcquisition>, Problem> {
    blocking(&shared, |desktop| desktop.inkan()?.interrupted_acquisitions()).await
}

/// Deletes a certificate and its key.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_certificate(shared: Shared<'_>, id: String) -> Result<DeletionReport, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.delete(&id)).await
}
