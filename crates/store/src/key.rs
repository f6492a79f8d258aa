use serde::{Deserialize, Serialize};

use crate::StoreError;

pub use rustls::SignatureScheme;

/// The identity of a key pair, which is the same in every store: SHA-256 of its SubjectPublicKeyInfo (RFC 5280
/// §4.1.2.7), in hex.
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

/// How a private key is protected against copying. If this is in doubt, the weaker protection is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// A TPM, a Secure Enclave or a card keeps the key. The key cannot leave the device.
    Hardware,
    /// The operating system refuses to export the key.
    Os,
    /// A file keeps the key without further protection: NSS returns even a non-extractable key by other calls.
    File,
}

/// A private key that stays in its store.
pub trait PrivateKey: Send + Sync + std::fmt::Debug {
    /// Returns the identity of the key pair.
    fn id(&self) -> &KeyId;

    /// Returns the DER of the SubjectPublicKeyInfo.
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
