use inkan_client::profile::EntranceId;
use inkan_client::protocol::{ChosenPasswords, Problem, Secret};
use inkan_client::{
    Acquired, AcquisitionStep, Applicant, Cancel, CertificateId, Credentials, InterruptedAcquisition, KeyAlgorithm,
    LoggedIn,
};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::ipc::Channel;

use super::{Shared, session};
use crate::desktop::blocking;

/// The user who asks for a certificate, with the fields of the page (S0-7, S3-10, S3-9).
#[derive(Debug, Deserialize, Type)]
pub(crate) struct Asking {
    contract: Option<String>,
    user: String,
    login_password: Secret,
    otp: Option<Secret>,
    token_serial: Option<String>,
    /// The passwords that the user chooses, because another person set the present ones.
    chosen_passwords: Option<ChosenPasswords>,
}

impl From<Asking> for Applicant {
    fn from(asking: Asking) -> Self {
        let Asking { contract, user, login_password, otp, token_serial, chosen_passwords } = asking;
        Self { contract, user, login_password, otp, token_serial, chosen_passwords }
    }
}

/// A finished acquisition, and the login that follows it.
#[derive(Debug, Serialize, Type)]
pub(crate) struct AcquiredForLogin {
    acquired: Acquired,
    login: FirstLogin,
}

/// The outcome of the login that follows an acquisition.
#[derive(Debug, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FirstLogin {
    /// The session has begun.
    LoggedIn(LoggedIn),
    /// The certificate is in the store, and the login failed.
    Failed(Problem),
}

/// Acquires a certificate, and reports each step when it is done. Continues an acquisition that was interrupted
/// (S3-13). Then logs in with the new certificate and the same login password, so that nobody types the password twice
/// (S1-4).
#[tauri::command]
#[specta::specta]
pub(crate) async fn acquire(
    shared: Shared<'_>,
    bank: String,
    asking: Asking,
    on_progress: Channel<AcquisitionStep>,
) -> Result<AcquiredForLogin, Problem> {
    let page = shared.page();
    let cancel = Cancel::default();
    shared.begins(cancel.clone());
    blocking(&shared, move |desktop| {
        let progress = |step| {
            // A window that is gone needs no progress. The acquisition continues to its end.
            let _ = on_progress.send(step);
        };
        let inkan = desktop.inkan()?.with_cancel(cancel);
        let applicant = Applicant::from(asking);
        let acquired = inkan.acquire(&bank, &applicant, KeyAlgorithm::default(), progress)?;
        let credentials = Credentials::Certificate(Some(acquired.certificate.id.clone()));
        let chosen = applicant.chosen_passwords.as_ref().map(|chosen| &chosen.new_login_password);
        let password = chosen.unwrap_or(&applicant.login_password);
        let login = match session::begin(desktop, page, &bank, None, &credentials, password) {
            Ok(logged_in) => FirstLogin::LoggedIn(logged_in),
            Err(error) => FirstLogin::Failed(error.into_problem()),
        };
        Ok(AcquiredForLogin { acquired, login })
    })
    .await
}

/// Stops the acquisition or the renewal that began last. It can be continued later.
#[tauri::command]
#[specta::specta]
pub(crate) async fn stop_enrolment(shared: Shared<'_>) -> Result<(), Problem> {
    shared.stop();
    Ok(())
}

/// Returns the acquisitions that were interrupted.
#[tauri::command]
#[specta::specta]
pub(crate) async fn interrupted_acquisitions(shared: Shared<'_>) -> Result<Vec<InterruptedAcquisition>, Problem> {
    blocking(&shared, |desktop| desktop.inkan()?.interrupted_acquisitions()).await
}

/// Returns the entrance of a certificate. Without a certificate, returns the entrance that a user of this PC most
/// likely uses (S3-18).
#[tauri::command]
#[specta::specta]
pub(crate) async fn usual_entrance(
    shared: Shared<'_>,
    bank: String,
    certificate: Option<CertificateId>,
) -> Result<EntranceId, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.usual_entrance(&bank, certificate.as_ref())).await
}
