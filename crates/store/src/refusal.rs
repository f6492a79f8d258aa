use der::asn1::ObjectIdentifier;
use rustls::SignatureScheme;
use thiserror::Error;

use crate::{CertificateId, SystemError};

/// Why a store did not do one operation, or takes no key from outside, by cause.
#[derive(Debug, Error)]
pub enum Refusal {
    /// The store itself refused, by its own number.
    #[error(transparent)]
    System(#[from] SystemError),
    /// A certificate uses the key that was to be deleted.
    #[error("the certificate {0} uses it")]
    UsedBy(CertificateId),
    /// The key does not sign in this way.
    #[error("not with {0:?}")]
    Scheme(SignatureScheme),
    /// The key signs in no way in which a request can be signed.
    #[error("no signature algorithm for this kind of key")]
    NoScheme,
    /// The request cannot be put together.
    #[error("the request cannot be made: {0}")]
    Request(#[from] rcgen::Error),
    /// The public key cannot be read.
    #[error("the public key cannot be read: {0}")]
    PublicKey(#[from] x509_parser::nom::Err<x509_parser::error::X509Error>),
    /// The private key cannot be taken apart.
    #[error(transparent)]
    KeyForm(#[from] KeyForm),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    NoRandomNumbers,
}

impl Refusal {
    /// Returns what the system said, if the system refused.
    pub fn system(&self) -> Option<&SystemError> {
        match self {
            Self::System(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the system's own number as text, if the system refused.
    pub fn number(&self) -> Option<String> {
        self.system().map(SystemError::number)
    }
}

impl From<cryptoki::error::Error> for Refusal {
    fn from(error: cryptoki::error::Error) -> Self {
        Self::System(error.into())
    }
}

/// Why a private key cannot be taken apart, as far as a store needs that.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyForm {
    /// It is not the PKCS#8, or what is inside it, that its algorithm has.
    #[error("the key is damaged: {0}")]
    Damaged(der::Error),
    /// No TLS signature can be made with a key of that algorithm.
    #[error("the algorithm {0}")]
    Algorithm(ObjectIdentifier),
    /// No TLS signature can be made here with a key on that curve.
    #[error("the curve {0}")]
    Curve(ObjectIdentifier),
    /// It has no named curve.
    #[error("no named curve")]
    NoCurve,
    /// The private number is too long for its curve.
    #[error("a private number too long for its curve")]
    TooLong,
    /// It is of another kind than its certificate.
    #[error("of another kind than its certificate")]
    OtherKind,
}

impl From<der::Error> for KeyForm {
    fn from(error: der::Error) -> Self {
        Self::Damaged(error)
    }
}
