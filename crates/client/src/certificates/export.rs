use inkan_store::CertificateId;
use serde::{Deserialize, Serialize};

use crate::services::ca_file::pem;
use crate::{Error, Inkan};

/// The format of a file with a certificate and without its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CertificateFormat {
    /// Text (RFC 7468).
    Pem,
    /// The certificate's own bytes (X.690).
    Der,
}

impl CertificateFormat {
    /// Returns the usual ending of a file in this format, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pem => "pem",
            Self::Der => "cer",
        }
    }
}

impl Inkan {
    /// Returns the content of a file with a certificate and without its key. Asks the user nothing.
    ///
    /// # Errors
    /// [`Error::CertificateNotFound`]; [`Error::CertificateUnreadable`]; [`Error::Store`].
    pub fn public_certificate(&self, id: &CertificateId, format: CertificateFormat) -> Result<Vec<u8>, Error> {
        let contents = self.store()?.contents()?;
        if let Some(unreadable) = contents.unreadable.iter().find(|one| one.id == *id) {
            return Err(Error::CertificateUnreadable(unreadable.name()));
        }
        let stored = contents.certificates.into_iter().find(|one| one.id == *id);
        let der = stored.ok_or_else(|| Error::CertificateNotFound(id.0.clone()))?.der;
        Ok(match format {
            CertificateFormat::Pem => pem(&der).into_bytes(),
            CertificateFormat::Der => der,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificates::tests::test_client::{Ca, TestClient};

    #[test]
    fn a_certificate_is_exported_without_its_key_as_text_and_as_bytes() {
        let ca = Ca::root("Bank CA");
        let one = ca.issue("hanakodt", (100, 100));
        let client = TestClient::with(&ca, &[&one]);
        assert_eq!(client.public_certificate(&one.id, CertificateFormat::Der).unwrap(), one.der);
        let text = String::from_utf8(client.public_certificate(&one.id, CertificateFormat::Pem).unwrap()).unwrap();
        assert!(text.starts_with("-----BEGIN CERTIFICATE-----\n"), "{text}");
        assert!(!text.contains("PRIVATE"), "{text}");
        let broken = client.put_unreadable("broken");
        let refused = client.public_certificate(&broken, CertificateFormat::Pem);
        assert!(matches!(refused, Err(Error::CertificateUnreadable(_))));
        let missing = CertificateId("00".into());
        let refused = client.public_certificate(&missing, CertificateFormat::Pem);
        assert!(matches!(refused, Err(Error::CertificateNotFound(_))));
    }
}
