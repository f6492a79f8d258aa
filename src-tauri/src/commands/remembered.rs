use inkan_client::protocol::Problem;
use inkan_client::{Remembered, StoreChoice};
use serde::Serialize;
use specta::Type;

use super::Shared;
use crate::desktop::blocking;

/// Where certificates may be.
#[derive(Debug, Serialize, Type)]
pub(crate) struct Stores {
    choices: Vec<StoreChoice>,
    /// The one from the next start on.
    chosen: String,
    /// The one that is open now.
    open: String,
    /// The command line or the environment has decided.
    fixed: bool,
}

/// What earlier logins taught.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remembered(shared: Shared<'_>) -> Result<Vec<Remembered>, Problem> {
    blocking(&shared, |desktop| desktop.inkan()?.remembered()).await
}

/// Forgets one thing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget(shared: Shared<'_>, entry: Remembered) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.forget(&entry)).await
}

/// Remembers it again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remember_again(shared: Shared<'_>, entry: Remembered) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.remember_again(&entry)).await
}

/// Which stores this PC offers.
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

/// Chooses one for the next start.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_store(shared: Shared<'_>, location: String) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.set_store(&location)).await
}
