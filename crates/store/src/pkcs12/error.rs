use der::asn1::ObjectIdentifier;
use thiserror::Error;

use crate::CertificateFault;

/// Why a PKCS#12 file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Pkcs12Error {
    /// The integrity check or a decryption failed. A wrong password and a changed byte cause the same error.
    #[error("the password is wrong, or the file is damaged")]
    PasswordWrong,
    /// The integrity check proves the password, but none of its encodings decrypts the contents.
    #[error("the password is right, and is encoded in an unknown way")]
    PasswordEncoding,
    /// The file is not a complete PFX (RFC 7292 §4).
    #[error("not a PKCS#12 file")]
    NotPkcs12,
    /// The file has no MAC, so nothing proves that it is unchanged.
    #[error("the file has no integrity check")]
    Unprotected,
    /// The algorithm is not known here, or the file is encrypted for a public key and not with a password.
    #[error("unknown encryption {algorithm}")]
    EncryptionUnknown {
        /// The OID of the algorithm.
        algorithm: String,
    },
    /// The key derivation would take longer than that of any valid file.
    #[error("{iterations} iterations, more than {limit}")]
    TooManyIterations {
        /// The number of iterations in the file.
        iterations: u64,
        /// The greatest number of iterations that is accepted.
        limit: u64,
    },
    /// The file is larger, has more parts, or is nested deeper than any valid file.
    #[error("too large or nested too deep")]
    TooLarge,
    /// The file has no private key.
    #[error("no private key")]
    NoKey,
    /// The file has private keys but no certificate.
    #[error("{keys} private keys without a certificate")]
    NoCertificate {
        /// The number of private keys.
        keys: usize,
    },
    /// No certificate that may belong to the key can be read.
    #[error("the certificate cannot be read: {fault:?}")]
    CertificateUnreadable {
        /// Why the certificate cannot be read.
        fault: CertificateFault,
        /// The first and the last moment of validity, as the certificate writes them.
        dates: Option<[String; 2]>,
    },
    /// No certificate in the file belongs to its key.
    #[error("key and certificate do not match")]
    KeyMismatch,
}

impl Pkcs12Error {
    /// Returns the error for an algorithm that is not known here.
    pub(super) fn unknown(algorithm: ObjectIdentifier) -> Self {
        Self::EncryptionUnknown { algorithm: algorithm.to_string() }
    }
}
