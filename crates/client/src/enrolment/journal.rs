//! The journal of the acquisitions that have begun on this PC and not ended.

use std::io;
use std::path::Path;

use data_encoding::HEXLOWER;
use inkan_store::{CertificateId, KeyAlgorithm, KeyId, KeyName};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use crate::data::data_dir::Lock;
use crate::{DataFile, Home};

const FOLDER: &str = "journal";
const LOCKS: &str = "locks";

/// The identity of an acquisition: whose certificate, from which bank, into which store. There is one entry for each
/// identity, and only one process at a time works on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AcquisitionId {
    /// The bank's name on this PC.
    pub(crate) bank: String,
    /// The contract number, at a bank that has contract numbers.
    pub(crate) contract: Option<String>,
    /// The login ID of the user, or the name of the certificate that is renewed.
    pub(crate) user: String,
    /// The store's description of itself. Another store does not have the key.
    pub(crate) store: String,
}

/// An acquisition that has begun and not ended.
///
/// The entry is on disk before its key is generated. After an interruption, the next run finds the key or generates it
/// under the same name, and continues with it. The bank issues the same certificate for the same key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    #[serde(flatten)]
    pub(crate) acquisition: AcquisitionId,
    /// The name of the key in the store. It is chosen before the key is generated.
    pub(crate) name: KeyName,
    /// The key, once it is generated. No certificate is requested before that.
    pub(crate) key: Option<KeyId>,
    /// The certificate that is renewed; none for an acquisition.
    #[serde(default)]
    pub(crate) renews: Option<CertificateId>,
    /// The algorithm of the key.
    pub(crate) algorithm: KeyAlgorithm,
    /// The time of the beginning.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) started: OffsetDateTime,
}

impl AcquisitionId {
    /// Locks the acquisition for this process as long as the lock exists; none if another process holds the lock.
    pub(crate) fn lock(&self, home: &Home) -> Result<Option<Lock>, DataFile> {
        home.lock(&format!("{LOCKS}/{}", self.digest()))
    }

    /// Returns the entry of the acquisition; none if it has not begun or has ended.
    pub(crate) fn entry(&self, home: &Home) -> Result<Option<Entry>, DataFile> {
        read(home, &self.file())
    }

    fn file(&self) -> String {
        format!("{FOLDER}/{}.json", self.digest())
    }

    /// Returns the name of the file as a digest, because IDs and paths may hold characters that a file name cannot.
    fn digest(&self) -> String {
        let contract = self.contract.as_deref().unwrap_or_default();
        let parts = [&self.bank, contract, &self.user, &self.store];
        let whole = parts.map(|part| format!("{}:{part}", part.len())).concat();
        HEXLOWER.encode(&Sha256::digest(whole)[..16])
    }
}

impl Entry {
    /// Returns every acquisition that has begun and not ended, the oldest first.
    pub(crate) fn all(home: &Home) -> Result<Vec<Self>, DataFile> {
        let files = home.files(FOLDER)?;
        let entries: Result<Vec<Self>, DataFile> =
            files.iter().filter_map(|file| read(home, file).transpose()).collect();
        let mut entries = entries?;
        entries.sort_by_key(|entry| entry.started);
        Ok(entries)
    }

    /// Writes the entry to disk, synced, in place of the old one. The caller holds the lock.
    pub(crate) fn write(&self, home: &Home) -> Result<(), DataFile> {
        home.write_alone(&self.acquisition.file(), self)
    }

    /// Removes the entry. The caller holds the lock.
    pub(crate) fn remove(&self, home: &Home) -> Result<(), DataFile> {
        home.remove_alone(&self.acquisition.file())
    }
}

/// Reads an entry. If the file holds the entry of another acquisition, leaves the file alone and returns an error.
fn read(home: &Home, file: &str) -> Result<Option<Entry>, DataFile> {
    let Some(entry) = home.read::<Entry>(file)? else { return Ok(None) };
    if entry.acquisition.file() == file {
        return Ok(Some(entry));
    }
    let source = io::Error::new(io::ErrorKind::InvalidData, "the file holds the entry of another acquisition");
    Err(DataFile { path: home.directory().join(Path::new(file)), source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use time::macros::datetime;

    fn entry(user: &str, started: OffsetDateTime) -> Entry {
        let [bank, user, store] = ["okmate", user, "/home/o/../x"].map(str::to_owned);
        let acquisition = AcquisitionId { bank, contract: None, user, store };
        let name = KeyName::fresh().unwrap();
        Entry { acquisition, name, key: None, renews: None, algorithm: KeyAlgorithm::EcP256, started }
    }

    #[test]
    fn an_entry_is_found_by_its_place_alone() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let later = entry("hanakodt", datetime!(2026-11-21 12:00 UTC));
        let mut earlier = entry("../jirodt", datetime!(2026-11-20 12:00 UTC));
        earlier.key = Some(KeyId("ab".repeat(32)));
        for one in [&later, &earlier] {
            one.write(&home).unwrap();
            assert_eq!(one.acquisition.entry(&home).unwrap().as_ref(), Some(one));
        }
        assert_eq!(Entry::all(&home).unwrap(), [earlier.clone(), later.clone()]);
        for other in [
            AcquisitionId { bank: "okmate-2".to_owned(), ..later.acquisition.clone() },
            AcquisitionId { user: "hanakod".to_owned(), ..later.acquisition.clone() },
            AcquisitionId { contract: Some("0123".to_owned()), ..later.acquisition.clone() },
            AcquisitionId { store: "another".to_owned(), ..later.acquisition.clone() },
            AcquisitionId { bank: "okmateh".to_owned(), user: "anakodt".to_owned(), ..later.acquisition.clone() },
        ] {
            assert_eq!(other.entry(&home).unwrap(), None, "{other:?}");
        }
        later.remove(&home).unwrap();
        assert_eq!(later.acquisition.entry(&home).unwrap(), None);
        assert_eq!(Entry::all(&home).unwrap(), [earlier]);
    }

    #[test]
    fn what_is_no_entry_is_named_and_stays() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let own = entry("hanakodt", datetime!(2026-11-21 12:00 UTC));
        let foreign = entry("jirodt", datetime!(2026-11-21 12:00 UTC));
        own.write(&home).unwrap();
        let path = directory.path().join(own.acquisition.file());
        let texts = ["", "{", "[]", "{\"bank\": \"okmate\"}", &serde_json::to_string(&foreign).unwrap()];
        for text in texts {
            fs::write(&path, text).unwrap();
            assert_eq!(own.acquisition.entry(&home).unwrap_err().path, path, "{text}");
            assert!(Entry::all(&home).is_err());
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
