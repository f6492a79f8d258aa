use inkan_protocol::Language;
use serde::{Deserialize, Serialize};

use crate::{DataFile, Home, Proxy};

const FILE: &str = "settings.json";

/// The size of the window's text, in percent of the system's text size. WCAG 1.4.4 demands up to 200 %.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub enum TextSize {
    /// The system's text size.
    #[default]
    #[serde(rename = "100")]
    Normal,
    /// 125 % of the system's text size.
    #[serde(rename = "125")]
    Large,
    /// 150 % of the system's text size.
    #[serde(rename = "150")]
    Larger,
    /// 200 % of the system's text size.
    #[serde(rename = "200")]
    Largest,
}

/// The colours of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// The system's colours.
    #[default]
    System,
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// The user's settings for the app on this PC.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language; none for the system's language.
    pub language: Option<Language>,
    /// The size of the window's text.
    pub text_size: TextSize,
    /// The colours of the window.
    pub theme: Theme,
    /// The name of the bank or site that was used last, which the window opens again; none if there was no use yet.
    pub last_service: Option<String>,
    /// Whether the user does not want reminders of certificates that expire.
    pub without_reminders: bool,
    /// Whether the CAs of certificates may be asked whether they have revoked them, without another question.
    pub asks_revocation: bool,
    /// The proxy for outgoing connections.
    pub proxy: Proxy,
    /// The location of the certificates, in the notation of [`crate::Location`]; none for the system's own store.
    pub store: Option<String>,
}

impl Settings {
    /// Returns the saved settings, or the defaults if no settings were saved.
    ///
    /// # Errors
    /// A [`DataFile`] if the file exists and cannot be read.
    pub fn read(home: &Home) -> Result<Self, DataFile> {
        Ok(home.read(FILE)?.unwrap_or_default())
    }

    /// Changes the settings under the lock of the data directory, and returns the new settings.
    ///
    /// # Errors
    /// [`DataFile`] if the file cannot be read or written. The settings are then as they were.
    pub fn change(home: &Home, change: impl FnOnce(&mut Self)) -> Result<Self, DataFile> {
        home.change(FILE, |settings: &mut Self| {
            change(settings);
            settings.clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_before_there_was_more_to_choose_stays() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        std::fs::write(directory.path().join(FILE), r#"{"language":"en"}"#).unwrap();
        let kept = Settings::read(&home).unwrap();
        assert_eq!(kept, Settings { language: Some(Language::En), ..Settings::default() });
        let larger = Settings { text_size: TextSize::Largest, ..kept };
        let changed = Settings::change(&home, |settings| settings.text_size = TextSize::Largest).unwrap();
        assert_eq!(changed, larger);
        assert_eq!(Settings::read(&home).unwrap(), larger);
        assert_eq!((larger.theme, larger.last_service), (Theme::System, None));
    }
}
