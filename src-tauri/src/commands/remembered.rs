use inkan_client::protocol::Problem;
use inkan_client::{Remembered, StoreChoice};
use serde::Serialize;
use specta::Type;

use super::Shared;
use crate::desktop::blocking;

/// The certificate stores that can be chosen.
#[derive(Debug, Serialize, Type)]
pub(crate) struct Stores {
    choices: Vec<StoreChoice>,
    /// The store for the next start.
    chosen: String,
    /// The store that is open now.
    open: String,
    /// Whether the environment has named the store.
    fixed: bool,
}

/// Returns the facts that were learnt from earlier logins.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remembered(shared: Shared<'_>) -> Result<Vec<Remembered>, Problem> {
    blocking(&shared, |desktop| desktop.inkan()?.remembered()).await
}

/// Removes a fact that was learnt from earlier logins.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget(shared: Shared<'_>, entry: Remembered) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.forget(&entry)).await
}

/// Restores a fact that was removed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remember_again(shared: Shared<'_>, entry: Remembered) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.remember_again(&entry)).await
}

/// Returns the certificate stores that this PC offers.
#[tauri::command]
#[specta::specta]
pub(crate) async fn stores(shared: Shared<'_>) -> Result<Stores, Problem> {
    blocking(&shared, |desktop| {
        let (open, fixed) = desktop.store();
        let chosen = if fixed { open.clone() } else { desktop.chosen_store()? };
        Ok(Stores { choices: StoreChoice::on_this_pc(Some(&chosen)), chosen, open, fixed })
    })
    .await
}

/// Sets the store for the next start.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_store(shared: Shared<'_>, location: String) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.set_store(&location)).await
}
