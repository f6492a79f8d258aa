use inkan_client::AskedCertificate;
use inkan_client::protocol::Problem;

use super::Shared;
use crate::desktop::blocking;

/// Saves whether the CAs of certificates may be asked whether they have revoked them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_asks_revocation(shared: Shared<'_>, on: bool) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.change_settings(|settings| settings.asks_revocation = on)).await
}

/// Asks the CAs of the certificates whether they have revoked them. Asks nobody, and returns nothing, if the user has
/// not allowed it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ask_revocation(shared: Shared<'_>) -> Result<Vec<AskedCertificate>, Problem> {
    blocking(&shared, |desktop| {
        let allowed = desktop.settings()?.asks_revocation;
        if allowed { desktop.inkan()?.ask_revocation() } else { Ok(Vec::new()) }
    })
    .await
}
