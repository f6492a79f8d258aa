use std::sync::Arc;

use core_foundation::data::CFData;
use zeroize::Zeroizing;

use super::deletion::delete_pair;
use super::framework;
use super::installation::{add_certificate, name_certificate, name_keys};
use super::items::certificates;
use super::keychain::Keychain;
use super::keys::key_pair;
use crate::certificate::public_key_of;
use crate::macos::external_representation::private_key;
use crate::macos::intermediate::is_intermediate;
use crate::macos::status::{Cause, Failure};
use crate::public_key::PublicKey;
use crate::{CertificateId, Identity, NotACertificate, StoreError};

const IMPORT: &str = "import a certificate";

/// Imports the key, then the certificate, into the file keychain, each unless it is there already. If the certificate
/// fails, a key that was added is removed.
pub(super) fn import(identity: &Identity, name: &str) -> Result<CertificateId, StoreError> {
    let public_key = public_key_of(identity.certificate()).ok_or(NotACertificate)?;
    public_key.check_supported()?;
    let key = private_key(identity.key(), &public_key).map_err(|form| StoreError::ImportUnsupported(form.into()))?;
    let there = certificates().map_err(Failure::reading)?;
    let is_there = |der: &[u8]| there.iter().any(|item| item.der == der);
    let own = key_pair(&public_key).map_err(Failure::reading)?.private.first().map(|key| key.keychain);
    match own {
        Some(_) if is_there(identity.certificate()) => return Err(StoreError::AlreadyInstalled(None)),
        Some(_) => {}
        None => add_key(key).map_err(|failure| failure.during(IMPORT))?,
    }
    let keychain = own.unwrap_or(Keychain::File);
    if !is_there(identity.certificate()) {
        if let Err(failure) = add_certificate(keychain, identity.certificate()) {
            if own.is_none() {
                remove_key(&public_key);
            }
            return Err(failure.during(IMPORT));
        }
        name_certificate(identity.certificate(), name);
    }
    name_keys(&key_pair(&public_key).map_err(Failure::reading)?, name);
    for der in identity.chain().iter().filter(|der| !is_there(der) && is_intermediate(der)) {
        if let Err(failure) = add_certificate(keychain, der) {
            tracing::warn!(number = failure.number(), "the keychain refused a CA certificate of the chain");
        }
    }
    Ok(identity.id())
}

/// Adds a key to the default file keychain. `SecItemAdd` is not used: it gives the key a random label, so that no
/// certificate finds the key, and it makes the key exportable.
fn add_key(pem: Zeroizing<String>) -> Result<(), Failure> {
    // The data object refers to these bytes, and does not copy them: they are wiped when both are gone.
    match framework::import_key(&CFData::from_arc(Arc::new(pem))) {
        Err(failure) if failure.cause == Cause::Duplicate => Ok(()),
        outcome => outcome,
    }
}

fn remove_key(public_key: &PublicKey) {
    if let Err(failure) = delete_pair(public_key) {
        tracing::error!(number = failure.number(), "the key of a failed import is left in the keychain");
    }
}
