use inkan_client::TextSize;
use inkan_client::protocol::{Language, Problem};
use serde::Serialize;
use specta::Type;
use tauri::AppHandle;

use super::Shared;
use crate::desktop::blocking;
use crate::tray;

/// The values that the settings page shows.
#[derive(Debug, Serialize, Type)]
pub(crate) struct Settings {
    /// The language; none for the system's language.
    language: Option<Language>,
    text_size: TextSize,
    version: String,
    /// The description of the certificate store; none if the store cannot be opened.
    store: Option<String>,
}

/// The settings that must be known before the window shows anything.
#[derive(Debug, Serialize, Type)]
pub(crate) struct Appearance {
    /// The language; none for the system's language.
    language: Option<Language>,
    text_size: TextSize,
}

/// Returns how the window looks. The first picture waits for this command, so it does not open the store.
#[tauri::command]
#[specta::specta]
pub(crate) async fn appearance(shared: Shared<'_>) -> Result<Appearance, Problem> {
    blocking(&shared, |desktop| {
        let kept = desktop.settings()?;
        Ok(Appearance { language: kept.language, text_size: kept.text_size })
    })
    .await
}

/// Returns the settings, and the version of the app.
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

/// Saves the language.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_language(app: AppHandle, shared: Shared<'_>, language: Language) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.set_language(language)).await?;
    tray::speak(&app, language);
    Ok(())
}

/// Saves the size of the text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_text_size(shared: Shared<'_>, size: TextSize) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.change_settings(|settings| settings.text_size = size)).await
}
