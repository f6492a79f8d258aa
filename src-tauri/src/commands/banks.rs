use inkan_client::protocol::Problem;
use inkan_client::{Bank, BankSummary, Error};

use super::Shared;
use crate::desktop::blocking;

/// Returns the added banks.
#[tauri::command]
#[specta::specta]
pub(crate) async fn banks(shared: Shared<'_>) -> Result<Vec<BankSummary>, Problem> {
    blocking(&shared, |desktop| Ok(desktop.inkan()?.banks()?.iter().map(Bank::summary).collect())).await
}

/// Adds a bank by its address. `ca` is the text of a PEM file. `login_host` is the host of the certificate login, if the
/// user has agreed to another host than the bank's.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_bank(
    shared: Shared<'_>,
    address: String,
    ca: Option<String>,
    login_host: Option<String>,
) -> Result<BankSummary, Problem> {
    blocking(&shared, move |desktop| {
        Ok(desktop.inkan()?.add_bank(&address, ca.as_deref(), login_host.as_deref())?.summary())
    })
    .await
}

/// Returns the CA certificates in a file that the user chose, as PEM. `content` is the beginning of the file. If the
/// file is longer than any valid file of CAs, `content` is one byte longer than the limit.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ca_certificates(shared: Shared<'_>, name: String, content: Vec<u8>) -> Result<String, Problem> {
    blocking(&shared, move |_| inkan_client::ca_certificates(&name, &content)).await
}

/// Removes a bank. Its certificates stay.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_bank(shared: Shared<'_>, name: String) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.remove_bank(&name)).await
}

/// Opens a page in the system browser, if a bank's profile names that page (S1-14, S1-18). Refuses any other address.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_in_browser(shared: Shared<'_>, address: String) -> Result<(), Problem> {
    blocking(&shared, move |desktop| {
        let page = desktop.inkan()?.page(&address)?;
        open::that_detached(&page).map_err(|_| Error::CannotOpen(page))
    })
    .await
}
