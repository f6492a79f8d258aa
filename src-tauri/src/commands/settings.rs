use inkan_client::protocol::{Language, Problem};
use inkan_client::{TextSize, Theme};
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, WebviewWindow};

use super::Shared;
use crate::desktop::blocking;
use crate::{tray, window};

/// The values that the settings page shows.
#[derive(Debug, Serialize, Type)]
pub(crate) struct Settings {
    /// The language; none for the system's language.
    language: Option<Language>,
    text_size: TextSize,
    theme: Theme,
    /// The name of the bank or site that was used last.
    last_service: Option<String>,
    /// Whether the CAs of certificates may be asked whether they have revoked them.
    asks_revocation: bool,
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
    theme: Theme,
}

/// Returns how the window looks. The first picture waits for this command, so it does not open the store.
#[tauri::command]
#[specta::specta]
pub(crate) async fn appearance(shared: Shared<'_>) -> Result<Appearance, Problem> {
    blocking(&shared, |desktop| {
        let kept = desktop.settings()?;
        Ok(Appearance { language: kept.language, text_size: kept.text_size, theme: kept.theme })
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
            theme: kept.theme,
            last_service: kept.last_service,
            asks_revocation: kept.asks_revocation,
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

/// Saves the colours of the window, and gives them to the frame that the system draws.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_theme(shared: Shared<'_>, window: WebviewWindow, theme: Theme) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.change_settings(|settings| settings.theme = theme)).await?;
    window::dress(&window, theme);
    Ok(())
}
