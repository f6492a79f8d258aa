use inkan_store::{CertificateId, Contents, Pkcs12Entry, StoreError, StoredCertificate, same_serial_number};

use crate::certificates::import_key::KeyChoice;
use crate::certificates::opened_file::OpenedFile;
use crate::enrolment::step::certificate_label;
use crate::{CertificateRow, Error, ImportableKey, Inkan};

impl Inkan {
    /// Returns the keys and certificates that an opened file would bring. Does not change the store.
    ///
    /// # Errors
    /// [`Error::Store`]. This error is also returned if the file has only keys of kinds that no store on this PC can
    /// use.
    pub fn preview_import(&self, file: &OpenedFile) -> Result<Vec<ImportableKey>, Error> {
        let OpenedFile { entries, unprotected } = file;
        let found: Vec<StoredCertificate> = entries.iter().map(|entry| self.seen(entry)).collect::<Result<_, _>>()?;
        if !found.iter().any(|certificate| certificate.key_kind.is_supported())
            && let Some(certificate) = found.first()
        {
            return Err(unsupported(certificate).into());
        }
        let contents = self.store()?.contents()?;
        let installed = &contents.certificates;
        let rows = self.rows_beside(&found, installed)?;
        let numbered = (1..).zip(entries.iter().zip(rows));
        Ok(numbered
            .map(|(number, (entry, certificate))| ImportableKey {
                number,
                already_installed: installed
                    .iter()
                    .any(|stored| stored.id == certificate.id && stored.protection.is_some()),
                same_serial: same_serial(&contents, entry.identity.certificate()),
                unreadable: entry.unreadable,
                certificate,
                friendly_name: entry.friendly_name.clone(),
                chain: chain_names(entry),
                unprotected: *unprotected,
            })
            .collect())
    }

    /// Imports one key of an opened file with its certificate and chain. `choice` may be none for a file with one key.
    /// Returns the certificate, and the number of damaged certificates in the file, which were left out. If anything
    /// fails, the store is as it was.
    ///
    /// # Errors
    /// [`Error::SeveralKeys`] if a choice is needed; [`Error::KeyNumberUnknown`] if `choice` matches no key;
    /// [`Error::Store`].
    pub fn import(&self, file: &OpenedFile, choice: Option<&KeyChoice>) -> Result<(CertificateRow, u32), Error> {
        let entry = match (choice, file.entries.as_slice()) {
            (None, [only]) => only,
            (None, _) => return Err(Error::SeveralKeys(self.preview_import(file)?)),
            (Some(choice), all) => choice.among(all)?,
        };
        let seen = self.seen(entry)?;
        if !seen.key_kind.is_supported() {
            return Err(unsupported(&seen).into());
        }
        let contents = self.store()?.contents()?;
        if let Some(by) = same_serial(&contents, entry.identity.certificate()) {
            return Err(StoreError::SerialNumberTaken { by }.into());
        }
        let label = self.import_label(seen, &contents.certificates)?;
        let id = self.store()?.import(&entry.identity, &label)?;
        Ok((self.certificate(&id, None)?, entry.unreadable))
    }

    /// Returns the label for an imported certificate. If an added bank issued it, the label is as after an acquisition.
    fn import_label(&self, seen: StoredCertificate, stored: &[StoredCertificate]) -> Result<String, Error> {
        let rows = self.rows_beside(std::slice::from_ref(&seen), stored)?;
        match rows.into_iter().find_map(|row| row.bank) {
            Some(bank) => Ok(certificate_label(&self.bank(&bank)?, &seen.name)),
            None => Ok(seen.name),
        }
    }

    /// Returns the certificate of the entry as it would be in the store.
    fn seen(&self, entry: &Pkcs12Entry) -> Result<StoredCertificate, Error> {
        let certificate = StoredCertificate::parse(entry.identity.certificate(), Some(self.store()?.protection()));
        Ok(certificate.map_err(inkan_store::StoreError::from)?)
    }
}

/// Returns another certificate with the same issuer and serial number. NSS stores only one of them. The result of an
/// import must not depend on the store, so such a certificate is refused in every store.
fn same_serial(contents: &Contents, certificate: &[u8]) -> Option<CertificateId> {
    let readable = contents.certificates.iter().map(|one| (&one.id, one.der.as_slice()));
    let all = readable.chain(contents.unreadable.iter().map(|one| (&one.id, one.der.as_slice())));
    let own = CertificateId::of(certificate);
    all.filter(|(id, _)| **id != own).find(|(_, der)| same_serial_number(der, certificate)).map(|(id, _)| id.clone())
}

/// Returns the error for a key that Inkan itself cannot use for signing. No other store would help.
fn unsupported(certificate: &StoredCertificate) -> StoreError {
    StoreError::KeyUnsupported { kind: certificate.key_kind.to_string() }
}

fn chain_names(entry: &Pkcs12Entry) -> Vec<String> {
    let parsed = entry.identity.chain().iter().filter_map(|der| StoredCertificate::parse(der, None).ok());
    parsed.map(|above| above.subject).collect()
}
