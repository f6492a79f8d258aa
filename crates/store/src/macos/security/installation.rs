use security_framework::certificate::SecCertificate;

use super::attributes::Attributes;
use super::items::certificates;
use super::key_label::key_label;
use super::keychain::Keychain;
use super::keys::{KeyPair, key_pair};
use super::{constants, framework};
use crate::certificate::parse;
use crate::macos::status::Failure;
use crate::public_key::PublicKey;
use crate::{CertificateId, StoreError};

const INSTALL: &str = "install a certificate";

/// Adds `certificate` to the keychain of its key, and labels both with the name.
pub(super) fn install(certificate: &[u8], name: &str) -> Result<CertificateId, StoreError> {
    let parsed = parse(certificate)?;
    // The keychain takes a certificate twice, once for each file.
    if certificates().map_err(Failure::reading)?.iter().any(|item| item.der == certificate) {
        return Err(StoreError::AlreadyInstalled(None));
    }
    let public_key = PublicKey::of(parsed.public_key());
    let pair = key_pair(&public_key).map_err(Failure::reading)?;
    let keychain = pair.private.first().ok_or(StoreError::KeyMissing(None))?.keychain;
    add_certificate(keychain, certificate).map_err(|failure| failure.during(INSTALL))?;
    name_certificate(certificate, name);
    name_keys(&pair, name);
    Ok(CertificateId::of(certificate))
}

/// Labels both halves with the name of their certificate. The label shows that this program made the key.
pub(super) fn name_keys(pair: &KeyPair, name: &str) {
    for key in pair.private.iter().chain(&pair.public) {
        if let Err(failure) = key.keychain.label(constants::class_key(), &key.reference, &key_label(name)) {
            tracing::warn!(number = failure.number(), "the label of the key cannot be changed");
        }
    }
}

/// Adds one certificate, without a name of its own.
pub(super) fn add_certificate(keychain: Keychain, der: &[u8]) -> Result<(), Failure> {
    let reference = SecCertificate::from_der(der).map_err(framework::status_failure)?;
    let attributes =
        Attributes::of_class(constants::class_certificate()).with(constants::value_reference(), &reference);
    keychain.add(attributes)
}

/// Labels a certificate. `SecItemAdd` labels it with its subject. A failure is only logged, since the label is only
/// shown.
pub(super) fn name_certificate(der: &[u8], name: &str) {
    let items = certificates().unwrap_or_default();
    for item in items.iter().filter(|item| item.der == der) {
        if let Err(failure) = item.keychain.label(constants::class_certificate(), &item.reference, name) {
            tracing::warn!(number = failure.number(), "the label of the certificate cannot be changed");
        }
    }
}
