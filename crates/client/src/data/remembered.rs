use inkan_store::CertificateId;
use serde::{Deserialize, Serialize};

use crate::data::certificate_history::{CertificateHistory, HistoryEntry};
use crate::{Error, Inkan};

/// A fact that was learnt from earlier logins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Remembered {
    /// The fact.
    pub what: HistoryEntry,
    /// The certificate that the fact is about.
    pub certificate: CertificateId,
    /// The name of the certificate, if it is still in the store.
    #[serde(default)]
    pub name: Option<String>,
}

impl Inkan {
    /// Returns the facts that were learnt from earlier logins.
    ///
    /// # Errors
    /// [`Error::Data`]. A store that cannot be read leaves the certificates without names.
    pub fn remembered(&self) -> Result<Vec<Remembered>, Error> {
        let entries = CertificateHistory::read(&self.home)?.entries();
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.certificates(None).unwrap_or_default();
        let name = |id: &CertificateId| rows.iter().find(|row| row.id == *id).map(|row| row.name.clone());
        Ok(entries
            .into_iter()
            .map(|(what, certificate)| Remembered { what, name: name(&certificate), certificate })
            .collect())
    }

    /// Removes one fact. Succeeds if the fact is not remembered.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn forget(&self, entry: &Remembered) -> Result<(), Error> {
        match &entry.what {
            HistoryEntry::Used(bank) => CertificateHistory::forget(&self.home, bank)?,
            HistoryEntry::Refused(_) => CertificateHistory::accepted(&self.home, &entry.certificate)?,
        }
        Ok(())
    }

    /// Restores a fact that was removed.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn remember_again(&self, entry: &Remembered) -> Result<(), Error> {
        Ok(CertificateHistory::learn(&self.home, &entry.what, &entry.certificate)?)
    }
}

#[cfg(test)]
mod tests {
    use inkan_protocol::Code;

    use super::*;
    use crate::Home;

    #[test]
    fn what_was_learnt_is_told_forgotten_and_learnt_again() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let [used, refused] = ["aa", "bb"].map(|id| CertificateId(id.to_owned()));
        CertificateHistory::used(&home, "okmate", &used, None, time::OffsetDateTime::UNIX_EPOCH).unwrap();
        CertificateHistory::refused(&home, Some("okmate"), &refused, Code::CertificateRevoked).unwrap();
        let entries = CertificateHistory::read(&home).unwrap().entries();
        let expected = [
            (HistoryEntry::Used("okmate".into()), used.clone()),
            (HistoryEntry::Refused(Code::CertificateRevoked), refused.clone()),
        ];
        assert_eq!(entries, expected);
        CertificateHistory::forget(&home, "okmate").unwrap();
        CertificateHistory::accepted(&home, &refused).unwrap();
        assert_eq!(CertificateHistory::read(&home).unwrap().entries(), []);
        for (what, certificate) in &expected {
            CertificateHistory::learn(&home, what, certificate).unwrap();
        }
        assert_eq!(CertificateHistory::read(&home).unwrap().entries(), expected);
    }
}
