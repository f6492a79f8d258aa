use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use specta::Type;
use thiserror::Error;
use time::OffsetDateTime;

use crate::{KeyId, Protection};

/// A certificate's identity: SHA-256 of its DER, in lower-case hex. Never a name, never a position.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct CertificateId(pub String);

impl CertificateId {
    /// Of the certificate with this DER.
    pub fn of(der: &[u8]) -> Self {
        Self(hex(&Sha256::digest(der)))
    }
}

impl std::fmt::Display for CertificateId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Bytes that are no X.509 certificate.
#[derive(Debug, Error)]
#[error("not an X.509 certificate")]
pub struct NotACertificate;

/// A certificate in a store, parsed once when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCertificate {
    /// SHA-256 of `der`.
    pub id: CertificateId,
    /// The certificate itself.
    pub der: Vec<u8>,
    /// Common name of the subject, or else the whole subject: what people tell certificates apart by (S1-2).
    pub name: String,
    /// The subject, RFC 4514.
    pub subject: String,
    /// The issuer, RFC 4514.
    pub issuer: String,
    /// DER of the issuer's name, to compare with what a server accepts.
    pub issuer_der: Vec<u8>,
    /// Serial number in lower-case hex.
    pub serial: String,
    /// First moment of validity.
    pub not_before: OffsetDateTime,
    /// Last moment of validity.
    pub not_after: OffsetDateTime,
    /// Whether the extended key usage allows TLS client authentication, or is absent (RFC 5280 §4.2.1.12).
    pub client_authentication: bool,
    /// Which key it belongs to.
    pub key_id: KeyId,
    /// `EC` or `RSA`, or the OID of anything else.
    pub key_algorithm: String,
    /// Size of the key in bits.
    pub key_bits: u32,
    /// How the private key is kept; none where it is not there.
    pub protection: Option<Protection>,
}
