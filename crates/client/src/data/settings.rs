use inkan_protocol::Language;
use serde::{Deserialize, Serialize};

use crate::{DataFile, Home, Proxy};

const FILE: &str = "settings.json";

/// How large the window's text is, in hundredths of what the system says (WCAG 1.4.4: up to twice that).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub enum TextSize {
    /// As the system says.
    #[default]
    #[serde(rename = "100")]
    Normal,
    /// A quarter larger.
    #[serde(rename = "125")]
    Large,
    /// Half as large again.
    #[serde(rename = "150")]
    Larger,
    /// Twice as large.
    #[serde(rename = "200")]
    Largest,
}

/// What a person chose for the app on this PC.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language; none follows the system.
    pub language: Option<Language>,
    /// The size of the window's text.
    pub text_size: TextSize,
    /// Whether the person does not want to be reminded of certificates that end.
    pub without_reminders: bool,
    /// The proxy on the way out.
    pub proxy: Proxy,
    /// Where the certificates are, as [`crate::Location`] is written; none is this system's own store.
    pub store: Option<String>,
}

impl Settings {
    /// As last written; the defaults where nothing was.
    ///
    /// # Errors
    /// Where the file is there and cannot be read.
    pub fn read(home: &Home) -> Result<Self, DataFile> {
        Ok(home.read(FILE)?.unwrap_or_default())
    }

    /// Changes the settings under the lock of the data directory, and returns them as they are then.
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
    }
}
