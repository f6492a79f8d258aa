use inkan_protocol::certs_only;
use serde::{Deserialize, Serialize};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::Transport;

/// A CA that issues a bank's client certificates, known by the DER of its name in base64 (RFC 5280 §4.1.2.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Issuer(String);

impl Issuer {
    /// From the certs-only message of EST `cacerts`, in base64 as it travels (RFC 7030 §4.1.3).
    pub(crate) fn all_in(body: &[u8]) -> Result<Vec<Self>, Transport> {
        let message = base64_body(body)?;
        let certificates = certs_only::decode(&message).map_err(|_| Transport::AnswerUnknown)?;
        certificates
            .iter()
            .map(|der| {
                let (_, certificate) = X509Certificate::from_der(der).map_err(|_| Transport::AnswerUnknown)?;
                Ok(Self::named(certificate.subject().as_raw()))
            })
            .collect()
    }

    /// From the DER of its name, as a CertificateRequest holds it.
    pub(crate) fn named(der: &[u8]) -> Self {
        Self(encode(der))
    }

    /// In words, RFC 4514; none where it is no name.
    pub(crate) fn text(&self) -> Option<String> {
        let der = base64_body(self.0.as_bytes()).ok()?;
        inkan_store::name_text(&der)
    }

    /// Whether it issued the certificate that names `issuer_der` as its issuer.
    pub(crate) fn is(&self, issuer_der: &[u8]) -> bool {
        self.0 == encode(issuer_der)
    }
}

/// Decodes base64 with or without line breaks, as EST bodies come.
pub(crate) fn base64_body(body: &[u8]) -> Result<Vec<u8>, Transport> {
    use base64::Engine;
    let compact: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    base64::engine::general_purpose::STANDARD.decode(compact).map_err(|_| Transport::AnswerUnknown)
}

fn encode(der: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(der)
}
