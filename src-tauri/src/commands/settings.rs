use inkan_client::protocol::{Language, Problem};
use serde::Serialize;
use specta::Type;

use super::Shared;
use crate::desktop::blocking;

/// What the settings page shows.
#[derive(Debug, Serialize, Type)]
pub(crate) struct Settings {
    /// None follows the system.
    language: Option<Language>,
    version: String,
    /// Where certificates are kept; none while that place cannot be opened.
    store: Option<String>,
}

/// The settings, and what this app is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settings(shared: Shared<'_>) -> Result<Settings, Problem> {
    blocking(&shared, |desktop| {
        Ok(Settings {
            language: desktop.settings()?.language,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            store: desktop.inkan().ok().map(|inkan| inkan.store_description()),
        })
    })
    .await
}

/// Keeps the language.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_language(shared: Shared<'_>, language: Language) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.set_language(language)).await
}
