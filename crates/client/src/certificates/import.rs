use inkan_protocol::Secret;
use inkan_store::{
    CertificateId, Contents, Pkcs12Entry, Pkcs12Error, StoreError, StoredCertificate, decode_pkcs12,
    decode_unprotected_pkcs12, same_serial_number,
};

use crate::certificates::typed_id::{half_width, meant};
use crate::enrolment::step::certificate_label;
use crate::{CertificateRow, Error, ImportableKey, Inkan};

/// What becomes of a file that has no integrity check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unprotected {
    /// It is refused.
    #[default]
    Refused,
    /// The person knows where it comes from, and wants it all the same.
    Accepted,
}

impl Inkan {
    /// What a PKCS#12 file would bring, without touching the store.
    ///
    /// # Errors
    /// [`Error::Pkcs12`] by cause; [`Error::Store`] where the file has only keys of kinds that no store here can use.
    pub fn preview_import(
        &self,
        file: &[u8],
        password: &Secret,
        without_check: Unprotected,
    ) -> Result<Vec<ImportableKey>, Error> {
        self.importable(&decode(file, password, without_check)?)
    }

    /// Returns what a person tells the keys apart by.
    fn importable(&self, decoded: &Decoded) -> Result<Vec<ImportableKey>, Error> {
        let Decoded { entries, unprotected } = decoded;
        let found: Vec<StoredCertificate> = entries.iter().map(|entry| self.seen(entry)).collect::<Result<_, _>>()?;
        if !found.iter().any(|certificate| certificate.key_kind.is_supported())
            && let Some(certificate) = found.first()
        {
            return Err(unsupported(certificate).into());
        }
        let contents = self.store()?.contents()?;
        let installed = &contents.certificates;
        let rows = self.rows_of(&found)?;
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

    /// Imports one key of a PKCS#12 file with its certificate and chain. `choice` is its number in the preview, or its
    /// certificate's identity or the beginning of one, eight characters at least; it may be left out for a file with
    /// one key. Where anything fails the store is as it was.
    ///
    /// # Errors
    /// [`Error::Pkcs12`] by cause; [`Error::SeveralKeys`] where a choice is needed; [`Error::KeyNumberUnknown`] where it
    /// fits none; [`Error::Store`].
    pub fn import(
        &self,
        file: &[u8],
        password: &Secret,
        choice: Option<&str>,
        without_check: Unprotected,
    ) -> Result<CertificateRow, Error> {
        self.import_counting(file, password, choice, without_check).map(|(row, _)| row)
    }

    /// As [`Self::import`], with the number of certificates of the file that are damaged and were left out.
    ///
    /// # Errors
    /// As [`Self::import`].
    pub fn import_counting(
        &self,
        file: &[u8],
        password: &Secret,
        choice: Option<&str>,
        without_check: Unprotected,
    ) -> Result<(CertificateRow, u32), Error> {
        let decoded = decode(file, password, without_check)?;
        let entry = match (choice, decoded.entries.as_slice()) {
            (None, [only]) => only,
            (None, _) => return Err(Error::SeveralKeys(self.importable(&decoded)?)),
            (Some(choice), all) => self.chosen(all, choice)?,
        };
        let seen = self.seen(entry)?;
        if !seen.key_kind.is_supported() {
            return Err(unsupported(&seen).into());
        }
        if let Some(by) = same_serial(&self.store()?.contents()?, entry.identity.certificate()) {
            return Err(StoreError::SerialNumberTaken { by }.into());
        }
        let label = self.import_label(entry)?;
        let id = self.store()?.import(&entry.identity, &label)?;
        Ok((self.certificate(&id.0, None)?, entry.unreadable))
    }

    /// As after an acquisition, where a bank that was added issued it.
    fn import_label(&self, entry: &Pkcs12Entry) -> Result<String, Error> {
        let seen = self.seen(entry)?;
        let rows = self.rows_of(std::slice::from_ref(&seen))?;
        match rows.into_iter().find_map(|row| row.bank) {
            Some(bank) => Ok(certificate_label(&self.bank(&bank)?, &seen.name)),
            None => Ok(seen.name),
        }
    }

    /// Returns the key that a number means, or what else [`Inkan::certificate`] takes.
    fn chosen<'a>(&self, entries: &'a [Pkcs12Entry], choice: &str) -> Result<&'a Pkcs12Entry, Error> {
        let unknown = || Error::KeyNumberUnknown { given: choice.trim().to_owned(), keys: entries.len() };
        let number: String = choice.trim().chars().map(half_width).collect();
        if let Ok(number) = number.parse::<i64>()
            && choice.chars().count() < 8
        {
            let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
            return index.and_then(|index| entries.get(index)).ok_or_else(unknown);
        }
        let certificates = entries.iter().map(|entry| self.seen(entry)).collect::<Result<_, _>>()?;
        let (meant, sure) = meant(choice, &Contents { certificates, unreadable: Vec::new() });
        let id = meant.first().filter(|_| sure).ok_or_else(unknown)?;
        entries.iter().find(|entry| entry.identity.id() == *id).ok_or_else(unknown)
    }

    /// As it would be in the store.
    fn seen(&self, entry: &Pkcs12Entry) -> Result<StoredCertificate, Error> {
        let certificate = StoredCertificate::parse(entry.identity.certificate(), Some(self.store()?.protection()));
        Ok(certificate.map_err(inkan_store::StoreError::from)?)
    }
}

/// Another certificate of the same issuer and serial number: NSS keeps one of them, and what Inkan takes depends on no
/// store.
fn same_serial(contents: &Contents, certificate: &[u8]) -> Option<CertificateId> {
    let readable = contents.certificates.iter().map(|one| (&one.id, one.der.as_slice()));
    let all = readable.chain(contents.unreadable.iter().map(|one| (&one.id, one.der.as_slice())));
    let own = CertificateId::of(certificate);
    all.filter(|(id, _)| **id != own).find(|(_, der)| same_serial_number(der, certificate)).map(|(id, _)| id.clone())
}

/// No store helps: Inkan itself cannot sign with such a key.
fn unsupported(certificate: &StoredCertificate) -> StoreError {
    StoreError::KeyUnsupported { kind: certificate.key_kind.to_string() }
}

struct Decoded {
    entries: Vec<Pkcs12Entry>,
    unprotected: bool,
}

fn decode(file: &[u8], password: &Secret, without_check: Unprotected) -> Result<Decoded, Error> {
    match decode_pkcs12(file, password.expose()) {
        Err(Pkcs12Error::Unprotected) if without_check == Unprotected::Accepted => {
            Ok(Decoded { entries: decode_unprotected_pkcs12(file, password.expose())?, unprotected: true })
        }
        outcome => Ok(Decoded { entries: outcome?, unprotected: false }),
    }
}

fn chain_names(entry: &Pkcs12Entry) -> Vec<String> {
    let parsed = entry.identity.chain().iter().filter_map(|der| StoredCertificate::parse(der, None).ok());
    parsed.map(|above| above.subject).collect()
}
