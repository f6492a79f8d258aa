//! Certificate stores behind one trait, and keys that sign for TLS without leaving them.
//!
//! [`open`] gives the store that a [`Location`] names. Listing never prompts; using a key may. Every call blocks, for
//! minutes where somebody must type a PIN: call from a thread that may wait, never from an async worker.
//!
//! cryptoki logs an error for each mechanism of a token that it does not know, under the target `cryptoki::mechanism`:
//! harmless, and for programs to filter.

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

/// A place where client certificates and their keys live.
pub trait CertificateStore: Send + Sync + std::fmt::Debug {
    /// Where it is, in words for logs and details: a path or a token's label.
    fn description(&self) -> String;

    /// How a key that [`Self::generate`] makes is protected.
    fn protection(&self) -> Protection;

    /// Every end-entity certificate whose key is or once was here, and what cannot be read as one; silent.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Locked`].
    fn contents(&self) -> Result<Contents, StoreError>;

    /// The certificates of [`Self::contents`] that can be read.
    ///
    /// # Errors
    /// As [`Self::contents`].
    fn certificates(&self) -> Result<Vec<StoredCertificate>, StoreError> {
        Ok(self.contents()?.certificates)
    }

    /// Returns one certificate of [`Self::contents`] that can be read, as it is now; silent. A store that need not read the
    /// others for it does not.
    ///
    /// # Errors
    /// [`StoreError::CertificateNotFound`]; as [`Self::contents`].
    fn certificate(&self, id: &CertificateId) -> Result<StoredCertificate, StoreError> {
        let found = self.certificates()?.into_iter().find(|certificate| certificate.id == *id);
        found.ok_or(StoreError::CertificateNotFound)
    }

    /// CA certificates that lie here beside the others, as DER; silent. A store that keeps none has none to give.
    ///
    /// # Errors
    /// As [`Self::contents`].
    fn authorities(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        Ok(Vec::new())
    }

    /// Makes a key that its store does not hand out, and keeps it there under `name`; `label` is what a person sees of
    /// it until a certificate comes. Where an earlier call under the same name was cut, its key is given back if it is
    /// whole, and cleared away if it is not: however often this is cut and asked again, there is one key.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where the store cannot make such a key; nothing is left then, unless the token went away
    /// meanwhile ([`StoreError::TokenRemoved`]).
    fn generate_named(
        &self,
        algorithm: KeyAlgorithm,
        name: &KeyName,
        label: &str,
    ) -> Result<Arc<dyn PrivateKey>, StoreError>;

    /// As [`Self::generate_named`], under a name that nobody keeps.
    ///
    /// # Errors
    /// As [`Self::generate_named`].
    fn generate(&self, algorithm: KeyAlgorithm, label: &str) -> Result<Arc<dyn PrivateKey>, StoreError> {
        self.generate_named(algorithm, &KeyName::fresh()?, label)
    }

    /// Deletes whatever [`Self::generate_named`] left under `name`, whole or not; nothing there is success. For a key
    /// that was never asked a certificate for.
    ///
    /// # Errors
    /// [`StoreError::DeletionIncomplete`]; [`StoreError::Refused`] where a certificate uses the key.
    fn abandon(&self, name: &KeyName) -> Result<(), StoreError>;

    /// The key of that identity, for instance to go on with an interrupted acquisition.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`].
    fn key(&self, id: &KeyId) -> Result<Arc<dyn PrivateKey>, StoreError>;

    /// Puts `certificate` beside the key it belongs to, under the name a person would give it.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`], [`StoreError::AlreadyInstalled`], [`StoreError::NotACertificate`];
    /// [`StoreError::SerialNumberTaken`] where the store can keep no such certificate beside another. The store is then
    /// as it was.
    fn install(&self, certificate: &[u8], name: &str) -> Result<CertificateId, StoreError>;

    /// Puts a key from outside and its certificate into the store, under the name a person would give them. The store
    /// does not hand the key out again, if it is one that can keep a key. The chain's authorities go in where the store
    /// has a place for them.
    ///
    /// # Errors
    /// [`StoreError::AlreadyInstalled`]; [`StoreError::SerialNumberTaken`] as for [`Self::install`];
    /// [`StoreError::KeyUnsupported`] for a kind of key that signs nowhere here;
    /// [`StoreError::ImportUnsupported`] where the store takes no such key from
    /// outside; [`StoreError::Refused`]. The store is then as it was.
    fn import(&self, identity: &Identity, name: &str) -> Result<CertificateId, StoreError>;

    /// Opens the key of a certificate for signing.
    ///
    /// # Errors
    /// [`StoreError::CertificateNotFound`], [`StoreError::KeyMissing`].
    fn certificate_key(&self, id: &CertificateId) -> Result<Arc<dyn PrivateKey>, StoreError>;

    /// Deletes the key, then the certificate, then reads the store again to prove that both are gone. A key that
    /// another certificate uses stays, and that certificate is named in the answer. A certificate that cannot be read is
    /// deleted in the same way.
    ///
    /// # Errors
    /// [`StoreError::CertificateNotFound`]; [`StoreError::DeletionIncomplete`] names what is still there.
    fn delete(&self, id: &CertificateId) -> Result<Deletion, StoreError>;

    /// Deletes a key that has no certificate; not there is success.
    ///
    /// # Errors
    /// [`StoreError::DeletionIncomplete`]; [`StoreError::Refused`] where a certificate uses the key.
    fn delete_key(&self, id: &KeyId) -> Result<(), StoreError>;

    /// Keys that no certificate uses.
    ///
    /// # Errors
    /// As [`Self::contents`].
    fn orphan_keys(&self) -> Result<Vec<KeyId>, StoreError>;
}

/// Opens the store at `location`. The user's own store of this system is made where it does not exist yet, and a database
/// in an empty folder; a folder that does not exist is refused.
///
/// A PKCS#11 module has its tokens and its locks once for the whole process: opening the same store again gives the
/// same one. Only one NSS database can be open in a process.
///
/// # Errors
/// [`StoreError::Unavailable`], [`StoreError::Unsupported`].
pub fn open(location: &Location) -> Result<Arc<dyn CertificateStore>, StoreError> {
    open_with(location, None)
}

/// As [`open`], with somebody to ask where the store wants a PIN. Without, it answers [`StoreError::Locked`].
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

/// Tries whether the store at `location` can be opened, in a process that may have another NSS database open: of a second
/// one only the folder and its files are examined.
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
