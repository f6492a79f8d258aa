use inkan_client::TextSize;
use inkan_client::protocol::{Language, Problem};
use serde::Serialize;
use specta::Type;
use tauri::AppHandle;

use super::Shared;
use crate::desktop::blocking;
use crate::tray;

/// What the settings page shows.
#[derive(Debug, Serialize, Type)]
pub(crate) struct Settings {
    /// None follows the system.
    language: Option<Language>,
    text_size: TextSize,
    version: String,
    /// Where certificates are kept; none while that place cannot be opened.
    store: Option<String>,
}

/// What must be known before anything is shown.
#[derive(Debug, Serialize, Type)]
pub(crate) struct Appearance {
    /// None follows the system.
    language: Option<Language>,
    text_size: TextSize,
}

/// How the window looks. The first picture waits for this, and this waits for no store.
#[tauri::command]
#[specta::specta]
pub(crate) async fn appearance(shared: Shared<'_>) -> Result<Appearance, Problem> {
    blocking(&shared, |desktop| {
        let kept = desktop.settings()?;
        Ok(Appearance { language: kept.language, text_size: kept.text_size })
    })
    .await
}

/// The settings, and what this app is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settings(shared: Shared<'_>) -> Result<Settings, Problem> {
    blocking(&shared, |desktop| {
        let kept = desktop.settings()?;
        Ok(Settings {
            language: kept.language,
            text_size: kept.text_size,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            store: desktop.inkan().and_then(|inkan| inkan.store_description()).ok(),
        })
    })
    .await
}

/// Keeps the language.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_language(app: AppHandle, shared: Shared<'_>, language: Language) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.set_language(language)).await?;
    tray::speak(&app, language);
    Ok(())
}

/// Keeps the size of the text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_text_size(shared: Shared<'_>, size: TextSize) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.change_settings(|settings| settings.text_size = size)).await
}
