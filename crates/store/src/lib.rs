//! Opens certificate stores behind one trait. Their private keys sign for TLS without leaving the store.
//!
//! [`open`] opens the store that a [`Location`] names. Listing never prompts; using a key may. Every call blocks, for
//! minutes if the user must type a PIN. Call it from a thread that may wait, never from an async worker.
//!
//! cryptoki logs an error for each mechanism of a token that it does not know, under the target `cryptoki::mechanism`.
//! These errors are harmless, and programs should filter them.

mod alternative_name;
mod asn1_time;
mod certificate;
mod certificate_id;
mod certificate_parts;
mod certificate_store;
mod certification_request;
mod chain;
mod deletion;
mod directory_string;
mod distinguished_name;
mod ecdsa_signature;
mod error;
mod extension;
mod file_format;
mod identity;
mod key;
mod key_kind;
mod key_material;
mod key_name;
mod location;
#[cfg(any(target_os = "macos", all(test, not(windows))))]
mod macos;
mod pin;
mod pkcs11;
mod pkcs12;
mod public_key;
mod purpose;
mod refusal;
mod return_value;
mod serial_number;
mod system_error;
mod tls;
mod unavailable;
mod unreadable;
mod unusual_dates;
#[cfg(windows)]
mod windows;

pub use certificate::StoredCertificate;
pub use certificate_id::CertificateId;
pub use certificate_parts::same_serial_number;
pub use certificate_store::CertificateStore;
pub use certification_request::{certification_request, renewal_request};
pub use chain::{Authorities, Chains, is_signed_by, may_have_issued};
pub use deletion::{DeletedKey, Deletion};
pub use distinguished_name::DistinguishedName;
pub use error::{NotACertificate, StoreError};
pub use file_format::{FileKind, NoCertificates, certificates_in, pkcs12_in, recognise};
pub use identity::Identity;
pub use key::{KeyAlgorithm, KeyId, PrivateKey, Protection, SignatureScheme};
pub use key_kind::{Curve, KeyKind, PointForm, SUPPORTED_KEY_KINDS};
pub use key_name::{KeyName, NotAKeyName};
pub use location::{Location, LocationError};
pub use pin::{PinQuestion, PinSource, TriesLeft};
pub use pkcs12::{MAX_PKCS12_BYTES, Pkcs12Entry, Pkcs12Error, decode_pkcs12, decode_unprotected_pkcs12};
pub use purpose::Purpose;
pub use refusal::{KeyForm, Refusal};
pub use system_error::{SystemCode, SystemError};
pub use tls::{client_certificate, protocol_versions, signing_failure};
pub use unavailable::Unavailable;
pub use unreadable::{CertificateFault, Contents, UnreadableCertificate};
#[cfg(windows)]
pub use windows::set_owner_window;

use std::sync::Arc;

/// Opens the store at `location`. The user's own store of this system is created if it does not exist. A database is
/// created in an empty folder. A folder that does not exist is refused.
///
/// A PKCS#11 module has its tokens and logins once per process. So a store that is opened again is the same store. Only
/// one NSS database can be open in a process.
///
/// # Errors
/// [`StoreError::Unavailable`], [`StoreError::Unsupported`].
pub fn open(location: &Location) -> Result<Arc<dyn CertificateStore>, StoreError> {
    open_with(location, None)
}

/// Opens a store as [`open`] does, with a source for the PIN that the store may ask for. Without a source, such a call
/// fails with [`StoreError::Locked`].
///
/// # Errors
/// The errors of [`open`].
pub fn open_with(
    location: &Location,
    pin: Option<Arc<dyn PinSource>>,
) -> Result<Arc<dyn CertificateStore>, StoreError> {
    match location {
        Location::Native => open_native(pin),
        Location::Nss(directory) => pkcs11::open_nss(directory, false, pin),
        Location::Pkcs11 { module, token } => pkcs11::open_token(module, token.as_deref(), pin),
    }
}

/// Checks whether the store at `location` can be opened, in a process that may have another NSS database open. If
/// another database is open, only the folder and its files are examined.
///
/// # Errors
/// The errors of [`open`].
pub fn check(location: &Location) -> Result<(), StoreError> {
    match open(location) {
        Err(StoreError::Unavailable(Unavailable::OtherDatabaseOpen(_))) => Ok(()),
        opened => opened.map(|_| ()),
    }
}

#[cfg(target_os = "linux")]
fn open_native(pin: Option<Arc<dyn PinSource>>) -> Result<Arc<dyn CertificateStore>, StoreError> {
    pkcs11::open_nss(&pkcs11::native_directory()?, true, pin)
}

#[cfg(target_os = "macos")]
fn open_native(_pin: Option<Arc<dyn PinSource>>) -> Result<Arc<dyn CertificateStore>, StoreError> {
    Ok(macos::open())
}

#[cfg(windows)]
fn open_native(_pin: Option<Arc<dyn PinSource>>) -> Result<Arc<dyn CertificateStore>, StoreError> {
    Ok(windows::open())
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn open_native(_pin: Option<Arc<dyn PinSource>>) -> Result<Arc<dyn CertificateStore>, StoreError> {
    Err(StoreError::Unsupported("native".to_owned()))
}
