use data_encoding::BASE64;
use inkan_protocol::certs_only;
use inkan_store::{DistinguishedName, StoredCertificate, is_signed_by, may_have_issued};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::Transport;

/// A CA that issues client certificates, known by its name (RFC 5280 §4.1.2.4), or by its certificate, which also holds
/// its key. It is stored as the DER of its name or certificate, in base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Issuer {
    name: DistinguishedName,
    certificate: Option<Vec<u8>>,
}

impl Issuer {
    /// Reads all CAs from the certs-only message of EST `cacerts`, in the base64 of the transfer (RFC 7030 §4.1.3).
    pub(crate) fn all_in(body: &[u8]) -> Result<Vec<Self>, Transport> {
        let message = base64_body(body)?;
        let certificates = certs_only::decode(&message).map_err(|_| Transport::AnswerUnknown)?;
        certificates.iter().map(|der| Self::certified(der).ok_or(Transport::AnswerUnknown)).collect()
    }

    /// Takes the DER of the CA's name, as a CertificateRequest holds it.
    pub(crate) fn named(der: &[u8]) -> Self {
        DistinguishedName::of(der).into()
    }

    /// Takes the CA's certificate; none if the bytes are not a certificate.
    fn certified(der: &[u8]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        let name = DistinguishedName::of(certificate.subject().as_raw());
        Some(Self { name, certificate: Some(certificate.as_raw().to_vec()) })
    }

    /// Adds to `published` the earlier certificates of the same CAs. A server may still accept the certificates that a
    /// CA issued by a key that it has replaced.
    pub(crate) fn with_earlier_keys(mut published: Vec<Self>, known: &[Self]) -> Vec<Self> {
        for earlier in known.iter().filter(|earlier| earlier.certificate.is_some()) {
            if !published.contains(earlier) && published.iter().any(|one| one.name == earlier.name) {
                published.push(earlier.clone());
            }
        }
        published
    }

    /// Returns the name as RFC 4514 writes it; none if the bytes are not a name.
    pub(crate) fn text(&self) -> Option<String> {
        self.name.text()
    }

    /// Returns the CA's certificate in DER; none if only its name is known.
    pub(crate) fn certificate(&self) -> Option<&[u8]> {
        self.certificate.as_deref()
    }

    /// Returns whether the CA has that name (RFC 5280 §7.1).
    pub(crate) fn is(&self, name: &DistinguishedName) -> bool {
        self.name == *name
    }

    /// Returns whether the CA issued `certificate`. Compares the name, and the key if it is known, since another CA may
    /// have the same name.
    pub(crate) fn issued(&self, certificate: &StoredCertificate) -> bool {
        match &self.certificate {
            Some(own) => may_have_issued(certificate, own),
            None => self.is(&certificate.issuer_name),
        }
    }

    /// Returns whether the CA's key verifies the signature of `certificate`. A CA that is known only by its name
    /// verifies none.
    pub(crate) fn has_signed(&self, certificate: &StoredCertificate) -> bool {
        self.certificate.as_ref().is_some_and(|own| is_signed_by(certificate, own))
    }
}

impl From<DistinguishedName> for Issuer {
    fn from(name: DistinguishedName) -> Self {
        Self { name, certificate: None }
    }
}

impl Serialize for Issuer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let der = self.certificate.as_deref().unwrap_or_else(|| self.name.der());
        serializer.serialize_str(&BASE64.encode(der))
    }
}

impl<'de> Deserialize<'de> for Issuer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let der = BASE64.decode(text.as_bytes()).map_err(serde::de::Error::custom)?;
        Ok(Self::certified(&der).unwrap_or_else(|| Self::named(&der)))
    }
}

/// Decodes the base64 of an EST body, with or without line breaks.
pub(crate) fn base64_body(body: &[u8]) -> Result<Vec<u8>, Transport> {
    let compact: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(&compact).map_err(|_| Transport::AnswerUnknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_kept_as_base64_and_compares_as_a_name() {
        // CN=CA, once as a PrintableString and once as a UTF8String in small letters.
        let name = |tag: u8, text: &[u8]| [&[0x30, 13, 0x31, 11, 0x30, 9, 6, 3, 0x55, 4, 3, tag, 2], text].concat();
        let issuer = Issuer::named(&name(0x13, b"CA"));
        let kept = serde_json::to_string(&issuer).unwrap();
        assert_eq!(kept, format!("\"{}\"", BASE64.encode(&name(0x13, b"CA"))));
        assert_eq!(serde_json::from_str::<Issuer>(&kept).unwrap(), issuer);
        assert!(issuer.is(&DistinguishedName::of(&name(0x0c, b"ca"))));
        assert!(!issuer.is(&DistinguishedName::of(&name(0x0c, b"cb"))));
        assert!(serde_json::from_str::<Issuer>("\"no base64\"").is_err());
    }
}
