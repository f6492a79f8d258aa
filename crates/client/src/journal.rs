use inkan_store::{KeyAlgorithm, KeyId};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{DataFile, Home};

const FOLDER: &str = "journal";

/// An acquisition that has a key and not yet an end.
///
/// It is on disk before the request leaves, so that whatever cuts the journey, the next one goes on with the same key,
/// for which the bank gives the same certificate.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// The bank's name here.
    pub(crate) bank: String,
    /// Whose certificate.
    pub(crate) user: String,
    /// The key in the store.
    pub(crate) key: KeyId,
    /// What kind it is.
    pub(crate) algorithm: KeyAlgorithm,
    /// When the key was made.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) started: OffsetDateTime,
}

impl Entry {
    /// The interrupted acquisition of `user` at `bank`, if there is one.
    pub(crate) fn find(home: &Home, bank: &str, user: &str) -> Result<Option<Self>, DataFile> {
        Ok(Self::all(home)?.into_iter().find(|entry| entry.bank == bank && entry.user == user))
    }

    /// Every interrupted acquisition, the oldest first.
    pub(crate) fn all(home: &Home) -> Result<Vec<Self>, DataFile> {
        let files = home.files(FOLDER)?;
        let entries: Result<Vec<Self>, DataFile> =
            files.iter().filter_map(|file| home.read(file).transpose()).collect();
        let mut entries = entries?;
        entries.sort_by_key(|entry| entry.started);
        Ok(entries)
    }

    /// Puts it on disk, synced.
    pub(crate) fn write(&self, home: &Home) -> Result<(), DataFile> {
        home.write(&self.file(), self)
    }

    /// Ends it.
    pub(crate) fn remove(&self, home: &Home) -> Result<(), DataFile> {
        home.remove(&self.file())
    }

    /// Named by the key, which is unique and holds nothing that a file name cannot.
    fn file(&self) -> String {
        format!("{FOLDER}/{}.json", self.key.0)
    }
}
