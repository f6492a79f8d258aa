use thiserror::Error;

use crate::{CertificateId, Refusal, SystemError, Unavailable};

/// The bytes are not an X.509 certificate.
#[derive(Debug, Error)]
#[error("not an X.509 certificate")]
pub struct NotACertificate;

impl StoreError {
    pub(crate) fn refused(operation: &'static str, source: impl Into<Refusal>) -> Self {
        Self::Refused { operation, source: source.into() }
    }

    /// Returns what the operating system or one of its libraries returned, if one of their calls failed.
    pub fn system(&self) -> Option<&SystemError> {
        match self {
            Self::Unavailable(cause) => cause.system(),
            Self::Locked(source)
            | Self::WrongPin(source)
            | Self::PinLocked(source)
            | Self::TokenRemoved(source)
            | Self::WriteProtected(source)
            | Self::Denied(source)
            | Self::KeyMissing(source)
            | Self::AlreadyInstalled(source) => source.as_ref(),
            Self::Refused { source, .. } | Self::ImportUnsupported(source) => source.system(),
            Self::Unsupported(_)
            | Self::CertificateNotFound
            | Self::KeyUnsupported { .. }
            | Self::SerialNumberTaken { .. }
            | Self::KeyMismatch
            | Self::NotACertificate(_)
            | Self::DeletionIncomplete { .. } => None,
        }
    }
}

/// Why a store did not do what was asked, by cause. If a call of the system or of one of its libraries failed, the error
/// holds what that call returned.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The library, the directory or the token cannot be opened.
    #[error("the certificate store cannot be opened: {0}")]
    Unavailable(#[from] Unavailable),
    /// The store needs a PIN, and none was given.
    #[error("the certificate store asks for a PIN")]
    Locked(#[source] Option<SystemError>),
    /// The PIN was wrong.
    #[error("the PIN is wrong")]
    WrongPin(#[source] Option<SystemError>),
    /// Too many wrong PINs were given. A card accepts no PIN until its issuer unlocks it, a TPM for some time.
    #[error("the PIN is locked")]
    PinLocked(#[source] Option<SystemError>),
    /// The token with the key is no longer connected.
    #[error("the token was removed")]
    TokenRemoved(#[source] Option<SystemError>),
    /// The token is write-protected.
    #[error("the token is write-protected")]
    WriteProtected(#[source] Option<SystemError>),
    /// The person, or the operating system, refused the use of the key.
    #[error("the use of the key was refused")]
    Denied(#[source] Option<SystemError>),
    /// There is no backend for such a location on this system.
    #[error("this system has no backend for the certificate store {0}")]
    Unsupported(String),
    /// The store refused one operation.
    #[error("the store refused to {operation}: {source}")]
    Refused {
        /// What the store was to do, as an infinitive such as `generate a key`.
        operation: &'static str,
        /// The cause.
        source: Refusal,
    },
    /// The store has no certificate of that identity.
    #[error("the certificate is not in the store")]
    CertificateNotFound,
    /// The store has no private key of that identity, or none for that certificate.
    #[error("the private key is not in the store")]
    KeyMissing(#[source] Option<SystemError>),
    /// Inkan cannot sign with a key of this kind.
    #[error("Inkan cannot sign with a key of the kind {kind}")]
    KeyUnsupported {
        /// The usual name of the kind.
        kind: String,
    },
    /// The store has a certificate with the same DER already.
    #[error("the certificate is in the store already")]
    AlreadyInstalled(#[source] Option<SystemError>),
    /// The store has another certificate with the same issuer and serial number, of which it keeps only one (RFC 5280
    /// §4.1.2.2).
    #[error("the certificate {by} has the same issuer and serial number")]
    SerialNumberTaken {
        /// The other certificate in the store.
        by: CertificateId,
    },
    /// The private key does not belong to the certificate.
    #[error("the certificate belongs to another key")]
    KeyMismatch,
    /// The store imports no keys, or no keys of this kind.
    #[error("the store does not import such a key: {0}")]
    ImportUnsupported(#[source] Refusal),
    /// The bytes do not parse as a certificate.
    #[error(transparent)]
    NotACertificate(#[from] NotACertificate),
    /// When the store was read again after a deletion, something was still in it.
    #[error("still in the store after the deletion: {left}")]
    DeletionIncomplete {
        /// The names of the things that are left.
        left: String,
    },
}
