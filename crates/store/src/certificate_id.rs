use std::fmt;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The identity of a certificate: SHA-256 of its DER, in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct CertificateId(pub String);

impl CertificateId {
    /// Returns the identity of the certificate with this DER.
    pub fn of(der: &[u8]) -> Self {
        Self(HEXLOWER.encode(&Sha256::digest(der)))
    }
}

impl fmt::Display for CertificateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
