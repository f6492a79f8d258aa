use inkan_client::profile::EntranceId;
use inkan_client::protocol::{Problem, Secret};
use inkan_client::{Acquired, AcquisitionStep, Applicant, Cancel, CertificateId, InterruptedAcquisition, KeyAlgorithm};
use serde::Deserialize;
use specta::Type;
use tauri::ipc::Channel;

use super::Shared;
use crate::desktop::blocking;

/// Who asks for a certificate, as the page has it (S0-7, S3-10, S3-9).
#[derive(Debug, Deserialize, Type)]
pub(crate) struct Asking {
    contract: Option<String>,
    user: String,
    login_password: Secret,
    otp: Option<Secret>,
    token_serial: Option<String>,
}

impl From<Asking> for Applicant {
    fn from(asking: Asking) -> Self {
        let Asking { contract, user, login_password, otp, token_serial } = asking;
        Self { contract, user, login_password, otp, token_serial }
    }
}

/// Gets a certificate, telling each step as it is done; one that was interrupted goes on (S3-13).
#[tauri::command]
#[specta::specta]
pub(crate) async fn acquire(
    shared: Shared<'_>,
    bank: String,
    asking: Asking,
    on_progress: Channel<AcquisitionStep>,
) -> Result<Acquired, Problem> {
    let cancel = Cancel::default();
    shared.begins(cancel.clone());
    blocking(&shared, move |desktop| {
        let progress = |step| {
            // A window that is gone needs no progress; the acquisition goes on to its end.
            let _ = on_progress.send(step);
        };
        let inkan = desktop.inkan()?.with_cancel(cancel);
        inkan.acquire(&bank, &asking.into(), KeyAlgorithm::default(), progress)
    })
    .await
}

/// Stops the acquisition or the renewal that began last; it can go on later.
#[tauri::command]
#[specta::specta]
pub(crate) async fn stop_enrolment(shared: Shared<'_>) -> Result<(), Problem> {
    shared.stop();
    Ok(())
}

/// Acquisitions that were cut.
#[tauri::command]
#[specta::specta]
pub(crate) async fn interrupted_acquisitions(shared: Shared<'_>) -> Result<Vec<InterruptedAcquisition>, Problem> {
    blocking(&shared, |desktop| desktop.inkan()?.interrupted_acquisitions()).await
}

/// The entrance of a certificate, or the one that somebody on this PC most likely goes through (S3-18).
#[tauri::command]
#[specta::specta]
pub(crate) async fn usual_entrance(
    shared: Shared<'_>,
    bank: String,
    certificate: Option<CertificateId>,
) -> Result<EntranceId, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.usual_entrance(&bank, certificate.as_ref())).await
}
