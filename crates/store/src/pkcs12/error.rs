use thiserror::Error;

use crate::CertificateFault;

/// Why nothing came out of a PKCS#12 file, by cause.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Pkcs12Error {
    /// The integrity check or a decryption failed. A wrong password and a changed byte cannot be told apart.
    #[error("the password is wrong, or the file is damaged")]
    PasswordWrong,
    /// The integrity check proves the password, and nothing that it encodes to decrypts the contents.
    #[error("the password is right, and is encoded in an unknown way")]
    PasswordEncoding,
    /// Anything else than a whole PFX (RFC 7292 §4).
    #[error("not a PKCS#12 file")]
    NotPkcs12,
    /// A file without a MAC: nothing shows that it is as it was made.
    #[error("the file has no integrity check")]
    Unprotected,
    /// An algorithm that is not known here, or a public key in the place of a password.
    #[error("encrypted with {algorithm}")]
    EncryptionUnknown {
        /// The OID.
        algorithm: String,
    },
    /// A key derivation that would take longer than any honest file needs.
    #[error("{iterations} iterations, more than {limit}")]
    TooManyIterations {
        /// What the file asks for.
        iterations: u64,
        /// What is accepted.
        limit: u64,
    },
    /// Larger, with more in it, or nested deeper than any honest file.
    #[error("too large or nested too deep")]
    TooLarge,
    /// No private key in it.
    #[error("no private key")]
    NoKey,
    /// Private keys, and no certificate.
    #[error("{keys} private keys without a certificate")]
    NoCertificate {
        /// How many.
        keys: usize,
    },
    /// The certificate for its key, or each that may be for it, cannot be read.
    #[error("the certificate cannot be read: {fault:?}")]
    CertificateUnreadable {
        /// What is wrong with it.
        fault: CertificateFault,
        /// The first and the last moment of validity as it has them.
        dates: Option<[String; 2]>,
    },
    /// No certificate in it is for its key.
    #[error("key and certificate do not match")]
    KeyMismatch,
}
