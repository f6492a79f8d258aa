use inkan_protocol::Language;
use serde::{Deserialize, Serialize};

use crate::{DataFile, Home};

const FILE: &str = "settings.json";

/// What a person chose for the app on this PC.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language; none follows the system.
    pub language: Option<Language>,
}

impl Settings {
    /// As last written; the defaults where nothing was.
    ///
    /// # Errors
    /// Where the file is there and cannot be read.
    pub fn read(home: &Home) -> Result<Self, DataFile> {
        Ok(home.read(FILE)?.unwrap_or_default())
    }

    /// Keeps them.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn write(&self, home: &Home) -> Result<(), DataFile> {
        home.write(FILE, self)
    }
}
