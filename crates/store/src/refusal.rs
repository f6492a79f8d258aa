use der::asn1::ObjectIdentifier;
use rustls::SignatureScheme;
use thiserror::Error;

use crate::{CertificateId, SystemError};

/// Why a store refused an operation or the import of a key.
#[derive(Debug, Error)]
pub enum Refusal {
    /// A call of the store failed, with the system's own number.
    #[error(transparent)]
    System(#[from] SystemError),
    /// A certificate uses the key that was to be deleted.
    #[error("the certificate {0} uses the key")]
    UsedBy(CertificateId),
    /// The key does not have this signature scheme.
    #[error("the key does not sign with {0:?}")]
    Scheme(SignatureScheme),
    /// No certification request can be signed with a key of this kind.
    #[error("this kind of key has no signature algorithm for requests")]
    NoScheme,
    /// The request cannot be encoded.
    #[error("the request cannot be made: {0}")]
    Request(#[from] rcgen::Error),
    /// The public key cannot be read.
    #[error("the public key cannot be read: {0}")]
    PublicKey(#[from] x509_parser::nom::Err<x509_parser::error::X509Error>),
    /// The private key cannot be read.
    #[error(transparent)]
    KeyForm(#[from] KeyForm),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    NoRandomNumbers,
}

impl Refusal {
    /// Returns what the system returned, if a call of the system failed.
    pub fn system(&self) -> Option<&SystemError> {
        match self {
            Self::System(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the system's own number as text, if a call of the system failed.
    pub fn number(&self) -> Option<String> {
        self.system().map(SystemError::number)
    }
}

impl From<cryptoki::error::Error> for Refusal {
    fn from(error: cryptoki::error::Error) -> Self {
        Self::System(error.into())
    }
}

/// Why the parts of a private key that a store needs cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyForm {
    /// The PKCS#8, or the key in it, does not have the form that its algorithm requires.
    #[error("the key is damaged: {0}")]
    Damaged(der::Error),
    /// The algorithm has no TLS signature scheme.
    #[error("Inkan cannot sign with the algorithm {0}")]
    Algorithm(ObjectIdentifier),
    /// Inkan cannot sign for TLS with a key on that curve.
    #[error("Inkan cannot sign on the curve {0}")]
    Curve(ObjectIdentifier),
    /// The key does not name its curve.
    #[error("the key does not name its curve")]
    NoCurve,
    /// The private number is too long for its curve.
    #[error("the private number is too long for its curve")]
    TooLong,
    /// The key is of another kind than its certificate.
    #[error("the key is of another kind than its certificate")]
    OtherKind,
}

impl From<der::Error> for KeyForm {
    fn from(error: der::Error) -> Self {
        Self::Damaged(error)
    }
}
