//! Certificate stores behind one trait, and private keys that sign for TLS without leaving their store.
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
mod certification_request;
mod chain;
mod deletion;
mod directory_string;
mod distinguished_name;
mod ecdsa_signature;
mod error;
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
pub use certification_request::{certification_request, renewal_request};
pub use chain::{Authorities, Chains, may_have_issued};
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

/// A store of client certificates and their private keys.
pub trait CertificateStore: Send + Sync + std::fmt::Debug {
    /// Returns where the store is, for logs and details: a path or a token's label.
    fn description(&self) -> String;

    /// Returns how a key made by [`Self::generate`] is protected.
    fn protection(&self) -> Protection;

    /// Returns every end-entity certificate whose key is or was in this store, and every certificate that cannot be
    /// read. Never prompts.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Locked`].
    fn contents(&self) -> Result<Contents, StoreError>;

    /// Returns the certificates of [`Self::contents`] that can be read.
    ///
    /// # Errors
    /// As [`Self::contents`].
    fn certificates(&self) -> Result<Vec<StoredCertificate>, StoreError> {
        Ok(self.contents()?.certificates)
    }

    /// Returns one certificate of [`Self::contents`] that can be read, as it is now. Never prompts. A store that can read it
    /// without the others does so.
    ///
    /// # Errors
    /// [`StoreError::CertificateNotFound`]; as [`Self::contents`].
    fn certificate(&self, id: &CertificateId) -> Result<StoredCertificate, StoreError> {
        let found = self.certificates()?.into_iter().find(|certificate| certificate.id == *id);
        found.ok_or(StoreError::CertificateNotFound)
    }

    /// Returns the CA certificates of this store, as DER. Never prompts. Some stores keep no CA certificates.
    ///
    /// # Errors
    /// As [`Self::contents`].
    fn authorities(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        Ok(Vec::new())
    }

    /// Makes a key that cannot be exported, under `name`. `label` is what a user sees of the key until there is a
    /// certificate. If an earlier call with the same name was interrupted, its key is returned if it is complete, and
    /// deleted if it is not. However often this call is interrupted and repeated, there is one key.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if the store cannot make such a key. Nothing is left then, unless the token was removed
    /// meanwhile ([`StoreError::TokenRemoved`]).
    fn generate_named(
        &self,
        algorithm: KeyAlgorithm,
        name: &KeyName,
        label: &str,
    ) -> Result<Arc<dyn PrivateKey>, StoreError>;

    /// Makes a key as [`Self::generate_named`] does, under a random name.
    ///
    /// # Errors
    /// As [`Self::generate_named`].
    fn generate(&self, algorithm: KeyAlgorithm, label: &str) -> Result<Arc<dyn PrivateKey>, StoreError> {
        self.generate_named(algorithm, &KeyName::fresh()?, label)
    }

    /// Deletes the key that [`Self::generate_named`] left under `name`, complete or not. Succeeds if there is none.
    /// This is for a key for which no certificate was ever requested.
    ///
    /// # Errors
    /// [`StoreError::DeletionIncomplete`]; [`StoreError::Refused`] if a certificate uses the key.
    fn abandon(&self, name: &KeyName) -> Result<(), StoreError>;

    /// Returns the key of that identity, for instance to continue an interrupted acquisition.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`].
    fn key(&self, id: &KeyId) -> Result<Arc<dyn PrivateKey>, StoreError>;

    /// Installs `certificate` beside its key, under the name by which the user knows it.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`], [`StoreError::AlreadyInstalled`], [`StoreError::NotACertificate`];
    /// [`StoreError::SerialNumberTaken`] if the store cannot keep it beside another one. The store is then unchanged.
    fn install(&self, certificate: &[u8], name: &str) -> Result<CertificateId, StoreError>;

    /// Imports a key and its certificate, under the name by which the user knows them. The key cannot be exported
    /// again, if the store can prevent that. The CA certificates of the chain are imported if the store keeps such
    /// certificates.
    ///
    /// # Errors
    /// [`StoreError::AlreadyInstalled`]; [`StoreError::SerialNumberTaken`] as for [`Self::install`];
    /// [`StoreError::KeyUnsupported`] for a kind of key with which Inkan cannot sign; [`StoreError::ImportUnsupported`]
    /// if the store imports no such key; [`StoreError::Refused`]. The store is then unchanged.
    fn import(&self, identity: &Identity, name: &str) -> Result<CertificateId, StoreError>;

    /// Opens the key of a certificate for signing.
    ///
    /// # Errors
    /// [`StoreError::CertificateNotFound`], [`StoreError::KeyMissing`].
    fn certificate_key(&self, id: &CertificateId) -> Result<Arc<dyn PrivateKey>, StoreError>;

    /// Deletes the key, then the certificate, then reads the store again to verify that both are gone. A key that
    /// another certificate uses is kept, and the result names that certificate. A certificate that cannot be read is
    /// deleted in the same way.
    ///
    /// # Errors
    /// [`StoreError::CertificateNotFound`]; [`StoreError::DeletionIncomplete`] names what is left.
    fn delete(&self, id: &CertificateId) -> Result<Deletion, StoreError>;

    /// Deletes a key that has no certificate. Succeeds if there is no such key.
    ///
    /// # Errors
    /// [`StoreError::DeletionIncomplete`]; [`StoreError::Refused`] if a certificate uses the key.
    fn delete_key(&self, id: &KeyId) -> Result<(), StoreError>;

    /// Returns the keys that no certificate uses.
    ///
    /// # Errors
    /// As [`Self::contents`].
    fn orphan_keys(&self) -> Result<Vec<KeyId>, StoreError>;
}

/// Opens the store at `location`. The user's own store of this system is created if it does not exist. A database is
/// created in an empty folder. A folder that does not exist is refused.
///
/// A PKCS#11 module has its tokens and locks once per process, so opening the same store again returns the same one.
/// Only one NSS database can be open in a process.
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
/// As [`open`].
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

/// Checks whether the store at `location` can be opened, in a process that may have another NSS database open. Of a
/// second database, only the folder and its files are examined.
///
/// # Errors
/// As [`open`].
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
