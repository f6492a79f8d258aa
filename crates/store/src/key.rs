use serde::{Deserialize, Serialize};

use crate::StoreError;

pub use rustls::SignatureScheme;

/// A key pair's identity across stores: SHA-256 of its SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), in hex.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct KeyId(pub String);

/// The kinds of key that banks accept and stores make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum KeyAlgorithm {
    /// ECDSA on NIST P-256.
    #[default]
    EcP256,
    /// RSA with a modulus of 2048 bits.
    Rsa2048,
}

/// What keeps a private key from being copied. It is never reported as better than it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// A TPM, a Secure Enclave or a card: the key cannot leave the device.
    Hardware,
    /// The operating system refuses to export it.
    Os,
    /// A file keeps it, and no more: NSS gives out a non-extractable key by other calls.
    File,
}

/// A private key that stays in its store.
pub trait PrivateKey: Send + Sync + std::fmt::Debug {
    /// The key pair's identity.
    fn id(&self) -> &KeyId;

    /// DER of the SubjectPublicKeyInfo.
    fn public_key(&self) -> &[u8];

    /// Returns the signature schemes of the key, the best first, as TLS names them (RFC 8446 §4.2.3).
    fn schemes(&self) -> &[SignatureScheme];

    /// Signs `message` (not its digest). Returns an ECDSA signature as DER (RFC 3279 §2.2.3). Blocks, and may ask the
    /// user for a PIN.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`], [`StoreError::Refused`], [`StoreError::Locked`].
    fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, StoreError>;
}
