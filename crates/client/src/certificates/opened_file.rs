use inkan_protocol::Secret;
use inkan_store::{Pkcs12Entry, Pkcs12Error, decode_pkcs12, decode_unprotected_pkcs12};

use crate::Error;

/// Whether a file without an integrity check is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unprotected {
    /// The file is refused.
    #[default]
    Refused,
    /// The user knows where the file comes from, and wants to import it.
    Accepted,
}

/// A PKCS#12 file that was opened with its password. The file is decoded once, so that the content that is shown is the
/// content that is imported. The keys are erased from memory when the value is dropped.
#[derive(Debug)]
pub struct OpenedFile {
    /// The keys, each with its certificate, in the order of the file.
    pub(super) entries: Vec<Pkcs12Entry>,
    /// Whether the file has no integrity check.
    pub(super) unprotected: bool,
}

impl OpenedFile {
    /// Decodes a PKCS#12 file.
    ///
    /// # Errors
    /// [`Error::Pkcs12`], with the cause.
    pub fn decode(file: &[u8], password: &Secret, without_check: Unprotected) -> Result<Self, Error> {
        match decode_pkcs12(file, password.expose()) {
            Err(Pkcs12Error::Unprotected) if without_check == Unprotected::Accepted => {
                Ok(Self { entries: decode_unprotected_pkcs12(file, password.expose())?, unprotected: true })
            }
            outcome => Ok(Self { entries: outcome?, unprotected: false }),
        }
    }
}

#[cfg(test)]
mod tests {
    use rcgen::KeyPair;

    use super::*;
    use crate::certificates::tests::test_client::Ca;

    /// `pkcs7-data`, and the bags of a certificate and of a key (RFC 7292 §4.2).
    const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
    const CERTIFICATE_BAG: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 10, 1, 3];
    const X509: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 22, 1];
    const KEY_BAG: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 10, 1, 1];

    fn tlv(tag: u8, content: &[&[u8]]) -> Vec<u8> {
        let content = content.concat();
        let [high, low] = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82, high, low][..], &content].concat()
    }

    fn bag(kind: &[u8], value: &[u8]) -> Vec<u8> {
        tlv(0x30, &[&tlv(6, &[kind]), &tlv(0xa0, &[value])])
    }

    fn data(content: &[u8]) -> Vec<u8> {
        bag(DATA, &tlv(4, &[content]))
    }

    /// A PKCS#12 file without an integrity check.
    fn unprotected() -> Vec<u8> {
        let key = KeyPair::generate().unwrap();
        let certificate = Ca::root("Bank CA").issue_with_key("hanakodt", (100, 100), &key);
        let certificate = bag(CERTIFICATE_BAG, &bag(X509, &tlv(4, &[&certificate.der])));
        let key = bag(KEY_BAG, &key.serialize_der());
        let safe = tlv(0x30, &[&data(&tlv(0x30, &[&certificate])), &data(&tlv(0x30, &[&key]))]);
        tlv(0x30, &[&[2, 1, 3], &data(&safe)])
    }

    #[test]
    fn a_file_without_an_integrity_check_is_opened_only_if_the_person_accepts_that() {
        let (file, password) = (unprotected(), Secret::from(String::new()));
        let refused = OpenedFile::decode(&file, &password, Unprotected::Refused);
        assert!(matches!(refused, Err(Error::Pkcs12(Pkcs12Error::Unprotected))), "{refused:?}");
        let opened = OpenedFile::decode(&file, &password, Unprotected::Accepted).unwrap();
        assert_eq!((opened.entries.len(), opened.unprotected), (1, true));
        let other = OpenedFile::decode(b"no file", &password, Unprotected::Accepted);
        assert!(matches!(other, Err(Error::Pkcs12(fault)) if !matches!(fault, Pkcs12Error::Unprotected)));
    }
}
