use inkan_protocol::printable;
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
            None => Ok(printable(&seen.name).into_owned()),
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

#[cfg(test)]
mod tests {
    use rcgen::{KeyPair, PKCS_ED25519};

    use super::*;
    use crate::certificates::tests::test_client::{Ca, TestClient};

    fn entry(certificate: &StoredCertificate, key: &KeyPair, chain: &[&Ca]) -> Pkcs12Entry {
        let chain = chain.iter().map(|ca| ca.der.clone()).collect();
        let key = key.serialize_der().into();
        let identity = inkan_store::Identity::new(key, certificate.der.clone(), chain).unwrap();
        Pkcs12Entry { friendly_name: Some("from a browser".to_owned()), identity, unreadable: 2 }
    }

    fn made(ca: &Ca, name: &str) -> (StoredCertificate, Pkcs12Entry) {
        let key = KeyPair::generate().unwrap();
        let certificate = ca.issue_with_key(name, (100, 100), &key);
        let entry = entry(&certificate, &key, &[ca]);
        (certificate, entry)
    }

    fn opened(entries: Vec<Pkcs12Entry>) -> OpenedFile {
        OpenedFile { entries, unprotected: true }
    }

    #[test]
    fn a_preview_shows_each_key_of_the_file_as_if_it_were_here() {
        let ca = Ca::root("Bank CA");
        let ((hanako, first), (jiro, second)) = (made(&ca, "hanakodt"), made(&ca, "jirodt"));
        let (shiro, third) = made(&ca, "shirodt");
        let keyless = StoredCertificate { protection: None, ..shiro };
        let client = TestClient::with(&ca, &[&jiro, &keyless]);
        let keys = client.preview_import(&opened(vec![first, second, third])).unwrap();
        let shown: Vec<_> =
            keys.iter().map(|key| (key.number, key.certificate.name.as_str(), key.already_installed)).collect();
        assert_eq!(shown, [(1, "hanakodt", false), (2, "jirodt", true), (3, "shirodt", false)]);
        let first = &keys[0];
        assert_eq!((first.certificate.bank.as_deref(), first.certificate.usable), (Some("okmate"), true));
        assert_eq!((first.friendly_name.as_deref(), first.unreadable), (Some("from a browser"), 2));
        assert_eq!((first.chain.as_slice(), first.unprotected), (&["CN=Bank CA".to_owned()][..], true));
        assert_eq!((&first.same_serial, &keys[1].same_serial), (&None, &None), "its own number is no other's");
        let serial = &hanako.serial;
        let told_apart = format!("hanakodt (2026-08-13 – 2027-03-01, CN=Bank CA, {serial})");
        assert_eq!(first.told_apart(), told_apart);
    }

    #[test]
    fn an_import_takes_the_key_that_was_chosen_under_the_name_of_its_bank() {
        let ca = Ca::root("Bank CA");
        let client = TestClient::with(&ca, &[]);
        let ((_, first), (jiro, second)) = (made(&ca, "hanakodt"), made(&ca, "jirodt"));
        let file = opened(vec![first, second]);
        assert!(matches!(client.import(&file, None), Err(Error::SeveralKeys(keys)) if keys.len() == 2));
        let (row, unreadable) = client.import(&file, Some(&KeyChoice::Number(2))).unwrap();
        assert_eq!((&row.id, unreadable), (&jiro.id, 2));
        assert_eq!(client.certificates(None).unwrap().len(), 1);
        let (foreign, entry) = made(&Ca::root("Foreign CA"), "shirodt");
        let (row, _) = client.import(&opened(vec![entry]), None).unwrap();
        assert_eq!(row.id, foreign.id);
        let bank = client.bank("okmate").unwrap().profile.name.ja;
        assert_eq!(client.labels(), [format!("jirodt ({bank})"), "shirodt".to_owned()]);
    }

    #[test]
    fn a_name_from_a_file_commands_nothing_in_another_program() {
        let ca = Ca::root("Bank CA");
        let client = TestClient::with(&ca, &[]);
        for issuer in [&ca, &Ca::root("Foreign CA")] {
            let (_, entry) = made(issuer, "hana\u{1b}[2J\u{202e}ko\n");
            client.import(&opened(vec![entry]), None).unwrap();
        }
        let shown = r"hana\u{1b}[2J\u{202e}ko\u{a}";
        let bank = client.bank("okmate").unwrap().profile.name.ja;
        assert_eq!(client.labels(), [format!("{shown} ({bank})"), shown.to_owned()]);
    }

    #[test]
    fn a_key_of_a_kind_that_cannot_sign_here_is_refused() {
        let ca = Ca::root("Bank CA");
        let key = KeyPair::generate_for(&PKCS_ED25519).unwrap();
        let certificate = ca.issue_with_key("hanakodt", (100, 100), &key);
        let client = TestClient::with(&ca, &[]);
        let only = opened(vec![entry(&certificate, &key, &[])]);
        let kind = |error: Error| match error {
            Error::Store(StoreError::KeyUnsupported { kind }) => kind,
            other => panic!("{other}"),
        };
        assert_eq!(kind(client.preview_import(&only).unwrap_err()), "Ed25519");
        assert_eq!(kind(client.import(&only, None).unwrap_err()), "Ed25519");
        let beside = opened(vec![entry(&certificate, &key, &[]), made(&ca, "jirodt").1]);
        assert_eq!(client.preview_import(&beside).unwrap().len(), 2);
        assert!(client.preview_import(&opened(vec![])).unwrap().is_empty());
    }

    #[test]
    fn a_serial_number_that_another_certificate_of_the_ca_has_is_taken() {
        let ca = Ca::root("Bank CA");
        let (mut params, key) = (rcgen::CertificateParams::default(), KeyPair::generate().unwrap());
        params.serial_number = Some(rcgen::SerialNumber::from(vec![7]));
        let [installed, new] = [0, 1].map(|_| ca.issue_from(params.clone(), &key));
        assert_ne!(installed.id, new.id);
        let client = TestClient::with(&ca, &[&installed]);
        let file = opened(vec![entry(&new, &key, &[])]);
        assert_eq!(client.preview_import(&file).unwrap()[0].same_serial.as_ref(), Some(&installed.id));
        let Err(Error::Store(StoreError::SerialNumberTaken { by })) = client.import(&file, None) else {
            panic!("imported beside the other");
        };
        assert_eq!(by, installed.id);
    }
}
