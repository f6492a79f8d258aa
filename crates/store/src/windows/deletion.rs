use schannel::cert_context::CertContext;

use super::container::Container;
use super::context::{commit, container};
use super::generation;
use super::handle::Handle;
use super::orphans::our_keys;
use super::status::{Result, unavailable};
use super::system_store::{self, PERSONAL};
use crate::{CertificateId, DeletedKey, Deletion, KeyId, Refusal, StoreError};

/// Deletes a certificate, and its key unless another certificate uses it, then verifies that they are gone.
pub(super) fn delete(id: &CertificateId) -> std::result::Result<Deletion, StoreError> {
    let certificate = system_store::find(&system_store::personal().map_err(unavailable)?, id);
    let certificate = certificate.ok_or(StoreError::CertificateNotFound)?;
    let key = container(&certificate);
    let sharing = match &key {
        Some(key) => system_store::sharing(key, Some(id)).map_err(unavailable)?,
        None => Vec::new(),
    };
    let key = key.filter(|key| sharing.is_empty() && !is_gone(key));
    // A key that could not be deleted keeps its certificate, so that the next attempt finds both.
    let outcome = key.as_ref().map_or(Ok(()), generation::delete).and_then(|()| delete_certificate(id));
    if let Err(status) = outcome {
        tracing::warn!(status = status.number(), certificate = %id, "Windows refused to delete the certificate or its key");
    }
    prove(Some(id), key.as_slice())?;
    let key = match key {
        _ if !sharing.is_empty() => DeletedKey::SharedWith(sharing),
        Some(_) => DeletedKey::Gone,
        None => DeletedKey::WasMissing,
    };
    Ok(Deletion { certificate: id.clone(), key })
}

/// Deletes a key of this program that no certificate uses, then verifies that it is gone.
pub(super) fn delete_key(id: &KeyId) -> std::result::Result<(), StoreError> {
    let keys = our_keys().map_err(unavailable)?;
    let found: Vec<Container> =
        keys.into_iter().filter(|(_, public_key)| public_key.id() == *id).map(|(container, _)| container).collect();
    delete_containers(&found)
}

/// Deletes containers of this program that no certificate uses, with their keys, then verifies that they are gone.
pub(super) fn delete_containers(found: &[Container]) -> std::result::Result<(), StoreError> {
    for container in found {
        if let [user, ..] = system_store::sharing(container, None).map_err(unavailable)?.as_slice() {
            return Err(StoreError::refused("delete a key", Refusal::UsedBy(user.clone())));
        }
    }
    for container in found {
        if let Err(status) = generation::delete(container) {
            tracing::warn!(status = status.number(), container = container.name, "Windows refused to delete the key");
        }
    }
    prove(None, found)
}

/// Deletes the certificate from a store that is opened for this. A deletion ends the enumeration, so a new one is begun
/// for each certificate.
pub(super) fn delete_certificate(id: &CertificateId) -> Result<()> {
    let store = system_store::open(PERSONAL)?;
    while let Some(certificate) = system_store::find(&store, id) {
        CertContext::delete(certificate)?;
    }
    commit(&store)
}

/// Reads the store and the containers again. Fails if anything is left.
fn prove(certificate: Option<&CertificateId>, keys: &[Container]) -> std::result::Result<(), StoreError> {
    let mut left = Vec::new();
    if keys.iter().any(|key| !is_gone(key)) {
        left.push("private key");
    }
    if let Some(id) = certificate {
        let store = system_store::personal().map_err(unavailable)?;
        if system_store::find(&store, id).is_some() {
            left.push("certificate");
        }
    }
    if left.is_empty() { Ok(()) } else { Err(StoreError::DeletionIncomplete { left: left.join(", ") }) }
}

/// Returns whether the container is gone. A container that cannot be opened for another reason may still exist.
fn is_gone(key: &Container) -> bool {
    Handle::open(key, true).and_then(|handle| handle.public_key()).is_err_and(super::status::Status::key_is_gone)
}
